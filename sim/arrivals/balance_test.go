package arrivals_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// balancedScenario is two streams of busy days.
func balancedScenario(b model.Balance, perDay float64, days int) *model.Scenario {
	x, y := stream("x", perDay), stream("y", perDay)
	x.Busyness, y.Busyness = 0.3, 0.3
	x.Channel = 1
	s := scenario(time.Duration(days)*day, x, y)
	s.Run.Balance = b
	return s
}

// trials are the tickets of so many replications.
func trials(t *testing.T, s *model.Scenario, n int) [][]arrivals.Ticket {
	t.Helper()
	p := plan(t, s)
	g := p.Generator()
	var all [][]arrivals.Ticket
	for r := range n {
		all = append(all, draw(t, g, p.Sources(), 42, uint64(r)))
	}
	return all
}

// sums are a number per trial: the sum over its tickets that are of a stream and a day.
func sums(all [][]arrivals.Ticket, stream int16, of int, what func(arrivals.Ticket) float64) []float64 {
	out := make([]float64, len(all))
	for r := range all {
		for _, a := range all[r] {
			if a.Stream == stream && int(a.At/day) == of {
				out[r] += what(a)
			}
		}
	}
	return out
}

func counted(arrivals.Ticket) float64    { return 1 }
func handled(a arrivals.Ticket) float64  { return a.Touch.Handle.Seconds() }
func ofClass(a arrivals.Ticket) float64  { return float64(a.Class) }
func patience(a arrivals.Ticket) float64 { return a.Patience.Seconds() }
func unsolved(a arrivals.Ticket) float64 { return map[bool]float64{false: 1}[a.Touch.Solves] }

// ratios are the means of sums over their counts.
func ratios(sum, count []float64) []float64 {
	out := make([]float64, len(sum))
	for i := range sum {
		out[i] = sum[i] / count[i]
	}
	return out
}

// Of the five replications of a set one is in each fifth of the busyness, on every day of every
// stream, in another order each time.
func TestBalancedDaysAreStratified(t *testing.T) {
	t.Parallel()
	const perDay, sets = 40_000, 12
	factor := dist.Must(dist.Gamma(1, 0.3))
	all := trials(t, balancedScenario(model.BalancedDays, perDay, 2), 5*sets)
	orders := map[string]int{}
	for st := range int16(2) {
		for d := range 2 {
			counts := sums(all, st, d, counted)
			for set := range slices.Chunk(counts, 5) {
				sorted := slices.Sorted(slices.Values(set))
				var order []int
				for _, n := range set {
					order = append(order, slices.Index(sorted, n))
				}
				orders[fmt.Sprint(order)]++
				for k, n := range sorted {
					// The count itself is known to half a per cent.
					low, high := factor.CDF(n/perDay*0.985), factor.CDF(n/perDay*1.015)
					if high < float64(k)/5 || low > float64(k+1)/5 {
						t.Fatalf("stream %d, day %d: the %d-th of a set is at %.3f of the distribution", st, d, k+1, factor.CDF(n/perDay))
					}
				}
			}
		}
	}
	if len(orders) < 30 { // of 48 among 120
		t.Errorf("only %d orders: %v", len(orders), orders)
	}
}

// Each replication, whatever its place in its set, has the distribution of one drawn by itself:
// the mean and the spread of a day's tickets and work, and how days and streams hang together.
func TestBalancedReplicationsAreExact(t *testing.T) {
	t.Parallel()
	const n, perDay = 4000, 60
	plain := trials(t, balancedScenario(model.NoBalance, perDay, 2), n)
	for _, b := range []model.Balance{model.BalancedDays, model.Mirrored} {
		all := trials(t, balancedScenario(b, perDay, 2), n)
		for place := range b.Set() {
			var own [][]arrivals.Ticket
			for r := place; r < n; r += b.Set() {
				own = append(own, all[r])
			}
			for name, what := range map[string]func(arrivals.Ticket) float64{"tickets": counted, "work": handled, "unsolved": unsolved} {
				x, y := sums(own, 0, 0, what), sums(plain, 0, 0, what)
				m := float64(len(own))
				label := fmt.Sprintf("%v, place %d, %s", b, place, name)
				near(t, label, stat.Mean(x, nil), stat.Mean(y, nil), stat.StdDev(y, nil)*math.Sqrt(1/m+1./n))
				near(t, label+", logarithm of the spread", math.Log(stat.StdDev(x, nil)), math.Log(stat.StdDev(y, nil)), math.Sqrt(1/m+1./n))
				near(t, label+", with the day after", stat.Correlation(x, sums(own, 0, 1, what), nil), 0, 1/math.Sqrt(m))
				near(t, label+", with the other stream", stat.Correlation(x, sums(own, 1, 0, what), nil), 0, 1/math.Sqrt(m))
			}
			counts := sums(own, 0, 0, counted)
			near(t, fmt.Sprintf("%v, place %d: tickets and their mean work", b, place),
				stat.Correlation(counts, ratios(sums(own, 0, 0, handled), counts), nil), 0, 1/math.Sqrt(float64(len(own))))
		}
	}
}

// Where one of a pair has many tickets and much work the other has few and little; what does not make
// load is no more alike in pairs than elsewhere.
func TestMirroredReplicationsMirror(t *testing.T) {
	t.Parallel()
	const n = 2000
	for _, cv := range []float64{0, 0.3} {
		s := balancedScenario(model.Mirrored, 60, 1)
		s.Streams[0].Busyness = cv
		all := trials(t, s, n)
		var even, odd [][]arrivals.Ticket
		for r := range all {
			if r%2 == 0 {
				even = append(even, all[r])
			} else {
				odd = append(odd, all[r])
			}
		}
		x, y := sums(even, 0, 0, counted), sums(odd, 0, 0, counted)
		correlation := func(what func(arrivals.Ticket) float64) float64 {
			return stat.Correlation(ratios(sums(even, 0, 0, what), x), ratios(sums(odd, 0, 0, what), y), nil)
		}
		if r := stat.Correlation(x, y, nil); r > -0.5 {
			t.Errorf("cv %v: the numbers of tickets have correlation %.2f", cv, r)
		}
		if r := correlation(handled); r > -0.2 {
			t.Errorf("cv %v: the mean times have correlation %.2f", cv, r)
		}
		if r := correlation(unsolved); r > -0.1 {
			t.Errorf("cv %v: the shares that are not solved have correlation %.2f", cv, r)
		}
		near(t, "the mix", correlation(ofClass), 0, math.Sqrt(2./n))
		near(t, "patience", correlation(patience), 0, math.Sqrt(2./n))
	}
}

// The first of a pair is what it would be by itself; and later touches mirror too.
func TestTheFirstOfAPairIsAsDrawnAlone(t *testing.T) {
	t.Parallel()
	alone, pair := trials(t, balancedScenario(model.NoBalance, 50, 2), 3), trials(t, balancedScenario(model.Mirrored, 50, 2), 3)
	for _, r := range []int{0, 2} {
		if fmt.Sprintf("%#v", alone[r]) != fmt.Sprintf("%#v", pair[r]) {
			t.Errorf("replication %d is another", r)
		}
	}
	if fmt.Sprintf("%#v", alone[1]) == fmt.Sprintf("%#v", pair[1]) {
		t.Error("replication 1 mirrors nothing")
	}
	p := plan(t, balancedScenario(model.Mirrored, 300, 2))
	g, h := p.Generator(), p.Generator()
	first, second := byID(t, draw(t, g, p.Sources(), 42, 6)), byID(t, draw(t, h, p.Sources(), 42, 7))
	var x, y, u, v []float64
	for id, a := range first {
		b, ok := second[id]
		if !ok || p.Classes[a.Class].Issue != ticket.Issue(0) || p.Classes[b.Class].Issue != ticket.Issue(0) {
			continue
		}
		c, d := g.Cycle(a.Origin, a.Class, a.Scale, 1), h.Cycle(b.Origin, b.Class, b.Scale, 1)
		if !c.Silent && !d.Silent {
			x, y = append(x, c.Touch.Handle.Seconds()), append(y, d.Touch.Handle.Seconds())
		}
		e, f := g.Return(a.Origin, a.Class, a.Scale, 1), h.Return(b.Origin, b.Class, b.Scale, 1)
		if e.Comes && f.Comes {
			u, v = append(u, e.Touch.Handle.Seconds()), append(v, f.Touch.Handle.Seconds())
		}
	}
	// Gamma of CV 0.5 and its mirror image.
	if r := stat.Correlation(x, y, nil); len(x) < 100 || r > -0.8 {
		t.Errorf("the later times of %d pairs have correlation %.2f", len(x), r)
	}
	if r := stat.Correlation(u, v, nil); len(u) < 5 || r > -0.6 {
		t.Errorf("the times after returning of %d pairs have correlation %.2f", len(u), r)
	}
}

// The tickets of a smaller spike are among those of a larger one in mirror images too.
func TestMirroredSpikesNest(t *testing.T) {
	t.Parallel()
	of := func(factor float64) map[ticket.ID]arrivals.Ticket {
		s := scenario(3*day, spiked(spike(factor)))
		s.Run.Balance = model.Mirrored
		return byID(t, drawn(t, s, 5))
	}
	five, ten := of(5), of(10)
	if len(ten) < len(five)+100 {
		t.Fatalf("%d tickets and %d", len(five), len(ten))
	}
	for id, a := range five {
		if b, ok := ten[id]; !ok || a != b {
			t.Fatalf("ticket %x of 5x is %+v, in 10x %+v", id, a, b)
		}
	}
}
