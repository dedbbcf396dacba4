package sla_test

import (
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// TestMain fixes the seed of the property tests, so that a run repeats the last
// one, and how many lives are drawn: there are many ways to combine. -rapid.seed and
// -rapid.checks on the command line still say otherwise.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.seed": "1", "rapid.checks": "4000"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
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
	// Midnight does not exist, and comes twice.
	{"America/Sao_Paulo", "2018-11-02 00:00"},
	{"America/Sao_Paulo", "2018-02-15 18:00"},
	// A day that was left out, 30 December.
	{"Pacific/Apia", "2011-12-28 08:00"},
	// Ramadan begins, and ends: the clock goes back and forward.
	{"Africa/Casablanca", "2026-02-13 09:00"},
	{"Africa/Casablanca", "2026-03-20 09:00"},
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

// kindsOfEvents are those after the first, the likely ones more often.
var kindsOfEvents = []ticket.EventKind{
	ticket.Message, ticket.Message, ticket.Started, ticket.Replied, ticket.Replied, ticket.Returned, ticket.StatusSet,
	ticket.StatusSet, ticket.Noted, ticket.Assigned, ticket.Assigned, ticket.Reclassified, ticket.Reclassified, ticket.Abandoned,
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
	if rapid.IntRange(0, 19).Draw(t, "born solved") == 0 {
		life[0].status = ticket.Solved
	}
	for _, at := range times[1:] {
		s := step{at: time.Duration(at) * minute}
		s.kind = rapid.SampledFrom(kindsOfEvents).Draw(t, "kind")
		s.status = rapid.SampledFrom([]ticket.Status{ticket.New, ticket.Open, ticket.Pending, ticket.OnHold, ticket.Solved}).Draw(t, "status")
		switch s.kind {
		case ticket.Abandoned:
			s.status = ticket.Closed
		case ticket.Assigned:
			s.team = ticket.Team(rapid.IntRange(int(ticket.NoTeam), 1).Draw(t, "team"))
		}
		life = append(life, s)
	}
	return life
}

// A case is the rules for one metric and the life of a ticket under them.
type propertyCase struct {
	rules  sla.Rules
	lines  []*calendar.Timeline
	metric sla.Metric
	live   bool
	life   []step
	judged time.Duration
}

// terms are those of a class, which is its priority.
func (p *propertyCase) terms(class int) sla.Terms {
	lines := make([]sla.Line, len(p.lines))
	for i := range lines {
		lines[i] = p.lines[i]
	}
	short := time.Duration(0)
	if p.live {
		short = 3 * minute
	}
	return p.rules.Terms(ticket.Class{Priority: ticket.Priority(class)}, lines, p.live, short)
}

// drawCase draws two classes, under one policy or under one each, with a target for
// the metric or with best effort.
func drawCase(t *rapid.T) *propertyCase {
	o := rapid.SampledFrom(origins).Draw(t, "origin")
	z, err := time.LoadLocation(o.zone)
	if err != nil {
		t.Fatal(err)
	}
	origin, err := time.ParseInLocation("2006-01-02 15:04", o.start, z)
	if err != nil {
		t.Fatal(err)
	}
	p := &propertyCase{metric: sla.Metric(rapid.IntRange(0, int(sla.Metrics)-1).Draw(t, "metric"))}
	for range 2 {
		p.lines = append(p.lines, drawCalendar(t, z, calendar.DateOf(origin)).On(calendar.Axis{Origin: origin}, horizon))
	}
	p.live = p.metric == sla.Answer || rapid.Bool().Draw(t, "live")
	p.rules.Resolve = sla.Resolve(rapid.IntRange(0, 1).Draw(t, "resolve"))
	p.rules.Change = sla.Change(rapid.IntRange(0, int(sla.BackDate)).Draw(t, "change"))
	target := sla.Target{
		Metric:   p.metric,
		Reopen:   sla.Reopen(rapid.IntRange(0, int(sla.Ignore)).Draw(t, "reopen")),
		Boundary: sla.Boundary(rapid.IntRange(0, int(sla.NextOpen)).Draw(t, "boundary")),
	}
	if p.metric.Owned() {
		target.Owner = sla.OwnedBy(ticket.Team(rapid.IntRange(int(ticket.NoTeam), 1).Draw(t, "owner")))
		target.Until = sla.Until(rapid.IntRange(0, int(sla.Taken)).Draw(t, "until"))
	}
	// The state machine does not ask whether a metric may pause; only nobody
	// pauses in the queue of a live channel.
	statuses := 1<<ticket.Solved - 1
	if p.metric == sla.Answer {
		statuses = 0
	}
	target.Pauses = sla.StatusSet(rapid.IntRange(0, statuses).Draw(t, "pauses"))
	for range 2 {
		within := sla.None
		if rapid.IntRange(0, 4).Draw(t, "best effort") > 0 {
			within = time.Duration(rapid.IntRange(1, 48*60).Draw(t, "within, minutes")) * minute
		}
		target.Within = append(target.Within, within)
	}
	p.rules.Policies = []sla.Policy{{Targets: []sla.Target{target}}}
	if rapid.Bool().Draw(t, "two policies") {
		p.rules.Policies[0].Match.Priorities = []ticket.Priority{0}
		target.Pauses = sla.StatusSet(rapid.IntRange(0, statuses).Draw(t, "pauses of the second"))
		p.rules.Policies = append(p.rules.Policies, sla.Policy{
			Calendar: 1, Match: sla.Match{Priorities: []ticket.Priority{1}}, Targets: []sla.Target{target},
		})
	}
	p.life = drawLife(t)
	p.judged = max(p.life[len(p.life)-1].at, time.Duration(rapid.IntRange(0, int(horizon/minute)).Draw(t, "judged"))*minute)
	return p
}

// play runs the clocks through the life and gives all verdicts, and the terms and
// clocks at its end.
func (p *propertyCase) play() ([]sla.Result, sla.Terms, []sla.Clock) {
	class := 0
	terms := p.terms(class)
	clocks := make([]sla.Clock, len(terms))
	var past sla.Past
	var results []sla.Result
	for _, e := range p.life {
		if e.kind == ticket.Reclassified && p.rules.Change != sla.Freeze {
			class = 1 - class
			next := p.terms(class)
			to := make([]sla.Clock, len(next))
			results = terms.Change(clocks, next, to, &past, p.rules.Change, e.at, results)
			terms, clocks = next, to
		}
		past.Apply(e.kind, e.status, e.team, e.at)
		if terms.Apply(clocks, e.kind, e.status, e.team, e.at) {
			results = terms.Take(clocks, e.at, results)
		}
	}
	return terms.Judge(clocks, p.judged, results), terms, clocks
}

// step is the stepped clock of the case, at its end.
func (p *propertyCase) step() *stepped {
	s := &stepped{metric: p.metric, mode: p.rules.Change, life: p.life}
	for class := range s.terms {
		if terms := p.terms(class); len(terms) > 0 {
			s.terms[class] = &terms[0]
			s.open[class] = p.lines[p.rules.Policies[terms[0].Policy].Calendar].Open
		}
	}
	s.to(p.judged)
	return s
}

func TestClocksEqualThoseThatAreSteppedMinuteByMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawCase(t)
		results, terms, clocks := p.play()
		s := p.step()
		state := s.verdict()
		s.judge()
		if diff := cmp.Diff(s.results, results, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%v of the life %v, judged at %v (-stepped +clock):\n%s", p.metric, p.life, p.judged, diff)
		}
		if len(terms) == 0 {
			return
		}
		c, m := clocks[0], terms[0]
		if c.Running() != s.counts() {
			t.Fatalf("running %v, stepped %v", c.Running(), s.counts())
		}
		checkBreach(t, &c, &m, s, state)
		checkDue(t, &c, &m, s, p)
	})
}

// checkBreach holds the instant of a breach to the stepped clock. With BackDate it is
// known no better than to the stretch.
func checkBreach(t *rapid.T, c *sla.Clock, m *sla.Term, s *stepped, v sla.Verdict) {
	at, is := c.Breach(m, s.now)
	switch {
	case is != (v == sla.Breached || v == sla.Overdue):
		t.Fatalf("breached %v, stepped verdict %v", is, v)
	case !is || s.state == failed && !s.broken:
	case s.mode == sla.BackDate:
		if at > s.now {
			t.Fatalf("breached at %v, after %v", at, s.now)
		}
	case at != s.breach:
		t.Fatalf("breached at %v, stepped %v", at, s.breach)
	}
}

// checkDue holds the due instant of a clock that is still waited for, and its warning,
// to the stepped clock, which goes on without a pause until the target is used up.
func checkDue(t *rapid.T, c *sla.Clock, m *sla.Term, s *stepped, p *propertyCase) {
	if s.state != waiting || s.broken || s.used >= s.within {
		return
	}
	half := sla.Mark{Offset: s.used + (s.within-s.used)/2/minute*minute, Share: 0}
	warning, warns := c.Reach(m, half)
	if warns && !c.Running() {
		t.Fatalf("warns at %v although it does not run", warning)
	}
	due, ok := c.Due(m, s.now)
	open := s.open[s.class]
	for ; s.now < farthest && s.used < s.within; s.now += minute {
		if s.used == half.Offset && c.Running() && s.used > 0 && open(s.now) {
			if at, _ := p.lines[p.rules.Policies[m.Policy].Calendar].NextOpen(warning); !warns || at != s.now {
				t.Fatalf("warning %v at %v, stepped %v", warns, warning, s.now)
			}
		}
		s.count(s.now)
	}
	want := s.now
	for m.Boundary == sla.NextOpen && want < farthest && !open(want) {
		want += minute
	}
	switch {
	case want == farthest:
	case s.used == s.within && (!ok || due != want):
		t.Fatalf("due at %v, stepped %v", due, want)
	case s.used < s.within && ok && due <= farthest:
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
