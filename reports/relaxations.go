package reports

import (
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const usualNote = "The same clocks, seen from the targets of ordinary time."

// relaxations are two tables: what was announced, and what the longer targets make of the
// clocks that have them.
func (s *summary) relaxations() {
	all := s.x.Scenario.Relaxations
	if len(all) == 0 {
		return
	}
	t := &table.Table{Columns: []table.Column{
		{Head: "relaxation"},
		{Head: "announced"},
		{Head: "from"},
		{Head: "until"},
		{Head: "for"},
		{Head: "promises"},
	}}
	const minutes = "2006-01-02 15:04"
	for _, r := range all {
		s.add(t, outcome.Labels{},
			table.Text(r.Name), table.Text(s.x.Local(r.Announced).Format(minutes)),
			table.Text(s.x.Local(r.From).Format(minutes)), table.Text(s.x.Local(r.Until).Format(minutes)),
			table.Text(format.Clean(r.Affects)), table.Text(format.Words(strings.Join(r.Promises, ", "))))
	}
	s.show(t)
	u := &table.Table{Columns: []table.Column{
		{Head: "relaxed promises"},
		{Head: "clocks", Align: table.Right},
		{Head: "breached", Align: table.Right},
		{Head: "by the usual target", Align: table.Right},
	}}
	for _, r := range all {
		for _, metric := range s.x.Metrics() {
			labels := outcome.Labels{Metric: metric, Relaxation: r.Name}
			if _, ok := s.x.Measure(outcome.RelaxedClocks, labels); !ok {
				continue
			}
			usual := s.cell(outcome.BreachRateUsual, labels)
			usual.Notes = append(usual.Notes, usualNote)
			s.add(u, labels,
				table.Text(format.Words(metric)+", "+format.Clean(r.Name)),
				s.count(outcome.RelaxedClocks, labels, ""),
				s.cell(outcome.BreachRateRelaxed, labels),
				usual)
		}
	}
	s.show(u)
}
