package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// Outside tells the collector what became of customers on their way to the desk, once
// the trial is over and before Fill.
func (c *Collector) Outside(o *arrivals.Outside) { c.outside = o }

// bots adds what became of those who met something before the desk.
func (b *builder) bots(list []model.Deflection) {
	costs := false
	for i := range list {
		l := outcome.Labels{Bot: list[i].Name}
		share := func(name string, num, den func(n *arrivals.BotCount) int64) {
			b.measure(name, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
				n := &c.outside.Bots[i]
				return float64(num(n)), float64(den(n))
			})
		}
		met := func(n *arrivals.BotCount) int64 { return n.Met }
		contained := func(n *arrivals.BotCount) int64 { return n.Contained }
		b.measure(outcome.BotContacts, l, outcome.UnitTickets, func(c *Collector) (float64, float64) {
			return float64(c.outside.Bots[i].Met), 1
		})
		share(outcome.Containment, contained, met)
		share(outcome.WrongAnswers, func(n *arrivals.BotCount) int64 { return n.Wrong }, contained)
		share(outcome.Deflected, func(n *arrivals.BotCount) int64 { return n.Met - n.PassedOn - n.Wrong }, met)
		if cost := list[i].Cost; cost > 0 {
			costs = true
			b.measure(outcome.BotCost, l, outcome.UnitMoney, func(c *Collector) (float64, float64) {
				return cost * float64(c.outside.Bots[i].Met), 1
			})
		}
	}
	if !costs {
		return
	}
	b.measure(outcome.BotCost, outcome.Labels{}, outcome.UnitMoney, func(c *Collector) (sum, one float64) {
		for i := range list {
			sum += list[i].Cost * float64(c.outside.Bots[i].Met)
		}
		return sum, 1
	})
}

// outages adds how long what was down, and whom that turned away.
func (b *builder) outages(list []model.Outage) {
	stalls := false
	for i := range list {
		l := outcome.Labels{Outage: list[i].Name}
		b.measure(outcome.OutageHours, l, outcome.UnitHours, func(c *Collector) (float64, float64) {
			var sum time.Duration
			for _, w := range c.outside.Down[i] {
				sum += max(0, w.Until-max(w.From, c.warmup))
			}
			return sum.Hours(), 1
		})
		stalls = stalls || len(list[i].Teams) > 0
		if len(list[i].Channels) == 0 {
			continue
		}
		count := func(name string, of func(n *arrivals.OutageCount) int64) {
			b.measure(name, l, outcome.UnitTickets, func(c *Collector) (float64, float64) {
				return float64(of(&c.outside.Outages[i])), 1
			})
		}
		count(outcome.OutageContacts, func(n *arrivals.OutageCount) int64 { return n.Met })
		count(outcome.OutageSwitched, func(n *arrivals.OutageCount) int64 { return n.Switched })
		count(outcome.OutageLost, func(n *arrivals.OutageCount) int64 { return n.Lost })
		count(outcome.OutageWaited, func(n *arrivals.OutageCount) int64 { return n.Waited })
	}
	if !stalls {
		return
	}
	for i := range b.desk.Teams {
		b.measure(outcome.StalledHours, outcome.Labels{Team: b.desk.Teams[i].Name}, outcome.UnitHours, func(c *Collector) (float64, float64) {
			return c.teams[i].totals.stalled / float64(time.Hour), 1
		})
	}
}
