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

// calibrate finds the mean agent time of a touch with which first replies wait as long as they did
// in the log, for the kinds of tickets for which the log does not record it. Each value is tried on the same
// random numbers, so that the wait grows with it; the interval is what the ends of the interval of the recorded
// wait come to.
func calibrate(f *fit.Fitted, t terminal) error {
	if f.Handles() {
		return &fit.DataError{Text: "there is nothing to calibrate: the agent time of every kind of ticket is recorded or stated"}
	}
	if len(f.Teams) == 0 || f.FirstReply == nil {
		return &fit.DataError{Text: "agent times cannot be calibrated: the log does not say who was at work, or has no first replies", Hint: "state it, such as --handle 12m"}
	}
	s, err := draftOf(f)
	if err != nil {
		return err
	}
	what := "first replies"
	if f.Deeds { // the log has none
		what = "first touches"
	}
	means := [3]float64{}
	for i, wait := range []float64{f.FirstReply.Mean.Value, f.FirstReply.Mean.Low, f.FirstReply.Mean.High} {
		if means[i], err = touchFor(s, f, max(wait, 0)); err != nil {
			return err
		}
	}
	solved, err := timesToSolve(s, f, means[0])
	if err != nil {
		return err
	}
	f.Give(calibrated(means[0]), fmt.Sprintf("CALIBRATED: with it simulated %s wait %s in the mean, as recorded; mean %s, %s to %s; its cv is assumed",
		what, format.Seconds(f.FirstReply.Mean.Value), format.Seconds(means[0]), format.Seconds(means[1]), format.Seconds(means[2])))
	_, err = fmt.Fprintf(t.err, "agent time of a touch, calibrated: %s, %s to %s; %s waited %s in the mean of %s\n", format.Seconds(means[0]),
		format.Seconds(means[1]), format.Seconds(means[2]), what, format.Seconds(f.FirstReply.Mean.Value), format.Plural(f.FirstReply.N, "ticket", "tickets"))
	if err == nil && solved[0] > 0 && solved[1] > 0 {
		_, err = fmt.Fprintf(t.err, "time to resolve with it, of the first %s of each ticket: %s simulated, %s recorded\n",
			format.Stated(solvedWithin), format.Seconds(solved[1]), format.Seconds(solved[0]))
	}
	return err
}

// solvedWithin is how long a ticket is followed, at most, where times to resolve are compared.
const solvedWithin = 14 * 24 * time.Hour

// timesToSolve is the mean time to resolve that was recorded and the one that is simulated, if touches that the log does
// not time take so long: both of what lies within the first days of a ticket, and by Kaplan and Meier, so that what is cut off is
// treated alike. What takes long is mostly no touch, so that this is a check and not what is sought.
func timesToSolve(s *model.Scenario, f *fit.Fitted, mean float64) (recordedSimulated [2]float64, err error) {
	var recorded, simulated survival.Sample
	for i := range f.Kinds {
		if k := &f.Kinds[i]; k.Resolve != nil {
			recorded.Exact = append(recorded.Exact, k.Resolve.Sample.Exact...)
			recorded.Censored = append(recorded.Censored, k.Resolve.Sample.Censored...)
			recorded.Late = append(recorded.Late, k.Resolve.Sample.Late...)
		}
	}
	give(s, f, mean)
	simulation, err := sim.New(s)
	if err != nil {
		return recordedSimulated, err
	}
	created := map[ticket.ID]time.Duration{}
	log := collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
		since, open := created[e.Ticket]
		switch {
		case e.Kind == ticket.Created:
			created[e.Ticket] = e.At
		case open && e.Status >= ticket.Solved:
			simulated.Add((e.At - since).Seconds())
			delete(created, e.Ticket)
		}
		return nil
	})
	simulation.Worker().Run(0, 0, simulation.Catalog().NewRun(), log)
	for _, since := range created {
		simulated.Beyond((s.Time.Length - since).Seconds())
	}
	return [2]float64{restricted(&recorded), restricted(&simulated)}, log.Err()
}

// restricted is the mean of what a sample lasts within solvedWithin: the area under its curve (Irwin 1949, J. Hygiene 47).
func restricted(s *survival.Sample) float64 {
	area, at, survives := 0., 0., 1.
	for _, step := range survival.KaplanMeier(s, outcome.DefaultLevel) {
		if step.Seconds > solvedWithin.Seconds() {
			break
		}
		area += (step.Seconds - at) * survives
		at, survives = step.Seconds, step.Survives
	}
	if at == 0 {
		return 0
	}
	return area + (solvedWithin.Seconds()-at)*survives
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

// touchFor is the mean agent time with which first replies wait so long.
func touchFor(s *model.Scenario, f *fit.Fitted, wait float64) (float64, error) {
	low, high := shortestTouch.Seconds(), longestTouch.Seconds()
	switch shortest, err := waitWith(s, f, low); {
	case err != nil:
		return 0, err
	case shortest > wait:
		return 0, &fit.DataError{
			Text: fmt.Sprintf("agent times cannot be calibrated: with the people and hours that the log shows first replies wait %s in the mean even if touches take no time, and %s were recorded",
				format.Seconds(shortest), format.Seconds(wait)),
			Hint: "state it, such as --handle 12m, and write the true shifts into the scenario",
		}
	}
	for range calibrationSteps {
		middle := math.Sqrt(low * high)
		got, err := waitWith(s, f, middle)
		if err != nil {
			return 0, err
		}
		if got > wait {
			high = middle
		} else {
			low = middle
		}
	}
	return math.Sqrt(low * high), nil
}

// waitWith is the mean wait for a first reply if the touches that the log does not time take so long.
func waitWith(s *model.Scenario, f *fit.Fitted, mean float64) (float64, error) {
	give(s, f, mean)
	simulation, err := sim.New(s)
	if err != nil {
		return 0, err
	}
	worker, run := simulation.Worker(), simulation.Catalog().NewRun()
	total, n := 0., 0.
	for seed := range uint64(calibrationTrials) {
		created := map[ticket.ID]time.Duration{}
		answer := func(id ticket.ID, at time.Duration) {
			if since, waits := created[id]; waits {
				total, n = total+(at-since).Seconds(), n+1
				delete(created, id)
			}
		}
		log := collect.NewLog(simulation.Layout(), func(e ticket.Event) error {
			switch {
			case e.Kind == ticket.Created && e.At >= s.Time.Warmup:
				created[e.Ticket] = e.At
			case e.Kind == ticket.Abandoned:
				delete(created, e.Ticket)
			case e.Kind == ticket.Started || e.Kind == ticket.Replied:
				if e.Kind == ticket.Replied || f.FirstReply.Begins {
					answer(e.Ticket, e.At)
				}
			}
			return nil
		})
		worker.Run(seed, 0, run, log)
		for _, since := range created { // still unanswered: so long at least
			total, n = total+(s.Time.Length-since).Seconds(), n+1
		}
	}
	return total / max(n, 1), nil
}

// give lets the touches that the log does not time take so long in the mean.
func give(s *model.Scenario, f *fit.Fitted, mean float64) {
	for i := range f.Kinds {
		if f.Kinds[i].Handle == nil {
			s.Issues[i].Handle = calibrated(mean)
		}
	}
}
