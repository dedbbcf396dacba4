package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome/schema"
	"github.com/headroom-sim/headroom/reports/blame"
	"github.com/headroom-sim/headroom/reports/calibration"
	"github.com/headroom-sim/headroom/reports/changes"
	"github.com/headroom-sim/headroom/reports/explain"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/history"
	"github.com/headroom-sim/headroom/reports/pack"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/quote"
)

func schemaCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "schema",
		Usage:        "print the JSON Schema of a file: what each field means, and in which unit",
		ArgsUsage:    "FILE",
		Description:  "FILE is a kind of file: " + format.List(schemas()) + ".",
		OnUsageError: onUsage,
		BashComplete: func(c *cli.Context) {
			for _, name := range schemas() {
				fmt.Fprintln(c.App.Writer, name)
			}
		},
		Action: func(c *cli.Context) error {
			text, ok := schemaOf(c.Args().First())
			if c.Args().Len() != 1 || !ok {
				return usagef("schema takes a kind of file: %s", format.List(schemas()))
			}
			_, err := t.out.Write(text)
			return err
		},
	}
}

// printed are the schemas of what is printed and is no file of package outcome.
var printed = map[string][]byte{
	"backtest": calibration.Schema, "breaches": blame.Schema, "diff": changes.Schema, "document": paper.Schema, "explain": explain.Schema,
	"fit": history.Schema, "pack": pack.Schema, "quote": quote.Schema,
}

// schemas lists all that has a schema.
func schemas() []string {
	return slices.Sorted(slices.Values(slices.AppendSeq(schema.Names(), maps.Keys(printed))))
}

// schemaOf is the schema of a kind of file; false if there is none.
func schemaOf(name string) ([]byte, bool) {
	if text, ok := printed[name]; ok {
		return text, true
	}
	return schema.Of(name)
}
