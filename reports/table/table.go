// Package table is a small model of a table, and its three renderings: aligned
// text for a terminal, Markdown and CSV.
//
// The stance: cells are strings that are already written for people (package
// format does that), with the number behind them kept for CSV. Doubts are
// footnotes: several tables share one Notes, so that a doubt has one mark on a
// whole page. Every string is treated as foreign: no rendering lets an escape
// sequence, a piece of Markdown or a spreadsheet formula through.
//
// # CSV
//
// All files of comma-separated values that Headroom writes are tidy, one thing a line, and keep to
// one way of saying units. Where a column holds numbers of one unit, its name ends with it, as in
// late_share, frt_s or credit_USD, or says what is counted, as clocks does. Where the numbers of a column have different units, as
// those of all measures together, the column called unit says it of value, mean, difference and the ends
// of their intervals. Shares are fractions, durations are seconds, money is in
// units of its currency, never in cents. Names are in lower case, parted by underscores. Numbers are the
// shortest that read back as the same number, but for series over time, which have six digits; what is missing is empty.
//
// Whether to colour and how wide the page is, the caller decides: this package
// looks at no terminal and at no environment.
package table

import (
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// Align is the side to which a column is flush.
type Align uint8

// The sides. Columns of numbers are flush right, and within them the parts
// before and after a ± line up.
const (
	Left Align = iota
	Right
)

// Column is the head of a column.
type Column struct {
	Head  string
	Unit  string // appended to the head in CSV: late_share
	Align Align
}

// Cell is one entry: what people read, and the number behind it.
type Cell struct {
	Text   string
	Number float64  // NaN where there is none
	Notes  []string // doubts, each a full sentence
	// Ends are those of the interval of Number; nil where it is no estimate.
	Ends *[2]float64
}

// Table is a title, columns and rows. Rows may be shorter than Columns.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]Cell
	// Records is true where a row is read as a whole and by itself: it is not parted into blocks.
	Records bool
}

// Text is a cell of words.
func Text(s string) Cell { return Cell{Text: s, Number: math.NaN()} }

// Num is a cell of a number as it is written for people, and its value.
func Num(s string, value float64, notes ...string) Cell {
	return Cell{Text: s, Number: value, Notes: notes}
}

// Estimated is a cell of an estimate of a unit, with its interval.
func Estimated(e estimate.Estimate, unit outcome.Unit, notes ...string) Cell {
	c := Num(format.Estimate(e, unit), e.Value, notes...)
	c.Ends = &[2]float64{e.Low, e.High}
	return c
}

// Add appends a row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, cells) }

// Drop removes columns whose cells are all empty or equal to blank, apart
// from the first. A table of many scenarios then shows only what there is.
func (t *Table) Drop(blank string) {
	kept := t.Columns[:0:0]
	rows := make([][]Cell, len(t.Rows))
	for c, column := range t.Columns {
		empty := c > 0
		for _, row := range t.Rows {
			if c < len(row) && row[c].Text != "" && row[c].Text != blank {
				empty = false
			}
		}
		if empty {
			continue
		}
		kept = append(kept, column)
		for r, row := range t.Rows {
			if c < len(row) {
				rows[r] = append(rows[r], row[c])
			}
		}
	}
	t.Columns, t.Rows = kept, rows
}

// Notes numbers the footnotes of a page. The zero value is ready to use.
type Notes struct {
	texts []string
	marks map[string]int
}

// Mark is the superscript number of a note, which is added when it is new.
func (n *Notes) Mark(text string) string {
	i, ok := n.marks[text]
	if !ok {
		if n.marks == nil {
			n.marks = make(map[string]int)
		}
		n.texts = append(n.texts, text)
		i = len(n.texts)
		n.marks[text] = i
	}
	return superscript(i)
}

// Texts lists the notes in the order of their marks.
func (n *Notes) Texts() []string { return n.texts }

// Len is the number of notes.
func (n *Notes) Len() int { return len(n.texts) }

func superscript(i int) string {
	return strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, strconv.Itoa(i))
}

// marks writes the marks of a cell's notes, or nothing.
func (c *Cell) marks(notes *Notes) string {
	var parts []string
	for _, text := range c.Notes {
		parts = append(parts, notes.Mark(text))
	}
	return strings.Join(parts, " ")
}
