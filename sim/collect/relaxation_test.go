package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// relaxing is a relaxation of first replies from one hour to within hours.
func relaxing(name string, from, until time.Duration, within time.Duration) sla.Relaxation {
	return sla.Relaxation{Name: name, From: from, Until: until, Targets: []sla.Relaxed{{
		Metric: sla.FirstReply, Within: []time.Duration{within, within}, Factor: []float64{0, 0},
	}}}
}

// created is a ticket as the desk has it, with the promises of its creation.
func (x *trial) created(s *model.Scenario, at time.Duration, c ticket.Class) *desk.Ticket {
	x.t.Helper()
	d, err := desk.NewLayout(s)
	if err != nil {
		x.t.Fatal(err)
	}
	k := x.comes(at, c)
	k.Promised = d.Promised(k.Class, at)
	return k
}

func TestRelaxedClocksAreCountedByWhatTheyArePromised(t *testing.T) {
	t.Parallel()
	s := scenario(10*day, day, hour)
	s.SLA.Relaxations = []sla.Relaxation{relaxing("peak", 2*day, 4*day, 2*hour), relaxing("sale", 3*day, 5*day, 3*hour), relaxing("none", 3*day, 4*day, hour)}
	x := newTrial(t, s)
	for _, row := range []struct {
		at      time.Duration
		elapsed time.Duration
		verdict sla.Verdict
	}{
		{day, 90 * minute, sla.Breached}, // in ordinary time
		{2 * day, 30 * minute, sla.Met},
		{2 * day, 90 * minute, sla.Met}, // late by the usual target
		{2 * day, 150 * minute, sla.Breached},
		{2 * day, 30 * minute, sla.Breached}, // it can no longer be kept
		{2 * day, 150 * minute, sla.Overdue},
		{2 * day, 90 * minute, sla.Undecided}, // not judged
		{3 * day, 150 * minute, sla.Met},      // the sale allows more
		{5 * day, 30 * minute, sla.Met},
	} {
		x.done(9*day, x.created(s, row.at, gold), result(sla.FirstReply, row.verdict, row.elapsed))
	}
	x.end()
	of := func(name string) outcome.Labels {
		return outcome.Labels{Metric: "first_reply", Relaxation: name}
	}
	x.want(outcome.RelaxedClocks, of("peak"), 5, 1)
	x.want(outcome.BreachRateRelaxed, of("peak"), 3, 5)
	x.want(outcome.BreachRateUsual, of("peak"), 4, 5)
	x.want(outcome.RelaxedClocks, of("sale"), 1, 1)
	x.want(outcome.BreachRateRelaxed, of("sale"), 0, 1)
	x.want(outcome.BreachRateUsual, of("sale"), 1, 1)
	if x.has(outcome.RelaxedClocks, of("none")) {
		t.Error("a relaxation that relaxes nothing is measured")
	}
	if x.has(outcome.RelaxedClocks, outcome.Labels{Metric: "resolution", Relaxation: "peak"}) {
		t.Error("a metric that is not relaxed is measured")
	}
	// All count where they counted.
	x.want(outcome.BreachRate, goldFirstReply, 4, 8)
	x.Reset()
	x.Fill(x.run)
	x.want(outcome.RelaxedClocks, of("peak"), 0, 1)
}

func TestOnlyScenariosWithRelaxationsMeasureThem(t *testing.T) {
	t.Parallel()
	s := scenario(10*day, day, hour)
	without := newTrial(t, scenario(10*day, day, hour))
	s.SLA.Relaxations = []sla.Relaxation{relaxing("peak", 2*day, 4*day, 2*hour)}
	with := newTrial(t, s)
	if a, b := len(with.Catalog.Measures), len(without.Catalog.Measures); a != b+3 {
		t.Errorf("%d measures with a relaxation, %d without", a, b)
	}
}

// A late clock that is within the longer target counts as met, one that is open and not yet
// past it as undecided; what cannot be kept stays breached. Credits follow.
func TestARelaxingExceptionJudgesByALongerTarget(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(
		model.Exception{Name: "storm", From: 2 * day, Until: 3 * day, Match: sla.Match{Tiers: []ticket.Tier{1}}, Do: model.Relax, By: 2},
	))
	late := func(at, elapsed time.Duration, v sla.Verdict, n int) {
		for range n {
			x.served(at, at, 9*day, gold, sla.Result{Metric: sla.FirstReply, Verdict: v, Elapsed: elapsed, Within: hour})
		}
	}
	late(2*day, 30*minute, sla.Met, 80)
	late(2*day, 2*hour, sla.Breached, 9)   // excused
	late(2*day, 2*hour+1, sla.Breached, 4) // too late for that as well
	late(2*day, 30*minute, sla.Breached, 2)
	late(2*day, 90*minute, sla.Overdue, 3)   // excused: undecided
	late(2*day, 150*minute, sla.Overdue, 1)  // late by any target
	late(2*day, 90*minute, sla.Undecided, 5) // not judged
	late(4*day, 2*hour, sla.Breached, 1)     // after it
	x.end()
	x.want(outcome.BreachRate, goldFirstReply, 20, 100)
	x.want(outcome.BreachRateAdjusted, goldFirstReply, 8, 97)
	x.want(outcome.Excluded, goldFirstReply, 3, 1)
	x.want(outcome.Attainment, goldDeal, 80, 100)
	x.want(outcome.AttainmentAdjusted, goldDeal, 89, 97)
	// 80 % pays the cap of half; 91.75 % pays four started points.
	x.want(outcome.Credit, goldDeal, 500, 1)
	x.want(outcome.CreditAdjusted, goldDeal, 400, 1)
	storm := outcome.Labels{Exception: "storm"}
	x.want(outcome.Touched, storm, 99, 1)
	x.want(outcome.Excused, storm, 12, 1)
}

// Of several the strongest counts, the largest factor among those that relax; each
// exception counts what it does by itself.
func TestExceptionsAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	x := newTrial(t, exempted(
		model.Exception{Name: "twice", From: 2 * day, Until: 5 * day, Do: model.Relax, By: 2},
		model.Exception{Name: "thrice", From: 3 * day, Until: 5 * day, Do: model.Relax, By: 3},
		model.Exception{Name: "outage", From: 4 * day, Until: 5 * day, Do: model.Exclude},
		model.Exception{Name: "launch", From: 3 * day, Until: 4 * day, Do: model.SuspendCredits},
	))
	for at := 2 * day; at < 5*day; at += day {
		x.served(at, at, 9*day, gold, sla.Result{Metric: sla.FirstReply, Verdict: sla.Breached, Elapsed: 150 * minute, Within: hour})
		x.served(at, at, 9*day, outage, sla.Result{Metric: sla.FirstReply, Verdict: sla.Breached, Elapsed: 110 * minute, Within: hour},
			sla.Result{Metric: sla.Resolution, Verdict: sla.Met, Elapsed: 110 * minute, Within: 8 * hour})
	}
	x.end()
	for _, row := range []struct {
		name             string
		metric           string
		touched, excused float64
	}{
		{"twice", "", 9, 3}, {"twice", "first_reply", 6, 3}, {"twice", "resolution", 3, 0},
		{"thrice", "", 6, 4}, {"thrice", "first_reply", 4, 4},
		{"outage", "", 3, 2},
		{"launch", "", 1, 1}, // of what a contract judges
	} {
		l := outcome.Labels{Exception: row.name, Metric: row.metric}
		x.want(outcome.Touched, l, row.touched, 1)
		x.want(outcome.Excused, l, row.excused, 1)
	}
	// Day 2: one of two is excused; day 3: both; day 4: both are left out.
	x.want(outcome.BreachRate, firstReply, 6, 6)
	x.want(outcome.BreachRateAdjusted, firstReply, 1, 4)
	x.want(outcome.AttainmentAdjusted, goldDeal, 1, 2)
	x.Reset()
	x.Fill(x.run)
	x.want(outcome.Touched, outcome.Labels{Exception: "twice"}, 0, 1)
}
