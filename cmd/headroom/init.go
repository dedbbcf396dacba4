package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/scenarios/agreements"
	"github.com/headroom-sim/headroom/scenarios/presets"
)

// toStdout is the FILE that stands for standard output.
const toStdout = "-"

// A shelf holds scenarios to be copied.
type shelf struct {
	flag, what string
	names      func() []string
	text       func(name string) ([]byte, error)
	title      func(name string) string
}

// shelves are what init copies from.
var shelves = []shelf{
	{"preset", "the usual figures of an industry", presets.Names, presets.Text, presets.Title},
	{"agreement", "the usual structures of support agreements", agreements.Names, agreements.Text, agreements.Title},
}

func initCommand(t terminal) *cli.Command {
	var flags []cli.Flag
	for _, s := range shelves {
		flags = append(flags, &cli.StringFlag{Name: s.flag, Usage: fmt.Sprintf("start from `%s`: %s", strings.ToUpper(s.flag), strings.Join(s.names(), ", "))})
	}
	return &cli.Command{
		Name:      "init",
		Usage:     "write a commented scenario to start from: an industry, or a support agreement",
		ArgsUsage: "[FILE]",
		Description: "A preset is a whole desk with the usual figures of an industry; an agreement is a small one whose promises have a usual structure.\n" +
			"FILE is PRESET.yaml or AGREEMENT.yaml in the current folder if left out; - prints. A file that is there is never overwritten.\n" +
			"Without either, all of them are listed.",
		OnUsageError: onUsage,
		Flags:        flags,
		BashComplete: func(c *cli.Context) {
			for _, s := range shelves {
				fmt.Fprintln(c.App.Writer, strings.Join(s.names(), "\n"))
			}
		},
		Action: func(c *cli.Context) error {
			var from []shelf
			for _, s := range shelves {
				if c.IsSet(s.flag) {
					from = append(from, s)
				}
			}
			switch {
			case len(from) > 1:
				return usagef("init writes one file: take --preset or --agreement")
			case len(from) == 1 && c.Args().Len() > 1:
				return usagef("init writes one file, not %d", c.Args().Len())
			case len(from) == 1:
				return initScenario(&from[0], c.String(from[0].flag), c.Args().First(), t)
			case c.Args().Present():
				return usagef("init takes --preset %s, or --agreement %s", strings.Join(presets.Names(), "|"), strings.Join(agreements.Names(), "|"))
			}
			return listShelves(t.out)
		},
	}
}

// listShelves prints one line about each scenario that init can write.
func listShelves(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i, s := range shelves {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "--%s: %s\n", s.flag, s.what)
		for _, name := range s.names() {
			fmt.Fprintf(w, "  %s\t%s\n", name, s.title(name))
		}
	}
	return w.Flush()
}

// initScenario copies a scenario into a file that is not there yet.
func initScenario(s *shelf, name, file string, t terminal) error {
	if !slices.Contains(s.names(), name) {
		return usagef("there is no %s %q; there are %s", s.flag, name, strings.Join(s.names(), ", "))
	}
	text, err := s.text(name)
	if err != nil {
		return err
	}
	if file == toStdout {
		_, err := t.out.Write(text)
		return err
	}
	if file == "" {
		file = name + ".yaml"
	}
	if err := writeNew(file, text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s is there already; name another file: headroom init --%s %s FILE", file, s.flag, name)
		}
		return err
	}
	_, err = fmt.Fprintf(t.out, "%s: %s\nEdit the numbers from the top, then: headroom run %s\n", file, s.title(name), file)
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
