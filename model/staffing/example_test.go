package staffing_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// A weekend of one seat that is always filled, with premiums for night and weekend.
func Example() {
	x := calendar.Axis{Origin: time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC)} // a Friday
	team := staffing.Team{
		Name: "night desk",
		Cost: staffing.Cost{PerHour: 20, Night: 0.25, Weekend: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
		Shifts: []staffing.Shift{{
			Name: "seat", Heads: 1, To: 24 * 60,
			Days: [7]bool{true, true, true, true, true, true, true},
		}},
	}
	const until = 3 * 24 * time.Hour
	duties := staffing.Duties([]staffing.Team{team}, x, 0, until)
	bill := staffing.Pay(&team, x, duties, 0, until)
	fmt.Println(len(duties), "duties,", len(staffing.Join(duties)), "seat")
	fmt.Printf("%.0f hours, %.0f by night, %.0f on the weekend: %.0f\n",
		bill.Hours, bill.NightHours, bill.WeekendHours, bill.Total())
	// Output:
	// 3 duties, 1 seat
	// 72 hours, 24 by night, 48 on the weekend: 2040
}
