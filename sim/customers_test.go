package sim_test

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"pgregory.net/rapid"
)

// customer is a ticket as its customer made it: what it is and asks for, seen
// from outside. It must not depend on the desk.
type customer struct {
	created time.Duration
	class   ticket.Class
	touches []touch
	left    time.Duration // how long he waited before he left; 0 if he did not
}

// touch is agent time, in all pieces, of those who serve the ticket or of a team that it
// is handed off to, and what the customer did after it.
type touch struct {
	work   time.Duration
	status ticket.Status // that it led to
	// after is the time until he wrote again or his ticket was closed, and if it
	// was closed until he came back; -1 for what did not come.
	after [2]time.Duration
}

// customers tells tickets by their customers, from a trial in which an agent has
// one ticket in hand at a time, so that touches last as long as their work.
func customers(steps []step) map[ticket.ID]*customer {
	all := map[ticket.ID]*customer{}
	since := map[ticket.ID]time.Duration{}
	work := map[ticket.ID]time.Duration{}
	for i := range steps {
		s := &steps[i]
		c := all[s.ID]
		switch s.What {
		case "created", "tries again", "writes instead", "asks apart":
			all[s.ID] = &customer{created: s.At, class: s.Class}
		case isThere:
			c := &customer{created: s.At, class: s.Class}
			for range s.Touches { // that were over before
				c.touches = append(c.touches, touch{0, s.Status, [2]time.Duration{-1, -1}})
			}
			all[s.ID] = c
		case "started":
			since[s.ID] = s.At
		case "returned":
			work[s.ID] += s.At - since[s.ID]
		case "note":
			if s.Rung >= 0 {
				break
			}
			// The work of a team that the ticket was handed off to.
			c.touches = append(c.touches, touch{work[s.ID] + s.At - since[s.ID], s.Status, [2]time.Duration{-1, -1}})
			work[s.ID] = 0
		case "replied":
			c.touches = append(c.touches, touch{work[s.ID] + s.At - since[s.ID], s.Status, [2]time.Duration{-1, -1}})
			work[s.ID] = 0
			since[s.ID] = s.At
		case "message", "status":
			after := &c.touches[len(c.touches)-1].after
			if after[0] < 0 {
				after[0] = s.At - since[s.ID]
			} else {
				after[1] = s.At - since[s.ID]
			}
			since[s.ID] = s.At
		case "abandoned":
			c.left = s.At - c.created
		}
	}
	return all
}

// sameCustomers fails if two trials were not asked for the same: as far as both
// came with a ticket, it must have been the same ticket. Names are where the
// tickets of the first go by other names in the second. It returns the number of
// touches that it could compare.
func sameCustomers(t rapid.TB, a, b map[ticket.ID]*customer, name func(ticket.ID) ticket.ID) (compared int) {
	t.Helper()
	for id, x := range a {
		y := b[name(id)]
		switch {
		case y == nil:
			t.Fatalf("ticket %#x of %v does not come", uint64(id), x.created)
		case x.created != y.created || x.class != y.class:
			t.Fatalf("ticket %#x is %+v, and was %+v", uint64(id), y, x)
		case x.left > 0 && y.left > 0 && x.left != y.left:
			t.Fatalf("the customer of ticket %#x left after %v, and before after %v", uint64(id), y.left, x.left)
		}
		n := min(len(x.touches), len(y.touches))
		compared += n
		for i := range n {
			p, q := x.touches[i], y.touches[i]
			for j := range p.after {
				// One of the trials was over before; or a hold, which passes in the hours of a calendar, so that
				// it matters when it began.
				held := p.status == q.status && (p.status == ticket.OnHold || p.status == ticket.Open)
				if p.after[j] < 0 || q.after[j] < 0 || held {
					p.after[j], q.after[j] = -1, -1
				}
			}
			if p != q {
				t.Fatalf("touch %d of ticket %#x is %+v, and was %+v", i, uint64(id), q, p)
			}
		}
	}
	return compared
}

func unchanged(id ticket.ID) ticket.ID { return id }

// waits are the times until tickets were first taken; endless for those that were not.
func waits(steps []step) map[ticket.ID]time.Duration {
	const endless = time.Duration(1<<63 - 1)
	created := map[ticket.ID]time.Duration{}
	wait := map[ticket.ID]time.Duration{}
	for i := range steps {
		switch s := &steps[i]; s.What {
		case "created":
			created[s.ID], wait[s.ID] = s.At, endless
		case "started":
			if wait[s.ID] == endless {
				wait[s.ID] = s.At - created[s.ID]
			}
		}
	}
	return wait
}

// ordered lists the tickets of a trial as they came.
func ordered(steps []step) []step {
	return slices.Clone(only(steps, func(s *step) bool { return s.What == "created" }))
}
