package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
)

// LoadTargets reads a scenario as Load does, and expectations such as
// "breach_rate(first_reply) <= 5%" in its terms. What is wrong in them is a problem too, in a
// file called --target.
func LoadTargets(ref string, targets []string) (*model.Scenario, []outcome.Expectation, error) {
	d, err := load(ref)
	if err != nil {
		return nil, nil, err
	}
	var list []outcome.Expectation
	for _, text := range targets {
		if e, ok := measures.Expectation(d.Scope, d.loader.option("--target", text)); ok {
			list = append(list, e)
		}
	}
	if err := d.loader.problems(); err != nil {
		return nil, nil, err
	}
	return d.Out, list, nil
}
