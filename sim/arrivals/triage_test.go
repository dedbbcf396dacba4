package arrivals_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestTheFirstRuleThatMatchesGivesThePriority(t *testing.T) {
	t.Parallel()
	s := scenario(10*day, stream("mail", 300))
	s.Names.Priorities = []string{"urgent", "normal", "low"}
	s.Triage.Rules = []model.PriorityRule{
		{Match: sla.Match{Tiers: []ticket.Tier{1}}, Priority: 0},
		{Match: sla.Match{Issues: []ticket.Issue{1}}, Priority: 2},
	}
	p := plan(t, s)
	for _, a := range draw(t, p.Generator(), p.Sources(), 42, 0) {
		c := p.Classes[a.Class]
		want := s.Issues[c.Issue].Priority
		switch {
		case c.Tier == 1:
			want = 0
		case c.Issue == 1:
			want = 2
		}
		if c.Priority != want || a.Actual != a.Class {
			t.Fatalf("%+v has priority %d, want %d", c, c.Priority, want)
		}
	}
}

// A fifth of the tickets is a step off, upwards and downwards equally often where both
// exist; nothing else about any ticket changes, and a history is as it says.
func TestAWrongPriorityIsAStepOffAndChangesNothingElse(t *testing.T) {
	t.Parallel()
	right := scenario(30*day, stream("mail", 300), demand.Stream{
		Name: "history", Replay: []demand.Arrival{{ID: 1, At: day}, {ID: 2, At: 2 * day}},
	})
	right.Names.Priorities = []string{"urgent", "high", "normal", "low"}
	right.Issues[0].Priority, right.Issues[1].Priority = 1, 0
	wrong := *right
	wrong.Triage.Wrong = 0.2
	p, q := plan(t, right), plan(t, &wrong)
	a, b := draw(t, p.Generator(), p.Sources(), 42, 0), draw(t, q.Generator(), q.Sources(), 42, 0)
	if len(a) != len(b) {
		t.Fatalf("%d tickets, and %d", len(a), len(b))
	}
	var off, up, both float64
	for i := range a {
		actual, taken := q.Classes[b[i].Actual], q.Classes[b[i].Class]
		if p.Classes[a[i].Class] != actual {
			t.Fatalf("ticket %x is %+v, and was %+v", b[i].ID, actual, p.Classes[a[i].Class])
		}
		if b[i].Stream == 1 && taken != actual {
			t.Fatal("a replayed ticket is misread")
		}
		step := int(taken.Priority) - int(actual.Priority)
		taken.Priority = actual.Priority
		if taken != actual || step < -1 || step > 1 {
			t.Fatalf("%+v is taken for %+v", actual, q.Classes[b[i].Class])
		}
		if step != 0 {
			off++
		}
		if step != 0 && actual.Priority == 1 {
			both++
			up += float64(max(0, -step))
		}
		b[i].Class, b[i].Actual = a[i].Class, a[i].Actual
		if a[i] != b[i] {
			t.Fatalf("ticket %x has other work", b[i].ID)
		}
	}
	n := float64(len(a))
	near(t, "share that is wrong", off/n, 0.2, math.Sqrt(0.16/n))
	near(t, "share of those that is too high", up/both, 0.5, math.Sqrt(0.25/both))
}
