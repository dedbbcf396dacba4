package backtest

import (
	"math"

	"github.com/headroom-sim/headroom/model/estimate"
)

// method is one that is scored: a sorted sample for a day of a forecast, empty for no answer.
type method struct {
	name   string
	sample func(f *Forecast, m Measure, day int) []float64
}

var methods = []method{
	{Simulation, func(f *Forecast, m Measure, day int) []float64 {
		values := make([]float64, len(f.Runs))
		for j, run := range f.Runs {
			values[j] = run[m][day]
		}
		return known(values)
	}},
	{SeasonalNaive, func(f *Forecast, m Measure, day int) []float64 {
		if f.Naive[m] == nil {
			return nil
		}
		return f.Naive[m][day]
	}},
	{ErlangHours, func(f *Forecast, m Measure, day int) []float64 {
		if f.Erlang == nil || f.Erlang[m] == nil {
			return nil
		}
		return known(f.Erlang[m][day : day+1])
	}},
}

// sums adds up the errors of a method.
type sums struct {
	days, ranged                                   int
	crps, absolute, scaled, median, came, interval float64
	mine, theirs                                   map[[2]int]float64 // CRPS by origin and week
	order                                          [][2]int
}

// scores fills in how good each method was.
func (t *Track) scores(all []Forecast) {
	for k := range methods {
		s := sums{mine: map[[2]int]float64{}, theirs: map[[2]int]float64{}}
		for i := range all {
			for d := range all[i].Days {
				s.day(&methods[k], t.Measure, &all[i], i, d)
			}
		}
		silent := methods[k].name == ErlangHours && len(all) > 0 && all[0].Erlang != nil && all[0].Erlang[t.Measure] != nil
		if s.days > 0 || silent { // that the formulas have no answer is worth a row
			t.Scores = append(t.Scores, s.score(methods[k].name))
		}
	}
}

func (s *sums) day(k *method, m Measure, f *Forecast, origin, d int) {
	y := f.Observed[m][d]
	sample, own := k.sample(f, m, d), methods[0].sample(f, m, d)
	if math.IsNaN(y) || len(sample) == 0 || len(own) == 0 {
		return
	}
	median := Quantile(sample, 0.5)
	s.days++
	s.crps += CRPS(sample, y)
	s.absolute += math.Abs(median - y)
	if f.Scale[m] > 0 {
		s.scaled += math.Abs(median-y) / f.Scale[m]
	} else {
		s.scaled = math.NaN()
	}
	s.median += median
	s.came += y
	if len(sample) > 1 {
		s.ranged++
		s.interval += IntervalScore(Quantile(sample, (1-level)/2), Quantile(sample, (1+level)/2), y, level)
	}
	week := [2]int{origin, d / 7}
	if _, ok := s.mine[week]; !ok {
		s.order = append(s.order, week)
	}
	s.mine[week] += CRPS(own, y)
	s.theirs[week] += CRPS(sample, y)
}

func (s *sums) score(name string) Score {
	n := float64(s.days)
	out := Score{
		Method: name, Days: s.days, CRPS: s.crps / n, WAPE: s.absolute / s.came, MASE: s.scaled / n, Bias: s.median/s.came - 1,
		Interval: math.NaN(), Skill: estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level},
	}
	if s.came == 0 {
		out.WAPE, out.Bias = math.NaN(), math.NaN()
	}
	if s.ranged > 0 {
		out.Interval = s.interval / float64(s.ranged)
	}
	if name == Simulation {
		return out
	}
	mine, theirs := make([]float64, len(s.order)), make([]float64, len(s.order))
	for i, week := range s.order {
		mine[i], theirs[i] = s.mine[week], s.theirs[week]
	}
	out.Skill = estimate.Ratio(mine, theirs, level)
	// No forecast is better than by all of the other's error.
	out.Skill.Value, out.Skill.Low, out.Skill.High = 1-out.Skill.Value, 1-out.Skill.High, min(1, 1-out.Skill.Low)
	return out
}
