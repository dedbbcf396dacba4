package sim_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// macro is many experiments with one way of drawing replications: by experiment the estimates
// of some measures.
type macro struct {
	estimates [][]outcome.Measure // by measure, by experiment
	all       []outcome.Measure   // by measure: all replications of all experiments
	runs      outcome.Experiment  // how they were drawn
}

// asked is a measure that the experiments are about.
type asked struct {
	name   string
	labels outcome.Labels
	skewed bool // so much so that intervals hold the truth less often than they say, in any case
	// At least, and at most, so many times as many replications without balance: balanced days and
	// mirrored ones.
	days, mirrored [2]float64
}

// macros runs experiments of so many replications.
func macros(t *testing.T, s *model.Scenario, rows []asked, b model.Balance, experiments, replications int, level float64) *macro {
	t.Helper()
	drawn := *s
	drawn.Run.Balance = b
	simulation, err := sim.New(&drawn)
	if err != nil {
		t.Fatal(err)
	}
	catalog := simulation.Catalog()
	out := &macro{estimates: make([][]outcome.Measure, len(rows)), all: make([]outcome.Measure, len(rows))}
	out.runs.Drawn(b.String(), b.Set())
	run, w := catalog.NewRun(), simulation.Worker()
	for e := range experiments {
		merger := outcome.NewMerger(catalog, level)
		merger.InSets(b.Set())
		for i := range replications {
			w.Run(uint64(e), i, run)
			merger.Add(run)
		}
		for k := range rows {
			at := slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Name == rows[k].name && m.Labels == rows[k].labels })
			num, den := merger.Totals(at)
			out.estimates[k] = append(out.estimates[k], outcome.Measure{Estimate: merger.Estimate(at), Num: num, Den: den})
			out.all[k].Num = append(out.all[k].Num, num...)
			out.all[k].Den = append(out.all[k].Den, den...)
		}
	}
	for k := range rows {
		out.all[k].Estimate = out.runs.Ratio(out.all[k].Num, out.all[k].Den, level)
	}
	return out
}

// squares is the mean squared distance of the estimates of a measure from the truth.
func (m *macro) squares(k int, truth float64) float64 {
	sum := 0.
	for i := range m.estimates[k] {
		sum += math.Pow(m.estimates[k][i].Estimate.Value-truth, 2)
	}
	return sum / float64(len(m.estimates[k]))
}

// covered is the share of the intervals of a measure that hold the truth.
func (m *macro) covered(k int, truth float64) float64 {
	n := 0
	for i := range m.estimates[k] {
		if e := m.estimates[k][i].Estimate; e.Low <= truth && truth <= e.High {
			n++
		}
	}
	return float64(n) / float64(len(m.estimates[k]))
}

// busyDesk is six agents for a day whose calls are more or less than planned.
func busyDesk(cv float64) *model.Scenario {
	s := queue{
		agents: 6, classes: []load{{0.21, exponential(20)}},
		length: 26 * time.Hour, warmup: 2 * time.Hour, interval: time.Hour, within: 10 * time.Minute,
	}.scenario()
	s.Streams[0].Busyness = cv
	return s
}

// Balanced replications estimate the same as those drawn one by one; their intervals hold the truth as
// often as they say; and the estimates scatter as much less as the gain says that is measured from one
// experiment alone. A mean wait that is made on the few days that are too busy leans so far to one
// side that its intervals hold the truth too seldom, with balance and without; it is held to being
// no worse with it.
func TestBalancePays(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("thousands of experiments: left out by -short")
	}
	const experiments, replications, level = 300, 60, 0.9
	for _, row := range []struct {
		name  string
		cv    float64
		asked []asked
	}{
		{"busy days", 0.12, []asked{
			{outcome.Occupancy, outcome.Labels{}, false, [2]float64{1.8, 3}, [2]float64{4, 8}},
			{outcome.BreachRate, answer, false, [2]float64{1.2, 2}, [2]float64{1.2, 2}},
			{outcome.Wait, outcome.Labels{}, true, [2]float64{1, 1.7}, [2]float64{1, 1.9}},
		}},
		{"even days", 0, []asked{
			{outcome.Occupancy, outcome.Labels{}, false, [2]float64{}, [2]float64{1.7, 3}},
			{outcome.BreachRate, answer, false, [2]float64{}, [2]float64{0.9, 1.5}},
			{outcome.Wait, outcome.Labels{}, false, [2]float64{}, [2]float64{0.8, 1.5}},
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := busyDesk(row.cv)
			plain := macros(t, s, row.asked, model.NoBalance, experiments, replications, level)
			for _, b := range []model.Balance{model.BalancedDays, model.Mirrored} {
				if b == model.BalancedDays && row.cv == 0 {
					continue
				}
				balanced := macros(t, s, row.asked, b, experiments, replications, level)
				for k, a := range row.asked {
					bounds := a.days
					if b == model.Mirrored {
						bounds = a.mirrored
					}
					compareBalance(t, b, a, plain, balanced, k, bounds)
				}
			}
		})
	}
}

func compareBalance(t *testing.T, b model.Balance, a asked, plain, balanced *macro, k int, bounds [2]float64) {
	t.Helper()
	p, x := plain.all[k].Estimate, balanced.all[k].Estimate
	// The half-widths are those of 90 %.
	if z := (x.Value - p.Value) / math.Hypot(x.HalfWidth(), p.HalfWidth()) * 1.645; math.Abs(z) > 4 {
		t.Errorf("%v, %s: %v instead of %v (z %.1f)", b, a.name, x.Value, p.Value, z)
	}
	truth := (x.Value + p.Value) / 2
	ratio := plain.squares(k, truth) / balanced.squares(k, truth)
	logs, n := 0., float64(len(balanced.estimates[k]))
	for i := range balanced.estimates[k] {
		m := &balanced.estimates[k][i]
		g, ok := balanced.runs.Gain(m)
		if !ok {
			t.Fatalf("%v, %s: no gain", b, a.name)
		}
		logs += math.Log(g.Value) / n
	}
	said := math.Exp(logs)
	share := balanced.covered(k, truth)
	t.Logf("%v, %s: %.5g and %.5g; variance %.2f times as small, said to be worth %.2f times the replications; %.3f cover, plain %.3f",
		b, a.name, x.Value, p.Value, ratio, said, share, plain.covered(k, truth))
	if ratio < bounds[0] || ratio > bounds[1] {
		t.Errorf("%v, %s: the variance is %.2f times as small, want %v", b, a.name, ratio, bounds)
	}
	// A ratio of two variances from 300 experiments each is known to 10 %; fewer degrees of freedom
	// cost up to 25 %.
	if said < 0.6*ratio || said > 1.3*ratio {
		t.Errorf("%v, %s: said to be worth %.2f times the replications, and the variance is %.2f times as small", b, a.name, said, ratio)
	}
	want, bound := 0.9, 3*math.Sqrt(0.9*0.1/n)
	if a.skewed {
		want, bound = plain.covered(k, truth), bound*math.Sqrt2
	}
	if math.Abs(share-want) > bound {
		t.Errorf("%v, %s: %.3f of the 90 %% intervals hold the truth, want %.3f ± %.3f", b, a.name, share, want, bound)
	}
}
