package experiment

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Level is the confidence level of all intervals.
const Level = 0.95

// Options are what does not change the result, except that an experiment that is
// interrupted holds fewer replications.
type Options struct {
	// Workers is the number of goroutines that run trials; 0 for one per core.
	Workers int
	// Tool is the program's name and version, for the outcome's birth certificate.
	Tool string
	// Progress, if not nil, is called after each merged replication, with the
	// number merged and the number now planned.
	Progress func(done, planned int)
	// Watch, if not nil, gives an observer for a replication, or nil. It is called
	// by the workers, for different replications at once.
	Watch func(replication int) desk.Observer

	// merged, if not nil, sees each run once it is merged, in order.
	merged func(*outcome.Run)
}

// Run runs the experiment of a scenario that Check has found to be sound. When
// the context ends it returns what is finished, with a warning, or the context's
// error if nothing is.
func Run(ctx context.Context, s *model.Scenario, o Options) (*outcome.Experiment, error) {
	simulation, err := sim.New(s)
	if err != nil {
		return nil, err
	}
	return run(ctx, s, simulation, o)
}

func run(ctx context.Context, s *model.Scenario, simulation *sim.Simulation, o Options) (*outcome.Experiment, error) {
	catalog := simulation.Catalog()
	stop, err := newStopping(catalog, s.Run)
	if err != nil {
		return nil, err
	}
	if err := Expectable(catalog, s); err != nil {
		return nil, err
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	merger := outcome.NewMerger(catalog, Level)
	if s.Run.Control == model.ByArrivals {
		arrived, ok := measureOf(catalog, outcome.Arrived)
		if !ok {
			return nil, fmt.Errorf("experiment: arrivals are not measured")
		}
		merger.ControlBy(outcome.Control{Measure: arrived, Mean: s.ExpectedArrivals()})
	}
	merger.InSets(s.Run.Balance.Set())
	p := newPool(simulation, s.Run.Seed, o)
	defer p.close()
	for planned := stop.first(); planned > merger.N(); planned = stop.next(merger) {
		if err := p.merge(ctx, merger, planned); err != nil {
			break
		}
	}
	if merger.N() == 0 {
		return nil, fmt.Errorf("experiment: interrupted before the first replication: %w", context.Cause(ctx))
	}
	x := &outcome.Experiment{Tool: o.Tool, Scenario: birth(s), Seed: s.Run.Seed, Stopped: stop.reason(ctx, merger)}
	x.Drawn(s.Run.Balance.String(), s.Run.Balance.Set())
	if s.Run.Control != model.NoControl {
		x.Control = model.ControlNames[s.Run.Control]
	}
	merger.Fill(x)
	x.Judge(s.Expect)
	doubt(x, s, stop, ctx.Err() != nil)
	return x, nil
}

// Unmeasured is an expectation of what the scenario does not measure. It is an error.
type Unmeasured struct {
	Number int // from 1
	Err    error
}

func (u *Unmeasured) Error() string { return fmt.Sprintf("expect[%d]: %v", u.Number, u.Err) }

// Expectable is an *Unmeasured if a scenario expects something that is not measured.
func Expectable(c *outcome.Catalog, s *model.Scenario) error {
	for i := range s.Expect {
		if err := s.Expect[i].Fits(c); err != nil {
			return &Unmeasured{i + 1, err}
		}
	}
	return nil
}

// birth is the part of an outcome that says what was simulated.
func birth(s *model.Scenario) outcome.Scenario {
	b := outcome.Scenario{
		Name: s.Name, Title: s.Title, Digest: s.Digest(), Zone: s.Time.Start.Location().String(),
		Start: s.Time.Start, Length: s.Time.Length, Warmup: s.Time.Warmup, Interval: s.Time.Interval,
		Currency: s.Currency,
		Channels: s.Names.Channels, Issues: s.Names.Issues, Tiers: s.Names.Tiers,
		Priorities: s.Names.Priorities, Accounts: s.Names.Accounts, Teams: s.Names.Teams, Plan: planned(s),
	}
	for _, p := range s.SLA.Policies {
		for _, t := range p.Targets {
			b.Targets = append(b.Targets, targets(s, p.Name, s.Calendars[p.Calendar].Name, t.Metric.String(), t.Within, t.Share)...)
		}
	}
	for i := range s.Contracts {
		k := &s.Contracts[i]
		var accounts []string
		for _, a := range k.Match.Accounts {
			accounts = append(accounts, s.Names.AccountName(a))
		}
		b.Contracts = append(b.Contracts, contracted(k, accounts))
	}
	for i := range s.Escalations {
		r := &s.Escalations[i]
		do := r.Do.String()
		if r.Do == model.Reassign {
			do += " to " + s.Teams[r.Team].Name
		}
		b.Rungs = append(b.Rungs, outcome.Rung{Name: r.Name, At: r.Where(), Do: do})
	}
	disturbances(s, &b)
	for i := range s.Exceptions {
		e := &s.Exceptions[i]
		b.Exceptions = append(b.Exceptions, outcome.Exception{
			Name: e.Name, Reason: e.Reason, ApprovedBy: e.ApprovedBy, From: e.From, Until: e.Until,
			Affects: e.Whom(&s.Names), Do: e.Does(),
		})
	}
	for i := range s.SLA.Relaxations {
		x := &s.SLA.Relaxations[i]
		b.Relaxations = append(b.Relaxations, outcome.Relaxation{
			Name: x.Name, Announced: x.Announced, From: x.From, Until: x.Until,
			Affects: model.Whom(&x.Match, &s.Names), Promises: model.RelaxedWords(x, &s.Names),
		})
	}
	seen := map[string]bool{}
	for i := range s.Streams {
		for _, sp := range s.Streams[i].Spikes {
			if !seen[sp.Name] {
				seen[sp.Name] = true
				b.Spikes = append(b.Spikes, outcome.Spike{Name: sp.Name, Factor: sp.Factor, Start: sp.Start, End: sp.End()})
			}
		}
	}
	return b
}

// contracted is a contract as reports see it.
func contracted(k *contract.Contract, accounts []string) outcome.Contract {
	first := &k.Levels[0]
	x := outcome.Contract{
		Accounts: accounts, Name: k.Name, Fee: k.Fee.Float(), Metric: first.Metric.String(), Target: first.Target.Float(),
		Period: k.Period.String(), Scheme: k.Words(), Promise: first.Promise(),
	}
	if first.Measure == contract.Mean {
		x.Target = 0
	}
	if len(k.Levels) == 1 {
		return x
	}
	x.Terms = k.Terms()
	x.Promise = fmt.Sprintf("%d service levels", len(k.Levels))
	for i := range k.Levels {
		l := &k.Levels[i]
		x.Levels = append(x.Levels, outcome.Level{Name: l.Title(), Promise: l.Promise(), Scheme: l.Words()})
	}
	return x
}

// disturbances is what comes between customers and the desk, and what is promised about
// it.
func disturbances(s *model.Scenario, b *outcome.Scenario) {
	for i := range s.Deflection {
		b.Bots = append(b.Bots, s.Deflection[i].Name)
	}
	for i := range s.Outages {
		o := &s.Outages[i]
		b.Outages = append(b.Outages, outcome.Outage{Name: o.Name, Down: o.What(&s.Names), From: o.From, Until: o.Until, Every: o.Every, Planned: o.Planned})
	}
	if s.Quality.Promised() {
		b.Quality = s.Quality.Says()
	}
	for i := range s.Availability {
		a := &s.Availability[i]
		b.Availability = append(b.Availability, outcome.Uptime{
			Channel: s.Channels[a.Channel].Name, AtLeast: a.AtLeast, Period: a.Period.String(), Calendar: s.Calendars[a.Calendar].Name,
		})
	}
}

// targets is one promise, by priority where that makes a difference.
func targets(s *model.Scenario, policy, calendar, metric string, within []time.Duration, share float64) []outcome.Target {
	same := true
	for _, w := range within {
		same = same && w == within[0]
	}
	var out []outcome.Target
	for i, w := range within {
		if w < 0 {
			continue // best effort
		}
		t := outcome.Target{Policy: policy, Metric: metric, Calendar: calendar, Within: w, Share: share}
		if same {
			return []outcome.Target{t}
		}
		t.Priority = s.Names.Priorities[i]
		out = append(out, t)
	}
	return out
}
