package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// exempted has a contract of gold on first replies, 95 %, 10 % of 1000 USD for each
// point below and at most half, and a warm-up of a day.
func exempted(exceptions ...model.Exception) *model.Scenario {
	s := scenario(10*day, day, hour)
	s.Currency = "USD"
	s.Contracts = []contract.Contract{{
		Name: "gold", Match: sla.Match{Tiers: []ticket.Tier{1}}, Fee: usd(1000_00), Cap: 500_000,
		Levels: []contract.Level{{Metric: sla.FirstReply, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}}
	s.Exceptions = exceptions
	return s
}

var (
	firstReply     = outcome.Labels{Metric: "first_reply"}
	goldFirstReply = outcome.Labels{Metric: "first_reply", Tier: "gold"}
	goldDeal       = outcome.Labels{Contract: "gold"}
)

func clocks(x *trial, created time.Duration, c ticket.Class, m sla.Metric, v sla.Verdict, n int) {
	x.t.Helper()
	for range n {
		x.served(created, created, 9*day, c, result(m, v, minute))
	}
}

func TestExcludedClocksAreCountedWithAndWithout(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(model.Exception{
		Name: "outage", From: 2 * day, Until: 3 * day, Match: sla.Match{Tiers: []ticket.Tier{1}}, Do: model.Exclude,
	}))
	clocks(x, day, gold, sla.FirstReply, sla.Met, 18)
	clocks(x, 2*day-1, gold, sla.FirstReply, sla.Breached, 1) // just before
	clocks(x, 2*day, gold, sla.FirstReply, sla.Breached, 3)   // as it begins
	clocks(x, 2*day+hour, gold, sla.FirstReply, sla.Overdue, 2)
	clocks(x, 2*day+hour, gold, sla.FirstReply, sla.Undecided, 7) // not judged either way
	clocks(x, 3*day-1, gold, sla.FirstReply, sla.Met, 4)
	clocks(x, 3*day, gold, sla.FirstReply, sla.Met, 1)             // over
	clocks(x, 2*day+hour, outage, sla.FirstReply, sla.Breached, 6) // basic is not affected
	clocks(x, 2*day+hour, gold, sla.Resolution, sla.Breached, 1)
	x.end()

	// All: 18+1+3+2+4+1 of gold and 6 of basic are judged, 1+3+2+6 are missed.
	x.want(outcome.BreachRate, firstReply, 12, 35)
	x.want(outcome.Clocks, firstReply, 35, 1)
	x.want(outcome.Undecided, firstReply, 7, 1)
	x.want(outcome.Excluded, firstReply, 9, 1)
	x.want(outcome.BreachRateAdjusted, firstReply, 7, 26)
	x.want(outcome.BreachRate, goldFirstReply, 6, 29)
	x.want(outcome.Excluded, goldFirstReply, 9, 1)
	x.want(outcome.BreachRateAdjusted, goldFirstReply, 1, 20)
	x.want(outcome.Excluded, outcome.Labels{Metric: "first_reply", Tier: "basic"}, 0, 1)
	x.want(outcome.BreachRateAdjusted, outcome.Labels{Metric: "first_reply", Tier: "basic"}, 6, 6)
	x.want(outcome.BreachRateAdjusted, outcome.Labels{Metric: "resolution"}, 0, 0)
	// 23 of 29 is 79 %: half of the fee. 19 of 20 is 95 %: nothing.
	x.want(outcome.Attainment, goldDeal, 23, 29)
	x.want(outcome.AttainmentAdjusted, goldDeal, 19, 20)
	x.want(outcome.Credit, goldDeal, 500, 1)
	x.want(outcome.CreditAdjusted, goldDeal, 0, 1)
	if x.has(outcome.BreachRateAdjusted, outcome.Labels{Metric: "first_reply", Priority: "high"}) {
		t.Error("breach rates with exceptions are for all tickets and for tiers alone")
	}
}

func TestSuspendedCreditsChangeNothingElse(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(model.Exception{
		Name: "launch", From: 2 * day, Until: 3 * day, Do: model.SuspendCredits,
	}))
	clocks(x, 2*day, gold, sla.FirstReply, sla.Breached, 2)
	clocks(x, 4*day, gold, sla.FirstReply, sla.Breached, 1)
	clocks(x, 4*day, gold, sla.FirstReply, sla.Met, 15)
	x.end()
	x.want(outcome.BreachRate, firstReply, 3, 18)
	x.want(outcome.BreachRateAdjusted, firstReply, 3, 18)
	x.want(outcome.Excluded, firstReply, 0, 1)
	x.want(outcome.AttainmentAdjusted, goldDeal, 15, 18)
	// 15 of 18 is 83.3 %: twelve started points, half of the fee at most. 15 of 16
	// is 93.75 %: two started points.
	x.want(outcome.Credit, goldDeal, 500, 1)
	x.want(outcome.CreditAdjusted, goldDeal, 200, 1)
}

func TestWhereExceptionsOverlapATicketIsTakenOutOnce(t *testing.T) {
	t.Parallel()
	for _, order := range [][]model.ExceptionEffect{
		{model.Exclude, model.SuspendCredits}, {model.SuspendCredits, model.Exclude}, {model.Exclude, model.Exclude},
	} {
		x := newTrial(t, exempted(
			model.Exception{Name: "one", From: 2 * day, Until: 4 * day, Do: order[0]},
			model.Exception{Name: "other", From: 2 * day, Until: 4 * day, Do: order[1]},
		))
		clocks(x, 3*day, gold, sla.FirstReply, sla.Breached, 2)
		clocks(x, 5*day, gold, sla.FirstReply, sla.Met, 3)
		x.end()
		x.want(outcome.Excluded, firstReply, 2, 1)
		x.want(outcome.BreachRateAdjusted, firstReply, 0, 3)
		x.want(outcome.AttainmentAdjusted, goldDeal, 3, 3)
		x.want(outcome.CreditAdjusted, goldDeal, 0, 1)
	}
}

// Credits are worked out period by period, also with exceptions.
func TestExceptionsAreSettledByPeriod(t *testing.T) {
	t.Parallel()
	s := exempted(model.Exception{Name: "outage", From: 2 * day, Until: 3 * day})
	s.Contracts[0].Period = contract.Weekly // the start is a Monday
	s.Contracts[0].Fee = usd(5200_00)       // 1200 a week
	x := newTrial(t, s)
	clocks(x, 2*day, gold, sla.FirstReply, sla.Breached, 5)
	clocks(x, 4*day, gold, sla.FirstReply, sla.Met, 10)
	clocks(x, 8*day, gold, sla.FirstReply, sla.Met, 14)
	clocks(x, 8*day, gold, sla.FirstReply, sla.Breached, 1)
	x.end()
	// Week 1: 10 of 15 pays half, without the outage nothing. Week 2: 14 of 15 is
	// 93.3 %, two started points.
	x.want(outcome.Credit, goldDeal, 600+240, 1)
	x.want(outcome.CreditAdjusted, goldDeal, 240, 1)
}

func TestOnlyScenariosWithExceptionsMeasureThem(t *testing.T) {
	t.Parallel()
	with := newTrial(t, exempted(model.Exception{Name: "outage", From: 2 * day, Until: 3 * day}))
	without := newTrial(t, exempted())
	added := 0
	for _, name := range []string{outcome.BreachRateAdjusted, outcome.AttainmentAdjusted, outcome.CreditAdjusted, outcome.Excluded, outcome.Touched, outcome.Excused} {
		if n := without.count(name); n != 0 {
			t.Errorf("%d measures %s without exceptions", n, name)
		}
		if with.count(name) == 0 {
			t.Errorf("no measure %s with exceptions", name)
		}
		added += with.count(name)
	}
	if a, b := len(with.Catalog.Measures), len(without.Catalog.Measures); a != b+added {
		t.Errorf("%d measures with exceptions, %d without, and %d are about them", a, b, added)
	}
}

func TestResetForgetsExceptions(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(model.Exception{Name: "outage", From: 2 * day, Until: 3 * day}))
	clocks(x, 2*day, gold, sla.FirstReply, sla.Breached, 5)
	x.end().want(outcome.Excluded, firstReply, 5, 1)
	x.Reset()
	x.Fill(x.run)
	x.want(outcome.Excluded, firstReply, 0, 1)
	x.want(outcome.AttainmentAdjusted, goldDeal, 0, 0)
	x.want(outcome.CreditAdjusted, goldDeal, 0, 1)
}

// What an exception does is told by account too: of acme's clocks, three are touched and two of them late.
func TestExceptionsCountByAccount(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(model.Exception{Name: "outage", From: 2 * day, Until: 3 * day, Do: model.Exclude}))
	clocks(x, 2*day, acme, sla.FirstReply, sla.Breached, 2)
	clocks(x, 2*day, acme, sla.Resolution, sla.Met, 1)
	clocks(x, 2*day, gold, sla.FirstReply, sla.Breached, 4)
	clocks(x, 4*day, acme, sla.FirstReply, sla.Breached, 8) // over
	x.end()
	of := outcome.Labels{Exception: "outage"}
	x.want(outcome.Touched, of, 7, 1)
	x.want(outcome.Excused, of, 6, 1)
	of.Account = "acme"
	x.want(outcome.Touched, of, 3, 1)
	x.want(outcome.Excused, of, 2, 1)
}
