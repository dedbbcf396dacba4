package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/scenarios/presets"
)

// toStdout is the FILE that stands for standard output.
const toStdout = "-"

func initCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "write a commented scenario with the usual figures of an industry, to start from",
		ArgsUsage: "[FILE]",
		Description: "FILE is PRESET.yaml in the current folder if left out; - prints. A file that is there is never overwritten.\n" +
			"Without a preset, the presets are listed.",
		OnUsageError: onUsage,
		Flags:        []cli.Flag{&cli.StringFlag{Name: "preset", Usage: "start from `PRESET`: " + strings.Join(presets.Names(), ", ")}},
		BashComplete: func(c *cli.Context) { fmt.Fprintln(c.App.Writer, strings.Join(presets.Names(), "\n")) },
		Action: func(c *cli.Context) error {
			if !c.IsSet("preset") {
				if c.Args().Present() {
					return usagef("init takes --preset %s", strings.Join(presets.Names(), "|"))
				}
				return listPresets(t.out)
			}
			if c.Args().Len() > 1 {
				return usagef("init writes one file, not %d", c.Args().Len())
			}
			return initScenario(c.String("preset"), c.Args().First(), t)
		},
	}
}

// listPresets prints one line about each preset.
func listPresets(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, name := range presets.Names() {
		fmt.Fprintf(w, "%s\t%s\n", name, presets.Title(name))
	}
	return w.Flush()
}

// initScenario writes a preset into a file that is not there yet.
func initScenario(preset, file string, t terminal) error {
	if !presets.Has(preset) {
		return usagef("there is no preset %q; there are %s", preset, strings.Join(presets.Names(), ", "))
	}
	text, err := presets.Text(preset)
	if err != nil {
		return err
	}
	if file == toStdout {
		_, err := t.out.Write(text)
		return err
	}
	if file == "" {
		file = presets.File(preset)
	}
	if err := writeNew(file, text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s is there already; name another file: headroom init --preset %s FILE", file, preset)
		}
		return err
	}
	_, err = fmt.Fprintf(t.out, "%s: %s\nEdit the numbers from the top, then: headroom run %s\n", file, presets.Title(preset), file)
	return err
}

// writeNew writes a file that must not be there yet. Unlike writeFile it fails even
// if the file appears at the last moment.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path) // it is ours, and only half there
	}
	return err
}
