package eventlog

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
	"github.com/headroom-sim/headroom/scenarios/internal/intern"
)

// plan takes what a mapping wants from the rows of a file, whatever the file's format.
type plan struct {
	mapping *Mapping
	in      *intake.Intake
	file    string
	clock   *clock
	columns []string // that are read, each once
	seed    maphash.Seed

	ticket, at, opened, status, event int // places in columns; -1 for what is not there
	attributes                        [attributes]int
	times                             []int
	flags                             []flag

	missing []int // cells that say that nothing is known, by column
	words   []cache
	word    string // of a status, and what it means: those of the row before
	meaning ticket.Status
	fact    intake.Fact
	noZone  *ticketlog.Problem
}

// cache keeps the texts of a column, since most are there many times.
type cache struct {
	last  string
	texts intern.Table[string]
}

// mostCached is how many texts of a column are kept.
const mostCached = 1 << 14

func newPlan(m *Mapping, in *intake.Intake, file string) *plan {
	p := &plan{mapping: m, in: in, file: file, clock: newClock(m.Layouts, m.Zone), seed: maphash.MakeSeed()}
	find := func(name string) int {
		if name == "" {
			return -1
		}
		i := slices.Index(p.columns, name)
		if i < 0 {
			i = len(p.columns)
			p.columns = append(p.columns, name)
		}
		return i
	}
	p.ticket, p.at, p.opened, p.status, p.event = find(m.Ticket), find(m.At), find(m.Opened), find(m.Status), find(m.Event)
	for i, name := range m.Attributes {
		p.attributes[i] = find(name)
	}
	for _, t := range m.Times {
		p.times = append(p.times, find(t.Column))
	}
	for _, f := range m.Flags {
		p.flags = append(p.flags, flag{Flag: f, column: find(f.Column)})
	}
	p.missing = make([]int, len(p.columns))
	p.words = make([]cache, len(p.columns))
	return p
}

// row tells the intake what a row says. cells are those of the columns. The error is that of the
// intake, or a *ticketlog.Problem after which reading on makes no sense.
func (p *plan) row(cells [][]byte, number int, sum uint64) error {
	f := &p.fact
	*f = intake.Fact{File: p.file, Row: number, Sum: sum}
	f.Ticket = p.text(cells, p.ticket)
	if f.Ticket == "" {
		p.in.Odd(intake.NoTicket, "", p.place(number))
		return nil
	}
	for i, field := range [attributes]*string{&f.Channel, &f.Issue, &f.Tier, &f.Priority, &f.Account, &f.Team, &f.Agent} {
		*field = p.text(cells, p.attributes[i])
	}
	f.Opened = p.time(cells, p.opened, number)
	if p.noZone != nil {
		return p.noZone
	}
	if p.mapping.Rows == Tickets {
		f.At = f.Opened
		if err := p.mark(cells, number); err != nil {
			return err
		}
		return p.ticketRow(cells, number)
	}
	f.At = p.time(cells, p.at, number)
	if p.noZone != nil {
		return p.noZone
	}
	if f.At.IsZero() {
		p.in.Odd(intake.NoTime, p.mapping.At, p.place(number))
		return nil
	}
	if err := p.mark(cells, number); err != nil {
		return err
	}
	f.Kind = ticket.StatusSet
	if p.event >= 0 {
		if word := p.text(cells, p.event); word != "" {
			h, known := p.mapping.Events[word]
			if !known {
				p.unknown(p.mapping.Event, word, number)
			} else {
				f.Kind, f.Status, f.HasStatus = h.Kind, h.Status, h.HasStatus
			}
		}
	}
	if p.status >= 0 && !f.HasStatus {
		p.setStatus(cells, number)
	}
	return p.in.Add(f)
}

// setStatus takes the status from its column.
func (p *plan) setStatus(cells [][]byte, number int) {
	word := p.text(cells, p.status)
	if word == "" {
		return
	}
	if word != p.word || p.word == "" {
		s, known := p.mapping.Statuses[word]
		if !known {
			p.unknown(p.mapping.Status, word, number)
			return
		}
		p.word, p.meaning = word, s
	}
	p.fact.Status, p.fact.HasStatus = p.meaning, true
}

// mostWords is how many unknown words of a column are told apart.
const mostWords = 40

// unknown counts a word of which the mapping says nothing.
func (p *plan) unknown(column, word string, number int) {
	detail := fmt.Sprintf("%s: %s", column, clip(word))
	if p.in.Details(intake.UnknownWord) > mostWords {
		detail = column + ": further words"
	}
	p.in.Odd(intake.UnknownWord, detail, p.place(number))
}

// ticketRow tells of a ticket that has one row: when it was opened, and what happened when.
func (p *plan) ticketRow(cells [][]byte, number int) error {
	f := &p.fact
	if f.Opened.IsZero() {
		p.in.Odd(intake.NoTime, p.mapping.Opened, p.place(number))
		return nil
	}
	opened := f.Opened
	f.Kind, f.At, f.Opened = ticket.Created, opened, time.Time{}
	agent := f.Agent
	f.Agent = "" // who created it is not known
	if err := p.in.Add(f); err != nil {
		return err
	}
	f.Agent = agent
	f.Channel, f.Issue, f.Tier, f.Priority, f.Account, f.Team = "", "", "", "", "", ""
	for i, t := range p.mapping.Times {
		at := p.moment(cells, p.times[i], t, opened, number)
		if p.noZone != nil {
			return p.noZone
		}
		if at.IsZero() {
			continue
		}
		f.At, f.Kind, f.Status, f.HasStatus = at, t.Kind, t.Status, t.HasStatus
		if err := p.in.Add(f); err != nil {
			return err
		}
	}
	return nil
}

// moment is when something happened to a ticket: a time, or so long after the opening.
func (p *plan) moment(cells [][]byte, column int, t Time, opened time.Time, number int) time.Time {
	if t.Unit == 0 {
		return p.time(cells, column, number)
	}
	cell := cells[column]
	if p.isMissing(column, cell) {
		return time.Time{}
	}
	x, err := strconv.ParseFloat(strings.Replace(string(cell), ",", ".", 1), 64)
	most := float64(200*365*24*time.Hour) / float64(t.Unit)
	switch {
	case err != nil || !(x > -most && x < most):
		p.in.Odd(intake.BadTime, t.Column, p.place(number))
		return time.Time{}
	case x < 0:
		p.in.Odd(intake.Negative, t.Column, p.place(number))
		return opened
	}
	return opened.Add(time.Duration(x * float64(t.Unit)))
}

// time is the time in a cell; zero if it is not known.
func (p *plan) time(cells [][]byte, column, number int) time.Time {
	if column < 0 || p.isMissing(column, cells[column]) {
		return time.Time{}
	}
	at, how := p.clock.parse(cells[column])
	switch how {
	case unread:
		p.in.Odd(intake.BadTime, p.columns[column], p.place(number))
	case zoneless:
		p.noZone = &ticketlog.Problem{Line: number, Column: p.columns[column],
			Text: fmt.Sprintf("%q does not say how far from UTC it is", clip(string(cells[column]))),
			Hint: "declare the zone in which it was written: zone: in the mapping, or --zone"}
	}
	return at
}

// text is the text of a cell, the same string for the same text; empty if it is not known.
func (p *plan) text(cells [][]byte, column int) string {
	if column < 0 {
		return ""
	}
	cell, c := cells[column], &p.words[column]
	if string(cell) == c.last {
		if c.last == "" {
			p.missing[column]++
		}
		return c.last
	}
	text, known := c.texts.Get(cell)
	if !known {
		if p.isMissing(column, cell) {
			return ""
		}
		text = string(cell)
		if column != p.ticket && c.texts.Len() < mostCached {
			c.texts.Put(text, text)
		}
	}
	c.last = text
	return text
}

// isMissing reports whether a cell says that nothing is known, and counts it.
func (p *plan) isMissing(column int, cell []byte) bool {
	if len(cell) > 0 && !slices.ContainsFunc(p.mapping.Missing, func(m string) bool { return m == string(cell) }) {
		return false
	}
	p.missing[column]++
	return true
}

// finish counts what was missing.
func (p *plan) finish() {
	for i, n := range p.missing {
		p.in.OddTimes(intake.Missing, p.columns[i], n)
	}
}

func (p *plan) place(number int) intake.Place { return intake.Place{File: p.file, Row: number} }

// clip shortens a text for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
