package arrivals_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/rng"
)

// insistent has customers of all kinds: by phone in the first stream, by email in the
// second.
func insistent() *model.Scenario {
	calls := stream("calls", 400)
	calls.Channel = 1
	s := scenario(4*day, calls, stream("mail", 200))
	s.Channels[0].Chase = work.Chase{After: dist.Must(dist.Weibull(3600, 2)), Merged: 0.7, Handle: dist.Must(dist.Exponential(120)), Most: 3}
	s.Channels[1].Callback = 0.3
	s.Channels[1].AfterAbandon = work.AfterAbandon{Retry: 0.4, After: dist.Must(dist.Exponential(600)), Most: 3, Switch: 0.25}
	s.Issues[0].Reply.Never = 0.5
	s.Issues[0].Reply.Remind = []time.Duration{day, 2 * day}
	s.Issues[0].Reply.Wins = 0.2
	return s
}

// What a descendant brings follows from its ID, and has nothing to do with what its
// customer's other contacts bring.
func TestDescendantsBringWorkOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := plan(t, insistent())
	g, again := p.Generator(), p.Generator()
	all := draw(t, g, p.Sources(), 42, 1)
	again.Reset(rng.Key{Seed: 42, Replication: 1})
	ids := byID(t, all)
	var product, one, two, squares float64
	n := 0.
	for _, a := range all {
		if p.Classes[a.Class].Channel != 1 {
			continue
		}
		b := arrivals.Ticket{Origin: a.Descend(ticket.Kin(0).Again()), At: a.At + time.Hour, Class: a.Class, Actual: a.Actual}
		if _, twice := ids[b.ID]; twice || b.Stream != a.Stream {
			t.Fatalf("descendant %x is another ticket", b.ID)
		}
		c := b
		g.Further(&b)
		again.Further(&c)
		if b != c {
			t.Fatalf("one and the same descendant is %+v and %+v", b, c)
		}
		if b.Class != a.Class || b.Touch.Handle <= 0 || b.Patience < 0 {
			t.Fatalf("the descendant of %+v is %+v", a, b)
		}
		x, y := math.Log(a.Patience.Seconds()), math.Log(b.Patience.Seconds())
		product, one, two, squares, n = product+x*y, one+x, two+y, squares+x*x, n+1
		to := p.Classes[p.Switched(a.Class)]
		if from := p.Classes[a.Class]; to.Channel != 0 || to.Issue != from.Issue || to.Tier != from.Tier || to.Priority != from.Priority {
			t.Fatalf("who writes instead becomes %+v, and was %+v", to, from)
		}
	}
	spread := squares/n - one/n*one/n
	near(t, "correlation of patience", (product/n-one/n*two/n)/spread, 0, 1/math.Sqrt(n))
}

// The shares are what the scenario says, and nobody tries more often than it says.
func TestLeavingSharesAreAsStated(t *testing.T) {
	t.Parallel()
	p := plan(t, insistent())
	g := p.Generator()
	var called, retried, switched, n, delay float64
	for _, a := range draw(t, g, p.Sources(), 7, 0) {
		if p.Classes[a.Class].Channel != 1 {
			if l := g.Leave(a.Origin, a.Class); l != (arrivals.Leaving{}) {
				t.Fatalf("who writes leaves: %+v", l)
			}
			continue
		}
		n++
		l := g.Leave(a.Origin, a.Class)
		if l.CallBack {
			called++
		}
		switch l.Next {
		case arrivals.Retries:
			retried++
			delay += l.Delay.Seconds()
		case arrivals.Switches:
			switched++
		}
		last := a.Descend(ticket.Kin(0).Again().Again().Again())
		if g.Leave(last, a.Class).Next == arrivals.Retries {
			t.Fatal("somebody tries a fourth time again")
		}
	}
	near(t, "called back", called/n, 0.3, math.Sqrt(0.3*0.7/n))
	near(t, "try again", retried/n, 0.4, math.Sqrt(0.4*0.6/n))
	near(t, "write instead", switched/n, 0.25, math.Sqrt(0.25*0.75/n))
	near(t, "delay", delay/retried, 600, 600/math.Sqrt(retried))
}

// A Weibull with shape 2 and scale s has the mean s·√π/2; the tolerance stretches it.
func TestChasesComeAsStated(t *testing.T) {
	t.Parallel()
	p := plan(t, insistent())
	g := p.Generator()
	var delay, stretched, merged, handle, n float64
	for _, a := range draw(t, g, p.Sources(), 7, 0) {
		if p.Classes[a.Class].Channel != 0 {
			continue
		}
		first, second := g.Chase(a.Origin, a.Class, 0, 0, 1), g.Chase(a.Origin, a.Class, 0, 1, 1)
		if later := g.Chase(a.Origin, a.Class, 1, 0, 1); first.Delay == second.Delay || first.Delay == later.Delay {
			t.Fatal("another time is drawn like the first")
		}
		n++
		delay += first.Delay.Seconds()
		stretched += g.Chase(a.Origin, a.Class, 0, 0, 1.5).Delay.Seconds()
		handle += first.Handle.Seconds()
		if first.Merged {
			merged++
		}
	}
	const mean = 3600 * 0.886226925452758
	near(t, "delay", delay/n, mean, mean*0.5227/math.Sqrt(n))
	if ratio := stretched / delay; math.Abs(ratio-1.5) > 1e-6 {
		t.Errorf("a tolerance of 1.5 multiplies the delays by %v", ratio)
	}
	near(t, "merged", merged/n, 0.7, math.Sqrt(0.7*0.3/n))
	near(t, "handle", handle/n, 120, 120/math.Sqrt(n))
}

// Two reminders that win one in five each leave 64 % of the silent silent, but for
// those whose delay goes beyond the closing.
func TestRemindersWinTheirShare(t *testing.T) {
	t.Parallel()
	none := insistent()
	none.Issues[0].Reply.Wins = 0
	p, without := plan(t, insistent()), plan(t, none).Generator()
	g := p.Generator()
	all := draw(t, g, p.Sources(), 7, 0)
	without.Reset(rng.Key{Seed: 7})
	var silent, won float64
	for _, a := range all {
		if p.Classes[a.Class].Issue != 0 {
			continue
		}
		was, is := without.Cycle(a.Origin, a.Class, a.Scale, 0), g.Cycle(a.Origin, a.Class, a.Scale, 0)
		if !was.Silent {
			if was != is {
				t.Fatalf("who answers anyway answers otherwise: %+v, without reminders %+v", is, was)
			}
			continue
		}
		silent++
		if is.Won {
			won++
			if is.Silent || is.Delay <= day || is.Delay >= 3*day || is.Touch.Handle <= 0 {
				t.Fatalf("a customer who was won is %+v", is)
			}
		} else if !is.Silent || is.Delay != 3*day {
			t.Fatalf("a customer who stays silent is %+v", is)
		}
	}
	// Beyond the closing, a day after the second reminder, is one in e²⁴.
	near(t, "won", won/silent, 0.36, math.Sqrt(0.36*0.64/silent))
}

func TestDescendantsNeedRoomInTheIDs(t *testing.T) {
	t.Parallel()
	s := insistent()
	s.Streams[0].Volume.Count = 2e7
	if _, err := arrivals.NewPlan(s); err == nil {
		t.Error("twenty million contacts a day have no room for those that descend from them")
	}
	s.Channels[0].Chase, s.Channels[1].AfterAbandon = work.Chase{}, work.AfterAbandon{}
	if _, err := arrivals.NewPlan(s); err != nil {
		t.Errorf("where nobody comes back, there is room: %v", err)
	}
	history := insistent()
	history.Streams = []demand.Stream{{Name: "history", Replay: []demand.Arrival{{ID: 5}, {ID: 5 | ticket.MostNumbers, At: time.Hour}}}}
	if _, err := arrivals.NewPlan(history); err == nil {
		t.Error("a history whose IDs differ only in what says who descends from whom is accepted")
	}
}
