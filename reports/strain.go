package reports

import (
	"slices"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	highNote     = "Of agent time on shift: how much of it ends four hours on shift that were more than 85" + format.Thin + "% busy."
	strainedNote = "Of agent time on shift, while what the scenario assumes about overload holds."
)

// strain is the table of the load on the teams, on both sides of what is sound.
func (s *summary) strain() {
	t := &table.Table{Columns: []table.Column{
		{Head: "load"},
		{Head: "below 75" + format.Thin + "% of time", Align: table.Right},
		{Head: "above 85" + format.Thin + "%", Align: table.Right},
		{Head: "above it for 4" + format.Thin + "h", Align: table.Right},
		{Head: "longest in a row, hours", Align: table.Right},
		{Head: "strained, assumed", Align: table.Right},
	}}
	for _, team := range s.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		if _, ok := s.x.Measure(outcome.HighOccupancy, labels); !ok {
			continue
		}
		s.add(t, labels,
			table.Text(team),
			s.cell(outcome.BelowBand, labels),
			s.cell(outcome.AboveBand, labels),
			s.noted(outcome.HighOccupancy, labels, highNote),
			s.cell(outcome.LongestHigh, labels),
			s.noted(outcome.Strained, labels, strainedNote))
	}
	if s.assumed() {
		s.show(t)
	} else {
		s.detail(t)
	}
}

// noted is a cell with a note, where there is something to note.
func (s *summary) noted(name string, labels outcome.Labels, note string) table.Cell {
	cell := s.cell(name, labels)
	if cell.Number > 0 {
		cell.Notes = append(cell.Notes, note)
	}
	return cell
}

// flow is the table of what is opened for each ticket that is solved, in all and in the
// week in which that was most, where there are several.
func (s *summary) flow() {
	t := &table.Table{Columns: []table.Column{{Head: "tickets opened"}, {Head: "per ticket solved", Align: table.Right}}}
	m, ok := s.x.Measure(outcome.OpenedPerSolved, outcome.Labels{})
	if !ok {
		return
	}
	s.add(t, m.Labels, table.Text("in all"), s.estimate(m.Estimate, m.Unit))
	var worst *outcome.Measure
	weeks := 0
	for i := range s.x.Measures {
		w := &s.x.Measures[i]
		if w.Name != outcome.OpenedPerSolved || w.Labels.Period == "" {
			continue
		}
		weeks++
		if worst == nil || w.Estimate.Value > worst.Estimate.Value {
			worst = w
		}
	}
	if weeks > 1 {
		s.add(t, worst.Labels, table.Text("in the worst week, "+format.Clean(worst.Labels.Period)), s.estimate(worst.Estimate, worst.Unit))
	}
	s.detail(t)
}

// assumed reports whether the scenario assumes something about overload.
func (s *summary) assumed() bool {
	return slices.ContainsFunc(s.x.Measures, func(m outcome.Measure) bool { return m.Name == outcome.Strained })
}
