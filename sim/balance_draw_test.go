package sim_test

import (
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
)

// balance draws the replications in sets, of which the laws do not notice anything.
func (d draw) balance(s *model.Scenario) {
	some := []model.Balance{model.NoBalance, model.Mirrored}
	if slices.ContainsFunc(s.Streams, func(st demand.Stream) bool { return st.Busyness > 0 && st.Replay == nil }) {
		some = append(some, model.BalancedDays)
	}
	if s.Run.Balance = pick(d, "balance", some...); s.Run.Balance != model.NoBalance {
		s.Run.Min, s.Run.Max = 50, 50
	}
}
