package sim_test

import (
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/outcome"
)

// proof gathers the z values of all checks for the pooled test.
type proof struct {
	mu sync.Mutex
	zs []float64
}

// Each instance is one queue with a known answer. Handling times have mean one
// minute.
type instance struct {
	name    string
	queue   queue
	tickets float64 // per replication
	expect  []expectation
}

type expectation struct {
	measure string
	labels  outcome.Labels
	exact   float64
	// bite is the half-width that the interval must not exceed, so that the
	// check means something: relative for times, absolute for shares.
	bite float64
}

const (
	replications = 40
	biteMean     = 0.01  // relative
	biteRare     = 0.03  // relative, for waits that few have
	biteShare    = 0.003 // absolute
)

// TestTheorySteadyState holds the simulator to closed formulas, instance by
// instance and all together: the sum of the squared z against χ² would show a
// small bias everywhere that no single interval sees.
func TestTheorySteadyState(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("minutes of simulated desks: left out by -short")
	}
	var p proof
	instances := steadyState(t)
	if len(instances) < 30 {
		t.Fatalf("%d instances", len(instances))
	}
	t.Run("instances", func(t *testing.T) {
		for i, in := range instances {
			t.Run(in.name, func(t *testing.T) {
				t.Parallel()
				p.check(t, in, uint64(100+i))
			})
		}
	})
	var sum float64
	for _, z := range p.zs {
		sum += z * z
	}
	n := float64(len(p.zs))
	// χ² with n degrees of freedom, by Wilson and Hilferty (1931), at 99.9 %;
	// the z values of one instance are dependent, hence the wide level. They
	// are t values: their square has mean 39/37.
	limit := n * 39 / 37 * math.Pow(1-2/(9*n)+3.09*math.Sqrt(2/(9*n)), 3)
	t.Logf("%d checks in %d instances, Σz² = %.1f, limit %.1f", len(p.zs), len(instances), sum, limit)
	if len(p.zs) < 70 || sum > limit {
		t.Errorf("Σz² = %.1f of %v checks exceeds %.1f", sum, n, limit)
	}
}

func (p *proof) check(t *testing.T, in instance, seed uint64) {
	perMinute := 0.0
	for _, c := range in.queue.classes {
		perMinute += c.perMinute
	}
	in.queue.length = time.Duration(in.tickets / perMinute * float64(time.Minute))
	in.queue.warmup = in.queue.length / 20
	in.queue.interval = in.queue.length / 20
	x := unchecked(t, in.queue.scenario(), seed, replications)
	for _, e := range in.expect {
		m := value(t, x, e.measure, e.labels)
		score := z(m, e.exact)
		half := m.Estimate.HalfWidth()
		if m.Unit == outcome.UnitSeconds {
			half /= e.exact
		}
		t.Logf("%s: %.6g, exact %.6g, z %.2f, half-width %.4f", m.Describe(), m.Estimate.Value, e.exact, score, half)
		if !(math.Abs(score) <= 4.5) {
			t.Errorf("%s: %.6g, exact %.6g, z %.2f", m.Describe(), m.Estimate.Value, e.exact, score)
		}
		if !(half <= e.bite) {
			t.Errorf("%s: half-width %.4f does not bite", m.Describe(), half)
		}
		p.mu.Lock()
		p.zs = append(p.zs, score)
		p.mu.Unlock()
	}
}

func steadyState(t *testing.T) []instance {
	var list []instance
	list = append(list, erlangC(t)...)
	list = append(list, erlangA(t)...)
	list = append(list, pollaczekKhinchine(t)...)
	return append(list, priorities(t)...)
}

func must[T any](t *testing.T) func(x T, err error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

var (
	all    = outcome.Labels{}
	answer = outcome.Labels{Metric: "answer"}
)

// erlangC: M/M/c, mean wait in seconds and the share that waits for longer than
// half the mean wait of those who wait.
func erlangC(t *testing.T) (list []instance) {
	for _, row := range []struct {
		agents  int
		load    float64 // per agent
		tickets float64
	}{
		{1, 0.3, 40e3}, {1, 0.5, 45e3}, {1, 0.6, 60e3}, {2, 0.5, 60e3}, {2, 0.6, 70e3}, {3, 0.55, 110e3},
		{5, 0.65, 50e3}, {10, 0.72, 50e3}, {20, 0.74, 60e3}, {50, 0.82, 70e3}, {100, 0.84, 70e3}, {200, 0.87, 80e3}, {500, 0.91, 110e3},
	} {
		rate := row.load * float64(row.agents)
		q := must[erlang.C](t)(erlang.NewC(erlang.Load{Rate: rate, Handle: 1}, row.agents))
		within := 0.5 / (float64(row.agents) - rate)
		in := instance{
			name:    fmt.Sprintf("Erlang C, %d agents at %.2f", row.agents, row.load),
			queue:   queue{agents: row.agents, classes: []load{{rate, exponential(1)}}, within: minutes(within)},
			tickets: row.tickets,
			expect: []expectation{
				{outcome.BreachRate, answer, 1 - q.ServiceLevel(within), biteShare},
				{outcome.Occupancy, all, row.load, biteShare},
			},
		}
		// On larger desks few wait, and the mean wait is too noisy to bite; the
		// share that waits for long is not.
		if row.agents <= 3 {
			in.expect = append(in.expect, expectation{outcome.Wait, all, q.ASA() * 60, biteMean})
		}
		list = append(list, in)
	}
	return list
}

// erlangA: M/M/c+M, mean wait over all and share abandoned, below and above full
// load.
func erlangA(t *testing.T) (list []instance) {
	for _, row := range []struct {
		agents   int
		load     float64
		patience float64
		tickets  float64
	}{
		{1, 0.9, 2, 100e3}, {2, 0.9, 3, 100e3}, {5, 1.0, 2, 80e3}, {5, 1.3, 2, 30e3}, {10, 1.0, 5, 80e3},
		{25, 1.15, 1, 50e3}, {50, 1.2, 2, 80e3}, {100, 1.2, 3, 60e3}, {200, 1.2, 2, 100e3}, {500, 1.2, 2, 120e3},
	} {
		rate := row.load * float64(row.agents)
		q := must[erlang.A](t)(erlang.NewA(erlang.Load{Rate: rate, Handle: 1}, row.agents, row.patience))
		within := q.MeanWait() / 2
		in := instance{
			name: fmt.Sprintf("Erlang A, %d agents at %.2f, patience %v", row.agents, row.load, row.patience),
			queue: queue{
				agents: row.agents, classes: []load{{rate, exponential(1)}},
				patience: exponential(row.patience), within: minutes(within),
			},
			tickets: row.tickets,
			expect: []expectation{
				{outcome.Wait, all, q.MeanWait() * 60, biteMean},
				{outcome.AbandonRate, all, q.Abandon(), biteShare},
			},
		}
		// On larger desks the whole queue is long or short together, and the
		// share within a time is too noisy to bite.
		if row.agents <= 2 {
			level := q.ServiceLevel(erlang.ServedOfOffered, minutes(within).Minutes())
			in.expect = append(in.expect, expectation{outcome.BreachRate, answer, 1 - level, biteShare})
		}
		list = append(list, in)
	}
	return list
}

// pollaczekKhinchine: M/G/1 with handling times from constant to wild.
func pollaczekKhinchine(t *testing.T) (list []instance) {
	for _, row := range []struct {
		name    string
		handle  dist.Dist
		cv      float64
		load    float64
		tickets float64
	}{
		{"constant", dist.Must(dist.Constant(1)), 0, 0.7, 80e3},
		{"uniform", dist.Must(dist.Uniform(0, 2)), 1 / math.Sqrt(3), 0.6, 60e3},
		{"gamma with cv 0.5", dist.Must(dist.Gamma(1, 0.5)), 0.5, 0.7, 80e3},
		{"lognormal with cv 1", dist.Must(dist.Lognormal(1, 1)), 1, 0.6, 90e3},
		{"gamma with cv 1.5", dist.Must(dist.Gamma(1, 1.5)), 1.5, 0.5, 90e3},
	} {
		exact := must[float64](t)(erlang.MG1Wait(erlang.Load{Rate: row.load, Handle: 1}, row.cv))
		list = append(list, instance{
			name:    "Pollaczek-Khinchine, " + row.name,
			queue:   queue{agents: 1, classes: []load{{row.load, row.handle}}},
			tickets: row.tickets,
			expect: []expectation{
				{outcome.Wait, all, exact * 60, biteMean},
				{outcome.Occupancy, all, row.load, biteShare},
			},
		})
	}
	return list
}

// priorities: Cobham's M/G/1 and M/M/c without interruption, the mean wait of
// each class.
func priorities(t *testing.T) (list []instance) {
	lognormal := dist.Must(dist.Lognormal(1, 1))
	for _, row := range []struct {
		name    string
		handles []dist.Dist
		rates   []float64
		tickets float64
	}{
		{"two classes", []dist.Dist{exponential(1), exponential(1)}, []float64{0.25, 0.25}, 60e3},
		{"three classes", []dist.Dist{exponential(0.5), lognormal, dist.Must(dist.Constant(1.5))}, []float64{0.2, 0.2, 0.1}, 100e3},
	} {
		in := instance{name: "Cobham M/G/1, " + row.name, tickets: row.tickets, queue: queue{agents: 1, order: model.Priority}}
		var classes []erlang.Class
		for i, h := range row.handles {
			in.queue.classes = append(in.queue.classes, load{row.rates[i], h})
			classes = append(classes, erlang.Class{
				Load: erlang.Load{Rate: row.rates[i], Handle: h.Mean()}, CV: math.Sqrt(h.Variance()) / h.Mean(),
			})
		}
		in.waits(must[[]float64](t)(erlang.PriorityMG1(classes)), biteMean)
		list = append(list, in)
	}
	for _, row := range []struct {
		agents  int
		rates   []float64
		tickets float64
	}{{2, []float64{0.5, 0.5}, 110e3}, {10, []float64{2, 3, 2.5}, 100e3}, {20, []float64{4, 6, 6}, 150e3}} {
		in := instance{
			name:    fmt.Sprintf("Cobham M/M/%d", row.agents),
			tickets: row.tickets, queue: queue{agents: row.agents, order: model.Priority},
		}
		for _, r := range row.rates {
			in.queue.classes = append(in.queue.classes, load{r, exponential(1)})
		}
		bite := biteMean
		if row.agents > 2 {
			bite = biteRare
		}
		in.waits(must[[]float64](t)(erlang.PriorityMMC(row.rates, 1, row.agents)), bite)
		list = append(list, in)
	}
	return list
}

// waits expects the mean wait of each class, in minutes.
func (in *instance) waits(exact []float64, bite float64) {
	for i, w := range exact {
		in.expect = append(in.expect, expectation{
			outcome.Wait, outcome.Labels{Priority: string(rune('a' + i))}, w * 60, bite,
		})
	}
}

func minutes(x float64) time.Duration { return time.Duration(x * float64(time.Minute)) }
