package reports

import (
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

var nan = math.NaN()

const (
	overdueNote   = "Still open at the end and past due: counted as breached."
	undecidedNote = "Still open at the end and not yet due: not judged."
)

// slice is a part of the tickets that gets a row of its own.
type slice struct {
	name   string
	labels outcome.Labels
}

// slicesOf lists the parts of a metric's tickets: all, by priority, by tier, by
// account. A scenario with a single tier has no rows for tiers. Rows for channels are
// there for answers, where nothing else tells tickets apart, and where they are asked for.
func slicesOf(x *outcome.Experiment, metric string, channels bool) []slice {
	all := []slice{{"all tickets", outcome.Labels{Metric: metric}}}
	if len(x.Scenario.Priorities) > 1 {
		for _, p := range x.Scenario.Priorities {
			all = append(all, slice{"priority " + p, outcome.Labels{Metric: metric, Priority: p}})
		}
	}
	if len(x.Scenario.Tiers) > 1 {
		for _, t := range x.Scenario.Tiers {
			all = append(all, slice{"tier " + t, outcome.Labels{Metric: metric, Tier: t}})
		}
	}
	told := slices.ContainsFunc(all[1:], func(part slice) bool {
		_, ok := x.Measure(outcome.BreachRate, part.labels)
		return ok
	})
	if channels || metric == sla.Answer.String() || !told {
		for _, c := range x.Scenario.Channels {
			all = append(all, slice{"channel " + c, outcome.Labels{Metric: metric, Channel: c}})
		}
	}
	for _, a := range x.Scenario.Accounts {
		all = append(all, slice{"account " + a, outcome.Labels{Metric: metric, Account: a}})
	}
	return all
}

// promises is the table of one metric.
func (s *summary) promises(metric string) {
	t := &table.Table{Columns: []table.Column{
		{Head: format.Words(metric)},
		{Head: "clocks", Align: table.Right},
		{Head: "breached", Align: table.Right},
		{Head: "p50", Align: table.Right},
		{Head: "p90", Align: table.Right},
		{Head: "p90 on the wall", Align: table.Right},
		{Head: "open, overdue", Align: table.Right},
		{Head: "undecided", Align: table.Right},
	}}
	for _, part := range slicesOf(s.x, metric, s.channels) {
		rate, ok := s.x.Measure(outcome.BreachRate, part.labels)
		if !ok || len(t.Rows) > 0 && s.nothing(part.labels) {
			continue
		}
		name := table.Text(part.name)
		if len(t.Rows) == 0 {
			name.Notes = shares(s.x, metric)
		}
		s.add(t, part.labels,
			name,
			s.count(outcome.Clocks, part.labels, ""),
			s.estimate(rate.Estimate, rate.Unit),
			s.elapsed(part.labels, "p50", 0.5),
			s.elapsed(part.labels, "p90", 0.9),
			s.wall(part.labels),
			s.count(outcome.Overdue, part.labels, overdueNote),
			s.count(outcome.Undecided, part.labels, undecidedNote))
	}
	t.Drop("0")
	s.show(t)
}

// nothing reports whether there was no clock of a kind, judged or not.
func (s *summary) nothing(labels outcome.Labels) bool {
	judged, ok := s.x.Measure(outcome.Clocks, labels)
	left, open := s.x.Measure(outcome.Undecided, labels)
	return ok && open && judged.Estimate.Value == 0 && left.Estimate.Value == 0
}

// shares are the promises of a metric that are about a share of the clocks, a sentence each.
func shares(x *outcome.Experiment, metric string) (sentences []string) {
	for _, p := range x.Scenario.Targets {
		if p.Metric != metric || p.Share == 0 {
			continue
		}
		s := format.Clean(p.Policy) + " promises " + format.Percent(p.Share) + " within " + format.Stated(p.Within) +
			": up to " + format.Percent(1-p.Share) + " may be breached."
		if !slices.Contains(sentences, s) {
			sentences = append(sentences, s)
		}
	}
	return sentences
}

// elapsed is a quantile of the elapsed working time: the measure where there is
// one, else read off the distribution.
func (s *summary) elapsed(labels outcome.Labels, name string, p float64) table.Cell {
	with := labels
	with.Quantile = name
	if m, ok := s.x.Measure(outcome.Elapsed, with); ok {
		return table.Num(format.WorkingSeconds(m.Estimate.Value), m.Estimate.Value)
	}
	for i := range s.x.Waits {
		if s.x.Waits[i].Labels == labels {
			q := s.x.Waits[i].Quantile(p)
			return table.Num(format.WorkingSeconds(q), q)
		}
	}
	return table.Num(format.Missing, nan)
}

// wall is the 90 % quantile of the same by the clock on the wall, as the customer
// saw it.
func (s *summary) wall(labels outcome.Labels) table.Cell {
	labels.Clock, labels.Quantile = outcome.WallClock, "p90"
	if m, ok := s.x.Measure(outcome.Elapsed, labels); ok {
		return table.Num(format.Seconds(m.Estimate.Value), m.Estimate.Value)
	}
	return table.Num(format.Missing, nan)
}

// teams is the table of the teams.
func (s *summary) teams() {
	currency := s.x.Scenario.Currency
	t := &table.Table{Columns: []table.Column{
		{Head: "team"},
		{Head: "occupancy", Align: table.Right},
		{Head: "within 75–85" + format.Thin + "% of time", Align: table.Right},
		{Head: "paid hours", Align: table.Right},
		{Head: "overtime hours", Align: table.Right},
		{Head: format.InUnit("cost", currency), Align: table.Right},
		{Head: format.InUnit("per week", currency), Align: table.Right},
	}}
	for _, team := range s.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		if _, ok := s.x.Measure(outcome.Occupancy, labels); !ok {
			if _, ok := s.x.Measure(outcome.PaidHours, labels); !ok {
				continue
			}
		}
		s.add(t, labels,
			table.Text(team),
			s.cell(outcome.Occupancy, labels),
			s.cell(outcome.InBand, labels),
			s.cell(outcome.PaidHours, labels),
			s.cell(outcome.Overtime, labels),
			s.cell(outcome.Cost, labels),
			s.weekly(s.total(outcome.Cost, []string{team})))
	}
	if len(t.Rows) == 0 {
		return
	}
	if names := s.x.Scenario.Teams; len(t.Rows) > 1 {
		cost := s.total(outcome.Cost, names)
		s.add(t, outcome.Labels{},
			table.Text("all teams"),
			s.optional(outcome.Occupancy),
			s.optional(outcome.InBand),
			s.estimate(s.total(outcome.PaidHours, names), outcome.UnitHours),
			s.estimate(s.total(outcome.Overtime, names), outcome.UnitHours),
			s.estimate(cost, outcome.UnitMoney),
			s.weekly(cost))
	}
	s.show(t)
}

// optional writes a measure of all teams, or nothing.
func (s *summary) optional(name string) table.Cell {
	if m, ok := s.x.Measure(name, outcome.Labels{}); ok {
		return s.estimate(m.Estimate, m.Unit)
	}
	return table.Num("", nan)
}

// total is a measure summed over teams, trial by trial, so that the interval
// knows how teams move together.
func (s *summary) total(name string, teams []string) estimate.Estimate {
	if m, ok := s.x.Measure(name, outcome.Labels{}); ok && len(teams) > 1 {
		return m.Estimate
	}
	var num, den []float64
	level := outcome.DefaultLevel
	for _, team := range teams {
		m, ok := s.x.Measure(name, outcome.Labels{Team: team})
		if !ok || len(m.Num) != len(m.Den) || num != nil && len(m.Num) != len(num) {
			continue
		}
		if m.Estimate.Level > 0 && m.Estimate.Level < 1 {
			level = m.Estimate.Level
		}
		if num == nil {
			num, den = make([]float64, len(m.Num)), m.Den
		}
		for r, v := range m.Num {
			num[r] += v
		}
	}
	return s.x.Ratio(num, den, level)
}

// weekly is a cost of the measured time per week of it.
func (s *summary) weekly(e estimate.Estimate) table.Cell {
	weeks := float64(s.x.Scenario.Length-s.x.Scenario.Warmup) / float64(7*24*time.Hour)
	if math.IsNaN(e.Value) || weeks <= 0 {
		return table.Num(format.Missing, nan)
	}
	v := e.Value / weeks
	return table.Num(format.Value(v, outcome.UnitMoney), v)
}

// tickets is the table of the flow of tickets: counts, peaks and recovery.
func (s *summary) tickets() {
	t := &table.Table{Columns: []table.Column{{Head: "tickets, per replication"}, {Head: "", Align: table.Right}}}
	none := outcome.Labels{}
	for _, row := range []struct{ text, name string }{
		{"arrived", outcome.Arrived},
		{"solved", outcome.Solved},
		{"abandoned", outcome.Abandoned},
		{"open at the end", outcome.Open},
		{"mean wait in the queue", outcome.Wait},
		{"agent time per ticket", outcome.WorkPerTicket},
		{"largest backlog", outcome.BacklogPeak},
		{"largest queue", outcome.QueuePeak},
	} {
		m, ok := s.x.Measure(row.name, none)
		if _, live := s.x.Measure(outcome.AbandonRate, none); row.name == outcome.Abandoned && ok && !live && m.Estimate.Value == 0 {
			continue // nobody can
		}
		if ok {
			s.add(t, none, table.Text(row.text), s.estimate(m.Estimate, m.Unit))
		}
	}
	for _, spike := range s.x.Scenario.Spikes {
		labels := outcome.Labels{Spike: spike.Name}
		m, ok := s.x.Measure(outcome.Recovery, labels)
		if !ok {
			continue
		}
		cell := s.estimate(m.Estimate, m.Unit)
		if u, ok := s.x.Measure(outcome.Unrecovered, labels); ok && u.Estimate.Value > 0 {
			cell.Notes = append(cell.Notes, "Not recovered at the end in "+format.Percent(u.Estimate.Value)+
				" of the replications, which count with the time left: a lower bound.")
		}
		s.add(t, labels, table.Text("recovery after "+spike.Name), cell)
	}
	s.show(t)
}

// contracts is the table of the contracts and their credits.
func (s *summary) contracts() {
	currency := s.x.Scenario.Currency
	t := &table.Table{Columns: []table.Column{
		{Head: "contract"},
		{Head: format.InUnit("fee per month", currency), Align: table.Right},
		{Head: "promise"},
		{Head: "attained", Align: table.Right},
		{Head: "periods that pay", Align: table.Right},
		{Head: format.InUnit("credit, mean", currency), Align: table.Right},
		{Head: "P95", Align: table.Right},
		{Head: "CVaR95", Align: table.Right},
	}}
	for i := range s.x.Scenario.Contracts {
		c := &s.x.Scenario.Contracts[i]
		labels := outcome.Labels{Contract: c.Name}
		p95, cvar := labels, labels
		p95.Quantile, cvar.Quantile = outcome.TailP95, outcome.TailCVaR95
		s.add(t, labels,
			table.Text(c.Name),
			table.Num(format.Money(c.Fee, ""), c.Fee),
			table.Text(format.Promise(c)),
			s.cell(outcome.Attainment, labels),
			s.cell(outcome.PayRate, labels),
			s.cell(outcome.Credit, labels),
			s.cell(outcome.Credit, p95),
			s.cell(outcome.Credit, cvar))
	}
	s.show(t)
}

// escalations is the table of the ladder: how often each rung was reached, and what
// it cost.
func (s *summary) escalations() {
	t := &table.Table{Columns: []table.Column{
		{Head: "escalation"},
		{Head: "at"},
		{Head: "does"},
		{Head: "tickets", Align: table.Right},
		{Head: "lead hours", Align: table.Right},
	}}
	_, priced := s.x.Measure(outcome.LeadCost, outcome.Labels{})
	if priced {
		t.Columns = append(t.Columns, table.Column{Head: format.InUnit("cost of leads", s.x.Scenario.Currency), Align: table.Right})
	}
	row := func(l outcome.Labels, words ...string) {
		var cells []table.Cell
		for _, w := range words {
			cells = append(cells, table.Text(w))
		}
		cells = append(cells, s.cell(outcome.Escalations, l), s.cell(outcome.LeadHours, l))
		if priced {
			cells = append(cells, s.cell(outcome.LeadCost, l))
		}
		s.add(t, l, cells...)
	}
	for _, r := range s.x.Scenario.Rungs {
		row(outcome.Labels{Rung: r.Name}, r.Name, format.Words(r.At), format.Words(r.Do))
	}
	if priced && len(s.x.Scenario.Rungs) > 1 {
		row(outcome.Labels{}, "all", "", "")
	}
	s.show(t)
}
