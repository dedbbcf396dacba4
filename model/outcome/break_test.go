package outcome

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
)

// spikes is a sweep of factors 1 to 10 for some numbers of heads, in which the breach rate is f, known to
// half.
func spikes(heads []float64, half float64, f func(factor, heads float64) float64) *Sweep {
	s := &Sweep{
		Axes:  []Axis{{Path: "spikes.x.factor"}, {Path: "teams.a.heads"}},
		Goal:  &Goal{Expectation: Expectation{Measure: BreachRate, Relation: Below, Bound: 0.05, Unit: UnitShare}},
		Along: 0,
	}
	for x := 1.0; x <= 10; x++ {
		s.Axes[0].Values = append(s.Axes[0].Values, string(rune('a'+int(x)-1)))
		s.Axes[0].Numbers = append(s.Axes[0].Numbers, x)
	}
	for _, h := range heads {
		s.Axes[1].Values = append(s.Axes[1].Values, string(rune('0'+int(h))))
		s.Axes[1].Numbers = append(s.Axes[1].Numbers, h)
	}
	for i, x := range s.Axes[0].Numbers {
		for k, h := range heads {
			v := f(x, h)
			s.Points = append(s.Points, Point{
				Values: []string{s.Axes[0].Values[i], s.Axes[1].Values[k]}, Numbers: []Float{Float(x), Float(h)},
				Results: []Result{
					{Name: BreachRate, Unit: UnitShare, Estimate: estimate.Estimate{Value: v, Low: v - half, High: v + half, Level: 0.95, N: 30}},
					{Name: Recovery, Labels: Labels{Spike: "x"}, Unit: UnitSeconds, Estimate: estimate.Estimate{Value: 100 * x, Low: 90 * x, High: 110 * x, Level: 0.95, N: 30}},
				},
			})
		}
	}
	return s
}

// The rate is 1 % per unit of the factor, less 1 % per head beyond the first: it crosses 5 % at 4 + heads.
// Straight between points and straight in itself, so the interpolation is exact.
func TestTheBreakPointOfAStraightLineIsExact(t *testing.T) {
	t.Parallel()
	s := spikes([]float64{1, 2, 3}, 0.0035, func(x, h float64) float64 { return 0.01*x - 0.01*(h-1) })
	breaks := s.BreakPoints()
	if len(breaks) != 3 {
		t.Fatalf("%d break points for three numbers of heads", len(breaks))
	}
	for i, b := range breaks {
		at := 5 + float64(i)
		if math.Abs(float64(b.At)-at) > 1e-9 || math.Abs(float64(b.Low)-(at-0.35)) > 1e-9 || math.Abs(float64(b.High)-(at+0.35)) > 1e-9 {
			t.Errorf("%v heads break at %v (%v to %v), not at %v ± 0.35", b.Others, b.At, b.Low, b.High, at)
		}
		// The whole interval is below the bound up to 0.35 before the break.
		if want := string(rune('a' + int(at) - 2)); b.Holds != want || b.Smallest {
			t.Errorf("%v heads hold at %q, want %q", b.Others, b.Holds, want)
		}
		if b.Spike != "x" || b.Recovery.Value != 100*(at-1) {
			t.Errorf("%v heads recover from %q in %v", b.Others, b.Spike, b.Recovery.Value)
		}
	}
}

func TestWhatBreaksOutsideOfWhatWasTried(t *testing.T) {
	t.Parallel()
	never := spikes([]float64{1}, 0.001, func(x, _ float64) float64 { return 0.001 * x }).BreakPoints()[0]
	if !math.IsInf(float64(never.At), 1) || never.Holds != "j" {
		t.Errorf("what always holds breaks at %v and holds at %q", never.At, never.Holds)
	}
	always := spikes([]float64{1}, 0.001, func(x, _ float64) float64 { return 0.1 + 0.01*x }).BreakPoints()[0]
	if !math.IsInf(float64(always.At), -1) || always.Holds != "" {
		t.Errorf("what never holds breaks at %v and holds at %q", always.At, always.Holds)
	}
	// Without intervals nothing holds beyond doubt, and the break may be anywhere.
	unsure := spikes([]float64{1}, math.NaN(), func(x, _ float64) float64 { return 0.0101 * x }).BreakPoints()[0]
	if unsure.Holds != "" || math.IsInf(float64(unsure.At), 0) || !math.IsInf(float64(unsure.Low), -1) || !math.IsInf(float64(unsure.High), 1) {
		t.Errorf("without intervals: %+v", unsure)
	}
}

// Along heads the target is met from the break on upwards.
func TestTheBreakPointOfSomethingThatHelps(t *testing.T) {
	t.Parallel()
	s := spikes([]float64{1}, 0.0035, func(x, _ float64) float64 { return 0.1 - 0.01*x })
	b := s.BreakPoints()[0]
	if !b.Smallest || math.Abs(float64(b.At)-5) > 1e-9 || math.Abs(float64(b.Low)-4.65) > 1e-9 || math.Abs(float64(b.High)-5.35) > 1e-9 || b.Holds != "f" {
		t.Errorf("%+v", b)
	}
	// The same as attainment of at least 95 %.
	s = spikes([]float64{1}, 0.0035, func(x, _ float64) float64 { return 0.9 + 0.01*x })
	s.Goal.Relation, s.Goal.Bound = AtLeast, 0.95
	if b := s.BreakPoints()[0]; !b.Smallest || math.Abs(float64(b.At)-5) > 1e-9 || b.Holds != "f" {
		t.Errorf("%+v", b)
	}
}

// A hole in the middle must not be jumped: what holds beyond a value that does not hold does not count.
func TestHoldsStopsAtTheFirstDoubt(t *testing.T) {
	t.Parallel()
	s := spikes([]float64{1}, 0.001, func(x, _ float64) float64 {
		if x == 4 {
			return 0.0495
		}
		return 0.009 * x
	})
	if b := s.BreakPoints()[0]; b.Holds != "c" {
		t.Errorf("holds at %q, though the fourth value is in doubt", b.Holds)
	}
}

func TestThereIsNoBreakPointWithoutAnOrder(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Sweep){
		"no goal":   func(s *Sweep) { s.Goal = nil },
		"no axis":   func(s *Sweep) { s.Along = -1 },
		"words":     func(s *Sweep) { s.Axes[0].Numbers = nil },
		"hypercube": func(s *Sweep) { s.Sample = 10 },
	} {
		s := spikes([]float64{1, 2}, 0.001, func(x, _ float64) float64 { return 0.01 * x })
		change(s)
		if breaks := s.BreakPoints(); breaks != nil {
			t.Errorf("%s: %v", name, breaks)
		}
	}
	// A sample over a single axis has an order.
	s := spikes([]float64{1}, 0.001, func(x, _ float64) float64 { return 0.01 * x })
	s.Sample = len(s.Points)
	if breaks := s.BreakPoints(); len(breaks) != 1 || math.Abs(float64(breaks[0].At)-5) > 1e-9 {
		t.Errorf("a sample over one axis: %v", breaks)
	}
}

// Isotonic regression never falls, keeps the mean, and leaves alone what never falls.
func TestIsotonic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SliceOfN(rapid.Float64Range(-10, 10), 1, 20).Draw(t, "y")
		fit := slices.Clone(y)
		isotonic(fit)
		sum := 0.0
		for i := range y {
			sum += y[i] - fit[i]
			if i > 0 && fit[i] < fit[i-1]-1e-9 {
				t.Fatalf("%v falls", fit)
			}
		}
		if math.Abs(sum) > 1e-9 {
			t.Fatalf("the mean of %v is not that of %v", fit, y)
		}
		slices.Sort(y)
		fit = slices.Clone(y)
		isotonic(fit)
		if !slices.Equal(fit, y) {
			t.Fatalf("%v became %v", y, fit)
		}
	})
	y := []float64{1, 3, 2, 2, 5, 4}
	isotonic(y)
	for i, want := range []float64{1, 7. / 3, 7. / 3, 7. / 3, 4.5, 4.5} {
		if math.Abs(y[i]-want) > 1e-12 {
			t.Errorf("place %d: %v, want %v", i, y[i], want)
		}
	}
}

func TestEdgesReadBack(t *testing.T) {
	t.Parallel()
	for _, want := range []float64{1.5, math.Inf(1), math.Inf(-1), math.NaN()} {
		data, err := json.Marshal(Edge(want))
		if err != nil {
			t.Fatal(err)
		}
		var got Edge
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if float64(got) != want && !(math.IsNaN(want) && math.IsNaN(float64(got))) {
			t.Errorf("%v is written %s and read as %v", want, data, got)
		}
	}
}
