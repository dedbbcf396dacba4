package gallery

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// waiting is the share of customers who wait in the staffing that coverage is held
// against.
const waiting = 0.2

// Coverage is the agents on shift against those who are required, in the week with the
// most arrivals. Required is square-root staffing of the offered load that the arrivals
// of the outcome make with its agent time per ticket.
func Coverage(x *outcome.Experiment, text Text) (Picture, bool) {
	arrivals, heads := overTime(x, outcome.SeriesArrivals, outcome.Labels{}), onShift(x)
	work, ok := x.Measure(outcome.WorkPerTicket, outcome.Labels{})
	if arrivals == nil || heads == nil || !ok || !(work.Estimate.Value > 0) || x.Scenario.Interval <= 0 {
		return Picture{}, false
	}
	need, ok := required(arrivals, x.Scenario.Interval, work.Estimate.Value)
	if !ok {
		return Picture{}, false
	}
	from, to := busiest(x, arrivals)
	short, worst, at := 0, 0.0, 0
	for i := from; i < to; i++ {
		if gap := float64(need[i] - heads[i]); gap > 0 {
			short++
			if gap > worst {
				worst, at = gap, i
			}
		}
	}
	start := x.Local(time.Duration(from) * x.Scenario.Interval)
	title := "Staffing coverage against required heads"
	if whole := time.Duration(to-from) * x.Scenario.Interval; whole < x.Scenario.Length {
		title += ", week of " + start.Format("2 January")
	}
	caption := "Required: load + β √load heads, rounded up, for the offered load of the mean arrivals at " + format.Seconds(work.Estimate.Value) +
		" of agent time per ticket, with β such that about 20" + format.Thin + "% would wait (Halfin and Whitt 1981), as if every agent could take every ticket, one at a time. " +
		"Tickets that may wait need fewer. Shaded: the intervals in which fewer are on shift. "
	switch {
	case short == 0:
		caption += "There is none."
	default:
		caption += fmt.Sprintf("It is so in %s of %s, at worst by %s (%s).", format.Count(float64(short)), format.Plural(to-from, "interval", "intervals"),
			format.Plural(int(math.Ceil(worst)), "head", "heads"), format.Moment(x.Local(time.Duration(at)*x.Scenario.Interval)))
	}
	if to-from < len(arrivals) {
		caption += " The week is the one with the most arrivals."
	}
	t := chart.Timeline{
		Text: text(title, caption, outcome.Labels{}), Start: start, Interval: x.Scenario.Interval,
		Panels: []chart.Panel{{
			Name: "Heads", Unit: outcome.UnitHeads, Short: "shortage",
			Lines: []chart.Line{
				{Name: "required", Ink: chart.Vermilion, Values: need[from:to], Steps: true},
				{Name: "on shift, all teams", Ink: chart.Slate, Values: heads[from:to], Steps: true},
			},
		}},
	}
	begin := time.Duration(from) * x.Scenario.Interval
	t.Warmup = max(0, x.Scenario.Warmup-begin)
	for _, s := range x.Scenario.Spikes {
		t.Windows = append(t.Windows, chart.Window{
			Name: format.Clean(s.Name) + ", " + format.Value(s.Factor, "") + "×", From: s.Start - begin, To: s.End - begin,
		})
	}
	return Picture{Name: "coverage", Title: title, Chart: t}, true
}

// overTime is the mean of a series, with nothing where it has no number; nil if there is
// no such series or nothing ever happens in it.
func overTime(x *outcome.Experiment, name string, l outcome.Labels) []outcome.Float {
	for i := range x.Series {
		if s := &x.Series[i]; s.Name == name && s.Labels == l {
			values, some := make([]outcome.Float, len(s.Mean)), false
			for k, v := range s.Mean {
				if real(float64(v)) && v > 0 {
					values[k], some = v, true
				}
			}
			if !some {
				return nil
			}
			return values
		}
	}
	return nil
}

// onShift is the sum of all teams' agents on shift; nil if none ever is.
func onShift(x *outcome.Experiment) (total []outcome.Float) {
	for _, team := range x.Scenario.Teams {
		one := overTime(x, outcome.SeriesHeads, outcome.Labels{Team: team})
		if total == nil {
			total = make([]outcome.Float, len(one))
		}
		if one == nil {
			continue
		}
		if len(total) == 0 {
			total = make([]outcome.Float, len(one))
		}
		for i := range total {
			if total[i] += one[i]; !real(float64(total[i])) {
				return nil // beyond what can be added up
			}
		}
	}
	if len(total) == 0 {
		return nil
	}
	return total
}

// required is the number of heads for every interval; false if a load is beyond what can
// be staffed.
func required(arrivals []outcome.Float, interval time.Duration, work float64) ([]outcome.Float, bool) {
	rates := make([]float64, len(arrivals))
	for i, v := range arrivals {
		rates[i] = float64(v) / 3600
	}
	loads, err := erlang.OfferedLoad(0, rates, interval.Seconds(), work)
	if err != nil {
		return nil, false
	}
	need := make([]outcome.Float, len(loads))
	for i, load := range loads {
		// What is left of the evening's tickets at night is nobody's work.
		if load < 0.01 {
			continue
		}
		n, _, err := erlang.SquareRoot(load, waiting)
		if err != nil {
			return nil, false
		}
		need[i] = outcome.Float(n)
	}
	return need, true
}

// busiest is the week from a Monday's local midnight with the most arrivals, of those
// that lie within the measured time, or all of it if it holds no such week.
func busiest(x *outcome.Experiment, arrivals []outcome.Float) (from, to int) {
	most := math.Inf(-1)
	from, to = 0, len(arrivals)
	y, m, d := x.Local(0).Date()
	zone := x.Local(0).Location()
	monday := d - (int(x.Local(0).Weekday())+6)%7
	at := func(day int) time.Duration { return time.Date(y, m, day, 0, 0, 0, 0, zone).Sub(x.Scenario.Start) }
	for ; at(monday) < x.Scenario.Length; monday += 7 {
		begin, end := at(monday), at(monday+7)
		if begin < x.Scenario.Warmup || end > x.Scenario.Length || begin%x.Scenario.Interval != 0 || end%x.Scenario.Interval != 0 {
			continue
		}
		sum := 0.0
		first, last := int(begin/x.Scenario.Interval), min(int(end/x.Scenario.Interval), len(arrivals))
		for _, v := range arrivals[first:last] {
			sum += float64(v)
		}
		if sum > most {
			most, from, to = sum, first, last
		}
	}
	return from, to
}
