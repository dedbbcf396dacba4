package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/targets"
	"github.com/headroom-sim/headroom/reports/advice"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
)

func recommendCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "recommend",
		Usage:     "propose targets from how long things have taken, and say what each would keep",
		ArgsUsage: "LOG|OUTCOME",
		Description: "LOG is a ticket log as 'headroom import' and 'headroom run --log' write it: its last 90 days make the targets, and all of it\n" +
			"tests them on days that they were not set by. OUTCOME is an outcome file or folder. With --scenario the targets are tried\n" +
			"in simulations in which demand grows or spikes.",
		OnUsageError: onUsage,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "policy", Usage: "take calendars and zone from `SCENARIO`"},
			&cli.StringFlag{Name: "calendar", Usage: "measure times in the hours of calendar `NAME` of the policy", DefaultText: "on the wall"},
			&cli.StringFlag{Name: "scenario", Usage: "try the targets in `SCENARIO`: as it is, with more demand, and with a spike"},
			&cli.StringFlag{Name: "growth", Value: "20%", Usage: "let demand grow by `SHARE`"},
			&cli.Float64Flag{Name: "spike", Value: 3, Usage: "let demand spike to `FACTOR` times itself for three days"},
			&cli.IntFlag{Name: "replications", Value: 10, Usage: "simulate each future `N` times"},
			outFlag("none"), fullFlag(),
		}, paperPrinters.flags(true)),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("recommend takes one ticket log or one outcome")
			}
			return recommend(c, t)
		},
	}
}

// recommended are the metrics that targets are proposed for.
var recommended = []sla.Metric{sla.FirstReply, sla.NextReply, sla.Resolution}

func recommend(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	growth, err := scenarios.ParsePercentage(c.String("growth"))
	switch {
	case err != nil:
		return usagef("--growth: %v", err)
	case !(c.Float64("spike") >= 1 && c.Float64("spike") <= 1000):
		return usagef("--spike is %v; it takes 1 to 1000", c.Float64("spike"))
	case c.Int("replications") < 2:
		return usagef("--replications is %d; it takes at least 2", c.Int("replications"))
	}
	path := c.Args().First()
	x := &advice.Advice{Source: filepath.Base(path), Tool: "headroom " + version}
	if isOutcome(path) {
		if c.IsSet("policy") || c.IsSet("calendar") {
			return usagef("%s is an outcome, whose clocks run as its scenario has them; --policy and --calendar are for ticket logs", path)
		}
		err = fromOutcome(x, path)
	} else {
		err = fromLog(c, x, path)
	}
	if err != nil {
		return err
	}
	if c.IsSet("scenario") {
		s, err := scenarios.Load(c.String("scenario"))
		if err != nil {
			return err
		}
		if err := tryOut(x, s, growth, c.Float64("spike"), c.Int("replications")); err != nil {
			return err
		}
	}
	return publishPaper(t.out, advice.Document(x), c.String("out"), "targets", how)
}

// fromLog proposes targets from a ticket log.
func fromLog(c *cli.Context, x *advice.Advice, path string) error {
	log, err := readLog(path)
	if err != nil {
		return err
	}
	s := &model.Scenario{Time: model.Time{Start: log.origin.Add(log.first).Truncate(24 * time.Hour)}, Calendars: []*calendar.Calendar{calendar.Always(time.UTC)}}
	if c.IsSet("policy") {
		p, err := scenarios.LoadPromises(c.String("policy"), log.stretch())
		if err != nil {
			return err
		}
		s = p.Scenario
	}
	at := 0
	x.Clock = "on the wall"
	if name := c.String("calendar"); name != "" {
		at = slices.IndexFunc(s.Calendars, func(k *calendar.Calendar) bool { return k.Name == name })
		if at < 0 {
			return usagef("--calendar: there is no calendar %q; --policy names a scenario that has it", name)
		}
		x.Clock, x.Working = "in the hours of "+name, !s.Calendars[at].Always
	}
	b := audit.Bind(s, log.names, log.origin)
	clocks := audit.Timing(b.Scenario, at)
	first, end := b.At(log.first), b.At(log.last)+1
	l := audit.NewLedger(clocks, first, end, end)
	l.Silent = audit.Silent(log.tickets)
	for _, events := range log.tickets {
		l.Add(b.Events(events))
	}
	axis := calendar.Axis{Origin: s.Time.Start}
	x.Window = fmt.Sprintf("set by tickets created from %s to %s", format.Date(axis.At(max(first, end-targets.Window))), format.Date(axis.At(end-1)))
	for _, m := range recommended {
		addGroup(x, l, m, "all", end, func(*audit.Entry) bool { return true })
		if n := clocks.Names.Tiers; len(n) > 1 {
			for i, name := range n {
				addGroup(x, l, m, "tier "+name, end, func(e *audit.Entry) bool { return int(e.Class.Tier) == i })
			}
		}
		if n := clocks.Names.Priorities; len(n) > 1 {
			for i, name := range n {
				addGroup(x, l, m, "priority "+name, end, func(e *audit.Entry) bool { return int(e.Class.Priority) == i })
			}
		}
	}
	return nil
}

// addGroup proposes targets for the tickets of one kind.
func addGroup(x *advice.Advice, l *audit.Ledger, m sla.Metric, name string, end time.Duration, belongs func(*audit.Entry) bool) {
	var waits []targets.Wait
	window := 0
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.Metric != m || !belongs(e) {
			continue
		}
		if e.Created >= end-targets.Window {
			window++
		}
		waits = append(waits, targets.Wait{Created: e.Created, Day: e.Day, Seconds: e.Elapsed.Seconds(), Open: !e.Stopped()})
	}
	if window == 0 {
		return
	}
	g := advice.Group{Metric: m.String(), Name: name, Tickets: window, Proposals: targets.Propose(waits, end, outcome.DefaultLevel), Curve: targets.Curve(waits, end, outcome.DefaultLevel)}
	if g.Proposals == nil {
		x.Few = append(x.Few, fewOf(&g))
		return
	}
	x.Groups = append(x.Groups, g)
}

// fewOf names tickets of which there are too few.
func fewOf(g *advice.Group) string {
	if g.Name == "all" {
		return format.Words(g.Metric) + " of all tickets"
	}
	return format.Words(g.Metric) + " of " + format.Clean(g.Name)
}

// fromOutcome proposes targets from an outcome.
func fromOutcome(x *advice.Advice, path string) error {
	o, err := readOutcome(path)
	if err != nil {
		return err
	}
	x.Clock, x.Working = "on the clocks of "+o.Scenario.Name, true
	x.Window = fmt.Sprintf("set by a simulation of %s in %s", o.Scenario.Name, format.Plural(o.Replications, "replication", "replications"))
	for i := range o.Waits {
		w := &o.Waits[i]
		name := "all"
		switch l := w.Labels; {
		case l == outcome.Labels{Metric: l.Metric}:
		case l == outcome.Labels{Metric: l.Metric, Tier: l.Tier}:
			name = "tier " + l.Tier
		case l == outcome.Labels{Metric: l.Metric, Priority: l.Priority}:
			name = "priority " + l.Priority
		default:
			continue
		}
		var qs []estimate.Estimate
		for _, p := range targets.Percentiles {
			l := w.Labels
			l.Quantile = "p" + format.Decimal(100*p, 0)
			q := estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: outcome.DefaultLevel}
			if m, ok := o.Measure(outcome.Elapsed, l); ok {
				q = m.Estimate
			}
			qs = append(qs, q)
		}
		b := &targets.Binned{Upper: w.Upper, Count: w.Count}
		g := advice.Group{Metric: w.Labels.Metric, Name: name, Tickets: int(b.N()), Proposals: targets.ProposeBinned(b, qs), Curve: b.Curve(outcome.DefaultLevel)}
		if g.Proposals == nil {
			x.Few = append(x.Few, fewOf(&g))
			continue
		}
		x.Groups = append(x.Groups, g)
	}
	return nil
}

// tryOut simulates futures and says what the targets for all tickets keep in them.
func tryOut(x *advice.Advice, s *model.Scenario, growth, spike float64, replications int) error {
	x.Simulated = fmt.Sprintf("%s, simulated %d times each", s.Name, replications)
	s = withClocks(s, x.Groups)
	measured := s.Time.Length - s.Time.Warmup
	hold := min(72*time.Hour, measured/4)
	for _, f := range []struct {
		name   string
		change func(*demand.Stream)
	}{
		{"as it is", func(*demand.Stream) {}},
		{fmt.Sprintf("demand +%s", format.Percent(growth)), func(st *demand.Stream) { st.Volume.Count *= 1 + growth }},
		{fmt.Sprintf("a spike of %sx for %s", format.Value(spike, ""), format.Stated(hold)), func(st *demand.Stream) {
			st.Spikes = append(slices.Clone(st.Spikes), demand.Spike{Name: "recommend", Factor: spike, Start: s.Time.Warmup + measured/4, Hold: hold})
		}},
	} {
		changed := *s
		changed.Streams = slices.Clone(s.Streams)
		for i := range changed.Streams {
			if changed.Streams[i].Replay == nil {
				f.change(&changed.Streams[i])
			}
		}
		state, err := futureOf(x, &changed, replications)
		if err != nil {
			return err
		}
		state.Name = f.name
		x.Future = append(x.Future, state)
	}
	return nil
}

// withClocks is a scenario that has a clock for every metric that targets are proposed for: where nothing is promised
// about one, all tickets are promised the target of the highest percentile.
func withClocks(s *model.Scenario, groups []advice.Group) *model.Scenario {
	p := sla.Policy{Name: "recommended", Calendar: slices.IndexFunc(s.Calendars, func(c *calendar.Calendar) bool { return c.Always })}
	for _, g := range groups {
		metric, ok := sla.ParseMetric(g.Metric)
		known := slices.ContainsFunc(s.SLA.Policies, func(p sla.Policy) bool {
			return slices.ContainsFunc(p.Targets, func(t sla.Target) bool { return t.Metric == metric })
		})
		if g.Name != "all" || !ok || known {
			continue
		}
		target := g.Proposals[len(g.Proposals)-1].Target
		p.Targets = append(p.Targets, sla.Target{Metric: metric, Within: slices.Repeat([]time.Duration{target}, len(s.Names.Priorities))})
	}
	if len(p.Targets) == 0 || p.Calendar < 0 {
		return s
	}
	out := *s
	out.SLA.Policies = append(slices.Clone(s.SLA.Policies), p)
	return &out
}

// futureOf simulates a scenario and judges its clocks by the targets for all tickets, replication by replication.
func futureOf(x *advice.Advice, s *model.Scenario, replications int) (advice.State, error) {
	var state advice.State
	simulation, err := sim.New(s)
	if err != nil {
		return state, err
	}
	catalog := simulation.Catalog()
	var met, all [][]float64
	for _, g := range x.Groups {
		if g.Name != "all" {
			continue
		}
		for _, p := range g.Proposals {
			state.Kept = append(state.Kept, advice.Kept{Metric: g.Metric, Percentile: p.Percentile, Target: p.Target})
			met, all = append(met, nil), append(all, nil)
		}
	}
	worker := simulation.Worker()
	run := catalog.NewRun()
	for r := range replications {
		worker.Run(s.Run.Seed, r, run)
		for i := range state.Kept {
			k := &state.Kept[i]
			labels := outcome.Labels{Metric: k.Metric}
			if wall := (outcome.Labels{Metric: k.Metric, Clock: outcome.WallClock}); !x.Working && slices.Contains(catalog.Waits, wall) {
				labels = wall
			}
			if at := slices.Index(catalog.Waits, labels); at >= 0 {
				in, n := binsWithin(run.Bins[at], k.Target)
				met[i], all[i] = append(met[i], in), append(all[i], n)
			}
		}
	}
	for i := range state.Kept {
		state.Kept[i].Share = estimate.Ratio(met[i], all[i], outcome.DefaultLevel)
	}
	return state, nil
}

// binsWithin counts times up to a target, and all.
func binsWithin(bins []uint32, target time.Duration) (in, all float64) {
	for i, n := range bins {
		all += float64(n)
		if i <= outcome.Bin(target) {
			in += float64(n)
		}
	}
	return in, all
}
