package trace

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
)

// Interval is a series in one interval of a trial.
type Interval struct {
	series        *outcome.Series
	start         string
	value, weight float64
}

// Intervals are the columns of a trace of intervals. The weight is what a value is a share of, such as
// clocks or agents on shift, so that values can be put together by volume; it is 1 where a value
// stands for itself.
func Intervals() Columns[Interval] {
	type row = Interval
	return Columns[row]{
		{head: "series", word: func(x *row) string { return x.series.Name }},
		{head: "metric", word: func(x *row) string { return x.series.Labels.Metric }},
		{head: "priority", word: func(x *row) string { return x.series.Labels.Priority }},
		{head: "tier", word: func(x *row) string { return x.series.Labels.Tier }},
		{head: "team", word: func(x *row) string { return x.series.Labels.Team }},
		{head: "unit", word: func(x *row) string { return string(x.series.Unit) }},
		{head: "interval_start", word: func(x *row) string { return x.start }},
		{head: "value", number: func(x *row) float64 { return x.value }},
		{head: "weight", number: func(x *row) float64 { return x.weight }},
	}
}

// EachInterval gives the intervals of a trial to write, series by series.
func EachInterval(c *outcome.Catalog, r *outcome.Run, interval time.Duration, at func(time.Duration) time.Time, write func(*Interval) error) error {
	starts := make([]string, c.Intervals)
	for k := range starts {
		starts[k] = at(time.Duration(k) * interval).Format(time.RFC3339)
	}
	for i := range c.Series {
		track := &r.Series[i]
		for k := range c.Intervals {
			x := Interval{&c.Series[i], starts[k], math.NaN(), 1}
			if track.Den != nil {
				x.weight = track.Den[k]
			}
			if x.weight > 0 {
				x.value = track.Num[k] / x.weight
			}
			if err := write(&x); err != nil {
				return err
			}
		}
	}
	return nil
}
