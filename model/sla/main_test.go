package sla_test

import (
	"testing"
	"time"
	_ "time/tzdata" // zones must not depend on the machine

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

const (
	hour   = time.Hour
	minute = time.Minute
	second = time.Second
)

// step is one event of a ticket's life.
type step struct {
	at     time.Duration
	kind   ticket.EventKind
	status ticket.Status
	team   ticket.Team
}

func created(at time.Duration) step  { return step{at: at, kind: ticket.Created, status: ticket.New} }
func message(at time.Duration) step  { return step{at: at, kind: ticket.Message, status: ticket.Open} }
func started(at time.Duration) step  { return step{at: at, kind: ticket.Started, status: ticket.Open} }
func returned(at time.Duration) step { return step{at: at, kind: ticket.Returned, status: ticket.Open} }
func abandoned(at time.Duration) step {
	return step{at: at, kind: ticket.Abandoned, status: ticket.Closed}
}
func asked(at time.Duration) step  { return step{at: at, kind: ticket.Replied, status: ticket.Pending} }
func solved(at time.Duration) step { return step{at: at, kind: ticket.Replied, status: ticket.Solved} }
func set(at time.Duration, s ticket.Status) step {
	return step{at: at, kind: ticket.StatusSet, status: s}
}

// live runs a clock through a life.
func live(m *sla.Term, life []step) sla.Clock {
	var c sla.Clock
	for _, s := range life {
		c.Apply(m, s.kind, s.status, s.team, s.at)
	}
	return c
}

// pauses is a set of statuses.
func pauses(statuses ...ticket.Status) (set sla.StatusSet) {
	for _, s := range statuses {
		set = set.With(s)
	}
	return set
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// always is a line on which all time is working time.
func always() sla.Line {
	return calendar.Always(time.UTC).On(calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}, 30*24*hour)
}

// officeHours are Monday to Friday, nine to five.
func officeHours(z *time.Location) *calendar.Calendar {
	c := &calendar.Calendar{Name: "office", Zone: z}
	for d := time.Monday; d <= time.Friday; d++ {
		c.Week[d] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	return c
}

func on(c *calendar.Calendar, origin time.Time) *calendar.Timeline {
	return c.On(calendar.Axis{Origin: origin}, 30*24*hour)
}

func closedOn(year int, month time.Month, day int) map[calendar.Date]bool {
	return map[calendar.Date]bool{{Year: year, Month: month, Day: day}: true}
}
