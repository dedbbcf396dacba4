package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func runCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "run",
		Usage:        "simulate a scenario; print what happens and write charts, tables and the outcome file",
		ArgsUsage:    "SCENARIO",
		Description:  "SCENARIO is a YAML file or the name of a shipped scenario; NAME@VARIANT picks a variant.",
		OnUsageError: onUsage,
		Flags:        slices.Concat(simulationFlags(), outcomePrinters.flags(true), []cli.Flag{outFlag("NAME-out"), byFlag(), fullFlag(), strictFlag(), &cli.StringFlag{Name: "log", Usage: "write the tickets of the first replication to `FILE`, to replay or to look into"}}, traceFlags()),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("run takes one scenario; 'headroom list' shows those that are shipped")
			}
			return runScenario(c, t)
		},
	}
}

// simulationFlags are those of every verb that simulates.
func simulationFlags() []cli.Flag {
	return []cli.Flag{
		&cli.Uint64Flag{Name: "seed", Usage: "use another `SEED`", DefaultText: "the scenario's"},
		&cli.IntFlag{Name: "replications", Usage: "run exactly `N` replications", DefaultText: "what the scenario says"},
		&cli.IntFlag{Name: "workers", Usage: "use `N` cores; the result is the same for any number", DefaultText: "all"},
	}
}

func outFlag(usual string) cli.Flag {
	return &cli.StringFlag{Name: "out", Usage: "write into folder `DIR`", DefaultText: usual}
}

func jsonFlag() cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: "print the result as JSON and write no folder"}
}

func fullFlag() cli.Flag {
	return &cli.BoolFlag{Name: "full", Usage: "print all tables, also those that a first look does without"}
}

// override applies the flags of simulationFlags to a scenario.
func override(c *cli.Context, s *model.Scenario) error {
	if c.IsSet("seed") {
		s.Run.Seed = c.Uint64("seed")
	}
	if c.IsSet("replications") {
		n := c.Int("replications")
		if n < 1 {
			return usagef("--replications is %d; it takes at least 1", n)
		}
		if err := s.Run.Takes(n); err != nil {
			return usagef("--replications is %d; %v", n, err)
		}
		s.Run.Exactly(n)
	}
	if c.Int("workers") < 0 {
		return usagef("--workers is %d", c.Int("workers"))
	}
	return nil
}

// prepared is the scenario of a command as its flags have it, and the folder that it
// writes, which may be replaced unless nothing is written.
func prepared(c *cli.Context, suffix string, folder bool) (s *model.Scenario, dir string, err error) {
	if s, err = scenarios.Load(c.Args().First()); err != nil {
		return nil, "", err
	}
	if err := override(c, s); err != nil {
		return nil, "", err
	}
	if dir = c.String("out"); dir == "" {
		dir = folderName(s.Name + suffix)
	}
	if !folder {
		return s, dir, nil
	}
	return s, dir, replaceable(dir)
}

func runScenario(c *cli.Context, t terminal) error {
	how, err := outcomePrinters.asked(c, t)
	if err != nil {
		return err
	}
	if err := checkTrace(c); err != nil {
		return err
	}
	s, dir, err := prepared(c, "", how.folder)
	if err != nil {
		return err
	}
	x, err := simulate(c.Context, s, c.Int("workers"), c.String("log"), t)
	if err != nil {
		return err
	}
	if err := writeTraces(c, s); err != nil {
		return err
	}
	if err = publish(x, dir, how, t); err == nil && c.Bool("strict") {
		err = missed(x)
	}
	return err
}

// simulate runs an experiment with a progress bar, and a log of the first
// replication if a file is named.
func simulate(ctx context.Context, s *model.Scenario, workers int, logFile string, t terminal) (*outcome.Experiment, error) {
	bar := newProgress(t.err, s.Name, "replications")
	defer bar.done()
	o := experiment.Options{Workers: workers, Tool: "headroom " + version, Progress: bar.update}
	if logFile == "" {
		return experiment.Run(ctx, s, o)
	}
	var x *outcome.Experiment
	err := writeFile(logFile, func(w io.Writer) error {
		simulation, err := sim.New(s)
		if err != nil {
			return err
		}
		out, err := ticketlog.NewWriter(w, &s.Names, calendar.Axis{Origin: s.Time.Start})
		if err != nil {
			return err
		}
		log := collect.NewLog(simulation.Layout(), out.Write)
		o.Watch = func(replication int) desk.Observer {
			if replication == 0 {
				return log
			}
			return nil
		}
		if x, err = experiment.Run(ctx, s, o); err != nil {
			return err
		}
		if log.Err() != nil {
			return log.Err()
		}
		return out.Flush()
	})
	return x, err
}

// publish prints an outcome as it is asked for, and writes the folder.
func publish(x *outcome.Experiment, dir string, how printing, t terminal) error {
	var err error
	alone := how.format != formatTable
	switch {
	case len(how.by) > 0:
		err = printCuts(t.out, x, how)
	case alone:
		_, err = outcomePrinters.alone(t.out, how, x)
	default:
		err = reports.Summary(t.out, x, how.style)
	}
	if err != nil || !how.folder {
		return err
	}
	if err := writeFolder(dir, func(dir string) error {
		if err := writeFile(outcomePath(dir), func(w io.Writer) error { return x.Write(&plainJSON{to: w}) }); err != nil {
			return err
		}
		if _, err := reports.WriteFiles(dir, x); err != nil {
			return err
		}
		return outcomePrinters.write(dir, pageFile, "html", x)
	}); err != nil {
		return err
	}
	if alone {
		return nil // what is printed is for a program
	}
	more := ""
	if !how.style.Full {
		more = "More tables here: --full\n"
	}
	_, err = fmt.Fprintf(t.out, "\nCharts, all tables and the outcome file: %s\n%s", dir, more)
	return err
}

// buffered makes many small writes few. The first error is reported by the flush.
func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriter(w)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}
