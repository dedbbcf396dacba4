package collect

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// uptime is what is promised about a channel, with its periods.
type uptime struct {
	*model.Availability
	line    *calendar.Timeline
	periods []contract.Span
	outages []int // that count against it
}

// availability adds what became of the promises about channels.
func (b *builder) availability(s *model.Scenario) {
	for i := range s.Availability {
		a := &s.Availability[i]
		u := &uptime{
			Availability: a, line: s.Calendars[a.Calendar].On(b.desk.Axis, b.until),
			periods: a.Period.Split(b.desk.Axis, b.warmup, b.until),
		}
		for j := range s.Outages {
			if o := &s.Outages[j]; !o.Planned && slices.Contains(o.Channels, a.Channel) {
				u.outages = append(u.outages, j)
			}
		}
		l := outcome.Labels{Channel: s.Channels[a.Channel].Name}
		b.measure(outcome.Availability, l, outcome.UnitShare, func(c *Collector) (up, of float64) {
			down := c.union(u.outages)
			for _, p := range u.periods {
				x, y := u.share(down, p)
				up, of = up+x, of+y
			}
			return up, of
		})
		b.measure(outcome.AvailabilityMet, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
			down := c.union(u.outages)
			for _, p := range u.periods {
				if up, all := u.share(down, p); all > 0 {
					of++
					if up >= u.AtLeast*all {
						met++
					}
				}
			}
			return met, of
		})
		for _, p := range u.periods {
			l.Period = p.Name
			b.measure(outcome.Availability, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				return u.share(c.union(u.outages), p)
			})
		}
	}
}

// share is the promised time of a period in which the channel is up, and all of it.
func (u *uptime) share(down []arrivals.Window, p contract.Span) (up, all float64) {
	promised := u.line.Between(p.From, p.To)
	lost := time.Duration(0)
	for _, w := range down {
		if from, to := max(w.From, p.From), min(w.Until, p.To); from < to {
			lost += u.line.Between(from, to)
		}
	}
	return (promised - lost).Seconds(), promised.Seconds()
}

// union is when any of some outages lasts, in the order of time. It is valid until
// the next call.
func (c *Collector) union(outages []int) []arrivals.Window {
	all := c.down[:0]
	for _, i := range outages {
		all = append(all, c.outside.Down[i]...)
	}
	c.down = all
	if len(outages) < 2 {
		return all
	}
	slices.SortFunc(all, func(a, b arrivals.Window) int { return cmp.Compare(a.From, b.From) })
	n := 0
	for _, w := range all {
		if n > 0 && w.From <= all[n-1].Until {
			all[n-1].Until = max(all[n-1].Until, w.Until)
			continue
		}
		all[n] = w
		n++
	}
	return all[:n]
}
