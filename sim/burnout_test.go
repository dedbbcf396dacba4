package sim_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"pgregory.net/rapid"
)

// Who is strained is seen, but where nothing is assumed to follow from it nothing does.
func TestAnAssumptionOfNoConsequenceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.Burnout = model.Burnout{}
		with := copyOf(without)
		with.Burnout = model.Burnout{Above: 0.3, Over: 2 * with.Time.Interval}
		tickets := func(p *step) bool { return p.What != "staff" }
		a, b := only(trial(r, without, 0).steps, tickets), only(trial(r, with, 0).steps, tickets)
		if len(a) == 0 {
			r.Skip("nobody came")
		}
		same(r, b, a)
	})
}

// overworked is one agent who is always busy: every ticket is solved at the first touch and
// some come back.
func overworked() *model.Scenario {
	s := m1(3000).scenario()
	s.Issues[0].Reopen = work.Reopen{Share: 0.1, After: exponential(3600)}
	s.Time.Interval = time.Hour
	return s
}

// Returns nest: who comes back without the assumption comes back with it, after the same
// time, and others besides. The touch that solves a ticket first is its first here.
func TestStrainBringsMoreTicketsBack(t *testing.T) {
	t.Parallel()
	back := func(reopen float64) (first map[ticket.ID]time.Duration, returns int) {
		s := overworked()
		s.Burnout = model.Burnout{Above: 0.5, Over: 4 * time.Hour, Reopen: reopen}
		first = map[ticket.ID]time.Duration{}
		for id, c := range customers(trial(t, s, 0).steps) {
			if len(c.touches) > 0 && c.touches[0].after[0] >= 0 {
				first[id] = c.touches[0].after[0]
			}
			returns += max(0, len(c.touches)-1)
		}
		return first, returns
	}
	few, n := back(0)
	many, m := back(0.05)
	missing := 0
	for id, after := range few {
		switch again, comes := many[id]; {
		case !comes:
			missing++ // it was solved later, or comes back after the horizon
		case again != after:
			t.Fatalf("ticket %#x comes back after %v, and after %v", uint64(id), after, again)
		}
	}
	if missing > len(few)/20 || m <= n || len(many) < len(few)+50 {
		t.Errorf("%d come back, and %d under strain, of whom %d are missing; %d returns and %d", len(few), len(many), missing, n, m)
	}
}

// Touches that a strained team starts take longer by what is assumed, others do not.
func TestStrainStretchesTouches(t *testing.T) {
	t.Parallel()
	s := overworked()
	plain := customers(trial(t, s, 0).steps)
	strained := copyOf(s)
	strained.Burnout = model.Burnout{Above: 0.7, Over: 4 * time.Hour, Handle: 0.25}
	steps := trial(t, strained, 0).steps
	now, longer, well := false, 0, 0
	at := map[ticket.ID]bool{}
	for i := range steps {
		switch p := &steps[i]; p.What {
		case "staff":
			now = p.Staff.Strained
		case "started":
			if _, again := at[p.ID]; !again {
				at[p.ID] = now
			}
		}
	}
	for id, c := range customers(steps) {
		if len(c.touches) == 0 || plain[id] == nil || len(plain[id].touches) == 0 {
			continue
		}
		got, want := c.touches[0].work.Seconds(), plain[id].touches[0].work.Seconds()
		if at[id] {
			want *= 1.25
			longer++
		} else {
			well++
		}
		if got < want*(1-1e-6)-1e-6 || got > want*(1+1e-6)+1e-6 {
			t.Fatalf("ticket %#x takes %v s, want %v", uint64(id), got, want)
		}
	}
	if longer < 100 || well < 100 {
		t.Errorf("%d touches are stretched, %d are not", longer, well)
	}
}
