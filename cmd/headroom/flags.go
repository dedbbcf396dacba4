package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/cutoff"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/ledger"
)

// flagged holds an audit against the flags of the tool that a log comes from.
type flagged struct {
	source string
	flags  *audit.Flags
	late   map[ticket.ID]*[sla.Metrics]verdicts // by the flags
	cases  map[limitKey][]cutoff.Case           // nil where no limit is looked for
}

// verdicts of a tool on a metric of a ticket.
type verdicts struct{ said, late bool }

// limitKey is what a limit is looked for.
type limitKey struct {
	metric   sla.Metric
	priority ticket.Priority
	clock    int // index into limitClocks
}

// limitClocks are the clocks on which limits are looked for.
var limitClocks = []string{"created to closed", "created to solved for the last time", "created to solved for the first time", "our clock", "our clock, on the wall"}

// readFlags reads the flags that are named, or those beside the log.
func (a *auditing) readFlags(c *cli.Context) error {
	path := c.String("flags")
	if path == "none" {
		path = ""
	} else if path == "" {
		if beside := filepath.Join(filepath.Dir(a.log.path), "flags.csv"); exists(beside) {
			path = beside
		}
	}
	if path == "" {
		if c.Bool("best-threshold") {
			return usagef("--best-threshold needs the help desk's own flags: there is no flags.csv beside the log; name one with --flags")
		}
		return nil
	}
	in, err := openNamed(path)
	if err != nil {
		return err
	}
	defer in.Close()
	f := &flagged{
		source: filepath.Base(path), late: map[ticket.ID]*[sla.Metrics]verdicts{},
		flags: audit.NewFlags(calendar.Axis{Origin: a.report.Held[0].Ledger.Scenario.Time.Start}),
	}
	if c.Bool("best-threshold") {
		f.cases = map[limitKey][]cutoff.Case{}
	}
	err = ticketlog.ReadFlags(in, func(x ticketlog.Flag) error {
		f.flags.Take(x)
		v := f.late[x.Ticket]
		if v == nil {
			v = new([sla.Metrics]verdicts)
			f.late[x.Ticket] = v
		}
		v[x.Metric].said = true
		v[x.Metric].late = v[x.Metric].late || x.Breached
		return nil
	})
	var problems *ticketlog.Problems
	switch {
	case errors.As(err, &problems):
		return logProblems(path, problems)
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	}
	a.flags = f
	return nil
}

// judge takes a ticket with its clocks.
func (f *flagged) judge(l *audit.Ledger, events []ticket.Event, clocks []audit.Clock) {
	id := events[0].Ticket
	v := f.late[id]
	if v == nil {
		return
	}
	day := l.Day(events[0].At)
	f.flags.Judge(events, clocks, day)
	if f.cases == nil {
		return
	}
	priority := events[len(events)-1].Class.Priority
	for m := range sla.Metrics {
		if !v[m].said {
			continue
		}
		for clock := range limitClocks {
			took, ok := timeOn(clock, events, clocks, m)
			if !ok {
				continue
			}
			k := limitKey{m, priority, clock}
			f.cases[k] = append(f.cases[k], cutoff.Case{Value: took.Seconds(), Late: v[m].late, Day: day, Key: uint64(id)})
		}
	}
}

// timeOn is how long a ticket took on a clock; false if it has not come to its end.
func timeOn(clock int, events []ticket.Event, clocks []audit.Clock, m sla.Metric) (time.Duration, bool) {
	created, last := events[0].At, events[len(events)-1]
	switch clock {
	case 0:
		return last.At - created, last.Status == ticket.Closed
	case 1:
		at := time.Duration(0)
		for i := len(events) - 1; i >= 0 && events[i].Status >= ticket.Solved; i-- {
			at = events[i].At
		}
		return at - created, last.Status >= ticket.Solved
	case 2:
		for _, e := range events {
			if e.Status >= ticket.Solved {
				return e.At - created, true
			}
		}
		return 0, false
	}
	for i := range clocks {
		if c := &clocks[i]; c.Metric == m && c.Ended {
			if clock == 3 {
				return c.Elapsed, true
			}
			return c.End - c.Start, true
		}
	}
	return 0, false
}

// report is what the flags come to.
func (f *flagged) report(l *audit.Ledger, level float64) *ledger.Flagged {
	out := &ledger.Flagged{Source: f.source, Agreements: f.flags.Agreements(level), Foreign: f.flags.Foreign}
	for m := range sla.Metrics {
		for p, priority := range l.Scenario.Names.Priorities {
			for clock, name := range limitClocks {
				cases := f.cases[limitKey{m, ticket.Priority(p), clock}]
				if len(cases) == 0 {
					continue
				}
				x := ledger.Limit{Metric: m.String(), Priority: priority, Clock: name, Tickets: len(cases), Cut: cutoff.Best(cases), Held: cutoff.Validated(cases, level)}
				for _, k := range cases {
					if k.Late {
						x.Late++
					}
				}
				out.Limits = append(out.Limits, x)
			}
		}
	}
	return out
}
