package sweep

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Job is one scenario to run. Its key is the same for the same scenario, seed and build of the
// program, and for nothing else.
type Job struct {
	Key      string
	Scenario *model.Scenario
	digest   string
}

// digits of a digest in a key: enough that two scenarios never share one.
const digits = 32

// JobOf is the job of a scenario that Check has found to be sound. The build names the program
// as it was built: another one may come to other results. Keys are fit to be names of files.
func JobOf(s *model.Scenario, build string) Job {
	d := s.Digest()
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, build)
	return Job{Key: fmt.Sprintf("%s-seed%d-%s", d[:digits], s.Run.Seed, clean), Scenario: s, digest: d}
}

// Store keeps finished outcomes.
type Store interface {
	// Load finds the outcome under a key. What cannot be read is not there.
	Load(key string) (*outcome.Experiment, bool)
	// Save keeps an outcome under a key, as a whole or not at all.
	Save(key string, x *outcome.Experiment) error
}

// Engine runs jobs.
type Engine interface {
	// Run runs the jobs and calls done with the index and the outcome of each that is finished, in
	// any order, one call at a time. It returns the first error of a job or of done. When the context
	// ends it returns the context's error; what was under way then is lost.
	Run(ctx context.Context, jobs []Job, done func(i int, x *outcome.Experiment) error) error
}

// Run runs all jobs that the store does not hold, and returns the outcomes in the order of the
// jobs. Progress, if not nil, is called whenever a job is finished. After an error the outcomes that are
// not there are nil; those that are there are in the store.
func Run(ctx context.Context, jobs []Job, e Engine, store Store, progress func(done, of int)) ([]*outcome.Experiment, error) {
	out := make([]*outcome.Experiment, len(jobs))
	var rest []Job
	var places []int
	for i, j := range jobs {
		if x, ok := store.Load(j.Key); ok && x.Scenario.Digest == j.digest && x.Seed == j.Scenario.Run.Seed {
			out[i] = x
			continue
		}
		rest, places = append(rest, j), append(places, i)
	}
	count := len(jobs) - len(rest)
	tell := func() {
		if progress != nil {
			progress(count, len(jobs))
		}
	}
	tell()
	if len(rest) == 0 {
		return out, nil
	}
	err := e.Run(ctx, rest, func(i int, x *outcome.Experiment) error {
		if err := store.Save(rest[i].Key, x); err != nil {
			return err
		}
		out[places[i]] = x
		count++
		tell()
		return nil
	})
	return out, err
}

// Local runs jobs on this machine.
type Local struct {
	Workers int    // 0 for one per core
	Tool    string // the program's name and version, for the outcomes
}

// finished is the end of a job.
type finished struct {
	job int
	x   *outcome.Experiment
	err error
}

// Run implements Engine. The outcomes do not depend on the number of workers.
func (l Local) Run(ctx context.Context, jobs []Job, done func(i int, x *outcome.Experiment) error) error {
	workers := l.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	atOnce := min(workers, len(jobs))
	inner, stop := context.WithCancel(ctx)
	defer stop()
	next, results := make(chan int), make(chan finished)
	var group sync.WaitGroup
	for i := range atOnce {
		share := workers / atOnce
		if i < workers%atOnce {
			share++
		}
		group.Go(func() {
			for j := range next {
				x, err := experiment.Run(inner, jobs[j].Scenario, experiment.Options{Workers: share, Tool: l.Tool})
				// An experiment that was interrupted is whole in appearance and short of replications.
				if inner.Err() != nil {
					err = context.Cause(inner)
				}
				results <- finished{j, x, err}
			}
		})
	}
	go func() {
		defer close(results)
		defer group.Wait()
		defer close(next)
		for j := range jobs {
			select {
			case next <- j:
			case <-inner.Done():
				return
			}
		}
	}()
	var first error
	for f := range results {
		if f.err == nil && first == nil {
			f.err = done(f.job, f.x)
		}
		if f.err != nil && first == nil {
			first = f.err
			stop()
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return first
}

// Measured is an error if a scenario does not measure what the goal is about, or in another unit.
func Measured(s *model.Scenario, g *outcome.Goal) error {
	simulation, err := sim.New(s)
	if err != nil {
		return err
	}
	c := simulation.Catalog()
	err = g.Fits(c)
	if err == nil {
		return nil
	}
	name, _, _ := strings.Cut(g.Measure, "(")
	var alike []string
	for i := range c.Measures {
		m := &c.Measures[i]
		if m.Describe() == g.Measure {
			return err
		}
		if m.Name == name && len(alike) < mostAlike {
			alike = append(alike, m.Describe())
		}
	}
	if len(alike) > 0 {
		return fmt.Errorf("%w; there are %s", err, strings.Join(alike, ", "))
	}
	return err
}

// mostAlike is how many other measures of the same name an error lists.
const mostAlike = 12
