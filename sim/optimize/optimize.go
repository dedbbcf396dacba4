// Package optimize finds the cheapest staffing: here, shifts that cover a requirement, and
// tours that give their people days off.
//
// Solvers stand behind one small interface. HiGHS (highs) proves what it finds and is in
// the program; cbc (cbc) is faster where it is installed; destroy and repair (repair)
// is always there. Each answer carries its cost, a bound below which nothing
// can be had, and so its gap; a context that ends leaves the best so far.
package optimize

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/model/roster"
)

// Solver finds a cheap choice for a program, from a choice to begin with that may be nil. When
// the context ends it gives the best so far; that is no error. An error is that it could not
// work at all.
type Solver interface {
	Name() string
	Solve(ctx context.Context, p *program.Program, start []float64) (program.Answer, error)
}

// InTurn asks solvers one after another, each beginning with the best choice of those
// before, until one proves its answer. The best of all is the answer, with the highest
// of their bounds. One that fails is passed over, if another finds something or proves
// that there is nothing.
type InTurn []Solver

// Name lists the names.
func (list InTurn) Name() string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.Name()
	}
	return strings.Join(names, ", then ")
}

// Solve asks the solvers.
func (list InTurn) Solve(ctx context.Context, p *program.Program, start []float64) (program.Answer, error) {
	var best program.Answer
	var failed error
	some := false
	for _, s := range list {
		a, err := s.Solve(ctx, p, start)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if a.Verdict == program.Infeasible {
			return a, nil
		}
		best, some = better(best, a, some), true
		if best.Gap() == 0 {
			best.Verdict = program.Optimal
			break
		}
		if best.X != nil {
			start = best.X
		}
	}
	if !some {
		if failed == nil {
			failed = errors.New("no solver was asked")
		}
		return program.Answer{}, failed
	}
	return best, nil
}

// better is the cheaper of two answers, with the higher of their bounds.
func better(a, b program.Answer, some bool) program.Answer {
	if !some {
		return b
	}
	bound := max(a.Bound, b.Bound)
	if a.X == nil || b.X != nil && b.Cost < a.Cost {
		a = b
	}
	a.Bound = bound
	if a.X != nil {
		a.Bound = min(bound, a.Cost)
	}
	return a
}

// Uncovered says what cannot be covered by the shifts there are, even at any price.
type Uncovered struct {
	// Rows are the conditions that a choice misses that misses as little as can be, and By how
	// much it misses each, in heads.
	Rows []string
	By   []float64
}

// Error names the first few.
func (u *Uncovered) Error() string {
	const most = 3
	var b strings.Builder
	b.WriteString("the shifts cannot cover what is needed: ")
	for i, row := range u.Rows[:min(most, len(u.Rows))] {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s lacks %.4g", row, u.By[i])
	}
	if n := len(u.Rows) - most; n > 0 {
		fmt.Fprintf(&b, "; and %d more", n)
	}
	return b.String()
}

// ErrNothing is that nothing was found in time, though there may be something.
var ErrNothing = errors.New("no roster was found in time")

// Solve asks a solver, and where nothing keeps all conditions finds out which of them are
// in the way. Its errors are those of Cover.
func Solve(ctx context.Context, s Solver, p *program.Program, start []float64) (program.Answer, error) {
	a, err := s.Solve(ctx, p, start)
	switch {
	case err != nil:
		return a, err
	case a.Verdict == program.Nothing:
		return a, ErrNothing
	case a.Verdict != program.Infeasible:
		return a, nil
	}
	relaxed, err := s.Solve(ctx, p.Relaxed(), nil)
	if err != nil {
		return a, err
	}
	if relaxed.X == nil {
		return a, ErrNothing
	}
	u := &Uncovered{}
	for i, by := range p.Missed(relaxed.X[:len(p.Columns)]) {
		if by > program.Tolerance {
			u.Rows, u.By = append(u.Rows, p.Rows[i].Name), append(u.By, by)
		}
	}
	return a, u
}

// Covered is a plan with heads on its shifts.
type Covered struct {
	program.Answer
	Staffed   []roster.Staffed
	Scheduled [][]float64 // net heads, by team and interval
	Missing   []float64   // heads, by interval
}

// Cover staffs a plan's shifts. The error is an *Uncovered if that cannot be done, and
// ErrNothing if nothing was found in time.
func Cover(ctx context.Context, s Solver, p *roster.Plan) (*Covered, error) {
	c, err := p.Cover()
	if err != nil {
		return nil, err
	}
	a, err := Solve(ctx, s, c.Program, nil)
	if err != nil {
		return nil, err
	}
	return &Covered{Answer: a, Staffed: c.Staffed(a.X), Scheduled: c.Scheduled(a.X), Missing: c.Missing(a.X)}, nil
}

// Rotated is a week with people on its tours.
type Rotated struct {
	program.Answer
	People []int // by tour
}

// Rotate gives a week's people their days off. Its errors are those of Cover.
func Rotate(ctx context.Context, s Solver, w *roster.Week) (*Rotated, error) {
	p, err := w.Program()
	if err != nil {
		return nil, err
	}
	a, err := Solve(ctx, s, p, nil)
	if err != nil {
		return nil, err
	}
	r := &Rotated{Answer: a}
	for _, x := range a.X {
		r.People = append(r.People, int(x))
	}
	return r, nil
}
