package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const paidSickNote = "Paid all the same."

// calls is the table of the people on call.
func (s *summary) calls() {
	t := &table.Table{Columns: []table.Column{
		{Head: "on call"},
		{Head: "hours on call", Align: table.Right},
		{Head: "tickets", Align: table.Right},
		{Head: "hours called", Align: table.Right},
	}}
	for i := range s.x.Measures {
		if m := &s.x.Measures[i]; m.Name == outcome.StandbyHours {
			s.add(t, m.Labels, table.Text(format.Clean(m.Labels.Team)),
				table.Num(format.Value(m.Estimate.Value, m.Unit), m.Estimate.Value),
				s.cell(outcome.Calls, m.Labels), s.cell(outcome.CalledHours, m.Labels))
		}
	}
	if len(t.Rows) > 0 {
		s.doc.tables = append(s.doc.tables, t)
	}
}

// people is the table of who is there of those whom the plan has on shift, team by
// team and month by month.
func (s *summary) people() {
	t := &table.Table{Columns: []table.Column{
		{Head: "people"},
		{Head: "planned hours", Align: table.Right},
		{Head: "there", Align: table.Right},
		{Head: "sick", Align: table.Right},
		{Head: "places vacant", Align: table.Right},
	}}
	for i := range s.x.Measures {
		m := &s.x.Measures[i]
		if m.Name != outcome.PlannedHours {
			continue
		}
		name := format.Clean(m.Labels.Team)
		if m.Labels.Period != "" {
			name += ", " + format.Clean(m.Labels.Period)
		}
		sick := s.cell(outcome.Sickness, m.Labels)
		if m.Labels.Period == "" && sick.Number > 0 {
			sick.Notes = append(sick.Notes, paidSickNote)
		}
		s.add(t, m.Labels, table.Text(name),
			table.Num(format.Value(m.Estimate.Value, m.Unit), m.Estimate.Value),
			s.cell(outcome.Present, m.Labels), sick, s.cell(outcome.Vacancies, m.Labels))
	}
	if len(t.Rows) > 0 {
		s.doc.tables = append(s.doc.tables, t)
	}
}
