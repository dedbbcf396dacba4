package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/pack"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/scenarios"
)

// packFlags are those of a report about one account.
func packFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "account", Usage: "make the compliance pack of account `NAME`: of an outcome, or of a ticket log with --scenario"},
		&cli.StringFlag{Name: "scenario", Usage: "whose promises the ticket log is held against: a `SCENARIO`"},
		&cli.StringFlag{Name: "until", Usage: "judge clocks of a log that have not stopped as of `INSTANT`, such as 2026-12-01T00:00:00Z", DefaultText: "the end of the scenario's time"},
	}
}

// accountPack prints the compliance pack of an account.
func accountPack(c *cli.Context, t terminal) error {
	how, err := paperPrinters.asked(c, t)
	if err != nil {
		return err
	}
	path := c.Args().First()
	var d *paper.Document
	if isOutcome(path) {
		if c.IsSet("scenario") || c.IsSet("until") {
			return usagef("%s is an outcome, which knows its scenario; --scenario and --until are for ticket logs", path)
		}
		d, err = outcomePack(path, c.String("account"))
	} else {
		d, err = logPack(c, path)
	}
	if err != nil {
		return err
	}
	return publishPaper(t.out, d, c.String("out"), "pack", how)
}

// publishPaper writes a document into a folder, if one is named, and prints it as it is asked for.
func publishPaper(w io.Writer, d *paper.Document, dir, name string, how printing) error {
	if dir != "" {
		if err := writePaper(dir, name, d); err != nil {
			return err
		}
	}
	if alone, err := paperPrinters.alone(w, how, d); alone || err != nil {
		return err
	}
	return d.WriteText(w, how.style.Style(), how.style.Full)
}

// writePaper writes a document into a folder: as a page, as Markdown, as JSON, and each table as CSV. It
// replaces files of these names, takes away the tables of the document of this name before that the new one
// has not, and leaves others alone.
func writePaper(dir, name string, d *paper.Document) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	before := tablesOf(filepath.Join(dir, name+".json"))
	for extension, format := range map[string]string{"html": "html", "md": "markdown", "json": "json"} {
		if err := paperPrinters.write(dir, name+"."+extension, format, d); err != nil {
			return err
		}
	}
	names, tables := d.Data()
	written := map[string]bool{}
	for i, part := range names {
		written[tableFile(part)] = true
		if err := writeFile(filepath.Join(dir, tableFile(part)), tables[i].WriteCSV); err != nil {
			return err
		}
	}
	for _, file := range before {
		if written[file] {
			continue
		}
		if err := os.Remove(filepath.Join(dir, file)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// tableFile is the file of the table of a section.
func tableFile(section string) string {
	return strings.TrimSuffix(folderName(section), "-out") + ".csv"
}

// tablesOf are the files of the tables of a document that was written as JSON; none if it cannot be read.
func tablesOf(path string) (files []string) {
	var doc struct {
		Sections []struct {
			Name    string   `json:"name"`
			Columns []string `json:"columns"`
		} `json:"sections"`
	}
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &doc) != nil {
		return nil
	}
	for _, s := range doc.Sections {
		if len(s.Columns) > 0 {
			files = append(files, tableFile(s.Name))
		}
	}
	return files
}

// outcomePack is the pack of an account in an outcome.
func outcomePack(path, account string) (*paper.Document, error) {
	x, err := readOutcome(path)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(x.Scenario.Accounts, account) {
		return nil, unknownAccount(x.Scenario.Name, account, x.Scenario.Accounts)
	}
	return pack.FromOutcome(x, account), nil
}

// unknownAccount says which account may have been meant.
func unknownAccount(scenario, account string, known []string) error {
	if len(known) == 0 {
		return usagef("--account: %s names no accounts", scenario)
	}
	return usagef("--account: %s has no account %q (%s)", scenario, account, ticketlog.Suggest(account, known))
}

// logPack is the pack of an account in a ticket log.
func logPack(c *cli.Context, path string) (*paper.Document, error) {
	if !exists(path) {
		return nil, usagef("there is no file %s", path)
	}
	if !c.IsSet("scenario") {
		return nil, usagef("%s is a ticket log: say with --scenario whose promises it is held against", path)
	}
	s, err := scenarios.Load(c.String("scenario"))
	if err != nil {
		return nil, err
	}
	i := slices.Index(s.Names.Accounts, c.String("account"))
	if i < 0 {
		return nil, unknownAccount(s.Name, c.String("account"), s.Names.Accounts)
	}
	account := ticket.Account(i)
	g, err := gathered(path, s, audit.Wanted(s, account))
	if err != nil {
		return nil, err
	}
	until, err := judgedAt(c, s, g.Last)
	if err != nil {
		return nil, err
	}
	return pack.FromStatement(audit.NewStatement(s, account, g.Tickets, until), filepath.Base(path), "headroom "+version), nil
}

// gathered reads the tickets of a log that are wanted.
func gathered(path string, s *model.Scenario, wanted func(ticket.Event) bool) (*ticketlog.Gathered, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gatherLog(ticketlog.NewReader(f, &s.Names, calendar.Axis{Origin: s.Time.Start}), path, wanted)
}

// judgedAt is when clocks are judged that have not stopped.
func judgedAt(c *cli.Context, s *model.Scenario, last time.Duration) (time.Duration, error) {
	if !c.IsSet("until") {
		return max(s.Time.Length, last), nil
	}
	at, err := time.Parse(time.RFC3339, c.String("until"))
	if err != nil {
		return 0, usagef("--until: %q is not an instant such as 2026-12-01T00:00:00Z", c.String("until"))
	}
	until := calendar.Axis{Origin: s.Time.Start}.Since(at)
	if until < last {
		return 0, usagef("--until: the log goes on until %s", format.Instant(s.Time.Start.Add(last)))
	}
	return until, nil
}
