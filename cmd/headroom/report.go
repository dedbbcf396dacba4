package main

import (
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"
)

func reportCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "report",
		Usage:        "print and draw an outcome again, without simulating",
		ArgsUsage:    "OUTCOME",
		Description:  "OUTCOME is an outcome file, or the folder that a run has written.",
		OnUsageError: onUsage,
		Flags:        append(outcomePrinters.flags(), outFlag("the folder of the outcome file"), byFlag(), fullFlag()),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("report takes one outcome file or folder")
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
				dir = path
				if info, err := os.Stat(path); err == nil && !info.IsDir() {
					dir = filepath.Dir(path)
				}
			}
			return publish(x, dir, how, t)
		},
	}
}
