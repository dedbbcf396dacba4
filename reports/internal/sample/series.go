package sample

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
)

// over makes a series from a ratio per trial and interval.
func (m *measurer) over(name string, l outcome.Labels, unit outcome.Unit, spread bool, at func(t *trial, i int) (num, den float64)) {
	s := outcome.Series{Name: name, Labels: l, Unit: unit}
	n := len(m.trials)
	for i := range m.trials[0].arrivals {
		num, den, values := make([]float64, n), make([]float64, n), make([]float64, n)
		for r := range m.trials {
			num[r], den[r] = at(&m.trials[r], i)
			values[r] = num[r] / den[r]
		}
		mean, half := quick(num, den)
		s.Mean = append(s.Mean, outcome.Float(mean))
		s.Low = append(s.Low, outcome.Float(mean-half))
		s.High = append(s.High, outcome.Float(mean+half))
		if spread {
			slices.Sort(values)
			s.P10 = append(s.P10, outcome.Float(values[n/10]))
			s.P90 = append(s.P90, outcome.Float(values[n*9/10]))
		}
	}
	m.x.Series = append(m.x.Series, s)
}

// quick is a ratio of totals and twice its standard error: good enough for
// thousands of intervals of a picture, and fast.
func quick(num, den []float64) (mean, half float64) {
	n, totalNum, totalDen := 0.0, 0.0, 0.0
	for r := range num {
		if !math.IsNaN(num[r]) && !math.IsNaN(den[r]) {
			n, totalNum, totalDen = n+1, totalNum+num[r], totalDen+den[r]
		}
	}
	if n == 0 || totalDen == 0 {
		return math.NaN(), math.NaN()
	}
	mean = totalNum / totalDen
	squares := 0.0
	for r := range num {
		if rest := num[r] - mean*den[r]; !math.IsNaN(rest) {
			squares += rest * rest
		}
	}
	return mean, 2 * math.Sqrt(squares*n/(n-1)) / totalDen
}

// breach is the breach rate of a class over time, as trials that are merged have it.
func (m *measurer) breach(c class) {
	n := len(m.trials[0].arrivals)
	merger := outcome.NewMerger(&outcome.Catalog{
		Series: []outcome.Series{{Name: outcome.SeriesBreach, Labels: c.labels(), Unit: outcome.UnitShare}}, Spread: []bool{false}, Intervals: n,
	}, level)
	for r := range m.trials {
		track := outcome.Track{Num: make([]float64, n), Den: make([]float64, n)}
		for i := range n {
			track.Num[i], track.Den[i] = math.Round(c.at(&m.trials[r].breached, i, i+1)), math.Round(c.at(&m.trials[r].judged, i, i+1))
		}
		merger.Add(&outcome.Run{Replication: r, Series: []outcome.Track{track}})
	}
	var x outcome.Experiment
	merger.Fill(&x)
	m.x.Series = append(m.x.Series, x.Series...)
}

func (m *measurer) series() {
	perHour := interval.Hours()
	m.over(outcome.SeriesArrivals, outcome.Labels{}, outcome.UnitPerHour, true, func(t *trial, i int) (float64, float64) { return t.arrivals[i] / perHour, 1 })
	m.over(outcome.SeriesBacklog, outcome.Labels{}, outcome.UnitTickets, true, func(t *trial, i int) (float64, float64) { return t.backlog[i], 1 })
	m.over(outcome.SeriesQueue, outcome.Labels{}, outcome.UnitTickets, true, func(t *trial, i int) (float64, float64) { return t.queue[i], 1 })
	for _, c := range classes() {
		m.breach(c)
	}
	for k, team := range teams {
		l := outcome.Labels{Team: team}
		m.over(outcome.SeriesHeads, l, outcome.UnitHeads, false, func(t *trial, i int) (float64, float64) { return t.heads[k][i], 1 })
		m.over(outcome.SeriesBusy, l, outcome.UnitHeads, false, func(t *trial, i int) (float64, float64) { return t.busy[k][i], 1 })
		m.over(outcome.SeriesOccupancy, l, outcome.UnitShare, false, func(t *trial, i int) (float64, float64) { return t.busy[k][i], t.heads[k][i] })
	}
}
