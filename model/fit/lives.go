package fit

import (
	"time"

	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// lives gathers what happened to the tickets of one kind.
type lives struct {
	handle   survival.Sample
	resolve  survival.Sample
	answer   survival.Return // of questions to the customer
	closes   []float64       // how long after the question an unanswered ticket was solved
	reminds  [mostReminders][]float64
	reopen   survival.Return
	first    [outcomes]int // touches, by what followed
	later    [outcomes]int
	held     [2]survival.Sample // how long tickets were on hold, and put aside while they stayed open
	answers  []stretch          // that come to answer
	holds    [2][]stretch       // and to held
	touches  []float64          // of tickets that were solved
	unended  int                // touches that began and never ended
	unbegun  int                // touches that ended and never began
	chasings int
}

const mostReminders = 5

// What follows a touch.
const (
	asks = iota
	solves
	onHold
	aside // it stays open, and nobody is at it
	outcomes
)

// stretch is a time of which it matters how long it lasted. Whether that is counted by the clock on the wall or in the
// desk's hours is settled once all are known.
type stretch struct {
	from, to time.Duration
	how      uint8
}

// How a stretch ended.
const (
	over  = iota // as it should
	still        // it has not, or something else came between
	never        // it is known that it never does
)

// waits gathers how the contacts of one channel wait.
type waits struct {
	patience survival.Sample    // Exact: left; Censored: answered first, or still there
	first    []float64          // to the first reply, or answer
	byDay    map[int][2]float64 // the sum of these, and how many, by the day of creation
	answered int
	began    int // answered by somebody who began before he replied
}

// life walks through the events of one ticket, as the state of a desk would.
type life struct {
	begin   time.Duration // of what is counted
	end     time.Duration // of what may be seen
	l       *lives
	w       *waits
	created time.Duration
	status  ticket.Status

	begun    time.Duration // of the touch in hand; -1 for none
	spent    time.Duration // on it before it was interrupted
	touches  int
	asked    time.Duration // the question that waits for the customer; -1 for none
	reminded int
	parted   time.Duration // when it was put on hold or aside; -1 while it is not
	hold     int           // onHold or aside
	solved   time.Duration // -1 while it is not
	ever     bool          // solved
	answered bool
}

// live takes one ticket's events up to the end, as Touches tells them.
func (h *history) live(events []ticket.Event, l *lives, w *waits) {
	s := life{begin: h.begin, end: h.end, l: l, w: w, created: events[0].At, begun: -1, asked: -1, solved: -1, parted: -1}
	for _, e := range events {
		s.see(e)
	}
	s.cut()
}

func (s *life) see(e ticket.Event) {
	was := s.status
	s.status = e.Status
	s.comesBack(e)
	switch e.Kind {
	case ticket.Created:
		return
	case ticket.Started:
		s.reply(e.At, true)
		s.begun = e.At
	case ticket.Returned:
		if s.begun >= 0 {
			s.spent += e.At - s.begun
			s.begun = -1
		}
	case ticket.Replied:
		s.reply(e.At, false)
		s.touched(e.At)
	case ticket.Noted:
		if s.begun >= 0 && e.Agent >= 0 { // of a team that the ticket was handed to
			s.handled(e.At)
		}
	case ticket.Abandoned:
		if s.created >= s.begin {
			s.w.patience.Add((e.At - s.created).Seconds())
		}
		s.answered = true // there is nobody left to answer
		return
	case ticket.Message:
		if was < ticket.Pending && s.status < ticket.Pending {
			s.l.chasings++
		}
	}
	s.passes(e, was)
}

// reply is the first reply, or the answer on a live channel.
func (s *life) reply(at time.Duration, begins bool) {
	if s.answered {
		return
	}
	s.answered = true
	if s.created < s.begin {
		return
	}
	s.w.answered++
	if begins {
		s.w.began++
	}
	wait := (at - s.created).Seconds()
	s.w.patience.Beyond(wait)
	s.w.first = append(s.w.first, wait)
	day := int(s.created / (24 * time.Hour))
	x := s.w.byDay[day]
	s.w.byDay[day] = [2]float64{x[0] + wait, x[1] + 1}
}

// touched is the end of a touch.
func (s *life) touched(at time.Duration) {
	s.touches++
	if s.begun >= 0 {
		s.handled(at)
	} else {
		s.l.unbegun++
	}
	then := aside
	switch {
	case s.status >= ticket.Solved:
		then = solves
	case s.status == ticket.Pending:
		then = asks
	case s.status == ticket.OnHold:
		then = onHold
	}
	if then == onHold || then == aside {
		s.parted, s.hold = at, then
	}
	if at >= s.begin {
		s.follows(then, 1)
	}
}

// follows counts what followed the last touch.
func (s *life) follows(then, by int) {
	if s.touches == 1 {
		s.l.first[then] += by
	} else {
		s.l.later[then] += by
	}
}

// comesBack is the end of a hold: somebody begins or replies, or the status says so. Where the customer
// writes to a ticket that a reply left open, that reply was a question.
func (s *life) comesBack(e ticket.Event) {
	if s.parted < 0 {
		return
	}
	list := &s.l.holds[s.hold-onHold]
	switch {
	case e.Kind == ticket.Message && s.hold == aside:
		if s.parted >= s.begin {
			s.follows(aside, -1)
			s.follows(asks, 1)
		}
		s.lasted(&s.l.answers, s.parted, e.At, over)
	case e.Kind == ticket.Message:
		s.lasted(list, s.parted, e.At, still)
	case s.hold == onHold && e.Status == ticket.OnHold && e.Kind != ticket.Replied:
		return // whoever it waits for works on it
	case e.Kind == ticket.Started || e.Kind == ticket.Replied || e.Kind == ticket.StatusSet || s.hold == onHold && e.Status != ticket.OnHold:
		s.lasted(list, s.parted, e.At, over)
	default:
		return
	}
	s.parted = -1
}

// lasted adds a stretch of time, if any of it can be seen.
func (s *life) lasted(list *[]stretch, from, to time.Duration, how uint8) {
	if to >= s.begin {
		*list = append(*list, stretch{from, to, how})
	}
}

func (s *life) handled(at time.Duration) {
	if at < s.begin {
		s.begun, s.spent = -1, 0
		return
	}
	s.l.handle.Add((s.spent + at - s.begun).Seconds())
	s.begun, s.spent = -1, 0
}

// passes follows the ticket from the desk to the customer and back.
func (s *life) passes(e ticket.Event, was ticket.Status) {
	switch {
	case e.Kind == ticket.StatusSet && was == ticket.Pending && e.Status == ticket.Pending:
		s.remind(e.At)
	case e.Kind == ticket.Replied && e.Status == ticket.Pending:
		s.asked, s.reminded = e.At, 0
	case was != ticket.Pending && e.Status == ticket.Pending:
		s.asked, s.reminded = e.At, 0
	case s.asked >= 0 && e.Status >= ticket.Solved:
		s.lasted(&s.l.answers, s.asked, e.At, never)
		if e.At >= s.begin {
			s.l.closes = append(s.l.closes, (e.At - s.asked).Seconds())
		}
		s.asked = -1
	case s.asked >= 0 && e.Status < ticket.Pending:
		s.lasted(&s.l.answers, s.asked, e.At, over)
		s.asked = -1
	}
	switch {
	case s.solved < 0 && e.Status >= ticket.Solved:
		s.solves(e.At)
	case s.solved >= 0 && e.Status < ticket.Solved:
		if s.solved >= s.begin {
			s.l.reopen.Came.Add((e.At - s.solved).Seconds())
		}
		s.solved = -1
	}
}

func (s *life) remind(at time.Duration) {
	if s.asked >= 0 && s.reminded < mostReminders {
		s.l.reminds[s.reminded] = append(s.l.reminds[s.reminded], (at - s.asked).Seconds())
		s.reminded++
	}
}

func (s *life) solves(at time.Duration) {
	s.solved = at
	if !s.ever {
		s.ever = true
		if at < s.begin {
			return
		}
		s.l.resolve.Add((at - s.created).Seconds())
		s.l.resolve.From((s.begin - s.created).Seconds())
		if s.touches > 0 && s.created >= s.begin {
			s.l.touches = append(s.l.touches, float64(s.touches))
		}
	}
}

// cut is the end of what may be seen: what has not ended is censored.
func (s *life) cut() {
	if !s.answered && s.created >= s.begin {
		s.w.patience.Beyond((s.end - s.created).Seconds())
	}
	if s.begun >= 0 {
		s.l.unended++
		s.l.handle.Beyond((s.spent + s.end - s.begun).Seconds())
	}
	if s.parted >= 0 {
		s.lasted(&s.l.holds[s.hold-onHold], s.parted, s.end, still)
	}
	if s.asked >= 0 {
		s.lasted(&s.l.answers, s.asked, s.end, still)
	}
	switch {
	case s.solved >= s.begin:
		s.l.reopen.Came.Beyond((s.end - s.solved).Seconds())
	case !s.ever && s.status < ticket.Solved:
		s.l.resolve.Beyond((s.end - s.created).Seconds())
		s.l.resolve.From((s.begin - s.created).Seconds())
	}
}
