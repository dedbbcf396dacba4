package sample

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// measurer turns trials into an outcome.
type measurer struct {
	x      *outcome.Experiment
	trials []trial
	first  int // interval that is measured
}

// each gives one number per trial.
func (m *measurer) each(f func(t *trial) float64) []float64 {
	list := make([]float64, len(m.trials))
	for r := range m.trials {
		list[r] = f(&m.trials[r])
	}
	return list
}

func (m *measurer) ones() []float64 { return m.each(func(*trial) float64 { return 1 }) }

func (m *measurer) add(name string, labels outcome.Labels, unit outcome.Unit, num, den []float64) {
	m.x.Measures = append(m.x.Measures, outcome.Measure{Name: name, Labels: labels, Unit: unit, Num: num, Den: den, Estimate: ratio(num, den)})
}

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}

// class is a slice of the tickets: a tier, a priority or all (-1).
type class struct {
	metric, tier, priority int
}

func (c class) labels() outcome.Labels {
	l := outcome.Labels{Metric: metrics[c.metric]}
	if c.tier >= 0 {
		l.Tier = tiers[c.tier]
	}
	if c.priority >= 0 {
		l.Priority = priorities[c.priority]
	}
	return l
}

// at adds up the clocks of a class in intervals from up to to.
func (c class) at(lists *[3][3][4][]float64, from, to int) float64 {
	total := 0.0
	for k := range tiers {
		for p := range priorities {
			if (c.tier < 0 || c.tier == k) && (c.priority < 0 || c.priority == p) {
				total += sum(lists[c.metric][k][p][from:to])
			}
		}
	}
	return total
}

func classes() []class {
	var all []class
	for metric := range metrics {
		all = append(all, class{metric, -1, -1})
		for p := range priorities {
			all = append(all, class{metric, -1, p})
		}
		for k := range tiers {
			all = append(all, class{metric, k, -1})
		}
	}
	return all
}

func (m *measurer) measures() {
	end := len(m.trials[0].arrivals)
	for _, c := range classes() {
		judged := m.each(func(t *trial) float64 { return math.Round(c.at(&t.judged, m.first, end)) })
		late := m.each(func(t *trial) float64 { return math.Round(c.at(&t.breached, m.first, end)) })
		m.add(outcome.BreachRate, c.labels(), outcome.UnitShare, late, judged)
		m.add(outcome.Clocks, c.labels(), outcome.UnitClocks, judged, m.ones())
		open := m.each(func(t *trial) float64 { return math.Round(0.02 * c.at(&t.breached, m.first, end)) })
		m.add(outcome.Overdue, c.labels(), outcome.UnitClocks, open, m.ones())
		undecided := m.each(func(t *trial) float64 { return math.Round(0.4 * c.at(&t.judged, end-perDay, end)) })
		if c.metric != 1 {
			undecided = make([]float64, len(m.trials))
		}
		m.add(outcome.Undecided, c.labels(), outcome.UnitClocks, undecided, m.ones())
		m.waits(c, late, judged)
	}
	m.flow(end)
	m.staff(end)
	m.trouble(end)
	m.money()
	m.hours(end)
	m.days(end)
}

// waits makes a histogram in which the share of late clocks lies above the
// target, and its quantiles.
func (m *measurer) waits(c class, late, judged []float64) {
	target := within[c.metric][max(c.tier, 0)] * 3600
	share := sum(late) / sum(judged)
	w := outcome.Waits{Labels: c.labels()}
	n := sum(judged)
	scale := target / math.Log(1/math.Max(share, 1e-9)) // exponential times
	for i := range 60 {
		upper := target / 500 * math.Pow(1.2, float64(i))
		lower := target / 500 * math.Pow(1.2, float64(i-1))
		if i == 0 {
			lower = 0
		}
		w.Upper = append(w.Upper, upper)
		w.Count = append(w.Count, uint64(n*(math.Exp(-lower/scale)-math.Exp(-upper/scale))))
	}
	if c.tier >= 0 || c.priority >= 0 {
		m.x.Waits = append(m.x.Waits, w)
	}
	for _, q := range []struct {
		name string
		p    float64
	}{{"p50", 0.5}, {"p90", 0.9}} {
		labels := c.labels()
		labels.Quantile = q.name
		if c.tier >= 0 || c.priority >= 0 {
			continue
		}
		per := m.each(func(*trial) float64 { return -scale * math.Log(1-q.p) })
		for r := range per {
			per[r] *= 1 + 0.2*math.Sin(float64(r))
		}
		m.x.Measures = append(m.x.Measures, outcome.Measure{
			Name: outcome.Elapsed, Labels: labels, Unit: outcome.UnitSeconds, Num: per, Den: m.ones(),
			Estimate: estimate.Sectioned(-scale*math.Log(1-q.p), per, level),
		})
	}
}

// flow counts tickets.
func (m *measurer) flow(end int) {
	arrived := m.each(func(t *trial) float64 { return sum(t.arrivals[m.first:end]) })
	abandoned := m.each(func(t *trial) float64 { return math.Round(0.01 * sum(t.arrivals[m.first:end])) })
	open := m.each(func(t *trial) float64 { return math.Round(t.backlog[end-1]) })
	solved := make([]float64, len(arrived))
	for r := range solved {
		solved[r] = arrived[r] - abandoned[r] - open[r]
	}
	m.add(outcome.Arrived, outcome.Labels{}, outcome.UnitTickets, arrived, m.ones())
	m.add(outcome.Solved, outcome.Labels{}, outcome.UnitTickets, solved, m.ones())
	m.add(outcome.Abandoned, outcome.Labels{}, outcome.UnitTickets, abandoned, m.ones())
	m.add(outcome.Open, outcome.Labels{}, outcome.UnitTickets, open, m.ones())
	m.add(outcome.AbandonRate, outcome.Labels{Channel: "chat"}, outcome.UnitShare, abandoned, arrived)
	spent := m.each(func(t *trial) float64 { return work * sum(t.arrivals[m.first:end]) })
	m.add(outcome.WorkPerTicket, outcome.Labels{}, outcome.UnitSeconds, spent, arrived)
	queued := m.each(func(t *trial) float64 { return sum(t.queue[m.first:end]) * interval.Seconds() })
	m.add(outcome.Wait, outcome.Labels{}, outcome.UnitSeconds, queued, arrived)
}

// staff measures the teams.
func (m *measurer) staff(end int) {
	rates := []float64{24, 31, 28}
	half := interval.Hours()
	total := make([]float64, len(m.trials))
	for k, team := range teams {
		l := outcome.Labels{Team: team}
		busy := m.each(func(t *trial) float64 { return sum(t.busy[k][m.first:end]) * half })
		shift := m.each(func(t *trial) float64 { return sum(t.heads[k][m.first:end]) * half })
		paid := m.each(func(t *trial) float64 { return sum(t.heads[k][m.first:end]) * half / 0.72 })
		in := m.each(func(t *trial) float64 {
			n := 0.0
			for i := m.first; i < end; i++ {
				if o := t.busy[k][i] / t.heads[k][i]; o >= 0.75 && o <= 0.85 {
					n++
				}
			}
			return n
		})
		staffed := m.each(func(t *trial) float64 {
			n := 0.0
			for i := m.first; i < end; i++ {
				if t.heads[k][i] > 0 {
					n++
				}
			}
			return n
		})
		over := m.each(func(t *trial) float64 { return 0.004 * sum(t.busy[k][m.first:end]) })
		cost, base, overtime := make([]float64, len(paid)), make([]float64, len(paid)), make([]float64, len(paid))
		for r := range cost {
			base[r], overtime[r] = rates[k]*paid[r], rates[k]*1.5*over[r]
			cost[r] = rates[k] * (paid[r] + 1.5*over[r])
			total[r] += cost[r]
		}
		m.add(outcome.Occupancy, l, outcome.UnitShare, busy, shift)
		m.add(outcome.InBand, l, outcome.UnitShare, in, staffed)
		m.add(outcome.Utilisation, l, outcome.UnitShare, busy, paid)
		m.add(outcome.PaidHours, l, outcome.UnitHours, paid, m.ones())
		m.add(outcome.Overtime, l, outcome.UnitHours, over, m.ones())
		m.add(outcome.Cost, l, outcome.UnitMoney, cost, m.ones())
		m.add(outcome.CostBase, l, outcome.UnitMoney, base, m.ones())
		m.add(outcome.CostOvertime, l, outcome.UnitMoney, overtime, m.ones())
	}
	m.add(outcome.Cost, outcome.Labels{}, outcome.UnitMoney, total, m.ones())
}

// trouble measures peaks and the recovery from the spike.
func (m *measurer) trouble(end int) {
	m.add(outcome.BacklogPeak, outcome.Labels{}, outcome.UnitTickets, m.each(func(t *trial) float64 { return math.Round(slices.Max(t.backlog[m.first:end])) }), m.ones())
	m.add(outcome.QueuePeak, outcome.Labels{}, outcome.UnitTickets, m.each(func(t *trial) float64 { return math.Round(slices.Max(t.queue[m.first:end])) }), m.ones())
	for _, s := range m.x.Scenario.Spikes {
		from := int(s.End / interval)
		back := func(t *trial) int {
			for i := from; i < end; i++ {
				if t.queue[i] < 5 {
					return i
				}
			}
			return end
		}
		l := outcome.Labels{Spike: s.Name}
		m.add(outcome.Recovery, l, outcome.UnitSeconds, m.each(func(t *trial) float64 { return float64(back(t)-from) * interval.Seconds() }), m.ones())
		m.add(outcome.Unrecovered, l, outcome.UnitShare, m.each(func(t *trial) float64 {
			if back(t) == end {
				return 1
			}
			return 0
		}), m.ones())
	}
}

// money measures the contracts, each for the tier of its name's rank.
func (m *measurer) money() {
	end := len(m.trials[0].arrivals)
	for i, contract := range m.x.Scenario.Contracts {
		c := class{slices.Index(metrics, contract.Metric), i, -1}
		l := outcome.Labels{Contract: contract.Name}
		judged := m.each(func(t *trial) float64 { return math.Round(0.5 * c.at(&t.judged, m.first, end)) })
		met := m.each(func(t *trial) float64 {
			return math.Round(0.5 * (c.at(&t.judged, m.first, end) - c.at(&t.breached, m.first, end)))
		})
		step := []float64{0.1, 0.05}[i]
		most := []float64{0.5, 0.25}[i]
		credit := make([]float64, len(met))
		pays := make([]float64, len(met))
		for r := range credit {
			// The luck of the month stands in for small numbers of clocks.
			luck := math.Sin(float64(7*r + i))
			a := met[r]/judged[r] - []float64{0.075, 0.06}[i]*luck*luck*luck*luck
			points := math.Ceil(math.Max(0, contract.Target-a) * 100)
			credit[r] = contract.Fee * math.Min(most, step*points)
			if points > 0 {
				pays[r] = 1
			}
		}
		m.add(outcome.Attainment, l, outcome.UnitShare, met, judged)
		period := l
		period.Period = m.x.Scenario.Start.Format("2006-01")
		m.add(outcome.Attainment, period, outcome.UnitShare, met, judged)
		m.add(outcome.Credit, l, outcome.UnitMoney, credit, m.ones())
		m.add(outcome.Credit, period, outcome.UnitMoney, credit, m.ones())
		for _, tail := range []struct {
			name string
			of   func(xs []float64, p, level float64) estimate.Estimate
		}{{outcome.TailP95, estimate.Quantile}, {outcome.TailCVaR95, estimate.CVaR}} {
			labels := l
			labels.Quantile = tail.name
			m.x.Measures = append(m.x.Measures, outcome.Measure{
				Name: outcome.Credit, Labels: labels, Unit: outcome.UnitMoney, Num: credit, Den: m.ones(),
				Estimate: tail.of(credit, 0.95, level),
			})
		}
		m.add(outcome.PayRate, l, outcome.UnitShare, pays, m.ones())
	}
}

// hours measures breaches by hour of the week. Nobody writes on Sunday from
// three to five, so that there are cells without data.
func (m *measurer) hours(end int) {
	for metric := range metrics {
		c := class{metric, -1, -1}
		for h := range 168 {
			name := fmt.Sprintf("%s-%02d", strings.ToLower(time.Weekday((h/24 + 1) % 7).String()[:3]), h%24)
			if name == "sun-03" || name == "sun-04" {
				continue
			}
			// The scenario starts on a Monday.
			m.breached(outcome.BreachByHour, outcome.Labels{Metric: metrics[metric], Hour: name}, c, end, func(i int) bool { return i/2%168 == h })
		}
	}
}

// days measures breaches by day of the calendar.
func (m *measurer) days(end int) {
	for metric := range metrics {
		for from := m.first; from < end; from += 48 {
			day := m.x.Scenario.Start.AddDate(0, 0, from/48).Format(time.DateOnly)
			m.breached(outcome.BreachByPeriod, outcome.Labels{Metric: metrics[metric], Period: day}, class{metric, -1, -1}, end, func(i int) bool { return i/48 == from/48 })
		}
	}
}

// breached measures the breach rate of the tickets of a class that were created in some intervals.
func (m *measurer) breached(name string, l outcome.Labels, c class, end int, in func(interval int) bool) {
	pick := func(lists func(t *trial) *[3][3][4][]float64) []float64 {
		return m.each(func(t *trial) float64 {
			total := 0.0
			for i := m.first; i < end; i++ {
				if in(i) {
					total += c.at(lists(t), i, i+1)
				}
			}
			return total
		})
	}
	late := pick(func(t *trial) *[3][3][4][]float64 { return &t.breached })
	judged := pick(func(t *trial) *[3][3][4][]float64 { return &t.judged })
	m.add(name, l, outcome.UnitShare, late, judged)
}
