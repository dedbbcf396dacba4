package experiment_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func explained(t *testing.T, s *model.Scenario, m sla.Metric, workers int) *breach.Report {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	x, err := experiment.Breaches(context.Background(), s, m, experiment.Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// overnight is a desk that has every cause: outages, hand-offs, skills, a spike, replies.
func overnight() *model.Scenario {
	s := small()
	s.Names.Skills = []string{"billing", "repairs"}
	s.Names.Issues = append(s.Names.Issues, "repair")
	s.Names.Teams = append(s.Names.Teams, "back")
	repair := s.Issues[0]
	repair.Name, repair.Skill = "repair", 1
	repair.HandOffs = []work.HandOff{{To: 0, Share: 0.3, Handle: dist.Must(dist.Exponential(900))}}
	s.Issues = append(s.Issues, repair)
	s.Streams[0].Issues[0].Share = 0.7
	s.Streams[0].Issues = append(s.Streams[0].Issues, s.Streams[0].Issues[0])
	s.Streams[0].Issues[1].Issue, s.Streams[0].Issues[1].Share = 1, 0.3
	back := s.Teams[0]
	back.Name, back.Skills = "back", []ticket.Skill{1}
	back.Shifts = back.Shifts[:1:1]
	s.Teams[0].Skills = []ticket.Skill{0}
	s.Teams = append(s.Teams, back)
	s.Outages = []model.Outage{{Name: "crm", Teams: []ticket.Team{0, 1}, From: 36 * time.Hour, Until: 40 * time.Hour}}
	s.SlowTools = []model.SlowTools{{Name: "slow", From: 56 * time.Hour, Until: 60 * time.Hour, Handle: 0.5}}
	return s
}

// What the causes explain adds up, in whole numbers, to what vanishes with all of them; and what is counted is
// what the breach rate of an experiment counts.
func TestWhatTheCausesExplainAddsUpExactly(t *testing.T) {
	t.Parallel()
	for _, s := range []*model.Scenario{small(), overnight()} {
		for _, m := range []sla.Metric{sla.FirstReply, sla.Resolution} {
			x := explained(t, s, m, 2)
			n := float64(x.Replications)
			var numerators int64
			shares, points := 0.0, 0.0
			for _, k := range x.Switches {
				numerators += k.Numerator
				shares += k.Share.Value
				points += k.Points.Value
				hours := 0.0
				for _, h := range k.Hourly {
					hours += h
				}
				if math.Abs(hours-k.Value.Value) > 1e-6 {
					t.Errorf("%s: %v over the hours of the week, %v in all", k.Name, hours, k.Value.Value)
				}
			}
			saved := math.Round(x.Late.Value*n) - math.Round(x.RestLate.Value*n)
			if want := x.Switches[0].Orders * int64(saved); numerators != want || saved <= 0 {
				t.Errorf("%s of %s: %d, and %v clocks vanish: %d", m, s.Name, numerators, saved, want)
			}
			if math.Abs(shares+x.Rest.Value-1) > 1e-9 {
				t.Errorf("%s of %s: the shares add up to %v, and %v is left", m, s.Name, shares, x.Rest.Value)
			}
			e := mustRun(t, s, experiment.Options{Workers: 2})
			if rate := measure(t, e, outcome.BreachRate, outcome.Labels{Metric: m.String()}).Estimate; math.Abs(rate.Value-x.Rate.Value) > 1e-12 || math.Abs(rate.Low-x.Rate.Low) > 1e-9 {
				t.Errorf("%s of %s: %+v of clocks are late, the experiment says %+v", m, s.Name, x.Rate, rate)
			}
			late, went := 0.0, 0.0
			for _, g := range x.Tiers {
				late += g.Late.Value
			}
			for _, w := range x.Went {
				went += w.OfLate.Value
			}
			if math.Abs(late-x.Late.Value) > 1e-9 || math.Abs(went-1) > 1e-9 {
				t.Errorf("%s of %s: %v late over the tiers, %v in all; the parts add up to %v", m, s.Name, late, x.Late.Value, went)
			}
		}
	}
}

func TestCausesAreTheSameByAnyWorkers(t *testing.T) {
	t.Parallel()
	a, b := explained(t, overnight(), sla.FirstReply, 1), explained(t, overnight(), sla.FirstReply, 5)
	if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) { // what is not a number is not equal to itself
		t.Errorf("one worker finds\n%+v\nfive\n%+v", a, b)
	}
}

// With one team that does everything, work of one length, no replies and nothing down, too few heads are the only cause.
func TestCapacityIsTheOnlyCauseOfASimpleDesk(t *testing.T) {
	t.Parallel()
	s := small()
	s.Issues[0].Handle, s.Issues[0].SolvedAtFirst, s.Issues[0].Reopen = dist.Must(dist.Constant(900)), 1, work.Reopen{}
	s.Issues[0].SolvedLater = 1
	s.Streams[0].Volume.Count = 400
	x := explained(t, s, sla.FirstReply, 2)
	for _, k := range x.Switches {
		switch {
		case k.Name == "capacity" && (k.Share.Value != 1 || k.Alone.Value != 1 || !k.Changes):
			t.Errorf("capacity explains %v", k.Share)
		case k.Name != "capacity" && (k.Numerator != 0 || k.Changes || k.Share.Value != 0 || k.Share.Low != 0 || k.Share.High != 0):
			t.Errorf("%s changes nothing and explains %v", k.Name, k.Share)
		}
	}
	if x.Late.Value < 10 || x.Trials != 2*x.Replications {
		t.Errorf("%v late clocks, %d trials", x.Late, x.Trials)
	}
}

// An outage of a desk with heads and time to spare breaks its promises alone.
func TestAnOutageIsTheOnlyCauseOfAQuietDesk(t *testing.T) {
	t.Parallel()
	s := small()
	s.Streams[0].Spikes, s.Streams[0].Volume.Count = nil, 40
	for i := range s.Teams[0].Shifts {
		s.Teams[0].Shifts[i].Heads = 40
		s.Teams[0].Shifts[i].Breaks = nil
		s.Teams[0].Shifts[i].Days = [7]bool{true, true, true, true, true, true, true}
	}
	s.Outages = []model.Outage{{Name: "crm", Teams: []ticket.Team{0}, From: 30 * time.Hour, Until: 36 * time.Hour}}
	x := explained(t, s, sla.FirstReply, 2)
	if x.Late.Value < 1 {
		t.Fatalf("%v late clocks", x.Late)
	}
	for _, k := range x.Switches {
		if k.Name == "system" && k.Share.Value < 0.9 || k.Name != "system" && math.Abs(k.Share.Value) > 0.1 {
			t.Errorf("%s explains %v", k.Name, k.Share)
		}
	}
}

func TestInterruptedCausesCountWholeReplications(t *testing.T) {
	t.Parallel()
	s := overnight()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	x, err := experiment.Breaches(ctx, s, sla.FirstReply, experiment.Options{Workers: 2, Progress: func(done, _ int) {
		if done == 3 {
			stop()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if x.Replications < 3 || x.Replications >= x.Planned {
		t.Fatalf("%d of %d replications", x.Replications, x.Planned)
	}
	s.Run.Exactly(x.Replications)
	whole := explained(t, s, sla.FirstReply, 2)
	whole.Planned, whole.Digest = x.Planned, x.Digest
	if fmt.Sprintf("%+v", x) != fmt.Sprintf("%+v", whole) {
		t.Error("what is finished is not what as many replications say")
	}
	stop()
	if _, err := experiment.Breaches(ctx, overnight(), sla.FirstReply, experiment.Options{Workers: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("an inquiry that never began: %v", err)
	}
}

// A spike in a quiet fortnight breaks promises all at once, and the number of tickets tells of it before the first is
// broken.
func TestASpikeIsASpellThatVolumeWarnsOf(t *testing.T) {
	t.Parallel()
	s := small()
	s.Time.Length, s.Run = 14*24*time.Hour, model.Run{Seed: 5, Min: 8, Max: 8}
	s.Issues[0].Handle = dist.Must(dist.Lognormal(600, 1))
	s.Streams[0].Busyness, s.Streams[0].Volume.Count = 0, 110
	s.Streams[0].Spikes[0].Start, s.Streams[0].Spikes[0].Factor, s.Streams[0].Spikes[0].Hold = 202*time.Hour, 12, 8*time.Hour
	for i := range s.Teams[0].Shifts {
		s.Teams[0].Shifts[i].Days = [7]bool{true, true, true, true, true, true, true}
	}
	x := explained(t, s, sla.FirstReply, 2)
	if x.Spells.Share.Value < 0.7 || x.Spells.Number < 8 || x.Spells.Dispersion.Low < 2 {
		t.Errorf("a spike is no spell: %+v, %v late", x.Spells, x.Late)
	}
	for _, k := range x.Indicators {
		if k.Name == "volume" && (k.Warned.Value < 0.6 || !(k.LeadSeconds.Value > 600) || k.LeadSeconds.Value > 86400) {
			t.Errorf("%+v", k)
		}
		if k.InVain.Value > 7 {
			t.Errorf("%+v: more alarms in vain than days", k)
		}
	}
	if len(x.Indicators) != 4 {
		t.Errorf("%d indicators", len(x.Indicators))
	}
}
