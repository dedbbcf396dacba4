package collect_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// promise gives every target of a metric a share.
func promise(s *model.Scenario, m sla.Metric, share float64) {
	for i := range s.SLA.Policies {
		for j := range s.SLA.Policies[i].Targets {
			if t := &s.SLA.Policies[i].Targets[j]; t.Metric == m {
				t.Share = share
			}
		}
	}
}

// From one o'clock to half past five there are nine half hours, four whole hours, and one
// stretch of four hours. Four of five tickets in the first half hour are in time, none of the
// only one of the third, and that of the last, which belongs to no whole hour.
func TestPeriodsKeepAPromiseOrNot(t *testing.T) {
	t.Parallel()
	s := scenario(5*hour+30*minute, hour, 30*minute)
	promise(s, sla.FirstReply, 0.8)
	x := newTrial(t, s)
	for i := range 5 {
		verdict := sla.Met
		if i == 3 {
			verdict = sla.Overdue
		}
		at := hour + minute
		x.served(at, at, at+minute, question, result(sla.FirstReply, verdict, minute))
	}
	x.served(130*minute, 130*minute, 131*minute, question, result(sla.FirstReply, sla.Breached, minute))
	x.served(5*hour+minute, 5*hour+minute, 5*hour+2*minute, question, result(sla.FirstReply, sla.Met, minute))
	x.end()
	period := func(p string) outcome.Labels { return outcome.Labels{Metric: "first_reply", Period: p} }
	x.want(outcome.PeriodsMet, period("30m"), 2, 3)
	x.want(outcome.PeriodsMet, period("1h"), 1, 2)
	x.want(outcome.PeriodsMet, period("4h"), 0, 1) // four of six
	for _, p := range []string{"15m", "1d", "7d", "30d"} {
		if x.has(outcome.PeriodsMet, period(p)) {
			t.Errorf("periods of %s are judged", p)
		}
	}
	if x.has(outcome.PeriodsMet, outcome.Labels{Metric: "resolution", Period: "1h"}) {
		t.Error("no share of resolutions is promised")
	}
}

func TestPoliciesThatPromiseDifferentSharesAreNotJudgedByOne(t *testing.T) {
	t.Parallel()
	s := scenario(4*hour, 0, hour)
	promise(s, sla.FirstReply, 0.8)
	s.SLA.Policies = append(s.SLA.Policies, s.SLA.Policies[0])
	last := &s.SLA.Policies[len(s.SLA.Policies)-1]
	last.Targets = append([]sla.Target(nil), last.Targets...)
	for i := range last.Targets {
		last.Targets[i].Share = 0.9
	}
	if x := newTrial(t, s); x.has(outcome.PeriodsMet, outcome.Labels{Metric: "first_reply", Period: "1h"}) {
		t.Error("one share is judged where there are two")
	}
}
