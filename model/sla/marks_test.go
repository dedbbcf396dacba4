package sla_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestWarnings(t *testing.T) {
	t.Parallel()
	m := within(sla.Resolution, 4*hour)[0]
	for _, r := range []struct {
		name string
		life []step
		mark sla.Mark
		want time.Duration
	}{
		{"by default at three quarters: of four hours at three", []step{created(0)}, sla.Mark{}, 3 * hour},
		{"at half", []step{created(0)}, sla.Mark{Share: 0.5}, 2 * hour},
		{"half an hour before due", []step{created(0)}, sla.Mark{Share: 1, Offset: -30 * minute}, 3*hour + 30*minute},
		{"an hour after due", []step{created(0)}, sla.Mark{Share: 1, Offset: hour}, 5 * hour},
		{"pauses put it off", []step{created(0), asked(hour), message(20 * hour)}, sla.Mark{}, 22 * hour},
		{"one that was passed is due at once", []step{created(0), asked(3*hour + minute), message(20 * hour)}, sla.Mark{}, 20 * hour},
		{"before the beginning means at the beginning", []step{created(hour)}, sla.Mark{Share: 1, Offset: -9 * hour}, hour},
		{"none while the clock is paused", []step{created(0), asked(hour)}, sla.Mark{}, never},
		{"none once it has stopped", []step{created(0), solved(hour)}, sla.Mark{}, never},
		{"none before it has started", nil, sla.Mark{}, never},
	} {
		c := live(&m, r.life)
		at, ok := c.Reach(&m, r.mark)
		if !ok {
			at = never
		}
		if at != r.want {
			t.Errorf("%s: at %v, want %v", r.name, at, r.want)
		}
	}
}

// Elapsed share is share of the clock's own time: of four business hours from Friday 16:00,
// three are over on Monday at 11:00, half an hour before due is Monday 11:30, and an hour after is
// 13:00.
func TestWarningsCountInTheClocksOwnTime(t *testing.T) {
	t.Parallel()
	const friday, monday = 4 * 24 * hour, 7 * 24 * hour
	m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: on(officeHours(time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))}
	c := live(&m, []step{created(friday + 16*hour)})
	for _, r := range []struct {
		mark sla.Mark
		want time.Duration
	}{
		{sla.Mark{}, monday + 11*hour},
		{sla.Mark{Share: 0.25}, friday + 17*hour},
		{sla.Mark{Share: 1, Offset: -30 * minute}, monday + 11*hour + 30*minute},
		{sla.Mark{Share: 1, Offset: hour}, monday + 13*hour},
	} {
		if at, ok := c.Reach(&m, r.mark); !ok || at != r.want {
			t.Errorf("%+v: at %v, %v, want %v", r.mark, at, ok, r.want)
		}
	}
}

func TestEachWarningFiresOnce(t *testing.T) {
	t.Parallel()
	terms := append(within(sla.FirstReply, 2*hour), within(sla.NextReply, 4*hour)...)
	terms[1].Warn = sla.Mark{Share: 0.25}
	ladder := []sla.Mark{{Share: 1, Offset: hour}}
	clocks := make([]sla.Clock, len(terms))
	apply := func(steps ...step) {
		for _, s := range steps {
			if terms.Apply(clocks, s.kind, s.status, s.team, s.at) {
				terms.Take(clocks, s.at, nil)
			}
		}
	}
	type warning struct {
		At         time.Duration
		Term, Mark int
	}
	// all fires whatever comes.
	all := func() (out []warning) {
		for {
			at, term, mark, ok := terms.NextReach(clocks, ladder)
			if !ok {
				return out
			}
			out = append(out, warning{at, term, mark})
			clocks[term].Fire(mark)
		}
	}
	for _, r := range []struct {
		name  string
		steps []step
		want  []warning
	}{
		{"the warning, then the escalation", []step{created(0)}, []warning{{90 * minute, 0, 0}, {3 * hour, 0, 1}}},
		{"neither comes again", []step{started(4 * hour)}, nil},
		{"the next reply has its own", []step{asked(5 * hour), message(10 * hour)}, []warning{{11 * hour, 1, 0}, {15 * hour, 1, 1}}},
		{"once in a round, paused or not", []step{set(12*hour, ticket.Pending), message(20 * hour)}, nil},
		{"and again in the next", []step{asked(21 * hour), message(30 * hour)}, []warning{{31 * hour, 1, 0}, {35 * hour, 1, 1}}},
	} {
		apply(r.steps...)
		if diff := cmp.Diff(r.want, all()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.name, diff)
		}
	}
}

func TestAChangeKeepsWarningsUnlessItRestartsTheClock(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		mode sla.Change
		want bool
	}{{sla.CarryElapsed, true}, {sla.BackDate, true}, {sla.RestartAtChange, false}} {
		old, next := within(sla.Resolution, 8*hour), within(sla.Resolution, 4*hour)
		c := live(&old[0], []step{created(0)})
		c.Fire(0)
		c.Retarget(&old[0], &next[0], r.mode, 0, 7*hour)
		if c.Fired(0) != r.want {
			t.Errorf("%v: fired %v", r.mode, c.Fired(0))
		}
	}
}

func TestBoundary(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	const friday, monday = 4 * 24 * hour, 7 * 24 * hour
	for _, r := range []struct {
		name     string
		boundary sla.Boundary
		created  time.Duration
		due      time.Duration
		breach   time.Duration
	}{
		{"a target that is used up as the office closes is due then", sla.AtClose, friday + 13*hour, friday + 17*hour, monday + 9*hour},
		{"or when it opens again, as the option says", sla.NextOpen, friday + 13*hour, monday + 9*hour, monday + 9*hour},
		{"inside the hours it makes no difference", sla.NextOpen, friday + 12*hour, friday + 16*hour, friday + 16*hour},
	} {
		m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: on(officeHours(time.UTC), origin), Boundary: r.boundary}
		c := live(&m, []step{created(r.created)})
		if due, ok := c.Due(&m, r.created); !ok || due != r.due {
			t.Errorf("%s: due at %v, want %v", r.name, due, r.due)
		}
		if at, broken := c.Breach(&m, r.breach); broken {
			t.Errorf("%s: breached at %v already", r.name, at)
		}
		if at, broken := c.Breach(&m, r.breach+1); !broken || at != r.breach {
			t.Errorf("%s: breached at %v, %v, want %v", r.name, at, broken, r.breach)
		}
		early := c
		early.Apply(&m, ticket.Replied, ticket.Solved, ticket.NoTeam, r.breach)
		if v, _ := early.Judge(&m, monday+20*hour); v != sla.Met {
			t.Errorf("%s: a reply at the opening is %v, want met", r.name, v)
		}
	}
}

// Where the boundary decides which of two policies is stricter.
func TestBoundaryDecidesBetweenPolicies(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	const friday = 4 * 24 * hour
	lines := []sla.Line{calendar.Always(time.UTC).On(calendar.Axis{Origin: origin}, 30*24*hour), on(officeHours(time.UTC), origin)}
	for boundary, want := range map[sla.Boundary]string{sla.AtClose: "business", sla.NextOpen: "clock"} {
		business := policy("business", sla.Match{}, target(sla.FirstReply, 4*hour))
		business.Calendar = 1
		business.Targets[0].Boundary = boundary
		r := &sla.Rules{Policies: []sla.Policy{business, policy("clock", sla.Match{}, target(sla.FirstReply, 24*hour))}}
		if got, _ := governed(t, r, lines, class(nil), []step{created(friday + 13*hour)}, friday+14*hour); got != want {
			t.Errorf("%v: governed by %s, want %s", boundary, got, want)
		}
	}
}
