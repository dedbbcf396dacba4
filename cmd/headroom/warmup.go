package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/reports/warmup"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// warmupFile is the proposal's name within a folder.
const warmupFile = "warmup.json"

func warmupCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "warmup",
		Usage:     "propose how much of the beginning of a scenario not to measure",
		ArgsUsage: "SCENARIO",
		Description: "A simulated desk starts empty. Simulates the scenario without its spikes, bursts and outages, finds out when backlog\n" +
			"and queue have settled (MSER-5), and prints the line to write into the scenario, with a picture.\n" +
			"200 replications are run unless --replications says otherwise: with few of them chance looks like a beginning.",
		OnUsageError: onUsage,
		Flags:        append(simulationFlags(), outFlag("NAME-warmup-out"), jsonFlag()),
		BashComplete: completeScenarios,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("warmup takes one scenario")
			}
			return proposeWarmup(c, t)
		},
	}
}

func proposeWarmup(c *cli.Context, t terminal) error {
	s, dir, err := prepared(c, "-warmup", !c.Bool("json"))
	if err != nil {
		return err
	}
	n := experiment.WarmupReplications
	if c.IsSet("replications") {
		n = c.Int("replications")
	}
	bar := newProgress(t.err, s.Name, "replications")
	x, err := experiment.Warmup(c.Context, s, n, experiment.Options{Workers: c.Int("workers"), Progress: bar.update})
	bar.done()
	if err != nil {
		return err
	}
	encode := func(w io.Writer) error { return json.NewEncoder(&plainJSON{to: w}).Encode(x) }
	if c.Bool("json") {
		return encode(t.out)
	}
	if err := warmup.Text(t.out, x, optionsFor(t.out)); err != nil {
		return err
	}
	if err := writeFolder(dir, func(dir string) error {
		if err := writeFile(filepath.Join(dir, warmupFile), encode); err != nil {
			return err
		}
		return warmup.WriteFiles(dir, x)
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "\nCharts: %s\n", dir)
	return err
}
