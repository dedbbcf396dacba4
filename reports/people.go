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
	s.show(t)
}

// people is the table of who is there of those whom the plan has on shift, team by
// team and month by month.
func (s *summary) people() {
	for _, monthly := range []bool{false, true} {
		s.crowd(monthly)
	}
}

// crowd is that of the whole time, or month by month.
func (s *summary) crowd(monthly bool) {
	t := &table.Table{Columns: []table.Column{
		{Head: "people"},
		{Head: "planned hours", Align: table.Right},
		{Head: "there", Align: table.Right},
		{Head: "sick", Align: table.Right},
		{Head: "places vacant", Align: table.Right},
	}}
	for i := range s.x.Measures {
		m := &s.x.Measures[i]
		if m.Name != outcome.PlannedHours || monthly != (m.Labels.Period != "") {
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
	if monthly {
		s.detail(t)
	} else {
		s.show(t)
	}
}
