package ticketlog

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Open is a ticket of a log that is open at an instant, with all that happened to it before, from
// its creation on, in the order of time.
type Open struct {
	ID     ticket.ID
	Events []ticket.Event // counted from the instant, so they are negative
	// First says that it is its customer's first contact about the matter in the log, and not one
	// that descends from another.
	First bool
	Line  int // of the file, where its creation stands
}

// Snapshot is the tickets of a log that are open at an instant.
type Snapshot struct {
	Open    []Open // in the order of their creation
	Names   *ticket.Names
	Tickets int // that were created before the instant
}

// OpenAt reads a log that Writer wrote, compressed or not, and cuts it at an instant: what
// happens then, or later, is not seen. Memory grows with the tickets before it. Problems and the
// error are as those of ReadTable.
func OpenAt(r io.Reader, at time.Time) (Snapshot, Problems, error) {
	c := cutter{places: map[ticket.ID]int{}}
	rows := NewReader(r, nil, calendar.Axis{Origin: at})
	for e, err := range rows.All() {
		p := new(Problem)
		switch {
		case err == nil:
			c.add(e, rows.rows.line)
		case errors.As(err, &p):
			c.problems.add(*p)
		default:
			return Snapshot{}, c.problems, err
		}
	}
	c.whole(rows)
	return Snapshot{Open: c.stillOpen(), Names: rows.Names(), Tickets: len(c.tickets)}, c.problems, nil
}

// cutter gathers what happens before an instant.
type cutter struct {
	tickets  []Open
	places   map[ticket.ID]int
	problems Problems
}

func (c *cutter) add(e ticket.Event, line int) {
	if e.At >= 0 {
		return
	}
	i, known := c.places[e.Ticket]
	if !known {
		i = len(c.tickets)
		c.places[e.Ticket] = i
		c.tickets = append(c.tickets, Open{ID: e.Ticket, Line: line})
	}
	c.tickets[i].Events = append(c.tickets[i].Events, e)
}

// whole puts the events of each ticket in order, and leaves out tickets whose creation is not
// there, or there twice.
func (c *cutter) whole(rows *Reader) {
	kept := c.tickets[:0]
	for _, o := range c.tickets {
		slices.SortStableFunc(o.Events, func(a, b ticket.Event) int { return cmp.Compare(a.At, b.At) })
		created := 0
		for _, e := range o.Events {
			if e.Kind == ticket.Created {
				created++
			}
		}
		if created != 1 || o.Events[0].Kind != ticket.Created {
			c.problems.add(Problem{
				Line: o.Line, Column: columnNames[colEvent],
				Text: "what happens to ticket " + FormatID(o.ID) + " does not begin with its creation, which must be there once",
			})
			continue
		}
		kept = append(kept, o)
	}
	c.tickets = kept
	slices.SortStableFunc(c.tickets, func(a, b Open) int { return cmp.Compare(a.Events[0].At, b.Events[0].At) })
	if rows.opened && len(c.tickets) == 0 && len(c.problems.List) == 0 {
		c.problems.add(Problem{Text: "no ticket was created before that time"})
	}
}

// stillOpen are the tickets that are neither solved nor closed.
func (c *cutter) stillOpen() []Open {
	families := make(map[ticket.ID]bool, len(c.tickets))
	var open []Open
	for _, o := range c.tickets {
		o.First = !families[o.ID.Family()]
		families[o.ID.Family()] = true
		if o.Events[len(o.Events)-1].Status < ticket.Solved {
			open = append(open, o)
		}
	}
	return open
}

// standing is how a ticket of a table stands: the times beside its creation.
type standing struct {
	columns [3]int // cells; -1 for a column that is not there
	names   [3]string
}

func (m *Mapping) standing() standing {
	return standing{names: [3]string{m.FirstReply, m.LastReply, m.LastMessage}}
}

// stands reads the times of the current row at which its ticket was replied to, and written to. It
// is false for a row with a problem.
func (t *table) stands(r *Row) bool {
	for i, field := range [...]*time.Time{&r.FirstReply, &r.LastReply, &r.LastMessage} {
		column := t.standing.columns[i]
		if column < 0 {
			continue
		}
		text := t.cell(column)
		if t.missing(text) {
			continue
		}
		at, ok := t.clock.Parse(string(text))
		if !ok {
			text, hint := t.clock.Refuse(string(text))
			t.problem(column, t.standing.names[i], text, hint)
			return false
		}
		*field = at
	}
	return true
}
