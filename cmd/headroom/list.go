package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/reports/table"
	"github.com/headroom-sim/headroom/scenarios"
)

func listCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "list",
		Usage:        "list the shipped scenarios, or what contracts can pay",
		OnUsageError: onUsage,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "schemes", Usage: "list the schemes of service credits, as contracts write them"},
		},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usagef("list takes no arguments")
			}
			if c.Bool("schemes") {
				return listSchemes(t)
			}
			list, err := scenarios.List()
			if err != nil {
				return err
			}
			shown := &table.Table{Columns: []table.Column{{Head: "scenario"}, {Head: "what it is about"}, {Head: "variants"}}}
			for _, d := range list {
				variants := make([]string, len(d.Variants))
				for i, v := range d.Variants {
					variants[i] = "@" + v
				}
				shown.Add(table.Text(d.Name), table.Text(d.Title), table.Text(strings.Join(variants, ", ")))
			}
			return shown.WriteText(t.out, optionsFor(t.out).Style(), &table.Notes{})
		},
	}
}

// listSchemes shows what a missed promise may cost.
func listSchemes(t terminal) error {
	shown := &table.Table{Columns: []table.Column{{Head: "scheme"}, {Head: "pays"}, {Head: "as contracts write it"}, {Head: "usual in"}}}
	for _, k := range contract.Schemes() {
		shown.Add(table.Text(k.Name), table.Text(k.Pays), table.Text(k.Written), table.Text(k.Usual))
	}
	return shown.WriteText(t.out, optionsFor(t.out).Style(), &table.Notes{})
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
