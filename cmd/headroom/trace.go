package main

import (
	"cmp"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/trace"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
)

func traceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "trace", Usage: "write what became of each ticket of one replication to `FILE`, .parquet or .csv"},
		&cli.StringFlag{Name: "trace-intervals", Usage: "write arrivals, queue, staff and breaches of one replication, interval by interval, to `FILE`, .parquet or .csv"},
		&cli.IntFlag{Name: "trace-replication", Usage: "the replication `N` to trace", Value: 1},
	}
}

// checkTrace finds mistakes in the flags before anything is simulated.
func checkTrace(c *cli.Context) error {
	for _, flag := range []string{"trace", "trace-intervals"} {
		if path := c.String(flag); path != "" {
			if err := trace.Known(path); err != nil {
				return usagef("--%s: %v", flag, err)
			}
		}
	}
	if n := c.Int("trace-replication"); n < 1 {
		return usagef("--trace-replication is %d; they are counted from 1", n)
	}
	if c.IsSet("trace-replication") && c.String("trace") == "" && c.String("trace-intervals") == "" {
		return usagef("--trace-replication says which replication to trace; say where to with --trace or --trace-intervals")
	}
	return nil
}

// writeTraces simulates one replication again and writes its traces. Since a trial is a pure
// function, it is the same as the one behind the outcome. Tickets are written while they are
// simulated; a file is there once it is whole.
func writeTraces(c *cli.Context, s *model.Scenario) error {
	tickets, intervals := c.String("trace"), c.String("trace-intervals")
	if tickets == "" && intervals == "" {
		return nil
	}
	simulation, err := sim.New(s)
	if err != nil {
		return err
	}
	at := func(d time.Duration) time.Time { return simulation.Layout().Axis.At(d) }
	run := simulation.Catalog().NewRun()
	simulate := func(watch ...desk.Observer) {
		simulation.Worker().Run(s.Run.Seed, c.Int("trace-replication")-1, run, watch...)
	}
	if tickets == "" {
		simulate()
	} else if err := writeTrace(tickets, trace.Tickets(&s.Names, promisedMetrics(&s.SLA), at), func(write func(*outcome.TicketTrace) error) error {
		watch := collect.NewTrace(simulation.Layout(), s.Time.Warmup, func(row *outcome.TicketTrace) error {
			return cmp.Or(c.Context.Err(), write(row))
		})
		simulate(watch)
		return watch.Err()
	}); err != nil || intervals == "" {
		return err
	}
	return writeTrace(intervals, trace.Intervals(), func(write func(*trace.Interval) error) error {
		return trace.EachInterval(simulation.Catalog(), run, s.Time.Interval, at, write)
	})
}

// writeTrace writes a file of the rows that each gives.
func writeTrace[T any](path string, columns trace.Columns[T], each func(write func(*T) error) error) error {
	return writeFile(path, func(w io.Writer) error {
		out, err := trace.NewWriter(w, path, columns)
		if err != nil {
			return err
		}
		if err := each(out.Write); err != nil {
			return err
		}
		return out.Close()
	})
}
