package sla_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func reclassified(at time.Duration) step {
	return step{at: at, kind: ticket.Reclassified, status: ticket.Open}
}

// A ride is a ticket whose class changes at every Reclassified event, to the next of a
// list of terms.
type ride struct {
	terms   sla.Terms
	clocks  []sla.Clock
	results []sla.Result
}

func (r *ride) run(mode sla.Change, classes []sla.Terms, life []step) {
	var past sla.Past
	r.terms, classes = classes[0], classes[1:]
	r.clocks = make([]sla.Clock, len(r.terms))
	for _, s := range life {
		if s.kind == ticket.Reclassified && mode != sla.Freeze {
			to := make([]sla.Clock, len(classes[0]))
			r.results = r.terms.Change(r.clocks, classes[0], to, &past, mode, s.at, r.results)
			r.terms, r.clocks, classes = classes[0], to, classes[1:]
		}
		past.Apply(s.kind, s.status, s.team, s.at)
		if r.terms.Apply(r.clocks, s.kind, s.status, s.team, s.at) {
			r.results = r.terms.Take(r.clocks, s.at, r.results)
		}
	}
}

func (r *ride) end(at time.Duration) []sla.Result { return r.terms.Judge(r.clocks, at, r.results) }

// kept are rounds with whether the breach was kept.
type kept struct {
	Verdict sla.Verdict
	Elapsed time.Duration
	Kept    bool
}

func within(m sla.Metric, d time.Duration) sla.Terms {
	return sla.Terms{{Metric: m, Within: d, Line: always(), Pauses: pauses(ticket.Pending)}}
}

func TestPriorityChange(t *testing.T) {
	t.Parallel()
	const never = -1
	open := []step{created(0), reclassified(5 * hour)}
	pausing := []step{created(0), asked(hour), message(20 * hour), reclassified(24 * hour)} // 5 hours used, in two stretches
	for _, r := range []struct {
		name     string
		mode     sla.Change
		from, to time.Duration
		life     []step
		at       time.Duration
		want     kept
		due      time.Duration
		breach   time.Duration
	}{
		{"the clock goes on from its start", sla.CarryElapsed, 8 * hour, 6 * hour, open, 6 * hour, kept{sla.Undecided, 6 * hour, false}, 6 * hour, never},
		{"and is breached under the new target", sla.CarryElapsed, 8 * hour, 6 * hour, open, 7 * hour, kept{sla.Overdue, 7 * hour, false}, 6 * hour, 6 * hour},
		{"a longer target gives more time", sla.CarryElapsed, 6 * hour, 9 * hour, open, 9 * hour, kept{sla.Undecided, 9 * hour, false}, 9 * hour, never},
		{"a target that is used up already is breached at the change, not earlier", sla.CarryElapsed, 8 * hour, 2 * hour, open, 5 * hour, kept{sla.Overdue, 5 * hour, false}, 5 * hour, 5 * hour},
		{"one that is used up exactly is due at the change, and not breached", sla.CarryElapsed, 8 * hour, 5 * hour, open, 5 * hour, kept{sla.Undecided, 5 * hour, false}, 5 * hour, never},
		{"a breach that has happened is not taken back", sla.CarryElapsed, 4 * hour, 24 * hour, open, 6 * hour, kept{sla.Overdue, 6 * hour, true}, 4 * hour, 4 * hour},
		{"pauses stay credited", sla.CarryElapsed, 8 * hour, 6 * hour, pausing, 25 * hour, kept{sla.Undecided, 6 * hour, false}, 25 * hour, never},
		{"restarted, it counts from the change", sla.RestartAtChange, 8 * hour, 2 * hour, open, 6 * hour, kept{sla.Undecided, hour, false}, 7 * hour, never},
		{"but a breach stays", sla.RestartAtChange, 4 * hour, 2 * hour, open, 6 * hour, kept{sla.Overdue, hour, true}, 4 * hour, 4 * hour},
		{"frozen, the old target holds", sla.Freeze, 8 * hour, 2 * hour, open, 7 * hour, kept{sla.Undecided, 7 * hour, false}, 8 * hour, never},
		{"dated back, it was breached when the new target was used up", sla.BackDate, 8 * hour, 2 * hour, open, 6 * hour, kept{sla.Overdue, 6 * hour, false}, 2 * hour, 2 * hour},
		{"dated back, with pauses credited", sla.BackDate, 8 * hour, 3 * hour, pausing, 25 * hour, kept{sla.Overdue, 6 * hour, false}, 22 * hour, 22 * hour},
		{"dated back with time left", sla.BackDate, 8 * hour, 7 * hour, open, 6 * hour, kept{sla.Undecided, 6 * hour, false}, 7 * hour, never},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			var x ride
			x.run(r.mode, []sla.Terms{within(sla.Resolution, r.from), within(sla.Resolution, r.to)}, r.life)
			breach, broken := x.clocks[0].Breach(&x.terms[0], r.at)
			if !broken {
				breach = never
			}
			if breach != r.breach {
				t.Errorf("breached at %v, want %v", breach, r.breach)
			}
			if due, _ := x.clocks[0].Due(&x.terms[0], r.at); due != r.due && (!broken || breach != r.due) {
				t.Errorf("due at %v, want %v", due, r.due)
			}
			results := x.end(r.at)
			if len(results) != 1 {
				t.Fatalf("%d results", len(results))
			}
			if got := (kept{results[0].Verdict, results[0].Elapsed, results[0].Kept}); got != r.want {
				t.Errorf("judged %+v, want %+v", got, r.want)
			}
		})
	}
}

func TestWhatHasBeenFulfilledIsJudgedByTheTargetThatItHad(t *testing.T) {
	t.Parallel()
	for _, mode := range []sla.Change{sla.CarryElapsed, sla.RestartAtChange, sla.Freeze, sla.BackDate} {
		var x ride
		x.run(mode, []sla.Terms{within(sla.FirstReply, 4*hour), within(sla.FirstReply, hour)}, []step{created(0), replied(3 * hour), reclassified(5 * hour)})
		if got := roundsOf(x.end(9 * hour)); len(got) != 1 || got[0] != (round{sla.Met, 3 * hour}) {
			t.Errorf("%v: judged %+v", mode, got)
		}
	}
}

func TestASolvedTicketGetsItsNewTargetWhenItComesBack(t *testing.T) {
	t.Parallel()
	life := []step{created(0), solved(3 * hour), {at: 10 * hour, kind: ticket.Reclassified, status: ticket.Solved}, message(20 * hour), solved(24 * hour)}
	for _, r := range []struct {
		name string
		life []step
		to   time.Duration
		want kept
	}{
		{"while it is solved the old one counts", life[:3], 2 * hour, kept{sla.Met, 3 * hour, false}},
		{"then the new one", life, 6 * hour, kept{sla.Breached, 7 * hour, false}},
		{"which is in time if it is longer", life, 24 * hour, kept{sla.Met, 7 * hour, false}},
	} {
		var x ride
		x.run(sla.CarryElapsed, []sla.Terms{within(sla.Resolution, 4*hour), within(sla.Resolution, r.to)}, r.life)
		got := x.end(50 * hour)
		if len(got) != 1 || (kept{got[0].Verdict, got[0].Elapsed, got[0].Kept}) != r.want {
			t.Errorf("%s: judged %+v, want %+v", r.name, got, r.want)
		}
	}
	var x ride
	x.run(sla.CarryElapsed, []sla.Terms{within(sla.Resolution, 4*hour), within(sla.Resolution, 2*hour)}, life[:4])
	if at, broken := x.clocks[0].Breach(&x.terms[0], 21*hour); !broken || at != 20*hour {
		t.Errorf("a target that is used up when it comes back is breached then, not at %v", at)
	}
}

func TestATargetThatIsUsedUpWhenTheTicketComesBackAtNightIsBreachedThen(t *testing.T) {
	t.Parallel()
	office := on(officeHours(time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	terms := func(d time.Duration) sla.Terms { return sla.Terms{{Metric: sla.Resolution, Within: d, Line: office}} }
	var x ride
	x.run(sla.CarryElapsed, []sla.Terms{terms(4 * hour), terms(2 * hour)},
		[]step{created(9 * hour), solved(12 * hour), {at: 13 * hour, kind: ticket.Reclassified, status: ticket.Solved}, message(20 * hour)})
	if at, broken := x.clocks[0].Breach(&x.terms[0], 21*hour); !broken || at != 20*hour {
		t.Errorf("breached at %v, %v, want 20h", at, broken)
	}
}

func TestABreachKeepsItsInstantThroughPauses(t *testing.T) {
	t.Parallel()
	const friday, monday = 4 * 24 * hour, 7 * 24 * hour
	m := sla.Term{
		Metric: sla.Resolution, Within: 4 * hour, Pauses: pauses(ticket.Pending),
		Line: on(officeHours(time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)),
	}
	c := live(&m, []step{created(friday + 13*hour), asked(monday + 10*hour), message(monday + 34*hour)})
	if at, broken := c.Breach(&m, monday+40*hour); !broken || at != monday+9*hour {
		t.Errorf("breached at %v, %v, want %v", at, broken, monday+9*hour)
	}
}

func TestTimeInTheQueueGoesOnThroughAChange(t *testing.T) {
	t.Parallel()
	terms := sla.Terms{{Metric: sla.Answer, Within: 2 * minute, Live: true, ShortAbandon: 5 * second, Line: always()}}
	life := []step{created(0), {at: minute, kind: ticket.Reclassified, status: ticket.New}, abandoned(minute + 2*second)}
	var x ride
	x.run(sla.CarryElapsed, []sla.Terms{terms, terms}, life)
	if got := roundsOf(x.end(hour)); len(got) != 1 || got[0] != (round{sla.Breached, minute + 2*second}) {
		t.Errorf("%+v: who leaves after a minute is no short abandon", got)
	}
}

func TestPromisesThatAppearAndDisappear(t *testing.T) {
	t.Parallel()
	nothing := sla.Terms{}
	for _, r := range []struct {
		name    string
		mode    sla.Change
		classes []sla.Terms
		life    []step
		want    []round
	}{
		{"a new promise begins at the change", sla.CarryElapsed, []sla.Terms{nothing, within(sla.Resolution, 4*hour)},
			[]step{created(0), reclassified(50 * hour), solved(53 * hour)}, []round{{sla.Met, 3 * hour}}},
		{"or at the ticket's creation, if it is dated back", sla.BackDate, []sla.Terms{nothing, within(sla.Resolution, 4*hour)},
			[]step{created(0), reclassified(50 * hour), solved(53 * hour)}, []round{{sla.Breached, 53 * hour}}},
		{"what has been done is not promised any more", sla.CarryElapsed, []sla.Terms{nothing, within(sla.FirstReply, 4*hour)},
			[]step{created(0), replied(hour), reclassified(50 * hour)}, nil},
		{"nor what was solved without a reply", sla.CarryElapsed, []sla.Terms{nothing, within(sla.FirstReply, 4*hour)},
			[]step{created(0), set(hour, ticket.Solved), message(2 * hour), reclassified(50 * hour)}, nil},
		{"a solved ticket is promised nothing, before it comes back", sla.CarryElapsed, []sla.Terms{nothing, within(sla.Resolution, 4*hour)},
			[]step{created(0), solved(hour), {at: 2 * hour, kind: ticket.Reclassified, status: ticket.Solved}}, nil},
		{"and then from there", sla.CarryElapsed, []sla.Terms{nothing, within(sla.Resolution, 4*hour)},
			[]step{created(0), solved(hour), {at: 2 * hour, kind: ticket.Reclassified, status: ticket.Solved}, message(50 * hour), solved(52 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"a customer who waits is promised a reply from now on", sla.CarryElapsed, []sla.Terms{nothing, within(sla.NextReply, 4*hour)},
			[]step{created(0), asked(hour), message(2 * hour), reclassified(50 * hour), replied(53 * hour)}, []round{{sla.Met, 3 * hour}}},
		{"one who does not wait, when he writes", sla.CarryElapsed, []sla.Terms{nothing, within(sla.NextReply, 4*hour)},
			[]step{created(0), asked(hour), reclassified(50 * hour), message(60 * hour), replied(61 * hour)}, []round{{sla.Met, hour}}},
		{"an open promise falls away", sla.CarryElapsed, []sla.Terms{within(sla.Resolution, 80*hour), nothing},
			[]step{created(0), reclassified(50 * hour)}, nil},
		{"a broken one does not", sla.CarryElapsed, []sla.Terms{within(sla.Resolution, 4*hour), nothing},
			[]step{created(0), reclassified(50 * hour), solved(60 * hour)}, []round{{sla.Breached, 50 * hour}}},
		{"nor one that was fulfilled", sla.CarryElapsed, []sla.Terms{within(sla.FirstReply, 4*hour), nothing},
			[]step{created(0), replied(hour), reclassified(50 * hour)}, []round{{sla.Met, hour}}},
		{"with freeze nothing appears", sla.Freeze, []sla.Terms{nothing, within(sla.Resolution, 4*hour)},
			[]step{created(0), reclassified(50 * hour)}, nil},
		{"and nothing disappears", sla.Freeze, []sla.Terms{within(sla.Resolution, 4*hour), nothing},
			[]step{created(0), reclassified(2 * hour), solved(3 * hour)}, []round{{sla.Met, 3 * hour}}},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			var x ride
			x.run(r.mode, r.classes, r.life)
			if diff := cmp.Diff(r.want, roundsOf(x.end(100*hour)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Policy 0 is for everyone and on the clock around, policy 1 for one of two priorities and
// on business hours.
func TestPolicyChange(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	lines := []sla.Line{calendar.Always(time.UTC).On(calendar.Axis{Origin: origin}, 30*24*hour), on(officeHours(time.UTC), origin)}
	promise := func(name string, within time.Duration, m sla.Match, line int) sla.Policy {
		p := policy(name, m, target(sla.Resolution, within))
		p.Targets[0].Pauses = pauses(ticket.Pending)
		p.Calendar = line
		return p
	}
	low, high := sla.Match{Priorities: []ticket.Priority{1}}, sla.Match{Priorities: []ticket.Priority{0}}
	for _, r := range []struct {
		name     string
		resolve  sla.Resolve
		policies []sla.Policy
		life     []step
		at       time.Duration
		want     []sla.Result
	}{
		{
			"each stretch counts by the calendar that was in force", sla.FirstMatch,
			[]sla.Policy{promise("low", 24*hour, low, 1), promise("high", 12*hour, high, 0)},
			// Monday 9 to 17 in business hours, then by the clock from 22.
			[]step{created(9 * hour), reclassified(22 * hour)}, 26 * hour,
			[]sla.Result{{Policy: 1, Verdict: sla.Undecided, Elapsed: 12 * hour, Within: 12 * hour}},
		},
		{
			"a pause is not lost", sla.FirstMatch,
			[]sla.Policy{promise("low", 24*hour, low, 0), promise("high", 12*hour, high, 0)},
			[]step{created(0), asked(hour), message(50 * hour), reclassified(51 * hour)}, 60 * hour,
			[]sla.Result{{Policy: 1, Verdict: sla.Undecided, Elapsed: 11 * hour, Within: 12 * hour}},
		},
		{
			"a policy that joins goes on from the clock of the one that governs", sla.Strictest,
			[]sla.Policy{promise("everyone", 24*hour, sla.Match{}, 0), promise("high", 4*hour, high, 0)},
			[]step{created(0), reclassified(3 * hour)}, 5 * hour,
			[]sla.Result{{Policy: 1, Verdict: sla.Overdue, Elapsed: 5 * hour, Within: 4 * hour}},
		},
		{
			"one that leaves leaves its breach", sla.Strictest,
			[]sla.Policy{promise("everyone", 24*hour, sla.Match{}, 0), promise("low", 4*hour, low, 0)},
			[]step{created(0), reclassified(6 * hour)}, 7 * hour,
			[]sla.Result{{Policy: 0, Verdict: sla.Overdue, Elapsed: 7 * hour, Within: 24 * hour, Kept: true}},
		},
		{
			"and nothing else", sla.Strictest,
			[]sla.Policy{promise("everyone", 24*hour, sla.Match{}, 0), promise("low", 8*hour, low, 0)},
			[]step{created(0), reclassified(6 * hour)}, 12 * hour,
			[]sla.Result{{Policy: 0, Verdict: sla.Undecided, Elapsed: 12 * hour, Within: 24 * hour}},
		},
		{
			"with all, a policy that leaves has its verdict, and one that joins its own", sla.All,
			[]sla.Policy{promise("everyone", 24*hour, sla.Match{}, 0), promise("low", 4*hour, low, 0), promise("high", 8*hour, high, 0)},
			[]step{created(0), reclassified(6 * hour), solved(7 * hour)}, 50 * hour,
			[]sla.Result{
				{Policy: 1, Verdict: sla.Breached, Elapsed: 6 * hour, Within: 4 * hour},
				{Policy: 0, Verdict: sla.Met, Elapsed: 7 * hour, Within: 24 * hour},
				{Policy: 2, Verdict: sla.Met, Elapsed: 7 * hour, Within: 8 * hour},
			},
		},
		{
			"with all, who joins after the solution has nothing to judge", sla.All,
			[]sla.Policy{promise("low", 4*hour, low, 0), promise("high", 8*hour, high, 0)},
			[]step{created(0), solved(hour), {at: 6 * hour, kind: ticket.Reclassified, status: ticket.Solved}}, 50 * hour,
			[]sla.Result{{Policy: 0, Verdict: sla.Met, Elapsed: hour, Within: 4 * hour}},
		},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			rules := sla.Rules{Policies: r.policies, Resolve: r.resolve}
			var classes []sla.Terms
			for _, priority := range []ticket.Priority{1, 0} {
				classes = append(classes, rules.Terms(class(func(c *ticket.Class) { c.Priority = priority }), lines, false, 0))
			}
			for i := range r.want {
				r.want[i].Metric = sla.Resolution
			}
			var x ride
			x.run(sla.CarryElapsed, classes, r.life)
			if diff := cmp.Diff(r.want, x.end(r.at)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What stands still in a status under one policy may run in it under another.
func TestANewPolicyPausesInItsOwnStatuses(t *testing.T) {
	t.Parallel()
	running := within(sla.Resolution, 19*hour)
	running[0].Pauses = 0
	life := []step{created(0), asked(hour), {at: 10 * hour, kind: ticket.Reclassified, status: ticket.Pending}}
	var x ride
	x.run(sla.CarryElapsed, []sla.Terms{within(sla.Resolution, 9*hour), running}, life)
	if got := roundsOf(x.end(12 * hour)); len(got) != 1 || got[0] != (round{sla.Undecided, 3 * hour}) {
		t.Errorf("it does not run while pending: %+v", got)
	}
	var y ride
	y.run(sla.CarryElapsed, []sla.Terms{running, within(sla.Resolution, 19*hour)}, life)
	if got := roundsOf(y.end(12 * hour)); len(got) != 1 || got[0] != (round{sla.Undecided, 10 * hour}) {
		t.Errorf("it does not stand still while pending: %+v", got)
	}
}
