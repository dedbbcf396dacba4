package lives

import (
	"time"

	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// HandedOff is what touches of a kind handed to another team: a touch that leaves the ticket on hold or open, after which it is
// assigned to that team, whose people begin to work on it. Where a log does not say when they begin there is none.
type HandedOff struct {
	First, Later int             // touches that handed a ticket to it: the first of a ticket, and later ones
	Handle       survival.Sample // agent time of that team on one of them, seconds
	Open         int             // the ticket stayed open meanwhile, else it was on hold
	Solved, Back int             // that team replied and solved it, or gave it back
}

// away is a hand-off as a ticket goes through it.
type away struct {
	from, to ticket.Team   // whose touch was the last, and whom the ticket was assigned to since
	off      *HandedOff    // in their hands; nil before they begin, and once they are done
	begun    time.Duration // -1 while nobody is at it
	spent    time.Duration
	noted    bool // they have said what they found
}

// elsewhere takes an event of a ticket that is handed off. It reports that nothing more comes of it.
func (s *life) elsewhere(e ticket.Event) bool {
	a := &s.away
	switch {
	case a.off == nil && e.Kind == ticket.Assigned:
		if a.to = ticket.NoTeam; s.parted >= 0 && e.Team != a.from {
			a.to = e.Team
		}
		return false
	case a.off == nil && e.Kind == ticket.Started && s.parted >= 0 && a.to != ticket.NoTeam && e.Team == a.to && s.takesHandOffs():
		s.handOff()
	case a.off == nil:
		return false
	}
	theirs := e.Team == a.to
	switch {
	case theirs && e.Kind == ticket.Started:
		a.begun = e.At
	case theirs && e.Kind == ticket.Returned:
		s.spend(e.At)
	case theirs && e.Kind == ticket.Noted && e.Agent >= 0:
		s.spend(e.At)
		a.noted = true
	case theirs && e.Kind == ticket.Replied:
		s.spend(e.At)
		if e.Status >= ticket.Solved {
			s.touches++ // as the desk counts it
			a.off.Solved++
		} else {
			a.off.Back++
		}
		s.home(e.At)
		a.from = e.Team
	case e.Kind == ticket.Started || e.Kind == ticket.Replied || e.Kind == ticket.Assigned && !theirs || e.Status >= ticket.Solved:
		a.off.Back++
		s.home(e.At)
		return false
	default:
		return theirs
	}
	return true
}

func (s *life) takesHandOffs() bool { return s.handsOff == nil || s.handsOff(s.away.to) }

// handOff takes what followed the last touch for a hand-off and no hold.
func (s *life) handOff() {
	a := &s.away
	if s.l.HandedOff == nil {
		s.l.HandedOff = map[ticket.Team]*HandedOff{}
	}
	if a.off = s.l.HandedOff[a.to]; a.off == nil {
		a.off = &HandedOff{}
		s.l.HandedOff[a.to] = a.off
	}
	a.spent, a.begun, a.noted = 0, -1, false
	if s.parted >= s.begin {
		s.follows(s.hold, -1)
		if s.touches == 1 {
			a.off.First++
		} else {
			a.off.Later++
		}
		if s.hold == Aside {
			a.off.Open++
		}
	}
	s.parted = -1
}

// spend adds what has been worked since it was begun.
func (s *life) spend(at time.Duration) {
	if a := &s.away; a.begun >= 0 {
		a.spent += at - a.begun
		a.begun = -1
	}
}

// home is the end of a hand-off.
func (s *life) home(at time.Duration) {
	a := &s.away
	s.spend(at)
	if at >= s.begin && a.spent > 0 {
		a.off.Handle.Add(a.spent.Seconds())
	}
	a.off, a.to = nil, ticket.NoTeam
}

// cutAway is the end of what may be seen.
func (s *life) cutAway() {
	a := &s.away
	switch {
	case a.off == nil && s.parted >= 0 && a.to != ticket.NoTeam && s.handsOff != nil && s.handsOff(a.to):
		s.handOff() // they have not begun
	case a.off == nil:
	case a.noted && a.begun < 0:
		s.home(s.end)
	default:
		s.spend(s.end)
		a.off.Handle.Beyond(a.spent.Seconds())
	}
}
