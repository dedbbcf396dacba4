package experiment_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/experiment"
	"github.com/headroom-sim/headroom/sim/laws"
)

// small is a desk with replies, returns, two tiers, fractional heads, a spike and
// busyness: a little of everything that draws random numbers.
func small() *model.Scenario {
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	weekdays := [7]bool{false, true, true, true, true, true, false}
	return &model.Scenario{
		Name: "small",
		Time: model.Time{Start: start, Length: 72 * time.Hour, Warmup: 12 * time.Hour, Interval: 30 * time.Minute},
		Run:  model.Run{Seed: 7, Min: 6, Max: 6},
		Names: ticket.Names{
			Channels: []string{"email"}, Issues: []string{"question"}, Tiers: []string{"gold", "basic"},
			Priorities: []string{"normal"}, Teams: []string{"front"},
		},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels:  []work.Channel{{Name: "email", Concurrency: 1}},
		Issues: []work.Issue{{
			Name: "question", Skill: ticket.NoSkill,
			Handle: dist.Must(dist.Lognormal(600, 1)), SolvedAtFirst: 0.6, SolvedLater: 0.7,
			Reply:  work.Reply{After: dist.Must(dist.Exponential(7200)), Never: 0.1, Close: 24 * time.Hour},
			Reopen: work.Reopen{Share: 0.05, After: dist.Must(dist.Exponential(7200))},
		}},
		Streams: []demand.Stream{{
			Name: "mail", Issues: []demand.IssueShare{{Share: 1}},
			Tiers:    []demand.TierShare{{Tier: 0, Share: 0.2}, {Tier: 1, Share: 0.8}},
			Volume:   demand.Volume{Count: 200, Per: demand.PerDay},
			Busyness: 0.2,
			Spikes:   []demand.Spike{{Name: "launch", Factor: 3.5, Start: 30 * time.Hour, Rise: time.Hour, Hold: 2 * time.Hour, Fall: time.Hour, Handle: 0.1}},
		}},
		Teams: []staffing.Team{{
			Name: "front", Zone: time.UTC, Shrinkage: 0.3, ShiftEnd: staffing.HandBack,
			Shifts: []staffing.Shift{
				{Name: "day", Heads: 8, Days: weekdays, From: 8 * 60, To: 20 * 60, Breaks: []staffing.Break{{At: 12 * 60, Minutes: 30}}},
				{Name: "night", Heads: 2.5, Days: weekdays, From: 20 * 60, To: 32 * 60},
			},
		}},
		Routing: model.Routing{Order: model.EarliestDue},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: []time.Duration{2 * time.Hour}},
			{Metric: sla.Resolution, Within: []time.Duration{12 * time.Hour}, Pauses: sla.StatusSet(0).With(ticket.Pending)},
		}}}},
	}
}

func encode(t *testing.T, x *outcome.Experiment) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// mustRun runs an experiment, all of whose trials are held to the laws unless somebody
// else watches them.
func mustRun(t *testing.T, s *model.Scenario, o experiment.Options) *outcome.Experiment {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	watched := o.Watch == nil
	watcher, err := laws.Watch(s)
	if err != nil {
		t.Fatal(err)
	}
	if watched {
		o.Watch = watcher.Replication
	}
	x, err := experiment.Run(context.Background(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	if watched {
		if err := watcher.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func TestTheBytesDoNotDependOnTheNumberOfWorkers(t *testing.T) {
	t.Parallel()
	want := encode(t, mustRun(t, small(), experiment.Options{Workers: 1}))
	for _, workers := range []int{1, 2, 3, 16} {
		if got := encode(t, mustRun(t, small(), experiment.Options{Workers: workers})); !bytes.Equal(got, want) {
			t.Errorf("%d workers give another outcome", workers)
		}
	}
}

func TestAnotherSeedIsAnotherOutcome(t *testing.T) {
	t.Parallel()
	s := small()
	s.Run.Seed = 8
	a, b := mustRun(t, small(), experiment.Options{}), mustRun(t, s, experiment.Options{})
	m, _ := a.Measure(outcome.Arrived, outcome.Labels{})
	n, _ := b.Measure(outcome.Arrived, outcome.Labels{})
	if m.Estimate.Value == n.Estimate.Value {
		t.Error("two seeds give the same arrivals")
	}
}

func TestStopping(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name      string
		min, max  int
		precision float64
		reached   bool
	}{
		{"without a precision the minimum is run", 4, 90, 0, false},
		{"a coarse precision stops at the minimum", 20, 200, 0.9, true},
		{"a fine precision asks for more", 20, 300, 0.3, true},
		{"an impossible precision ends at the maximum", 20, 24, 1e-6, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := small()
			s.Run = model.Run{Seed: 3, Min: row.min, Max: row.max, Precision: row.precision, Measure: "breach_rate(first_reply)"}
			x := mustRun(t, s, experiment.Options{})
			m, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: "first_reply"})
			if !ok {
				t.Fatal("no breach rate")
			}
			have := m.Estimate.HalfWidth() / m.Estimate.Value
			switch {
			case row.precision == 0 && x.Replications != row.min:
				t.Errorf("%d replications", x.Replications)
			case row.reached && (have > row.precision || x.Replications < row.min || x.Replications > row.max):
				t.Errorf("%d replications reach %v: %s", x.Replications, have, x.Stopped)
			case row.precision > 0 && !row.reached && x.Replications != row.max:
				t.Errorf("%d replications: %s", x.Replications, x.Stopped)
			}
			if row.precision == 0.3 && x.Replications == row.min {
				t.Error("the fine precision was reached at once: the test shows nothing")
			}
			if warned := warning(x, "was not reached"); (warned != "") != (row.precision > 0 && !row.reached) {
				t.Errorf("warning %q", warned)
			}
		})
	}
}

func warning(x *outcome.Experiment, part string) string {
	for _, w := range x.Warnings {
		if strings.Contains(w.Text, part) {
			return w.Text
		}
	}
	return ""
}

// Several precisions are all reached, or the warning names those that were not.
func TestSeveralPrecisions(t *testing.T) {
	t.Parallel()
	const breach, wait, occupancy = "breach_rate(first_reply)", "wait", "occupancy(team=front)"
	half := func(x *outcome.Experiment, name string) float64 {
		for i := range x.Measures {
			if x.Measures[i].Describe() == name {
				return x.Measures[i].Estimate.HalfWidth()
			}
		}
		t.Fatalf("no measure %s", name)
		return 0
	}
	with := func(all ...model.Precision) *outcome.Experiment {
		s := small()
		s.Run = model.Run{Seed: 3, Min: 20, Max: 160}
		s.Run.SetPrecisions(all)
		return mustRun(t, s, experiment.Options{})
	}
	easy := model.Precision{Measure: occupancy, Absolute: 0.2}
	hard := model.Precision{Measure: breach, Absolute: 0.033}
	alone, both := with(hard), with(easy, hard)
	if alone.Replications != both.Replications || both.Replications <= 20 {
		t.Errorf("the harder of two precisions takes %d replications alone and %d beside an easy one", alone.Replications, both.Replications)
	}
	if have := half(both, breach); have > 0.033 {
		t.Errorf("stopped at a half-width of %v: %s", have, both.Stopped)
	}
	if warned := warning(both, "was not reached"); warned != "" {
		t.Error(warned)
	}
	missed := with(easy, model.Precision{Measure: wait, Absolute: 1e-3})
	if text := warning(missed, "was not reached"); missed.Replications != 160 || !strings.Contains(text, "wait is within") || strings.Contains(text, occupancy) {
		t.Errorf("%d replications, %q", missed.Replications, text)
	}
}

func TestAPrecisionOfSomethingUnmeasuredIsAnError(t *testing.T) {
	t.Parallel()
	s := small()
	s.Run.Precision, s.Run.Measure = 0.1, "breach_rate(answer)"
	if _, err := experiment.Run(context.Background(), s, experiment.Options{}); err == nil {
		t.Error("no error")
	}
}

func TestAnInterruptKeepsWhatIsFinished(t *testing.T) {
	t.Parallel()
	s := small()
	s.Run.Min, s.Run.Max = 500, 500
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	x, err := experiment.Run(ctx, s, experiment.Options{Workers: 2, Progress: func(done, _ int) {
		if done == 5 {
			cancel()
		}
	}})
	if err != nil || x.Replications < 5 || x.Replications > 15 || x.Stopped != "interrupted" {
		t.Fatalf("%v, %+v", err, x)
	}
	s.Run.Min, s.Run.Max = x.Replications, x.Replications
	whole := mustRun(t, s, experiment.Options{})
	for i := range x.Measures {
		if got, want := x.Measures[i].Estimate.Value, whole.Measures[i].Estimate.Value; got != want && !math.IsNaN(want) {
			t.Errorf("%s is %v, without the interrupt %v", x.Measures[i].Describe(), got, want)
		}
	}
	cancelled, stop := context.WithCancel(context.Background())
	stop()
	if _, err := experiment.Run(cancelled, s, experiment.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted before anything is finished: %v", err)
	}
}

func TestTheOutcomeFileRoundTrips(t *testing.T) {
	t.Parallel()
	data := encode(t, mustRun(t, small(), experiment.Options{}))
	x, err := outcome.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, x), data) {
		t.Error("what is read and written again is not the same file")
	}
}
