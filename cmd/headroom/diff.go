package main

import (
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/changes"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/sim/experiment"
)

func diffCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "say what changed between two outcomes: what went in, and what came out beyond noise",
		ArgsUsage: "BEFORE AFTER",
		Description: "Both are outcome files, or folders that a run has written. With --fail-if-worse the exit code is 4 if\n" +
			"a measure got worse beyond noise, of those that --measure names or of all that are looked at. --out writes\n" +
			"page, Markdown, JSON and CSV into a folder.",
		OnUsageError: onUsage,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "measure", Usage: "look only at `MEASURE`, such as breach_rate or breach_rate(first_reply); may be repeated"},
			&cli.BoolFlag{Name: "fail-if-worse", Usage: "end with exit code 4 if something got worse beyond noise"},
			&cli.BoolFlag{Name: "full", Usage: "show every measure that is looked at, also those that have not changed"},
		}, append(diffPrinters.flags(true), &cli.StringFlag{Name: "out", Usage: "write diff.html, diff.md, diff.json and diff.csv into folder `DIR`", DefaultText: "none"})...),
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 2 {
				return usagef("diff takes two outcomes: the one before and the one after")
			}
			return diff(c, t)
		},
	}
}

func diff(c *cli.Context, t terminal) error {
	how, err := diffPrinters.asked(c, t)
	if err != nil {
		return err
	}
	before, err := readOutcome(c.Args().Get(0))
	if err != nil {
		return err
	}
	after, err := readOutcome(c.Args().Get(1))
	if err != nil {
		return err
	}
	asked := c.StringSlice("measure")
	if unknown := changes.Unknown(asked, before, after); len(unknown) > 0 {
		return usagef("--measure: there is no %q (%s)", unknown[0], ticketlog.Suggest(unknown[0], changes.Names(after)))
	}
	d, err := changes.Between(before, after, changes.Options{Level: experiment.Level, Measures: asked})
	if err != nil {
		return err
	}
	if dir := c.String("out"); dir != "" {
		if err := writeDiff(dir, d); err != nil {
			return err
		}
	}
	alone, err := diffPrinters.alone(t.out, how, d)
	if err == nil && !alone {
		err = d.WriteText(t.out, how.style.Style(), how.style.Full)
	}
	if worse := d.Count(changes.Worse); err == nil && worse > 0 && c.Bool("fail-if-worse") {
		return worseError(worse)
	}
	return err
}

// writeDiff writes a difference into a folder in every format. It replaces files of these names and
// leaves others alone.
func writeDiff(dir string, d *changes.Diff) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for extension, format := range map[string]string{"html": "html", "md": "markdown", "json": "json", "csv": "csv"} {
		if err := diffPrinters.write(dir, changes.FileName+"."+extension, format, d); err != nil {
			return err
		}
	}
	return nil
}

// worseError is how many measures got worse, for a diff that was asked to fail then.
type worseError int

func (e worseError) Error() string {
	return fmt.Sprintf("%s worse beyond noise", format.Plural(int(e), "measure is", "measures are"))
}
