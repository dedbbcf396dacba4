package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/workforce"
)

func workforceFlags(name, zone string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "zone", Usage: "the time zone `NAME` of times that name none, and of the days", DefaultText: zone},
		&cli.StringFlag{Name: "out", Aliases: []string{"o"}, Usage: "write `FILE`, which must not be there yet", DefaultText: name},
		&cli.BoolFlag{Name: "strict", Usage: "refuse files in which anything is odd"},
	}
}

func forecastCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "forecast",
		Usage:     "make demand of a forecast by interval: queue, channel, start, volume and handling time",
		ArgsUsage: "FILE",
		Description: "Reads CSV with a row for each queue and interval of 15, 30 or 60 minutes. Columns are found by what they are usually called:\n" +
			"queue, channel, start (or date and time), volume, aht (in seconds, in minutes if the header says so, or as h:mm:ss).",
		OnUsageError: onUsage,
		Flags:        workforceFlags("NAME-forecast.yaml", "none"),
		Action: func(c *cli.Context) error {
			return importWorkforce(c, t, "forecast", func(f *os.File, zone *time.Location) (*draft.Map, string, []workforce.Oddity, error) {
				x, err := workforce.ReadForecast(f, zone)
				if err != nil {
					return nil, "", nil, err
				}
				total := 0.0
				for i := range x.Queues {
					total += x.Queues[i].Volume
				}
				what := fmt.Sprintf("%s contacts in %s, from %s to %s", format.Count(total), format.Plural(len(x.Queues), "queue", "queues"), x.First, x.Last)
				return x.Draft(), what, x.Oddities, nil
			})
		},
	}
}

// openEnded is how long events that repeat without an end are followed.
const openEnded = 365 * 24 * time.Hour

func rosterCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "roster",
		Usage:     "make teams and shifts of a roster: CSV, or a calendar (iCalendar)",
		ArgsUsage: "FILE",
		Description: "CSV has a row for each shift: team, start and end (with a date in them, or in a column of its own), and heads if there are several.\n" +
			"In a calendar every event is a shift, of as many as attend; its category is the team. One that repeats without an end is followed for a year.",
		OnUsageError: onUsage,
		Flags: append(workforceFlags("NAME-roster.yaml", "that of --onto, else none"),
			&cli.StringFlag{Name: "onto", Usage: "extend the scenario in `FILE`, whose teams it replaces, such as that of a forecast"}),
		Action: func(c *cli.Context) error {
			return importWorkforce(c, t, "roster", func(f *os.File, zone *time.Location) (*draft.Map, string, []workforce.Oddity, error) {
				x, err := workforce.ReadRoster(f, zone, openEnded)
				if err != nil {
					return nil, "", nil, err
				}
				doc := x.Draft()
				if base := c.String("onto"); base != "" {
					if doc, err = onto(base, c.String("out")); err != nil {
						return nil, "", nil, err
					}
					x.DraftTeams(doc)
				}
				what := fmt.Sprintf("%s, from %s to %s", format.Plural(x.Shifts, "shift", "shifts"), x.First, x.Last)
				return doc, what, x.Oddities, nil
			})
		},
	}
}

// onto is a draft that extends a scenario and takes its teams away.
func onto(base, out string) (*draft.Map, error) {
	below, err := scenarios.Load(base)
	if err != nil {
		return nil, err
	}
	ref, err := extendsFrom(filepath.Dir(out), base)
	if err != nil {
		return nil, err
	}
	doc := draft.New()
	doc.Set("extends", ref, "")
	for _, team := range below.Names.Teams {
		doc.Map("teams", "").Null(team, "the roster stands in its place")
	}
	return doc, nil
}

// importWorkforce reads a file and writes what is made of it.
func importWorkforce(c *cli.Context, t terminal, kind string, read func(*os.File, *time.Location) (*draft.Map, string, []workforce.Oddity, error)) error {
	if c.Args().Len() != 1 {
		return usagef("import %s takes one file", kind)
	}
	var zone *time.Location
	var err error
	if c.IsSet("zone") {
		if zone, err = zoneFlag(c); err != nil {
			return err
		}
	}
	if base := c.String("onto"); base != "" && zone == nil { // its clocks are those of the roster too
		below, err := scenarios.Load(base)
		if err != nil {
			return err
		}
		zone = below.Time.Start.Location()
	}
	path := c.Args().First()
	f, err := openNamed(path)
	if err != nil {
		return err
	}
	defer f.Close()
	doc, what, odd, err := read(f, zone)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	n := 0
	for _, o := range odd {
		n += o.Count
		fmt.Fprintf(t.out, "! row %d: %s", o.First, o.Text)
		if o.Count > 1 {
			fmt.Fprintf(t.out, " (%d times)", o.Count)
		}
		fmt.Fprintln(t.out)
	}
	if c.Bool("strict") && n > 0 {
		return oddError{n}
	}
	out := c.String("out")
	if out == "" {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		out = name + "-" + kind + ".yaml"
	}
	text, err := doc.Encode(fmt.Sprintf("Drafted by headroom import %s from %s: %s.\nWhat it does not tell is marked as assumed.", kind, filepath.Base(path), strings.ReplaceAll(what, "\u202f", " ")))
	if err != nil {
		return err
	}
	if exists(out) {
		return fmt.Errorf("%s is there already; name another file with --out", out)
	}
	if err := writeNew(out, text); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%s\n%s: check what is marked as assumed, then\n\n  headroom run %s\n", what, out, out)
	return err
}
