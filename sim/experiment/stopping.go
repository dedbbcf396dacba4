package experiment

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
)

// stopping is the rule that says how many replications there will be.
type stopping struct {
	run    model.Run
	goals  []goal
	missed []string // the goals that the last look found open, in words
}

// goal is a precision that is asked of a measure of the catalog.
type goal struct {
	model.Precision
	measure int
	unit    outcome.Unit
}

// newStopping finds the measures of which a precision is asked.
func newStopping(c *outcome.Catalog, r model.Run) (*stopping, error) {
	s := &stopping{run: r}
	for _, p := range r.Precisions() {
		i, ok := measureOf(c, p.Measure)
		if !ok {
			return nil, fmt.Errorf("experiment: precision is asked of %s, which this scenario does not measure", p.Measure)
		}
		s.goals = append(s.goals, goal{p, i, c.Measures[i].Unit})
	}
	return s, nil
}

// measureOf finds a measure of a catalog by the name it is called everywhere.
func measureOf(c *outcome.Catalog, name string) (int, bool) {
	for i := range c.Measures {
		if c.Measures[i].Describe() == name {
			return i, true
		}
	}
	return 0, false
}

func (s *stopping) first() int { return s.run.Min }

// next is the number of replications to go to; that of the merger to stop.
func (s *stopping) next(m *outcome.Merger) int {
	n := m.N()
	want := n
	s.missed = nil
	for i := range s.goals {
		g := &s.goals[i]
		have, asked := g.have(m), g.asked()
		if have <= asked {
			continue
		}
		s.missed = append(s.missed, fmt.Sprintf("%s is within %s instead of %s", g.Measure, g.size(have), g.size(asked)))
		// The half-width shrinks with the root of the number.
		needs := n * 2
		if x := float64(n) * (have / asked) * (have / asked); x < float64(needs) {
			needs = int(math.Ceil(x))
		}
		want = max(want, needs, n+1)
	}
	return min(s.run.Balance.Whole(want), max(n, s.run.Max))
}

func (g *goal) asked() float64 {
	if g.Absolute > 0 {
		return g.Absolute
	}
	return g.Relative
}

// have is the precision reached, in the terms in which it is asked; +Inf where there
// is none yet.
func (g *goal) have(m *outcome.Merger) float64 {
	e := m.Estimate(g.measure)
	half := e.HalfWidth()
	switch {
	case math.IsNaN(e.Value) || math.IsNaN(half):
		return math.Inf(1)
	case half == 0 || g.Absolute > 0:
		return half
	}
	return half / math.Abs(e.Value)
}

// size is a precision in words.
func (g *goal) size(x float64) string {
	if math.IsInf(x, 1) {
		return "nothing known"
	}
	if g.Absolute == 0 {
		return fmt.Sprintf("%.2g %%", 100*x)
	}
	switch g.unit {
	case outcome.UnitShare:
		return fmt.Sprintf("%.2g pp", 100*x)
	case outcome.UnitSeconds:
		return fmt.Sprintf("%.3g s", x)
	}
	return fmt.Sprintf("%.4g", x)
}

func (s *stopping) reason(ctx context.Context, m *outcome.Merger) string {
	switch {
	case ctx.Err() != nil:
		return "interrupted"
	case len(s.goals) == 0:
		return "as many as asked for"
	case len(s.missed) == 0:
		var reached []string
		for i := range s.goals {
			g := &s.goals[i]
			reached = append(reached, fmt.Sprintf("%s within %s", g.Measure, g.size(g.have(m))))
		}
		return "precision reached: " + strings.Join(reached, ", ")
	}
	return "maximum reached: " + strings.ReplaceAll(strings.Join(s.missed, ", "), " is within ", " within ")
}
