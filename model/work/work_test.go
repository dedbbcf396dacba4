package work_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/work"
)

// issues are corners and middles of the parameter space.
func issues() map[string]work.Issue {
	table := map[string]struct{ first, later, never, reopen float64 }{
		"the first touch always solves":                     {1, 0.5, 0.2, 0},
		"half of first and half of later touches solve":     {0.5, 0.5, 0, 0},
		"the payment failure of a web shop":                 {0.55, 0.7, 0.12, 0.04},
		"customers seldom answer":                           {0.3, 0.6, 0.9, 0.1},
		"nobody ever answers":                               {0.3, 0.6, 1, 0.1},
		"every ticket comes back once or more in two":       {1, 1, 0, 0.5},
		"later touches hardly ever solve":                   {0.1, 0.02, 0.05, 0.2},
		"later touches always solve":                        {0.2, 1, 0.3, 0.3},
		"first touch solves all, reopened ones take longer": {1, 0.25, 0, 0.3},
	}
	return withHandOffs(table)
}

// withHandOffs are issues without hand-offs, and one of them with hand-offs of all kinds.
func withHandOffs(table map[string]struct{ first, later, never, reopen float64 }) map[string]work.Issue {
	out := map[string]work.Issue{}
	for name, p := range table {
		out[name] = work.Issue{
			SolvedAtFirst: p.first,
			SolvedLater:   p.later,
			Reply:         work.Reply{Never: p.never},
			Reopen:        work.Reopen{Share: p.reopen},
		}
	}
	for name, offs := range map[string][]work.HandOff{
		"a third goes to engineering and comes back":  {{Share: 0.35}},
		"a third goes to engineering, which solves":   {{Share: 0.35, Solves: true}},
		"any touch may be followed by engineering":    {{Share: 0.35, AnyTouch: true}},
		"all go to engineering first, which solves":   {{Share: 1, Solves: true}},
		"all touches are passed on to those who know": {{Share: 1, AnyTouch: true, Solves: true}},
		"tier 2, then engineering":                    {{Share: 0.3, AnyTouch: true, Solves: true}, {Share: 0.2, AnyTouch: true}, {Share: 0.1, Solves: true}, {Share: 0.2}},
	} {
		issue := out["the payment failure of a web shop"]
		issue.HandOffs = offs
		for k := range issue.HandOffs {
			issue.HandOffs[k].Handle = dist.Must(dist.Constant(float64(1000 + k)))
		}
		issue.Handle = dist.Must(dist.Constant(1))
		out[name] = issue
		issue.Holds = []work.Hold{{Share: 0.3}, {Share: 0.2, After: work.AnyTouch}, {Share: 0.1, After: work.LaterTouch}}
		out[name+", and some wait for a vendor"] = issue
	}
	return out
}

// A ticket's life is a Markov chain. Its mean number of touches is found here by
// iterating the chain's equations from 0 until they stand still.
func TestTouchesSolveTheEquationsOfTheChain(t *testing.T) {
	t.Parallel()
	for name, issue := range issues() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answered := 1 - issue.Reply.Never
			// Touches to come, from before a first touch, before a later touch, and solved.
			first, later, solved := 0.0, 0.0, 0.0
			for range 100_000 {
				pending := issue.Reply.Never*solved + answered*later
				touch := func(p float64, anyTouch bool) float64 {
					value, rest := 1.0, 1.0
					for _, h := range issue.HandOffs {
						switch {
						case anyTouch && !h.AnyTouch:
							continue
						case h.Solves:
							value += h.Share * (1 + solved)
						default:
							value += h.Share * later
						}
						rest -= h.Share
					}
					held := 0.5 // by first and any touches; by any and later ones
					switch {
					case issue.Holds == nil:
						held = 0
					case anyTouch:
						held = 0.3
					}
					return value + rest*(held*later+(1-held)*(p*solved+(1-p)*pending))
				}
				first, later, solved = touch(issue.SolvedAtFirst, false), touch(issue.SolvedLater, true), issue.Reopen.Share*later
			}
			if got := issue.Touches(); math.Abs(got-first) > 1e-9*first {
				t.Errorf("Touches() = %.12g, the chain says %.12g", got, first)
			}
		})
	}
}

func TestTouchesAgreeWithPlayedTickets(t *testing.T) {
	t.Parallel()
	const seed, tickets = 20, 200_000
	for name, issue := range issues() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 0))
			sum, squares, load := 0.0, 0.0, 0.0
			for range tickets {
				touches, work := play(&issue, r)
				load += work
				n := float64(touches)
				sum += n
				squares += n * n
			}
			mean := sum / tickets
			deviation := math.Sqrt((squares/tickets - mean*mean) / tickets)
			if got := issue.Touches(); math.Abs(got-mean) > 4*deviation+1e-12 {
				t.Errorf("Touches() = %.6g, played %.6g ± %.2g (seed %d)", got, mean, deviation, seed)
			}
			if got := issue.Load(); math.Abs(got-load/tickets) > 0.02*got {
				t.Errorf("Load() = %.6g s, played %.6g s (seed %d)", got, load/tickets, seed)
			}
		})
	}
}

// play is one ticket's life, told as the documentation of Issue tells it.
func play(issue *work.Issue, r *rand.Rand) (touches int, load float64) {
	chance := issue.SolvedAtFirst
	for n := 0; ; n = touches {
		touches++
		load += issue.Handle.Mean()
		handed := issue.Handed(n, r.Float64())
		if handed < 0 && issue.Held(n, r.Float64()) >= 0 {
			chance = issue.SolvedLater
			continue
		}
		solved := r.Float64() < chance
		chance = issue.SolvedLater
		switch {
		case handed >= 0:
			load += issue.HandOffs[handed].Handle.Mean()
			if !issue.HandOffs[handed].Solves {
				continue // it comes back, for another touch
			}
			touches++
		case !solved && r.Float64() >= issue.Reply.Never:
			continue // the customer answers, and the desk touches the ticket again
		}
		// Solved, by the touch, by another team, or by the customer's silence.
		if r.Float64() >= issue.Reopen.Share {
			return touches, load
		}
	}
}

func TestTouchesGrowWithEveryReasonForMoreWork(t *testing.T) {
	t.Parallel()
	base := work.Issue{
		SolvedAtFirst: 0.6, SolvedLater: 0.7,
		Reply: work.Reply{Never: 0.2}, Reopen: work.Reopen{Share: 0.1},
	}
	tests := map[string]func(*work.Issue){
		"fewer solved at first":       func(i *work.Issue) { i.SolvedAtFirst = 0.5 },
		"fewer solved later":          func(i *work.Issue) { i.SolvedLater = 0.6 },
		"more customers who answer":   func(i *work.Issue) { i.Reply.Never = 0.1 },
		"more tickets that come back": func(i *work.Issue) { i.Reopen.Share = 0.2 },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			harder := base
			change(&harder)
			if harder.Touches() <= base.Touches() {
				t.Errorf("%v touches, no more than the %v before", harder.Touches(), base.Touches())
			}
		})
	}
}

func TestLoadIsTouchesTimesTheMeanHandlingTime(t *testing.T) {
	t.Parallel()
	issue := work.Issue{
		Handle:        dist.Must(dist.Lognormal(540, 0.8)),
		SolvedAtFirst: 0.5, SolvedLater: 0.5,
	}
	// A first touch, and after half of them two more on average.
	if got, want := issue.Load(), 2*540.0; math.Abs(got-want) > 1e-6 {
		t.Errorf("Load() = %v s, want %v s", got, want)
	}
}

func TestSlowdownGoesOnByItsLastStep(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		s    work.Slowdown
		want []float64 // with no other contact, one, two, three, four
	}{
		{"none", nil, []float64{0, 0, 0, 0, 0}},
		{"one number is so much for each", work.Slowdown{0.25}, []float64{0, 0.25, 0.5, 0.75, 1}},
		{"a curve", work.Slowdown{0.1, 0.5}, []float64{0, 0.1, 0.5, 0.9, 1.3}},
		{"a curve that levels off", work.Slowdown{0.25, 0.25}, []float64{0, 0.25, 0.25, 0.25, 0.25}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for others, want := range test.want {
				if got := test.s.With(others); math.Abs(got-want) > 1e-12 {
					t.Errorf("with %d others %v, want %v", others, got, want)
				}
			}
		})
	}
}
