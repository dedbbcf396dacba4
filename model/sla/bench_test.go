package sla_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
)

// The life of a ticket as the desk tells it: two cycles with the customer.
var ordinary = []step{
	created(9 * hour), started(10 * hour), asked(11 * hour), message(30 * hour), started(31 * hour), asked(32 * hour),
	message(50 * hour), started(51 * hour), solved(52 * hour),
}

// BenchmarkApply is a ticket's life with a clock, and its judgment, on business hours.
func BenchmarkApply(b *testing.B) {
	line := on(officeHours(time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	for _, m := range []sla.Term{
		{Metric: sla.FirstReply, Within: 4 * hour},
		{Metric: sla.Resolution, Within: 8 * hour, Pauses: pauses(2)},
		{Metric: sla.Answer, Within: minute, Live: true},
	} {
		m.Line = line
		b.Run(m.Metric.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c := live(&m, ordinary)
				c.Judge(&m, 60*hour)
			}
		})
	}
}

// BenchmarkLife is the life of a ticket with all its clocks: three on the clock
// around and on business hours, of two policies.
func BenchmarkLife(b *testing.B) {
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	lines := []sla.Line{calendar.Always(time.UTC).On(calendar.Axis{Origin: origin}, 30*24*hour), on(officeHours(time.UTC), origin)}
	resolution := target(sla.Resolution, 8*hour)
	resolution.Pauses = pauses(2)
	gold := policy("gold", sla.Match{}, target(sla.FirstReply, 2*hour), resolution)
	gold.Calendar = 1
	r := sla.Rules{Policies: []sla.Policy{gold, policy("all", sla.Match{}, target(sla.FirstReply, 24*hour))}}
	terms := r.Terms(class(nil), lines, false, 0)
	clocks := make([]sla.Clock, len(terms))
	var results []sla.Result
	b.ReportAllocs()
	for b.Loop() {
		clear(clocks)
		for _, s := range ordinary {
			for i := range terms {
				clocks[i].Apply(&terms[i], s.kind, s.status, s.team, s.at)
			}
		}
		results = terms.Judge(clocks, 60*hour, results[:0])
	}
}
