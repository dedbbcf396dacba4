package sla_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Two business hours from Friday 16:00 are due on Monday at ten, and one as the office closes
// on Friday, which is broken as it opens on Monday.
func TestTheBreachOfThePolicyThatGovernsIsTold(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	friday := 4 * 24 * hour
	office := officeHours(time.UTC)
	for _, row := range []struct {
		name    string
		resolve sla.Resolve
		within  time.Duration // around the clock
		office  time.Duration // in business hours
		asked   []time.Duration
		want    [][]time.Duration
		next    time.Duration // from Friday 16:00
	}{
		{
			"the clock governs", sla.Strictest, 24 * hour, 2 * hour,
			[]time.Duration{friday + 40*hour, friday + 40*hour + 1, friday + 90*hour}, [][]time.Duration{nil, {friday + 40*hour}, nil}, friday + 40*hour + 1,
		},
		{
			// Due as the office closes, before the other, and broken when it opens again.
			"business hours govern", sla.Strictest, 61 * hour, hour,
			[]time.Duration{friday + 77*hour + 1, friday + 81*hour, friday + 81*hour + 1}, [][]time.Duration{nil, nil, {friday + 81*hour}}, friday + 77*hour + 1,
		},
		{
			"each by itself", sla.All, 24 * hour, hour,
			[]time.Duration{friday + 40*hour + 1, friday + 81*hour, friday + 81*hour + 1}, [][]time.Duration{{friday + 40*hour}, nil, {friday + 81*hour}}, friday + 40*hour + 1,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			business := policy("business", sla.Match{}, target(sla.FirstReply, row.office))
			business.Calendar = 1
			r := sla.Rules{Resolve: row.resolve, Policies: []sla.Policy{policy("clock", sla.Match{}, target(sla.FirstReply, row.within)), business}}
			lines := []sla.Line{on(calendar.Always(time.UTC), origin), on(office, origin)}
			terms := r.Terms(class(nil), lines, false, 0)
			clocks := make([]sla.Clock, len(terms))
			terms.Apply(clocks, ticket.Created, ticket.New, friday+16*hour)
			if at, ok := terms.NextBreach(clocks, sla.FirstReply, 3, friday+16*hour); !ok || at != row.next {
				t.Errorf("overdue next at %v, %v, want %v", at, ok, row.next)
			}
			for i, at := range row.asked {
				if got := terms.Breaches(clocks, sla.FirstReply, 3, at, nil); !slices.Equal(got, row.want[i]) {
					t.Errorf("at %v told %v, want %v", at, got, row.want[i])
				}
			}
			if got := terms.Breaches(clocks, sla.FirstReply, 3, friday+99*hour, nil); got != nil {
				t.Errorf("told again: %v", got)
			}
			if got := terms.Breaches(clocks, sla.Resolution, 3, friday+99*hour, nil); got != nil {
				t.Errorf("of what is not promised: %v", got)
			}
			if got := terms.Breaches(clocks, sla.FirstReply, 4, friday+99*hour, nil); got == nil {
				t.Error("another mark has not been told")
			}
		})
	}
}

// Rounds are told one by one, each once.
func TestEachRoundThatBreaksIsTold(t *testing.T) {
	t.Parallel()
	r := sla.Rules{Policies: []sla.Policy{policy("all", sla.Match{}, target(sla.NextReply, hour))}}
	terms := r.Terms(class(nil), []sla.Line{always()}, false, 0)
	clocks := make([]sla.Clock, len(terms))
	var told []time.Duration
	for _, s := range []step{
		created(0), started(minute), asked(2 * minute),
		message(hour), started(3 * hour), asked(3 * hour), // late
		message(4 * hour), asked(4*hour + 30*minute), // in time
		message(5 * hour), solved(9 * hour), // late
	} {
		terms.Apply(clocks, s.kind, s.status, s.at)
		told = terms.Breaches(clocks, sla.NextReply, 0, s.at, told)
		terms.Take(clocks, s.at, nil)
	}
	if want := []time.Duration{2 * hour, 6 * hour}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
