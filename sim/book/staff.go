package book

import (
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/pricing"
)

// Plans are the plans of a scenario with so many heads more, and so many less, in one shift each. Shifts that would have
// nobody left, and people on call, are left out.
func Plans(s *model.Scenario, heads float64) (changes []pricing.Change, plans []*model.Scenario) {
	for i := range s.Teams {
		for j := range s.Teams[i].Shifts {
			shift := &s.Teams[i].Shifts[j]
			for _, step := range [...]float64{heads, -heads} {
				if shift.OnCall != nil || shift.Heads+step <= 0 {
					continue
				}
				other := *s
				other.Teams = slices.Clone(s.Teams)
				other.Teams[i].Shifts = slices.Clone(s.Teams[i].Shifts)
				other.Teams[i].Shifts[j].Heads += step
				if len(other.Check()) > 0 {
					continue
				}
				changes = append(changes, pricing.Change{Team: s.Teams[i].Name, Shift: shift.Name, Heads: step})
				plans = append(plans, &other)
			}
		}
	}
	return changes, plans
}
