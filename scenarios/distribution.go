package scenarios

import (
	"errors"
	"fmt"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// ParseDistribution reads a distribution of durations of the scenario language, such as 12m or
// lognormal(mean 12m, cv 1), in seconds. The error carries its hint.
func ParseDistribution(text string) (dist.Dist, error) {
	var r yamltree.Reader
	d, ok := scalar.Distribution(r.Root(&yamltree.Node{Kind: yamltree.Scalar, Text: text}))
	problems := r.Problems()
	switch {
	case ok:
		return d, nil
	case len(problems) == 0:
		return d, fmt.Errorf("%q is not a distribution", scalar.Clip(text))
	case problems[0].Hint != "":
		return d, fmt.Errorf("%s; %s", problems[0].Text, problems[0].Hint)
	}
	return d, errors.New(problems[0].Text)
}
