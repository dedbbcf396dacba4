package experiment

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// Trial is a trial that is over. What is in it is valid during the call only.
type Trial struct {
	Replication int
	Worker      *sim.Worker
	Run         *outcome.Run
}

// Each runs n replications of a seed, and hands each to visit once it is over. Nothing is merged,
// so that memory does not grow with them. Visit is called by the workers, for different replications at once and in
// any order. When the context ends it returns how many there are: the first so many, all of which were visited; the
// context's error if there is none.
func Each(ctx context.Context, simulation *sim.Simulation, seed uint64, n int, o Options, visit func(Trial)) (done int, err error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	jobs := make(chan int)
	over := make(chan struct{}, o.Workers)
	var workers sync.WaitGroup
	for range min(o.Workers, n) {
		workers.Go(func() {
			w, run := simulation.Worker(), simulation.Catalog().NewRun()
			for replication := range jobs {
				if o.Watch == nil {
					w.Run(seed, replication, run)
				} else {
					w.Run(seed, replication, run, o.Watch(replication))
				}
				visit(Trial{replication, w, run})
				over <- struct{}{}
			}
		})
	}
	given := 0
	for done < n && (given > done || ctx.Err() == nil) {
		next := jobs
		if given == n || ctx.Err() != nil {
			next = nil
		}
		select {
		case next <- given:
			given++
		case <-over:
			if done++; o.Progress != nil {
				o.Progress(done, n)
			}
		}
	}
	close(jobs)
	workers.Wait()
	if done == 0 {
		return 0, fmt.Errorf("experiment: interrupted before the first replication: %w", context.Cause(ctx))
	}
	return done, nil
}
