package page_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

// longer is the share of a distribution above a time, in a straight line within its bin: worked out from below,
// where the page does it from above.
func longer(w *outcome.Waits, seconds float64) float64 {
	var total, below float64
	for i, n := range w.Count {
		lower := 0.0
		if i > 0 {
			lower = w.Upper[i-1]
		}
		total += float64(n)
		switch upper := w.Upper[i]; {
		case upper <= seconds:
			below += float64(n)
		case lower < seconds && !math.IsInf(upper, 1):
			below += float64(n) * (seconds - lower) / (upper - lower)
		}
	}
	return 1 - below/total
}

// withWaits gives a sample the distributions of all tickets by both clocks, which it has none of.
func withWaits(x *outcome.Experiment) *outcome.Experiment {
	n := x.Replications
	for _, metric := range []string{"first_reply", "resolution"} {
		for i, clock := range []string{"", outcome.WallClock} {
			w := outcome.Waits{Labels: outcome.Labels{Metric: metric, Clock: clock}}
			for k := range 40 {
				w.Upper = append(w.Upper, 0.5*math.Pow(1.5, float64(k)))
				w.Count = append(w.Count, uint64(7*k*(40-k))*uint64(1+i))
			}
			w.Upper, w.Count = append(w.Upper, math.Inf(1)), append(w.Count, 3)
			x.Waits = append(x.Waits, w)
			for _, q := range []struct {
				name string
				p    float64
			}{{"p50", 0.5}, {"p80", 0.8}, {"p90", 0.9}, {"p95", 0.95}} {
				l := outcome.Labels{Metric: metric, Clock: clock, Quantile: q.name}
				if _, known := x.Measure(outcome.Elapsed, l); known {
					continue
				}
				v := w.Quantile(q.p)
				x.Measures = append(x.Measures, outcome.Measure{
					Name: outcome.Elapsed, Labels: l, Unit: outcome.UnitSeconds, Num: slices.Repeat([]float64{v}, n), Den: slices.Repeat([]float64{1}, n),
					Estimate: estimate.Estimate{Value: v, Low: v, High: v, Level: 0.95, N: n},
				})
			}
		}
	}
	return x
}

func TestTheChartsOfWaitsAreTheDistributionsOfTheOutcome(t *testing.T) {
	t.Parallel()
	x := withWaits(sample.Experiment(sample.Options{Replications: 5}))
	text := written(t, x)
	figures, titles := figuresOf(t, text)
	checked := 0
	for i, f := range figures {
		metric, ok := strings.CutPrefix(titles[i], "Time until the ")
		if !ok {
			continue
		}
		metric = strings.ReplaceAll(metric, " ", "_")
		for _, line := range f.Lines {
			l := outcome.Labels{Metric: metric}
			if strings.HasPrefix(line.Name, "on the wall") {
				l.Clock = outcome.WallClock
			}
			var w *outcome.Waits
			for k := range x.Waits {
				if x.Waits[k].Labels == l {
					w = &x.Waits[k]
				}
			}
			if w == nil {
				t.Fatalf("%s, %s: the outcome has no such distribution", titles[i], line.Name)
			}
			for k, v := range line.V {
				if v == nil {
					continue
				}
				checked++
				seconds := math.Pow(10, f.X[k])
				want := longer(w, math.Round(seconds))
				if math.Abs(*v-100*want) > 0.01 || line.T[k] != format.Percent(want) && math.Abs(want) > 1e-12 || f.XT[k] != format.Seconds(math.Round(seconds)) {
					t.Errorf("%s, %s after %s: %v, %q, want %v", titles[i], line.Name, f.XT[k], *v, line.T[k], 100*want)
				}
			}
		}
		for _, target := range x.Scenario.Targets {
			if want := "promised: " + format.Stated(target.Within); target.Metric == metric && target.Within.Seconds() >= 1 && !marked(f.Marks, want) {
				t.Errorf("%s: %q is not marked", titles[i], want)
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d points were checked", checked)
	}
}

func marked(marks []struct{ Name string }, want string) bool {
	for _, m := range marks {
		if m.Name == want {
			return true
		}
	}
	return len(marks) == 4 // there is room for four
}

// withHours gives a sample percentiles by hour of the day, which it has none of.
func withHours(x *outcome.Experiment) *outcome.Experiment {
	n := x.Replications
	ones := slices.Repeat([]float64{1}, n)
	for hour := range 24 {
		for i, q := range []string{"p50", "p80", "p95"} {
			v := 600 * float64(1+i) * (1 + float64(hour)/10)
			x.Measures = append(x.Measures, outcome.Measure{
				Name: outcome.ElapsedByHour, Labels: outcome.Labels{Metric: "first_reply", Hour: fmt.Sprintf("%02d", hour), Quantile: q}, Unit: outcome.UnitSeconds, Num: slices.Repeat([]float64{v}, n), Den: ones,
				Estimate: estimate.Estimate{Value: v, Low: 0.9 * v, High: 1.2 * v, Level: 0.95, N: 12},
			})
		}
	}
	return x
}

func TestPercentilesByHourAreThoseOfTheOutcomeWithTheirIntervals(t *testing.T) {
	t.Parallel()
	x := withHours(sample.Experiment(sample.Options{Replications: 3, Days: 7}))
	text := written(t, x)
	figures, titles := figuresOf(t, text)
	checked := 0
	for i, f := range figures {
		if titles[i] != "How long it takes: first reply, by hour of the day" {
			continue
		}
		for k, q := range []string{"p50", "p80", "p95"} {
			line := f.Lines[k]
			for at := range line.V {
				l := outcome.Labels{Metric: "first_reply", Hour: fmt.Sprintf("%02d", at), Quantile: q}
				m, _ := x.Measure(outcome.ElapsedByHour, l)
				checked++
				if line.T[at] != format.Estimate(m.Estimate, m.Unit) || math.Abs(*line.V[at]-m.Estimate.Value/60) > 1e-2 ||
					math.Abs(*line.Lo[at]-m.Estimate.Low/60) > 1e-2 || math.Abs(*line.Hi[at]-m.Estimate.High/60) > 1e-2 {
					t.Errorf("%v: %v (%v to %v), %q, want %v", l, *line.V[at], *line.Lo[at], *line.Hi[at], line.T[at], m.Estimate)
				}
			}
		}
	}
	if checked != 72 {
		t.Errorf("%d numbers were checked", checked)
	}
	for _, g := range gridsOf(text) {
		if strings.HasSuffix(g[0][0], " by hour") {
			t.Errorf("the numbers behind the chart stand in a table of %q too", g[0][0])
		}
	}
}
