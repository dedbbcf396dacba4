package reports

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
	"github.com/headroom-sim/headroom/reports/verdict"
)

// Summary writes the report of one experiment for a terminal: what was simulated,
// a verdict, the tables, all doubts as footnotes, and where the numbers come from.
func Summary(w io.Writer, x *outcome.Experiment, o document.Options) error {
	return summarise(x).WriteText(w, o)
}

// summary collects the document of an experiment.
type summary struct {
	x      *outcome.Experiment
	doc    document.Report
	placed []bool // warnings that stand somewhere
	rows   []labelled

	channels bool // promises have rows for all channels
}

// labelled is a row of a table and what it is about.
type labelled struct {
	table  *table.Table
	row    int
	labels outcome.Labels
}

func summarise(x *outcome.Experiment) *document.Report {
	return summariseBy(x, false)
}

// summariseBy has, where asked for, rows for all channels too.
func summariseBy(x *outcome.Experiment, channels bool) *document.Report {
	s := &summary{x: x, placed: make([]bool, len(x.Warnings)), channels: channels}
	s.doc.Details = map[*table.Table]bool{}
	s.doc.Head = headline(x)
	s.doc.Birth = document.Birth(x)
	s.doc.Verdict, s.doc.Doubts = verdict.Of(x)
	if note := gains(x); note != "" {
		s.doc.Doubts = append(s.doc.Doubts, note)
	}
	for _, part := range s.parts() {
		part.make()
		for len(s.doc.Subjects) < len(s.doc.Tables) {
			s.doc.Subjects = append(s.doc.Subjects, part.subject)
		}
	}
	s.place()
	return &s.doc
}

// headline is the first line: the scenario, its time and the trials.
func headline(x *outcome.Experiment) string {
	sc := &x.Scenario
	warm := ""
	if sc.Warmup > 0 {
		warm = format.Between(x.Local(0), x.Local(sc.Warmup)) + " of warm-up"
	}
	return format.Join(format.Clean(sc.Name),
		format.Between(x.Local(0), x.Local(sc.Length))+" from "+x.Local(0).Format("2006-01-02")+" "+format.Clean(sc.Zone),
		warm,
		startsWith(x),
		format.Plural(x.Replications, "replication", "replications"),
		format.Clean(x.Stopped),
		fmt.Sprintf("seed %d", x.Seed))
}

// add appends a row and remembers what it is about.
func (s *summary) add(t *table.Table, labels outcome.Labels, cells ...table.Cell) {
	t.Add(cells...)
	s.rows = append(s.rows, labelled{t, len(t.Rows) - 1, labels})
}

// cell writes a measure, or a dash when the outcome has none.
func (s *summary) cell(name string, labels outcome.Labels) table.Cell {
	m, ok := s.x.Measure(name, labels)
	if !ok {
		return table.Num(format.Missing, nan)
	}
	return s.estimate(m.Estimate, m.Unit)
}

func (s *summary) estimate(e estimate.Estimate, unit outcome.Unit) table.Cell {
	return table.Estimated(e, unit, document.Doubts(e, s.x.Replications)...)
}

// show adds a table that has rows, without the columns that say nothing.
func (s *summary) show(t *table.Table) {
	if len(t.Rows) > 0 {
		t.Drop(format.Missing)
		s.doc.Tables = append(s.doc.Tables, t)
	}
}

// detail adds a table that a first look does without.
func (s *summary) detail(t *table.Table) {
	s.show(t)
	s.doc.Details[t] = true
}

// count writes a measure that is a count per trial, without an interval.
func (s *summary) count(name string, labels outcome.Labels, note string) table.Cell {
	m, ok := s.x.Measure(name, labels)
	if !ok {
		return table.Num(format.Missing, nan)
	}
	v := m.Estimate.Value
	if few := 0.05; v > 0 && v < few {
		return table.Num("<"+format.Decimal(0.1, 1), v, note) // neither nothing nor worth digits
	}
	if v > 0 && note != "" {
		return table.Num(format.Value(v, m.Unit), v, note)
	}
	return table.Num(format.Value(v, m.Unit), v)
}

// place puts every warning of the outcome on the page: on the row that it is
// about, else on all rows that it includes, else behind the verdict.
func (s *summary) place() {
	none := outcome.Labels{}
	for i, w := range s.x.Warnings {
		text := format.Clean(w.Text)
		if w.Labels != none {
			s.placed[i] = s.mark(text, func(l outcome.Labels) bool { return l == w.Labels }) ||
				s.mark(text, func(l outcome.Labels) bool { return w.Labels.Includes(l) })
		}
		if !s.placed[i] {
			if labels := w.Labels.String(); labels != "" {
				text = format.Clean(labels) + ": " + text
			}
			s.doc.Doubts = append(s.doc.Doubts, text)
		}
	}
	switch {
	case s.x.Replications < 2:
		s.doc.Doubts = append(s.doc.Doubts, "A single replication has no intervals: another seed may say otherwise.")
	case s.x.Replications < 10:
		s.doc.Doubts = append(s.doc.Doubts, document.FewReplications)
	}
}

// mark adds a note to the first cell of the rows that match, and reports whether
// there were any that a first look shows.
func (s *summary) mark(text string, match func(outcome.Labels) bool) bool {
	found := false
	for _, r := range s.rows {
		if match(r.labels) {
			cell := &r.table.Rows[r.row][0]
			cell.Notes = append(cell.Notes, text)
			found = found || !s.doc.Details[r.table]
		}
	}
	return found
}
