// Package advice is the report that proposes targets: what each would have kept, on days that it was set by and
// on others, and what it keeps once demand grows or spikes.
package advice

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/targets"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Advice is what a report says.
type Advice struct {
	Source, Tool string
	Clock        string // on which times are measured: on the wall, or the hours of a calendar
	Working      bool   // they are times on a calendar that closes
	// Window says what the targets are set by: the last 90 days to 2026-03-31.
	Window string
	Groups []Group
	// Few are groups of which there are too few tickets.
	Few []string
	// Future is what a simulation makes of the targets; empty for none.
	Future    []State
	Simulated string // the scenario, and how often
}

// Group are the proposals for the tickets of one kind.
type Group struct {
	Metric, Name string // such as tier gold; all
	Tickets      int
	Proposals    []targets.Proposal
	Curve        []targets.Point // what targets of any length keep of the window; may be empty
}

// State is a future in which targets are tried.
type State struct {
	Name string // as it is, demand +20 %
	Kept []Kept
}

// Kept is the share that a target keeps in it.
type Kept struct {
	Metric     string
	Percentile float64
	Target     time.Duration
	Share      estimate.Estimate
}

// Document makes the report.
func Document(x *Advice) *paper.Document {
	d := &paper.Document{
		Title:   "Targets for " + format.Clean(x.Source),
		Head:    strings.Join([]string{x.Window, "times " + format.Clean(x.Clock)}, " · "),
		Verdict: x.verdict(),
		Birth:   fmt.Sprintf("targets from %s · %s", format.Clean(x.Source), format.Clean(x.Tool)),
	}
	d.Sections = append(d.Sections, x.proposals())
	if len(x.Future) > 0 {
		d.Sections = append(d.Sections, x.future())
	}
	if len(x.Groups) > 0 {
		d.Sections = append(d.Sections, x.rule())
	}
	return d
}

// verdict says of each metric what its lowest target keeps, and which one is kept as often as the rule to tighten asks.
func (x *Advice) verdict() string {
	var sentences []string
	for _, g := range x.Groups {
		if g.Name != "all" || len(g.Proposals) == 0 {
			continue
		}
		verb, of := " is kept in ", " of the tickets"
		if len(sentences) > 0 {
			verb, of = " in ", "" // as in the sentence before
		}
		low := &g.Proposals[0]
		words := fmt.Sprintf("%s within %s%s%s%s", capital(format.Words(g.Metric)), x.spoken(low.Target), verb, format.Estimate(predicted(low), outcome.UnitShare), of)
		at := slices.IndexFunc(g.Proposals, func(p targets.Proposal) bool { return predicted(&p).Value >= targets.Attained })
		switch {
		case at < 0:
			words += "; none of the targets below is kept in " + format.Percent(targets.Attained)
		case at > 0:
			high := &g.Proposals[at]
			words += fmt.Sprintf(", within %s in %s", x.spoken(high.Target), format.Estimate(predicted(high), outcome.UnitShare))
		}
		sentences = append(sentences, words+".")
	}
	if len(sentences) == 0 {
		return "There are too few tickets to set a target by."
	}
	return strings.Join(sentences, " ")
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// predicted is what a target may be expected to keep: what it has kept of other days, where there are any.
func predicted(p *targets.Proposal) estimate.Estimate {
	if !math.IsNaN(p.Kept.Value) && p.Kept.N > 0 {
		return p.Kept
	}
	return p.Fitted
}

func left(head string) table.Column { return table.Column{Head: head} }

func unit(head, of string) table.Column {
	return table.Column{Head: head, Unit: of, Align: table.Right}
}

func share(e estimate.Estimate) table.Cell {
	if math.IsNaN(e.Value) {
		return table.Num(format.Missing, math.NaN())
	}
	return table.Estimated(e, outcome.UnitShare)
}

func (x *Advice) seconds(e estimate.Estimate) table.Cell {
	c := table.Estimated(e, outcome.UnitSeconds)
	if x.Working {
		c.Text = format.WorkingEstimate(e)
	}
	return c
}

// figure writes a target as it stands beside percentiles.
func (x *Advice) figure(d time.Duration) string {
	if x.Working {
		return format.Exact(d)
	}
	return format.Proposed(d)
}

// spoken writes a target within a sentence.
func (x *Advice) spoken(d time.Duration) string {
	const day = 24 * time.Hour
	if !x.Working && d > day && d%day == 0 {
		return format.Stated(d)
	}
	return x.figure(d)
}

func (x *Advice) target(d time.Duration) table.Cell { return table.Num(x.figure(d), d.Seconds()) }

// named are the cells that say of which tickets a row is.
func named(g *Group, p *targets.Proposal) []table.Cell {
	return []table.Cell{table.Text(format.Words(g.Metric)), table.Text(g.Name), table.Text("P" + format.Decimal(100*p.Percentile, 0))}
}

func (x *Advice) proposals() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("tickets of"), left("from"), unit("tickets", ""), unit("still open", ""), unit("percentile", "s"), unit("target", "s"), unit("kept in the window", "share"),
		unit("kept of later days", "share"), unit("worst 30 days", "share"),
	}}
	later := false
	for i := range x.Groups {
		g := &x.Groups[i]
		for k := range g.Proposals {
			p := &g.Proposals[k]
			worst := math.NaN()
			for _, k := range p.Periods {
				if !math.IsNaN(k) && !(worst <= k) {
					worst = k
				}
			}
			later = later || p.Kept.N > 0
			t.Add(append(named(g, p), table.Num(format.Count(float64(g.Tickets)), float64(g.Tickets)), table.Num(format.Count(float64(p.Open)), float64(p.Open)), x.seconds(p.Quantile),
				x.target(p.Target), share(p.Fitted), share(p.Kept), table.Num(format.Percent(worst), worst))...)
		}
	}
	s := paper.Section{Name: "targets", Title: "What to promise", Pictures: x.curves()}
	if len(t.Rows) > 0 {
		s.Words = append(s.Words, "A target is the next figure above the percentile that people say: 15 min, 1 h, 4 h. Intervals take days as wholes; they are those of the rate of a desk like this one. "+
			"Tickets that are still open count as long as they have waited.", x.honest(later))
		s.Table, s.Data = forPeople(t), t
		s.Brief = ofAll(s.Table)
	}
	if len(x.Few) > 0 {
		s.Words = append(s.Words, fmt.Sprintf("Too few tickets (below %d) in the window for: %s.", targets.Fewest, format.List(x.Few)))
	} else if len(t.Rows) == 0 {
		s.Words = append(s.Words, fmt.Sprintf("A target takes %d tickets of the window whose clocks have run.", targets.Fewest))
	}
	return s
}

// honest says how far to believe what targets have kept.
func (x *Advice) honest(later bool) string {
	if later {
		return "Kept of later days is the honest column: on each 90 days of the history the target is set anew, and kept in the 30 days after them, which it has not seen. Worst 30 days: the least of these."
	}
	return fmt.Sprintf("There are no later days to test the targets on, which takes a log of %d days: what is kept in the window is kept on the days that the target was set by, and is likely to be a little less on others.",
		int((targets.Window+targets.Next).Hours()/24))
}

// forPeople is a table without the columns in which nothing stands.
func forPeople(t *table.Table) *table.Table {
	c := *t
	c.Drop(format.Missing)
	return &c
}

// mostBrief is how many rows a terminal shows of a long table unless all are asked for.
const mostBrief = 15

// ofAll are the rows about all tickets, where there are many others.
func ofAll(t *table.Table) *table.Table {
	if len(t.Rows) <= mostBrief {
		return nil
	}
	short := *t
	short.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []table.Cell) bool { return row[1].Text != "all" })
	short.Title = fmt.Sprintf("of all tickets, %d of %s %s", len(short.Rows), format.Plural(len(t.Rows), "row", "rows"), paper.WhereAll)
	return &short
}

// rule says what is the matter with the usual advice.
func (x *Advice) rule() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), left("tickets of"), left("from"), unit("target", "s"), left("rule fires"), unit("then", "s"), unit("which keeps", "share")}}
	for i := range x.Groups {
		g := &x.Groups[i]
		for k := range g.Proposals {
			p := &g.Proposals[k]
			fires := format.Missing
			if len(p.Periods) >= targets.Months {
				fires = "never"
				if p.Fires {
					fires = "yes"
				}
			}
			t.Add(append(named(g, p), x.target(p.Target), table.Text(fires), x.target(p.Tightened), share(p.TightenedKept))...)
		}
	}
	tried := "There is no later day on which it could have fired; "
	if slices.ContainsFunc(t.Rows, func(row []table.Cell) bool { return row[4].Text != format.Missing }) {
		tried = "Rule fires says whether it would have in the later days; "
	}
	people := forPeople(t)
	return paper.Section{Name: "rule", Title: "About the rule to tighten", Table: people, Brief: ofAll(people), Data: t, Words: []string{
		"The usual advice sets a target a little above the 80th percentile, and tightens it by 10 to 15 % after three months of 95 % and more. A target just above the 80th percentile is kept about four times in five, " +
			"so that the rule never fires: it needs a target from the 95th percentile, or a desk that has become faster. " + tried + "then is the target that it names, with what that keeps in the window.",
	}}
}

func (x *Advice) future() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), left("from"), unit("target", "s")}}
	for _, s := range x.Future {
		t.Columns = append(t.Columns, unit(s.Name, "share"))
	}
	for i, k := range x.Future[0].Kept {
		row := []table.Cell{table.Text(format.Words(k.Metric)), table.Text("P" + format.Decimal(100*k.Percentile, 0)), x.target(k.Target)}
		for _, s := range x.Future {
			row = append(row, share(s.Kept[i].Share))
		}
		t.Add(row...)
	}
	return paper.Section{Name: "future", Title: "What the targets keep once demand grows or spikes", Table: t, Words: []string{
		x.Simulated + ": the share of clocks that stop within the target, over replications. The staff and its rules stay as they are, and so does the order in which tickets are taken: nobody knows of the new target yet. " +
			"Clocks that are late and still open count as they stand, others that are open not at all; a time is right within 1.6 %."}}
}
