package reports

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const stalledNote = "Agents on shift with nothing in hand while the system of their team is down: paid, and unable to work."

// outages is the table of what was down, for how long, and what became of those who
// did not get through; and of what it cost the teams.
func (s *summary) outages() {
	t := &table.Table{Columns: []table.Column{
		{Head: "outage"},
		{Head: "down"},
		{Head: "when"},
		{Head: "hours", Align: table.Right},
		{Head: "did not get through", Align: table.Right},
		{Head: "turned elsewhere", Align: table.Right},
		{Head: "tried again", Align: table.Right},
		{Head: "lost", Align: table.Right},
	}}
	for _, o := range s.x.Scenario.Outages {
		labels := outcome.Labels{Outage: o.Name}
		s.add(t, labels,
			table.Text(format.Clean(o.Name)), table.Text(format.Clean(o.Down)), table.Text(s.when(o)),
			s.cell(outcome.OutageHours, labels),
			s.cell(outcome.OutageContacts, labels),
			s.cell(outcome.OutageSwitched, labels),
			s.cell(outcome.OutageWaited, labels),
			s.cell(outcome.OutageLost, labels))
	}
	if len(t.Rows) == 0 {
		return
	}
	s.show(t)
	s.stalled()
}

// when says when an outage is.
func (s *summary) when(o outcome.Outage) string {
	planned := ""
	if o.Planned {
		planned = ", planned"
	}
	if o.Every > 0 {
		return "at random, every " + format.Seconds(o.Every.Seconds()) + planned
	}
	const minutes = "2006-01-02 15:04"
	from, until := s.x.Local(o.From), s.x.Local(o.Until)
	end := until.Format(minutes)
	if from.Format(time.DateOnly) == until.Format(time.DateOnly) {
		end = until.Format("15:04")
	}
	return from.Format(minutes) + " to " + end + planned
}

// stalled is the table of agent time that outages made idle.
func (s *summary) stalled() {
	t := &table.Table{Columns: []table.Column{{Head: "system down"}, {Head: "agent hours idle", Align: table.Right}}}
	for _, team := range s.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		if m, ok := s.x.Measure(outcome.StalledHours, labels); ok && m.Estimate.Value > 0 {
			cell := s.estimate(m.Estimate, m.Unit)
			cell.Notes = append(cell.Notes, stalledNote)
			s.add(t, labels, table.Text(team), cell)
		}
	}
	s.show(t)
}

// availability is the table of the promises that channels are up.
func (s *summary) availability() {
	t := &table.Table{Columns: []table.Column{
		{Head: "channel"},
		{Head: "promise"},
		{Head: "available", Align: table.Right},
		{Head: "periods that meet it", Align: table.Right},
	}}
	for _, a := range s.x.Scenario.Availability {
		labels := outcome.Labels{Channel: a.Channel}
		promise := format.Percent(a.AtLeast) + " per " + format.Clean(a.Period)
		if a.Calendar != "always" {
			promise += ", " + format.Clean(a.Calendar)
		}
		s.add(t, labels, table.Text(format.Clean(a.Channel)), table.Text(promise),
			s.cell(outcome.Availability, labels), s.cell(outcome.AvailabilityMet, labels))
	}
	s.show(t)
}
