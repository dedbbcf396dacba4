package lives

import (
	"time"

	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Lives gathers what happened to the tickets of one kind. Durations are in seconds, those of stretches are settled by whoever knows the
// desk's hours.
type Lives struct {
	Handle  survival.Sample // agent time of a touch
	Resolve survival.Sample // from creation to the first solution
	Answer  survival.Return // of questions to the customer
	Closes  []float64       // how long after the question an unanswered ticket was solved
	Reminds [MostReminders][]float64
	Reopen  survival.Return
	First   [Outcomes]int // touches, by what followed
	Later   [Outcomes]int
	Held    [2]survival.Sample // how long tickets were on hold, and put aside while they stayed open
	Answers []Stretch          // that come to Answer
	Holds   [2][]Stretch       // and to Held
	Touches []float64          // of tickets that were solved
	Unbegun int                // touches that ended and never began
	// HandedOff is what touches handed to other teams, by team. What was is not among what followed other touches.
	HandedOff map[ticket.Team]*HandedOff
}

// MostReminders is how many of a question are told apart.
const MostReminders = 5

// What follows a touch.
const (
	Asks = iota
	Solves
	OnHold
	Aside // it stays open, and nobody is at it
	Outcomes
)

// Total is of all that may follow a touch, but for hand-offs.
func Total(counts [Outcomes]int) (n int) {
	for _, x := range counts {
		n += x
	}
	return n
}

// Stretch is a time of which it matters how long it lasted. Whether that is counted by the clock on the wall or in the
// desk's hours is settled once all are known.
type Stretch struct {
	From, To time.Duration
	How      uint8
}

// How a stretch ended.
const (
	Over  = iota // as it should
	Still        // it has not, or something else came between
	Never        // it is known that it never does
)

// Waits gathers how the contacts of one channel wait, in seconds.
type Waits struct {
	Patience survival.Sample    // Exact: left; Censored: answered first, or still there
	First    []float64          // to the first reply, or answer
	ByDay    map[int][2]float64 // the sum of these, and how many, by the day of creation
	Answered int
	Began    int // answered by somebody who began before he replied
}

// life walks through the events of one ticket, as the state of a desk would.
type life struct {
	begin   time.Duration // of what is counted
	end     time.Duration // of what may be seen
	l       *Lives
	w       *Waits
	created time.Duration
	status  ticket.Status

	begun    time.Duration // of the touch in hand; -1 for none
	spent    time.Duration // on it before it was interrupted
	touches  int
	asked    time.Duration // the question that waits for the customer; -1 for none
	reminded int
	parted   time.Duration // when it was put on hold or Aside; -1 while it is not
	hold     int           // OnHold or Aside
	solved   time.Duration // -1 while it is not
	ever     bool          // solved
	answered bool
	away     away
	handsOff func(to ticket.Team) bool // whether a team gets hand-offs
}

// Follow takes one ticket's events as package touches tells them, in a history from begin to end, on the axis of the events: what ended
// before is not counted, and what is still going on is censored. HandsOff reports whether a team gets hand-offs of
// such tickets; what goes to others and comes back is taken for holds.
func (l *Lives) Follow(events []ticket.Event, begin, end time.Duration, w *Waits, handsOff func(to ticket.Team) bool) {
	s := life{begin: begin, end: end, l: l, w: w, handsOff: handsOff, created: events[0].At, begun: -1, asked: -1, solved: -1, parted: -1}
	s.away.from, s.away.to, s.away.begun = ticket.NoTeam, ticket.NoTeam, -1
	for _, e := range events {
		s.see(e)
	}
	s.cut()
}

func (s *life) see(e ticket.Event) {
	was := s.status
	s.status = e.Status
	if s.elsewhere(e) {
		s.passes(e, was)
		return
	}
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
		s.away.from, s.away.to = e.Team, ticket.NoTeam
	case ticket.Noted:
		if s.begun >= 0 && e.Agent >= 0 { // of a team that gets no hand-offs
			s.handled(e.At)
		}
	case ticket.Abandoned:
		if s.created >= s.begin {
			s.w.Patience.Add((e.At - s.created).Seconds())
		}
		s.answered = true // there is nobody left to answer
		return
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
	s.w.Answered++
	if begins {
		s.w.Began++
	}
	wait := (at - s.created).Seconds()
	s.w.Patience.Beyond(wait)
	s.w.First = append(s.w.First, wait)
	day := int(s.created / (24 * time.Hour))
	x := s.w.ByDay[day]
	s.w.ByDay[day] = [2]float64{x[0] + wait, x[1] + 1}
}

// touched is the end of a touch.
func (s *life) touched(at time.Duration) {
	s.touches++
	if s.begun >= 0 {
		s.handled(at)
	} else {
		s.l.Unbegun++
	}
	then := Aside
	switch {
	case s.status >= ticket.Solved:
		then = Solves
	case s.status == ticket.Pending:
		then = Asks
	case s.status == ticket.OnHold:
		then = OnHold
	}
	if then == OnHold || then == Aside {
		s.parted, s.hold = at, then
	}
	if at >= s.begin {
		s.follows(then, 1)
	}
}

// follows counts what followed the last touch.
func (s *life) follows(then, by int) {
	if s.touches == 1 {
		s.l.First[then] += by
	} else {
		s.l.Later[then] += by
	}
}

// comesBack is the end of a hold: somebody begins or replies, or the status says so. Where the customer
// writes to a ticket that a reply left open, that reply was a question.
func (s *life) comesBack(e ticket.Event) {
	if s.parted < 0 {
		return
	}
	list := &s.l.Holds[s.hold-OnHold]
	switch {
	case e.Kind == ticket.Message && s.hold == Aside:
		if s.parted >= s.begin {
			s.follows(Aside, -1)
			s.follows(Asks, 1)
		}
		s.lasted(&s.l.Answers, s.parted, e.At, Over)
	case e.Kind == ticket.Message:
		s.lasted(list, s.parted, e.At, Still)
	case s.hold == OnHold && e.Status == ticket.OnHold && e.Kind != ticket.Replied:
		return // whoever it waits for works on it
	case e.Kind == ticket.Started || e.Kind == ticket.Replied || e.Kind == ticket.StatusSet || s.hold == OnHold && e.Status != ticket.OnHold:
		s.lasted(list, s.parted, e.At, Over)
	default:
		return
	}
	s.parted = -1
}

// lasted adds a stretch of time, if any of it can be seen.
func (s *life) lasted(list *[]Stretch, from, to time.Duration, how uint8) {
	if to >= s.begin {
		*list = append(*list, Stretch{from, to, how})
	}
}

func (s *life) handled(at time.Duration) {
	if at < s.begin {
		s.begun, s.spent = -1, 0
		return
	}
	s.l.Handle.Add((s.spent + at - s.begun).Seconds())
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
		s.lasted(&s.l.Answers, s.asked, e.At, Never)
		if e.At >= s.begin {
			s.l.Closes = append(s.l.Closes, (e.At - s.asked).Seconds())
		}
		s.asked = -1
	case s.asked >= 0 && e.Status < ticket.Pending:
		s.lasted(&s.l.Answers, s.asked, e.At, Over)
		s.asked = -1
	}
	switch {
	case s.solved < 0 && e.Status >= ticket.Solved:
		s.solves(e.At)
	case s.solved >= 0 && e.Status < ticket.Solved:
		if s.solved >= s.begin {
			s.l.Reopen.Came.Add((e.At - s.solved).Seconds())
		}
		s.solved = -1
	}
}

func (s *life) remind(at time.Duration) {
	if s.asked >= 0 && s.reminded < MostReminders {
		s.l.Reminds[s.reminded] = append(s.l.Reminds[s.reminded], (at - s.asked).Seconds())
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
		s.l.Resolve.Add((at - s.created).Seconds())
		s.l.Resolve.From((s.begin - s.created).Seconds())
		if s.touches > 0 && s.created >= s.begin {
			s.l.Touches = append(s.l.Touches, float64(s.touches))
		}
	}
}

// cut is the end of what may be seen: what has not ended is censored.
func (s *life) cut() {
	if !s.answered && s.created >= s.begin {
		s.w.Patience.Beyond((s.end - s.created).Seconds())
	}
	s.cutAway()
	if s.begun >= 0 {
		s.l.Handle.Beyond((s.spent + s.end - s.begun).Seconds())
	}
	if s.parted >= 0 {
		s.lasted(&s.l.Holds[s.hold-OnHold], s.parted, s.end, Still)
	}
	if s.asked >= 0 {
		s.lasted(&s.l.Answers, s.asked, s.end, Still)
	}
	switch {
	case s.solved >= s.begin:
		s.l.Reopen.Came.Beyond((s.end - s.solved).Seconds())
	case !s.ever && s.status < ticket.Solved:
		s.l.Resolve.Beyond((s.end - s.created).Seconds())
		s.l.Resolve.From((s.begin - s.created).Seconds())
	}
}
