package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const botCostNote = "Beside the cost of the teams, not in it."

// bots is the table of what customers meet before the desk.
func (s *summary) bots() {
	t := &table.Table{Columns: []table.Column{
		{Head: "before the desk"},
		{Head: "contacts", Align: table.Right},
		{Head: "contained", Align: table.Right},
		{Head: "of these, wrong answers", Align: table.Right},
		{Head: "kept from the desk", Align: table.Right},
		{Head: format.InUnit("cost", s.x.Scenario.Currency), Align: table.Right},
	}}
	for _, name := range s.x.Scenario.Bots {
		labels := outcome.Labels{Bot: name}
		cost := s.cell(outcome.BotCost, labels)
		if cost.Text != format.Missing {
			cost.Notes = append(cost.Notes, botCostNote)
		}
		s.add(t, labels,
			table.Text(format.Clean(name)),
			s.cell(outcome.BotContacts, labels),
			s.cell(outcome.Containment, labels),
			s.cell(outcome.WrongAnswers, labels),
			s.cell(outcome.Deflected, labels),
			cost)
	}
	s.show(t)
}
