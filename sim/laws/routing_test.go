package laws_test

import (
	"errors"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/laws"
)

// What a desk does under one routing breaks the laws of another.
func TestEveryKindOfRoutingIsALawOfItsOwn(t *testing.T) {
	t.Parallel()
	alarms := sla.Match{Priorities: []ticket.Priority{0}}
	others := sla.Match{Priorities: []ticket.Priority{1}}
	plain := model.Routing{}
	tests := []struct {
		name      string
		runs, law model.Routing
		breaks    laws.Law
	}{
		{"the order is another", plain, model.Routing{Order: model.NearestBreach}, laws.Order},
		{"an agent is not kept free", plain, model.Routing{Reserves: []model.Reserve{{Team: front, Heads: 2, Match: alarms}}}, laws.Capacity},
		{"an agent is kept free for nothing", model.Routing{Reserves: []model.Reserve{{Team: front, Heads: 1, Match: alarms}}}, plain, laws.Idleness},
		{"nobody helps out after a time", plain, model.Routing{Overflows: []model.Overflow{{Team: front, After: 10 * time.Minute}}}, laws.Order},
		{"nobody helps out when many wait", plain, model.Routing{Overflows: []model.Overflow{{Team: front, Waiting: 2}}}, laws.Idleness},
		{"somebody helps out unasked", model.Routing{Overflows: []model.Overflow{{Team: front, Waiting: 2}}}, plain, laws.Capacity},
		{"somebody helps out too soon", model.Routing{Overflows: []model.Overflow{{Team: front, After: 10 * time.Minute}}},
			model.Routing{Overflows: []model.Overflow{{Team: front, After: 20 * time.Minute}}}, laws.Capacity},
		{"work is broken off", model.Routing{Interrupts: []model.Interrupt{{For: alarms, Of: others}}}, plain, laws.Life},
		{"work is broken off for what may not", model.Routing{Interrupts: []model.Interrupt{{For: alarms, Of: others}}},
			model.Routing{Interrupts: []model.Interrupt{{For: others, Of: alarms}}}, laws.Order},
		{"follow-ups wait for one agent", model.Routing{Owner: 4 * time.Hour}, plain, laws.Idleness},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, told := routed(t, test.runs)
			check := func(r model.Routing) error {
				s.Routing = r
				x, err := sim.New(s)
				if err != nil {
					t.Fatal(err)
				}
				l := laws.New(s, x.Layout())
				told.play(l)
				return l.Err()
			}
			if err := check(test.runs); err != nil {
				t.Fatalf("its own law is broken: %v", err)
			}
			var v *laws.Violation
			if err := check(test.law); !errors.As(err, &v) || v.Law != test.breaks {
				t.Errorf("got %v, want the law of %s broken", err, test.breaks)
			}
		})
	}
}

// routed is the small desk under a routing, and the story of a trial.
func routed(t *testing.T, r model.Routing) (*model.Scenario, story) {
	t.Helper()
	s := small()
	s.Routing = r
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	x, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	rec := &recorder{classes: x.Layout().Plan.Classes}
	x.Worker().Run(1, 0, x.Catalog().NewRun(), rec)
	return s, rec.story
}
