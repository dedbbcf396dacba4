package demand_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

// A web shop gets 900 tickets on an ordinary day, fewer at the weekend, and on
// one Friday a spike of eight times as many.
func ExampleStream_Curve() {
	shop := demand.Stream{
		Volume:  demand.Volume{Count: 900, Per: demand.PerDay},
		Profile: demand.Profile{Days: [7]float64{0.6, 1, 1, 1, 1, 1, 0.7}},
		Spikes:  []demand.Spike{{Factor: 8, Start: 24 * time.Hour, Rise: 3 * time.Hour, Hold: 18 * time.Hour, Fall: 3 * time.Hour}},
	}
	thursday := calendar.Axis{Origin: time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC)}
	curve := shop.Curve(thursday, 4*24*time.Hour)
	for _, day := range curve.Days {
		fmt.Printf("%s  usual %.0f, with the spike %.1f\n",
			day.Date.Weekday(), day.Expected, curve.ExpectedWith(shop.Spikes, day.Start, day.End))
	}
	// Output:
	// Thursday  usual 900, with the spike 900.0
	// Friday  usual 900, with the spike 6412.5
	// Saturday  usual 630, with the spike 630.0
	// Sunday  usual 540, with the spike 540.0
}
