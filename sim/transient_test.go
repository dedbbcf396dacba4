package sim_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// forward integrates the Kolmogorov forward equations of M(t)/M/c, the number
// of tickets n in the system of c agents, each ending a touch at rate μ:
//
//	p′(n) = λ(t) p(n−1) + μ min(n+1, c) p(n+1) − (λ(t) + μ min(n, c)) p(n)
//
// by the classical Runge-Kutta method in equal steps (Feller 1957, XVII.7). States
// are cut off where nothing can be. Times are in minutes, rates per minute.
type forward struct {
	agents int
	rate   func(at time.Duration) float64
	mu     float64

	p      []float64
	k      [4][]float64
	y      []float64
	lo, hi int // beyond these nobody is
}

// moment is what the equations say of one interval.
type moment struct {
	queue, spread float64 // expected length of the queue at its end, and its standard deviation
	waits         float64 // the probability that there is a queue
	backlog       float64 // expected number in the system at its end
	busy          float64 // expected number of busy agents, mean over the interval
}

const mostStates = 1500

// integrate starts with nobody there and returns the moments of all intervals.
func (f *forward) integrate(t testing.TB, length, interval, step time.Duration) []moment {
	t.Helper()
	f.p, f.y = make([]float64, mostStates+1), make([]float64, mostStates+1)
	for i := range f.k {
		f.k[i] = make([]float64, mostStates+1)
	}
	f.p[0], f.lo, f.hi = 1, 0, 2*f.agents
	var moments []moment
	var busy float64
	for at := time.Duration(0); at < length; at += step {
		f.window()
		busy += f.step(at, step)
		if end := at + step; end%interval == 0 {
			m := f.moment()
			m.busy = busy / interval.Minutes()
			moments, busy = append(moments, m), 0
		}
	}
	mass := 0.0
	for _, p := range f.p {
		mass += p
	}
	if math.Abs(mass-1) > 1e-9 || f.hi >= mostStates {
		t.Fatalf("the probabilities add up to %v, in states up to %d: too few states", mass, f.hi)
	}
	return moments
}

// window moves the bounds of the states in which somebody may be.
func (f *forward) window() {
	// A step reaches four states further, with what a power of its length leaves.
	const nothing, margin = 1e-17, 8
	for f.hi < mostStates && f.p[f.hi] > nothing {
		f.hi = min(f.hi+margin, mostStates)
	}
	for f.hi > 2*f.agents && f.p[f.hi] <= nothing && f.p[f.hi-margin] <= nothing {
		f.p[f.hi] = 0
		f.hi--
	}
	for f.lo > 0 && f.p[f.lo] > nothing {
		f.lo = max(f.lo-margin, 0)
	}
	for f.lo+margin < f.hi && f.p[f.lo] <= nothing && f.p[f.lo+margin] <= nothing {
		f.p[f.lo] = 0
		f.lo++
	}
}

// step advances by one step and returns the integral of busy agents over it.
func (f *forward) step(at, step time.Duration) (busy float64) {
	h := step.Minutes()
	// The rate may jump at the end of the step; it belongs to the next one.
	rates := [4]float64{f.rate(at), f.rate(at + step/2), f.rate(at + step/2), f.rate(at + step - 1)}
	weights, shifts := [4]float64{1, 2, 2, 1}, [4]float64{0, 0.5, 0.5, 1}
	from, to := max(f.lo-4, 0), min(f.hi+4, mostStates)
	for s := range 4 {
		y := f.p
		if s > 0 {
			y = f.y
			for n := from; n <= to; n++ {
				y[n] = f.p[n] + h*shifts[s]*f.k[s-1][n]
			}
		}
		busy += h / 6 * weights[s] * f.slope(y, f.k[s], rates[s], from, to)
	}
	for n := from; n <= to; n++ {
		f.p[n] += h / 6 * (f.k[0][n] + 2*f.k[1][n] + 2*f.k[2][n] + f.k[3][n])
	}
	return busy
}

// slope writes p′ and returns the busy agents.
func (f *forward) slope(p, slope []float64, rate float64, from, to int) (busy float64) {
	for n := from; n <= to; n++ {
		ends := f.mu * float64(min(n, f.agents))
		in := 0.0
		if n > from {
			in = rate * p[n-1]
		}
		if n < to {
			in += f.mu * float64(min(n+1, f.agents)) * p[n+1]
		}
		out := ends
		if n < mostStates {
			out += rate
		}
		slope[n] = in - out*p[n]
		busy += float64(min(n, f.agents)) * p[n]
	}
	return busy
}

func (f *forward) moment() (m moment) {
	var square float64
	for n := f.lo; n <= f.hi; n++ {
		m.backlog += float64(n) * f.p[n]
		if q := float64(n - f.agents); q > 0 {
			m.queue += q * f.p[n]
			square += q * q * f.p[n]
			m.waits += f.p[n]
		}
	}
	m.spread = math.Sqrt(max(0, square-m.queue*m.queue))
	return m
}

// pulses are desks that a pulse of demand drives far beyond their capacity.
var pulses = []struct {
	name  string
	queue queue
}{
	{"ten times the demand for an hour", queue{
		agents: 10, classes: []load{{2, exponential(2)}},
		spikes: []demand.Spike{{Name: "pulse", Factor: 10, Start: time.Hour, Hold: time.Hour}},
	}},
	{"ten times, rising and falling", queue{
		agents: 5, classes: []load{{1.9, exponential(1)}},
		spikes: []demand.Spike{{Name: "pulse", Factor: 10, Start: 45 * time.Minute, Rise: 30 * time.Minute, Hold: 20 * time.Minute, Fall: 40 * time.Minute}},
	}},
	{"three times on a larger desk, just above capacity", queue{
		agents: 40, classes: []load{{5, exponential(3)}},
		spikes: []demand.Spike{{Name: "pulse", Factor: 3, Start: 30 * time.Minute, Rise: 20 * time.Minute, Hold: 150 * time.Minute, Fall: 10 * time.Minute}},
	}},
}

func TestTimeVaryingDemandAgainstTheForwardEquations(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("seconds of integration: left out by -short")
	}
	for i, row := range pulses {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			q := row.queue
			q.length, q.interval = 8*time.Hour, 15*time.Minute
			exact := solve(t, q)
			compare(t, q, exact, uint64(40+i))
		})
	}
}

// solve integrates in two step lengths: what halving changes is the error of the
// longer, and sixteen times that of the shorter.
func solve(t *testing.T, q queue) []moment {
	t.Helper()
	f := &forward{agents: q.agents, mu: 1 / q.classes[0].handle.Mean(), rate: func(at time.Duration) float64 {
		return q.classes[0].perMinute * demand.Factor(q.spikes, at)
	}}
	coarse := f.integrate(t, q.length, q.interval, 2*time.Second)
	fine := f.integrate(t, q.length, q.interval, time.Second)
	for i := range fine {
		a, b := coarse[i], fine[i]
		if apart := max(math.Abs(a.queue-b.queue), math.Abs(a.busy-b.busy), math.Abs(a.spread-b.spread)); apart > 1e-5 {
			t.Fatalf("interval %d: a step of half the length changes %+v to %+v", i, a, b)
		}
	}
	return fine
}

// sample is one quantity in all replications, beside its exact mean.
type sample struct {
	name  string
	exact float64
	xs    []float64
	// spread is the standard deviation of a single one; 0 for that of the sample.
	spread float64
}

func compare(t *testing.T, q queue, exact []moment, seed uint64) {
	const replications = 800
	queues, busy, backlogs := series(t, q, seed, replications)
	var samples []sample
	for i, m := range exact {
		// Where there is hardly ever a queue its length is far from normal.
		if m.waits*replications >= 50 {
			samples = append(samples, sample{fmt.Sprintf("queue at the end of interval %d", i), m.queue, queues[i], m.spread})
		}
		// Nor is there anything to see where all agents are always busy.
		if s := (sample{fmt.Sprintf("busy agents in interval %d", i), m.busy, busy[i], 0}); s.deviation() > 0.02 {
			samples = append(samples, s)
		} else if apart := math.Abs(s.mean() - m.busy); apart > 0.005 {
			t.Errorf("%s: %v, exact %v", s.name, s.mean(), m.busy)
		}
	}
	if len(samples) < len(exact) {
		t.Fatalf("only %d quantities to compare", len(samples))
	}
	worst := 0.0
	for _, s := range samples {
		z := s.z()
		worst = max(worst, math.Abs(z))
		if !(math.Abs(z) <= 4.5) {
			t.Errorf("%s: %.5g, exact %.5g, z %.2f", s.name, s.mean(), s.exact, z)
		}
	}
	pooled(t, samples)
	end := int(q.spikes[0].End()/q.interval) - 1
	backlog := sample{exact: exact[end].backlog, xs: backlogs[end]}
	t.Logf("%d quantities, largest |z| %.2f; backlog at the end of the pulse %.1f, exact %.1f", len(samples), worst, backlog.mean(), backlog.exact)
	if z := backlog.z(); !(math.Abs(z) <= 4.5) {
		t.Errorf("backlog at the end of the pulse: %.5g, exact %.5g, z %.2f", backlog.mean(), backlog.exact, z)
	}
}

// series runs replications and returns, by interval and replication, the queue
// and the backlog at its end and the mean number of busy agents.
func series(t *testing.T, q queue, seed uint64, replications int) (queues, busy, backlogs [][]float64) {
	t.Helper()
	s := q.scenario()
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	catalog := simulation.Catalog()
	find := func(name string) int {
		i := slices.IndexFunc(catalog.Series, func(x outcome.Series) bool { return x.Name == name })
		if i < 0 {
			t.Fatalf("no series %s", name)
		}
		return i
	}
	of := [3]int{find(outcome.SeriesQueue), find(outcome.SeriesBusy), find(outcome.SeriesBacklog)}
	var out [3][][]float64
	for k := range out {
		out[k] = make([][]float64, catalog.Intervals)
	}
	run, w := catalog.NewRun(), simulation.Worker()
	for r := range replications {
		w.Run(seed, r, run)
		for k := range out {
			for i, x := range run.Series[of[k]].Num {
				out[k][i] = append(out[k][i], x)
			}
		}
	}
	return out[0], out[1], out[2]
}

func (s *sample) mean() float64 {
	sum := 0.0
	for _, x := range s.xs {
		sum += x
	}
	return sum / float64(len(s.xs))
}

func (s *sample) deviation() float64 { return math.Sqrt(covariance(s, s)) }

func (s *sample) z() float64 {
	spread := s.spread
	if spread == 0 {
		spread = s.deviation()
	}
	return (s.mean() - s.exact) / spread * math.Sqrt(float64(len(s.xs)))
}

func covariance(a, b *sample) float64 {
	sum, ma, mb := 0.0, a.mean(), b.mean()
	for i := range a.xs {
		sum += (a.xs[i] - ma) * (b.xs[i] - mb)
	}
	return sum / float64(len(a.xs)-1)
}

// pooled holds all quantities together to Hotelling's T² (Hotelling 1931): what
// follows one another in one trial is not independent, so the squares of the z cannot
// just be added. With W the lower triangle of the covariance, T² is the sum of the
// squares of W⁻¹(mean − exact)√n, which are independent; (n−p)/(p(n−1)) T² has an F
// distribution, and for so many replications T² nearly that of χ² with p degrees of freedom.
func pooled(t *testing.T, samples []sample) {
	t.Helper()
	p, n := len(samples), float64(len(samples[0].xs))
	w := make([][]float64, p)
	d := make([]float64, p)
	total := 0.0
	for i := range samples {
		w[i] = make([]float64, p)
		d[i] = (samples[i].mean() - samples[i].exact) * math.Sqrt(n)
		for j := range i + 1 {
			x := covariance(&samples[i], &samples[j])
			for k := range j {
				x -= w[i][k] * w[j][k]
			}
			switch {
			case j < i:
				w[i][j] = x / w[j][j]
				d[i] -= w[i][j] * d[j]
			case x <= 0:
				t.Fatalf("%s follows from the others", samples[i].name)
			default:
				w[i][i] = math.Sqrt(x)
			}
		}
		d[i] /= w[i][i]
		total += d[i] * d[i]
	}
	// χ² at 99.9 % by Wilson and Hilferty (1931), stretched to the mean of T².
	f := float64(p)
	limit := f * math.Pow(1-2/(9*f)+3.09*math.Sqrt(2/(9*f)), 3) * (n - 1) / (n - f - 2)
	t.Logf("T² = %.1f of %d quantities, limit %.1f", total, p, limit)
	if !(total <= limit) {
		t.Errorf("T² = %.1f of %d quantities exceeds %.1f", total, p, limit)
	}
}

// What comes in less what can be done: a desk far beyond its capacity is a tub
// that fills, and chance hardly shows (the fluid limit).
func TestABacklogIsArrivalsLessCapacity(t *testing.T) {
	t.Parallel()
	for i, row := range []struct {
		factor float64
		hold   time.Duration
	}{{5, time.Hour}, {5, 2 * time.Hour}, {10, time.Hour}, {10, 2 * time.Hour}} {
		t.Run(fmt.Sprintf("%v times for %v", row.factor, row.hold), func(t *testing.T) {
			t.Parallel()
			const busy = 0.8 // of the agents, on an ordinary hour
			pulse := demand.Spike{Name: "pulse", Factor: row.factor, Start: time.Hour, Hold: row.hold}
			q := queue{
				agents: 100, classes: []load{{busy * 100 / 2, exponential(2)}}, spikes: []demand.Spike{pulse},
				length: pulse.End() + time.Hour, interval: time.Hour,
			}
			_, _, backlogs := series(t, q, uint64(50+i), 20)
			capacity := float64(q.agents) / q.classes[0].handle.Mean() * pulse.Hold.Minutes()
			arrivals := busy * capacity * pulse.Factor
			b := sample{xs: backlogs[int(pulse.End()/q.interval)-1]}
			t.Logf("backlog at the end of the pulse %.0f, arrivals less capacity %.0f", b.mean(), arrivals-capacity)
			if got, want := b.mean(), arrivals-capacity; math.Abs(got/want-1) > 0.02 {
				t.Errorf("backlog at the end of the pulse %v, arrivals less capacity %v", got, want)
			}
		})
	}
}
