package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// quality is the table of quality scores: of each team's touches, and of the sample that
// the promise is about.
func (s *summary) quality() {
	t := &table.Table{Columns: []table.Column{
		{Head: "quality"},
		{Head: "promise"},
		{Head: "mean score", Align: table.Right},
		{Head: "periods that meet it", Align: table.Right},
	}}
	for _, team := range s.x.Scenario.Teams {
		labels := outcome.Labels{Team: team}
		if _, ok := s.x.Measure(outcome.Quality, labels); ok {
			s.add(t, labels, table.Text(team), table.Text(""), s.cell(outcome.Quality, labels), table.Text(""))
		}
	}
	none := outcome.Labels{}
	if _, ok := s.x.Measure(outcome.QualitySampled, none); ok {
		s.add(t, none, table.Text("sample"), table.Text(format.Clean(s.x.Scenario.Quality)),
			s.cell(outcome.QualitySampled, none), s.cell(outcome.QualityMet, none))
	}
	s.show(t)
}
