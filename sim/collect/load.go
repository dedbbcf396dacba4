package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
)

// trailing is the time on shift over which the load on a team is looked at.
const trailing = 4 * time.Hour

// flow is how many tickets were opened, less those that were abandoned, and solved.
type flow struct{ opened, solved int64 }

// load adds what tells of overload: what is opened for each ticket that is solved, and
// how much of their time on shift teams are under a load above or below the band.
func (b *builder) load(assumed bool) {
	b.weeks = contract.Weekly.Split(b.desk.Axis, b.warmup, b.until)
	b.measure(outcome.OpenedPerSolved, outcome.Labels{}, outcome.UnitShare, func(c *Collector) (opened, solved float64) {
		for _, f := range c.flow {
			opened, solved = opened+float64(f.opened), solved+float64(f.solved)
		}
		return opened, solved
	})
	for i, w := range b.weeks {
		b.measure(outcome.OpenedPerSolved, outcome.Labels{Period: w.Name}, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return float64(c.flow[i].opened), float64(c.flow[i].solved)
		})
	}
	for i := range b.desk.Teams {
		l := outcome.Labels{Team: b.desk.Teams[i].Name}
		band := func(name string, is func(occupancy float64) bool) {
			b.measure(name, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				in, of := c.inBand([]int{i}, is)
				return in, of
			})
		}
		band(outcome.BelowBand, func(x float64) bool { return x < bandLow })
		band(outcome.AboveBand, func(x float64) bool { return x > bandHigh })
		b.measure(outcome.HighOccupancy, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			high, of, _ := c.underLoad(i)
			return high.Seconds(), of.Seconds()
		})
		b.measure(outcome.LongestHigh, l, outcome.UnitHours, func(c *Collector) (float64, float64) {
			_, _, longest := c.underLoad(i)
			return longest.Hours(), 1
		})
		if assumed {
			b.measure(outcome.Strained, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				t := &c.teams[i].totals
				return t.strained, t.on
			})
		}
	}
}

// underLoad is the agent time on shift, after the warm-up, in intervals with which a
// stretch of trailing time on shift ends whose occupancy is above the band; and all agent
// time in intervals that end such a stretch of any kind. Times without anybody on shift
// are passed over. longest is the longest time on shift in a row of the first kind.
func (c *Collector) underLoad(team int) (high, of, longest time.Duration) {
	var on, busy, span, row time.Duration
	intervals := c.teams[team].intervals
	first := int((c.warmup + c.interval - 1) / c.interval)
	from := 0 // the first interval of the stretch
	for i := range intervals {
		k := &intervals[i]
		if k.on == 0 {
			continue
		}
		on, busy, span = on+k.on, busy+k.busy, span+c.lengthOf(i)
		for span-c.spanOf(team, from) >= trailing {
			on, busy, span = on-intervals[from].on, busy-intervals[from].busy, span-c.spanOf(team, from)
			from++
		}
		if span < trailing || i < first {
			continue
		}
		of += k.on
		if float64(busy) <= bandHigh*float64(on) {
			row = 0
			continue
		}
		high += k.on
		row += c.lengthOf(i)
		longest = max(longest, row)
	}
	return high, of, longest
}

// spanOf is the length of an interval in which somebody of a team is on shift, else 0.
func (c *Collector) spanOf(team, interval int) time.Duration {
	if c.teams[team].intervals[interval].on == 0 {
		return 0
	}
	return c.lengthOf(interval)
}
