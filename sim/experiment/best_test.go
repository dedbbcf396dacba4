package experiment_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// rosters are the small desk with more and more people by day.
func rosters(heads ...float64) []*model.Scenario {
	var all []*model.Scenario
	for _, n := range heads {
		s := small()
		s.Name = fmt.Sprintf("heads-%v", n)
		s.Teams[0].Shifts[0].Heads = n
		all = append(all, s)
	}
	return all
}

// More people never make more promises break here, and two more make the difference
// that matters: the choice is known.
func TestBestFindsTheLargestRoster(t *testing.T) {
	t.Parallel()
	c := experiment.Choice{Measure: "breach_rate(first_reply)", Smallest: true, Indifference: 0.02, Confidence: 0.95, Most: 500}
	var first *outcome.Selection
	for _, workers := range []int{1, 3} {
		x, err := experiment.Best(context.Background(), rosters(6, 14, 8), c, experiment.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if x.Best != 1 || x.Sure != 0.95 || x.Candidates[0].DroppedFor == "" {
			t.Fatalf("%+v", x)
		}
		total := 0
		for i, k := range x.Candidates {
			total += k.Replications
			if i != x.Best && !(k.Gap.Low > 0) {
				t.Errorf("%s is %v above the best, from %v", k.Name, k.Gap.Value, k.Gap.Low)
			}
		}
		if total != x.Trials || x.Candidates[x.Best].Gap.Value != 0 {
			t.Errorf("%d trials in all, %d by candidate", x.Trials, total)
		}
		if first == nil {
			first = x
		} else if diff := cmp.Diff(fmt.Sprintf("%+v", first), fmt.Sprintf("%+v", x)); diff != "" {
			t.Errorf("another number of workers makes another choice (-1 +3):\n%s", diff)
		}
	}
}

func TestBestSpendsABudget(t *testing.T) {
	t.Parallel()
	c := experiment.Choice{Measure: "breach_rate(first_reply)", Smallest: true, Indifference: 0.02, Budget: 120}
	x, err := experiment.Best(context.Background(), rosters(5, 8, 9), c, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if x.Best != 2 || x.Trials != 120 || !(x.Sure > 0.5 && x.Sure <= 1) || x.Candidates[0].Replications >= x.Candidates[1].Replications {
		t.Errorf("%+v", x)
	}
}

func TestBestRefuses(t *testing.T) {
	t.Parallel()
	c := experiment.Choice{Measure: "cost", Smallest: true, Indifference: 1, Confidence: 0.95, Most: 50}
	_, err := experiment.Best(context.Background(), rosters(5, 8), c, experiment.Options{})
	if err == nil || !strings.Contains(err.Error(), "it measures cost(team=front)") && !strings.Contains(err.Error(), "does not measure cost") {
		t.Errorf("a measure that is not there: %v", err)
	}
	c.Measure = "occupancy(team=front)"
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if x, err := experiment.Best(ctx, rosters(5, 8), c, experiment.Options{}); !errors.Is(err, context.Canceled) || x != nil {
		t.Errorf("interrupted at once: %+v, %v", x, err)
	}
}

// An interrupt after the first look keeps what is known: who is out, who leads, and that nothing is
// promised.
func TestAnInterruptedChoiceTellsWhatIsKnown(t *testing.T) {
	t.Parallel()
	for _, budget := range []int{0, 100_000} {
		c := experiment.Choice{Measure: "breach_rate(first_reply)", Smallest: true, Indifference: 0.005, Confidence: 0.95, Most: 100_000, Budget: budget}
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		o := experiment.Options{Workers: 2, Progress: func(done, _ int) {
			if done == 200 {
				stop()
			}
		}}
		x, err := experiment.Best(ctx, rosters(5, 8, 8.3), c, o)
		if !errors.Is(err, context.Canceled) || x == nil {
			t.Fatalf("%+v, %v", x, err)
		}
		if !x.Interrupted || x.Sure != 0 || x.Best == 0 || x.Trials < 200 || x.Trials > 210 {
			t.Errorf("%+v", x)
		}
		total, dropped := 0, 0
		for i, k := range x.Candidates {
			total += k.Replications
			if k.Replications < 20 || k.Value.N != k.Replications {
				t.Errorf("%s: %d replications, an estimate of %d", k.Name, k.Replications, k.Value.N)
			}
			if k.DroppedFor != "" {
				dropped++
			}
			if i != x.Best && !(k.Gap.High > 0) {
				t.Errorf("%s is better than the one ahead: %+v", k.Name, k.Gap)
			}
		}
		// With a budget nobody is dropped; without one somebody is by then.
		if (dropped > 0) != (budget == 0) || x.Candidates[x.Best].DroppedFor != "" {
			t.Errorf("%d were dropped: %+v", dropped, x)
		}
		if total != x.Trials {
			t.Errorf("%d trials in all, %d by candidate", x.Trials, total)
		}
	}
}
