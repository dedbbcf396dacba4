package main

import (
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/cuts"
	"github.com/headroom-sim/headroom/reports/page"
	"github.com/headroom-sim/headroom/reports/table"
)

func byFlag() cli.Flag {
	return &cli.StringFlag{Name: "by", Usage: "instead of the usual tables, print what is late by `CUTS`, such as tier,day: " + strings.Join(cuts.Names(), ", ")}
}

// askedCuts reads --by.
func askedCuts(c *cli.Context, format string) ([]string, error) {
	if c.String("by") == "" {
		return nil, nil
	}
	if format == "json" {
		return nil, usagef("--by chooses tables, and JSON is the whole outcome; leave one of them out")
	}
	names := strings.Split(c.String("by"), ",")
	for i, name := range names {
		names[i] = strings.TrimSpace(name)
		if !cuts.Known(names[i]) {
			return nil, usagef("--by: there is no cut %q; there are %s", names[i], strings.Join(cuts.Names(), ", "))
		}
	}
	return names, nil
}

// printCuts prints an outcome by what --by asks for.
func printCuts(w io.Writer, x *outcome.Experiment, how printing) error {
	var all []*cuts.Cut
	var tables []*table.Table
	for _, name := range how.by {
		c := cuts.Of(x, name)
		all = append(all, c)
		tables = append(tables, c.Table())
	}
	return buffered(w, func(w io.Writer) error {
		switch how.format {
		case "csv":
			return cuts.WriteCSV(w, x, all)
		case "markdown":
			return reports.TablesMarkdown(w, x, tables)
		case "html":
			return page.Tables(w, x, tables)
		}
		return reports.Tables(w, x, tables, how.style)
	})
}
