package main

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
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

// What is simulated with known parameters is found again: each interval of 95 % holds the truth
// in about 95 of 100 trials. A right method has fewer than 15 of 20 in fewer than one of a
// thousand tests, and of all of them together fewer than 88 in a hundred hardly ever.
func TestAFitFindsTheParametersOfASimulatedDesk(t *testing.T) {
	t.Parallel()
	// HEADROOM_FIT_TRIALS=100 tries as many as the promise speaks of.
	trials, fewest := 20, 15
	if n, err := strconv.Atoi(os.Getenv("HEADROOM_FIT_TRIALS")); err == nil && n >= trials {
		trials, fewest = n, n-n/5
	}
	truth := map[string]float64{
		"email, tickets a week": 980, "chat, tickets a week": 560, "busyness of email": 0.15,
		"weight of Sunday": 7 * 0.6 / 6.6, "weight of nine o'clock": 24 * 10 / 138.,
		"share of refunds": 0.2, "patience": 240,
		"question, mean of handle time": 540, "question, cv of handle time": 0.8, "refund, mean of handle time": 720,
		"solved at first touch": 0.6, "solved later": 0.75, "never answered": 0.15, "median of the reply": 5 * 3600, "reopened": 0.05,
		"on hold after the first touch": 0.1, "median on hold": 20 * 3600, "put aside after later touches": 0.15, "mean time aside": 4 * 3600,
		"correlation of busyness": 0.64,
	}
	hits, of := map[string]int{}, map[string]int{}
	for _, log := range simulatedLog(t, "testdata/fit-source.yaml", trials) {
		f, err := fit.History(log, fit.Options{From: calendar.DateOf(log.Axis.Origin), Until: calendar.DateOf(log.Axis.At(log.Last - time.Hour))})
		if err != nil {
			t.Fatal(err)
		}
		judge := func(what string, e estimate.Estimate) {
			if _, known := truth[what]; !known {
				t.Fatalf("there is no truth about %s", what)
			}
			of[what]++
			if e.Low <= truth[what] && truth[what] <= e.High {
				hits[what]++
			}
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
	hit, all := 0, 0
	for what := range truth {
		hit, all = hit+hits[what], all+of[what]
		if of[what] < trials*9/10 || hits[what]*trials < fewest*of[what] {
			t.Errorf("%s: %d of %d intervals of 95 %% hold the truth", what, hits[what], of[what])
		}
	}
	if hit*100 < 88*all {
		t.Errorf("%d of %d intervals of 95 %% hold the truth", hit, all)
	}
	t.Logf("%d of %d intervals hold the truth", hit, all)
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
	f, err := fit.History(log, fit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Handles() {
		t.Fatal("the log still says how long touches take")
	}
	var told strings.Builder
	if err := calibrate(f, terminal{err: &told}); err != nil {
		t.Fatal(err)
	}
	for i := range f.Kinds {
		if got := f.Kinds[i].Handle.Dist.Mean() / 60; !(got > 7.5 && got < 11.5) {
			t.Errorf("%s: %v minutes a touch", f.Kinds[i].Name, got)
		}
	}
	if !strings.Contains(told.String(), "agent time of a touch, calibrated: ") || !strings.Contains(told.String(), "time to resolve with it, of the first 14") {
		t.Errorf("told %q", told.String())
	}
}
