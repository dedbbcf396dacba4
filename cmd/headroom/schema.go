package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome/schema"
	"github.com/headroom-sim/headroom/reports/format"
)

func schemaCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "schema",
		Usage:        "print the JSON Schema of a file: what each field means, and in which unit",
		ArgsUsage:    "FILE",
		Description:  "FILE is a kind of file: " + format.List(schema.Names()) + ".",
		OnUsageError: onUsage,
		BashComplete: func(c *cli.Context) {
			for _, name := range schema.Names() {
				fmt.Fprintln(c.App.Writer, name)
			}
		},
		Action: func(c *cli.Context) error {
			text, ok := schema.Of(c.Args().First())
			if c.Args().Len() != 1 || !ok {
				return usagef("schema takes a kind of file: %s", format.List(schema.Names()))
			}
			_, err := t.out.Write(text)
			return err
		},
	}
}
