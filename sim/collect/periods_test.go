package collect_test

import (
	"testing"
	"time"

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

// Two policies promise first replies, one of them nine of ten and the other four of five. Each is judged
// by its own clocks: of the first 17 of 20 are in time, which breaks it; of the second 4 of 5, which keeps it.
func TestEachPolicyIsJudgedByItsOwnShare(t *testing.T) {
	t.Parallel()
	s := scenario(3*day, 0, hour)
	promise(s, sla.FirstReply, 0.8)
	s.SLA.Policies = append(s.SLA.Policies, s.SLA.Policies[0])
	strict, other := &s.SLA.Policies[0], &s.SLA.Policies[len(s.SLA.Policies)-1]
	strict.Targets = append([]sla.Target(nil), strict.Targets...)
	for i := range strict.Targets {
		strict.Targets[i].Share = 0.9
	}
	strict.Name, other.Name = "strict", "other"
	x := newTrial(t, s)
	clock := func(created time.Duration, policy int, v sla.Verdict, n int) {
		for range n {
			r := result(sla.FirstReply, v, minute)
			r.Policy = policy
			x.served(created, created, created+minute, question, r)
		}
	}
	last := len(s.SLA.Policies) - 1
	clock(hour, 0, sla.Met, 10)
	clock(day+hour, 0, sla.Met, 7)
	clock(day+hour, 0, sla.Breached, 3)
	clock(hour, last, sla.Met, 3)
	clock(day+hour, last, sla.Met, 1)
	clock(day+hour, last, sla.Overdue, 1)
	x.end()
	of := func(policy, period string) outcome.Labels {
		return outcome.Labels{Metric: "first_reply", Policy: policy, Period: period}
	}
	month, one, two := s.Time.Start.Format("2006-01"), s.Time.Start.Format(time.DateOnly), s.Time.Start.AddDate(0, 0, 1).Format(time.DateOnly)
	x.want(outcome.BreachByPeriod, of("strict", month), 3, 20)
	x.want(outcome.BreachByPeriod, of("other", month), 1, 5)
	x.want(outcome.BreachByPeriod, of("", month), 4, 25)
	x.want(outcome.BreachByPeriod, of("strict", one), 0, 10)
	x.want(outcome.BreachByPeriod, of("strict", two), 3, 10)
	x.want(outcome.BreachByPeriod, of("other", two), 1, 2)
	x.want(outcome.PeriodsMet, of("strict", "1d"), 1, 2)
	x.want(outcome.PeriodsMet, of("other", "1d"), 1, 2)
	if x.has(outcome.PeriodsMet, of("", "1d")) {
		t.Error("one share is judged where there are two")
	}
}
