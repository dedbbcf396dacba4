package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/fitted"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
)

// What the search for an agent time simulates, and where it looks.
const (
	calibrationTrials = 8
	calibrationSteps  = 10
	calibrationCV     = 1.0 // of the time of a touch, about which waits say little
	shortestTouch     = 10 * time.Second
	longestTouch      = 8 * time.Hour
)

// What calibration goes by.
const (
	byFirstReply = "first-reply"
	byResolution = "resolution"
)

// sought is what a simulation is to have as the log has it.
type sought struct {
	name     string // first replies
	what     string // as a sentence goes on: first replies wait
	recorded estimate.Estimate
	of       func(*tried) float64
}

// tried is what became of the tickets of a simulation.
type tried struct {
	waited, waiting float64 // seconds until first replies, of so many tickets
	solved          survival.Sample
}

// wait is the mean wait for a first reply.
func (x *tried) wait() float64 { return x.waited / max(x.waiting, 1) }

// resolve is the mean time to resolve.
func (x *tried) resolve() float64 { return resolution(&x.solved).Value }

// resolution is the mean time to resolve of what lies within the first days of a ticket, so that what is cut off is treated alike.
func resolution(s *survival.Sample) estimate.Estimate {
	return survival.Restricted(s, solvedWithin.Seconds(), outcome.DefaultLevel)
}

// solvedWithin is how long a ticket is followed, at most, where times to resolve are compared.
const solvedWithin = 14 * 24 * time.Hour

// calibrate finds the mean agent time of a touch with which first replies wait, or tickets take to be solved, as long as they did in the
// log, for the kinds of tickets for which the log does not record it. By is which of them, empty for first replies where there are any. Each
// value is tried on the same random numbers, so that times grow with it; the interval is what the ends of the interval of the
// recorded time come to.
func calibrate(f *fit.Fitted, by string, t terminal) error {
	if f.Handles() {
		return &fit.DataError{Text: "there is nothing to calibrate: the agent time of every kind of ticket is recorded or stated"}
	}
	waits, solves := goals(f)
	goal, other := waits, solves
	if by == byResolution || by == "" && f.FirstReply == nil {
		goal, other = solves, waits
	}
	if len(f.Teams) == 0 || goal.recorded.N == 0 {
		return &fit.DataError{Text: "agent times cannot be calibrated: the log does not say who was at work, or has no " + goal.name, Hint: "state it, such as --handle 12m"}
	}
	s, err := draftOf(f)
	if err != nil {
		return err
	}
	means := [3]float64{}
	for i, time := range []float64{goal.recorded.Value, goal.recorded.Low, goal.recorded.High} {
		if means[i], err = touchFor(s, f, goal, max(time, 0), i == 0); err != nil {
			return err
		}
	}
	end, err := try(s, f, means[0])
	if err != nil {
		return err
	}
	f.Give(calibrated(means[0]), fmt.Sprintf("CALIBRATED: with it simulated %s %s in the mean, as recorded; mean %s, %s to %s; its cv is assumed",
		goal.what, format.Seconds(goal.recorded.Value), format.Seconds(means[0]), format.Seconds(means[1]), format.Seconds(means[2])))
	_, err = fmt.Fprintf(t.err, "agent time of a touch, calibrated: %s, %s to %s\n", format.Seconds(means[0]), format.Seconds(means[1]), format.Seconds(means[2]))
	for _, x := range []sought{goal, other} {
		if err == nil && x.recorded.N > 0 {
			_, err = fmt.Fprintf(t.err, "with it %s %s in the mean: %s recorded, %s to %s\n", x.what, format.Seconds(x.of(end)),
				format.Seconds(x.recorded.Value), format.Seconds(x.recorded.Low), format.Seconds(x.recorded.High))
		}
	}
	if err == nil && means[2] > vagueFrom*means[1] {
		_, err = fmt.Fprintf(t.err, "%s say little about it: they are mostly not agent time; measure it, or state it: --handle 12m\n", goal.name)
	}
	return err
}

// vagueFrom is how many times the lower end of an interval the upper one is where it says little.
const vagueFrom = 2

// goals are what a log says of waits and of solutions.
func goals(f *fit.Fitted) (waits, solves sought) {
	waits = sought{name: "first replies", what: "first replies wait", of: (*tried).wait}
	if f.Deeds { // the log has none
		waits.name, waits.what = "first touches", "first touches wait"
	}
	if f.FirstReply != nil {
		waits.recorded = f.FirstReply.Mean
	}
	var recorded survival.Sample
	for i := range f.Kinds {
		if k := &f.Kinds[i]; k.Resolve != nil {
			recorded.Exact = append(recorded.Exact, k.Resolve.Sample.Exact...)
			recorded.Censored = append(recorded.Censored, k.Resolve.Sample.Censored...)
			recorded.Late = append(recorded.Late, k.Resolve.Sample.Late...)
		}
	}
	solves = sought{name: "times to resolve", what: "all tickets take, of the first " + format.Stated(solvedWithin) + " of each,", of: (*tried).resolve, recorded: resolution(&recorded)}
	return waits, solves
}

func calibrated(mean float64) dist.Dist { return dist.Must(dist.Lognormal(mean, calibrationCV)) }

// draftOf is the fitted scenario.
func draftOf(f *fit.Fitted) (*model.Scenario, error) {
	dir, err := os.MkdirTemp("", "headroom-fit-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "calibration.yaml")
	if err := writeFile(path, func(w io.Writer) error { return fitted.Write(w, f, fitted.Options{Name: "calibration"}) }); err != nil {
		return nil, err
	}
	return scenarios.Load(path)
}

// touchFor is the mean agent time with which what is sought takes so long. Where it would be none at all that is an error, or, at an end
// of an interval, the shortest.
func touchFor(s *model.Scenario, f *fit.Fitted, goal sought, want float64, mustBe bool) (float64, error) {
	low, high := shortestTouch.Seconds(), longestTouch.Seconds()
	shortest, err := try(s, f, low)
	switch {
	case err != nil:
		return 0, err
	case goal.of(shortest) > want && !mustBe:
		return low, nil
	case goal.of(shortest) > want:
		return 0, &fit.DataError{
			Text: fmt.Sprintf("agent times cannot be calibrated: with the people and hours that the log shows %s %s in the mean even if touches take no time, and %s were recorded",
				goal.what, format.Seconds(goal.of(shortest)), format.Seconds(want)),
			Hint: "state it, such as --handle 12m, and write the true shifts into the scenario",
		}
	}
	for range calibrationSteps {
		middle := math.Sqrt(low * high)
		got, err := try(s, f, middle)
		if err != nil {
			return 0, err
		}
		if goal.of(got) > want {
			high = middle
		} else {
			low = middle
		}
	}
	return math.Sqrt(low * high), nil
}

// try simulates with touches that the log does not time taking so long in the mean.
func try(s *model.Scenario, f *fit.Fitted, mean float64) (*tried, error) {
	give(s, f, mean)
	simulation, err := sim.New(s)
	if err != nil {
		return nil, err
	}
	worker, run := simulation.Worker(), simulation.Catalog().NewRun()
	out := &tried{}
	for seed := range uint64(calibrationTrials) {
		waiting, open := map[ticket.ID]time.Duration{}, map[ticket.ID]time.Duration{}
		log := collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
			out.see(e, s.Time.Warmup, f, waiting, open)
			return nil
		})
		worker.Run(seed, 0, run, log)
		if err := log.Err(); err != nil {
			return nil, err
		}
		for _, since := range waiting { // still unanswered: so long at least
			out.waited, out.waiting = out.waited+(s.Time.Length-since).Seconds(), out.waiting+1
		}
		for _, since := range open {
			out.solved.Beyond((s.Time.Length - since).Seconds())
		}
	}
	return out, nil
}

// see takes an event. Waiting and open are when tickets came that have not been replied to, and not been solved.
func (x *tried) see(e ticket.Event, warmup time.Duration, f *fit.Fitted, waiting, open map[ticket.ID]time.Duration) {
	if e.Kind == ticket.Created && e.At >= warmup {
		waiting[e.Ticket], open[e.Ticket] = e.At, e.At
	}
	begins := f.FirstReply != nil && f.FirstReply.Begins
	if since, waits := waiting[e.Ticket]; waits && (e.Kind == ticket.Replied || e.Kind == ticket.Started && begins) {
		x.waited, x.waiting = x.waited+(e.At-since).Seconds(), x.waiting+1
		delete(waiting, e.Ticket)
	}
	if e.Kind == ticket.Abandoned {
		delete(waiting, e.Ticket)
		delete(open, e.Ticket)
	}
	if since, is := open[e.Ticket]; is && e.Status >= ticket.Solved {
		x.solved.Add((e.At - since).Seconds())
		delete(open, e.Ticket)
	}
}

// give lets the touches that the log does not time take so long in the mean.
func give(s *model.Scenario, f *fit.Fitted, mean float64) {
	for i, x := range f.Issues() {
		if f.Kinds[x.Kind].Handle == nil {
			s.Issues[i].Handle = calibrated(mean)
		}
	}
}
