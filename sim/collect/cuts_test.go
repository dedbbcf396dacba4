package collect_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// Three days around the end of a month, after a day of warm-up. The breaches of a day, a week and a month are those
// of the tickets created in it, and those of its days make up a month.
func TestBreachesByDayWeekAndMonth(t *testing.T) {
	t.Parallel()
	const day = 24 * hour
	s := scenario(4*day, day, hour)
	s.Time.Start = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC) // a Saturday
	x := newTrial(t, s)
	for i, verdict := range []sla.Verdict{sla.Breached, sla.Met, sla.Overdue, sla.Met} {
		at := time.Duration(i)*day + 5*hour
		x.served(at, at, at+minute, question, result(sla.FirstReply, verdict, minute))
		x.served(at+day/2, at+day/2, at+day/2+minute, question, result(sla.FirstReply, sla.Met, minute))
	}
	x.end()
	in := func(p string) outcome.Labels { return outcome.Labels{Metric: "first_reply", Period: p} }
	if x.has(outcome.BreachByPeriod, in("2026-11-28")) {
		t.Error("a day of the warm-up is judged")
	}
	x.want(outcome.BreachByPeriod, in("2026-11-29"), 0, 2)
	x.want(outcome.BreachByPeriod, in("2026-11-30"), 1, 2)
	x.want(outcome.BreachByPeriod, in("2026-12-01"), 0, 2)
	x.want(outcome.BreachByPeriod, in("2026-W48"), 0, 2) // its Sunday
	x.want(outcome.BreachByPeriod, in("2026-W49"), 1, 4)
	x.want(outcome.BreachByPeriod, in("2026-11"), 1, 4)
	x.want(outcome.BreachByPeriod, in("2026-12"), 0, 2)
	x.want(outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, 1, 6)
}

// Days are those of the scenario's zone: on the day of a clock change there are 25 hours.
func TestDaysAreThoseOfTheZone(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	s := scenario(49*hour, 0, hour)
	s.Time.Start = time.Date(2026, 11, 1, 0, 0, 0, 0, zone)
	x := newTrial(t, s)
	for at := time.Duration(0); at < 49*hour; at += hour {
		x.served(at, at, at+minute, question, result(sla.FirstReply, sla.Met, minute))
	}
	x.end()
	for day, n := range map[string]float64{"2026-11-01": 25, "2026-11-02": 24} {
		x.want(outcome.BreachByPeriod, outcome.Labels{Metric: "first_reply", Period: day}, 0, n)
	}
}

// A ticket counts for the team that had it last, and for none if nobody has taken it.
func TestBreachesByTeam(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(4*hour, 0, hour))
	x.served(minute, minute, 2*minute, question, result(sla.FirstReply, sla.Met, minute))
	moved := x.comes(minute, question)
	x.started(2*minute, moved)
	x.on(3*minute, func() { moved.Team = 1 })
	x.done(4*minute, moved, result(sla.FirstReply, sla.Breached, minute))
	x.done(4*hour, x.comes(minute, question), result(sla.FirstReply, sla.Overdue, minute))
	x.end()
	l := outcome.Labels{Metric: "first_reply"}
	x.want(outcome.BreachRate, l, 2, 3)
	l.Team = "front"
	x.want(outcome.BreachByTeam, l, 0, 1)
	l.Team = "back"
	x.want(outcome.BreachByTeam, l, 1, 1)
}

func TestASingleTeamIsNoCut(t *testing.T) {
	t.Parallel()
	s := scenario(4*hour, 0, hour)
	s.Teams, s.Names.Teams = s.Teams[:1], s.Names.Teams[:1]
	if newTrial(t, s).has(outcome.BreachByTeam, outcome.Labels{Metric: "first_reply", Team: "front"}) {
		t.Error("a single team says nothing that all tickets do not")
	}
}
