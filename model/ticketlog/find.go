package ticketlog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Find picks one ticket out of many. It is told the events of all of them, in order,
// and keeps those of the one. It works on any events, be they read or simulated.
type Find struct {
	ID      ticket.ID      // the one that is looked for
	Events  []ticket.Event // its events so far
	Tickets int            // how many have been created, this one included
	Last    time.Duration  // the latest instant of all events; 0 if all lie before the origin

	near []ticket.ID // the most similar other IDs, the best first
}

// Add tells of an event.
func (f *Find) Add(e ticket.Event) {
	f.Last = max(f.Last, e.At)
	if e.Kind == ticket.Created {
		f.Tickets++
	}
	switch {
	case e.Ticket == f.ID:
		f.Events = append(f.Events, e)
	case e.Kind == ticket.Created:
		f.compare(e.Ticket)
	}
}

// mostNear is how many similar IDs are named.
const mostNear = 3

// compare keeps an ID if it is among the most similar.
func (f *Find) compare(id ticket.ID) {
	better := func(a, b ticket.ID) int {
		return cmp.Or(cmp.Compare(f.unlike(a), f.unlike(b)), cmp.Compare(a, b))
	}
	at, there := slices.BinarySearchFunc(f.near, id, better)
	if there || at == mostNear {
		return
	}
	if len(f.near) == mostNear {
		f.near = f.near[:mostNear-1]
	}
	f.near = slices.Insert(f.near, at, id)
}

// unlike is the number of hexadecimal digits in which an ID differs from the one looked for.
func (f *Find) unlike(id ticket.ID) (n int) {
	for x := id ^ f.ID; x != 0; x >>= 4 {
		if x&15 != 0 {
			n++
		}
	}
	return n
}

// Err is nil if the ticket was found, else it says where it was not, among how many
// tickets, and which IDs are the most similar.
func (f *Find) Err(where string) error {
	if len(f.Events) > 0 {
		return nil
	}
	if f.Tickets == 0 {
		return fmt.Errorf("there is no ticket at all in %s", where)
	}
	names := make([]string, len(f.near))
	for i, id := range f.near {
		names[i] = FormatID(id)
	}
	return fmt.Errorf("there is no ticket %s among the %d of %s; the most similar: %s",
		FormatID(f.ID), f.Tickets, where, strings.Join(names, ", "))
}

// FindTicket reads a log to its end for one ticket. Beyond what Read finds wrong with a row,
// the events of each ticket must begin with one that creates it, the only one, and must
// not go back in time. Everything that is wrong, with whatever ticket, is one *Problems;
// any other error is that of the source. Whether the ticket was found, Find.Err says.
func FindTicket(r *Reader, id ticket.ID) (*Find, error) {
	f := &Find{ID: id}
	problems, err := r.inOrder(f.Add)
	if err != nil {
		return nil, err
	}
	return f, problems.Err()
}

// inOrder reads a log to its end and gives away its events, but for those with which
// something is wrong.
func (r *Reader) inOrder(give func(ticket.Event)) (problems Problems, err error) {
	last := map[ticket.ID]time.Duration{} // when a ticket's latest event was
	for e, err := range r.All() {
		var p *Problem
		switch {
		case errors.As(err, &p):
		case err != nil:
			return problems, err
		default:
			p = r.order(e, last)
		}
		if p != nil {
			problems.add(*p)
			continue
		}
		last[e.Ticket] = e.At
		give(e)
	}
	return problems, nil
}

// order says what is wrong with the place of the current row among those of its ticket.
func (r *Reader) order(e ticket.Event, last map[ticket.ID]time.Duration) *Problem {
	before, known := last[e.Ticket]
	switch {
	case !known && e.Kind != ticket.Created:
		last[e.Ticket] = e.At // said once for each ticket
		return r.problem(colEvent, "the first event of ticket "+FormatID(e.Ticket)+" is not that it was created")
	case known && e.Kind == ticket.Created:
		return r.problem(colEvent, "ticket "+FormatID(e.Ticket)+" was created before")
	case known && e.At < before:
		return r.problem(colAt, "earlier than the row before it of ticket "+FormatID(e.Ticket))
	}
	return nil
}
