package recruit

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Margin is how many heads more than its work asks for a month must have, as trials of it show.
type Margin struct {
	Share    float64 // in steps of MarginStep
	Month    int
	Promises []Kept
	Trials   int
}

// Kept is how much of a promise may be late, and is with the margin.
type Kept struct {
	Metric  string
	Allowed float64
	Late    outcome.Measure
}

const (
	// MarginStep is to what a margin is worked out.
	MarginStep = 0.025
	// mostSteps bounds a margin: twice the heads.
	mostSteps = 40
	// Unsaid is how much of a promise may be late that says of no share of tickets that it holds for them.
	Unsaid = 0.05
)

// ErrNoMargin is that not even twice the heads that the work asks for keep the promises.
var ErrNoMargin = errors.New("twice the heads that the work asks for do not keep the promises: it is not for want of heads")

// FindMargin looks for the smallest margin with which the shortest month of a plan keeps its promises: of each metric no more is late than the promises
// allow, by the whole interval of so many trials on common random numbers.
func FindMargin(ctx context.Context, s *model.Scenario, p *headcount.Plan, n int, o experiment.Options) (*Margin, error) {
	bare := *p
	bare.Margin = 0
	m := &Margin{Month: bare.Worst()}
	judge := func(steps int) (bool, error) {
		kept, promises, err := m.try(ctx, s, &bare, float64(steps)*MarginStep, n, o)
		if kept {
			m.Share, m.Promises = float64(steps)*MarginStep, promises
		}
		return kept, err
	}
	kept, err := judge(mostSteps)
	if err != nil {
		return nil, err
	}
	if !kept {
		return nil, ErrNoMargin
	}
	for low, high := -1, mostSteps; high-low > 1; {
		at := (low + high) / 2
		kept, err := judge(at)
		if err != nil {
			return nil, err
		}
		if kept {
			high = at
		} else {
			low = at
		}
	}
	return m, nil
}

// try simulates the month with a margin.
func (m *Margin) try(ctx context.Context, s *model.Scenario, bare *headcount.Plan, share float64, n int, o experiment.Options) (kept bool, promises []Kept, err error) {
	p := *bare
	p.Margin = share
	var heads []float64
	for i := range p.Teams {
		heads = append(heads, p.Gross(&p.Teams[i], m.Month))
	}
	trial, err := p.Trial(s, m.Month, heads)
	if err != nil {
		return false, nil, err
	}
	trial.Run.Exactly(n)
	x, err := experiment.Run(ctx, trial, o)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return false, nil, fmt.Errorf("the margin was not found: %w", err)
	}
	m.Trials += x.Replications
	kept = true
	for k := range sla.Metrics {
		late, ok := x.Measure(outcome.BreachRate, outcome.Labels{Metric: k.String()})
		if !ok || math.IsNaN(late.Estimate.Value) {
			continue
		}
		y := Kept{Metric: k.String(), Allowed: allowed(s, k), Late: *late}
		promises = append(promises, y)
		kept = kept && late.Estimate.High <= y.Allowed
	}
	if len(promises) == 0 {
		return false, nil, errors.New("nothing is promised that a margin could keep")
	}
	return kept, promises, nil
}

// allowed is how much of a metric may be late: the least that a policy allows.
func allowed(s *model.Scenario, metric sla.Metric) float64 {
	least := 1.
	for i := range s.SLA.Policies {
		for _, t := range s.SLA.Policies[i].Targets {
			if t.Metric != metric {
				continue
			}
			share := Unsaid
			if t.Share > 0 {
				share = 1 - t.Share
			}
			least = min(least, share)
		}
	}
	return least
}
