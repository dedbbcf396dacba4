package collect_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestEscalationsCostWhatLeadsArePaid(t *testing.T) {
	t.Parallel()
	s := scenario(10*day, day, hour)
	s.Currency = "USD"
	s.Escalations = []model.Rung{{Name: "warning", Lead: 2 * minute, LeadPerHour: 60}, {Name: "late", Lead: 30 * minute, LeadPerHour: 90}, {Name: "known", Lead: hour}}
	x := newTrial(t, s)
	for rung, times := range []int{3, 2, 1} {
		for range times {
			k := x.comes(2*day, gold)
			x.on(2*day+hour, func() {
				k.Rung = int8(rung)
				x.Ticket(ticket.Noted, 2*day+hour, k)
			})
		}
	}
	early := x.comes(hour, gold) // in the warm-up
	x.on(2*hour, func() {
		early.Rung = 1
		x.Ticket(ticket.Noted, 2*hour, early)
	})
	x.end()
	on := func(rung string) outcome.Labels { return outcome.Labels{Rung: rung} }
	x.want(outcome.Escalations, on("warning"), 3, 1)
	x.want(outcome.LeadHours, on("late"), 1, 1)
	x.want(outcome.LeadCost, on("warning"), 6, 1)
	x.want(outcome.LeadCost, on("late"), 90, 1)
	x.want(outcome.LeadCost, on("known"), 0, 1)
	x.want(outcome.LeadCost, outcome.Labels{}, 96, 1)
	x.want(outcome.LeadHours, outcome.Labels{}, 2.1, 1)

	s = scenario(10*day, day, hour)
	s.Escalations = []model.Rung{{Name: "late", Lead: minute}}
	if newTrial(t, s).end().has(outcome.LeadCost, outcome.Labels{}) {
		t.Error("leads cost something where nobody says what they are paid")
	}
}
