package sim

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Simulation is a scenario made ready to run. It does not change and may be
// shared by any number of Workers.
type Simulation struct {
	desk    *desk.Layout
	collect *collect.Layout
}

// New makes a scenario ready. The scenario must be one that Check has found to be
// sound; it must not change afterwards.
func New(s *model.Scenario) (*Simulation, error) {
	d, err := desk.NewLayout(s)
	if err != nil {
		return nil, err
	}
	return &Simulation{desk: d, collect: collect.NewLayout(s, d)}, nil
}

// Catalog says what the entries of the runs mean.
func (s *Simulation) Catalog() *outcome.Catalog { return &s.collect.Catalog }

// Layout is the desk that is simulated, for observers of their own.
func (s *Simulation) Layout() *desk.Layout { return s.desk }

// Worker runs trials of a simulation one after another, in memory that it keeps.
// It is not safe for concurrent use.
type Worker struct {
	desk      *desk.Desk
	collector *collect.Collector
}

// Worker makes a worker.
func (s *Simulation) Worker() *Worker {
	return &Worker{desk: desk.New(s.desk), collector: collect.New(s.collect)}
}

// Counted is what the trial that was run last has counted for each contract.
func (w *Worker) Counted() []collect.Counted { return w.collector.Counted() }

// Down is when the scenario's outages were in the trial that was run last, by outage.
func (w *Worker) Down() [][]arrivals.Window { return w.desk.Outside().Down }

// Run runs the trial of a seed and a replication and writes what it leaves into
// run, which has the catalog's shape (see outcome.Catalog.NewRun). It is a pure
// function of scenario, seed and replication: whatever ran before on this worker
// does not show. Other observers, if any, watch the same trial.
func (w *Worker) Run(seed uint64, replication int, run *outcome.Run, others ...desk.Observer) {
	w.collector.Reset()
	var obs desk.Observer = w.collector
	if len(others) > 0 {
		obs = append(desk.Observers{w.collector}, others...)
	}
	w.desk.Run(rng.Key{Seed: seed, Replication: uint64(replication)}, obs)
	run.Replication = replication
	w.collector.Outside(w.desk.Outside())
	w.collector.Fill(run)
}
