package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
)

// stays sums up how long tickets stay in the system, by priority, after a warm-up.
type stays struct {
	quiet
	warmup  time.Duration
	classes []ticket.Class
	sum     [2]float64 // minutes
	n       [2]float64
}

func (s *stays) Done(at time.Duration, t *desk.Ticket, _ []sla.Result) {
	if t.Created >= s.warmup && t.Status == ticket.Solved {
		p := s.classes[t.Class].Priority
		s.sum[p] += (at - t.Created).Minutes()
		s.n[p]++
	}
}

// quiet is an observer that looks away.
type quiet struct{}

func (quiet) Ticket(ticket.EventKind, time.Duration, *desk.Ticket)  {}
func (quiet) Waiting(time.Duration, int)                            {}
func (quiet) Staff(time.Duration, int, desk.Staff)                  {}
func (quiet) Judged(time.Duration, *desk.Ticket, []sla.Result)      {}
func (quiet) Done(at time.Duration, _ *desk.Ticket, _ []sla.Result) {}

// meanStays is the mean stay by priority, with the standard error over replications.
func meanStays(t *testing.T, s *model.Scenario, seed uint64) (mean, se [2]float64) {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	x, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	const n = 20
	run := x.Catalog().NewRun()
	w := x.Worker()
	var of [2][n]float64
	for r := range n {
		o := &stays{warmup: s.Time.Warmup, classes: x.Layout().Plan.Classes}
		w.Run(seed, r, run, o)
		for p := range o.sum {
			of[p][r] = o.sum[p] / o.n[p]
			mean[p] += of[p][r] / n
		}
	}
	for p := range of {
		for _, x := range of[p] {
			se[p] += (x - mean[p]) * (x - mean[p])
		}
		se[p] = math.Sqrt(se[p] / (n - 1) / n)
	}
	return mean, se
}

func close4(t *testing.T, what string, mean, se, exact, bite float64) {
	t.Helper()
	t.Logf("%s: %.4f ± %.4f, exact %.4f, z %.2f", what, mean, se, exact, (mean-exact)/se)
	if !(math.Abs(mean-exact) <= 4*se) {
		t.Errorf("%s: mean %.4f, exact %.4f, standard error %.4f", what, mean, exact, se)
	}
	if !(se <= bite*exact) {
		t.Errorf("%s: a standard error of %.4f does not bite", what, se)
	}
}

// Contacts that share one agent equally are M/G/1 with processor sharing, of which the
// mean stay is E[S]/(1-ρ) whatever the distribution of S (Kleinrock, Queueing Systems II,
// 1976, section 4.4). A slowdown of 100 % per other contact is just that: with k in hand each
// goes at the k-th part of the speed. That more than sixty are in hand is as good as impossible.
func TestContactsThatShareAnAgentAreProcessorSharing(t *testing.T) {
	t.Parallel()
	for name, handle := range map[string]dist.Dist{
		"exponential": dist.Must(dist.Exponential(1)),
		"constant":    dist.Must(dist.Constant(1)),
		"lognormal":   dist.Must(dist.Lognormal(1, 2)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := queue{
				agents: 1, length: 150 * time.Hour, warmup: 5 * time.Hour, interval: time.Hour,
				classes: []load{{perMinute: 0.6, handle: handle}},
			}.scenario()
			s.Channels[0].Concurrency, s.Channels[0].Slowdown = 60, work.Slowdown{1}
			mean, se := meanStays(t, s, 71)
			close4(t, name, mean[0], se[0], 1/(1-0.6), 0.02)
		})
	}
}

// Where urgent tickets break off others, one agent is M/M/1 with preemptive-resume
// priorities: with equal rates the mean stays are E[S]/(1-ρ₁) and
// E[S]/((1-ρ₁)(1-ρ₁-ρ₂)) (Kleinrock, Queueing Systems II, 1976, section 3.4).
func TestUrgentTicketsThatInterruptArePreemptive(t *testing.T) {
	t.Parallel()
	handle := dist.Must(dist.Exponential(1))
	s := queue{
		agents: 1, length: 300 * time.Hour, warmup: 10 * time.Hour, interval: time.Hour, order: model.Priority,
		classes: []load{{perMinute: 0.3, handle: handle}, {perMinute: 0.4, handle: handle}},
	}.scenario()
	s.Routing.Interrupts = []model.Interrupt{{
		For: sla.Match{Priorities: []ticket.Priority{0}}, Of: sla.Match{Priorities: []ticket.Priority{1}},
	}}
	mean, se := meanStays(t, s, 72)
	close4(t, "urgent", mean[0], se[0], 1/(1-0.3), 0.01)
	close4(t, "others", mean[1], se[1], 1/((1-0.3)*(1-0.7)), 0.03)
}
