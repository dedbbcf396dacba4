package experiment

import (
	"context"
	"sync"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
)

// pool is the workers. Each has its own memory for trials; the runs that carry the
// results go round between workers and merger.
type pool struct {
	jobs    chan job
	results chan *outcome.Run
	spare   chan *outcome.Run
	workers sync.WaitGroup
	done    int // replications handed out
	options Options
	early   map[int]*outcome.Run // results whose turn has not come
}

type job struct {
	replication int
	run         *outcome.Run
}

func newPool(s *sim.Simulation, seed uint64, o Options) *pool {
	runs := 2*o.Workers + 1
	p := &pool{
		jobs: make(chan job, runs), results: make(chan *outcome.Run, runs), spare: make(chan *outcome.Run, runs),
		options: o, early: map[int]*outcome.Run{},
	}
	for range runs {
		p.spare <- s.Catalog().NewRun()
	}
	for range o.Workers {
		p.workers.Go(func() {
			w := s.Worker()
			for j := range p.jobs {
				var others []desk.Observer
				if o.Watch != nil {
					if obs := o.Watch(j.replication); obs != nil {
						others = append(others, obs)
					}
				}
				w.Run(seed, j.replication, j.run, others...)
				p.results <- j.run
			}
		})
	}
	return p
}

// merge runs replications until the merger has the planned number. It stops
// early, with the context's error, when the context ends; what is under way then is
// merged still.
func (p *pool) merge(ctx context.Context, m *outcome.Merger, planned int) error {
	for m.N() < planned {
		jobs := p.jobs
		var spare *outcome.Run
		if p.done < planned && ctx.Err() == nil {
			select {
			case spare = <-p.spare:
			default:
			}
		}
		if spare == nil {
			jobs = nil
			if p.done == m.N() { // nothing is under way
				return ctx.Err()
			}
		}
		select {
		case jobs <- job{p.done, spare}:
			p.done++
		case r := <-p.results:
			if spare != nil {
				p.spare <- spare
			}
			p.take(r, m, planned)
		}
	}
	return nil
}

// take merges a result, and others that have waited for it.
func (p *pool) take(r *outcome.Run, m *outcome.Merger, planned int) {
	p.early[r.Replication] = r
	for {
		next, ok := p.early[m.N()]
		if !ok {
			return
		}
		delete(p.early, m.N())
		m.Add(next)
		if p.options.merged != nil {
			p.options.merged(next)
		}
		p.spare <- next
		if p.options.Progress != nil {
			p.options.Progress(m.N(), planned)
		}
	}
}

func (p *pool) close() {
	close(p.jobs)
	p.workers.Wait()
}
