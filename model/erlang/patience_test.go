package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/erlang"
)

// chain is the M/M/n+M queue as a birth and death chain, cut off where its
// probabilities have died out, and solved from the balance of each pair of
// neighbours. Nothing in it comes from the formulas of the package.
type chain struct {
	rate, mu, theta float64
	agents          int
	p               []float64 // by number in the system
}

func newChain(l erlang.Load, agents int, patience float64) chain {
	c := chain{rate: l.Rate, mu: 1 / l.Handle, theta: 1 / patience, agents: agents}
	logs, top := []float64{0}, 0.
	for k := 1; ; k++ {
		logs = append(logs, logs[k-1]+math.Log(c.rate/c.death(k)))
		top = math.Max(top, logs[k])
		if k > agents && c.death(k) > c.rate && logs[k] < top-60 {
			break
		}
	}
	total := 0.
	for _, x := range logs {
		total += math.Exp(x - top)
	}
	for _, x := range logs {
		c.p = append(c.p, math.Exp(x-top)/total)
	}
	return c
}

// death is the rate at which k in the system become k − 1.
func (c chain) death(k int) float64 {
	return float64(min(k, c.agents))*c.mu + float64(max(k-c.agents, 0))*c.theta
}

func (c chain) waiting() (sum float64) {
	for _, p := range c.p[c.agents:] {
		sum += p
	}
	return sum
}

func (c chain) queue() (sum float64) {
	for j, p := range c.p[c.agents:] {
		sum += float64(j) * p
	}
	return sum
}

func (c chain) busy() (sum float64) {
	for k, p := range c.p {
		sum += float64(min(k, c.agents)) * p
	}
	return sum
}

// fate is what has become of an arrival at some time after it.
type fate struct {
	served     float64 // served by then, those at once included
	abandoned  float64
	servedWait float64 // sum of the waits of those served by then
	stuck      float64 // would still wait if he had endless patience
}

// follow integrates the fate of an arrival who finds the chain in its steady
// state until time t, by Runge and Kutta's method on the number ahead of him. His
// own patience is on top of theirs; a twin of endless patience gives the
// virtual wait.
func (c chain) follow(t float64, steps int) fate {
	ahead := len(c.p) - c.agents
	// The state: n customers ahead, for him and for his twin, and what came out.
	const out = 3
	state := make([]float64, 2*ahead+out)
	f := fate{served: 1 - c.waiting()}
	copy(state, c.p[c.agents:])
	copy(state[ahead:], c.p[c.agents:])
	slope := func(y, into []float64, now float64) {
		for twin := range 2 {
			y, into := y[twin*ahead:][:ahead], into[twin*ahead:][:ahead]
			for j := range y {
				leave := c.death(c.agents + j)
				if twin == 0 {
					leave += c.theta
				}
				into[j] = -leave * y[j]
				if j+1 < ahead {
					into[j] += c.death(c.agents+j+1) * y[j+1]
				}
			}
		}
		flow := float64(c.agents) * c.mu * y[0]
		gone := 0.
		for _, p := range y[:ahead] {
			gone += c.theta * p
		}
		copy(into[2*ahead:], []float64{flow, gone, flow * now})
	}
	h := t / float64(steps)
	k := [4][]float64{}
	for i := range k {
		k[i] = make([]float64, len(state))
	}
	probe := make([]float64, len(state))
	for step := range steps {
		now := h * float64(step)
		slope(state, k[0], now)
		for i, part := range []float64{0.5, 0.5, 1} {
			for j := range state {
				probe[j] = state[j] + part*h*k[i][j]
			}
			slope(probe, k[i+1], now+part*h)
		}
		for j := range state {
			state[j] += h / 6 * (k[0][j] + 2*k[1][j] + 2*k[2][j] + k[3][j])
		}
	}
	f.served += state[2*ahead]
	f.abandoned = state[2*ahead+1]
	f.servedWait = state[2*ahead+2]
	for _, p := range state[ahead:][:ahead] {
		f.stuck += p
	}
	return f
}

func TestErlangAAgreesWithTheChain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		load     erlang.Load
		agents   int
		patience float64
		within   float64
		horizon  float64 // by which every wait has ended
		steps    int
	}{
		{"the call centre", centre, 14, 300, 20, 900, 20000},
		{"one agent at full load", erlang.Load{Rate: 1, Handle: 1}, 1, 1, 0.5, 30, 4000},
		{"one agent overloaded, patient", erlang.Load{Rate: 2, Handle: 1}, 1, 10, 5, 60, 8000},
		{"short patience", erlang.Load{Rate: 3, Handle: 1}, 3, 0.1, 0.05, 4, 8000},
		{"fifty agents overloaded", erlang.Load{Rate: 60, Handle: 1}, 50, 2, 0.2, 3, 6000},
		{"light load", erlang.Load{Rate: 2, Handle: 1}, 6, 3, 0.3, 10, 4000},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q, want := newA(t, c.load, c.agents, c.patience), newChain(c.load, c.agents, c.patience)
			checkSteady(t, q, want)

			f := want.follow(c.within, c.steps)
			served := 1 - q.Abandon()
			for d, level := range map[erlang.Definition]float64{
				erlang.ServedOfOffered:  f.served,
				erlang.ServedOfServed:   f.served / served,
				erlang.ServedOfPatient:  f.served / (1 - f.abandoned),
				erlang.WaitOfOffered:    f.served + f.abandoned,
				erlang.VirtualOfOffered: 1 - f.stuck,
			} {
				closeTo(t, d.String(), q.ServiceLevel(d, c.within), level, 1e-8)
			}

			end := want.follow(c.horizon, c.steps)
			if end.served+end.abandoned < 1-1e-6 {
				t.Fatalf("the horizon is too short: %v", end.served+end.abandoned)
			}
			closeTo(t, "abandoned in the end", q.Abandon(), end.abandoned, 1e-4)
			closeTo(t, "ASA", q.ASA(), end.servedWait/end.served, 1e-4)
		})
	}
}

// checkSteady compares what the chain says without following anybody.
func checkSteady(t *testing.T, q erlang.A, want chain) {
	t.Helper()
	closeTo(t, "waiting", q.Waiting(), want.waiting(), 1e-9)
	closeTo(t, "queue", q.Queue(), want.queue(), 1e-9)
	closeTo(t, "occupancy", q.Occupancy(), want.busy()/float64(q.Agents), 1e-9)
	closeTo(t, "abandon", q.Abandon(), want.queue()/q.Patience/q.Rate, 1e-9)
	// E[wait over all] = mean patience × P(abandon), always; the chain gives the
	// left side by Little's law.
	closeTo(t, "mean wait", q.MeanWait(), want.queue()/q.Rate, 1e-9)
	near(t, "identity", q.MeanWait(), q.Patience*q.Abandon(), 1e-12*q.Patience)
}

func TestErlangAOfManyAgentsAgreesWithTheChain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		erlangs  float64
		agents   int
		patience float64 // in handling times
	}{
		{100, 105, 0.5}, {500, 480, 2}, {1000, 1000, 1}, {900, 1000, 5}, {1300, 1000, 3}, {1300, 1000, 300},
		{5000, 5000, 1}, {4900, 5000, 10}, {6500, 5000, 0.2}, {6500, 5000, 40}, {30, 1, 1e4}, {1, 1, 1e6},
	} {
		t.Run(fmt.Sprintf("%v erlangs, %d agents, patience %v", c.erlangs, c.agents, c.patience), func(t *testing.T) {
			t.Parallel()
			l := erlang.Load{Rate: c.erlangs / 180, Handle: 180}
			checkSteady(t, newA(t, l, c.agents, 180*c.patience), newChain(l, c.agents, 180*c.patience))
		})
	}
}

func TestEndlessPatienceIsErlangC(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{11, 14, 20} {
		c, a := newC(t, centre, agents), newA(t, centre, agents, 1e10)
		closeTo(t, "waiting", a.Waiting(), c.Waiting(), 1e-5)
		closeTo(t, "mean wait", a.MeanWait(), c.ASA(), 1e-5)
		closeTo(t, "ASA", a.ASA(), c.ASA(), 1e-5)
		closeTo(t, "occupancy", a.Occupancy(), c.Occupancy(), 1e-5)
		near(t, "abandon", a.Abandon(), 0, 1e-6)
		for _, d := range erlang.Definitions() {
			closeTo(t, d.String(), a.ServiceLevel(d, 20), c.ServiceLevel(20), 1e-5)
		}
	}
}

func TestNoPatienceIsErlangB(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{1, 8, 10, 14} {
		b, a := newB(t, centre, agents), newA(t, centre, agents, 1e-7)
		closeTo(t, "waiting", a.Waiting(), b.Blocking(), 1e-6)
		closeTo(t, "abandon", a.Abandon(), b.Blocking(), 1e-6)
		closeTo(t, "occupancy", a.Occupancy(), b.Occupancy(), 1e-6)
		near(t, "mean wait", a.MeanWait(), 0, 1e-7)
		near(t, "ASA", a.ASA(), 0, 1e-7)
	}
}

func TestDeepOverloadServesWhatItCan(t *testing.T) {
	t.Parallel()
	// All agents are always busy, so the share n/a is served, and everybody who is
	// served waits about as long as the share of patience that is left, ln(a/n).
	for _, patience := range []float64{1e3, 1e6, 1e9} {
		q := newA(t, erlang.Load{Rate: 15, Handle: 1}, 10, patience)
		closeTo(t, "waiting", q.Waiting(), 1, 1e-12)
		closeTo(t, "abandon", q.Abandon(), 1./3, 1e-9)
		closeTo(t, "occupancy", q.Occupancy(), 1, 1e-9)
		closeTo(t, "ASA", q.ASA(), patience*math.Log(1.5), 1e-3)
		near(t, "service level early", q.ServiceLevel(erlang.ServedOfOffered, patience/10), 0, 1e-4)
		near(t, "service level late", q.ServiceLevel(erlang.ServedOfServed, patience), 1, 1e-6)
	}
}

func TestServiceLevelsRiseFromThoseServedAtOnce(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{6, 10, 14} {
		q := newA(t, centre, agents, 120)
		ends := map[erlang.Definition]float64{
			erlang.ServedOfOffered:  1 - q.Abandon(),
			erlang.ServedOfServed:   1,
			erlang.ServedOfPatient:  1,
			erlang.WaitOfOffered:    1,
			erlang.VirtualOfOffered: 1,
		}
		for _, d := range erlang.Definitions() {
			last := q.ServiceLevel(d, 0)
			for within := 1.; within < 2000; within *= 1.2 {
				got := q.ServiceLevel(d, within)
				if !(got >= last-1e-12 && got <= 1) {
					t.Errorf("%s within %v: %v after %v", d, within, got, last)
				}
				last = got
			}
			near(t, d.String()+" in the end", q.ServiceLevel(d, 1e5), ends[d], 1e-9)
			if got := q.ServiceLevel(d, -1); got != 0 {
				t.Errorf("%s within less than nothing: %v", d, got)
			}
		}
		for _, d := range []erlang.Definition{erlang.ServedOfOffered, erlang.WaitOfOffered, erlang.VirtualOfOffered} {
			near(t, d.String()+" at once", q.ServiceLevel(d, 0), 1-q.Waiting(), 1e-12)
		}
		// Served within is the strictest, wait within the mildest over all offered.
		strict, mild := q.ServiceLevel(erlang.ServedOfOffered, 20), q.ServiceLevel(erlang.WaitOfOffered, 20)
		virtual := q.ServiceLevel(erlang.VirtualOfOffered, 20)
		if !(strict < virtual && virtual < mild) {
			t.Errorf("strict %v, virtual %v, mild %v", strict, virtual, mild)
		}
	}
}

// TestAnyQueueHasMeasuresOfSense looks for overflow and cancellation far from the
// queues above.
func TestAnyQueueHasMeasuresOfSense(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		agents := int(math.Exp(rapid.Float64Range(0, 8).Draw(t, "log agents")))
		l := erlang.Load{Rate: math.Exp(rapid.Float64Range(-7, 9).Draw(t, "log rate")), Handle: 1}
		patience := math.Exp(rapid.Float64Range(-14, 7).Draw(t, "log patience"))
		within := patience * math.Exp(rapid.Float64Range(-10, 5).Draw(t, "log within"))
		q, err := erlang.NewA(l, agents, patience)
		if err != nil {
			t.Fatal(err)
		}
		share := map[string]float64{"waiting": q.Waiting(), "abandon": q.Abandon(), "occupancy": q.Occupancy()}
		for _, d := range erlang.Definitions() {
			share[d.String()] = q.ServiceLevel(d, within)
		}
		for what, x := range share {
			if !(x >= 0 && x <= 1+1e-12) {
				t.Fatalf("%s = %v", what, x)
			}
		}
		if !(q.ASA() >= 0) || math.IsInf(q.ASA(), 0) {
			t.Fatalf("ASA = %v", q.ASA())
		}
		// What cannot be served leaves.
		if least := 1 - float64(agents)/l.Erlangs(); q.Abandon() < least-1e-9 {
			t.Fatalf("abandon = %v, at least %v", q.Abandon(), least)
		}
		slack := 1e-9
		strict, virtual, mild := share[erlang.ServedOfOffered.String()], share[erlang.VirtualOfOffered.String()], share[erlang.WaitOfOffered.String()]
		if strict > virtual+slack || virtual > mild+slack || strict > 1-q.Abandon()+slack {
			t.Fatalf("strict %v, virtual %v, mild %v, abandon %v", strict, virtual, mild, q.Abandon())
		}
	})
}

func TestUnknownDefinitionPanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	newA(t, centre, 14, 300).ServiceLevel(erlang.Definition(99), 20)
}

func TestMoreAgentsHelp(t *testing.T) {
	t.Parallel()
	last := newA(t, centre, 1, 300)
	for agents := 2; agents < 30; agents++ {
		q := newA(t, centre, agents, 300)
		if !(q.Waiting() < last.Waiting() && q.Abandon() < last.Abandon() && q.ASA() < last.ASA() && q.Occupancy() < last.Occupancy()) {
			t.Errorf("%d agents are worse than %d", agents, agents-1)
		}
		for _, d := range erlang.Definitions() {
			if q.ServiceLevel(d, 20) < last.ServiceLevel(d, 20)-1e-12 {
				t.Errorf("%s falls with agent %d", d, agents)
			}
		}
		last = q
	}
}

func ExampleNewA() {
	// 100 calls per half hour, 3 minutes each, 14 agents; callers give up after
	// 5 minutes on average.
	load := erlang.Load{Rate: 100. / 1800, Handle: 180}
	q, err := erlang.NewA(load, 14, 300)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f erlangs, occupancy %.1f %%\n", q.Erlangs(), 100*q.Occupancy())
	fmt.Printf("%.2f %% give up, the others wait for %.1f s\n", 100*q.Abandon(), q.ASA())
	fmt.Printf("%s: %.1f %% in 20 s\n", erlang.ServedOfOffered, 100*q.ServiceLevel(erlang.ServedOfOffered, 20))
	// Output:
	// 10 erlangs, occupancy 70.4 %
	// 1.40 % give up, the others wait for 3.9 s
	// served within / offered: 91.7 % in 20 s
}
