package verdict

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// hourly is an outcome of ten days from a Monday, with one measured day less and
// a breach rate per hour. Its interval is the mean ± 5 points.
func hourly(rate func(hour int) float64) *outcome.Experiment {
	x := &outcome.Experiment{Replications: 30}
	x.Scenario = outcome.Scenario{
		Start: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Zone: "UTC", Length: 240 * time.Hour, Warmup: 24 * time.Hour, Interval: time.Hour,
	}
	s := outcome.Series{Name: outcome.SeriesBreach, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare}
	for h := range 240 {
		v := rate(h)
		s.Mean = append(s.Mean, outcome.Float(v))
		s.Low = append(s.Low, outcome.Float(v-0.05))
		s.High = append(s.High, outcome.Float(v+0.05))
	}
	x.Series = []outcome.Series{s}
	x.Measures = []outcome.Measure{{
		Name: outcome.BreachRate, Labels: s.Labels, Unit: outcome.UnitShare,
		Estimate: estimate.Estimate{Value: 0.05, Low: 0.04, High: 0.06, Level: 0.95, N: 30},
	}}
	return x
}

// within is a rate that is high in some stretches of hours.
func within(high float64, stretches ...[2]int) func(int) float64 {
	return func(h int) float64 {
		for _, s := range stretches {
			if h >= s[0] && h < s[1] {
				return high
			}
		}
		return 0.01
	}
}

// found is the verdict with plain spaces.
func found(x *outcome.Experiment) string {
	sentence, _ := Of(x)
	return strings.ReplaceAll(sentence, format.Thin, " ")
}

func TestVerdictOverTime(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, c := range []struct {
		name string
		rate func(int) float64
		want string
	}{
		{"nothing is late", within(0), "First reply holds throughout: at worst 5.0 % ± 1.0 of clocks are breached (first reply)."},
		{"a bad day", within(0.5, [2]int{58, 70}), "First reply breaks from Wed 3 Jun 10:00 to Wed 3 Jun 22:00 (at worst 50 % late)."},
		{"a night between belongs to it", within(0.5, [2]int{58, 70}, [2]int{80, 90}), "First reply breaks from Wed 3 Jun 10:00 to Thu 4 Jun 18:00 (at worst 50 % late)."},
		{"two days between do not", within(0.5, [2]int{58, 70}, [2]int{120, 130}), "First reply breaks from Wed 3 Jun 10:00 to Wed 3 Jun 22:00 (at worst 50 % late, and at another time)."},
		{"to the end", within(0.5, [2]int{200, 240}), "First reply breaks from Tue 9 Jun 08:00 to the end (at worst 50 % late)."},
		{"one bad hour is none", within(1, [2]int{58, 59}), "First reply holds throughout: at worst"},
		{"two bad hours in a fine day are none", within(1, [2]int{58, 59}, [2]int{75, 76}), "First reply holds throughout: at worst"},
		{"a bad day among days with a bad hour", within(0.5, [2]int{34, 35}, [2]int{56, 68}, [2]int{80, 81}, [2]int{104, 105}, [2]int{128, 129}, [2]int{152, 153}, [2]int{176, 177}), "First reply breaks from Wed 3 Jun 08:00 to Wed 3 Jun 20:00 (at worst 50 % late)."},
		{"12 % ± 5 is not beyond doubt", within(0.12, [2]int{58, 90}), "First reply holds throughout: at worst"},
		{"the warm-up does not count", within(0.5, [2]int{0, 24}), "First reply holds throughout: at worst"},
		{"always", within(0.5, [2]int{0, 240}), "First reply breaks again and again (5.0 % ± 1.0 late overall)."},
		{"every other day", within(0.5, [2]int{30, 34}, [2]int{78, 82}, [2]int{126, 130}, [2]int{174, 178}), "First reply breaks again and again (5.0 % ± 1.0 late overall)."},
		{"only gaps", func(int) float64 { return nan }, "First reply holds throughout: at worst"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := found(hourly(c.rate))
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestVerdictSeesWhatSingleHoursHide(t *testing.T) {
	t.Parallel()
	x := hourly(within(0.3, [2]int{0, 240}))
	for i := range x.Series[0].Low {
		x.Series[0].Low[i] = 0 // few clocks in any hour
	}
	x.Measures[0].Estimate = estimate.Estimate{Value: 0.3, Low: 0.28, High: 0.32, Level: 0.95, N: 30}
	got := found(x)
	if want := "First reply breaks overall, though at no single time beyond doubt (30 % ± 2 late)."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A promise about a share of the clocks breaks when more than the others are late.
func TestVerdictGoesByThePromisedShare(t *testing.T) {
	t.Parallel()
	const breaks, holds = "First reply breaks from Wed 3 Jun 10:00 to Wed 3 Jun 22:00", "First reply holds throughout"
	target := func(metric, priority string, share float64) outcome.Target {
		return outcome.Target{Metric: metric, Priority: priority, Share: share}
	}
	for _, c := range []struct {
		name    string
		late    float64 // ± 5 points
		targets []outcome.Target
		want    string
		note    string
	}{
		{"80 % are promised and 24 % are late, give or take", 0.24, []outcome.Target{target("first_reply", "", 0.8)}, holds, "more than 20 % for first reply, by the promised share, are breached"},
		{"more than that", 0.26, []outcome.Target{target("first_reply", "", 0.8)}, breaks, "more than 20 % for first reply, by the promised share, are breached"},
		{"95 % are promised", 0.11, []outcome.Target{target("first_reply", "", 0.95)}, breaks, "more than 5 % for first reply, by the promised share, are breached"},
		{"all are promised", 0.16, []outcome.Target{target("first_reply", "", 0)}, breaks, "more than 10 % are breached"},
		{"the share of another metric", 0.16, []outcome.Target{target("first_reply", "", 0), target("answer", "", 0.8)}, breaks, "more than 10 % are breached"},
		{"the most lenient of two", 0.24, []outcome.Target{target("first_reply", "high", 0.99), target("first_reply", "low", 0.8)}, holds, "more than 20 % for first reply, by the promised share, are breached"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := hourly(within(c.late, [2]int{58, 70}))
			x.Scenario.Targets = c.targets
			sentence, notes := Of(x)
			if got := strings.ReplaceAll(sentence, format.Thin, " "); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := strings.ReplaceAll(notes[0], format.Thin, " "); !strings.Contains(got, c.note) {
				t.Errorf("got %q, want %q", got, c.note)
			}
		})
	}
	t.Run("of one priority", func(t *testing.T) {
		t.Parallel()
		x := hourly(within(0.24, [2]int{58, 70}))
		x.Scenario.Targets = []outcome.Target{target("first_reply", "high", 0.99), target("first_reply", "low", 0.8)}
		x.Scenario.Priorities = []string{"high", "low"}
		all := x.Series[0]
		x.Series = nil
		for _, p := range x.Scenario.Priorities {
			s := all
			s.Labels.Priority = p
			x.Series = append(x.Series, s)
		}
		want := "First reply breaks from Wed 3 Jun 10:00 to Wed 3 Jun 22:00 for high (at worst 24 % late); it holds for low."
		if got := found(x); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestVerdictJoinsThoseWhoFareAlike(t *testing.T) {
	t.Parallel()
	x := hourly(within(0))
	x.Scenario.Tiers = []string{"gold", "silver", "basic"}
	for tier, rate := range map[string]func(int) float64{
		"gold": within(0.5, [2]int{0, 240}), "silver": within(0.7, [2]int{0, 240}), "basic": within(0.4, [2]int{58, 70}),
	} {
		s := hourly(rate).Series[0]
		s.Labels.Tier = tier
		x.Series = append(x.Series, s)
	}
	got := found(x)
	want := "First reply breaks again and again for gold and silver and from Wed 3 Jun 10:00 to Wed 3 Jun 22:00 for basic (at worst 40 % late)."
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestVerdictOnRecovery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name              string
		hours, unfinished float64
		want              string
	}{
		{"a day and a half", 36, 0, "After sale the queue is back to normal in 36 h ± 4."},
		{"at once", 0, 0, "After sale the queue is back to normal at once."},
		{"not in most trials", 80, 0.75, "After sale the queue is not back to normal by the end in 75 % of the replications."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := hourly(within(0))
			x.Scenario.Spikes = []outcome.Spike{{Name: "sale", Factor: 5}, {Name: "unmeasured"}}
			l := outcome.Labels{Spike: "sale"}
			half := 4.0 * 3600
			x.Measures = append(x.Measures,
				outcome.Measure{Name: outcome.Recovery, Labels: l, Unit: outcome.UnitSeconds, Estimate: estimate.Estimate{Value: c.hours * 3600, Low: c.hours*3600 - half, High: c.hours*3600 + half}},
				outcome.Measure{Name: outcome.Unrecovered, Labels: l, Unit: outcome.UnitShare, Estimate: estimate.Estimate{Value: c.unfinished}})
			got := found(x)
			if !strings.HasSuffix(got, c.want) {
				t.Errorf("got %q, want %q at the end", got, c.want)
			}
		})
	}
}

// With one replication nothing breaks beyond doubt, and nothing is said to hold.
func TestOneReplicationDoesNotTellWhetherPromisesHold(t *testing.T) {
	t.Parallel()
	x := hourly(within(0.4, [2]int{100, 110}))
	x.Replications = 1
	for i := range x.Series[0].Low {
		x.Series[0].Low[i], x.Series[0].High[i] = outcome.Float(math.NaN()), outcome.Float(math.NaN())
	}
	if got := found(x); !strings.HasPrefix(got, "One replication does not tell whether promises hold: at worst ") || strings.Contains(got, "throughout") {
		t.Error(got)
	}
}
