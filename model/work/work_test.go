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
	type p struct{ first, later, never, reopen float64 }
	table := map[string]p{
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
	out := map[string]work.Issue{}
	for name, p := range table {
		out[name] = work.Issue{
			SolvedAtFirst: p.first,
			SolvedLater:   p.later,
			Reply:         work.Reply{Never: p.never},
			Reopen:        work.Reopen{Share: p.reopen},
		}
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
				first, later, solved =
					1+issue.SolvedAtFirst*solved+(1-issue.SolvedAtFirst)*pending,
					1+issue.SolvedLater*solved+(1-issue.SolvedLater)*pending,
					issue.Reopen.Share*later
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
			sum, squares := 0.0, 0.0
			for range tickets {
				n := float64(play(&issue, r))
				sum += n
				squares += n * n
			}
			mean := sum / tickets
			deviation := math.Sqrt((squares/tickets - mean*mean) / tickets)
			if got := issue.Touches(); math.Abs(got-mean) > 4*deviation+1e-12 {
				t.Errorf("Touches() = %.6g, played %.6g ± %.2g (seed %d)", got, mean, deviation, seed)
			}
		})
	}
}

// play is one ticket's life, told as the documentation of Issue tells it.
func play(issue *work.Issue, r *rand.Rand) int {
	touches := 0
	chance := issue.SolvedAtFirst
	for {
		touches++
		solved := r.Float64() < chance
		chance = issue.SolvedLater
		if !solved && r.Float64() >= issue.Reply.Never {
			continue // the customer answers, and the desk touches the ticket again
		}
		// Solved, by the touch or by the customer's silence.
		if r.Float64() >= issue.Reopen.Share {
			return touches
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
