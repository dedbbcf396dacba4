// Package touches retells the events of a ticket so that every touch of the desk ends in a reply, as
// in logs that are simulated. It makes up no time: a touch that a log leaves out has the instant of what the log does say.
package touches

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// sitting is how long somebody may do nothing to a ticket that he is at. Longer, and he has put it
// aside.
const sitting = time.Hour

// Of is the events of a ticket before an instant as a desk would tell them of which every touch ends in a
// reply. Logs of help desks leave touches out: an agent sets a ticket to pending, on hold or solved and
// writes no reply that the log has. Where he does that the touch ends. What he solves that was pending or on hold
// has come back first. And where a log has no replies at all, all that agents do to a ticket while it
// is at the desk is touches, a sitting each: of those of one stretch at the desk the first is told, after which the
// ticket is put aside and stays open; and the last, if it is another, with which the ticket comes back.
func Of(events []ticket.Event, until time.Duration, replies bool) []ticket.Event {
	r := retelling{replies: replies}
	r.again(ticket.New)
	for _, e := range events {
		if e.At >= until {
			break
		}
		r.tell(e)
	}
	if r.sat > 0 && (r.sat > 1 || until-r.last > sitting) {
		r.setAside()
	}
	slices.SortStableFunc(r.out, func(a, b ticket.Event) int { return cmp.Compare(a.At, b.At) })
	return r.out
}

type retelling struct {
	replies bool
	out     []ticket.Event
	status  ticket.Status
	acted   ticket.Event // the last event of the first sitting of this stretch at the desk
	sat     int          // sittings in it
	begun   time.Duration
	last    time.Duration // deed
	told    bool          // the first sitting
}

// again begins a stretch at the desk, or elsewhere.
func (r *retelling) again(status ticket.Status) {
	r.status, r.sat, r.told = status, 0, false
}

func (r *retelling) tell(e ticket.Event) {
	was := r.status
	away, home := was >= ticket.Pending, e.Status < ticket.Pending
	agent := e.Agent >= 0 && e.Kind != ticket.Replied && e.Kind != ticket.Started && e.Kind != ticket.Returned
	switch {
	case agent && e.Kind == ticket.StatusSet && e.Status != was && !home && e.Status != ticket.Closed && was < ticket.Solved:
		r.ends(e, away)
		return
	case !r.replies && agent && home && !away && e.Kind != ticket.Created:
		r.sits(e)
		if e.Kind == ticket.Noted || e.Kind == ticket.StatusSet {
			return // they say nothing but that somebody was at it
		}
	case e.Status != was && (home == away || e.Status >= ticket.Pending):
		r.again(e.Status)
		if !r.replies && agent && home {
			r.sits(e)
		}
	}
	r.status = e.Status
	if r.told && e.Status == ticket.New {
		e.Status = ticket.Open
	}
	r.out = append(r.out, e)
}

// sits adds a deed to the sittings of a stretch at the desk.
func (r *retelling) sits(e ticket.Event) {
	if r.sat == 0 || e.At-r.last > sitting {
		if r.sat == 1 {
			r.setAside()
		}
		r.sat++
		r.begun = e.At
	}
	r.last = e.At
	if r.sat == 1 {
		r.acted = e
	}
}

// setAside tells the first sitting, once it is known that it was not the last.
func (r *retelling) setAside() {
	if r.told {
		return
	}
	r.told = true
	e := r.acted
	e.Kind, e.Status = ticket.Replied, ticket.Open
	r.out = append(r.out, e)
}

// ends is the end of a touch without a reply.
func (r *retelling) ends(e ticket.Event, away bool) {
	back := e
	back.Status, back.Agent, back.Team = ticket.Open, -1, ticket.NoTeam
	back.Kind = ticket.StatusSet
	switch {
	case away:
		if r.status == ticket.Pending {
			back.Kind = ticket.Message // the customer has answered in a way that the log does not have
		}
		r.out = append(r.out, back)
	case !r.replies:
		r.sits(e)
		if r.sat > 1 {
			back.At = r.begun
			r.out = append(r.out, back)
		}
	}
	e.Kind = ticket.Replied
	r.out = append(r.out, e)
	r.again(e.Status)
}
