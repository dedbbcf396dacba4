package sim_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
)

// examiner keeps the scores of all touches.
type examiner struct {
	scores  map[ticket.ID][]float64
	sampled map[ticket.ID][]bool
}

func (x *examiner) Ticket(kind ticket.EventKind, _ time.Duration, t *desk.Ticket) {
	if kind == ticket.Replied {
		x.scores[t.ID] = append(x.scores[t.ID], float64(t.Score))
		x.sampled[t.ID] = append(x.sampled[t.ID], t.Sampled)
	}
}

func (x *examiner) Waiting(time.Duration, int)                       {}
func (x *examiner) Staff(time.Duration, int, desk.Staff)             {}
func (x *examiner) Judged(time.Duration, *desk.Ticket, []sla.Result) {}
func (x *examiner) Done(time.Duration, *desk.Ticket, []sla.Result)   {}

func examined(t *testing.T, s *model.Scenario) (*examiner, *outcome.Run, *outcome.Catalog) {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	x := &examiner{scores: map[ticket.ID][]float64{}, sampled: map[ticket.ID][]bool{}}
	run := simulation.Catalog().NewRun()
	simulation.Worker().Run(1, 0, run, x)
	return x, run, simulation.Catalog()
}

func scored(agents int) *model.Scenario {
	q := m1(10_000)
	q.agents = agents
	s := q.scenario()
	s.Teams[0].Quality = staffing.Quality{Mean: 0.92, SD: 0.05}
	s.Quality = model.Quality{AtLeast: 0.9, Sample: 0.2, Period: contract.Weekly}
	return s
}

// Scores have the mean and the standard deviation that are stated; the bounds are four
// standard errors.
func TestScoresAreAsGoodAsStated(t *testing.T) {
	t.Parallel()
	x, run, c := examined(t, scored(1))
	var n, sum, squares, looked float64
	for id, list := range x.scores {
		for i, v := range list {
			n, sum, squares = n+1, sum+v, squares+(v-0.92)*(v-0.92)
			if x.sampled[id][i] {
				looked++
			}
		}
	}
	if n < 9000 || math.Abs(sum/n-0.92) > 4*0.05/math.Sqrt(n) {
		t.Errorf("the mean of %v scores is %v", n, sum/n)
	}
	// A beta variable with these moments has a kurtosis of about 4.
	if sd := math.Sqrt(squares / n); math.Abs(sd*sd-0.0025) > 4*0.0025*math.Sqrt(3/n) {
		t.Errorf("the standard deviation is %v", sd)
	}
	if math.Abs(looked/n-0.2) > 4*math.Sqrt(0.2*0.8/n) {
		t.Errorf("%v of %v are looked at", looked, n)
	}
	for i, m := range c.Measures {
		if m.Name == outcome.QualityMet && run.Num[i] != run.Den[i] {
			t.Errorf("%v of %v periods meet a promise far below the mean", run.Num[i], run.Den[i])
		}
	}
}

// A touch is as good under another plan.
func TestScoresBelongToTheTouch(t *testing.T) {
	t.Parallel()
	few, _, _ := examined(t, scored(1))
	many, _, _ := examined(t, scored(3))
	for id, a := range few.scores {
		for i := range min(len(a), len(many.scores[id])) {
			if b := many.scores[id][i]; a[i] != b || few.sampled[id][i] != many.sampled[id][i] {
				t.Fatalf("touch %d of ticket %#x is scored %v, and %v", i, uint64(id), a[i], b)
			}
		}
	}
}

// Under strain every score is lower by what is assumed, or nothing.
func TestStrainLowersScores(t *testing.T) {
	t.Parallel()
	s := scored(1)
	well, _, _ := examined(t, s)
	s.Burnout = model.Burnout{Above: 0.8, Over: 4 * time.Hour, Quality: 0.1}
	worn, _, _ := examined(t, s)
	lower, same := 0, 0
	for id, a := range well.scores {
		switch b := worn.scores[id]; {
		case len(b) == 0:
		case a[0] == b[0]:
			same++
		case math.Abs(a[0]-b[0]-0.1) < 1e-6:
			lower++
		default:
			t.Fatalf("ticket %#x is scored %v, and was %v", uint64(id), b[0], a[0])
		}
	}
	if lower < 100 || same < 100 {
		t.Errorf("%d scores are lower, %d are not", lower, same)
	}
}
