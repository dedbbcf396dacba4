package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func checkCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "check",
		Usage:        "read scenarios and show all their problems at once",
		ArgsUsage:    "SCENARIO …",
		OnUsageError: onUsage,
		Flags: append(simulationFlags(),
			&cli.BoolFlag{Name: "explain", Usage: "show every value, defaults included, and what it means"},
			&cli.BoolFlag{Name: "run", Usage: "simulate too, and exit with 4 if an expectation of a scenario is missed"}),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return usagef("check takes one or more scenarios")
			}
			if c.Bool("run") {
				return checkRuns(c, t)
			}
			return check(c.Args().Slice(), c.Bool("explain"), t.out)
		},
	}
}

// check reads all scenarios. The problems of all of them are one error.
func check(refs []string, explain bool, w io.Writer) error {
	var problems scenarios.Problems
	for _, ref := range refs {
		s, err := scenarios.Load(ref)
		if gather(err, &problems) {
			continue
		}
		if err == nil {
			err = expectable(s)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s: no problems\n", format.Clean(s.Name))
		if explain {
			if err := explainScenario(ref, w); err != nil {
				return err
			}
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// expectable is an error if a scenario expects something that it does not measure.
func expectable(s *model.Scenario) error {
	if len(s.Expect) == 0 {
		return nil
	}
	simulation, err := sim.New(s)
	if err != nil {
		return err
	}
	return experiment.Expectable(simulation.Catalog(), s)
}

// checkRuns simulates scenarios and prints what was expected of them. The error is
// that of the first that misses something.
func checkRuns(c *cli.Context, t terminal) error {
	var first error
	for _, ref := range c.Args().Slice() {
		s, err := scenarios.Load(ref)
		if err == nil {
			err = override(c, s)
		}
		if err != nil {
			return err
		}
		x, err := simulate(c.Context, s, c.Int("workers"), "", t)
		if err != nil {
			return err
		}
		if err := reports.Expectations(t.out, x, optionsFor(t.out)); err != nil {
			return err
		}
		if err := missed(x); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func explainScenario(ref string, w io.Writer) error {
	settings, err := scenarios.Explain(ref)
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range settings {
		from := fmt.Sprintf("%s:%d", s.File, s.Line)
		if s.Default {
			from = "default"
		}
		fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\n", format.Clean(s.Path), format.Clean(s.Value), format.Clean(from), s.Meaning)
	}
	return tw.Flush()
}
