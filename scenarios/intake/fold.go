package intake

import (
	"bytes"
	"encoding/binary"
	"math"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// folder makes events of the facts of a ticket, one after the other, and hands them on to be
// put in the order of time.
type folder struct {
	in     *Intake
	events *extsort.Sorter
	record []byte

	id      uint64
	tickets []*life // of one ID: more than one only where hashes fall together

	sum     *Summary
	unknown [attributes]bool // a ticket was created of which this is not said
}

// life is how a ticket stands while its facts are read.
type life struct {
	source []byte
	id     ticket.ID
	born   bool // the creation has been handed on
	opened int64
	before stored // how it stood at its opening, as far as facts say what held until they changed it
	words  [attributes]uint32
	status ticket.Status
	said   bool // the message that opened it has been met
	open   bool // it has not been solved since it was opened or came back
	back   bool // it came back once

	at    int64  // of the last event
	tie   uint64 // which of the same instant goes first
	sub   uint16
	added uint64 // the latest row that was read, as it stood in the file
	file  int
	row   int     // of that one
	raw   int64   // the instant of the latest fact, as its row has it
	seen  []sight // rows of that instant
}

// sight is a row by which one that is there twice is known.
type sight struct {
	sum  uint64
	kind ticket.EventKind
}

// take takes the next fact in the order of ticket, creation first, and time.
func (f *folder) take(s *stored) error {
	l := f.life(s)
	at := Place{f.in.files[s.file], s.row}
	if s.flags&flagUntil != 0 {
		l.before.fill(s)
		return nil
	}
	if !l.born {
		return f.birth(l, s, at)
	}
	if s.flags&flagOpened != 0 && s.opened != l.opened || s.created && s.at != l.opened {
		f.in.Odd(TwoOpenings, "", at)
	}
	if s.created {
		return nil // the earliest counts, which came before
	}
	return f.happens(l, s, at)
}

// life is that of the fact's ticket.
func (f *folder) life(s *stored) *life {
	if s.id != f.id || len(f.tickets) == 0 {
		f.id, f.tickets = s.id, f.tickets[:0]
	}
	for _, l := range f.tickets {
		if bytes.Equal(l.source, s.source) {
			return l
		}
	}
	l := &life{}
	if n := len(f.tickets); n < cap(f.tickets) && f.tickets[:n+1][n] != nil {
		l = f.tickets[:n+1][n] // of a ticket before
	}
	*l = life{source: append(l.source[:0], s.source...), seen: l.seen[:0], id: ticket.ID(s.id) + ticket.ID(len(f.tickets))}
	f.tickets = append(f.tickets, l)
	return l
}

// birth creates the ticket with its first fact.
func (f *folder) birth(l *life, s *stored, at Place) error {
	if s.created {
		s.fill(&l.before)
		l.before = *s
	} else {
		l.before.fillWords(s)
	}
	l.born, l.words, l.open = true, l.before.words, true
	l.words[team], l.words[agent] = 0, 0
	l.opened, l.tie = s.at, s.added
	switch {
	case s.created:
	case s.flags&flagOpened != 0:
		l.opened = s.opened
	default:
		f.in.Odd(NoOpening, "", at)
	}
	for kind := range unsaid {
		f.unknown[kind] = f.unknown[kind] || l.words[kind] == 0
	}
	f.sum.count(l)
	l.at = l.opened
	if l.before.flags&flagStatus != 0 {
		l.status = l.before.status
	}
	l.added, l.file, l.row, l.raw = s.added, s.file, s.row, s.at
	if err := f.give(l, ticket.Created, l.opened, s.added, 0); err != nil {
		return err
	}
	if s.created {
		l.seen = append(l.seen[:0], sight{s.sum, s.kind})
		return f.assign(l, s, l.opened)
	}
	first := *s
	first.words[team], first.words[agent] = l.before.words[team], 0
	if err := f.assign(l, &first, l.opened); err != nil {
		return err
	}
	return f.happens(l, s, at)
}

// fill takes over what is not said yet.
func (s *stored) fill(other *stored) {
	s.fillWords(other)
	if s.flags&flagStatus == 0 && other.flags&flagStatus != 0 {
		s.status, s.flags = other.status, s.flags|flagStatus
	}
}

func (s *stored) fillWords(other *stored) {
	for kind, n := range other.words {
		if s.words[kind] == 0 {
			s.words[kind] = n
		}
	}
}

// happens takes a fact that is not the ticket's creation.
func (f *folder) happens(l *life, s *stored, at Place) error {
	when := s.at
	if when < l.opened {
		when = l.opened
		if s.flags&flagStatus != 0 && s.status >= ticket.Solved {
			f.in.Odd(Negative, "", at)
		} else {
			f.in.Odd(BeforeOpening, "", at)
		}
	}
	if s.flags&flagOpens != 0 && s.at <= l.opened && (s.kind != ticket.Message || !l.said) {
		l.said = l.said || s.kind == ticket.Message
		return nil
	}
	if f.twice(l, s, at) {
		return nil
	}
	given := f.sum.Events
	if err := f.reclassify(l, s, when); err != nil {
		return err
	}
	if err := f.assign(l, s, when); err != nil {
		return err
	}
	before := l.status
	l.status = after(l.status, s)
	f.countStatus(l, before, at)
	if s.kind == ticket.StatusSet && l.status == before {
		if f.sum.Events > given || s.flags&flagSilent != 0 {
			return nil
		}
		f.in.Odd(NoChange, "", at)
		return f.give(l, ticket.Noted, when, s.added, s.words[agent])
	}
	return f.give(l, s.kind, when, s.added, s.words[agent])
}

// twice reports a row that is there twice, and keeps track of the order of the file.
func (f *folder) twice(l *life, s *stored, at Place) bool {
	if s.at != l.raw {
		l.raw, l.seen = s.at, l.seen[:0]
	}
	mine := sight{s.sum, s.kind}
	for _, other := range l.seen {
		if s.sum != 0 && other == mine {
			f.in.Odd(Duplicate, "", at)
			return true
		}
	}
	if s.file == l.file && s.added < l.added && (s.row == 0 || s.row < l.row) { // one row may tell of several times, and a file may be read in several turns
		f.in.Odd(Backwards, "", at)
	}
	if s.file == l.file && len(l.seen) > 0 {
		same := false // what one row says of one instant is no tie
		for _, other := range l.seen {
			same = same || s.sum != 0 && other.sum == s.sum
		}
		if !same {
			f.in.Odd(SameInstant, "", at)
		}
	}
	if s.file != l.file || s.added >= l.added {
		l.row = s.row
	}
	l.added, l.file = max(l.added, s.added), s.file
	if len(l.seen) < 64 {
		l.seen = append(l.seen, mine)
	}
	return false
}

// after is the status after a fact.
func after(before ticket.Status, s *stored) ticket.Status {
	if s.flags&flagStatus != 0 {
		return s.status
	}
	switch s.kind {
	case ticket.Message:
		if before != ticket.New {
			return ticket.Open
		}
	case ticket.Replied, ticket.Started:
		if before == ticket.New {
			return ticket.Open
		}
	case ticket.Abandoned:
		return ticket.Closed
	}
	return before
}

// countStatus counts what becomes of the ticket.
func (f *folder) countStatus(l *life, before ticket.Status, at Place) {
	switch {
	case l.status >= ticket.Solved && before < ticket.Solved:
		l.open = false
	case l.status == ticket.Closed && before == ticket.Solved:
		f.in.Odd(LaterClosed, "", at)
	case l.status < ticket.Solved && !l.open:
		l.open = true
		if !l.back {
			l.back = true
			f.sum.Reopened++
		}
	}
}

// reclassify tells of a change of what the rules of a desk can see.
func (f *folder) reclassify(l *life, s *stored, when int64) error {
	changed := false
	for kind := channel; kind <= account; kind++ {
		if n := s.words[kind]; n != 0 && n != l.words[kind] {
			l.words[kind], changed = n, true
		}
	}
	if !changed {
		return nil
	}
	return f.give(l, ticket.Reclassified, when, s.added, s.words[agent])
}

// assign tells of another team.
func (f *folder) assign(l *life, s *stored, when int64) error {
	if n := s.words[team]; n == 0 || n == l.words[team] {
		return nil
	}
	l.words[team] = s.words[team]
	return f.give(l, ticket.Assigned, when, s.added, s.words[agent])
}

// give hands an event on. Events of one instant stay in the order of the file, and those of a
// ticket in the order in which they are given.
func (f *folder) give(l *life, kind ticket.EventKind, when int64, added uint64, who uint32) error {
	if when == l.at {
		l.tie = max(l.tie, added)
		if kind == ticket.Created {
			l.tie = added
		}
	} else {
		l.at, l.tie, l.sub = when, added, 0
	}
	if l.sub < math.MaxUint16 {
		l.sub++
	}
	f.sum.Events++
	f.sum.span(when)
	b := binary.BigEndian.AppendUint64(f.record[:0], uint64(when+1<<62))
	b = binary.BigEndian.AppendUint64(b, l.tie<<16|uint64(l.sub)) // so that sixteen bytes settle all: no two tickets share a row
	b = binary.BigEndian.AppendUint64(b, uint64(l.id))
	b = append(b, byte(kind), byte(l.status))
	for kind := channel; kind <= account; kind++ {
		b = binary.AppendUvarint(b, uint64(l.words[kind]))
	}
	responsible := uint32(0)
	switch kind {
	case ticket.Started, ticket.Replied, ticket.Returned, ticket.Noted, ticket.Assigned:
		responsible = l.words[team]
	}
	b = binary.AppendUvarint(b, uint64(responsible))
	b = binary.AppendUvarint(b, uint64(who))
	f.record = append(b, l.source...)
	return f.events.Add(f.record)
}
