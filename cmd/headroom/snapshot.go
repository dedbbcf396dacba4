package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

func snapshotCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "snapshot",
		Usage:     "cut a log at a time: the tickets that are open then, for a scenario to start with",
		ArgsUsage: "LOG",
		Description: "Reads a log that 'headroom run --log' wrote, or another in that format, and writes what has happened by then\n" +
			"to the tickets that are open at that time. A scenario starts with them by 'backlog: [{file: snapshot.csv}]'.",
		OnUsageError: onUsage,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "at", Usage: "cut at `TIME`, such as 2026-11-16T08:00:00+01:00, or \"2026-11-16 08:00\" in --zone"},
			&cli.StringFlag{Name: "zone", Value: "UTC", Usage: "the time zone `NAME` of --at, if it has no offset"},
			&cli.StringFlag{Name: "out", Usage: "write into `FILE`", DefaultText: "NAME-snapshot.csv"},
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usagef("snapshot takes one log")
			}
			return snapshot(c, t)
		},
	}
}

func snapshot(c *cli.Context, t terminal) error {
	at, err := instantFlag(c)
	if err != nil {
		return err
	}
	path := c.Args().First()
	f, err := openNamed(path)
	if err != nil {
		return err
	}
	defer f.Close()
	cut, problems, err := ticketlog.OpenAt(f, at)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	case len(problems.List) > 0:
		return logProblems(path, &problems)
	}
	out := c.String("out")
	if out == "" {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		out = name + "-snapshot.csv"
	}
	if err := writeFile(out, func(w io.Writer) error { return writeSnapshot(w, &cut, at) }); err != nil {
		return err
	}
	return tellSnapshot(t, &cut, at, out)
}

// instantFlag is the time at which to cut.
func instantFlag(c *cli.Context) (time.Time, error) {
	text := c.String("at")
	if text == "" {
		return time.Time{}, usagef("snapshot needs --at: at which time?")
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	zone, err := time.LoadLocation(c.String("zone"))
	if err != nil || c.String("zone") == "Local" {
		return time.Time{}, usagef("--zone: %q is not a time zone, such as Europe/Berlin", c.String("zone"))
	}
	for _, layout := range []string{"2006-01-02 15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usagef("--at: %q is not a time, such as 2026-11-16T08:00:00+01:00 or \"2026-11-16 08:00\"", text)
}

// writeSnapshot writes the events of the open tickets, in the order of time.
func writeSnapshot(w io.Writer, cut *ticketlog.Snapshot, at time.Time) error {
	log, err := ticketlog.NewWriter(w, cut.Names, calendar.Axis{Origin: at})
	if err != nil {
		return err
	}
	var events []ticket.Event
	for _, o := range cut.Open {
		events = append(events, o.Events...)
	}
	slices.SortStableFunc(events, func(a, b ticket.Event) int { return int(min(1, max(-1, a.At-b.At))) })
	for _, e := range events {
		if err := log.Write(e); err != nil {
			return err
		}
	}
	return log.Flush()
}

// tellSnapshot says what is open, by what it waits for.
func tellSnapshot(t terminal, cut *ticketlog.Snapshot, at time.Time, out string) error {
	fmt.Fprintf(t.out, "%s of %s are open at %s\n\n", format.Count(float64(len(cut.Open))),
		format.Plural(cut.Tickets, "ticket", "tickets"), at.Format("2006-01-02 15:04 -07:00"))
	ages := map[ticket.Status][]time.Duration{}
	for _, o := range cut.Open {
		status := o.Events[len(o.Events)-1].Status
		ages[status] = append(ages[status], -o.Events[0].At)
	}
	tab := &table.Table{Columns: []table.Column{{Head: "open tickets"}, {Head: "", Align: table.Right}, {Head: "median age", Align: table.Right}, {Head: "oldest", Align: table.Right}}}
	for _, row := range []struct {
		status ticket.Status
		text   string
	}{{ticket.New, "new, nobody has replied"}, {ticket.Open, "open, with the desk"}, {ticket.Pending, "pending, with the customer"}, {ticket.OnHold, "on hold, with others"}} {
		list := ages[row.status]
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		middle, oldest := list[len(list)/2], list[len(list)-1]
		tab.Add(table.Text(row.text), table.Num(format.Count(float64(len(list))), float64(len(list))),
			table.Num(format.Seconds(middle.Seconds()), middle.Seconds()), table.Num(format.Seconds(oldest.Seconds()), oldest.Seconds()))
	}
	if len(tab.Rows) > 0 {
		if err := tab.WriteText(t.out, optionsFor(t.out).Style(), &table.Notes{}); err != nil {
			return err
		}
		fmt.Fprintln(t.out)
	}
	_, err := fmt.Fprintf(t.out, "%s: start with them by\n\n  time: {start: %s}\n  backlog: [{file: %s}]\n", out, at.Format("2006-01-02 15:04"), filepath.Base(out))
	return err
}
