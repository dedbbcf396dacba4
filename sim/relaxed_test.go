package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"pgregory.net/rapid"
)

// relaxing is a relaxation of first replies and resolutions by a factor.
func relaxing(s *model.Scenario, from, until time.Duration, factor float64) sla.Relaxation {
	n := len(s.Names.Priorities)
	x := sla.Relaxation{Name: "peak", Announced: from, From: from, Until: until}
	for _, m := range []sla.Metric{sla.FirstReply, sla.Resolution} {
		x.Targets = append(x.Targets, sla.Relaxed{Metric: m, Within: make([]time.Duration, n), Factor: slices.Repeat([]float64{factor}, n)})
	}
	return x
}

func TestARelaxationByNothingChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.SLA.Relaxations = nil
		with := copyOf(without)
		with.SLA.Relaxations = []sla.Relaxation{relaxing(with, 2*time.Hour, 20*time.Hour, 1)}
		same(r, trial(r, with, 0).steps, trial(r, without, 0).steps)
	})
}

// Where nobody acts on promises, longer ones change nothing that happens, and no promise is
// kept the worse; that of a ticket which was created at another time is what it was.
func TestLongerPromisesAreKeptNoWorse(t *testing.T) {
	t.Parallel()
	better, kept := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.SLA.Relaxations, without.Escalations = nil, nil
		without.Triage.Wrong = 0 // a promise that falls away is told of if it was broken
		if without.Routing.Order != model.FIFO {
			without.Routing.Order = model.Priority
		}
		with := copyOf(without)
		from, until := 6*time.Hour, 16*time.Hour
		with.SLA.Relaxations = []sla.Relaxation{relaxing(with, from, until, 3)}
		a, b := trial(r, without, 0).steps, trial(r, with, 0).steps
		created := map[ticket.ID]time.Duration{}
		if len(a) != len(b) {
			r.Fatalf("%d steps, and %d", len(a), len(b))
		}
		for i := range a {
			x, y := a[i], b[i]
			if x.What == "created" {
				created[x.ID] = x.At
			}
			at := created[x.ID]
			inside := from <= at && at < until
			for m := range x.Results {
				was, is := x.Results[m], y.Results[m]
				switch {
				case !inside && was != is:
					r.Fatalf("%v of a ticket of %v came out as %+v, and as %+v", sla.Metric(m), at, was, is)
				case was.Verdict == sla.Met && is.Verdict != sla.Met || was.Verdict == sla.Undecided && is.Verdict != sla.Undecided:
					r.Fatalf("%v came out as %+v, and with longer promises as %+v", sla.Metric(m), was, is)
				case was.Verdict == sla.Breached && is.Verdict == sla.Met:
					better++
				case was.Verdict != sla.Unjudged:
					kept++
				}
			}
			x.Results, y.Results = [sla.Metrics]sla.Result{}, [sla.Metrics]sla.Result{}
			if x != y {
				r.Fatalf("step %d is %+v and was %+v", i, y, x)
			}
		}
	})
	enough(t, better)
	enough(t, kept)
}

// A review is told of, and nothing else that happens is other than without it.
func TestAReviewChangesNothingButItsNotes(t *testing.T) {
	t.Parallel()
	reviews := 0
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		without.Escalations = nil
		with := copyOf(without)
		draw{r}.reviews(with)
		told := trial(r, with, 0).steps
		rest := only(told, func(s *step) bool { return s.What != ticket.Noted.String() })
		same(r, rest, trial(r, without, 0).steps)
		reviews += len(told) - len(rest)
	})
	enough(t, reviews)
}
