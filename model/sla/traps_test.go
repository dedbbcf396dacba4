package sla_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Mistakes that users of other help desks have reported, each in the issue that is
// named. None of them may happen here.

// GLPI 6902, 15605.
func TestTrapPauseLostOnAPolicyChange(t *testing.T) {
	t.Parallel()
	for _, mode := range []sla.Change{sla.CarryElapsed, sla.BackDate} {
		var x ride
		life := []step{created(0), asked(hour), message(100 * hour), reclassified(101 * hour)}
		old, next := within(sla.Resolution, 9*hour), within(sla.Resolution, 4*hour)
		next[0].Policy = 1
		x.run(mode, []sla.Terms{old, next}, life)
		if got := roundsOf(x.end(102 * hour)); len(got) != 1 || got[0] != (round{sla.Undecided, 3 * hour}) {
			t.Errorf("%v: %+v, want undecided after 3h", mode, got)
		}
	}
}

// GLPI 24481.
func TestTrapViolatedWhilePending(t *testing.T) {
	t.Parallel()
	m := within(sla.Resolution, 4*hour)[0]
	c := live(&m, []step{created(0), asked(3 * hour)})
	if v, _ := c.Judge(&m, 500*hour); v != sla.Undecided {
		t.Errorf("%v while pending", v)
	}
	if at, broken := c.Breach(&m, 500*hour); broken {
		t.Errorf("breached at %v while pending", at)
	}
	if at, ok := c.Reach(&m, sla.Mark{}); ok {
		t.Errorf("warned at %v while pending", at)
	}
}

// Zammad 3551.
func TestTrapReplyAndPendingInOneUpdate(t *testing.T) {
	t.Parallel()
	m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: always(), Pauses: pauses(ticket.Pending)}
	for name, life := range map[string][]step{
		"one event":                {created(0), asked(2 * hour)},
		"two, the reply first":     {created(0), {at: 2 * hour, kind: ticket.Replied, status: ticket.Pending}, set(2*hour, ticket.Pending)},
		"two, the status first":    {created(0), set(2*hour, ticket.Pending), asked(2 * hour)},
		"solved, the reply first":  {created(0), solved(2 * hour), set(2*hour, ticket.Solved)},
		"solved, the status first": {created(0), set(2*hour, ticket.Solved), solved(2 * hour)},
	} {
		if got := roundsOf(tell(sla.Terms{m}, life, 50*hour)); len(got) != 1 || got[0] != (round{sla.Met, 2 * hour}) {
			t.Errorf("%s: %+v, want met after 2h", name, got)
		}
	}
}

// Zammad 5177.
func TestTrapUpdateOverridesTheFirstResponse(t *testing.T) {
	t.Parallel()
	m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: always()}
	life := []step{created(0), replied(hour), noted(2 * hour), message(3 * hour), replied(30 * hour), reclassified(31 * hour), solved(40 * hour)}
	if got := roundsOf(tell(sla.Terms{m}, life, 50*hour)); len(got) != 1 || got[0] != (round{sla.Met, hour}) {
		t.Errorf("%+v, want met after 1h", got)
	}
}

// dbt_zendesk 25: in November the office of New York opens at 14:00 UTC, in October
// it did at 13:00.
func TestTrapTodaysOffsetUsedForHistory(t *testing.T) {
	t.Parallel()
	newYork := zone(t, "America/New_York")
	line := on(officeHours(newYork), time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC))
	for _, r := range []struct {
		name    string
		created time.Duration
		due     time.Duration
	}{
		{"in summer time", 12 * hour, 14 * hour},
		{"in winter time", 7*24*hour + 12*hour, 7*24*hour + 15*hour},
	} {
		m := sla.Term{Metric: sla.FirstReply, Within: hour, Line: line}
		c := live(&m, []step{created(r.created)})
		if due, ok := c.Due(&m, r.created); !ok || due != r.due {
			t.Errorf("%s: due at %v, want %v", r.name, due, r.due)
		}
	}
}

// Zammad 3180: a day ends at 24:00.
func TestTrapOneMinuteClosedAtMidnight(t *testing.T) {
	t.Parallel()
	whole := &calendar.Calendar{Name: "whole days", Zone: time.UTC, Closed: closedOn(2026, 3, 20)}
	for d := range whole.Week {
		whole.Week[d] = []calendar.Span{{From: 0, To: 24 * 60}}
	}
	m := sla.Term{Metric: sla.Resolution, Within: 72 * hour, Line: on(whole, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))}
	c := live(&m, []step{created(hour)})
	if due, ok := c.Due(&m, hour); !ok || due != 73*hour {
		t.Errorf("due at %v, want 73h", due)
	}
}

// Frappe 2212, osTicket 6847: from nine to five with an hour of lunch, on Fridays to one.
func TestTrapLunchAndShortDays(t *testing.T) {
	t.Parallel()
	office := officeHours(time.UTC)
	office.Breaks = []calendar.Span{{From: 12 * 60, To: 13 * 60}}
	office.Week[time.Friday] = []calendar.Span{{From: 9 * 60, To: 13 * 60}}
	line := on(office, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	const thursday, friday, monday = 3 * 24 * hour, 4 * 24 * hour, 7 * 24 * hour
	for _, r := range []struct {
		name         string
		created, due time.Duration
	}{
		{"over lunch", thursday + 11*hour, thursday + 16*hour},
		{"from lunch", thursday + 12*hour + 30*minute, thursday + 17*hour},
		{"over a short day", friday + 10*hour, monday + 11*hour},
		{"from its afternoon", friday + 14*hour, monday + 14*hour},
	} {
		m := sla.Term{Metric: sla.FirstReply, Within: 4 * hour, Line: line}
		c := live(&m, []step{created(r.created)})
		if due, ok := c.Due(&m, r.created); !ok || due != r.due {
			t.Errorf("%s: due at %v, want %v", r.name, due, r.due)
		}
	}
}

// Zammad 2497, biz 130: a calendar without hours is refused when it is loaded; a clock
// that gets one all the same is never due, and says so.
func TestTrapEmptyHoursLoopForEver(t *testing.T) {
	t.Parallel()
	empty := &calendar.Calendar{Name: "empty", Zone: time.UTC}
	if empty.Check() == nil {
		t.Error("a calendar without hours passes the check")
	}
	m := sla.Term{Metric: sla.Resolution, Within: hour, Line: on(empty, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), Boundary: sla.NextOpen}
	c := live(&m, []step{created(0)})
	if due, ok := c.Due(&m, 0); ok {
		t.Errorf("due at %v", due)
	}
	if at, ok := c.Reach(&m, sla.Mark{}); ok {
		t.Errorf("warned at %v", at)
	}
	if v, elapsed := c.Judge(&m, 500*hour); v != sla.Undecided || elapsed != 0 {
		t.Errorf("%v after %v", v, elapsed)
	}
}

// dbt_zendesk 116, 142: what counts is the sum of the stretches, not the longest.
func TestTrapBreachOfTheLongestSegment(t *testing.T) {
	t.Parallel()
	m := within(sla.Resolution, 5*hour)
	life := []step{created(0), asked(3 * hour), message(50 * hour), solved(53 * hour)}
	if got := roundsOf(tell(m, life, 100*hour)); len(got) != 1 || got[0] != (round{sla.Breached, 6 * hour}) {
		t.Errorf("%+v, want breached after 6h", got)
	}
}

// thruk 247: the time that is reported is that of the policy's own calendar.
func TestTrapBusinessHoursReportedAsAroundTheClock(t *testing.T) {
	t.Parallel()
	line := on(officeHours(time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	m := sla.Term{Metric: sla.Resolution, Within: 8 * hour, Line: line}
	// From Monday 16:00 to Wednesday 10:00.
	if got := roundsOf(tell(sla.Terms{m}, []step{created(16 * hour), solved(58 * hour)}, 100*hour)); len(got) != 1 || got[0] != (round{sla.Breached, 10 * hour}) {
		t.Errorf("%+v, want breached after 10h", got)
	}
}

// Where clocks change at midnight, by half an hour, by a whole day, or for Ramadan.
func TestTrapUnusualZones(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		name, zone string
		start      time.Time // in wall-clock time
		created    time.Duration
		within     time.Duration
		due        time.Duration
	}{
		// 4 November 2018 begins at 01:00: a night shift from 22:00 to 02:00 has three hours.
		{"midnight is skipped", "America/Sao_Paulo", time.Date(2018, 11, 3, 0, 0, 0, 0, time.UTC), 22 * hour, 3*hour + minute, 45*hour + minute},
		// 5 October 2025: 02:00 is followed by 02:30.
		{"half an hour is skipped", "Australia/Lord_Howe", time.Date(2025, 10, 4, 0, 0, 0, 0, time.UTC), 22 * hour, 4*hour - 30*minute, 25*hour + 30*minute},
		// 18 February 2018: 24:00 of the day before is 23:00 once more, so the night has five hours.
		{"midnight comes twice", "America/Sao_Paulo", time.Date(2018, 2, 17, 0, 0, 0, 0, time.UTC), 22 * hour, 5*hour + minute, 47*hour + minute},
		// 5 April 2026: 02:00 is followed by 01:30.
		{"half an hour comes twice", "Australia/Lord_Howe", time.Date(2026, 4, 4, 0, 0, 0, 0, time.UTC), 22 * hour, 4*hour + 30*minute, 26*hour + 30*minute},
		// After Thursday 29 December 2011 comes Saturday: a day of 24 hours is gone.
		{"a day is skipped", "Pacific/Apia", time.Date(2011, 12, 29, 0, 0, 0, 0, time.UTC), 22 * hour, 4*hour + minute, 46*hour + minute},
		// 15 February 2026: 03:00 is followed by 02:00.
		{"an hour comes twice before Ramadan", "Africa/Casablanca", time.Date(2026, 2, 14, 0, 0, 0, 0, time.UTC), 22 * hour, 4*hour + minute, 46*hour + hour + minute},
		// 22 March 2026: 02:00 is followed by 03:00, so a night that ends at 02:00 is as long as any.
		{"an hour is skipped after Ramadan", "Africa/Casablanca", time.Date(2026, 3, 21, 0, 0, 0, 0, time.UTC), 22 * hour, 4*hour + minute, 45*hour + minute},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, r.zone)
			night := &calendar.Calendar{Name: "night", Zone: z}
			for d := range night.Week {
				night.Week[d] = []calendar.Span{{From: 22 * 60, To: 26 * 60}}
			}
			start := time.Date(r.start.Year(), r.start.Month(), r.start.Day(), 0, 0, 0, 0, z)
			m := sla.Term{Metric: sla.FirstReply, Within: r.within, Line: on(night, start)}
			c := live(&m, []step{created(r.created)})
			if due, ok := c.Due(&m, r.created); !ok || due != r.due {
				t.Errorf("due at %v, %v; want %v, %v", due, start.Add(due), r.due, start.Add(r.due))
			}
		})
	}
}
