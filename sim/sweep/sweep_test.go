package sweep_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/sweep"
)

// desk is a small desk with some heads and a spike of some factor.
func desk(heads, factor float64) *model.Scenario {
	return &model.Scenario{
		Name: fmt.Sprintf("desk@heads=%v,factor=%v", heads, factor),
		Time: model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 24 * time.Hour, Interval: time.Hour},
		Run:  model.Run{Seed: 5, Min: 4, Max: 4},
		Names: ticket.Names{
			Channels: []string{"email"}, Issues: []string{"question"}, Tiers: []string{"customer"},
			Priorities: []string{"normal"}, Teams: []string{"front"},
		},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels:  []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Lognormal(600, 1)),
			SolvedAtFirst: 1, SolvedLater: 1}},
		Streams: []demand.Stream{{
			Name: "mail", Issues: []demand.IssueShare{{Share: 1}}, Tiers: []demand.TierShare{{Share: 1}},
			Volume: demand.Volume{Count: 200, Per: demand.PerDay},
			Spikes: []demand.Spike{{Name: "launch", Factor: factor, Start: 6 * time.Hour, Hold: 2 * time.Hour}},
		}},
		Teams: []staffing.Team{{Name: "front", Zone: time.UTC, ShiftEnd: staffing.HandBack,
			Shifts: []staffing.Shift{{Name: "day", Heads: heads, Days: [7]bool{true, true, true, true, true, true, true}, From: 0, To: 24 * 60}}}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{time.Hour}}}}}},
	}
}

func jobs(t *testing.T) []sweep.Job {
	t.Helper()
	var all []sweep.Job
	for _, factor := range []float64{2, 3, 4} {
		for _, heads := range []float64{2, 3} {
			s := desk(heads, factor)
			if problems := s.Check(); len(problems) > 0 {
				t.Fatal(problems)
			}
			all = append(all, sweep.JobOf(s, "test 1"))
		}
	}
	return all
}

// memory is a store that counts.
type memory struct {
	kept  map[string][]byte
	saved int
}

func (m *memory) Load(key string) (*outcome.Experiment, bool) {
	data, ok := m.kept[key]
	if !ok {
		return nil, false
	}
	x, err := outcome.Read(bytes.NewReader(data))
	return x, err == nil
}

func (m *memory) Save(key string, x *outcome.Experiment) error {
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return err
	}
	if m.kept == nil {
		m.kept = map[string][]byte{}
	}
	m.kept[key] = b.Bytes()
	m.saved++
	return nil
}

func encode(t *testing.T, xs []*outcome.Experiment) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, x := range xs {
		if err := x.Write(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestTheBytesDoNotDependOnTheNumberOfWorkers(t *testing.T) {
	t.Parallel()
	var want []byte
	for _, workers := range []int{1, 2, 5, 16} {
		xs, err := sweep.Run(context.Background(), jobs(t), sweep.Local{Workers: workers, Tool: "test 1"}, &memory{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := encode(t, xs)
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d workers give another outcome", workers)
		}
	}
}

// After an interrupt, what is finished is in the store and is not run again, and the whole is what it would have
// been.
func TestAnInterruptedSweepGoesOn(t *testing.T) {
	t.Parallel()
	whole, err := sweep.Run(context.Background(), jobs(t), sweep.Local{Tool: "test 1"}, &memory{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	store := &memory{}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err = sweep.Run(ctx, jobs(t), sweep.Local{Workers: 2, Tool: "test 1"}, store, func(done, _ int) {
		if done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted: %v", err)
	}
	first := store.saved
	if first < 2 || first > 4 {
		t.Errorf("%d points are kept after an interrupt at the second", first)
	}
	rest, err := sweep.Run(context.Background(), jobs(t), sweep.Local{Tool: "test 1"}, store, nil)
	if err != nil {
		t.Fatal(err)
	}
	if store.saved != len(jobs(t)) {
		t.Errorf("%d points were run, of %d", store.saved, len(jobs(t)))
	}
	if !bytes.Equal(encode(t, rest), encode(t, whole)) {
		t.Error("the interrupted sweep gives another outcome")
	}
}

func TestAnErrorOfTheStoreEndsTheSweep(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left")
	if _, err := sweep.Run(context.Background(), jobs(t), sweep.Local{Workers: 2}, broken{full}, nil); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type broken struct{ err error }

func (broken) Load(string) (*outcome.Experiment, bool)  { return nil, false }
func (b broken) Save(string, *outcome.Experiment) error { return b.err }

// A point is known by its scenario, its seed and the version; an outcome under a foreign key is not
// taken for it.
func TestKeysTellJobsApart(t *testing.T) {
	t.Parallel()
	base := sweep.JobOf(desk(2, 3), "test 1")
	other := desk(2, 3)
	other.Run.Seed++
	seen := map[string]bool{base.Key: true}
	for _, j := range []sweep.Job{sweep.JobOf(desk(3, 3), "test 1"), sweep.JobOf(other, "test 1"), sweep.JobOf(desk(2, 3), "test 2")} {
		if seen[j.Key] {
			t.Errorf("%s twice", j.Key)
		}
		seen[j.Key] = true
	}
	if again := sweep.JobOf(desk(2, 3), "test 1"); again.Key != base.Key {
		t.Errorf("%s and %s", base.Key, again.Key)
	}
	// The outcome of another scenario lies under the key.
	store := &memory{}
	xs, err := sweep.Run(context.Background(), []sweep.Job{sweep.JobOf(desk(3, 3), "test 1")}, sweep.Local{}, store, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Save(base.Key, xs[0]); err != nil {
		t.Fatal(err)
	}
	got, err := sweep.Run(context.Background(), []sweep.Job{base}, sweep.Local{}, store, nil)
	if err != nil || got[0].Scenario.Digest == xs[0].Scenario.Digest {
		t.Errorf("the wrong outcome is taken: %v", err)
	}
}

// Points see the same customers: heads change nothing about who comes, replication by replication, and
// a higher spike only adds.
func TestPointsArePaired(t *testing.T) {
	t.Parallel()
	xs, err := sweep.Run(context.Background(), jobs(t), sweep.Local{}, &memory{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	arrived := func(i int) []float64 {
		m, ok := xs[i].Measure(outcome.Arrived, outcome.Labels{})
		if !ok {
			t.Fatal("arrivals are not measured")
		}
		return m.Num
	}
	for i := 0; i < len(xs); i += 2 {
		if !slices.Equal(arrived(i), arrived(i+1)) {
			t.Errorf("two and three heads see %v and %v tickets", arrived(i), arrived(i+1))
		}
		for r := range arrived(i) {
			if i > 0 && arrived(i)[r] < arrived(i - 2)[r] {
				t.Errorf("replication %d has fewer tickets under a higher spike", r)
			}
		}
	}
}

func TestMeasuredSaysWhatThereIs(t *testing.T) {
	t.Parallel()
	g := &outcome.Goal{Expectation: outcome.Expectation{Measure: "breach_rate(first_reply)", Relation: outcome.Below, Unit: outcome.UnitShare}}
	if err := sweep.Measured(desk(2, 3), g); err != nil {
		t.Error(err)
	}
	g.Unit = outcome.UnitSeconds
	if err := sweep.Measured(desk(2, 3), g); err == nil {
		t.Error("a breach rate is compared with a time")
	}
	g.Measure = "breach_rate(first_reply, tier=gold)"
	if err := sweep.Measured(desk(2, 3), g); err == nil {
		t.Error("there is no tier gold")
	}
}

func axis(low, high float64, between bool, values ...float64) outcome.Axis {
	a := outcome.Axis{Between: between, Unit: "/day"}
	if between {
		values = []float64{low, high}
	}
	for _, x := range values {
		a.Numbers = append(a.Numbers, x)
		a.Values = append(a.Values, fmt.Sprint(x, "/day"))
	}
	return a
}

func TestGridIsAllCombinations(t *testing.T) {
	t.Parallel()
	words := outcome.Axis{Values: []string{"a", "b"}}
	places := sweep.Grid([]outcome.Axis{axis(0, 0, false, 1, 2, 3), words})
	var got []string
	for _, p := range places {
		got = append(got, p.Values[0]+" "+p.Values[1])
		if math.IsNaN(p.Numbers[0]) || !math.IsNaN(p.Numbers[1]) {
			t.Errorf("numbers %v", p.Numbers)
		}
	}
	want := []string{"1/day a", "1/day b", "2/day a", "2/day b", "3/day a", "3/day b"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// Every one of n equal parts of every axis has exactly one of n points, whatever its ends; a list
// has each value as often as any other, give or take one.
func TestALatinHypercubeSpreadsEvenly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "n")
		low := math.Round(rapid.Float64Range(-100, 100).Draw(t, "low"))
		width := rapid.Float64Range(0.5, 1000).Draw(t, "width")
		seed := rapid.Uint64().Draw(t, "seed")
		k := rapid.IntRange(1, 9).Draw(t, "values")
		var listed []float64
		for i := range k {
			listed = append(listed, float64(i))
		}
		axes := []outcome.Axis{axis(low, low+width, true), axis(0, 0, false, listed...)}
		places := sweep.LatinHypercube(axes, n, seed)
		parts, counts := make([]int, n), make([]int, k)
		for _, p := range places {
			x := p.Numbers[0]
			if x < low || x > low+width {
				t.Fatalf("%v is outside of %v to %v", x, low, low+width)
			}
			part := (x - low) / width * float64(n)
			parts[min(int(part+1e-6), n-1)]++
			counts[int(p.Numbers[1])]++
		}
		if slices.Max(parts) != 1 {
			t.Fatalf("the parts have %v points", parts)
		}
		if slices.Max(counts)-slices.Min(counts) > 1 {
			t.Fatalf("values come %v times", counts)
		}
	})
}

func TestALatinHypercubeIsAFunctionOfItsSeed(t *testing.T) {
	t.Parallel()
	axes := []outcome.Axis{axis(0, 10, true), axis(5, 6, true)}
	a, b, c := sweep.LatinHypercube(axes, 20, 1), sweep.LatinHypercube(axes, 20, 1), sweep.LatinHypercube(axes, 20, 2)
	same := 0
	for i := range a {
		if !slices.Equal(a[i].Values, b[i].Values) {
			t.Error("the same seed gives other points")
		}
		if slices.Equal(a[i].Values, c[i].Values) {
			same++
		}
	}
	if same == len(a) {
		t.Error("another seed gives the same points")
	}
	// An axis more leaves the others as they were.
	longer := sweep.LatinHypercube(append(axes, axis(1, 2, true)), 20, 1)
	for i := range a {
		if !slices.Equal(longer[i].Values[:2], a[i].Values) {
			t.Error("a third axis moves the points on the first two")
		}
	}
}

// Every point runs until it is known well enough, never on fewer than twenty replications and never on
// more than the maximum, and says so where that was not enough.
func TestEveryPointReachesItsPrecisionOrSaysSo(t *testing.T) {
	t.Parallel()
	var all []sweep.Job
	for _, heads := range []float64{1, 2, 6} {
		s := desk(heads, 2)
		s.Run.Min, s.Run.Max = 20, 45
		s.Run.SetPrecisions([]model.Precision{{Measure: "breach_rate(first_reply)", Absolute: 0.02}})
		if problems := s.Check(); len(problems) > 0 {
			t.Fatal(problems)
		}
		all = append(all, sweep.JobOf(s, "test 1"))
	}
	xs, err := sweep.Run(context.Background(), all, sweep.Local{Workers: 3, Tool: "test 1"}, &memory{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[bool]int{}
	for _, x := range xs {
		m, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"})
		if !ok {
			t.Fatal("no breach rate")
		}
		reached := m.Estimate.HalfWidth() <= 0.02
		warned := slices.ContainsFunc(x.Warnings, func(w outcome.Warning) bool { return w.Kind == outcome.PrecisionMissed })
		if n := x.Replications; n < 20 || n > 45 || !reached && n != 45 || warned == reached {
			t.Errorf("%s: %d replications, within %v, warned %v", x.Scenario.Name, n, m.Estimate.HalfWidth(), warned)
		}
		numbers[reached]++
	}
	if numbers[true] == 0 || numbers[false] == 0 {
		t.Errorf("reached and missed: %v: the test shows only one of them", numbers)
	}
}
