package fit

import (
	"time"

	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// lives gathers what happened to the tickets of one kind.
type lives struct {
	tickets  int
	handle   survival.Sample
	resolve  survival.Sample
	answer   survival.Return // of questions to the customer
	closes   []float64       // how long after the question an unanswered ticket was solved
	reminds  [mostReminders][]float64
	reopen   survival.Return
	first    [2]int // touches that did not solve, and that did
	later    [2]int
	touches  []float64 // of tickets that were solved
	unended  int       // touches that began and never ended
	unbegun  int       // touches that ended and never began
	chasings int
}

const mostReminders = 5

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
	solved   time.Duration // -1 while it is not
	ever     bool          // solved
	answered bool
}

// live takes one ticket's events up to the end.
func live(events []ticket.Event, end time.Duration, l *lives, w *waits) {
	s := life{end: end, l: l, w: w, created: events[0].At, begun: -1, asked: -1, solved: -1}
	l.tickets++
	for _, e := range events {
		if e.At >= end {
			break
		}
		s.see(e)
	}
	s.cut()
}

func (s *life) see(e ticket.Event) {
	was := s.status
	s.status = e.Status
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
		s.w.patience.Add((e.At - s.created).Seconds())
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
	solves := 0
	switch {
	case s.status >= ticket.Solved:
		solves = 1
	case s.status != ticket.Pending:
		return // handed off, or not done yet
	}
	if s.touches == 1 {
		s.l.first[solves]++
	} else {
		s.l.later[solves]++
	}
}

func (s *life) handled(at time.Duration) {
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
		s.l.answer.Never++
		s.l.closes = append(s.l.closes, (e.At - s.asked).Seconds())
		s.asked = -1
	case s.asked >= 0 && e.Status < ticket.Pending:
		s.l.answer.Came.Add((e.At - s.asked).Seconds())
		s.asked = -1
	}
	switch {
	case s.solved < 0 && e.Status >= ticket.Solved:
		s.solves(e.At)
	case s.solved >= 0 && e.Status < ticket.Solved:
		s.l.reopen.Came.Add((e.At - s.solved).Seconds())
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
		s.l.resolve.Add((at - s.created).Seconds())
		if s.touches > 0 {
			s.l.touches = append(s.l.touches, float64(s.touches))
		}
	}
}

// cut is the end of what may be seen: what has not ended is censored.
func (s *life) cut() {
	if !s.answered {
		s.w.patience.Beyond((s.end - s.created).Seconds())
	}
	if s.begun >= 0 {
		s.l.unended++
		s.l.handle.Beyond((s.spent + s.end - s.begun).Seconds())
	}
	if s.asked >= 0 {
		s.l.answer.Came.Beyond((s.end - s.asked).Seconds())
	}
	switch {
	case s.solved >= 0:
		s.l.reopen.Came.Beyond((s.end - s.solved).Seconds())
	case !s.ever && s.status < ticket.Solved:
		s.l.resolve.Beyond((s.end - s.created).Seconds())
	}
}
