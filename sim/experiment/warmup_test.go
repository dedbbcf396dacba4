package experiment_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// endless is a desk at which nobody waits: its backlog is that of M/M/∞, with 200
// tickets a day of 6 h each, which starts at 0 and is 50 (1 − exp(−t/6h)) in the mean.
func endless() *model.Scenario {
	s := small()
	s.Time.Length, s.Time.Warmup = 10*24*time.Hour, 0
	s.Issues = []work.Issue{{Name: "question", Skill: s.Issues[0].Skill, Handle: dist.Must(dist.Exponential(6 * 3600)), SolvedAtFirst: 1, SolvedLater: 1}}
	s.Streams[0].Busyness = 0
	s.Teams[0].Shrinkage = 0
	s.Teams[0].Shifts = []staffing.Shift{{Name: "all", Heads: 300, Days: [7]bool{true, true, true, true, true, true, true}, From: 0, To: 24 * 60}}
	return s
}

func TestWarmupOfAnEndlessDesk(t *testing.T) {
	t.Parallel()
	s := endless()
	x, err := experiment.Warmup(context.Background(), s, 60, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	backlog := &x.Series[0]
	// After two mean times 14 % are missing, after eight nothing that could be told.
	if !backlog.Settled || backlog.Cut < 12*time.Hour || backlog.Cut > 48*time.Hour || x.Proposed < backlog.Cut {
		t.Errorf("settled after %v, proposed %v", backlog.Cut, x.Proposed)
	}
	if backlog.Earliest > backlog.Cut || backlog.Latest < backlog.Cut {
		t.Errorf("by fifths from %v to %v", backlog.Earliest, backlog.Latest)
	}
	if math.Abs(backlog.Later.Value-50) > 3*backlog.Later.HalfWidth() || backlog.Later.HalfWidth() > 2 {
		t.Errorf("the backlog is %v ± %v, want 50", backlog.Later.Value, backlog.Later.HalfWidth())
	}
	// The mean of 50 (1 − exp(−t/6h)) over the first day.
	if want := 50 * (1 - (1-math.Exp(-4))/4); math.Abs(backlog.First.Value-want) > 3*backlog.First.HalfWidth()+1 {
		t.Errorf("the backlog of the first day is %v, want %v", backlog.First.Value, want)
	}
	if !slices.Equal(x.Without, []string{"spikes"}) || len(s.Streams[0].Spikes) == 0 {
		t.Errorf("left out: %v; the scenario's own spikes: %v", x.Without, s.Streams[0].Spikes)
	}
}

// A desk that cannot keep up never settles.
func TestWarmupOfADeskThatDrowns(t *testing.T) {
	t.Parallel()
	s := endless()
	s.Teams[0].Shifts[0].Heads = 25
	s.Streams[0].Spikes = []demand.Spike{}
	x, err := experiment.Warmup(context.Background(), s, 10, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if x.Settled || x.Series[1].Name != outcome.SeriesQueue || x.Series[1].Settled || len(x.Without) > 0 {
		t.Errorf("%v, %v after %v", x.Settled, x.Series[1].Settled, x.Series[1].Cut)
	}
}
