package reports

import (
	"fmt"
	"io"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Summary writes the report of one experiment for a terminal: what was simulated,
// a verdict, the tables, all doubts as footnotes, and where the numbers come from.
func Summary(w io.Writer, x *outcome.Experiment, o Options) error {
	return summarise(x).writeText(w, o)
}

// summary collects the document of an experiment.
type summary struct {
	x      *outcome.Experiment
	doc    document
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

func summarise(x *outcome.Experiment) *document {
	return summariseBy(x, false)
}

// summariseBy has, where asked for, rows for all channels too.
func summariseBy(x *outcome.Experiment, channels bool) *document {
	s := &summary{x: x, placed: make([]bool, len(x.Warnings)), channels: channels}
	s.doc.details = map[*table.Table]bool{}
	s.doc.head = headline(x)
	s.doc.birth = birth(x)
	v := judge(x)
	s.doc.verdict = v.sentence
	s.doc.doubts = v.notes
	if note := gains(x); note != "" {
		s.doc.doubts = append(s.doc.doubts, note)
	}
	for _, part := range s.parts() {
		part.make()
		for len(s.doc.subjects) < len(s.doc.tables) {
			s.doc.subjects = append(s.doc.subjects, part.subject)
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
		warm = format.Between(local(x, 0), local(x, sc.Warmup)) + " of warm-up"
	}
	return join(format.Clean(sc.Name),
		format.Between(local(x, 0), local(x, sc.Length))+" from "+local(x, 0).Format("2006-01-02")+" "+format.Clean(sc.Zone),
		warm,
		startsWith(x),
		format.Plural(x.Replications, "replication", "replications"),
		format.Clean(x.Stopped),
		fmt.Sprintf("seed %d", x.Seed))
}

// birth is the last line: the birth certificate.
func birth(x *outcome.Experiment) string {
	digest := ""
	if x.Scenario.Digest != "" {
		digest = "scenario " + short(x.Scenario.Digest)
	}
	return join(format.Clean(x.Tool), digest, fmt.Sprintf("seed %d", x.Seed),
		format.Plural(x.Replications, "replication", "replications"))
}

// local is an instant of the scenario in its own zone. A zone that this machine
// does not know leaves the instant as the file has it.
func local(x *outcome.Experiment, d time.Duration) time.Time {
	t := x.Scenario.Start.Add(d)
	if zone, err := time.LoadLocation(x.Scenario.Zone); err == nil && x.Scenario.Zone != "" {
		return t.In(zone)
	}
	return t
}

// metrics lists the SLA metrics that have a breach rate, in the order of the file.
func metrics(x *outcome.Experiment) []string {
	var names []string
	seen := map[string]bool{}
	for i := range x.Measures {
		m := &x.Measures[i]
		if m.Name == outcome.BreachRate && m.Labels.Metric != "" && !seen[m.Labels.Metric] {
			seen[m.Labels.Metric] = true
			names = append(names, m.Labels.Metric)
		}
	}
	return names
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
	return table.Estimated(e, unit, doubts(e, s.x.Replications)...)
}

// show adds a table that has rows, without the columns that say nothing.
func (s *summary) show(t *table.Table) {
	if len(t.Rows) > 0 {
		t.Drop(format.Missing)
		s.doc.tables = append(s.doc.tables, t)
	}
}

// detail adds a table that a first look does without.
func (s *summary) detail(t *table.Table) {
	s.show(t)
	s.doc.details[t] = true
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

// doubts are the footnotes of an estimate. That the whole experiment has few
// replications is said once and not in every cell.
func doubts(e estimate.Estimate, replications int) []string {
	var notes []string
	for _, w := range e.Warnings {
		switch w {
		case estimate.FewReplications:
			if replications >= 10 {
				notes = append(notes, "Fewer than ten replications had anything to measure: the interval is a rough guess.")
			}
		case estimate.NoInterval:
			if replications >= 2 && e.N > 0 {
				notes = append(notes, "Too few replications had anything to measure for an interval.")
			}
		case estimate.FewExceedances:
			notes = append(notes, "Rests on fewer than 30 trials beyond the quantile: one bad trial moves it.")
		case estimate.MissingReplications:
			notes = append(notes, "Some replications had nothing to measure and are left out.")
		default:
			notes = append(notes, format.Clean(string(w)))
		}
	}
	return notes
}

const fewNote = "Fewer than ten replications: all intervals are rough guesses."

// place puts every warning of the outcome on the page: on the row that it is
// about, else on all rows that it includes, else behind the verdict.
func (s *summary) place() {
	none := outcome.Labels{}
	for i, w := range s.x.Warnings {
		text := format.Clean(w.Text)
		if w.Labels != none {
			s.placed[i] = s.mark(text, func(l outcome.Labels) bool { return l == w.Labels }) ||
				s.mark(text, func(l outcome.Labels) bool { return includes(w.Labels, l) })
		}
		if !s.placed[i] {
			if labels := w.Labels.String(); labels != "" {
				text = format.Clean(labels) + ": " + text
			}
			s.doc.doubts = append(s.doc.doubts, text)
		}
	}
	switch {
	case s.x.Replications < 2:
		s.doc.doubts = append(s.doc.doubts, "A single replication has no intervals: another seed may say otherwise.")
	case s.x.Replications < 10:
		s.doc.doubts = append(s.doc.doubts, fewNote)
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
			found = found || !s.doc.details[r.table]
		}
	}
	return found
}

// includes reports whether everything that outer says, inner says too.
func includes(outer, inner outcome.Labels) bool {
	b := inner.Values()
	for i, v := range outer.Values() {
		if v != "" && v != b[i] {
			return false
		}
	}
	return true
}
