package experiment

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/counterfactual"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/causes"
)

// Breaches finds out why the promises of a metric are broken in a scenario that Check has found to be sound. In each
// replication the scenario is run as it is, and without the causes of each set of counterfactual switches, on the
// same random numbers; sets that come to the same scenario are run once. When the context ends, whole
// replications that are finished count, whole sets of them where they are drawn in sets; the context's error
// is returned if those are fewer than two.
func Breaches(ctx context.Context, s *model.Scenario, m sla.Metric, o Options) (*breach.Report, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	q, err := newInquiry(s, m)
	if err != nil {
		return nil, err
	}
	n := q.run(ctx, o)
	set := max(1, s.Run.Balance.Set())
	if n = n / set * set; n < 2*set {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("experiment: interrupted before %d replications: %w", 2*set, context.Cause(ctx))
		}
		return nil, fmt.Errorf("causes take %d replications or more, not %d", 2*set, s.Run.Min)
	}
	return q.report(n, set, o.Tool), nil
}

// inquiry is the trials of all combinations of switches.
type inquiry struct {
	s       *model.Scenario
	metric  sla.Metric
	changes [counterfactual.Number]bool
	worlds  []*sim.Simulation               // that differ
	each    []*model.Scenario               // of worlds
	of      [1 << counterfactual.Number]int // index into worlds, by set of switches
	trials  [][]*causes.Tally               // by replication, by world
	calm    *sim.Simulation                 // without spikes, bursts and outages; nil if that is no sound scenario
	pulses  [][2]*causes.Pulse              // by replication: of the scenario as it is, and of ordinary weeks
	books   [][2]*causes.Ledger             // by replication: of the scenario as it is, and with all switches
}

func newInquiry(s *model.Scenario, m sla.Metric) (*inquiry, error) {
	q := &inquiry{s: s, metric: m}
	known := map[string]int{}
	for set := range counterfactual.All + 1 {
		world := counterfactual.Without(s, set)
		digest := world.Digest()
		i, ok := known[digest]
		if !ok {
			if problems := world.Check(); len(problems) > 0 {
				return nil, fmt.Errorf("without %v the scenario is not sound: %v", set, problems[0])
			}
			simulation, err := sim.New(world)
			if err != nil {
				return nil, err
			}
			i = len(q.worlds)
			known[digest] = i
			q.worlds, q.each = append(q.worlds, simulation), append(q.each, world)
		}
		q.of[set] = i
	}
	for k := range q.changes {
		for set := range counterfactual.All + 1 {
			q.changes[k] = q.changes[k] || q.of[set] != q.of[set|1<<k]
		}
	}
	q.trials = make([][]*causes.Tally, s.Run.Min)
	q.books = make([][2]*causes.Ledger, s.Run.Min)
	q.pulses = make([][2]*causes.Pulse, s.Run.Min)
	if calm, _ := ordinary(s); len(calm.Check()) == 0 {
		simulation, err := sim.New(calm)
		if err != nil {
			return nil, err
		}
		q.calm = simulation
	}
	for r := range q.trials {
		q.trials[r] = make([]*causes.Tally, len(q.worlds))
	}
	return q, nil
}

// run runs the trials, replication by replication, and returns how many replications are whole.
func (q *inquiry) run(ctx context.Context, o Options) int {
	type job struct{ replication, world int }
	jobs, done := make(chan job), make(chan job)
	var workers sync.WaitGroup
	for range o.Workers {
		workers.Go(func() {
			for j := range jobs {
				q.trial(j.replication, j.world)
				done <- j
			}
		})
	}
	worlds := len(q.worlds)
	if q.calm != nil {
		worlds++
	}
	left := make([]int, len(q.trials)) // of each replication
	for r := range left {
		left[r] = worlds
	}
	whole, next, under := 0, job{}, 0
	for {
		to := jobs
		if next.replication == len(q.trials) || ctx.Err() != nil {
			to = nil
			if under == 0 {
				break
			}
		}
		select {
		case to <- next:
			under++
			if next.world++; next.world == worlds {
				next = job{replication: next.replication + 1}
			}
		case j := <-done:
			under--
			left[j.replication]--
			for whole < len(left) && left[whole] == 0 {
				whole++
				if o.Progress != nil {
					o.Progress(whole, len(left))
				}
			}
		}
	}
	close(jobs)
	workers.Wait()
	return whole
}

// trial runs one trial. Workers write to places of their own.
func (q *inquiry) trial(replication, world int) {
	if world == len(q.worlds) {
		q.ordinaryWeeks(replication)
		return
	}
	s, simulation := q.each[world], q.worlds[world]
	tally := causes.NewTally(s, q.metric)
	q.trials[replication][world] = tally
	w, run := simulation.Worker(), simulation.Catalog().NewRun()
	if world != q.of[0] && world != q.of[counterfactual.All] {
		w.Run(s.Run.Seed, replication, run, tally.Observer())
		return
	}
	ledger, watch := causes.NewLedger(s, simulation.Layout(), q.metric)
	pulse := causes.NewPulse(s)
	w.Run(s.Run.Seed, replication, run, tally.Observer(), watch, pulse)
	pulse.Finish(s.Time.Length)
	if world == q.of[0] {
		q.books[replication][0], q.pulses[replication][0] = ledger, pulse
	}
	if world == q.of[counterfactual.All] {
		q.books[replication][1] = ledger
	}
}

// elsewhere makes another seed of a seed: what is usual is learned in weeks that are not those in which it
// is to warn.
const elsewhere = 0x9e3779b97f4a7c15

// ordinaryWeeks takes the pulse of the desk in a trial without spikes, bursts and outages.
func (q *inquiry) ordinaryWeeks(replication int) {
	pulse := causes.NewPulse(q.s)
	q.calm.Worker().Run(q.s.Run.Seed^elsewhere, replication, q.calm.Catalog().NewRun(), pulse)
	pulse.Finish(q.s.Time.Length)
	q.pulses[replication][1] = pulse
}
