package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// zoneLetters are those of the zone of a local time, CET; its name where it has none but a distance from UTC, such as -02.
func zoneLetters(t time.Time) string {
	letters, _ := t.Zone()
	if strings.ContainsAny(letters[:min(1, len(letters))], "+-") {
		return t.Location().String()
	}
	return letters
}

// oddityTable lists everything that was odd, for a file: a row for each kind.
func oddityTable(sum *intake.Summary) *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: "oddity"}, {Head: "of"}, {Head: "strict_refuses"}, {Head: "count"}, {Head: "what"}, {Head: "done"}, {Head: "first_rows"}}}
	for _, o := range bySeverity(sum) {
		strict := "yes"
		if o.Harmless {
			strict = "no"
		}
		t.Add(table.Text(o.Name), table.Text(o.Detail), table.Text(strict), table.Num(format.Count(float64(o.Count)), float64(o.Count)),
			table.Text(o.Text), table.Text(o.Done), table.Text(places(o, len(o.First), severalFiles(sum))))
	}
	return t
}

// bySeverity puts the oddities that a strict import refuses first, the frequent ones before.
func bySeverity(sum *intake.Summary) []*intake.Tally {
	list := slices.Clone(sum.Oddities)
	slices.SortStableFunc(list, func(a, b *intake.Tally) int {
		if a.Harmless != b.Harmless {
			if a.Harmless {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// severalFiles reports whether oddities are in more than one file.
func severalFiles(sum *intake.Summary) bool {
	file := ""
	for _, t := range sum.Oddities {
		for _, p := range t.First {
			if file != "" && p.File != "" && p.File != file {
				return true
			}
			file = cmp.Or(p.File, file)
		}
	}
	return false
}

// places are the first rows of an oddity, by file where there are several.
func places(o *intake.Tally, most int, several bool) string {
	var b strings.Builder
	file := ""
	for i, p := range o.First[:min(most, len(o.First))] {
		if i > 0 {
			b.WriteString(" ")
		}
		if several && p.File != file {
			b.WriteString(p.File)
			if p.Row > 0 {
				b.WriteString(":")
			}
			file = p.File
		}
		if p.Row > 0 {
			fmt.Fprint(&b, p.Row)
		}
	}
	if o.Count > most && len(o.First) > 0 {
		b.WriteString(" …")
	}
	return b.String()
}

// agentTable says who the agents of the log are.
func agentTable(sum *intake.Summary) *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: "agent"}, {Head: "name"}}}
	for i, name := range sum.Agents {
		t.Add(table.Num(fmt.Sprint(i), float64(i)), table.Text(name))
	}
	return t
}

// tellImport says what was found, what was odd, and what to do next.
func tellImport(t terminal, sum *intake.Summary, out string, refused bool) error {
	said := fmt.Sprintf("%s with %s, from %s to %s", format.Plural(sum.Tickets, "ticket", "tickets"), format.Plural(sum.Events, "event", "events"),
		sum.First.Format("2006-01-02 15:04"), sum.Last.Format("2006-01-02 15:04")+" "+zoneLetters(sum.Last))
	if sum.Reopened > 0 {
		said += fmt.Sprintf("; %s came back after being solved", format.Plural(sum.Reopened, "ticket", "tickets"))
	}
	style := optionsFor(t.out).Style()
	if err := table.Paragraph(t.out, said, style, 0); err != nil {
		return err
	}
	if err := tellOddities(t, sum); err != nil {
		return err
	}
	if refused {
		return nil
	}
	fmt.Fprintln(t.out)
	if err := table.Paragraph(t.out, fmt.Sprintf("%s/%s: check what is marked as assumed, then", out, importScenario), style, 0); err != nil {
		return err
	}
	_, err := fmt.Fprintf(t.out, "\n  headroom run %s/%s\n", out, importScenario)
	return err
}

// mostOddities is how many kinds are shown on the terminal; the file has all.
const mostOddities = 24

func tellOddities(t terminal, sum *intake.Summary) error {
	list := bySeverity(sum)
	if len(list) == 0 {
		_, err := fmt.Fprintln(t.out, "nothing was odd in it")
		return err
	}
	tab := &table.Table{Columns: []table.Column{{Head: "in the files"}, {Head: "number", Align: table.Right}, {Head: "what is made of it"}, {Head: "first rows"}}}
	for _, o := range list[:min(mostOddities, len(list))] {
		name := o.Name
		if o.Detail != "" {
			name += ": " + o.Detail
		}
		if !o.Harmless {
			name = "! " + name
		}
		tab.Add(table.Text(name), table.Num(format.Count(float64(o.Count)), float64(o.Count)), table.Text(o.Done), table.Text(places(o, 3, severalFiles(sum))))
	}
	fmt.Fprintln(t.out)
	notes := &table.Notes{}
	style := optionsFor(t.out)
	if err := tab.WriteText(t.out, style.Style(), notes); err != nil {
		return err
	}
	if len(list) > mostOddities {
		fmt.Fprintf(t.out, "and %d kinds more in %s\n", len(list)-mostOddities, importOddities)
	}
	if n := sum.Odd(); n > 0 {
		fmt.Fprintf(t.out, "! %s that --strict refuses\n", format.Plural(n, "oddity", "oddities"))
	}
	return nil
}
