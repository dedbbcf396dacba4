package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
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
	shown := &table.Table{Records: true, Columns: []table.Column{{Head: "key"}, {Head: "value"}, {Head: "from"}, {Head: "what it means"}}}
	for _, s := range settings {
		from := fmt.Sprintf("%s:%d", filepath.Base(s.File), s.Line)
		if s.Default {
			from = "default"
		}
		shown.Add(table.Text(s.Path), table.Text(s.Value), table.Text(from), table.Text(s.Meaning))
	}
	style := optionsFor(w).Style()
	style.Indent = 2
	return shown.WriteText(w, style, &table.Notes{})
}
