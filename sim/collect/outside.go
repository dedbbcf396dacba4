package collect

import (
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
