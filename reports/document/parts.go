package document

import (
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Subject is what a table of a report is about.
type Subject string

// Parts are what a report consists of, for pages that set it in an order of their own.
type Parts struct {
	Title   string
	Head    string // one line: what was simulated
	Verdict string
	Doubts  []string // about the whole, each a full sentence
	Tables  []Part
	Birth   string // one line: where the numbers come from
}

// Part is a table and what it is about.
type Part struct {
	Subject Subject // empty where a report has one subject
	Table   *table.Table
}

// Split takes a report apart, under a title.
func (d *Report) Split(title string) Parts {
	p := Parts{Title: format.Clean(title), Head: d.Head, Verdict: d.Verdict, Doubts: d.Doubts, Birth: d.Birth}
	for i, t := range d.Tables {
		one := Part{Table: t}
		if i < len(d.Subjects) {
			one.Subject = d.Subjects[i]
		}
		p.Tables = append(p.Tables, one)
	}
	return p
}
