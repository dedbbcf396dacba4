package calendar_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Four business hours from Friday at closing time, with Monday a holiday in the
// other calendar.
func Example() {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		fmt.Println(err)
		return
	}
	office := &calendar.Calendar{Name: "office", Zone: zone}
	for day := time.Monday; day <= time.Friday; day++ {
		office.Week[day] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	closed := *office
	closed.Closed = map[calendar.Date]bool{{Year: 2026, Month: time.November, Day: 30}: true}

	friday := calendar.Date{Year: 2026, Month: time.November, Day: 27}.At(17*60, zone)
	for _, c := range []*calendar.Calendar{office, &closed} {
		due, _ := c.Add(friday, 4*time.Hour)
		fmt.Println(due.Format("Mon 2 Jan 15:04"), c.Between(friday, due))
	}
	// Output:
	// Mon 30 Nov 13:00 4h0m0s
	// Tue 1 Dec 13:00 4h0m0s
}

// The simulator asks a Timeline, in time since the scenario's start.
func ExampleCalendar_On() {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		fmt.Println(err)
		return
	}
	office := &calendar.Calendar{Zone: zone}
	office.Week[time.Monday] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	start := calendar.Date{Year: 2026, Month: time.March, Day: 28}.At(0, zone)
	line := office.On(calendar.Axis{Origin: start}, 7*24*time.Hour)

	opens, _ := line.NextOpen(0) // the night to Sunday is an hour short
	due, _ := line.Add(opens, 8*time.Hour)
	fmt.Println(opens, line.Open(opens), due, line.Open(due))
	// Output:
	// 56h0m0s true 64h0m0s false
}
