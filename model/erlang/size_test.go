package erlang_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/erlang"
)

// keeps says in terms of the public measures whether agents keep the promise;
// an overloaded desk does not.
func keeps(t erlang.Target, l erlang.Load, agents int, patience float64) bool {
	if agents < 1 {
		return false
	}
	if patience == 0 {
		q, err := erlang.NewC(l, agents)
		return err == nil && q.ServiceLevel(t.Within) >= t.Level && (t.ASA == 0 || q.ASA() <= t.ASA) &&
			(t.Occupancy == 0 || q.Occupancy() <= t.Occupancy)
	}
	q, err := erlang.NewA(l, agents, patience)
	return err == nil && (t.Level == 0 || q.ServiceLevel(t.Definition, t.Within) >= t.Level) && (t.ASA == 0 || q.ASA() <= t.ASA) &&
		(t.Occupancy == 0 || q.Occupancy() <= t.Occupancy) && (t.Abandon == 0 || q.Abandon() <= t.Abandon)
}

func TestAgentsAreTheFewestThatKeepThePromise(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := erlang.Load{Rate: math.Exp(rapid.Float64Range(-3, 6).Draw(t, "log erlangs")), Handle: 1}
		patience := rapid.SampledFrom([]float64{0, 0.1, 1, 10}).Draw(t, "patience")
		target := erlang.Target{
			Level:      rapid.SampledFrom([]float64{0, 0.5, 0.8, 0.95, 0.999}).Draw(t, "level"),
			Within:     rapid.SampledFrom([]float64{0, 0.1, 1}).Draw(t, "within"),
			Definition: rapid.SampledFrom(erlang.Definitions()).Draw(t, "definition"),
			ASA:        rapid.SampledFrom([]float64{0, 0.01, 1}).Draw(t, "ASA"),
			Occupancy:  rapid.SampledFrom([]float64{0, 0.5, 0.85}).Draw(t, "occupancy"),
			Abandon:    rapid.SampledFrom([]float64{0, 0.01, 0.1}).Draw(t, "abandon"),
		}
		if target.Check() != nil {
			t.Skip("no demand at all")
		}
		agents, err := target.Agents(l, patience)
		if err != nil {
			t.Fatal(err)
		}
		if !keeps(target, l, agents, patience) {
			t.Fatalf("%d agents do not keep the promise", agents)
		}
		if keeps(target, l, agents-1, patience) {
			t.Fatalf("%d agents would do, not only %d", agents-1, agents)
		}
	})
}

func TestAgentsForKnownPromises(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		target   erlang.Target
		patience float64
		want     int
	}{
		{"80 % in 20 s, endless patience", erlang.Target{Level: 0.8, Within: 20}, 0, 14},
		{"the same, said as infinite", erlang.Target{Level: 0.8, Within: 20}, math.Inf(1), 14},
		{"80 % in 20 s, five minutes of patience", erlang.Target{Level: 0.8, Within: 20}, 300, 13},
		{"occupancy of at most 70 %", erlang.Target{Occupancy: 0.7}, 0, 15},
		{"the strictest demand binds", erlang.Target{Level: 0.8, Within: 20, Occupancy: 0.5}, 0, 20},
		{"only abandonment, and nobody abandons", erlang.Target{Abandon: 0.05}, 0, 11},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.target.Agents(centre, c.patience)
			if err != nil || got != c.want {
				t.Errorf("%d agents, %v, want %d", got, err, c.want)
			}
		})
	}
}

func TestPromisesWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		target erlang.Target
		want   string
	}{
		{erlang.Target{}, "no target"},
		{erlang.Target{Level: 1, Within: 20}, "service level must be at least 0 and below 1, not 1"},
		{erlang.Target{Level: 80, Within: 20}, "not 80"},
		{erlang.Target{Level: nan}, "service level"},
		{erlang.Target{Level: 0.8, Within: -1}, "the time within which to answer"},
		{erlang.Target{Level: 0.8, Within: inf}, "the time within which to answer"},
		{erlang.Target{Level: 0.8, Definition: 9}, "no definition 9"},
		{erlang.Target{ASA: -1}, "average speed of answer"},
		{erlang.Target{Occupancy: 85}, "occupancy must lie between 0 and 1, not 85"},
		{erlang.Target{Abandon: 1}, "abandonment"},
	} {
		if _, err := c.target.Agents(centre, 0); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v lacks %q", c.target, err, c.want)
		}
	}
	good := erlang.Target{Level: 0.8, Within: 20}
	if _, err := good.Agents(erlang.Load{}, 0); err == nil {
		t.Error("no load was sized")
	}
	for _, patience := range []float64{-1, nan} {
		if _, err := good.Agents(centre, patience); err == nil {
			t.Errorf("patience %v was sized", patience)
		}
	}
	// More agents than can be worked out.
	if n, err := (erlang.Target{Occupancy: 1e-9}).Agents(centre, 0); err == nil {
		t.Errorf("%d agents", n)
	}
}

func TestTrunksAreTheFewestThatLoseLittle(t *testing.T) {
	t.Parallel()
	for _, load := range []float64{0.1, 1, 10, 250, 5000} {
		for _, blocking := range []float64{0.5, 0.05, 1e-6} {
			l := erlang.Load{Rate: load, Handle: 1}
			n, err := erlang.TrunksFor(l, blocking)
			if err != nil {
				t.Fatal(err)
			}
			if got := newB(t, l, n).Blocking(); got > blocking {
				t.Errorf("%d lines lose %v of %v erlangs", n, got, load)
			}
			if n > 1 && newB(t, l, n-1).Blocking() <= blocking {
				t.Errorf("%d lines would do for %v erlangs", n-1, load)
			}
		}
	}
	for _, bad := range []float64{0, 1, -1, math.NaN()} {
		if _, err := erlang.TrunksFor(centre, bad); err == nil {
			t.Errorf("blocking of %v was sized", bad)
		}
	}
	if _, err := erlang.TrunksFor(erlang.Load{}, 0.1); err == nil {
		t.Error("no load was sized")
	}
}

func TestHalfinWhittIsTheLimitOfErlangC(t *testing.T) {
	t.Parallel()
	for _, beta := range []float64{0.1, 0.5, 1, 2} {
		last := math.Inf(1)
		for _, agents := range []int{100, 10_000, 1_000_000} {
			// a + beta √a = n, solved for a.
			root := (math.Sqrt(beta*beta+4*float64(agents)) - beta) / 2
			c := newC(t, erlang.Load{Rate: root * root, Handle: 1}, agents)
			off := math.Abs(c.Waiting() - erlang.HalfinWhitt(beta))
			if off > last {
				t.Errorf("beta %v: %d agents are off by %v, fewer by %v", beta, agents, off, last)
			}
			last = off
		}
		if last > 3e-4 {
			t.Errorf("beta %v: a million agents are off by %v", beta, last)
		}
	}
	// Without safety everybody waits; with 1.96 √a, as a table of the normal law
	// gives it: 1 / (1 + 1.96 · 0.9750021 / 0.0584409).
	for _, beta := range []float64{0, -1, math.NaN()} {
		if got := erlang.HalfinWhitt(beta); got != 1 {
			t.Errorf("beta %v: %v", beta, got)
		}
	}
	near(t, "beta 1.96", erlang.HalfinWhitt(1.96), 1/(1+1.96*0.9750021/0.0584409), 1e-7)
	if got := erlang.HalfinWhitt(50); got != 0 {
		t.Errorf("beta 50: %v", got)
	}
}

func TestSquareRootStaffingIsNearlyExact(t *testing.T) {
	t.Parallel()
	for _, load := range []float64{3, 10, 47.5, 300, 2000, 20000} {
		for _, waiting := range []float64{0.7, 0.3, 0.05} {
			exact, err := erlang.Target{Level: 1 - waiting}.Agents(erlang.Load{Rate: load, Handle: 1}, 0)
			if err != nil {
				t.Fatal(err)
			}
			agents, beta, err := erlang.SquareRoot(load, waiting)
			if err != nil {
				t.Fatal(err)
			}
			if agents < exact-1 || agents > exact+1 {
				t.Errorf("%v erlangs, %v wait: %d agents, exactly %d", load, waiting, agents, exact)
			}
			near(t, "share waiting", erlang.HalfinWhitt(beta), waiting, 1e-12)
		}
	}
	for _, bad := range [][2]float64{{0, 0.5}, {-1, 0.5}, {1e9, 0.5}, {math.NaN(), 0.5}, {10, 0}, {10, 1}, {10, math.NaN()}} {
		if _, _, err := erlang.SquareRoot(bad[0], bad[1]); err == nil {
			t.Errorf("%v was staffed", bad)
		}
	}
}

func ExampleTarget_Agents() {
	load := erlang.Load{Rate: 100. / 1800, Handle: 180}
	promise := erlang.Target{Level: 0.8, Within: 20}
	patient, _ := promise.Agents(load, 0)
	human, _ := promise.Agents(load, 300)
	fmt.Println(patient, "agents if everybody waits for ever,", human, "if they give up after 5 minutes")
	// Output: 14 agents if everybody waits for ever, 13 if they give up after 5 minutes
}
