package ticketlog

import (
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Gathered are the tickets of a log that somebody wants, each with all its events.
type Gathered struct {
	Tickets [][]ticket.Event // in the order in which they were created
	All     int              // tickets in the log, wanted or not
	Last    time.Duration    // the latest instant of all events; 0 if all lie before the origin
}

// Gather reads a log to its end and keeps the tickets that are wanted, which is decided by the
// event that creates them. Memory grows with the events that are kept, and by a little for
// every other ticket. What is wrong with the log is what FindTicket finds, and told in the
// same way.
func Gather(r *Reader, wanted func(created ticket.Event) bool) (*Gathered, error) {
	g := &Gathered{}
	place := map[ticket.ID]int{} // of those that are kept
	problems, err := r.inOrder(func(e ticket.Event) {
		g.Last = max(g.Last, e.At)
		if e.Kind == ticket.Created {
			g.All++
			if wanted(e) {
				place[e.Ticket] = len(g.Tickets)
				g.Tickets = append(g.Tickets, nil)
			}
		}
		if i, kept := place[e.Ticket]; kept {
			g.Tickets[i] = append(g.Tickets[i], e)
		}
	})
	if err != nil {
		return nil, err
	}
	return g, problems.Err()
}
