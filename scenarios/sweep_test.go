package scenarios

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

func TestAxes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		text string
		want outcome.Axis
	}{
		{"5..8", outcome.Axis{Values: []string{"5", "6", "7", "8"}, Numbers: []float64{5, 6, 7, 8}, Between: true}},
		{"1..2.5", outcome.Axis{Values: []string{"1", "2", "2.5"}, Numbers: []float64{1, 2, 2.5}, Between: true, Places: 1}},
		{"20..40/5", outcome.Axis{Values: []string{"20", "25", "30", "35", "40"}, Numbers: []float64{20, 25, 30, 35, 40}}},
		{"20..39/10", outcome.Axis{Values: []string{"20", "30"}, Numbers: []float64{20, 30}}},
		{"0..0.3/0.1", outcome.Axis{Values: []string{"0", "0.1", "0.2", "0.3"}, Numbers: []float64{0, 0.1, 0.2, 0.3}, Places: 1}},
		{"10%..30%/10%", outcome.Axis{Unit: "%", Values: []string{"10%", "20%", "30%"}, Numbers: []float64{10, 20, 30}}},
		{"80..160/40/day", outcome.Axis{Unit: "/day", Values: []string{"80/day", "120/day", "160/day"}, Numbers: []float64{80, 120, 160}}},
		{"80/day..160/day/40", outcome.Axis{Unit: "/day", Values: []string{"80/day", "120/day", "160/day"}, Numbers: []float64{80, 120, 160}}},
		{"2h..4h", outcome.Axis{Unit: "h", Values: []string{"2h", "3h", "4h"}, Numbers: []float64{2, 3, 4}, Between: true}},
		{"20..24/2 USD/h", outcome.Axis{Unit: " USD/h", Values: []string{"20 USD/h", "22 USD/h", "24 USD/h"}, Numbers: []float64{20, 22, 24}}},
		{"7..7", outcome.Axis{Values: []string{"7"}, Numbers: []float64{7}, Between: true}},
		{"7", outcome.Axis{Values: []string{"7"}, Numbers: []float64{7}}},
		{"4h", outcome.Axis{Unit: "h", Values: []string{"4h"}, Numbers: []float64{4}}},
		{"priority", outcome.Axis{Values: []string{"priority"}}},
		{"1h30m", outcome.Axis{Values: []string{"1h30m"}}},
	} {
		l := newLoader()
		a, ok := readAxis("x", yamltree.Span{}, l.option("--set", row.text))
		if !ok {
			t.Errorf("%s: %v", row.text, l.problems())
			continue
		}
		row.want.Path = "x"
		if diff := cmp.Diff(row.want, a.Axis); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.text, diff)
		}
	}
}

const swept = base + `sweep:
  axes:
    teams.desk.shifts.day.heads: 4..6
    demand.mail.volume: [80/day, 120/day]
  target: breach_rate(first_reply) < 5%
`

func TestOptionsReplaceAndAdd(t *testing.T) {
	t.Parallel()
	file := folder(t, map[string]string{"swept.yaml": swept}) + "/swept.yaml"
	s, err := LoadSweep(file, SweepOptions{
		Set:    []string{"demand.mail.volume=100..300/100/day", "routing.order=priority,earliest_due", "issues.question.handle=10m,lognormal(mean 10m, cv 1)"},
		Sample: "latin_hypercube 9", Target: "wait < 1h", Break: "demand.mail.volume",
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range s.Axes {
		got = append(got, a.Path+": "+strings.Join(a.Values, " | "))
	}
	want := []string{
		"teams.desk.shifts.day.heads: 4 | 5 | 6", "demand.mail.volume: 100/day | 200/day | 300/day",
		"routing.order: priority | earliest_due", "issues.question.handle: 10m | lognormal(mean 10m, cv 1)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("axes (-want +got):\n%s", diff)
	}
	if s.Sample != 9 || s.Goal.Measure != "wait" || s.Along != 1 {
		t.Errorf("sample %d, goal %v, along %d", s.Sample, s.Goal, s.Along)
	}
	points, err := s.Scenarios([][]string{{"4", "100/day", "priority", "10m"}, {"5.5", "250/day", "earliest_due", "lognormal(mean 10m, cv 1)"}})
	if err != nil {
		t.Fatal(err)
	}
	if h, v := points[1].Teams[0].Shifts[0].Heads, points[1].Streams[0].Volume.Count; h != 5.5 || v != 250 {
		t.Errorf("the second point has %v heads and %v tickets a day", h, v)
	}
	if !strings.HasSuffix(points[0].Name, "@teams.desk.shifts.day.heads=4,demand.mail.volume=100/day,routing.order=priority,issues.question.handle=10m") {
		t.Errorf("the first point is called %s", points[0].Name)
	}
	// The section changes nothing of the scenario itself.
	plain, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	without, err := Load(folder(t, map[string]string{"swept.yaml": base}) + "/swept.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if plain.Digest() != without.Digest() {
		t.Error("the section sweep is part of the scenario's digest")
	}
}

// Without a target the first expectation is one.
func TestTheFirstExpectationIsTheTarget(t *testing.T) {
	t.Parallel()
	text := strings.Replace(swept, "  target: breach_rate(first_reply) < 5%\n", "", 1) + "expect: [\"wait < 2h\", \"queue_peak < 9\"]\n"
	s, err := LoadSweep(folder(t, map[string]string{"swept.yaml": text})+"/swept.yaml", SweepOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Goal == nil || s.Goal.Text != "wait < 2h" || s.Goal.Bound != 7200 {
		t.Errorf("the target is %+v", s.Goal)
	}
}

func TestWhatIsWrongInOptionsHasAPlace(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"swept.yaml": swept})
	for _, row := range []struct {
		options SweepOptions
		want    string
	}{
		{SweepOptions{Set: []string{"demand.mail.volume"}}, `--set:1:1: "demand.mail.volume" sets nothing`},
		{SweepOptions{Set: []string{"demand.mail.volume=80..x"}}, `--set:1:20: "80..x" is not a range`},
		{SweepOptions{Set: []string{"routing.order=priority,priority"}}, "--set:1:24: [2]: priority is there twice"},
		{SweepOptions{Break: "routing.order"}, `--break:1:1: "routing.order" is not an axis of the sweep`},
		{SweepOptions{Set: []string{"routing.order=priority"}, Break: "routing.order"}, "--break:1:1: routing.order has no break point: its values are not numbers of one unit"},
		{SweepOptions{Sample: "latin_hypercube"}, `--sample:1:1: "latin_hypercube" is not a way to choose points`},
		{SweepOptions{Target: "wait < soon"}, `--target:1:8: "soon" is not a duration`},
	} {
		_, err := LoadSweep(dir+"/swept.yaml", row.options)
		if got := strings.Join(messages(t, dir, err), "\n"); got != row.want {
			t.Errorf("%+v\n got %s\nwant %s", row.options, got, row.want)
		}
	}
	// Values and paths are found out when points are read: each once, though it is at many points.
	s, err := LoadSweep(dir+"/swept.yaml", SweepOptions{Set: []string{"time.interval=30m,31m", "teams.dsk.cost=1 USD/h"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Scenarios([][]string{{"4", "80/day", "31m", "1 USD/h"}, {"5", "80/day", "31m", "1 USD/h"}})
	want := "--set:1:1: teams.dsk.cost: there is no teams.dsk to change"
	if got := strings.Join(messages(t, dir, err), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// A unit that is missing in an axis is told once, not at each of its values.
	s, err = LoadSweep(dir+"/swept.yaml", SweepOptions{Set: []string{"demand.mail.volume=80..82"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Scenarios([][]string{{"4", "80"}, {"4", "81"}, {"4", "82"}})
	if got := messages(t, dir, err); len(got) != 1 || !strings.Contains(got[0], "does not say per what") {
		t.Errorf("got %q, want one problem", got)
	}
	s, err = LoadSweep(dir+"/swept.yaml", SweepOptions{Set: []string{"time.interval=30m,31m"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Scenarios([][]string{{"4", "80/day", "31m"}, {"5", "80/day", "31m"}})
	want = `--set:1:19: time.interval: "31m" is not an interval of time series (at teams.desk.shifts.day.heads=4, demand.mail.volume=80/day, time.interval=31m)`
	if got := strings.Join(messages(t, dir, err), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTheSizeOfAGrid(t *testing.T) {
	t.Parallel()
	file := folder(t, map[string]string{"swept.yaml": swept}) + "/swept.yaml"
	s, err := LoadSweep(file, SweepOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Size(); n != 6 || err != nil {
		t.Errorf("%d points, %v", n, err)
	}
	s, err = LoadSweep(file, SweepOptions{Set: []string{"run.seed=1..900", "time.length=1w,2w"}})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Size(); err == nil {
		t.Errorf("%d points are not too many", n)
	}
}

// Whatever is written as an axis, a target or a sample, reading it neither panics nor makes what is
// not there: values and numbers agree, and ranges grow.
func FuzzAxis(f *testing.F) {
	for _, text := range []string{"x=5..10", "x=20..40/5", "x=10%..30%/5%", "x=80..160/20/day", "x=a,b", "x=f(1,2),g", "x=..", "x=1..1e9", "=", "x=null", "x=-1..1/0.1", "x=1..2/0", "wait < 2h", "breach_rate(first_reply, tier=gold) < 5%", "latin_hypercube 40", "x=0.1..0.30000000000000001/0.1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := newLoader()
		var asked sweep
		l.set(&asked, text)
		for _, a := range asked.axes {
			if len(a.Values) == 0 || a.Numeric() && len(a.Numbers) != len(a.Values) || len(a.Values) > mostValues+1 {
				t.Fatalf("%q has %d values and %d numbers", text, len(a.Values), len(a.Numbers))
			}
			for i, x := range a.Numbers {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%q holds %v", text, x)
				}
				if a.Between && i > 0 && x <= a.Numbers[i-1] {
					t.Fatalf("%q does not grow: %v", text, a.Numbers)
				}
			}
			if l.problems() != nil {
				t.Fatalf("%q is an axis and a problem: %v", text, l.problems())
			}
		}
		if len(asked.axes) == 0 && l.problems() == nil {
			t.Fatalf("%q is neither an axis nor a problem", text)
		}
		if n, ok := readSample(newLoader().option("--sample", text)); ok && n != 0 && n < 2 {
			t.Fatalf("%q is a sample of %d", text, n)
		}
	})
}
