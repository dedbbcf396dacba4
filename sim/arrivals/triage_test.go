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

// A tenth of the questions and a third of the faults speak of an outage, each tenth ticket of
// a refund; whoever does either is urgent, or high. Nothing else about any ticket changes, and a
// class of words more leaves the others as they are.
func TestWordsGiveThePriorityAndChangeNothingElse(t *testing.T) {
	t.Parallel()
	plain := scenario(40*day, stream("mail", 300), demand.Stream{
		Name: "history", Replay: []demand.Arrival{{ID: 1, At: day}, {ID: 2, At: 2 * day}},
	})
	plain.Names.Priorities = []string{"urgent", "high", "normal"}
	plain.Issues[0].Priority, plain.Issues[1].Priority = 2, 2
	outage := model.Keyword{Name: "outage", Shares: []float64{0.1, 0.3}}
	worded := *plain
	worded.Triage = model.Triage{Keywords: []model.Keyword{outage}, Rules: []model.PriorityRule{{Keywords: 0b1, Priority: 0}}}
	more := *plain
	more.Triage = model.Triage{
		Keywords: []model.Keyword{{Name: "refund", Shares: []float64{0.1, 0.1}}, outage},
		Rules:    []model.PriorityRule{{Keywords: 0b10, Priority: 0}, {Keywords: 0b01, Priority: 1}},
	}
	p, q, r := plan(t, plain), plan(t, &worded), plan(t, &more)
	a, b, c := draw(t, p.Generator(), p.Sources(), 42, 0), draw(t, q.Generator(), q.Sources(), 42, 0), draw(t, r.Generator(), r.Sources(), 42, 0)
	if len(a) != len(b) || len(a) != len(c) {
		t.Fatalf("%d, %d and %d tickets", len(a), len(b), len(c))
	}
	var tickets, urgent [2]float64
	var rest, high float64
	for i := range a {
		before, with, both := p.Classes[a[i].Class], q.Classes[b[i].Class], r.Classes[c[i].Class]
		if b[i].Class != b[i].Actual || c[i].Class != c[i].Actual {
			t.Fatal("a ticket is misread")
		}
		if (with.Priority == 0) != (both.Priority == 0) {
			t.Fatal("another class of words changes who speaks of an outage")
		}
		if a[i].Stream == 1 && with != before {
			t.Fatal("a replayed ticket is read")
		}
		if a[i].Stream == 0 {
			tickets[with.Issue]++
			if with.Priority == 0 {
				urgent[with.Issue]++
			} else if rest++; both.Priority == 1 {
				high++
			}
		}
		with.Priority, both.Priority = before.Priority, before.Priority
		if with != before || both != before {
			t.Fatalf("%+v is %+v with words", before, with)
		}
		b[i].Class, b[i].Actual = a[i].Class, a[i].Actual
		if a[i] != b[i] {
			t.Fatalf("ticket %x has other work", b[i].ID)
		}
	}
	for issue, share := range outage.Shares {
		n := tickets[issue]
		near(t, "share that speaks of an outage", urgent[issue]/n, share, math.Sqrt(share*(1-share)/n))
	}
	near(t, "share of the others that speaks of a refund", high/rest, 0.1, math.Sqrt(0.09/rest))
}
