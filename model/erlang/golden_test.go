package erlang_test

import (
	"errors"
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/erlang"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g ± %g", what, got, want, tolerance)
	}
}

// closeTo compares with a relative tolerance.
func closeTo(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	near(t, what, got, want, tolerance*math.Abs(want))
}

func newB(t *testing.T, l erlang.Load, agents int) erlang.B {
	t.Helper()
	q, err := erlang.NewB(l, agents)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func newC(t *testing.T, l erlang.Load, agents int) erlang.C {
	t.Helper()
	q, err := erlang.NewC(l, agents)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func newA(t *testing.T, l erlang.Load, agents int, patience float64) erlang.A {
	t.Helper()
	q, err := erlang.NewA(l, agents, patience)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// centre is 100 calls per half hour of 180 s each: 10 erlangs.
var centre = erlang.Load{Rate: 100. / 1800, Handle: 180}

// TestTheCallCentreThatOthersAgreeOn holds values published by other programs.
func TestTheCallCentreThatOthersAgreeOn(t *testing.T) {
	t.Parallel()
	c := newC(t, centre, 14)
	near(t, "C: P(wait)", c.Waiting(), 0.174132, 1e-6)
	near(t, "C: service level", c.ServiceLevel(20), 0.888350, 1e-6)
	near(t, "C: ASA", c.ASA(), 7.83594, 1e-5)
	near(t, "C: occupancy", c.Occupancy(), 0.714286, 1e-6)
	a := newA(t, centre, 14, 300)
	near(t, "A: served within 20 s over offered", a.ServiceLevel(erlang.ServedOfOffered, 20), 0.916792, 1e-6)
	near(t, "A: P(W <= 20 s)", a.ServiceLevel(erlang.WaitOfOffered, 20), 0.92396, 1e-5)
	near(t, "A: P(V <= 20 s)", a.ServiceLevel(erlang.VirtualOfOffered, 20), 0.91871, 1e-5)
}

func TestErlangBByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		load   float64
		agents int
		want   float64
	}{
		{1, 1, 0.5},
		{2, 2, 2. / 5},
		{3, 5, 2.025 / 18.4}, // 3⁵/5! over 1 + 3 + 4.5 + 4.5 + 3.375 + 2.025
		{0.5, 3, 0.125 / 6 / (1 + .5 + .125 + 0.125/6)},
	} {
		q := newB(t, erlang.Load{Rate: c.load / 10, Handle: 10}, c.agents)
		closeTo(t, "blocking", q.Blocking(), c.want, 1e-14)
		closeTo(t, "carried", q.Carried(), c.load*(1-c.want), 1e-14)
		closeTo(t, "occupancy", q.Occupancy(), c.load*(1-c.want)/float64(c.agents), 1e-14)
	}
}

// fortet is 1/B = a ∫ exp(−a x) (1 + x)^n dx from 0 on (Fortet's integral), by
// Simpson's rule about the maximum of the integrand, as a logarithm.
func fortet(a float64, n int) float64 {
	exponent := func(x float64) float64 { return -a*x + float64(n)*math.Log1p(x) }
	peak := math.Max(0, float64(n)/a-1)
	// Beyond the peak the integrand is below exp(−50) of it after this width.
	width := 10*math.Sqrt(float64(n))/a + 50/a
	low, high := math.Max(0, peak-width), peak+width
	const steps = 200000
	h, sum := (high-low)/steps, 0.
	for i := range steps + 1 {
		weight := 2. + 2*float64(i%2)
		if i == 0 || i == steps {
			weight = 1
		}
		sum += weight * math.Exp(exponent(low+h*float64(i))-exponent(peak))
	}
	return math.Log(a*h/3*sum) + exponent(peak)
}

func TestThousandsOfAgentsAgreeWithFortetsIntegral(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		load   float64
		agents int
	}{
		{10, 14}, {95, 100}, {980, 1000}, {900, 1000}, {1200, 1000}, {4950, 5000}, {4500, 5000}, {6000, 5000}, {100, 300},
	} {
		l := erlang.Load{Rate: c.load, Handle: 1}
		inverse := fortet(c.load, c.agents)
		closeTo(t, "B", newB(t, l, c.agents).Blocking(), math.Exp(-inverse), 1e-7)
		rho := c.load / float64(c.agents)
		if rho >= 1 {
			continue
		}
		b := math.Exp(-inverse)
		closeTo(t, "C", newC(t, l, c.agents).Waiting(), b/(1-rho*(1-b)), 1e-7)
	}
}

func TestManyIdleAgentsUnderflowToZero(t *testing.T) {
	t.Parallel()
	l := erlang.Load{Rate: 1, Handle: 1}
	if got := newB(t, l, 5000).Blocking(); got != 0 {
		t.Errorf("B = %v", got)
	}
	c := newC(t, l, 5000)
	a := newA(t, l, 5000, 3)
	if c.Waiting() != 0 || c.ASA() != 0 || c.ServiceLevel(0) != 1 {
		t.Errorf("C: waiting %v, ASA %v, service level %v", c.Waiting(), c.ASA(), c.ServiceLevel(0))
	}
	if a.Waiting() != 0 || a.Abandon() != 0 || a.ASA() != 0 || a.ServiceLevel(erlang.ServedOfOffered, 0) != 1 {
		t.Errorf("A: waiting %v, abandon %v, ASA %v", a.Waiting(), a.Abandon(), a.ASA())
	}
}

func TestOneAgentIsMM1(t *testing.T) {
	t.Parallel()
	for _, rho := range []float64{0.01, 0.5, 0.9, 0.999} {
		q := newC(t, erlang.Load{Rate: rho / 60, Handle: 60}, 1)
		closeTo(t, "waiting", q.Waiting(), rho, 1e-12)
		closeTo(t, "ASA", q.ASA(), rho*60/(1-rho), 1e-9)
		closeTo(t, "queue", q.Queue(), rho*rho/(1-rho), 1e-9)
		closeTo(t, "service level", q.ServiceLevel(45), 1-rho*math.Exp(-(1-rho)*45/60), 1e-9)
	}
}

func TestWaitQuantileIsTheInverseOfTheServiceLevel(t *testing.T) {
	t.Parallel()
	q := newC(t, centre, 12)
	for _, p := range []float64{0.7, 0.8, 0.9, 0.99, 0.9999} {
		wait := q.WaitQuantile(p)
		if wait <= 0 {
			t.Errorf("quantile %v is %v", p, wait)
		}
		near(t, "service level", q.ServiceLevel(wait), p, 1e-12)
	}
	if got := q.WaitQuantile(0.3); got != 0 {
		t.Errorf("most do not wait, but the 30 %% quantile is %v", got)
	}
	if got := q.WaitQuantile(1); !math.IsInf(got, 1) {
		t.Errorf("longest wait %v", got)
	}
	if got := q.WaitQuantile(1.5); !math.IsNaN(got) {
		t.Errorf("quantile of no probability %v", got)
	}
	if got := q.ServiceLevel(-1); got != 0 {
		t.Errorf("service level within less than nothing %v", got)
	}
}

func TestOverloadSaysWhatItTakes(t *testing.T) {
	t.Parallel()
	for _, agents := range []int{1, 9, 10} {
		_, err := erlang.NewC(centre, agents)
		var over *erlang.Overload
		if !errors.As(err, &over) || over.Agents != agents || math.Abs(over.Erlangs-10) > 1e-9 {
			t.Errorf("%d agents: %v", agents, err)
		}
	}
	_, err := erlang.NewC(erlang.Load{Rate: 5, Handle: 2}, 7)
	want := "a load of 10 erlangs is too much for 7 agents: the queue grows for ever; it takes at least 11"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestNonsenseIsRefused(t *testing.T) {
	t.Parallel()
	inf, nan := math.Inf(1), math.NaN()
	for _, l := range []erlang.Load{
		{}, {Rate: 1}, {Handle: 1}, {Rate: -1, Handle: 1}, {Rate: 1, Handle: -1}, {Rate: nan, Handle: 1}, {Rate: 1, Handle: nan},
		{Rate: inf, Handle: 1}, {Rate: 1, Handle: inf}, {Rate: 1e300, Handle: 1e300}, {Rate: 1e8, Handle: 1}, {Rate: 1e-200, Handle: 1e-200},
	} {
		if err := l.Check(); err == nil {
			t.Errorf("%+v passes", l)
		}
		if _, err := erlang.NewB(l, 5); err == nil {
			t.Errorf("B of %+v", l)
		}
		if _, err := erlang.NewC(l, 5); err == nil {
			t.Errorf("C of %+v", l)
		}
		if _, err := erlang.NewA(l, 5, 1); err == nil {
			t.Errorf("A of %+v", l)
		}
	}
	for _, agents := range []int{0, -1, math.MaxInt} {
		if _, err := erlang.NewB(centre, agents); err == nil {
			t.Errorf("B with %d agents", agents)
		}
	}
	for _, patience := range []float64{0, -1, nan, inf, 1e30, 1e-30} {
		if _, err := erlang.NewA(centre, 14, patience); err == nil {
			t.Errorf("A with patience %v", patience)
		}
	}
}
