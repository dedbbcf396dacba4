package reports

import (
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	excludedNote  = "Judged clocks of tickets that an exception excludes, per replication."
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
	}}
	const minutes = "2006-01-02 15:04"
	for _, e := range s.x.Scenario.Exceptions {
		s.add(t, outcome.Labels{},
			table.Text(e.Name), table.Text(format.Clean(e.Reason)), table.Text(format.Clean(e.ApprovedBy)),
			table.Text(local(s.x, e.From).Format(minutes)), table.Text(local(s.x, e.Until).Format(minutes)),
			table.Text(format.Clean(e.Affects)), table.Text(format.Words(e.Do)))
	}
	if len(t.Rows) == 0 {
		return
	}
	s.doc.tables = append(s.doc.tables, t)
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
	for _, metric := range metrics(s.x) {
		for _, part := range slicesOf(s.x, metric) {
			excluded, ok := s.x.Measure(outcome.Excluded, part.labels)
			// A tier is shown where an exception makes a difference to it.
			if !ok || part.labels.Tier != "" && !(excluded.Estimate.Value > 0) {
				continue
			}
			s.add(t, part.labels,
				table.Text("breached, "+format.Clean(metric)+", "+part.name),
				s.cell(outcome.BreachRate, part.labels),
				s.cell(outcome.BreachRateAdjusted, part.labels),
				s.count(outcome.Excluded, part.labels, excludedNote))
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
		if s.suspends() {
			credit.Notes = append(credit.Notes, suspendedNote)
		}
		s.add(t, labels,
			table.Text(words("credit, "+format.Clean(c.Name), s.x.Scenario.Currency)),
			s.cell(outcome.Credit, labels),
			credit,
			table.Text(""))
	}
	if len(t.Rows) > 0 {
		t.Drop(format.Missing)
		s.doc.tables = append(s.doc.tables, t)
	}
}

// suspends reports whether an exception suspends credits.
func (s *summary) suspends() bool {
	return slices.ContainsFunc(s.x.Scenario.Exceptions, func(e outcome.Exception) bool { return e.Do == "suspend_credits" })
}
