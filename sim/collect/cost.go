package collect

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
)

// costParts are the cost of staff and what it consists of.
var costParts = []struct {
	name string
	of   func(b staffing.Bill) float64
}{
	{outcome.Cost, staffing.Bill.Total},
	{outcome.CostBase, func(b staffing.Bill) float64 { return b.Base }},
	{outcome.CostPremiums, func(b staffing.Bill) float64 { return b.Night + b.Weekend + b.Holiday + b.Standby }},
	{outcome.CostOvertime, func(b staffing.Bill) float64 { return b.Overtime }},
}
