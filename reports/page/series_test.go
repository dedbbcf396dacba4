package page_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

// seriesOf finds the series behind a line of a chart.
func seriesOf(x *outcome.Experiment, title, line string) *outcome.Series {
	var name string
	var l outcome.Labels
	switch {
	case strings.HasPrefix(title, "Breach rate of "):
		metric, by, _ := strings.Cut(strings.TrimPrefix(title, "Breach rate of "), ", by ")
		name, l.Metric = outcome.SeriesBreach, strings.ReplaceAll(metric, " ", "_")
		switch by {
		case "tier":
			l.Tier = strings.ToLower(line)
		case "priority":
			l.Priority = strings.ToLower(line)
		}
	case title == "Occupancy by team":
		name, l.Team = outcome.SeriesOccupancy, strings.ToLower(line)
	case line == "arrivals":
		name = outcome.SeriesArrivals
	case strings.HasPrefix(line, "Backlog"):
		name = outcome.SeriesBacklog
	case strings.HasPrefix(line, "Queue"):
		name = outcome.SeriesQueue
	}
	for i := range x.Series {
		if s := &x.Series[i]; s.Name == name && s.Labels == l {
			return s
		}
	}
	return nil
}

// number is a value as people read it, as a number again.
func number(v float64, unit outcome.Unit) float64 {
	s := strings.ReplaceAll(strings.TrimSuffix(format.Value(v, unit), "\u202f%"), "\u202f", "")
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

func checkLine(t *testing.T, x *outcome.Experiment, title string, f *figure, line string, got []*float64, of func(s *outcome.Series) []outcome.Float) {
	t.Helper()
	var want []outcome.Float
	unit := outcome.UnitPerHour
	if line == "capacity" {
		want = capacity(x)
	} else {
		s := seriesOf(x, title, line)
		if s == nil {
			t.Fatalf("%s: no series for the line %q", title, line)
		}
		if s.Name == outcome.SeriesBreach {
			s = shown(s)
		}
		want, unit = of(s), s.Unit
	}
	if got == nil {
		return
	}
	wrong := 0
	for k, v := range got {
		i := k
		if f.At != nil {
			i = f.At[k]
		}
		w := number(float64(want[i]), unit)
		if math.IsNaN(w) != (v == nil) || v != nil && *v != w {
			wrong++
		}
	}
	if wrong > 0 || f.At == nil && len(got) != len(want) {
		t.Errorf("%s, %s: %d of %d numbers differ (the outcome has %d)", title, line, wrong, len(got), len(want))
	}
}

// shown is a breach rate as it is drawn: stretches that are put together are the ratio of their clocks, and
// what has fewer than ten clocks, or an interval that spans more than half, is left out.
func shown(s *outcome.Series) *outcome.Series {
	kept := *s
	kept.Mean, kept.Low, kept.High = slices.Clone(s.Mean), slices.Clone(s.Low), slices.Clone(s.High)
	kept.Breached, kept.Judged = slices.Clone(s.Breached), slices.Clone(s.Judged)
	none := outcome.Float(math.NaN())
	for i := range s.Mean {
		if s.Judged[i] < 10 || s.High[i]-s.Low[i] > 0.5 {
			kept.Mean[i], kept.Low[i], kept.High[i] = none, none, none
		}
	}
	for _, m := range s.Merged {
		var breached, judged uint64
		for i := m.From; i < m.From+m.Intervals; i++ {
			breached, judged = breached+s.Breached[i], judged+s.Judged[i]
		}
		for i := m.From; i < m.From+m.Intervals; i++ {
			kept.Mean[i], kept.Low[i], kept.High[i] = outcome.Float(float64(breached)/float64(judged)), m.Low, m.High
			kept.Breached[i], kept.Judged[i] = breached, judged
		}
	}
	return &kept
}

// capacity is how many tickets an hour the agents on shift can work off.
func capacity(x *outcome.Experiment) (list []outcome.Float) {
	work, _ := x.Measure(outcome.WorkPerTicket, outcome.Labels{})
	for i := range x.Series {
		s := &x.Series[i]
		if s.Name != outcome.SeriesHeads {
			continue
		}
		if list == nil {
			list = make([]outcome.Float, len(s.Mean))
		}
		for k, heads := range s.Mean {
			list[k] += heads * outcome.Float(3600/work.Estimate.Value)
		}
	}
	return list
}

func highest(s *outcome.Series) float64 {
	high := math.Inf(-1)
	if s.Name == outcome.SeriesBreach {
		s = shown(s)
	}
	for _, v := range s.Mean {
		if v := float64(v); v > high { // NaN is above nothing
			high = v
		}
	}
	return high
}

func peak(list []*float64) float64 {
	high := math.Inf(-1)
	for _, v := range list {
		if v != nil {
			high = max(high, *v)
		}
	}
	return high
}

func TestTheExtremesOfThePage(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 5})
	text := written(t, x)
	figures, all := figuresOf(t, text)
	var titles []string
	for i := range figures {
		if figures[i].Kind == "time" {
			titles = append(titles, all[i])
		}
	}
	n := 0
	for _, g := range gridsOf(text) {
		if g[0][0] != "line" {
			continue
		}
		for _, row := range g[1:] {
			if row[0] == "capacity" {
				continue
			}
			s := seriesOf(x, titles[n], row[0])
			first := int(x.Scenario.Warmup / x.Scenario.Interval)
			low, high := math.Inf(1), math.Inf(-1)
			if s.Name == outcome.SeriesBreach {
				s = shown(s)
			}
			for _, v := range s.Mean[first:] {
				if v := float64(v); !math.IsNaN(v) {
					low, high = min(low, v), max(high, v)
				}
			}
			for i, v := range map[int]float64{1: low, 3: high} {
				if want := format.Value(v, s.Unit); !strings.HasPrefix(row[i], want) {
					t.Errorf("%s, %s, %s: %q, want %q", titles[n], row[0], g[0][i], row[i], want)
				}
			}
		}
		n++
	}
	if n < 8 {
		t.Errorf("%d tables of extremes", n)
	}
}
