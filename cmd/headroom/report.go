package main

import (
	"slices"

	"github.com/urfave/cli/v2"
)

func reportCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "report",
		Usage:     "print and draw an outcome again, without simulating",
		ArgsUsage: "OUTCOME",
		Description: "OUTCOME is an outcome file, or the folder that a run has written. With --account it is a report for that customer,\n" +
			"and may be a ticket log, simulated or real, which --scenario says the promises of. With --view it is a report for a meeting.\n" +
			"With --html there may be several outcomes.",
		OnUsageError: onUsage,
		Flags: slices.Concat(
			[]cli.Flag{outFlag("the folder of the outcome file"), byFlag(), fullFlag(), htmlFlag()}, outcomePrinters.flags(), viewFlags(), packFlags(),
		),
		Action: func(c *cli.Context) error {
			if c.Bool("html") && c.Args().Present() && !c.IsSet("account") && !c.IsSet("view") {
				return reportPage(c, t)
			}
			if c.Args().Len() != 1 {
				return usagef("report takes one outcome file or folder")
			}
			if c.IsSet("account") {
				return accountPack(c, t)
			}
			if c.IsSet("view") {
				return cadenceView(c, t)
			}
			how, err := outcomePrinters.asked(c, t)
			if err != nil {
				return err
			}
			path := c.Args().First()
			x, err := readOutcome(path)
			if err != nil {
				return err
			}
			dir := c.String("out")
			if dir == "" {
				dir = besides(path)
			}
			return publish(x, dir, how, t)
		},
	}
}
