package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	helpedNote = "Of the touches that the team takes, those on tickets that are not its own by skills and channels."
	brokenNote = "Of the touches that are taken, those left for something more important, to be taken up again later."
)

// routing is the table of what the rules of routing did, team by team.
func (s *summary) routing() {
	t := &table.Table{Columns: []table.Column{
		{Head: "routing"},
		{Head: "taken to help out", Align: table.Right},
		{Head: "broken off", Align: table.Right},
		{Head: "follow-ups to the same agent", Align: table.Right},
	}}
	row := func(name string, labels outcome.Labels) {
		for _, m := range []string{outcome.Overflowed, outcome.Interrupted, outcome.OwnerKept} {
			if _, ok := s.x.Measure(m, labels); ok {
				s.add(t, labels,
					table.Text(format.Clean(name)),
					s.noted(outcome.Overflowed, labels, helpedNote),
					s.noted(outcome.Interrupted, labels, brokenNote),
					s.cell(outcome.OwnerKept, labels))
				return
			}
		}
	}
	for _, team := range s.x.Scenario.Teams {
		row(team, outcome.Labels{Team: team})
	}
	whole := "all teams"
	if teams := s.x.Scenario.Teams; len(teams) == 1 {
		whole = teams[0]
	}
	row(whole, outcome.Labels{})
	s.show(t)
}
