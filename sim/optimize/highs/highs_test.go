package highs_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/sim/optimize/highs"
	"github.com/headroom-sim/headroom/sim/optimize/internal/classic"
	"pgregory.net/rapid"
)

// shared compiles once for all tests.
var shared = sync.OnceValue(func() *highs.Solver {
	s, err := highs.New("")
	if err != nil {
		panic(err)
	}
	return s
})

func solve(t testing.TB, p *program.Program) program.Answer {
	t.Helper()
	a, err := shared().Solve(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPublishedRostersAreSolvedToTheirKnownOptimum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		p    *program.Program
		cost float64
	}{
		{"the airline of Hillier and Lieberman", classic.Airline(), classic.AirlineCost},
		{"the post office of Winston", classic.PostOffice(), classic.PostOfficeClerks},
	} {
		a := solve(t, c.p)
		if a.Verdict != program.Optimal || math.Abs(a.Cost-c.cost) > 1e-6 || a.Gap() != 0 || math.Abs(a.Bound-c.cost) > 1e-6 {
			t.Errorf("%s: %v, cost %v, bound %v; want %v", c.name, a.Verdict, a.Cost, a.Bound, c.cost)
		}
	}
	if got, want := fmt.Sprint(solve(t, classic.Airline()).X), "[48 31 39 43 15]"; got != want {
		t.Errorf("shifts %s, want %s", got, want)
	}
}

func TestSmallProgramsAreSolvedAsByTryingAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := classic.Random(func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) })
		want, some := classic.Enumerate(p)
		start := make([]float64, len(p.Columns)) // feasible or not
		a, err := shared().Solve(context.Background(), p, start)
		switch {
		case err != nil:
			t.Fatal(err)
		case !some && a.Verdict != program.Infeasible:
			t.Fatalf("%v, but nothing is feasible", a.Verdict)
		case some && (a.Verdict != program.Optimal || math.Abs(a.Cost-want) > 1e-6):
			t.Fatalf("%v of cost %v, want %v", a.Verdict, a.Cost, want)
		}
	})
}

func TestWhatCannotBeCoveredIsInfeasible(t *testing.T) {
	t.Parallel()
	if a := solve(t, classic.Uncoverable()); a.Verdict != program.Infeasible || a.X != nil {
		t.Errorf("%v, %v", a.Verdict, a.X)
	}
}

func TestOddProgramsAreAnsweredOrRefused(t *testing.T) {
	t.Parallel()
	if a := solve(t, &program.Program{Columns: []program.Column{{Name: "x", Cost: 2, Lower: 3, Upper: 9, Integer: true}}}); a.Cost != 6 {
		t.Errorf("without rows: %+v", a)
	}
	for name, p := range map[string]*program.Program{
		"no end to what is saved": {Columns: []program.Column{{Name: "x", Cost: -1, Upper: math.Inf(1)}}, Rows: []program.Row{{Name: "r", Upper: 1}}},
		"a row that is not there": {Columns: []program.Column{{Name: "x", Upper: 1, Entries: []program.Entry{{Row: 7, Coef: 1}}}}},
	} {
		if a, err := shared().Solve(context.Background(), p, nil); err == nil {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// hard is a program that takes HiGHS far longer than the tests wait: equal market shares, of
// which nobody knows a fast way to split them (Cornuéjols and Dawande 1998), with the sum of
// what is missed as cost.
func hard() *program.Program {
	const rows, columns = 6, 50
	p := &program.Program{}
	sums, word := [rows]float64{}, uint64(7)
	for j := range columns {
		c := program.Column{Name: fmt.Sprint(j), Upper: 1, Integer: true}
		for i := range rows {
			word = word*6364136223846793005 + 1442695040888963407
			a := float64(word >> 33 % 100)
			sums[i] += a
			c.Entries = append(c.Entries, program.Entry{Row: i, Coef: a})
		}
		p.Columns = append(p.Columns, c)
	}
	for i := range rows {
		half := math.Floor(sums[i] / 2)
		p.Rows = append(p.Rows, program.Row{Name: fmt.Sprint(i), Lower: half, Upper: half})
		for _, sign := range []float64{1, -1} {
			p.Columns = append(p.Columns, program.Column{Name: "off", Cost: 1, Upper: math.Inf(1), Entries: []program.Entry{{Row: i, Coef: sign}}})
		}
	}
	return p
}

func TestAContextThatEndsLeavesTheBestSoFar(t *testing.T) {
	t.Parallel()
	p := hard()
	solve(t, classic.PostOffice()) // compiled
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	a, err := shared().Solve(ctx, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ctx.Err() == nil {
		t.Fatal("the program is not hard enough to be cut short")
	}
	if a.Verdict != program.Best || p.Feasible(a.X) != nil || !(a.Bound <= a.Cost) || a.Gap() <= 0 {
		t.Errorf("%v, cost %v, bound %v, gap %v", a.Verdict, a.Cost, a.Bound, a.Gap())
	}
}

func TestAContextThatHasEndedFindsNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a, err := shared().Solve(ctx, classic.Airline(), nil)
	if err != nil || a.Verdict != program.Nothing || a.X != nil || !math.IsInf(a.Gap(), 1) {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestManyMaySolveAtOnce(t *testing.T) {
	t.Parallel()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if a, err := shared().Solve(context.Background(), classic.Airline(), nil); err != nil || a.Cost != classic.AirlineCost {
				t.Errorf("%v, %v", a.Cost, err)
			}
		})
	}
	wait.Wait()
}

func TestCompiledCodeIsKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "cache")
	s, err := highs.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a solver that has solved nothing has written something")
	}
	if _, err := s.Solve(context.Background(), classic.PostOffice(), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
	size := int64(0)
	_ = filepath.Walk(dir, func(_ string, f os.FileInfo, err error) error {
		if err == nil && !f.IsDir() {
			size += f.Size()
		}
		return nil
	})
	if size < 1<<20 {
		t.Errorf("%d bytes are kept", size)
	}
}

func TestBothLicencesAreShipped(t *testing.T) {
	t.Parallel()
	for name, holder := range map[string]string{"LICENSE.highs-js": "highs-js", "LICENSE.HiGHS": "HiGHS"} {
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), "Permission is hereby granted") || !strings.Contains(string(text), "Copyright (c)") || !strings.Contains(string(text), holder) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkWeek(b *testing.B)       { benchmark(b, classic.Week()) }
func BenchmarkHalfHourly(b *testing.B) { benchmark(b, classic.HalfHourly()) }

func benchmark(b *testing.B, p *program.Program) {
	solve(b, classic.PostOffice())
	for b.Loop() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		a, err := shared().Solve(ctx, p, nil)
		cancel()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(100*a.Gap(), "%gap")
		b.ReportMetric(a.Cost, "cost")
	}
}
