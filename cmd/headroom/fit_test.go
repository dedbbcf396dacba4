package main

import (
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
)

// simulatedLog is what a trial leaves behind, as a history.
func simulatedLog(t *testing.T, ref string, seeds int) []*fit.Log {
	t.Helper()
	s, err := scenarios.Load(ref)
	if err != nil {
		t.Fatal(err)
	}
	simulation, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var logs []*fit.Log
	worker := simulation.Worker()
	for seed := range seeds {
		l := &fit.Log{Names: &s.Names, Axis: calendar.Axis{Origin: s.Time.Start}, Last: s.Time.Length}
		places := map[ticket.ID]int{}
		log := collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
			i, known := places[e.Ticket]
			if !known {
				i = len(l.Tickets)
				places[e.Ticket] = i
				l.Tickets = append(l.Tickets, nil)
			}
			l.Tickets[i] = append(l.Tickets[i], e)
			return nil
		})
		worker.Run(uint64(seed), 0, simulation.Catalog().NewRun(), log)
		if err := log.Err(); err != nil {
			t.Fatal(err)
		}
		logs = append(logs, l)
	}
	return logs
}

// tries is how many logs a test of intervals draws. HEADROOM_FIT_TRIALS=100 tries as many as the promise speaks of.
func tries(atLeast int) int {
	if n, err := strconv.Atoi(os.Getenv("HEADROOM_FIT_TRIALS")); err == nil && n >= atLeast {
		return n
	}
	return atLeast
}

// hitsOf counts intervals of 95 % that hold the truth, by what they are of.
type hitsOf map[string][2]int

func (h hitsOf) judge(what string, truth float64, e estimate.Estimate) {
	x := h[what]
	x[1]++
	if e.Low <= truth && truth <= e.High {
		x[0]++
	}
	h[what] = x
}

// fewestOf is so many of n intervals of 95 % that a right method has fewer in one test of ten thousand.
func fewestOf(n int) int {
	term, below := math.Pow(0.05, float64(n)), 0. // of none
	for k := range n {
		if below += term; below > 1e-4 {
			return k
		}
		term *= float64(n-k) / float64(k+1) * 0.95 / 0.05
	}
	return n
}

// tell prints the share of each, and holds it to the bound of the binomial law: for a right method one of ten thousand is below.
// Each is to be there in nearly every log.
func (h hitsOf) tell(t *testing.T, logs int) {
	t.Helper()
	hit, all := 0, 0
	for _, what := range slices.Sorted(maps.Keys(h)) {
		x := h[what]
		hit, all = hit+x[0], all+x[1]
		t.Logf("%-36s %3d of %3d intervals of 95 %% hold the truth, at least %d", what, x[0], x[1], fewestOf(x[1]))
		if x[1] < logs*9/10 || x[0] < fewestOf(x[1]) {
			t.Errorf("%s: %d of %d intervals of 95 %% hold the truth", what, x[0], x[1])
		}
	}
	t.Logf("%-36s %3d of %3d", "all", hit, all)
	if hit*100 < 88*all { // those of one log go together
		t.Errorf("%d of %d intervals of 95 %% hold the truth", hit, all)
	}
}

// fittedTo is what is fitted to the whole days of a log that was simulated.
func fittedTo(t *testing.T, log *fit.Log) *fit.Fitted {
	t.Helper()
	f, err := fit.History(log, fit.Options{From: calendar.DateOf(log.Axis.Origin), Until: calendar.DateOf(log.Axis.At(log.Last - time.Hour))})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The laws of every family are found again: the agent time of a kind each, and the patience of customers. The family that was drawn
// from is the one that is judged, also where chance has another fit better; a constant one has to be recognised, and a law
// that is nearly constant has its small spread.
func TestAFitFindsTheLawsOfEveryFamily(t *testing.T) {
	t.Parallel()
	type law struct {
		family survival.Family
		truth  map[string]float64
	}
	truth := map[string]law{
		"exponential":    {survival.Exponential, map[string]float64{"mean": 480}},
		"lognormal":      {survival.Lognormal, map[string]float64{"mean": 480, "cv": 0.8}},
		"gamma":          {survival.Gamma, map[string]float64{"mean": 480, "cv": 0.6}},
		"narrow":         {survival.Gamma, map[string]float64{"mean": 480, "cv": 0.03}},
		"weibull":        {survival.Weibull, map[string]float64{"scale": 480, "shape": 1.6}},
		"two lognormals": {survival.TwoLognormals, map[string]float64{"mean": 0.7*240 + 0.3*1200}},
		"constant":       {survival.Constant, map[string]float64{"mean": 480}},
		"patience":       {survival.Weibull, map[string]float64{"scale": 300, "shape": 1.5}},
	}
	trials, hits := tries(12), hitsOf{}
	for _, log := range simulatedLog(t, "testdata/fit-families.yaml", trials) {
		f := fittedTo(t, log)
		judge := func(name string, l *fit.Law) {
			want := truth[name]
			for _, own := range append([]*survival.Law{l.Law}, l.Others...) {
				if own.Family != want.family {
					continue
				}
				values := map[string]estimate.Estimate{"mean": own.Mean}
				for _, p := range own.Parameters {
					values[p.Name] = p.Estimate
				}
				for what, x := range want.truth {
					hits.judge(name+", "+what, x, values[what])
				}
			}
			if name == "constant" && l.Dist.Mean() != 480 {
				t.Errorf("8 minutes are taken for %v", l.Dist)
			}
		}
		for i := range f.Kinds {
			judge(f.Kinds[i].Name, f.Kinds[i].Handle)
		}
		for i := range f.Channels {
			if c := &f.Channels[i]; c.Patience != nil {
				judge("patience", c.Patience)
			}
		}
	}
	if len(hits) != 13 {
		t.Errorf("%d parameters are judged", len(hits))
	}
	hits.tell(t, trials)
}

// What is simulated with known parameters is found again: each interval of 95 % holds the truth
// in about 95 of 100 trials.
func TestAFitFindsTheParametersOfASimulatedDesk(t *testing.T) {
	t.Parallel()
	trials := tries(12)
	truth := map[string]float64{
		"email, tickets a week": 980, "chat, tickets a week": 560, "busyness of email": 0.15,
		"weight of Sunday": 7 * 0.6 / 6.6, "weight of nine o'clock": 24 * 10 / 138.,
		"share of refunds": 0.2, "patience": 240,
		"question, mean of handle time": 540, "question, cv of handle time": 0.8, "refund, mean of handle time": 720,
		"solved at first touch": 0.6, "solved later": 0.75, "never answered": 0.15, "median of the reply": 5 * 3600, "reopened": 0.05,
		"on hold after the first touch": 0.1, "median on hold": 20 * 3600, "put aside after later touches": 0.15, "mean time aside": 4 * 3600,
		"correlation of busyness": 0.64,
	}
	hits := hitsOf{}
	for _, log := range simulatedLog(t, "testdata/fit-source.yaml", trials) {
		f := fittedTo(t, log)
		judge := func(what string, e estimate.Estimate) {
			if _, known := truth[what]; !known {
				t.Fatalf("there is no truth about %s", what)
			}
			hits.judge(what, truth[what], e)
		}
		channels := func(name string) *fit.Stream {
			i := slices.IndexFunc(f.Streams, func(s fit.Stream) bool { return s.Name == name })
			return &f.Streams[i]
		}
		email, chat := channels("email"), channels("chat")
		judge("email, tickets a week", email.Week.Estimate)
		judge("chat, tickets a week", chat.Week.Estimate)
		if len(f.Together) > 0 {
			judge("correlation of busyness", f.Together[0].Estimate)
		}
		judge("busyness of email", email.Busyness.Estimate)
		judge("weight of Sunday", email.Days[time.Sunday].Estimate)
		judge("weight of nine o'clock", email.Hours[9].Estimate)
		for i := range f.Channels {
			if c := &f.Channels[i]; c.Patience != nil {
				judge("patience", c.Patience.Mean)
			}
		}
		for i := range f.Kinds {
			k := &f.Kinds[i]
			if k.Name == "refund" {
				judge("refund, mean of handle time", k.Handle.Mean)
				for _, s := range email.Kinds {
					if s.Index == i {
						judge("share of refunds", s.Estimate)
					}
				}
				continue
			}
			judge("question, mean of handle time", k.Handle.Mean)
			for _, p := range k.Handle.Parameters {
				if p.Name == "cv" {
					judge("question, cv of handle time", p.Estimate)
				}
			}
			judge("solved at first touch", k.FirstSolves.Estimate)
			judge("solved later", k.LaterSolves.Estimate)
			judge("never answered", k.Reply.Never.Estimate)
			judge("median of the reply", k.Reply.After.Median)
			judge("reopened", k.Reopen.Share.Estimate)
			for _, x := range k.Holds {
				if x.Aside {
					judge("put aside after later touches", x.Later.Estimate)
					judge("mean time aside", x.Takes.Mean)
				} else {
					judge("on hold after the first touch", x.First.Estimate)
					judge("median on hold", x.Takes.Median)
				}
			}
		}
	}
	if len(hits) != len(truth) {
		t.Errorf("%d of %d parameters are judged", len(hits), len(truth))
	}
	hits.tell(t, trials)
}

// A log that does not say when work begins is still one of people who had so much time for so many
// tickets: the agent time is the one with which the simulated desk waits as long. It is 9 minutes for
// questions, and 12 for the few refunds.
func TestCalibrationFindsTheAgentTimeBehindRecordedWaits(t *testing.T) {
	t.Parallel()
	log := simulatedLog(t, "testdata/fit-source.yaml", 1)[0]
	for i, events := range log.Tickets {
		log.Tickets[i] = slices.DeleteFunc(events, func(e ticket.Event) bool { return e.Kind == ticket.Started || e.Kind == ticket.Returned })
	}
	for by, bounds := range map[string][2]float64{"": {7.5, 11.5}, byFirstReply: {7.5, 11.5}, byResolution: {3, 20}} {
		f, err := fit.History(log, fit.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Handles() {
			t.Fatal("the log still says how long touches take")
		}
		var told strings.Builder
		if err := calibrate(f, by, terminal{err: &told}); err != nil {
			t.Fatal(err)
		}
		for i := range f.Kinds {
			if got := f.Kinds[i].Handle.Dist.Mean() / 60; !(got > bounds[0] && got < bounds[1]) {
				t.Errorf("by %q, %s: %v minutes a touch\n%s", by, f.Kinds[i].Name, got, told.String())
			}
		}
		for _, want := range []string{"agent time of a touch, calibrated: ", "with it first replies wait ", "with it all tickets take, of the first 14"} {
			if !strings.Contains(told.String(), want) {
				t.Errorf("by %q: told %q", by, told.String())
			}
		}
	}
}
