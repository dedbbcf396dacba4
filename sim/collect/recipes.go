package collect

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
)

// tickets adds what becomes of tickets, in every cut.
func (b *builder) tickets() {
	for _, cut := range b.cuts {
		count := func(name string, of func(k *tally) int64) {
			b.measure(name, cut.labels, outcome.UnitTickets, func(c *Collector) (float64, float64) {
				return float64(c.total(cut.classes, of)), 1
			})
		}
		count(outcome.Arrived, func(k *tally) int64 { return k.arrived })
		count(outcome.Solved, func(k *tally) int64 { return k.solved })
		count(outcome.Abandoned, func(k *tally) int64 { return k.abandoned })
		count(outcome.Open, func(k *tally) int64 { return k.open })
		live := slices.DeleteFunc(slices.Clone(cut.classes), func(i int32) bool { return !b.classes[i].live })
		if len(live) > 0 {
			b.measure(outcome.AbandonRate, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
				return float64(c.total(live, func(k *tally) int64 { return k.abandoned })),
					float64(c.total(live, func(k *tally) int64 { return k.arrived }))
			})
		}
		b.measure(outcome.Wait, cut.labels, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			var wait float64
			for _, i := range cut.classes {
				wait += c.tallies[i].wait
			}
			return wait / 1e9, float64(c.total(cut.classes, func(k *tally) int64 { return k.waits }))
		})
	}
	b.series(outcome.SeriesArrivals, outcome.Labels{}, outcome.UnitPerHour, false, func(c *Collector, num, _ []float64) {
		for i, n := range c.arrivals {
			num[i] = float64(n) / b.lengthOf(i).Hours()
		}
	})
}

// clocks adds breach rates and elapsed times of every metric that is promised.
func (b *builder) clocks() {
	for m := range sla.Metrics {
		for _, cut := range b.cuts {
			cut.classes = slices.DeleteFunc(slices.Clone(cut.classes), func(i int32) bool {
				return !b.desk.Terms(i).Promises(m)
			})
			if len(cut.classes) == 0 {
				continue
			}
			cut.labels.Metric = m.String()
			b.breaches(m, cut)
			if l := cut.labels; l.Channel == "" && l.Issue == "" && l.Account == "" {
				b.distribution(l, m, b.groupsOf(cut.classes))
				if m == sla.FirstReply || m == sla.Resolution {
					l.Clock = outcome.WallClock
					b.distribution(l, m, b.groupsOf(cut.classes))
				}
			}
		}
		for line, cut := range b.lines {
			if !slices.ContainsFunc(cut.classes, func(i int32) bool { return b.desk.Terms(i).Promises(m) }) {
				continue
			}
			l := cut.labels
			l.Metric = m.String()
			b.series(outcome.SeriesBreach, l, outcome.UnitShare, true, func(c *Collector, num, den []float64) {
				for i, n := range c.lines[m][line] {
					num[i], den[i] = float64(n.breached), float64(n.judged)
				}
			})
			if line > 0 {
				continue
			}
			b.byDay(m)
			if b.hours != nil {
				b.byHour(m)
				b.distributionsByHour(m)
			}
		}
	}
}

func (b *builder) groupsOf(classes []int32) []int {
	var groups []int
	for _, i := range classes {
		if g := b.classes[i].group; !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

func (b *builder) breaches(m sla.Metric, cut cut) {
	sum := func(c *Collector, of func(k *judged) int64) float64 {
		var n int64
		for _, i := range cut.classes {
			n += of(&c.judged[m][i])
		}
		return float64(n)
	}
	b.measure(outcome.BreachRate, cut.labels, outcome.UnitShare, func(c *Collector) (float64, float64) {
		missed := sum(c, func(k *judged) int64 { return k.breached + k.overdue })
		return missed, missed + sum(c, func(k *judged) int64 { return k.met })
	})
	b.measure(outcome.Clocks, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return sum(c, func(k *judged) int64 { return k.met + k.breached + k.overdue }), 1
	})
	b.measure(outcome.Overdue, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return sum(c, func(k *judged) int64 { return k.overdue }), 1
	})
	b.measure(outcome.Undecided, cut.labels, outcome.UnitClocks, func(c *Collector) (float64, float64) {
		return sum(c, func(k *judged) int64 { return k.undecided }), 1
	})
}

// byHour adds the breach rate of a metric by hour of the week.
func (b *builder) byHour(m sla.Metric) {
	for hour := range 7 * 24 {
		if !slices.Contains(b.hours, int32(hour)) {
			continue
		}
		l := outcome.Labels{Metric: m.String(), Hour: HourName(hour)}
		b.measure(outcome.BreachByHour, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			n := c.byHour[m][hour]
			return float64(n.breached), float64(n.judged)
		})
	}
}

// staff adds occupancy, hours and cost: of all teams together and of each.
func (b *builder) staff() {
	b.teamMeasures(outcome.Labels{}, allTeams(len(b.desk.Teams)))
	for i := range b.desk.Teams {
		l := outcome.Labels{Team: b.desk.Teams[i].Name}
		b.teamMeasures(l, []int{i})
		b.series(outcome.SeriesHeads, l, outcome.UnitHeads, false, func(c *Collector, num, _ []float64) {
			c.teams[i].perInterval(c, num, func(k *teamInterval) time.Duration { return k.on })
		})
		b.series(outcome.SeriesBusy, l, outcome.UnitHeads, false, func(c *Collector, num, _ []float64) {
			c.teams[i].perInterval(c, num, func(k *teamInterval) time.Duration { return k.busy })
		})
		b.series(outcome.SeriesOccupancy, l, outcome.UnitShare, true, func(c *Collector, num, den []float64) {
			c.teams[i].perInterval(c, num, func(k *teamInterval) time.Duration { return k.busy })
			c.teams[i].perInterval(c, den, func(k *teamInterval) time.Duration { return k.on })
		})
	}
}

func allTeams(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// The band in which occupancy is held to be sound.
const (
	bandLow  = 0.75
	bandHigh = 0.85
)

func (b *builder) teamMeasures(l outcome.Labels, teams []int) {
	sum := func(c *Collector, of func(t *teamTotals) float64) (x float64) {
		for _, i := range teams {
			x += of(&c.teams[i].totals)
		}
		return x
	}
	planned, overtime := 0.0, 0.0
	var bill staffing.Bill
	for _, i := range teams {
		planned += b.bills[i].Hours
		overtime += b.bills[i].OvertimeHours
		bill = bill.Plus(b.bills[i])
	}
	paid := func(c *Collector) float64 {
		return planned + sum(c, func(t *teamTotals) float64 { return t.bill.Hours })
	}
	worked := func(t *teamTotals) float64 { return t.busy + t.over + t.called }
	b.measure(outcome.Occupancy, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return sum(c, func(t *teamTotals) float64 { return t.busy }), sum(c, func(t *teamTotals) float64 { return t.on })
	})
	b.measure(outcome.InBand, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return c.inBand(teams, func(x float64) bool { return x >= bandLow && x <= bandHigh })
	})
	b.measure(outcome.Utilisation, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return sum(c, worked) / float64(time.Hour), paid(c)
	})
	b.measure(outcome.PaidHours, l, outcome.UnitHours, func(c *Collector) (float64, float64) { return paid(c), 1 })
	b.measure(outcome.Overtime, l, outcome.UnitHours, func(c *Collector) (float64, float64) {
		return overtime + sum(c, func(t *teamTotals) float64 { return t.bill.OvertimeHours }), 1
	})
	if b.currency != "" {
		for _, part := range costParts {
			b.measure(part.name, l, outcome.UnitMoney, func(c *Collector) (float64, float64) {
				return part.of(bill) + sum(c, func(t *teamTotals) float64 { return part.of(t.bill) }), 1
			})
		}
	}
	if l.Team == "" {
		everyone := b.cuts[0].classes
		b.measure(outcome.WorkPerTicket, l, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			return sum(c, worked) / 1e9, float64(c.total(everyone, func(k *tally) int64 { return k.arrived }) + int64(b.inherits))
		})
	}
}

// backlog adds queue and backlog, their peaks, and the recovery from spikes.
func (b *builder) backlog() {
	b.measure(outcome.BacklogPeak, outcome.Labels{}, outcome.UnitTickets, func(c *Collector) (float64, float64) {
		return float64(c.backlog.peak), 1
	})
	b.measure(outcome.QueuePeak, outcome.Labels{}, outcome.UnitTickets, func(c *Collector) (float64, float64) {
		return float64(c.queue.peak), 1
	})
	for i := range b.spikes {
		l := outcome.Labels{Spike: b.spikes[i].Name}
		b.measure(outcome.Recovery, l, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			return c.recoveries[i].after.Seconds(), 1
		})
		b.measure(outcome.Unrecovered, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			if c.recoveries[i].done {
				return 0, 1
			}
			return 1, 1
		})
	}
	b.series(outcome.SeriesBacklog, outcome.Labels{}, outcome.UnitTickets, false, func(c *Collector, num, _ []float64) {
		copyCounts(num, c.backlog.ends)
	})
	b.series(outcome.SeriesQueue, outcome.Labels{}, outcome.UnitTickets, false, func(c *Collector, num, _ []float64) {
		copyCounts(num, c.queue.ends)
	})
}

func copyCounts(num []float64, counts []int32) {
	for i, n := range counts {
		num[i] = float64(n)
	}
}

// escalations adds how often each rung of the ladder was reached and what it cost.
func (b *builder) escalations() {
	if len(b.ladder) == 0 {
		return
	}
	lead := func(c *Collector, k int) float64 { return float64(c.rungs[k]) * b.ladder[k].Lead.Hours() }
	cost := func(c *Collector, k int) float64 { return lead(c, k) * b.ladder[k].LeadPerHour }
	all := func(of func(c *Collector, k int) float64) func(c *Collector) (float64, float64) {
		return func(c *Collector) (float64, float64) {
			var sum float64
			for k := range b.ladder {
				sum += of(c, k)
			}
			return sum, 1
		}
	}
	priced := slices.ContainsFunc(b.ladder, func(r model.Rung) bool { return r.LeadPerHour > 0 })
	for k := range b.ladder {
		l := outcome.Labels{Rung: b.ladder[k].Name}
		b.measure(outcome.Escalations, l, outcome.UnitTickets, func(c *Collector) (float64, float64) { return float64(c.rungs[k]), 1 })
		b.measure(outcome.LeadHours, l, outcome.UnitHours, func(c *Collector) (float64, float64) { return lead(c, k), 1 })
		if priced {
			b.measure(outcome.LeadCost, l, outcome.UnitMoney, func(c *Collector) (float64, float64) { return cost(c, k), 1 })
		}
	}
	b.measure(outcome.LeadHours, outcome.Labels{}, outcome.UnitHours, all(lead))
	if priced {
		b.measure(outcome.LeadCost, outcome.Labels{}, outcome.UnitMoney, all(cost))
	}
}
