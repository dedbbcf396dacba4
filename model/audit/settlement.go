package audit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Settlement is a contract and what it pays back, period by period.
type Settlement struct {
	*contract.Contract
	// Others says that it covers tickets of other accounts too, which are in its counts.
	Others bool
	Lines  []Line
	// Total is what is due in all, Plain what would be without exceptions.
	Total, Plain contract.Money

	spans             []contract.Span
	meter             *contract.Meter
	due, plain, worst [][]contract.Tally // by period and level
	clocks            []contract.Clock   // of one ticket, to be counted
}

// Line is one period of a contract.
type Line struct {
	contract.Span
	Due   contract.Line // with exceptions applied
	Plain contract.Line // without them
	// Worst is what would be due if every clock that is still open and not yet late ended just late, and
	// Undecided how many these are, in all levels.
	Worst     contract.Line
	Undecided int64
}

// Counts are the met and judged clocks of all levels, with exceptions applied.
func (l *Line) Counts() (met, judged int64) {
	for i := range l.Due.Levels {
		met, judged = met+l.Due.Levels[i].Met, judged+l.Due.Levels[i].Judged
	}
	return met, judged
}

// pledge is a clock as contracts see it.
type pledge struct {
	contract.Clock
	class  ticket.Class
	excuse Excuse
}

func newSettlement(k *contract.Contract, spans []contract.Span) Settlement {
	s := Settlement{Contract: k, spans: spans, meter: contract.NewMeter(k)}
	for range spans {
		s.due, s.plain, s.worst = append(s.due, s.meter.Tallies()), append(s.plain, s.meter.Tallies()), append(s.worst, s.meter.Tallies())
	}
	return s
}

// enter counts the clocks of a ticket that was created at an instant, and reports whether there were any that the
// contract is about.
func (s *Settlement) enter(created time.Duration, clocks []pledge) bool {
	if len(s.spans) == 0 {
		return false
	}
	k := spanOf(s.spans, created)
	count := func(ts []contract.Tally, of func(p *pledge) (contract.Clock, bool)) bool {
		s.clocks = s.clocks[:0]
		for i := range clocks {
			p := &clocks[i]
			if !s.meter.Judges(p.Metric) || !s.Match.Matches(p.class) {
				continue
			}
			if c, ok := of(p); ok {
				s.clocks = append(s.clocks, c)
			}
		}
		s.meter.Count(ts, s.clocks)
		return len(s.clocks) > 0
	}
	some := count(s.plain[k], func(p *pledge) (contract.Clock, bool) { return p.Clock, true })
	count(s.due[k], (*pledge).forCredit)
	count(s.worst[k], func(p *pledge) (contract.Clock, bool) {
		c, ok := p.forCredit()
		if ok && (c.Verdict == sla.Undecided || c.Verdict == sla.Overdue) {
			c = s.justLate(c)
		}
		return c, ok
	})
	return some
}

// forCredit is the clock with exceptions applied, and false if no credit is worked out from it.
func (p *pledge) forCredit() (contract.Clock, bool) {
	c := p.Clock
	c.Relaxed = p.excuse.Factor
	return c, !p.excuse.Excluded && !p.excuse.Suspended
}

// justLate is an open clock as it will be if it ends late by every limit that it has not yet passed.
func (s *Settlement) justLate(c contract.Clock) contract.Clock {
	limit := c.Within
	for i := range s.Levels {
		if s.Levels[i].Metric == c.Metric {
			limit = max(limit, s.Levels[i].Within)
		}
	}
	if c.Relaxed > 1 {
		limit = time.Duration(c.Relaxed * float64(limit))
	}
	c.Verdict, c.Elapsed = sla.Breached, max(c.Elapsed, limit+1)
	return c
}

// settle works the credits out from the counts.
func (s *Settlement) settle() {
	due, plain, worst := s.Settle(s.spans, s.due), s.Settle(s.spans, s.plain), s.Settle(s.spans, s.worst)
	s.Total, s.Plain = due.Total, plain.Total
	s.Lines = make([]Line, len(s.spans))
	for i, span := range s.spans {
		s.Lines[i] = Line{Span: span, Due: due.Lines[i], Plain: plain.Lines[i], Worst: worst.Lines[i]}
		for k := range s.Levels {
			s.Lines[i].Undecided += s.worst[i][k].Judged - s.due[i][k].Judged
		}
	}
}

// Settle works the credits of all contracts out, by their clocks in the ledger.
func (l *Ledger) Settle() []Settlement {
	var out []Settlement
	var clocks []pledge
	for i := range l.Scenario.Contracts {
		k := &l.Scenario.Contracts[i]
		set := newSettlement(k, l.Periods(k.Period))
		// The clocks of a ticket stand together.
		for rest := l.Entries; len(rest) > 0; {
			n := slices.IndexFunc(rest, func(e Entry) bool { return e.Ticket != rest[0].Ticket })
			if n < 0 {
				n = len(rest)
			}
			clocks = clocks[:0]
			for j := range rest[:n] {
				e := &rest[j]
				clocks = append(clocks, pledge{contract.Clock{Metric: e.Metric, Verdict: e.Verdict, Elapsed: e.Elapsed, Within: e.Within}, e.Class, e.Excuse})
			}
			set.enter(rest[0].Created, clocks)
			rest = rest[n:]
		}
		set.settle()
		out = append(out, set)
	}
	return out
}
