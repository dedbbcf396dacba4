package experiment_test

import (
	"bytes"
	"testing"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// An experiment that starts with open tickets gives the same bytes by any number of workers, has an
// interval for each of its measures, and pairs with another roster ticket by ticket: as many are
// there at the start, and late, in every pair.
func TestABacklogIsTheSameByAnyWorkers(t *testing.T) {
	t.Parallel()
	s := small()
	s.Time.Warmup = 0
	age := dist.Must(dist.Exponential(20000))
	s.Backlog = []demand.Backlog{{Name: "old", Tickets: 80, Age: age}}
	one := mustRun(t, s, experiment.Options{Workers: 1})
	for _, workers := range []int{2, 16} {
		if !bytes.Equal(encode(t, one), encode(t, mustRun(t, s, experiment.Options{Workers: workers}))) {
			t.Errorf("%d workers give another outcome", workers)
		}
	}
	more := *s
	more.Teams = append(more.Teams[:0:0], s.Teams...)
	more.Teams[0].Shifts = append(more.Teams[0].Shifts[:0:0], s.Teams[0].Shifts...)
	more.Teams[0].Shifts[0].Heads += 5
	other := mustRun(t, &more, experiment.Options{})
	sooner := false
	for _, name := range []string{outcome.OpenAtStart, outcome.LateAtStart, outcome.BacklogMostlyAfter, outcome.BacklogAnsweredAfter} {
		a, okA := one.Measure(name, outcome.Labels{})
		b, okB := other.Measure(name, outcome.Labels{})
		if !okA || !okB || a.Estimate.Low > a.Estimate.Value || a.Estimate.High < a.Estimate.Value {
			t.Fatalf("%s: %+v, %+v", name, a, b)
		}
		same := name == outcome.OpenAtStart || name == outcome.LateAtStart
		for r := range a.Num {
			if same && a.Num[r] != b.Num[r] || !same && b.Num[r] > a.Num[r] {
				t.Errorf("%s in replication %d is %v, and with more agents %v", name, r, a.Num[r], b.Num[r])
			}
			sooner = sooner || b.Num[r] < a.Num[r]
		}
	}
	if !sooner {
		t.Error("more agents answer nothing sooner")
	}
	if late, _ := one.Measure(outcome.LateAtStart, outcome.Labels{}); !(late.Estimate.High > late.Estimate.Low) {
		t.Errorf("how many are late has no interval: %+v", late.Estimate)
	}
}

// What is proposed as a warm-up is that of a desk that starts empty.
func TestAWarmUpIsProposedWithoutTheBacklog(t *testing.T) {
	t.Parallel()
	s := small()
	s.Time.Warmup = 0
	want, err := experiment.Warmup(t.Context(), s, 12, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Backlog = []demand.Backlog{{Name: "old", Tickets: 500, Age: dist.Must(dist.Exponential(20000))}}
	got, err := experiment.Warmup(t.Context(), s, 12, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Proposed != want.Proposed || len(got.Without) != len(want.Without)+1 {
		t.Errorf("%v without %q, want %v", got.Proposed, got.Without, want.Proposed)
	}
}
