package sla_test

import (
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// TestMain fixes the seed of the property tests, so that a run repeats the last
// one; -rapid.seed on the command line still tries another.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// The clocks change in the days after these starts: forward and back, by an hour
// and by half an hour, in the north and in the south; one zone has never minded.
var origins = []struct{ zone, start string }{
	{"UTC", "2026-03-02 00:00"},
	{"America/New_York", "2026-03-06 11:00"},
	{"America/New_York", "2026-10-30 22:15"},
	{"Europe/Berlin", "2026-03-27 00:00"},
	{"Europe/Berlin", "2026-10-23 07:30"},
	{"Australia/Lord_Howe", "2026-04-03 00:00"},
	{"Australia/Lord_Howe", "2026-10-02 13:45"},
	{"Asia/Kathmandu", "2026-03-02 09:00"},
}

const (
	// horizon is how far events reach; the stepped clock goes on for as long again.
	horizon  = 6 * 24 * hour
	farthest = 2 * horizon
)

// drawCalendar draws a weekly calendar with gaps, nights, breaks and closed days.
func drawCalendar(t *rapid.T, z *time.Location, first calendar.Date) *calendar.Calendar {
	if rapid.IntRange(0, 9).Draw(t, "always") == 0 {
		return calendar.Always(z)
	}
	c := &calendar.Calendar{Name: "drawn", Zone: z}
	for d := range c.Week {
		if rapid.IntRange(0, 3).Draw(t, "closed weekday") == 0 {
			continue
		}
		from := rapid.IntRange(0, 1439).Draw(t, "opens")
		c.Week[d] = append(c.Week[d], calendar.Span{From: from, To: rapid.IntRange(from+1, min(from+1440, 2880)).Draw(t, "closes")})
	}
	if rapid.Bool().Draw(t, "has a break") {
		from := rapid.IntRange(0, 1438).Draw(t, "break from")
		c.Breaks = []calendar.Span{{From: from, To: rapid.IntRange(from+1, 1440).Draw(t, "break to")}}
	}
	for range rapid.IntRange(0, 2).Draw(t, "closed days") {
		if c.Closed == nil {
			c.Closed = map[calendar.Date]bool{}
		}
		c.Closed[first.AddDays(rapid.IntRange(0, 12).Draw(t, "closed day"))] = true
	}
	return c
}

// drawLife draws a life that a help desk might record: not only one that the
// simulator would make.
func drawLife(t *rapid.T) []step {
	n := rapid.IntRange(0, 9).Draw(t, "events")
	times := make([]int, n+1)
	for i := range times {
		times[i] = rapid.IntRange(0, int(horizon/minute)).Draw(t, "minute")
	}
	slices.Sort(times)
	life := []step{created(time.Duration(times[0]) * minute)}
	for _, at := range times[1:] {
		s := step{at: time.Duration(at) * minute}
		s.kind = rapid.SampledFrom([]ticket.EventKind{ticket.Message, ticket.Started, ticket.Replied, ticket.Returned, ticket.StatusSet}).Draw(t, "kind")
		s.status = rapid.SampledFrom([]ticket.Status{ticket.New, ticket.Open, ticket.Pending, ticket.OnHold, ticket.Solved}).Draw(t, "status")
		life = append(life, s)
	}
	return life
}

// stepped is a clock without arithmetic: it looks at the calendar minute by minute
// and counts the minutes in which the promise runs.
type stepped struct {
	term  sla.Term
	open  func(at time.Duration) bool
	life  []step
	used  time.Duration
	now   time.Duration
	state ticket.Status
	runs  bool // the promise waits to be fulfilled
	void  bool
}

func (s *stepped) apply(e step) {
	s.state = e.status
	ended := e.status >= ticket.Solved
	switch {
	case e.kind == ticket.Created:
		s.runs = true
	case s.term.Metric == sla.Resolution:
		s.runs = !ended
	case s.runs && e.kind == ticket.Replied:
		s.runs = false
	case s.runs && ended:
		s.runs, s.void = false, s.used <= s.term.Within
	}
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
		if s.running() && s.open(s.now) {
			s.used += minute
		}
		s.now += minute
	}
}

func (s *stepped) running() bool { return s.runs && !s.term.Pauses.Has(s.state) }

func (s *stepped) verdict() sla.Verdict {
	late := s.used > s.term.Within
	switch {
	case s.void:
		return sla.Unjudged
	case !s.runs && late:
		return sla.Breached
	case !s.runs:
		return sla.Met
	case late:
		return sla.Overdue
	}
	return sla.Undecided
}

func TestClockEqualsOneThatIsSteppedMinuteByMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.SampledFrom(origins).Draw(t, "origin")
		z, err := time.LoadLocation(o.zone)
		if err != nil {
			t.Fatal(err)
		}
		origin, err := time.ParseInLocation("2006-01-02 15:04", o.start, z)
		if err != nil {
			t.Fatal(err)
		}
		line := drawCalendar(t, z, calendar.DateOf(origin)).On(calendar.Axis{Origin: origin}, horizon)
		m := sla.Term{
			Metric: rapid.SampledFrom([]sla.Metric{sla.FirstReply, sla.Resolution}).Draw(t, "metric"),
			Within: time.Duration(rapid.IntRange(1, 48*60).Draw(t, "within, minutes")) * minute,
			Line:   line,
			Pauses: sla.StatusSet(rapid.IntRange(0, 1<<ticket.Solved-1).Draw(t, "pauses")),
		}
		life := drawLife(t)
		judged := max(life[len(life)-1].at, time.Duration(rapid.IntRange(0, int(horizon/minute)).Draw(t, "judged"))*minute)

		c := live(&m, life)
		s := stepped{term: m, open: line.Open, life: life}
		s.to(judged)
		verdict, elapsed := c.Judge(&m, judged)
		wantElapsed := s.used
		if s.void {
			wantElapsed = 0
		}
		if verdict != s.verdict() || elapsed != wantElapsed {
			t.Fatalf("judged %d after %v, stepped %d after %v", verdict, elapsed, s.verdict(), wantElapsed)
		}
		if c.Running() != s.running() {
			t.Fatalf("running %v, stepped %v", c.Running(), s.running())
		}
		checkDue(t, &c, &m, &s)
	})
}

// checkDue holds the due instant of a clock that is still waited for to the
// stepped clock, which goes on without a pause until the target is used up.
func checkDue(t *rapid.T, c *sla.Clock, m *sla.Term, s *stepped) {
	if !s.runs || s.used >= m.Within {
		return
	}
	s.term.Pauses = 0
	due, ok := c.Due(m, s.now)
	for s.now < farthest && s.used < m.Within {
		s.to(s.now + minute)
	}
	switch {
	case s.used == m.Within && (!ok || due != s.now):
		t.Fatalf("due at %v, stepped %v", due, s.now)
	case s.used < m.Within && ok && due <= farthest:
		t.Fatalf("due at %v, stepped not until %v", due, farthest)
	}
}

// However a life is cut into events that change nothing, the clock shows the same.
func TestEventsThatChangeNothingChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		life := drawLife(t)
		m := sla.Term{
			Metric: rapid.SampledFrom([]sla.Metric{sla.FirstReply, sla.Resolution}).Draw(t, "metric"),
			Within: 7 * hour, Line: always(), Pauses: pauses(ticket.Pending, ticket.OnHold),
		}
		at := rapid.IntRange(0, len(life)-1).Draw(t, "after event")
		when := life[at].at
		if at+1 < len(life) {
			when += (life[at+1].at - when) / 2
		}
		more := slices.Insert(slices.Clone(life), at+1, set(when, life[at].status))
		a, b := live(&m, life), live(&m, more)
		va, ea := a.Judge(&m, farthest)
		vb, eb := b.Judge(&m, farthest)
		if va != vb || ea != eb {
			t.Fatalf("judged %d after %v, with a further event %d after %v", va, ea, vb, eb)
		}
	})
}
