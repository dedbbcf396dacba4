package sla_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

const (
	support ticket.Team = iota
	engineering
)

func given(at time.Duration, team ticket.Team) step {
	return step{at: at, kind: ticket.Assigned, status: ticket.Open, team: team}
}

func TestOwnershipOfOneTeam(t *testing.T) {
	t.Parallel()
	checkHistories(t, sla.Term{Metric: sla.GroupOwnership, Within: 2 * hour, Owner: sla.OwnedBy(engineering)}, []history{
		{"what others have is not its affair", []step{created(0), given(0, support), solved(9 * hour)}, nil},
		{"from when it gets a ticket until another gets it", []step{created(0), given(0, support), given(hour, engineering), given(4*hour, support), solved(9 * hour)},
			[]round{{sla.Breached, 3 * hour}}},
		{"or until it is solved", []step{created(0), given(hour, engineering), solved(3 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"each time once more", []step{created(0), given(hour, engineering), given(2*hour, support), given(5*hour, engineering), solved(8 * hour)},
			[]round{{sla.Met, hour}, {sla.Breached, 3 * hour}}},
		{"being taken ends nothing", []step{created(0), given(hour, engineering), started(2 * hour), given(4*hour, support)}, []round{{sla.Breached, 3 * hour}}},
		{"a return goes on with it", []step{created(0), given(hour, engineering), solved(2 * hour), message(50 * hour), solved(51 * hour)}, []round{{sla.Met, 2 * hour}}},
		{"unless another got it meanwhile", []step{created(0), given(hour, engineering), solved(2 * hour), {at: 3 * hour, kind: ticket.Assigned, status: ticket.Solved, team: support}, message(50 * hour)},
			[]round{{sla.Met, hour}}},
		{"who gets a solved ticket owes it when it comes back", []step{created(0), solved(2 * hour), {at: 3 * hour, kind: ticket.Assigned, status: ticket.Solved, team: engineering}, message(50 * hour), solved(51 * hour)},
			[]round{{sla.Met, hour}}},
		{"and no longer if it is passed on before", []step{created(0), solved(2 * hour), {at: 3 * hour, kind: ticket.Assigned, status: ticket.Solved, team: engineering},
			{at: 4 * hour, kind: ticket.Assigned, status: ticket.Solved, team: support}, message(50 * hour)}, nil},
	})
}

func TestOwnershipUntilTaken(t *testing.T) {
	t.Parallel()
	checkHistories(t, sla.Term{Metric: sla.GroupOwnership, Within: 2 * hour, Owner: sla.OwnedBy(engineering), Until: sla.Taken}, []history{
		{"an engineer takes it", []step{created(0), given(0, support), started(hour), given(2*hour, engineering), started(5 * hour), given(20*hour, support)}, []round{{sla.Breached, 3 * hour}}},
		{"once is enough", []step{created(0), given(hour, engineering), started(2 * hour), returned(3 * hour), started(9 * hour)}, []round{{sla.Met, hour}}},
		{"each time that they get it", []step{created(0), given(hour, engineering), started(2 * hour), given(3*hour, support), given(4*hour, engineering), started(7 * hour)},
			[]round{{sla.Met, hour}, {sla.Breached, 3 * hour}}},
		{"another team gets it before", []step{created(0), given(hour, engineering), given(2*hour, support), started(9 * hour)}, []round{{sla.Met, hour}}},
		{"it is solved before", []step{created(0), given(hour, engineering), set(2*hour, ticket.Solved)}, []round{{sla.Met, hour}}},
		{"nobody takes it", []step{created(0), given(hour, engineering)}, []round{{sla.Overdue, 99 * hour}}},
	})
}

// A promise about one team, another until a ticket of it is taken and a third about any
// team are three promises: no one of them governs the others.
func TestPromisesAboutTeamsStandSideBySide(t *testing.T) {
	t.Parallel()
	own := func(name string, within time.Duration, team ticket.Team, until sla.Until) sla.Policy {
		promise := target(sla.GroupOwnership, within)
		promise.Owner, promise.Until = sla.OwnedBy(team), until
		return policy(name, sla.Match{}, promise)
	}
	r := sla.Rules{Policies: []sla.Policy{
		own("any", 8*hour, ticket.NoTeam, sla.HandedOn), own("ola", 4*hour, engineering, sla.HandedOn),
		own("response", hour, engineering, sla.Taken), own("strict", 2*hour, engineering, sla.HandedOn),
	}}
	life := []step{created(0), given(0, support), given(hour, engineering), started(3 * hour), given(6*hour, support), solved(7 * hour)}
	result := func(policy int, owner ticket.Team, until sla.Until, v sla.Verdict, elapsed, within time.Duration) sla.Result {
		return sla.Result{Metric: sla.GroupOwnership, Owner: sla.OwnedBy(owner), Until: until, Policy: policy, Verdict: v, Elapsed: elapsed, Within: within}
	}
	for resolve, ola := range map[sla.Resolve]sla.Result{
		sla.Strictest:  result(3, engineering, sla.HandedOn, sla.Breached, 5*hour, 2*hour),
		sla.FirstMatch: result(1, engineering, sla.HandedOn, sla.Breached, 5*hour, 4*hour),
	} {
		r.Resolve = resolve
		want := []sla.Result{
			result(0, ticket.NoTeam, sla.HandedOn, sla.Met, hour, 8*hour),
			result(2, engineering, sla.Taken, sla.Breached, 2*hour, hour),
			result(0, ticket.NoTeam, sla.HandedOn, sla.Met, 5*hour, 8*hour),
			ola,
			result(0, ticket.NoTeam, sla.HandedOn, sla.Met, hour, 8*hour),
		}
		if diff := cmp.Diff(want, tell(r.Terms(class(nil), []sla.Line{always()}, false, 0), life, 20*hour)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", resolve, diff)
		}
	}
}
