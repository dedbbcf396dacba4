package ticketlog

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Reader reads a log that Writer wrote, one event at a time, in constant memory.
type Reader struct {
	rows    *scanner
	axis    calendar.Axis
	names   *ticket.Names
	collect bool

	opened bool
	where  [columns]int            // the cell that holds a column
	width  int                     // cells in a row
	words  [columns]map[string]int // the number behind a word
	err    error                   // the end, or why reading cannot go on
}

// NewReader reads from r, compressed or not. Instants are counted on the axis,
// whatever offset they are written with. A word that is not in names is a problem of
// its row. With nil names the reader collects the words as it meets them, in the order in
// which they first appear; it cannot know which priority is the highest.
func NewReader(r io.Reader, names *ticket.Names, x calendar.Axis) *Reader {
	lr := &Reader{rows: newScanner(r, ','), axis: x, names: names}
	if names == nil {
		lr.names, lr.collect = &ticket.Names{}, true
	}
	for col, list := range wordLists(lr.names) {
		lr.words[col] = make(map[string]int, len(list))
		for i, word := range list {
			lr.words[col][word] = i
		}
	}
	return lr
}

// Names are the words behind the attributes of the events: those that NewReader
// was given, or those collected so far.
func (r *Reader) Names() *ticket.Names { return r.names }

// Read gives the next event, and io.EOF after the last. A row that cannot be read
// gives a *Problem, and the next call goes on with the next row; if reading cannot go
// on at all, every further call gives the same error.
func (r *Reader) Read() (ticket.Event, error) {
	if r.err == nil && !r.opened {
		r.err = r.open()
	}
	if r.err != nil {
		return ticket.Event{}, r.err
	}
	if !r.rows.next() {
		r.err = r.rows.end()
		return ticket.Event{}, r.err
	}
	if r.rows.fault != nil {
		return ticket.Event{}, r.rows.fault
	}
	if r.rows.width != r.width {
		return ticket.Event{}, r.rows.ragged(r.width)
	}
	e, p := r.event()
	if p != nil {
		return ticket.Event{}, p
	}
	return e, nil
}

// All are all events, as Read gives them, with the problems between them. It stops
// after the last event or the first error after which reading cannot go on.
func (r *Reader) All() iter.Seq2[ticket.Event, error] {
	return func(yield func(ticket.Event, error) bool) {
		for {
			e, err := r.Read()
			if errors.Is(err, io.EOF) || !yield(e, err) || r.err != nil {
				return
			}
		}
	}
}

// open reads the header.
func (r *Reader) open() error {
	r.opened = true
	header, p, err := r.rows.header()
	if err != nil {
		return err
	}
	if p != nil {
		return p
	}
	r.width = len(header)
	for col, name := range columnNames {
		i, p := findColumn(header, name)
		if p != nil {
			p.Line, p.Foreign = r.rows.line, true
			return p
		}
		r.where[col] = i
	}
	return nil
}

// event turns the current row into an event.
func (r *Reader) event() (ticket.Event, *Problem) {
	var cells [columns][]byte
	for col, i := range r.where {
		cells[col] = bare(r.rows.cells[i])
	}
	id, ok := parseID(cells[colTicket])
	if !ok {
		return ticket.Event{}, r.problem(colTicket, "want t and 16 hexadecimal digits")
	}
	e := ticket.Event{Ticket: id, Agent: nobody}
	// UnmarshalText is the strict reading of RFC 3339; Parse also takes a comma
	// before the decimals, and allocates.
	var at time.Time
	if at.UnmarshalText(cells[colAt]) != nil {
		return e, r.problem(colAt, "want an instant in RFC 3339, such as 2026-11-27T09:00:00-05:00")
	}
	e.At = r.axis.Since(at)
	if !r.axis.At(e.At).Equal(at) {
		return e, r.problem(colAt, "more than 292 years from the scenario's start")
	}
	if e.Kind, ok = ticket.ParseEventKind(string(cells[colEvent])); !ok {
		return e, r.problem(colEvent, "not an event")
	}
	if e.Status, ok = ticket.ParseStatus(string(cells[colStatus])); !ok {
		return e, r.problem(colStatus, "not a status")
	}
	if p := r.attributes(&e, &cells); p != nil {
		return e, p
	}
	if text := cells[colAgent]; len(text) > 0 {
		n, err := strconv.ParseUint(string(text), 10, 31)
		if err != nil {
			return e, r.problem(colAgent, "want a number, or nothing")
		}
		e.Agent = int32(n)
	}
	return e, nil
}

// attributes looks the words of the row up.
func (r *Reader) attributes(e *ticket.Event, cells *[columns][]byte) *Problem {
	var index [columns]int
	for _, col := range [...]struct{ number, most int }{
		{colChannel, math.MaxUint8}, {colIssue, math.MaxUint16}, {colTier, math.MaxUint8},
		{colPriority, math.MaxUint8}, {colAccount, math.MaxUint16 - 1}, {colTeam, math.MaxInt16},
	} {
		i, p := r.word(col.number, cells[col.number], col.most)
		if p != nil {
			return p
		}
		index[col.number] = i
	}
	e.Class = ticket.Class{
		Channel:  ticket.Channel(index[colChannel]),
		Issue:    ticket.Issue(index[colIssue]),
		Tier:     ticket.Tier(index[colTier]),
		Priority: ticket.Priority(index[colPriority]),
		Account:  ticket.Anonymous,
	}
	if i := index[colAccount]; i != none {
		e.Class.Account = ticket.Account(i)
	}
	e.Team = ticket.NoTeam
	if i := index[colTeam]; i != none {
		e.Team = ticket.Team(i)
	}
	return nil
}

// word is the number behind a word; none for an empty account or team. most is the
// largest number that the attribute can have.
func (r *Reader) word(col int, cell []byte, most int) (int, *Problem) {
	if len(cell) == 0 {
		if col == colAccount || col == colTeam {
			return none, nil
		}
		return 0, r.problem(col, "want a name")
	}
	if i, ok := r.words[col][string(cell)]; ok {
		return i, nil
	}
	if !utf8.Valid(cell) {
		return 0, r.problem(col, "the cell is not UTF-8")
	}
	if !r.collect {
		p := r.problem(col, fmt.Sprintf("no such %s", columnNames[col]))
		p.Hint = suggest(string(cell), wordLists(r.names)[col])
		return 0, p
	}
	i := len(r.words[col])
	if i > most {
		return 0, r.problem(col, "more different names than there may be")
	}
	word := string(cell)
	r.words[col][word] = i
	list := r.list(col)
	*list = append(*list, word)
	return i, nil
}

// list is where the words of a column are collected.
func (r *Reader) list(col int) *[]string {
	switch col {
	case colChannel:
		return &r.names.Channels
	case colIssue:
		return &r.names.Issues
	case colTier:
		return &r.names.Tiers
	case colPriority:
		return &r.names.Priorities
	case colAccount:
		return &r.names.Accounts
	default:
		return &r.names.Teams
	}
}

// problem says what is wrong with a cell of the current row.
func (r *Reader) problem(col int, text string) *Problem {
	p := r.rows.cellProblem(r.where[col], columnNames[col], text)
	return &p
}
