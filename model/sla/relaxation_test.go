package sla_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// relaxation is of one metric, for both priorities alike.
func relaxation(from, until time.Duration, m sla.Metric, within time.Duration, factor float64) sla.Relaxation {
	return sla.Relaxation{From: from, Until: until, Targets: []sla.Relaxed{{
		Metric: m, Within: []time.Duration{within, within}, Factor: []float64{factor, factor},
	}}}
}

func TestARelaxationHoldsForTicketsCreatedInIt(t *testing.T) {
	t.Parallel()
	peak := relaxation(10*hour, 20*hour, sla.FirstReply, 0, 2)
	sale := relaxation(15*hour, 30*hour, sla.FirstReply, 7*hour, 0)
	shorter := relaxation(40*hour, 50*hour, sla.FirstReply, hour, 0)
	urgent := relaxation(60*hour, 70*hour, sla.FirstReply, 0, 0)
	urgent.Targets[0].Factor[0] = 3
	security := relaxation(80*hour, 90*hour, sla.FirstReply, 0, 2.5)
	security.Match.Issues = []ticket.Issue{1}
	long := relaxation(100*hour, 110*hour, sla.FirstReply, 0, 100)
	r := sla.Rules{
		Policies: []sla.Policy{
			policy("everybody", sla.Match{}, target(sla.FirstReply, 4*hour), target(sla.Resolution, 8*hour)),
			policy("acme", sla.Match{Accounts: []ticket.Account{acme}}, target(sla.FirstReply, 2*hour)),
		},
		Relaxations: []sla.Relaxation{peak, sale, shorter, urgent, security, long},
	}
	lines := []sla.Line{always()}
	for _, row := range []struct {
		at                time.Duration
		class             ticket.Class
		everybody, acme   time.Duration
		byEverybody, byHe int
	}{
		{10*hour - 1, class(ofAcme), 4 * hour, 2 * hour, 0, 0},
		{10 * hour, class(ofAcme), 8 * hour, 4 * hour, 1, 1},
		{15*hour - 1, class(ofAcme), 8 * hour, 4 * hour, 1, 1},
		{15 * hour, class(ofAcme), 8 * hour, 7 * hour, 1, 2}, // the longest counts, policy by policy
		{20 * hour, class(ofAcme), 7 * hour, 7 * hour, 2, 2},
		{30 * hour, class(ofAcme), 4 * hour, 2 * hour, 0, 0},
		{45 * hour, class(ofAcme), 4 * hour, 2 * hour, 0, 0}, // never shorter
		{65 * hour, class(ofAcme), 4 * hour, 2 * hour, 0, 0},
		{65 * hour, class(func(c *ticket.Class) { ofAcme(c); c.Priority = 0 }), 12 * hour, 6 * hour, 4, 4},
		{85 * hour, class(ofAcme), 4 * hour, 2 * hour, 0, 0},
		{85 * hour, class(acmeSecurity), 10 * hour, 5 * hour, 5, 5},
		{105 * hour, class(ofAcme), 400 * hour, 200 * hour, 6, 6},
	} {
		var want sla.Terms
		for _, m := range r.Terms(row.class, lines, false, 0) {
			if m.Metric == sla.FirstReply {
				usual := m.Within
				if m.Within, m.Relaxed = row.everybody, row.byEverybody; m.Policy == 1 {
					m.Within, m.Relaxed = row.acme, row.byHe
				}
				if m.Relaxed > 0 {
					m.Usual = usual
				}
			}
			want = append(want, m)
		}
		got := r.TermsAt(row.at, row.class, lines, false, 0)
		if len(got) != 3 {
			t.Fatalf("%d terms", len(got))
		}
		for i := range got {
			got[i].Line, want[i].Line = nil, nil
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("at %v (-want +got):\n%s", row.at, diff)
		}
	}
}

func TestAVeryLongTargetDoesNotOverflow(t *testing.T) {
	t.Parallel()
	r := sla.Rules{
		Policies:    []sla.Policy{policy("all", sla.Match{}, target(sla.FirstReply, math.MaxInt64/8))},
		Relaxations: []sla.Relaxation{relaxation(0, hour, sla.FirstReply, 0, 100)},
	}
	if got := r.TermsAt(0, class(nil), []sla.Line{always()}, false, 0)[0].Within; got != 1<<62 {
		t.Errorf("%v", got)
	}
}

func TestRegimesAreTheSetsOfRelaxationsInForce(t *testing.T) {
	t.Parallel()
	at := func(from, until time.Duration) sla.Relaxation { return relaxation(from*hour, until*hour, 0, 0, 2) }
	r := sla.Rules{Relaxations: []sla.Relaxation{at(10, 20), at(15, 30), at(40, 50), at(50, 60)}}
	g := r.Regimes()
	for _, row := range []struct {
		at   time.Duration
		want int
	}{
		{-hour, 0}, {10*hour - 1, 0}, {10 * hour, 1}, {15 * hour, 2}, {19 * hour, 2}, {20 * hour, 3}, {30 * hour, 0},
		{40 * hour, 4}, {50*hour - 1, 4}, {50 * hour, 5}, {60 * hour, 0}, {99 * hour, 0},
	} {
		if got := g.At(row.at); got != row.want {
			t.Errorf("at %v regime %d, want %d", row.at, got, row.want)
		}
	}
	for k, start := range g.Starts() {
		if g.At(start) != k {
			t.Errorf("regime %d starts at %v in regime %d", k, start, g.At(start))
		}
	}
	if n := len(g.Starts()); n != 6 {
		t.Errorf("%d regimes", n)
	}
	none := sla.Rules{}
	if g := none.Regimes(); len(g.Starts()) != 1 || g.At(5*hour) != 0 {
		t.Error("there is more than ordinary time")
	}
}
