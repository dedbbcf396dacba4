package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
)

func checkCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "check",
		Usage:        "read scenarios and show all their problems at once",
		ArgsUsage:    "SCENARIO …",
		OnUsageError: onUsage,
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "explain", Usage: "show every value, defaults included, and what it means"}},
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return usagef("check takes one or more scenarios")
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
		var ps scenarios.Problems
		if errors.As(err, &ps) {
			problems = append(problems, ps...)
			continue
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
