package sla_test

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// A ticket comes on Friday at five, as the office closes. It must be solved within
// four business hours; while it waits for the customer the clock stands still.
func Example() {
	office := &calendar.Calendar{Name: "office", Zone: time.UTC}
	for day := time.Monday; day <= time.Friday; day++ {
		office.Week[day] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	axis := calendar.Axis{Origin: time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC)}
	at := func(day, hour int) time.Duration {
		return axis.Since(time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC))
	}

	rules := sla.Rules{Policies: []sla.Policy{{
		Name: "gold",
		Targets: []sla.Target{{
			Metric: sla.Resolution,
			Within: []time.Duration{4 * time.Hour}, // for the one priority
			Pauses: sla.StatusSet(0).With(ticket.Pending),
		}},
	}}}
	terms := rules.Terms(ticket.Class{}, []sla.Line{office.On(axis, 14*24*time.Hour)}, false, 0)
	var clock sla.Clock

	clock.Apply(&terms[0], ticket.Created, ticket.New, ticket.NoTeam, at(6, 17))
	due, _ := clock.Due(&terms[0], at(6, 17))
	fmt.Println("due", axis.At(due).Format("Mon 15:04"))

	clock.Apply(&terms[0], ticket.Replied, ticket.Pending, ticket.NoTeam, at(9, 11))
	clock.Apply(&terms[0], ticket.Message, ticket.Open, ticket.NoTeam, at(10, 16))
	due, _ = clock.Due(&terms[0], at(10, 16))
	fmt.Println("after a day with the customer due", axis.At(due).Format("Mon 15:04"))

	clock.Apply(&terms[0], ticket.Replied, ticket.Solved, ticket.NoTeam, at(11, 10))
	for _, r := range terms.Judge([]sla.Clock{clock}, at(11, 10), nil) {
		fmt.Println(r.Metric, "met:", r.Verdict == sla.Met, "after", r.Elapsed)
	}
	// Output:
	// due Mon 13:00
	// after a day with the customer due Wed 10:00
	// resolution met: true after 4h0m0s
}
