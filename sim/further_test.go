package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"pgregory.net/rapid"
)

// talkative is any scenario that Check accepts, with customers who call again, write
// instead, are called back, ask again and are reminded.
func talkative(r *rapid.T) *model.Scenario {
	d := draw{r}
	s := varied(r)
	for i := range s.Channels {
		ch := &s.Channels[i]
		switch {
		case !ch.Live && d.yes("asks again"):
			ch.Chase = work.Chase{
				After: dist.Must(dist.Weibull(float64(d.int("asks after minutes", 10, 300))*60, 2)), Merged: d.tenths("merged", 0, 10),
				Handle: d.handle(120), Most: d.int("asks at most", 1, ticket.MostFurther),
			}
		case ch.Live && !ch.Patience.IsZero():
			ch.Callback = d.tenths("called back", 0, 8)
			ch.AfterAbandon = work.AfterAbandon{
				Retry: d.tenths("tries again", 0, 6), After: exponential(float64(d.int("tries after", 1, 4000))), Most: d.int("tries at most", 1, ticket.MostFurther),
				Switch: d.tenths("writes instead", 0, 4),
			}
		}
	}
	for i := range s.Issues {
		reply := &s.Issues[i].Reply
		for k := range d.int("reminders", 0, 3) {
			reply.Remind = append(reply.Remind, reply.Close*time.Duration(k+1)/5)
		}
		if len(reply.Remind) > 0 {
			reply.Wins = d.tenths("wins", 0, 10)
		}
	}
	return s
}

// Who could do more, but never does, changes nothing.
func TestCustomersWhoDoNothingMoreChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		c := copyOf(s)
		late := dist.Must(dist.Constant((100 * s.Time.Length).Seconds())) // whatever tolerance is announced
		for i := range c.Channels {
			if !c.Channels[i].Live {
				c.Channels[i].Chase = work.Chase{After: late, Merged: 0.5, Handle: exponential(60), Most: 3}
			} else if !c.Channels[i].Patience.IsZero() {
				c.Channels[i].AfterAbandon = work.AfterAbandon{Retry: 1, After: late, Most: 3}
			}
		}
		// At the horizon tickets are told of in the order of their places, of which
		// those who would try again later have some.
		early := func(s *step) bool { return s.At < c.Time.Length }
		same(r, only(trial(r, c, 0).steps, early), only(trial(r, s, 0).steps, early))
	})
}

// Contacts that descend from others ask for the same under every roster under which they
// are born, and first contacts do not know of them.
func TestFurtherContactsAreTheSameUnderAnyRoster(t *testing.T) {
	t.Parallel()
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := talkative(r)
		oneAtATime(s)
		for i := range s.Channels {
			s.Channels[i].Chase.Merged = 0 // else the work depends on the wait
		}
		other, quiet := otherTeams(draw{r}, s), copyOf(s)
		for i := range quiet.Channels {
			ch := &quiet.Channels[i]
			ch.Callback, ch.AfterAbandon, ch.Chase = 0, work.AfterAbandon{}, work.Chase{}
		}
		a, b := trial(r, s, 0).steps, trial(r, other, 0).steps
		one, two := customers(a), customers(b)
		for id, x := range one {
			y := two[id]
			if y == nil || len(x.touches) == 0 || len(y.touches) == 0 || id == id.Family() {
				continue
			}
			compared++
			// Where its parent's priority had been put right before, it is right.
			x.class.Priority = y.class.Priority
			if x.class != y.class || x.touches[0].work != y.touches[0].work {
				r.Fatalf("descendant %x is %+v under one roster, and %+v under another", uint64(id), x, y)
			}
		}
		sameCustomers(r, ordinary(one), ordinary(two), unchanged)
		sameCustomers(r, ordinary(one), customers(trial(r, quiet, 0).steps), unchanged)
	})
	enough(t, compared)
}

// ordinary are the customers at their first contact.
func ordinary(all map[ticket.ID]*customer) map[ticket.ID]*customer {
	first := map[ticket.ID]*customer{}
	for id, c := range all {
		if id == id.Family() {
			first[id] = c
		}
	}
	return first
}

// Retries after long delays are as good as further Poisson arrivals, independent of the
// queue (Cohen 1957, "Basic problems of telephone traffic theory and the influence of
// repeated calls"): the queue is Erlang A at the rate λ' for which λ' = λ + r·P(λ')·λ',
// P being the share abandoned. So a queue with retries is busier than one without.
func TestRetriesLoadTheQueueLikeFurtherCalls(t *testing.T) {
	t.Parallel()
	const agents, rate, retry = 5, 5.0, 0.6
	abandon := func(rate float64) float64 {
		return must[erlang.A](t)(erlang.NewA(erlang.Load{Rate: rate, Handle: 1}, agents, 2)).Abandon()
	}
	total := rate
	for range 200 {
		total = rate + retry*abandon(total)*total
	}
	q := queue{
		agents: agents, classes: []load{{rate, exponential(1)}}, patience: exponential(2), within: time.Minute,
		length: 12_000 * time.Minute, warmup: 2400 * time.Minute, interval: 1200 * time.Minute,
	}
	s := q.scenario()
	s.Channels[0].AfterAbandon = work.AfterAbandon{Retry: retry, After: exponential(300 * 60), Most: ticket.MostFurther}
	x := unchecked(t, s, 3, 10)
	phone := outcome.Labels{Channel: "phone"}
	m := value(t, x, outcome.AbandonRate, all)
	t.Logf("abandoned %v, fixed point %v, without retries %v", m.Estimate, abandon(total), abandon(rate))
	if apart := m.Estimate.Value - abandon(total); math.Abs(apart) > 0.006 {
		t.Errorf("%v of the attempts are abandoned, by the fixed point %v", m.Estimate.Value, abandon(total))
	}
	if m.Estimate.Value < abandon(rate)+0.02 {
		t.Error("retries make no difference")
	}
	attempts := value(t, x, outcome.Arrived, all).Estimate.Value / (q.length - q.warmup).Minutes()
	if math.Abs(attempts/total-1) > 0.02 {
		t.Errorf("%v attempts a minute, by the fixed point %v", attempts, total)
	}
	// A customer is lost after any attempt, so of all customers λ'·P·(1-r)/λ are.
	lost := value(t, x, outcome.LostRate, phone).Estimate.Value
	if want := total * abandon(total) * (1 - retry) / rate; math.Abs(lost-want) > 0.01 {
		t.Errorf("%v of the customers are lost, want %v", lost, want)
	}
}

// Who asks again brings work: the agents are busy for λ·(s + c·h), where a ticket takes s
// and its customer asks c times for h each. So a queue that is slow makes itself
// slower; with another agent fewer ask.
func TestAskingAgainRaisesTheLoad(t *testing.T) {
	t.Parallel()
	email := outcome.Labels{Channel: "phone"} // as the queue calls it
	for _, merged := range []float64{0, 0.5, 1} {
		asks := map[int]float64{}
		for _, agents := range []int{1, 2} {
			q := queue{
				agents: agents, classes: []load{{0.7, exponential(1)}},
				length: 40_000 * time.Minute, warmup: 4000 * time.Minute, interval: 4000 * time.Minute,
			}
			s := q.scenario()
			s.Channels[0].Chase = work.Chase{After: dist.Must(dist.Weibull(4*60, 2)), Merged: merged, Handle: exponential(6), Most: 3}
			x := unchecked(t, s, 5, 8)
			c := value(t, x, outcome.Chasers, email).Estimate.Value
			occupancy := value(t, x, outcome.Occupancy, all).Estimate.Value
			if want := 0.7 * (1 + c/10) / float64(agents); math.Abs(occupancy/want-1) > 0.015 {
				t.Errorf("merged %v, %d agents: busy for %v of the time, want %v", merged, agents, occupancy, want)
			}
			asks[agents] = c
		}
		t.Logf("merged %v: a customer asks again %v times", merged, asks)
		if asks[1] < 0.2 || asks[2] > asks[1]/4 {
			t.Errorf("merged %v: a customer asks again %v times with one agent and %v times with two", merged, asks[1], asks[2])
		}
	}
}

// One agent would do, with a fifth of his time to spare. But who waits asks: when all ask
// five times for a quarter of the work, the queue never recovers from its first bad hour.
func TestAskingAgainCanTipAQueueOver(t *testing.T) {
	t.Parallel()
	q := queue{
		agents: 1, classes: []load{{0.8, exponential(1)}},
		length: 40_000 * time.Minute, warmup: 20_000 * time.Minute, interval: 4000 * time.Minute,
	}
	calm, anxious := q.scenario(), q.scenario()
	anxious.Channels[0].Chase = work.Chase{After: dist.Must(dist.Weibull(8*60, 2)), Merged: 0.5, Handle: exponential(15), Most: 5}
	before := value(t, unchecked(t, calm, 5, 4), outcome.Occupancy, all).Estimate.Value
	after := value(t, unchecked(t, anxious, 5, 4), outcome.Occupancy, all).Estimate.Value
	if math.Abs(before-0.8) > 0.02 || after < 0.999 {
		t.Errorf("the agent is busy for %v of the time, and was for %v", after, before)
	}
}
