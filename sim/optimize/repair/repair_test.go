package repair_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/sim/optimize/internal/classic"
	"github.com/headroom-sim/headroom/sim/optimize/repair"
	"pgregory.net/rapid"
)

func solve(t testing.TB, s repair.Solver, p *program.Program) program.Answer {
	t.Helper()
	a, err := s.Solve(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPublishedRostersAreFoundWithinAHundredth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		p    *program.Program
		cost float64
	}{
		{"the airline of Hillier and Lieberman", classic.Airline(), classic.AirlineCost},
		{"the post office of Winston", classic.PostOffice(), classic.PostOfficeClerks},
	} {
		for seed := range uint64(5) {
			a := solve(t, repair.Solver{Seed: seed}, c.p)
			t.Logf("%s: cost %v, bound %v", c.name, a.Cost, a.Bound)
			if c.p.Feasible(a.X) != nil || a.Cost > c.cost*1.01 || a.Cost < c.cost-1e-6 || a.Bound > c.cost+1e-6 || a.Bound < c.cost*0.97 {
				t.Errorf("%s, seed %d: cost %v, bound %v; the best is %v", c.name, seed, a.Cost, a.Bound, c.cost)
			}
		}
	}
}

func TestSmallProgramsAreSolvedAndNeverBoundedTooHigh(t *testing.T) {
	t.Parallel()
	missed, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := classic.Random(func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) })
		want, some := classic.Enumerate(p)
		a, err := repair.Solver{Rounds: 500}.Solve(context.Background(), p, nil)
		switch {
		case err != nil:
			t.Fatal(err)
		case !some && (a.X != nil || a.Verdict < program.Nothing):
			t.Fatalf("%v, but nothing is feasible", a.X)
		case some && a.Verdict == program.Infeasible:
			t.Fatalf("infeasible, but something costs %v", want)
		case a.X != nil && (p.Feasible(a.X) != nil || a.Cost < want-1e-6):
			t.Fatalf("%v costs %v, less than the best, %v", a.X, a.Cost, want)
		case some && a.Bound > want+1e-6:
			t.Fatalf("bound %v, but %v can be had", a.Bound, want)
		case a.Verdict == program.Optimal && a.Cost > want+1e-6:
			t.Fatalf("%v is said to be optimal, but %v is", a.Cost, want)
		}
		if some {
			all++
			if a.X == nil || a.Cost > want+1e-6 {
				missed++
			}
		}
	})
	t.Logf("the best was missed in %d of %d", missed, all)
	if missed*5 > all+5 {
		t.Errorf("the best was missed in %d of %d", missed, all)
	}
}

func TestWhatIsOutOfReachIsInfeasible(t *testing.T) {
	t.Parallel()
	if a := solve(t, repair.Solver{}, classic.Uncoverable()); a.Verdict != program.Infeasible || a.X != nil {
		t.Errorf("%v, %v", a.Verdict, a.X)
	}
}

func TestTheSameSeedFindsTheSame(t *testing.T) {
	t.Parallel()
	p := classic.HalfHourly()
	a, b, c := solve(t, repair.Solver{Seed: 1, Rounds: 300}, p), solve(t, repair.Solver{Seed: 1, Rounds: 300}, p), solve(t, repair.Solver{Seed: 2, Rounds: 300}, p)
	if !slices.Equal(a.X, b.X) || a.Bound != b.Bound {
		t.Error("two searches of one seed differ")
	}
	if slices.Equal(a.X, c.X) {
		t.Error("another seed finds the same")
	}
}

func TestAContextThatEndsLeavesTheBestSoFar(t *testing.T) {
	t.Parallel()
	p := classic.Week()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	a, err := repair.Solver{Rounds: math.MaxInt32}.Solve(ctx, p, nil)
	if err != nil || a.X == nil || p.Feasible(a.X) != nil || !(a.Bound <= a.Cost) {
		t.Errorf("%v, cost %v, bound %v, %v", a.Verdict, a.Cost, a.Bound, err)
	}
	cancel()
	a, err = repair.Solver{}.Solve(ctx, p, nil)
	if err != nil || a.Verdict != program.Nothing {
		t.Errorf("%v, %v", a.Verdict, err)
	}
}

func TestAStartIsNeverMadeDearer(t *testing.T) {
	t.Parallel()
	p := classic.Airline()
	start := []float64{48, 31, 39, 43, 15}
	a, err := repair.Solver{Rounds: 1}.Solve(context.Background(), p, start)
	if err != nil || a.Cost > classic.AirlineCost {
		t.Errorf("cost %v, %v", a.Cost, err)
	}
}

func BenchmarkWeek(b *testing.B)       { benchmark(b, classic.Week()) }
func BenchmarkHalfHourly(b *testing.B) { benchmark(b, classic.HalfHourly()) }

func benchmark(b *testing.B, p *program.Program) {
	for b.Loop() {
		a := solve(b, repair.Solver{}, p)
		b.ReportMetric(100*a.Gap(), "%gap")
		b.ReportMetric(a.Cost, "cost")
	}
}
