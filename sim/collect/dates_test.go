package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Thirty days from Friday 20 November in New York: December begins on a Tuesday, in the middle of
// week 49. The warm-up ends on the first Monday, as week 48 begins.
func TestClocksAreCountedByWeekMonthAndQuarter(t *testing.T) {
	t.Parallel()
	s := scenario(45*day, 3*day, hour)
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	s.Time.Start = time.Date(2026, 11, 20, 0, 0, 0, 0, newYork)
	s.Currency = "USD"
	s.Contracts = []contract.Contract{{
		Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: usd(100_00), Metric: sla.FirstReply,
		Target: 950_000, Scheme: contract.Scheme{Step: 10_000, Credit: 100_000, Cap: 500_000},
	}}
	x := newTrial(t, s)
	clock := func(created time.Duration, c ticket.Class, v sla.Verdict, n int) {
		for range n {
			x.served(created, created, created+hour, c, result(sla.FirstReply, v, minute))
		}
	}
	clock(3*day-1, acme, sla.Breached, 9)  // warm-up
	clock(3*day, acme, sla.Breached, 1)    // Monday 23 November
	clock(11*day-1, acme, sla.Met, 3)      // the last instant of November, in week 49
	clock(11*day, acme, sla.Breached, 2)   // December, in week 49
	clock(11*day, gold, sla.Met, 4)        // acme is gold too
	clock(17*day, gold, sla.Undecided, 50) // not judged
	clock(17*day, gold, sla.Overdue, 1)    // Monday, week 50
	clock(42*day, gold, sla.Breached, 5)   // 1 January
	x.end()

	by := func(period string) outcome.Labels { return outcome.Labels{Metric: "first_reply", Period: period} }
	x.want(outcome.BreachByPeriod, by("2026-W48"), 1, 1)
	x.want(outcome.BreachByPeriod, by("2026-W49"), 2, 9)
	x.want(outcome.BreachByPeriod, by("2026-W50"), 1, 1)
	x.want(outcome.BreachByPeriod, by("2026-11"), 1, 4)
	x.want(outcome.BreachByPeriod, by("2026-12"), 3, 7)
	x.want(outcome.BreachByPeriod, by("2026-Q4"), 4, 11)
	x.want(outcome.BreachByPeriod, by("2026-W53"), 5, 5)
	x.want(outcome.BreachByPeriod, by("2027-01"), 5, 5)
	x.want(outcome.BreachByPeriod, by("2027-Q1"), 5, 5)
	of := by("2026-12")
	of.Account = "acme"
	x.want(outcome.BreachByPeriod, of, 2, 2)
	team := func(name string) outcome.Labels { return outcome.Labels{Metric: "first_reply", Team: name} }
	x.want(outcome.BreachByTeam, team("front"), 9, 16)
	x.want(outcome.BreachByTeam, team("back"), 0, 0)
	if x.has(outcome.BreachByPeriod, by("2026-W47")) {
		t.Error("a week within the warm-up is a period")
	}
}
