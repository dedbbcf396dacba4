package gaming_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/gaming"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func did(at time.Duration, kind ticket.EventKind, status ticket.Status, agent int32) ticket.Event {
	return ticket.Event{At: at, Kind: kind, Status: status, Team: ticket.Team(agent), Agent: agent}
}

// within is a clock that has been running from the start until an instant, of ten hours.
func within(end time.Duration, metric sla.Metric) []audit.Clock {
	x := sla.Explanation{Result: sla.Result{Metric: metric, Within: 10 * time.Hour, Elapsed: end}, End: end, Ended: true, Segments: []sla.Segment{{To: end, State: sla.Running}, {From: end, To: end + time.Hour, State: sla.Paused}}}
	return []audit.Clock{{Explanation: x}}
}

func signal(t *testing.T, w *gaming.Watch, k gaming.Kind) gaming.Signal {
	t.Helper()
	for _, s := range w.Signals(0.95) {
		if s.Kind == k {
			return s
		}
	}
	t.Fatalf("%v was not seen", k)
	return gaming.Signal{}
}

// Agent 1 pauses nineteen of twenty tickets five minutes after the customer has written, agents 0 and 2 answer theirs after
// an hour. The signal is agent 1's, and it is not usual a little later.
func TestPausingRightAfterACustomerStrikes(t *testing.T) {
	t.Parallel()
	w := gaming.NewWatch()
	for i := range 60 {
		agent := int32(i % 3)
		events := []ticket.Event{
			{Kind: ticket.Created, Agent: -1, Team: ticket.NoTeam}, did(time.Minute, ticket.Replied, ticket.Pending, agent),
			{At: time.Hour, Kind: ticket.Message, Status: ticket.Open, Agent: -1, Team: ticket.NoTeam},
		}
		if agent == 1 && i != 1 {
			events = append(events, did(65*time.Minute, ticket.StatusSet, ticket.Pending, agent))
		} else {
			events = append(events, did(2*time.Hour, ticket.Replied, ticket.Solved, agent))
		}
		w.Add(events, nil, i/3)
	}
	s := signal(t, w, gaming.PauseAfterReply)
	if s.Seen != (gaming.Count{Done: 19, Of: 60}) || s.Baseline != (gaming.Count{Of: 41}) || !(s.More.Low > 0) {
		t.Errorf("%+v", s)
	}
	struck := 0
	for _, g := range s.Groups {
		if g.Q <= 0.1 {
			struck++
			if g.Agent != 1 && g.Team != 1 || g.Done != 19 || g.Of != 20 {
				t.Errorf("%+v", g)
			}
		}
	}
	if struck != 2 || len(s.Groups) != 6 {
		t.Errorf("%d of %d strike", struck, len(s.Groups))
	}
}

// Paused after nine and a half of ten hours, after eight and a half, and never.
func TestPausingJustBeforeDueHasTheTenthBeforeAsItsBaseline(t *testing.T) {
	t.Parallel()
	w := gaming.NewWatch()
	for day, at := range []time.Duration{9*time.Hour + 30*time.Minute, 8*time.Hour + 30*time.Minute, 0} {
		events := []ticket.Event{{Kind: ticket.Created, Agent: -1, Team: ticket.NoTeam}, did(time.Hour, ticket.Started, ticket.Open, 1)}
		end := 10 * time.Hour
		if at > 0 {
			events = append(events, did(at, ticket.StatusSet, ticket.OnHold, 1))
			end = at
		}
		w.Add(events, within(end, sla.Resolution), day)
	}
	if s := signal(t, w, gaming.PauseBeforeDue); s.Seen != (gaming.Count{Done: 1, Of: 2}) || s.Baseline != (gaming.Count{Done: 1, Of: 3}) {
		t.Errorf("%+v", s)
	}
}

// Solved after 9.5 hours and back after three, solved after five and gone; each counts as a solution, and one was
// opened again within the hour without a word of the customer.
func TestSolutionsThatDoNotLast(t *testing.T) {
	t.Parallel()
	w := gaming.NewWatch()
	life := func(solved, back time.Duration) []ticket.Event {
		events := []ticket.Event{{Kind: ticket.Created, Agent: -1, Team: ticket.NoTeam}, did(time.Hour, ticket.Started, ticket.Open, 1), did(solved, ticket.StatusSet, ticket.Solved, 1)}
		if back > 0 {
			events = append(events, did(solved+back, ticket.StatusSet, ticket.Open, 1))
		}
		return events
	}
	w.Add(life(9*time.Hour+30*time.Minute, 3*time.Hour), within(9*time.Hour+30*time.Minute, sla.Resolution), 1)
	w.Add(life(5*time.Hour, 0), within(5*time.Hour, sla.Resolution), 2)
	w.Add(life(5*time.Hour, 30*time.Minute), within(5*time.Hour, sla.Resolution), 3)
	if s := signal(t, w, gaming.SolveBeforeDue); s.Seen != (gaming.Count{Done: 1, Of: 1}) || s.Baseline != (gaming.Count{Done: 1, Of: 2}) {
		t.Errorf("%+v", s)
	}
	if s := signal(t, w, gaming.Reopened); s.Seen != (gaming.Count{Done: 1, Of: 3}) {
		t.Errorf("%+v", s)
	}
}

// Two agents have twenty tickets each that come near their due time. Agent 1 pauses half of his, agent 2 one; after the time is up agent 3
// takes all of them. A chance that was not taken is as much of him who had the ticket as one that was.
func TestWhoHadATicketHadTheChanceWhetherHeTookItOrNot(t *testing.T) {
	t.Parallel()
	w := gaming.NewWatch()
	for i := range 40 {
		agent := int32(1 + i%2)
		events := []ticket.Event{{Kind: ticket.Created, Agent: -1, Team: ticket.NoTeam}, did(time.Hour, ticket.Started, ticket.Open, agent)}
		end := 11 * time.Hour
		if agent == 1 && i%4 == 0 || i == 1 {
			end = 9*time.Hour + 30*time.Minute
			events = append(events, did(end, ticket.StatusSet, ticket.OnHold, agent))
		}
		events = append(events, did(11*time.Hour, ticket.Replied, ticket.Open, 3))
		w.Add(events, within(end, sla.Resolution), i/2)
	}
	s := signal(t, w, gaming.PauseBeforeDue)
	if s.Seen != (gaming.Count{Done: 11, Of: 40}) || len(s.Groups) != 4 {
		t.Fatalf("%+v", s)
	}
	for _, g := range s.Groups {
		want := gaming.Count{Done: 10, Of: 20}
		if g.Agent == 2 || g.Team == 2 {
			want.Done = 1
		}
		if g.Count != want {
			t.Errorf("agent %d, team %d: %+v, want %+v", g.Agent, g.Team, g.Count, want)
		}
	}
}
