package sla_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func replied(at time.Duration) step  { return step{at: at, kind: ticket.Replied, status: ticket.Open} }
func assigned(at time.Duration) step { return step{at: at, kind: ticket.Assigned, status: ticket.Open} }
func noted(at time.Duration) step    { return step{at: at, kind: ticket.Noted, status: ticket.Open} }

// tell runs the clocks of terms through a life, takes every round that ends, and judges
// the rest.
func tell(terms sla.Terms, life []step, at time.Duration) []sla.Result {
	clocks := make([]sla.Clock, len(terms))
	var results []sla.Result
	for _, s := range life {
		if terms.Apply(clocks, s.kind, s.status, s.team, s.at) {
			results = terms.Take(clocks, s.at, results)
		}
	}
	return terms.Judge(clocks, at, results)
}

// round is what a test wants to know of a result.
type round struct {
	Verdict sla.Verdict
	Elapsed time.Duration
}

func roundsOf(results []sla.Result) (out []round) {
	for _, r := range results {
		out = append(out, round{r.Verdict, r.Elapsed})
	}
	return out
}

// A history is a life and the verdicts that must come of it, judged at 100 hours.
type history struct {
	name string
	life []step
	want []round
}

func checkHistories(t *testing.T, m sla.Term, rows []history) {
	t.Helper()
	m.Line = always()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			got := roundsOf(tell(sla.Terms{m}, r.life, 100*hour))
			if diff := cmp.Diff(r.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("verdicts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextReply(t *testing.T) {
	t.Parallel()
	checkHistories(t, sla.Term{Metric: sla.NextReply, Within: 4 * hour}, []history{
		{"a ticket that is solved at the first touch has none", []step{created(0), solved(hour)}, nil},
		{"messages before the first reply do not count", []step{created(0), message(hour), asked(2 * hour)}, nil},
		{"from the customer's answer to the next reply", []step{created(0), asked(hour), message(10 * hour), asked(13 * hour)}, []round{{sla.Met, 3 * hour}}},
		{"late", []step{created(0), asked(hour), message(10 * hour), asked(15 * hour)}, []round{{sla.Breached, 5 * hour}}},
		{"from the oldest message that nobody has answered", []step{created(0), asked(hour), message(10 * hour), message(14 * hour), asked(15 * hour)},
			[]round{{sla.Breached, 5 * hour}}},
		{"one verdict for each round", []step{created(0), asked(hour), message(2 * hour), asked(3 * hour), message(10 * hour), asked(16 * hour), message(20 * hour), solved(21 * hour)},
			[]round{{sla.Met, hour}, {sla.Breached, 6 * hour}, {sla.Met, hour}}},
		{"solving ends a round like a reply", []step{created(0), asked(hour), message(2 * hour), set(4*hour, ticket.Solved)}, []round{{sla.Met, 2 * hour}}},
		{"an internal note does not", []step{created(0), asked(hour), message(2 * hour), noted(3 * hour), asked(9 * hour)}, []round{{sla.Breached, 7 * hour}}},
		{"a round that has not ended is judged like any clock", []step{created(0), asked(hour), message(2 * hour)}, []round{{sla.Overdue, 98 * hour}}},
		{"and may still be met", []step{created(0), asked(hour), message(98 * hour)}, []round{{sla.Undecided, 2 * hour}}},
		{"it does not pause while the ticket is pending", []step{created(0), asked(hour), message(2 * hour), set(3*hour, ticket.Pending), asked(9 * hour)},
			[]round{{sla.Breached, 7 * hour}}},
		{"a message that reopens the ticket starts one", []step{created(0), solved(hour), message(50 * hour), solved(52 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"thanks that leave the ticket solved do not", []step{created(0), solved(hour), {at: 2 * hour, kind: ticket.Message, status: ticket.Solved}}, nil},
		{"a reply at the instant of the message is at once", []step{created(0), asked(hour), message(2 * hour), asked(2 * hour)}, []round{{sla.Met, 0}}},
	})
}

func TestNextReplyOnALiveChannelFollowsTheAnswer(t *testing.T) {
	t.Parallel()
	life := []step{created(0), started(minute), message(2 * minute), asked(3 * minute)}
	checkHistories(t, sla.Term{Metric: sla.NextReply, Within: 4 * hour, Live: true}, []history{
		{"what the customer writes during the chat waits for a reply", life, []round{{sla.Met, minute}}},
	})
	t.Run("but on email the agent's reading is no reply", func(t *testing.T) {
		t.Parallel()
		if got := tell(sla.Terms{{Metric: sla.NextReply, Within: hour, Line: always()}}, life, hour); len(got) > 0 {
			t.Errorf("judged %v", got)
		}
	})
}

func TestUpdates(t *testing.T) {
	t.Parallel()
	checkHistories(t, sla.Term{Metric: sla.PeriodicUpdate, Within: 24 * hour}, []history{
		{"no reply, no round", []step{created(0), message(hour)}, nil},
		{"from each reply to the next", []step{created(0), replied(hour), replied(20 * hour), replied(50 * hour)},
			[]round{{sla.Met, 19 * hour}, {sla.Breached, 30 * hour}, {sla.Overdue, 50 * hour}}},
		{"a reply that solves starts none", []step{created(0), replied(hour), solved(5 * hour)}, []round{{sla.Met, 4 * hour}}},
		{"it runs while the ticket is pending", []step{created(0), asked(hour), message(30 * hour), solved(31 * hour)}, []round{{sla.Breached, 30 * hour}}},
		{"a solution without a reply ends it", []step{created(0), asked(hour), set(20*hour, ticket.Solved)}, []round{{sla.Met, 19 * hour}}},
		{"and a return does not start it again before there is a reply", []step{created(0), solved(hour), message(50 * hour), replied(60 * hour), solved(61 * hour)},
			[]round{{sla.Met, hour}}},
		{"the customer's message does not end it", []step{created(0), replied(hour), message(2 * hour), solved(30 * hour)}, []round{{sla.Breached, 29 * hour}}},
	})
	checkHistories(t, sla.Term{Metric: sla.PausableUpdate, Within: 24 * hour}, []history{
		{"the pausable one stands still while the ticket is pending", []step{created(0), asked(hour), message(40 * hour), solved(50 * hour)}, []round{{sla.Met, 10 * hour}}},
		{"from its very beginning", []step{created(0), asked(hour), asked(50 * hour)}, []round{{sla.Met, 0}, {sla.Undecided, 0}}},
		{"but runs on hold", []step{created(0), replied(hour), set(2*hour, ticket.OnHold), solved(50 * hour)}, []round{{sla.Breached, 49 * hour}}},
	})
}

func TestWaitAndWork(t *testing.T) {
	t.Parallel()
	// New for 2 hours, open for 3, on hold for 4, open for 5, pending for 6, open for 7.
	life := []step{
		created(0), started(2 * hour), set(5*hour, ticket.OnHold), set(9*hour, ticket.Open), asked(14 * hour), message(20 * hour), solved(27 * hour),
	}
	for _, r := range []struct {
		metric sla.Metric
		want   time.Duration
	}{
		{sla.RequesterWait, 21 * hour},
		{sla.AgentWork, 17 * hour},
		{sla.Resolution, 27 * hour},
	} {
		got := roundsOf(tell(sla.Terms{{Metric: r.metric, Within: 20 * hour, Line: always()}}, life, 100*hour))
		verdict := sla.Met
		if r.want > 20*hour {
			verdict = sla.Breached
		}
		if diff := cmp.Diff([]round{{verdict, r.want}}, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", r.metric, diff)
		}
	}
}

func TestGroupOwnership(t *testing.T) {
	t.Parallel()
	checkHistories(t, sla.Term{Metric: sla.GroupOwnership, Within: 2 * hour, Pauses: pauses(ticket.Pending)}, []history{
		{"a ticket that no group gets has none", []step{created(0), solved(9 * hour)}, nil},
		{"until it is solved", []step{created(0), assigned(hour), solved(3 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"or goes to another group, whose clock starts then", []step{created(0), assigned(hour), assigned(4 * hour), solved(5 * hour)},
			[]round{{sla.Breached, 3 * hour}, {sla.Met, hour}}},
		{"it pauses if the target says so", []step{created(0), assigned(hour), asked(2 * hour), message(50 * hour), solved(51 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"a return goes on with the group", []step{created(0), assigned(hour), solved(2 * hour), message(50 * hour), solved(52 * hour)}, []round{{sla.Breached, 3 * hour}}},
		{"unless another one gets it", []step{created(0), assigned(hour), solved(2 * hour), assigned(50 * hour), solved(51 * hour)}, []round{{sla.Met, hour}, {sla.Met, hour}}},
		{"which may happen while it is solved", []step{created(0), assigned(hour), solved(2 * hour), {at: 3 * hour, kind: ticket.Assigned, status: ticket.Solved}, message(50 * hour), solved(51 * hour)},
			[]round{{sla.Met, hour}, {sla.Met, hour}}},
		{"and comes to nothing if it stays so", []step{created(0), solved(2 * hour), {at: 3 * hour, kind: ticket.Assigned, status: ticket.Solved}}, nil},
		{"a group that has it still is overdue", []step{created(0), assigned(hour)}, []round{{sla.Overdue, 99 * hour}}},
	})
}

func TestReopening(t *testing.T) {
	t.Parallel()
	life := []step{created(0), solved(3 * hour), message(30 * hour), solved(36 * hour)}
	for _, r := range []struct {
		name   string
		reopen sla.Reopen
		life   []step
		want   []round
	}{
		{"by default the clock goes on, and solved time does not count", sla.Resume, life, []round{{sla.Breached, 9 * hour}}},
		{"reset: the solution stands, and the return has a clock of its own", sla.Reset, life, []round{{sla.Met, 3 * hour}, {sla.Met, 6 * hour}}},
		{"ignore: the first solution counts", sla.Ignore, life, []round{{sla.Met, 3 * hour}}},
		{"reset, and open again", sla.Reset, life[:3], []round{{sla.Met, 3 * hour}, {sla.Overdue, 70 * hour}}},
		{"reset, and back as pending: the new clock stands still", sla.Reset, append(life[:2:2], set(30*hour, ticket.Pending)), []round{{sla.Met, 3 * hour}, {sla.Undecided, 0}}},
		{"reset without a return", sla.Reset, life[:2], []round{{sla.Met, 3 * hour}}},
		{"ignore, and a breach", sla.Ignore, []step{created(0), solved(9 * hour), message(30 * hour)}, []round{{sla.Breached, 9 * hour}}},
	} {
		for _, metric := range []sla.Metric{sla.Resolution, sla.RequesterWait, sla.AgentWork} {
			m := sla.Term{Metric: metric, Within: 8 * hour, Reopen: r.reopen, Line: always(), Pauses: pauses(ticket.Pending)}
			if diff := cmp.Diff(r.want, roundsOf(tell(sla.Terms{m}, r.life, 100*hour))); diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", r.name, metric, diff)
			}
		}
	}
}

// At one instant, in whatever order it is told: a reply before a status, and stopping before
// pausing before starting.
func TestOneInstantHasOneOrder(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		name   string
		metric sla.Metric
		before []step
		now    [2]step
		after  []step
		want   []round
	}{
		{"a reply and a solution", sla.FirstReply, []step{created(0)}, [2]step{replied(2 * hour), set(2*hour, ticket.Solved)}, nil, []round{{sla.Met, 2 * hour}}},
		{"a solution and a pause", sla.Resolution, []step{created(0)}, [2]step{solved(2 * hour), set(2*hour, ticket.Solved)}, nil, []round{{sla.Met, 2 * hour}}},
		{"a pause and the reply that starts a round", sla.PeriodicUpdate, []step{created(0), replied(hour)}, [2]step{asked(2 * hour), set(2*hour, ticket.Pending)},
			[]step{message(50 * hour), solved(51 * hour)}, []round{{sla.Met, hour}, {sla.Met, hour}}},
		{"a ticket that is created as pending stands still", sla.Resolution, nil,
			[2]step{{kind: ticket.Created, status: ticket.Pending}, set(0, ticket.Pending)}, []step{message(50 * hour), solved(51 * hour)}, []round{{sla.Met, hour}}},
	} {
		m := sla.Term{Metric: r.metric, Within: 4 * hour, Line: always(), Pauses: pauses(ticket.Pending)}
		for _, order := range [][2]int{{0, 1}, {1, 0}} {
			if r.before == nil && order[0] == 1 {
				continue // nothing happens to a ticket before it is created
			}
			life := append(append(append([]step{}, r.before...), r.now[order[0]], r.now[order[1]]), r.after...)
			if diff := cmp.Diff(r.want, roundsOf(tell(sla.Terms{m}, life, 100*hour))); diff != "" {
				t.Errorf("%s, told as %v (-want +got):\n%s", r.name, order, diff)
			}
		}
	}
}

// Two policies promise the next reply: within 2 business hours, and within 24 by the
// clock. Round by round the one that is due first governs.
func TestStrictestGovernsEachRound(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	business := policy("business", sla.Match{}, target(sla.NextReply, 2*hour))
	business.Calendar = 1
	r := sla.Rules{Policies: []sla.Policy{business, policy("clock", sla.Match{}, target(sla.NextReply, 24*hour))}}
	terms := r.Terms(class(nil), []sla.Line{always(), on(officeHours(time.UTC), origin)}, false, 0)
	const friday = 4 * 24 * hour
	life := []step{
		created(9 * hour), asked(10 * hour),
		message(11 * hour), asked(14 * hour), // Monday
		message(friday + 16*hour), asked(friday + 40*hour), // Friday to Saturday morning
		message(friday + 41*hour),
	}
	want := []sla.Result{
		{Metric: sla.NextReply, Policy: 0, Verdict: sla.Breached, Elapsed: 3 * hour, Within: 2 * hour},
		{Metric: sla.NextReply, Policy: 1, Verdict: sla.Met, Elapsed: 24 * hour, Within: 24 * hour},
		{Metric: sla.NextReply, Policy: 1, Verdict: sla.Undecided, Elapsed: 2 * hour, Within: 24 * hour},
	}
	if diff := cmp.Diff(want, tell(terms, life, friday+43*hour)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r.Resolve = sla.All
	all := tell(r.Terms(class(nil), []sla.Line{always(), on(officeHours(time.UTC), origin)}, false, 0), life, friday+43*hour)
	if len(all) != 6 {
		t.Errorf("with all, every policy has its say in every round: %d verdicts, want 6", len(all))
	}
}

// A round whose verdict is known only later is governed by what was due when it was.
func TestStrictestGovernsARoundThatIsFinalLater(t *testing.T) {
	t.Parallel()
	r := sla.Rules{Policies: []sla.Policy{
		policy("lax", sla.Match{}, target(sla.GroupOwnership, 3*hour)), policy("strict", sla.Match{}, target(sla.GroupOwnership, hour)),
	}}
	terms := r.Terms(class(nil), []sla.Line{always()}, false, 0)
	got := tell(terms, []step{created(0), assigned(0), solved(5 * hour), assigned(10 * hour), solved(10 * hour)}, 20*hour)
	if len(got) != 2 || got[0].Policy != 1 || got[0].Within != hour || got[0].Elapsed != 5*hour {
		t.Errorf("%+v, want the first round under the strict policy", got)
	}
}

func TestARoundThatNobodyTakesIsForgotten(t *testing.T) {
	t.Parallel()
	m := sla.Term{Metric: sla.PeriodicUpdate, Within: 2 * hour, Line: always()}
	life := []step{created(0), replied(hour), replied(9 * hour), replied(10 * hour)}
	c := live(&m, life)
	if v, elapsed := c.Judge(&m, 11*hour); v != sla.Met || elapsed != hour {
		t.Errorf("before it is taken the clock stands for the round that has ended: %v after %v", v, elapsed)
	}
	if r, ok := c.Take(&m, 10*hour); !ok || r.Verdict != sla.Met || r.Elapsed != hour {
		t.Errorf("took %+v, %v", r, ok)
	}
	if _, ok := c.Take(&m, 10*hour); ok {
		t.Error("the same round was taken twice")
	}
	if v, elapsed := c.Judge(&m, 11*hour); v != sla.Undecided || elapsed != hour {
		t.Errorf("then for the next: %v after %v", v, elapsed)
	}
}

// The desk holds a clock for every promise to every open ticket, and tells it
// every event.
func TestClocksAreSmallAndAllocateNothing(t *testing.T) {
	if size := reflect.TypeFor[sla.Clock]().Size(); size > 48 {
		t.Errorf("a clock has %d bytes, at most 48 are wanted", size)
	}
	var terms sla.Terms
	for m := range sla.Metrics {
		terms = append(terms, sla.Term{Metric: m, Within: hour, Line: always(), Live: true})
	}
	clocks := make([]sla.Clock, len(terms))
	results := make([]sla.Result, 0, 100)
	life := []step{
		created(0), started(hour), assigned(hour), asked(2 * hour), message(3 * hour), assigned(4 * hour), asked(5 * hour), message(6 * hour), solved(7 * hour),
	}
	allocated := testing.AllocsPerRun(10, func() {
		clear(clocks)
		results = results[:0]
		for _, s := range life {
			if terms.Apply(clocks, s.kind, s.status, s.team, s.at) {
				results = terms.Take(clocks, s.at, results)
			}
			terms.NextReach(clocks, nil)
		}
		results = terms.Judge(clocks, 8*hour, results)
	})
	if allocated > 0 {
		t.Errorf("a life allocates %v times", allocated)
	}
	if len(results) < 10 {
		t.Errorf("only %d results", len(results))
	}
}
