package collect_test

import (
	"fmt"
	"math"
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
		Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: usd(100_00), Cap: 500_000,
		Levels: []contract.Level{{Metric: sla.FirstReply, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
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

// Accounts that no contract names have months, and nothing shorter or longer.
func TestEveryAccountHasMonths(t *testing.T) {
	t.Parallel()
	s := scenario(45*day, 3*day, hour)
	x := newTrial(t, s)
	for range 3 {
		x.served(10*day, 10*day, 10*day+hour, acme, result(sla.FirstReply, sla.Breached, minute))
	}
	x.end()
	at := s.Time.Start.AddDate(0, 0, 10)
	of := outcome.Labels{Metric: "first_reply", Account: "acme", Period: at.Format("2006-01")}
	x.want(outcome.BreachByPeriod, of, 3, 3)
	year, week := at.ISOWeek()
	for _, period := range []string{fmt.Sprintf("%d-W%02d", year, week), fmt.Sprintf("%d-Q%d", at.Year(), (int(at.Month())+2)/3)} {
		if of.Period = period; x.has(outcome.BreachByPeriod, of) {
			t.Errorf("there is %s of an account without a contract", period)
		}
	}
}

// Times of an hour of the day have quantiles, within the width of their bins.
func TestHoursHaveQuantiles(t *testing.T) {
	t.Parallel()
	s := scenario(3*day, 0, hour)
	x := newTrial(t, s)
	r := result(sla.FirstReply, sla.Met, minute)
	r.Elapsed = 100 * time.Second
	for range 9 {
		x.served(9*hour+minute, 9*hour+minute, 10*hour, question, r)
	}
	r.Elapsed = 1000 * time.Second
	x.served(day+9*hour, day+9*hour, day+10*hour, question, r)
	x.end()
	merger := outcome.NewMerger(&x.Catalog, 0.95)
	merger.Add(x.run)
	var merged outcome.Experiment
	merger.Fill(&merged)
	hourOf := s.Time.Start.Add(9 * hour).Format("15")
	for quantile, want := range map[string]float64{"p50": 100, "p80": 100, "p95": 1000} {
		m, ok := merged.Measure(outcome.ElapsedByHour, outcome.Labels{Metric: "first_reply", Hour: hourOf, Quantile: quantile})
		if !ok || math.Abs(m.Estimate.Value/want-1) > 0.1 || m.Num[0] != m.Estimate.Value {
			t.Errorf("%s is %v, want about %v s", quantile, m, want)
		}
	}
}
