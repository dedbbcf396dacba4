// Package warmup shows how long a scenario takes to settle, and what warm-up that proposes.
package warmup

import (
	"fmt"
	"io"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/table"
)

// Text writes the proposal of a warm-up.
func Text(w io.Writer, x *outcome.Warmup, o document.Options) error {
	d := &document.Report{
		Head: format.Join(format.Clean(x.Name), "how long to warm up", format.Plural(x.Replications, "replication", "replications"),
			fmt.Sprintf("seed %d", x.Seed), format.Percent(x.Level)+" intervals"),
		Verdict: proposal(x),
		Tables:  []*table.Table{settled(x)},
		Birth:   warmupBirth(x),
	}
	d.Doubts = append(d.Doubts, howSettled(x))
	return d.WriteText(w, o)
}

func warmupBirth(x *outcome.Warmup) string {
	return format.Join(format.Clean(x.Name)+" "+format.Short(x.Digest), fmt.Sprintf("seed %d", x.Seed))
}

// proposal is the verdict.
func proposal(x *outcome.Warmup) string {
	if !x.Settled {
		var names []string
		for i := range x.Series {
			if !x.Series[i].Settled {
				names = append(names, format.Words(x.Series[i].Name))
			}
		}
		return fmt.Sprintf("In %s the %s does not settle: it still changes in the second half. Let the scenario be longer, or see whether the desk can keep up at all.",
			format.Stated(x.Length), format.List(names))
	}
	line := "time: {warmup: " + written(x.Proposed) + "}"
	switch {
	case x.Proposed == 0:
		return fmt.Sprintf("Backlog and queue are settled from the start, so no warm-up is needed; the scenario has %s.", format.Stated(x.Stated))
	case x.Proposed == x.Stated:
		return fmt.Sprintf("Backlog and queue have settled after %s, which is the warm-up that the scenario has.", format.Stated(x.Proposed))
	case x.Proposed < x.Stated:
		return fmt.Sprintf("Backlog and queue have settled after %s; the scenario's warm-up of %s is long enough. Write %s to measure more.",
			format.Stated(x.Proposed), format.Stated(x.Stated), line)
	}
	return fmt.Sprintf("Backlog and queue have settled after %s; the scenario's warm-up of %s is too short. Write %s.",
		format.Stated(x.Proposed), format.Stated(x.Stated), line)
}

// written is a duration of whole hours as scenarios write it: 3d, 7h.
func written(d time.Duration) string {
	if d%(24*time.Hour) == 0 && d > 0 {
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
	return fmt.Sprintf("%dh", d/time.Hour)
}

// cycleWords is what the first and later levels are means over.
func cycleWords(x *outcome.Warmup) string {
	switch {
	case x.Cycle >= 7*24*time.Hour:
		return "week"
	case x.Cycle > 0:
		return "day"
	}
	return "interval"
}

func settled(x *outcome.Warmup) *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	t := &table.Table{Columns: []table.Column{
		{Head: "tickets, mean"}, right("settled after"), right("by fifths"), right("first " + cycleWords(x)), right("later"), right("difference"),
	}}
	for i := range x.Series {
		s := &x.Series[i]
		cut := format.Stated(s.Cut)
		if !s.Settled {
			cut = "not settled"
		}
		t.Add(table.Text(format.Words(s.Name)), table.Text(cut),
			table.Text(format.Stated(s.Earliest)+"–"+format.Stated(s.Latest)),
			table.Estimated(s.First, outcome.UnitTickets),
			table.Estimated(s.Later, outcome.UnitTickets),
			table.Num(format.Difference(s.Gap, outcome.UnitTickets), s.Gap.Value))
	}
	return t
}

func howSettled(x *outcome.Warmup) string {
	note := "By MSER-5 (White 1997) on the mean over replications, looked for in the first half. "
	switch cycleWords(x) {
	case "week":
		note += "What is usual at each time of the week never settles and is taken out first. "
	case "day":
		note += "What is usual at each time of the day never settles and is taken out first; days of the week are not, which takes four weeks. "
	}
	if len(x.Without) > 0 {
		note += "Simulated without " + format.List(x.Without) + ". "
	}
	return note + "By fifths: what each fifth of the replications would propose, from the shortest to the longest. Later: whole cycles after the proposed warm-up."
}

// Pictures draws the series with the proposed warm-up veiled.
func Pictures(x *outcome.Warmup) []gallery.Picture {
	title := "How long until the desk has settled"
	t := chart.Timeline{
		Text: chart.Text{
			Title: title, Subtitle: format.Join(format.Clean(x.Name), format.Plural(x.Replications, "replication", "replications")),
			Caption: proposal(x) + " " + howSettled(x), Source: warmupBirth(x),
		},
		Start: x.Start, Interval: x.Interval, Warmup: x.Proposed,
	}
	inks := []chart.Ink{chart.Purple, chart.Blue}
	for i := range x.Series {
		s := &x.Series[i]
		lines := []chart.Line{{
			Name: "mean of the replications", Ink: inks[i%len(inks)], Values: s.Mean, Low: s.Low, High: s.High, Band: format.Percent(x.Level) + " interval",
		}}
		if x.Cycle > 0 {
			lines = append(lines, chart.Line{Name: "usual at that time of the " + cycleWords(x), Ink: chart.Vermilion, Values: s.Usual})
		}
		t.Panels = append(t.Panels, chart.Panel{Name: format.Capital(format.Words(s.Name)), Unit: outcome.UnitTickets, Lines: lines})
	}
	return []gallery.Picture{{Name: "warmup", Title: title, Chart: t}}
}

// WriteFiles writes warmup.png and warmup.svg into a directory that exists.
func WriteFiles(dir string, x *outcome.Warmup) error {
	f := document.Folder{Dir: dir}
	f.Pictures(Pictures(x))
	return f.Err
}
