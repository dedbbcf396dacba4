package rostering

import (
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// Promised are the targets that a scenario's own promises make: its expectations, if it has any.
// Otherwise what each policy promises is kept for the share that it names, or else for attain of
// the clocks, and each contract's attainment is what it promises.
func Promised(s *model.Scenario, attain float64) ([]outcome.Expectation, error) {
	if len(s.Expect) > 0 {
		return s.Expect, nil
	}
	simulation, err := sim.New(s)
	if err != nil {
		return nil, err
	}
	measured := simulation.Catalog().Measures
	find := func(name string, l outcome.Labels) string {
		i := slices.IndexFunc(measured, func(m outcome.Measure) bool { return m.Name == name && m.Labels == l })
		if i < 0 {
			return ""
		}
		return measured[i].Describe()
	}
	var list []outcome.Expectation
	add := func(e outcome.Expectation) {
		if e.Measure == "" {
			return
		}
		e.Unit = outcome.UnitShare
		i := slices.IndexFunc(list, func(o outcome.Expectation) bool { return o.Measure == e.Measure })
		switch {
		case i < 0:
			list = append(list, e)
		case e.Relation == outcome.AtMost:
			list[i].Bound = min(list[i].Bound, e.Bound)
		default:
			list[i].Bound = max(list[i].Bound, e.Bound)
		}
	}
	for i := range s.SLA.Policies {
		p := &s.SLA.Policies[i]
		for _, t := range p.Targets {
			share := t.Share
			if share == 0 {
				share = attain
			}
			metric := t.Metric.String()
			name := find(outcome.BreachRate, outcome.Labels{Metric: metric, Policy: p.Name})
			if name == "" {
				name = find(outcome.BreachRate, outcome.Labels{Metric: metric})
			}
			add(outcome.Expectation{Measure: name, Relation: outcome.AtMost, Bound: 1 - share})
		}
	}
	for i := range s.Contracts {
		k := &s.Contracts[i]
		if len(k.Levels) == 1 && k.Levels[0].Measure == contract.Attained {
			add(outcome.Expectation{
				Measure: find(outcome.Attainment, outcome.Labels{Contract: k.Name}), Relation: outcome.AtLeast, Bound: k.Levels[0].Target.Float(),
			})
		}
	}
	return list, nil
}
