package ticketlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Mapping says what the columns of a foreign table mean. ID to LastMessage are names
// of columns, as the header has them; an empty one is not there. Only Created is needed.
type Mapping struct {
	ID       string // without it, the number of the line names the ticket
	Created  string // when the ticket came
	Channel  string
	Issue    string
	Tier     string
	Priority string
	Account  string

	// How an open ticket stands, for a snapshot.
	Status      string // in words of the file
	FirstReply  string // when the first public reply of an agent was, and the last one
	LastReply   string
	LastMessage string // when the customer last wrote

	// Layout is how Created is written, as in package time: how it would show 2 January
	// 2006, 15:04:05. Empty for RFC 3339.
	Layout string
	// Zone is where the wall clock hangs that wrote Created, if Layout has no offset; nil
	// for UTC. A time that its clock changes skip moves forward by the gap, one that comes twice
	// is the first of the two.
	Zone *time.Location

	// Updates says that a ticket has many rows, and that the first one in the file counts.
	// Without it, a second row for a ticket is a problem.
	Updates bool
	// Where keeps only the rows that have this word in this column.
	Where Filter
	// Missing are the cells that mean nothing is known, such as ? or NULL. An empty
	// cell always does.
	Missing []string
	// Comma parts the cells: a comma if 0. Any ASCII character but a quotation mark or a line end.
	Comma rune
}

// Filter is a condition on a row: the cell in Column is Value. The zero Filter
// holds for every row.
type Filter struct{ Column, Value string }

// Native is the mapping for a log that Headroom wrote: one row for each ticket
// that was created in it.
func Native() Mapping {
	return Mapping{
		ID: "ticket", Created: "at", Channel: "channel", Issue: "issue", Tier: "tier",
		Priority: "priority", Account: "account", Where: Filter{"event", "created"},
	}
}

// Row is one ticket of a table. What the mapping has no column for, or the cell
// does not say, is empty.
type Row struct {
	Line     int // of the file, where the ticket's row starts
	ID       string
	Created  time.Time // in the mapping's zone
	Channel  string
	Issue    string
	Tier     string
	Priority string
	Account  string

	Status                             string
	FirstReply, LastReply, LastMessage time.Time // zero: there was none, or nothing is known of it
}

// reference is an instant whose parts are all different, so that a layout which
// drops or swaps some of them shows.
var reference = time.Date(2017, time.November, 23, 14, 35, 52, 0, time.UTC)

// Check finds what is wrong with the mapping itself.
func (m *Mapping) Check() error {
	var found []error
	add := func(format string, args ...any) { found = append(found, fmt.Errorf(format, args...)) }
	if m.Created == "" {
		add("the mapping must name the column that says when a ticket was created")
	}
	if m.Updates && m.ID == "" {
		add("the mapping must name the column of the ticket's id if a ticket has many rows")
	}
	if m.Comma < 0 || m.Comma >= utf8.RuneSelf || m.Comma == '"' || m.Comma == '\n' || m.Comma == '\r' {
		add("%q cannot part cells: want a comma, a semicolon, a tab or another ASCII character", m.Comma)
	}
	if m.Where.Column == "" && m.Where.Value != "" {
		add("the condition %q names no column", m.Where.Value)
	}
	if layout := m.layout(); calendarDate(layout) != calendar.DateOf(reference) {
		add("the layout %q does not hold a whole date: write how the column would show 2 January 2006 15:04:05, such as %q",
			layout, "2006-01-02 15:04:05")
	}
	return errors.Join(found...)
}

// calendarDate is the date that is left of the reference in a layout.
func calendarDate(layout string) calendar.Date {
	t, err := time.Parse(layout, reference.Format(layout))
	if err != nil {
		return calendar.Date{}
	}
	return calendar.DateOf(t)
}

func (m *Mapping) layout() string {
	if m.Layout == "" {
		return time.RFC3339
	}
	return m.Layout
}

// ReadTable reads a table of tickets: CSV with a header row, compressed with gzip or
// not. The space around cells does not count, and cells are freed from the apostrophe that
// keeps spreadsheets from running them. Rows are in the order of the file; memory grows with
// the rows that are kept.
//
// What is wrong with the content is in the problems, as much of it as can be found in one
// reading; rows with a problem are left out. The error is for a mapping that
// Check refuses and a source that could not be read.
func ReadTable(r io.Reader, m Mapping) ([]Row, Problems, error) {
	if err := m.Check(); err != nil {
		return nil, Problems{}, err
	}
	t := newTable(r, m)
	if !t.open() {
		return nil, t.problems, t.rows.err
	}
	for t.rows.next() {
		if p := t.rows.fault; p != nil {
			t.problems.add(*p)
		} else {
			t.row()
		}
	}
	if t.rows.stop != nil {
		t.problems.add(*t.rows.stop)
	}
	if t.rows.err == nil && len(t.kept) == 0 && len(t.problems.List) == 0 {
		p := Problem{Text: "there is no row under the header"}
		if f := m.Where; f.Column != "" && t.rows.lines > t.top {
			p.Text = fmt.Sprintf("no row has %q in the column %q", f.Value, f.Column)
		}
		t.problems.add(p)
	}
	return t.kept, t.problems, t.rows.err
}

// table is a reading of a table.
type table struct {
	rows    *scanner
	mapping Mapping
	clock   Clock
	top     int // lines of the header
	width   int // cells in a row

	id, created, filter int // cells; -1 for a column that is not there
	words               [6]int
	names               [6]string // of the columns behind words
	standing            standing

	kept     []Row
	problems Problems
	seen     map[string]int    // the line of a ticket's first row
	last     []byte            // the ID of the row before
	strings  map[string]string // one copy of each word
}

func newTable(r io.Reader, m Mapping) *table {
	comma := byte(',')
	if m.Comma != 0 {
		comma = byte(m.Comma)
	}
	zone := m.Zone
	if zone == nil {
		zone = time.UTC
	}
	return &table{
		rows: newScanner(r, comma), mapping: m, clock: NewClock(m.layout(), zone),
		names: [6]string{m.Channel, m.Issue, m.Tier, m.Priority, m.Account, m.Status}, standing: m.standing(),
		seen: map[string]int{}, strings: map[string]string{},
	}
}

// open reads the header and finds the columns. It is false if reading cannot go on.
func (t *table) open() bool {
	header, p, err := t.rows.header()
	if err != nil {
		return false
	}
	if p != nil {
		t.problems.add(*p)
		return false
	}
	t.top, t.width = t.rows.lines, len(header)
	find := func(name string) int {
		if name == "" {
			return -1
		}
		i, p := findColumn(header, name)
		if p != nil {
			p.Line = t.rows.line
			t.problems.add(*p)
		}
		return i
	}
	t.id, t.created, t.filter = find(t.mapping.ID), find(t.mapping.Created), find(t.mapping.Where.Column)
	for i, name := range t.names {
		t.words[i] = find(name)
	}
	for i, name := range t.standing.names {
		t.standing.columns[i] = find(name)
	}
	return len(t.problems.List) == 0
}

// row takes the current row, or says what is wrong with it.
func (t *table) row() {
	cells := t.rows.cells
	if len(cells) != t.width {
		t.problems.add(*t.rows.ragged(t.width))
		return
	}
	if t.filter >= 0 && string(t.cell(t.filter)) != t.mapping.Where.Value {
		return
	}
	r := Row{Line: t.rows.line}
	if t.id < 0 {
		r.ID = strconv.Itoa(r.Line)
	} else if !t.identify(&r) {
		return
	}
	var ok bool
	text := t.cell(t.created)
	if t.missing(text) {
		t.problem(t.created, t.mapping.Created, "every ticket needs the time at which it came", "")
		return
	}
	if r.Created, ok = t.clock.Parse(string(text)); !ok {
		text, hint := t.clock.Refuse(string(text))
		t.problem(t.created, t.mapping.Created, text, hint)
		return
	}
	for i, field := range [...]*string{&r.Channel, &r.Issue, &r.Tier, &r.Priority, &r.Account, &r.Status} {
		if *field, ok = t.word(t.words[i]); !ok {
			t.problem(t.words[i], t.names[i], "the cell is not UTF-8", "save the file as CSV in UTF-8")
			return
		}
	}
	if t.stands(&r) {
		t.kept = append(t.kept, r)
	}
}

// identify sets the row's ID. It is false for a row that does not count: a further
// one of a ticket, or one with a problem.
func (t *table) identify(r *Row) bool {
	id := t.cell(t.id)
	// Rows of a ticket mostly stand together, and comparing is cheaper than looking up.
	if t.mapping.Updates && len(t.last) > 0 && bytes.Equal(id, t.last) {
		return false
	}
	if t.missing(id) {
		t.problem(t.id, t.mapping.ID, "the ticket has no id", "")
		return false
	}
	first, known := t.seen[string(id)]
	switch {
	case known && t.mapping.Updates:
		t.last = append(t.last[:0], id...)
		return false
	case known:
		t.problem(t.id, t.mapping.ID, fmt.Sprintf("the ticket is already on line %d", first),
			"say so if the table has a row for every update of a ticket")
		return false
	case !utf8.Valid(id):
		t.problem(t.id, t.mapping.ID, "the cell is not UTF-8", "save the file as CSV in UTF-8")
		return false
	}
	r.ID = string(id)
	t.seen[r.ID] = r.Line
	t.last = append(t.last[:0], id...)
	return true
}

// cell is a cell of the current row without its shield and the space around it.
func (t *table) cell(i int) []byte { return tidy(t.rows.cells[i]) }

// word is the word in a cell of the current row, the same string for the same word;
// empty if nothing is known. It is false if the cell is not UTF-8.
func (t *table) word(i int) (string, bool) {
	if i < 0 {
		return "", true
	}
	cell := t.cell(i)
	if word, ok := t.strings[string(cell)]; ok {
		return word, true
	}
	if !utf8.Valid(cell) {
		return "", false
	}
	word := string(cell)
	if t.missing(cell) {
		word = ""
	}
	t.strings[string(cell)] = word
	return word, true
}

// missing reports whether a cell says that nothing is known.
func (t *table) missing(cell []byte) bool {
	return len(cell) == 0 || slices.ContainsFunc(t.mapping.Missing, func(m string) bool {
		return strings.TrimSpace(m) == string(cell)
	})
}

func (t *table) problem(cell int, column, text, hint string) {
	p := t.rows.cellProblem(cell, column, text)
	p.Hint = hint
	t.problems.add(p)
}
