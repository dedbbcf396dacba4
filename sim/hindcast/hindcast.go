// Package hindcast simulates days that a log tells of, and measures each trial as the log is measured.
//
// The stance: what is left of a trial is its days (backtest.Daily) and nothing else, so that hundreds of
// trials of months fit in memory. What a history leaves open may differ from trial to trial: the
// scenario is asked for anew for each.
package hindcast

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Options are what does not change the result.
type Options struct {
	Workers  int    // 0 for one per core
	Progress func() // called after each trial, by one goroutine at a time; may be nil
}

// Plan says what is simulated: so many trials of the days, which begin with the scenario.
type Plan struct {
	Days    []calendar.Day
	Targets backtest.Targets
	Trials  int
	// Names are the words of the scenarios' classes, as the policy of the targets has them; nil for the scenarios' own.
	Names *ticket.Names
	// Scenario is that of a trial. It is called by several goroutines. Where it is the same for
	// all of them it must give the same pointer.
	Scenario func(trial int) *model.Scenario
}

// Varied is a scenario with what its fit leaves open drawn for each trial.
func Varied(s *model.Scenario, f *fit.Fitted) func(int) *model.Scenario {
	return func(trial int) *model.Scenario {
		key := rng.Key{Seed: s.Run.Seed, Replication: uint64(trial)}
		stream := key.Of(rng.Fitted, 0, 0)
		return backtest.Vary(f, s, &stream)
	}
}

// Trial is what is left of one.
type Trial struct {
	Days *backtest.Daily
	Kept backtest.Kept // of the promises of a policy; nil without one
}

// Run simulates. The result is in the order of the trials and does not depend on the workers.
func Run(ctx context.Context, p Plan, o Options) ([]Trial, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	var (
		group sync.WaitGroup
		lock  sync.Mutex
		first error
		next  int
		out   = make([]Trial, p.Trials)
	)
	take := func(err error) (trial int, ok bool) {
		lock.Lock()
		defer lock.Unlock()
		if first == nil {
			first = err
		}
		if first != nil || ctx.Err() != nil || next == p.Trials {
			return 0, false
		}
		next++
		return next - 1, true
	}
	for range min(o.Workers, p.Trials) {
		group.Go(func() {
			w := worker{plan: &p}
			for trial, ok := take(nil); ok; {
				got, err := w.run(trial)
				out[trial] = got
				if trial, ok = take(err); o.Progress != nil {
					lock.Lock()
					o.Progress()
					lock.Unlock()
				}
			}
		})
	}
	group.Wait()
	if first == nil && ctx.Err() != nil {
		first = fmt.Errorf("interrupted: %w", context.Cause(ctx))
	}
	if first != nil {
		return nil, first
	}
	return out, nil
}

// worker runs trials one after another. It keeps a simulation as long as the scenario stays.
type worker struct {
	plan       *Plan
	scenario   *model.Scenario
	simulation *sim.Simulation
	worker     *sim.Worker
}

func (w *worker) run(trial int) (Trial, error) {
	if s := w.plan.Scenario(trial); s != w.scenario {
		simulation, err := sim.New(s)
		if err != nil {
			return Trial{}, err
		}
		w.scenario, w.simulation, w.worker = s, simulation, simulation.Worker()
	}
	live := func(c ticket.Channel) bool { return w.scenario.Channels[c].Live }
	names := w.plan.Names
	if names == nil {
		names = &w.scenario.Names
	}
	meter := backtest.NewMeter(w.plan.Days, live, w.plan.Targets, names)
	log := collect.NewLog(w.simulation.Layout(), func(e ticket.Event) error {
		meter.Add(e)
		return nil
	})
	w.worker.Run(w.scenario.Run.Seed, trial, w.simulation.Catalog().NewRun(), log)
	days, kept, _ := meter.Days()
	return Trial{days, kept}, log.Err()
}
