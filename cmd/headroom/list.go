package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/scenarios"
)

func listCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "list",
		Usage:        "list the shipped scenarios",
		OnUsageError: onUsage,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usagef("list takes no arguments")
			}
			list, err := scenarios.List()
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
			for _, d := range list {
				fmt.Fprintf(w, "%s\t%s", d.Name, d.Title)
				for i, v := range d.Variants {
					before := ", @"
					if i == 0 {
						before = "\t@"
					}
					fmt.Fprint(w, before, v)
				}
				fmt.Fprintln(w)
			}
			return w.Flush()
		},
	}
}

// completeScenarios offers the shipped scenarios to the shell.
func completeScenarios(c *cli.Context) {
	list, err := scenarios.List()
	if err != nil {
		return
	}
	for _, d := range list {
		fmt.Fprintln(c.App.Writer, d.Name)
		for _, v := range d.Variants {
			fmt.Fprintf(c.App.Writer, "%s@%s\n", d.Name, v)
		}
	}
}
