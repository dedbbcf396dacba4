package program_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/program"
)

var inf = math.Inf(1)

// diet is two columns and two rows; its best costs 5, by one and two.
func diet() *program.Program {
	return &program.Program{
		Columns: []program.Column{
			{Name: "bread", Cost: 1, Upper: inf, Integer: true, Entries: []program.Entry{{Row: 0, Coef: 1}, {Row: 1, Coef: 1}}},
			{Name: "milk", Cost: 2, Upper: 2, Integer: true, Entries: []program.Entry{{Row: 0, Coef: 2}, {Row: 1, Coef: -1}}},
		},
		Rows: []program.Row{{Name: "energy", Lower: 4.5, Upper: inf}, {Name: "crumbs", Lower: -inf, Upper: 1}},
	}
}

func TestAChoiceIsCheckedAgainstEveryCondition(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x    []float64
		want string // in the error; empty: feasible
	}{
		{[]float64{1, 2}, ""},
		{[]float64{1 + 1e-9, 2 - 1e-9}, ""},
		{[]float64{1}, "1 numbers for 2 columns"},
		{[]float64{-1, 2}, "bread is -1"},
		{[]float64{1, 3}, "milk is 3, not between 0 and 2"},
		{[]float64{1.5, 2}, "bread is 1.5, not a whole number"},
		{[]float64{0, 2}, "energy is 4, not between 4.5 and +Inf"},
		{[]float64{4, 1}, "crumbs is 3, not between -Inf and 1"},
		{[]float64{math.NaN(), 2}, "bread is NaN"},
	} {
		err := diet().Feasible(c.x)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v: got %v, want %q", c.x, err, c.want)
		}
	}
}

func TestProgramsWithoutSenseAreRefused(t *testing.T) {
	t.Parallel()
	if err := diet().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(p *program.Program){
		"no sum lies between":      func(p *program.Program) { p.Rows[0].Upper = 1 },
		"no sum lies between NaN":  func(p *program.Program) { p.Rows[0].Lower = math.NaN() },
		"no sum lies between +Inf": func(p *program.Program) { p.Rows[0].Lower = inf },
		"cost must be finite":      func(p *program.Program) { p.Columns[0].Cost = inf },
		"no number lies between":   func(p *program.Program) { p.Columns[1].Lower = 3 },
		"or the least is infinite": func(p *program.Program) { p.Columns[1].Lower = -inf },
		"there is no row 9":        func(p *program.Program) { p.Columns[1].Entries[0].Row = 9 },
		"its entry in row 0":       func(p *program.Program) { p.Columns[1].Entries[0].Coef = math.NaN() },
		"two entries in row 0":     func(p *program.Program) { p.Columns[1].Entries[1].Row = 0 },
	} {
		p := diet()
		spoil(p)
		if err := p.Check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
	}
}

func TestGapsAreSharesOfTheCost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    program.Answer
		want float64
	}{
		{program.Answer{}, inf},
		{program.Answer{X: []float64{1}, Cost: 100, Bound: 90}, 0.1},
		{program.Answer{X: []float64{1}, Cost: 100, Bound: 100}, 0},
		{program.Answer{X: []float64{1}, Cost: 0, Bound: -1}, inf},
		{program.Answer{X: []float64{1}, Cost: 0, Bound: 0}, 0},
		{program.Answer{X: []float64{1}, Cost: 100, Bound: -inf}, inf},
	} {
		if got := c.a.Gap(); got != c.want {
			t.Errorf("%+v: gap %v, want %v", c.a, got, c.want)
		}
	}
	if got := fmt.Sprint(program.Optimal, program.Best, program.Nothing, program.Infeasible); got != "optimal best found nothing found infeasible" {
		t.Error(got)
	}
}

func TestAnswersAreRoundedCheckedAndJudged(t *testing.T) {
	t.Parallel()
	a, err := diet().Accept("test", []float64{1 + 1e-8, 2}, 4.2)
	if err != nil || a.X[0] != 1 || a.Cost != 5 || a.Bound != 5 || a.Verdict != program.Optimal {
		// All costs are whole, so that a bound of 4.2 is one of 5.
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := diet().Accept("test", []float64{1, 2}, 3.9); err != nil || a.Bound != 4 || a.Verdict != program.Best {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := diet().Accept("test", []float64{0, 2}, 4); err == nil || !strings.Contains(err.Error(), "test: energy") {
		t.Errorf("%v", err)
	}
}

func TestTheRelaxedProgramPaysForWhatIsMissed(t *testing.T) {
	t.Parallel()
	p := diet()
	relaxed := p.Relaxed()
	if err := relaxed.Check(); err != nil {
		t.Fatal(err)
	}
	x := make([]float64, len(relaxed.Columns))
	x[0], x[1] = 3, 0
	missed := p.Missed(x[:2])
	if missed[0] != 1.5 || missed[1] != 2 {
		t.Fatalf("missed %v", missed)
	}
	x[2], x[3] = 1.5, 2 // short of energy, beyond crumbs
	if err := relaxed.Feasible(x); err != nil || relaxed.Cost(x) != 3.5 {
		t.Errorf("cost %v, %v", relaxed.Cost(x), err)
	}
}

// No choice undercuts the bound, whatever is known before.
func TestNoChoiceUndercutsTheBound(t *testing.T) {
	t.Parallel()
	tight := 0
	rapid.Check(t, func(t *rapid.T) {
		p := &program.Program{}
		for i := range rapid.IntRange(1, 4).Draw(t, "rows") {
			r := program.Row{Name: fmt.Sprint(i), Lower: float64(rapid.IntRange(-2, 6).Draw(t, "lower")), Upper: inf}
			if rapid.Bool().Draw(t, "capped") {
				r.Upper = r.Lower + float64(rapid.IntRange(0, 9).Draw(t, "room"))
			}
			p.Rows = append(p.Rows, r)
		}
		for j := range rapid.IntRange(1, 4).Draw(t, "columns") {
			c := program.Column{
				Name: fmt.Sprint(j), Cost: float64(rapid.IntRange(-1, 8).Draw(t, "cost")), Integer: true,
				Upper: rapid.SampledFrom([]float64{2, 4, inf}).Draw(t, "upper"),
			}
			for i := range p.Rows {
				if k := rapid.IntRange(-1, 3).Draw(t, "entry"); k != 0 {
					c.Entries = append(c.Entries, program.Entry{Row: i, Coef: float64(k)})
				}
			}
			p.Columns = append(p.Columns, c)
		}
		// All choices up to 6 of each column.
		best, x := inf, make([]float64, len(p.Columns))
		for n := range int(math.Pow(7, float64(len(x)))) {
			for j := range x {
				x[j] = float64(n % 7)
				n /= 7
			}
			if p.Feasible(x) == nil {
				best = min(best, p.Cost(x))
			}
		}
		if math.IsInf(best, 1) {
			return
		}
		if bound := p.Bound(inf, 200); bound > best+1e-6 {
			t.Fatalf("bound %v without knowledge, but %v can be had", bound, best)
		}
		bound := p.Bound(best, 200)
		if bound > best+1e-6 {
			t.Fatalf("bound %v, but %v can be had", bound, best)
		}
		if bound > best-1 {
			tight++
		}
	})
	if tight == 0 {
		t.Error("no bound of all was within 1 of the best")
	}
}

func TestTheBoundOfAProgramWithoutWholeNumbersComesClose(t *testing.T) {
	t.Parallel()
	// Seven days, five worked in a row: without whole numbers each tour has 3.6 people
	// or so, and in all the sum of the needs over five, 22 1/3 (Winston), which
	// whole numbers make 23.
	p := &program.Program{}
	for d, n := range []float64{17, 13, 15, 19, 14, 16, 11} {
		p.Rows = append(p.Rows, program.Row{Name: fmt.Sprint(d), Lower: n, Upper: inf})
	}
	for d := range 7 {
		c := program.Column{Name: fmt.Sprint(d), Cost: 1, Upper: inf}
		for k := range 5 {
			c.Entries = append(c.Entries, program.Entry{Row: (d + k) % 7, Coef: 1})
		}
		p.Columns = append(p.Columns, c)
	}
	if got := p.Bound(23, 2000); got > 67./3+1e-9 || got < 67./3-0.3 {
		t.Errorf("bound %v, want a little below %v", got, 67./3)
	}
	for j := range p.Columns {
		p.Columns[j].Integer = true
	}
	if got := p.Bound(23, 2000); got != 23 {
		t.Errorf("bound %v of whole people, want 23", got)
	}
}
