package arrivals_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
)

// Who comes in a relaxation that is for him waits half as long again; nothing else about
// any ticket changes.
func TestAnnouncedWaitsArePutUpWith(t *testing.T) {
	t.Parallel()
	calls := stream("calls", 300)
	calls.Channel = 1
	usual := scenario(10*day, stream("mail", 300), calls)
	peak := *usual
	peak.SLA.Relaxations = []sla.Relaxation{{From: 2 * day, Until: 5 * day, Patience: 0.5, Match: sla.Match{Tiers: []ticket.Tier{0}}}}
	p, q := plan(t, usual), plan(t, &peak)
	a, b := draw(t, p.Generator(), p.Sources(), 42, 0), draw(t, q.Generator(), q.Sources(), 42, 0)
	if len(a) != len(b) {
		t.Fatalf("%d tickets, and %d", len(a), len(b))
	}
	longer, same := 0, 0
	for i := range a {
		x, y := a[i], b[i]
		want := x.Patience
		if c := p.Classes[x.Class]; c.Channel == 1 && c.Tier == 0 && 2*day <= x.At && x.At < 5*day {
			want = time.Duration(1.5 * float64(want))
			longer++
		} else if c.Channel == 1 {
			same++
		} else if x.Patience != arrivals.Forever {
			t.Fatalf("an email is given up after %v", x.Patience)
		}
		if math.Abs(float64(y.Patience-want)) > 2 {
			t.Fatalf("ticket %x waits for %v, and did for %v, want %v", x.ID, y.Patience, x.Patience, want)
		}
		x.Patience, y.Patience = 0, 0
		if x != y {
			t.Fatalf("%+v was %+v", y, x)
		}
	}
	if longer < 300 || same < 300 {
		t.Errorf("%d customers wait longer, %d as ever", longer, same)
	}
}
