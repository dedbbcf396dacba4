package main

import (
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/reports/parquet"
	"github.com/headroom-sim/headroom/reports/trace"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
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
			if _, err := trace.Writer(path); err != nil {
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
// function, it is the same as the one behind the outcome.
func writeTraces(c *cli.Context, s *model.Scenario) error {
	tickets, intervals := c.String("trace"), c.String("trace-intervals")
	if tickets == "" && intervals == "" {
		return nil
	}
	simulation, err := sim.New(s)
	if err != nil {
		return err
	}
	run := simulation.Catalog().NewRun()
	watch := collect.NewTrace(simulation.Layout(), s.Time.Warmup)
	simulation.Worker().Run(s.Run.Seed, c.Int("trace-replication")-1, run, watch)
	at := func(d time.Duration) time.Time { return simulation.Layout().Axis.At(d) }
	if err := writeTrace(tickets, func() []parquet.Column { return trace.Tickets(watch.Tickets, &s.Names, at) }); err != nil {
		return err
	}
	return writeTrace(intervals, func() []parquet.Column {
		return trace.Intervals(simulation.Catalog(), run, s.Time.Interval, at)
	})
}

// writeTrace writes columns into a file; nothing without a name.
func writeTrace(path string, columns func() []parquet.Column) error {
	if path == "" {
		return nil
	}
	write, err := trace.Writer(path)
	if err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error { return write(w, columns()) })
}
