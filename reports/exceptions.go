package reports

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	excludedNote  = "Judged clocks of tickets that an exception excludes, per replication."
	openNote      = "Judged clocks of tickets that an exception excludes, and those still open that are late but not by the longer target, per replication."
	excusedNote   = "Late clocks that count as late no longer, by this exception alone: where several affect a ticket, their sum is more than what they do together."
	suspendedNote = "Clocks whose credits are suspended are left out too."
)

// exceptions are two tables: the records, and the results without and with them.
func (s *summary) exceptions() {
	t := &table.Table{Columns: []table.Column{
		{Head: "exception"},
		{Head: "reason"},
		{Head: "approved by"},
		{Head: "from"},
		{Head: "until"},
		{Head: "affects"},
		{Head: "does"},
		{Head: "clocks", Align: table.Right},
		{Head: "breaches excused", Align: table.Right},
	}}
	const minutes = "2006-01-02 15:04"
	note := ""
	if len(s.x.Scenario.Exceptions) > 1 {
		note = excusedNote
	}
	for _, e := range s.x.Scenario.Exceptions {
		labels := outcome.Labels{Exception: e.Name}
		s.add(t, labels,
			table.Text(e.Name), table.Text(format.Clean(e.Reason)), table.Text(format.Clean(e.ApprovedBy)),
			table.Text(s.x.Local(e.From).Format(minutes)), table.Text(s.x.Local(e.Until).Format(minutes)),
			table.Text(format.Clean(e.Affects)), table.Text(format.Words(e.Do)),
			s.count(outcome.Touched, labels, ""), s.count(outcome.Excused, labels, note))
	}
	if len(t.Rows) == 0 {
		return
	}
	s.show(t)
	s.adjusted()
}

// adjusted is the table of the results without the exceptions, which are what the
// customers live through, beside those with the exceptions applied.
func (s *summary) adjusted() {
	t := &table.Table{Columns: []table.Column{
		{Head: "exceptions"},
		{Head: "not applied", Align: table.Right},
		{Head: "applied", Align: table.Right},
		{Head: "clocks excluded", Align: table.Right},
	}}
	note := excludedNote
	if s.does("relax") {
		note = openNote
	}
	for _, metric := range s.x.Metrics() {
		for _, part := range slicesOf(s.x, metric, s.channels) {
			excluded, ok := s.x.Measure(outcome.Excluded, part.labels)
			// A tier is shown where an exception makes a difference to it.
			if !ok || part.labels.Tier != "" && !(excluded.Estimate.Value > 0) && !s.adjusts(part.labels) {
				continue
			}
			s.add(t, part.labels,
				table.Text("breached, "+format.Words(metric)+", "+part.name),
				s.cell(outcome.BreachRate, part.labels),
				s.cell(outcome.BreachRateAdjusted, part.labels),
				s.count(outcome.Excluded, part.labels, note))
		}
	}
	for _, c := range s.x.Scenario.Contracts {
		labels := outcome.Labels{Contract: c.Name}
		if _, ok := s.x.Measure(outcome.CreditAdjusted, labels); !ok {
			continue
		}
		s.add(t, labels,
			table.Text("attained, "+format.Clean(c.Name)),
			s.cell(outcome.Attainment, labels),
			s.cell(outcome.AttainmentAdjusted, labels),
			table.Text(""))
		credit := s.cell(outcome.CreditAdjusted, labels)
		if s.does("suspend_credits") {
			credit.Notes = append(credit.Notes, suspendedNote)
		}
		s.add(t, labels,
			table.Text(format.InUnit("credit, "+format.Clean(c.Name), s.x.Scenario.Currency)),
			s.cell(outcome.Credit, labels),
			credit,
			table.Text(""))
	}
	s.show(t)
}

// adjusts reports whether a breach rate is another with the exceptions applied.
func (s *summary) adjusts(labels outcome.Labels) bool {
	before, _ := s.x.Measure(outcome.BreachRate, labels)
	after, ok := s.x.Measure(outcome.BreachRateAdjusted, labels)
	return ok && before != nil && before.Estimate.Value != after.Estimate.Value
}

// does reports whether an exception has an effect.
func (s *summary) does(effect string) bool {
	return slices.ContainsFunc(s.x.Scenario.Exceptions, func(e outcome.Exception) bool { return strings.HasPrefix(e.Do, effect) })
}
