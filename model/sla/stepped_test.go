package sla_test

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// stepped is the clocks of one metric without arithmetic: it looks at the calendar
// minute by minute and counts the minutes in which the promise runs. Of the ticket it
// knows what a supervisor would remember. There are two classes of tickets, each with
// one term for the metric or none.
type stepped struct {
	metric sla.Metric
	terms  [2]*sla.Term
	open   [2]func(at time.Duration) bool
	mode   sla.Change
	life   []step
	now    time.Duration

	class  int
	status ticket.Status

	// What has happened.
	created, asked, told, assigned, returned time.Duration
	exists, taken, replied, waits            bool
	updated, grouped, everSolved             bool
	handed                                   bool // assigned while it was solved
	team                                     ticket.Team
	seized                                   bool // taken since it was assigned

	// The round.
	state state
	start time.Duration
	used  time.Duration
	// Since since, before which mark was used: for time in the queue by the wall clock.
	since, mark time.Duration

	within time.Duration
	broken bool
	breach time.Duration
	ended  time.Duration
	owed   bool

	results []sla.Result
}

type state int

const (
	none    state = iota
	waiting       // to be fulfilled
	done          // fulfilled
	failed        // cannot be fulfilled any longer
	fallen        // nobody waits for it
	asleep        // was fulfilled before it was promised
)

func (s *stepped) term() *sla.Term { return s.terms[s.class] }

func (s *stepped) solved() bool { return s.status >= ticket.Solved }

func (s *stepped) begin(at time.Duration) {
	s.state, s.start, s.used, s.within = waiting, at, 0, s.term().Within
	s.since, s.mark = at, 0
	s.broken, s.owed = false, false
}

// inRounds and reopens are the last column of the table of metrics.
func (s *stepped) inRounds() bool {
	switch s.metric {
	case sla.NextReply, sla.PeriodicUpdate, sla.PausableUpdate, sla.GroupOwnership:
		return true
	}
	return false
}

func (s *stepped) reopens() bool {
	switch s.metric {
	case sla.Resolution, sla.RequesterWait, sla.AgentWork, sla.GroupOwnership:
		return true
	}
	return false
}

// counts reports whether the clock counts in the present status.
func (s *stepped) counts() bool {
	if s.state != waiting || s.term().Pauses.Has(s.status) {
		return false
	}
	switch s.metric {
	case sla.PausableUpdate, sla.RequesterWait:
		return s.status != ticket.Pending
	case sla.AgentWork:
		return s.status == ticket.New || s.status == ticket.Open
	}
	return true
}

// fulfilled reports whether an event is what was promised.
func (s *stepped) fulfilled(kind ticket.EventKind) bool {
	answered := kind == ticket.Started && s.live()
	switch s.metric {
	case sla.FirstReply:
		return kind == ticket.Replied || answered
	case sla.Answer:
		return kind == ticket.Replied || kind == ticket.Started
	case sla.NextReply, sla.PeriodicUpdate, sla.PausableUpdate:
		return kind == ticket.Replied
	case sla.GroupOwnership:
		return kind == ticket.Assigned || kind == ticket.Started && s.term().Until == sla.Taken
	}
	return false
}

// theirs reports whether the promise is about the team that has the ticket.
func (s *stepped) theirs() bool { return s.term().Owner == 0 || s.term().Owner.Team() == s.team }

func (s *stepped) live() bool {
	for _, t := range s.terms {
		if t != nil && t.Live {
			return true
		}
	}
	return false
}

func (s *stepped) firstReply() bool { return s.replied || s.taken && s.live() }

// begins reports whether an event starts a clock or a round.
func (s *stepped) begins(kind ticket.EventKind) bool {
	switch s.metric {
	case sla.NextReply:
		return kind == ticket.Message && s.firstReply()
	case sla.PeriodicUpdate, sla.PausableUpdate:
		return kind == ticket.Replied
	case sla.GroupOwnership:
		return kind == ticket.Assigned && s.theirs()
	}
	return kind == ticket.Created
}

func (s *stepped) apply(e step) {
	if e.kind == ticket.Reclassified {
		s.reclassify(1 - s.class)
	}
	if s.exists || e.kind == ticket.Created {
		s.note(e)
	}
	if s.solved() && e.status < ticket.Solved {
		s.returned = e.at
		if s.handed {
			s.assigned = e.at
		}
		s.handed = false
	}
	s.status = e.status
	if s.term() != nil {
		s.tell(e)
	}
	if s.solved() {
		s.waits, s.updated, s.everSolved = false, false, s.everSolved || s.exists
	}
}

// note remembers what has happened to the ticket.
func (s *stepped) note(e step) {
	switch e.kind {
	case ticket.Created:
		s.exists, s.created = true, e.at
	case ticket.Message:
		if (s.replied || s.taken) && !s.waits && e.status < ticket.Solved {
			s.waits, s.asked = true, e.at
		}
	case ticket.Started:
		s.taken, s.seized = true, true
	case ticket.Replied:
		s.taken, s.replied, s.updated, s.waits, s.told = true, true, true, false, e.at
	case ticket.Assigned:
		s.grouped, s.assigned, s.handed = true, e.at, e.status >= ticket.Solved
		s.team, s.seized = e.team, false
	}
}

func (s *stepped) tell(e step) {
	switch s.state {
	case waiting:
		switch {
		case s.fulfilled(e.kind):
			s.stop(done, s.inRounds())
		case e.kind == ticket.Abandoned && s.metric == sla.Answer:
			short := s.counts() && s.term().ShortAbandon > 0 && s.mark+s.now-s.since <= s.term().ShortAbandon
			s.stop(map[bool]state{true: fallen, false: failed}[short], false)
		case e.kind == ticket.Abandoned, s.solved() && (s.metric == sla.FirstReply || s.metric == sla.Answer):
			s.stop(map[bool]state{true: done, false: fallen}[s.broken], s.inRounds() && !s.reopens())
		case s.solved():
			s.stop(done, !s.reopens())
		}
	case done, fallen, failed, asleep:
		s.after(e)
	}
	if s.metric == sla.GroupOwnership && e.kind == ticket.Assigned && !s.theirs() {
		s.owed = false
	}
	if s.state == none && (s.begins(e.kind) || s.owed) {
		switch {
		case !s.inRounds():
			s.begin(e.at)
			if s.solved() {
				s.state = map[bool]state{true: done, false: fallen}[s.reopens()]
				s.ended = s.now
			}
		case !s.solved():
			s.begin(e.at)
		case s.reopens():
			s.owed = true
		}
	}
}

// after is what happens to a promise that has ended.
func (s *stepped) after(e step) {
	switch {
	case s.metric == sla.GroupOwnership && e.kind == ticket.Assigned:
		s.report()
	case s.state == fallen && s.ended == s.now && s.fulfilled(e.kind) && !s.inRounds():
		s.state = done // of a reply and a solution at one instant the reply comes first
	case s.solved() || !s.reopens() || s.state == fallen || s.state == failed:
	case s.state == asleep || s.term().Reopen == sla.Resume:
		s.state = waiting
		s.within = s.term().Within
		s.adopt()
	case s.term().Reopen == sla.Reset:
		s.report()
		s.begin(e.at)
	}
}

// stop ends the round.
func (s *stepped) stop(to state, final bool) {
	s.state, s.ended = to, s.now
	if final {
		s.report()
	}
}

// report gives the verdict on a round that is over.
func (s *stepped) report() {
	s.judge()
	s.state = none
}

func (s *stepped) verdict() sla.Verdict {
	late := s.used > s.within || s.broken
	switch {
	case s.state == none, s.state == fallen, s.state == asleep:
		return sla.Unjudged
	case s.state == failed, s.state == done && late:
		return sla.Breached
	case s.state == done:
		return sla.Met
	case late:
		return sla.Overdue
	}
	return sla.Undecided
}

func (s *stepped) judge() {
	if v := s.verdict(); v != sla.Unjudged {
		s.results = append(s.results, sla.Result{
			Metric: s.metric, Owner: s.term().Owner, Until: s.term().Until, Policy: s.term().Policy, Verdict: v, Elapsed: s.used, Within: s.within,
			Kept: s.broken && s.used <= s.within, Reopen: s.term().Reopen,
		})
	}
}

// adopt breaks a promise at once whose new target is used up.
func (s *stepped) adopt() {
	if s.used > s.within && !s.broken {
		s.broken, s.breach = true, s.now
	}
}

// reclassify is the change of class, before its event is told.
func (s *stepped) reclassify(to int) {
	if s.mode == sla.Freeze {
		return
	}
	from := s.class
	old, next := s.terms[from], s.terms[to]
	switch {
	case old == nil && next == nil:
	case next == nil:
		switch v := s.verdict(); v {
		case sla.Overdue:
			s.judge()
			s.results[len(s.results)-1].Verdict = sla.Breached
		case sla.Met, sla.Breached:
			s.judge()
		}
		s.state, s.owed = none, false
	case old == nil:
		s.class = to
		s.appear()
	case s.state == waiting:
		s.retarget(from, to)
	}
	s.class = to
}

func (s *stepped) retarget(from, to int) {
	switch s.mode {
	case sla.RestartAtChange:
		s.used = 0
	case sla.BackDate:
		var before, after time.Duration
		for at := s.start; at < s.now; at += minute {
			if s.open[from](at) {
				before += minute
			}
			if s.open[to](at) {
				after += minute
			}
		}
		s.used = max(0, after-(before-s.used))
	}
	s.since, s.mark = s.now, s.used
	s.within = s.terms[to].Within
	s.adopt()
}

// appear begins a promise that is new.
func (s *stepped) appear() {
	start, active := s.created, s.exists && !s.solved()
	switch s.metric {
	case sla.FirstReply:
		active = active && !s.firstReply() && !s.everSolved
	case sla.Answer:
		active = active && !s.taken && !s.everSolved
	case sla.NextReply:
		start, active = s.asked, active && s.waits && s.firstReply()
	case sla.PeriodicUpdate, sla.PausableUpdate:
		start, active = s.told, active && s.updated
	case sla.GroupOwnership:
		start, active = s.assigned, active && s.ours()
	}
	if s.reopens() && s.terms[s.class].Reopen == sla.Reset {
		start = max(start, s.returned)
	}
	switch {
	case active && s.mode == sla.BackDate:
		s.begin(start)
		for at := start; at < s.now; at += minute {
			s.count(at)
		}
	case active:
		s.begin(s.now)
	case s.exists && !s.inRounds():
		s.state, s.used, s.broken = asleep, 0, false
	case s.exists && s.metric == sla.GroupOwnership && s.ours():
		s.owed = true
	}
}

// ours reports whether those whom the promise is about have the ticket, with something to do.
func (s *stepped) ours() bool {
	return s.grouped && s.theirs() && !(s.term().Until == sla.Taken && s.seized)
}

// count lets the promise run for a minute.
func (s *stepped) count(at time.Duration) {
	if !s.open[s.class](at) {
		return
	}
	if s.used == s.within && !s.broken {
		s.broken, s.breach = true, at
	}
	s.used += minute
}

// to counts on until an instant, whose events have been applied then.
func (s *stepped) to(at time.Duration) {
	for {
		for len(s.life) > 0 && s.life[0].at == s.now {
			s.apply(s.life[0])
			s.life = s.life[1:]
		}
		if s.now == at {
			return
		}
		if s.counts() {
			s.count(s.now)
		}
		s.now += minute
	}
}
