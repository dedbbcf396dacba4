// Package advice is the report that proposes targets: what each would have kept, on days that it was set by and
// on others, and what it keeps once demand grows or spikes.
package advice

import (
	"fmt"
	"math"
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
	d.Sections = append(d.Sections, x.rule())
	return d
}

func (x *Advice) verdict() string {
	for _, g := range x.Groups {
		if g.Name != "all" || len(g.Proposals) == 0 {
			continue
		}
		low := g.Proposals[0]
		words := fmt.Sprintf("%s within %s is kept in %s of the tickets", capital(format.Words(g.Metric)), format.Stated(low.Target), format.Percent(predicted(&low).Value))
		for i := range g.Proposals {
			if p := &g.Proposals[i]; predicted(p).Value >= targets.Attained {
				return fmt.Sprintf("%s; for %s of them, promise %s.", words, format.Percent(targets.Attained), format.Stated(p.Target))
			}
		}
		return words + "; none of the targets below is kept in 95 %."
	}
	return "There are too few tickets to set a target by."
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
	return table.Num(format.Estimate(e, outcome.UnitShare), e.Value)
}

func (x *Advice) seconds(e estimate.Estimate) table.Cell {
	if x.Working {
		return table.Num(format.WorkingEstimate(e), e.Value)
	}
	return table.Num(format.Estimate(e, outcome.UnitSeconds), e.Value)
}

func stated(d time.Duration, working bool) table.Cell {
	text := format.Stated(d)
	if working {
		text = format.Exact(d)
	}
	return table.Num(text, d.Seconds())
}

func (x *Advice) proposals() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("tickets of"), unit("tickets", ""), unit("still open", ""), left("from"), unit("percentile", "s"), unit("target", "s"), unit("kept by it in the window", "share"),
		unit("kept of later days", "share"), unit("worst 30 days", "share"), left("rule fires"), unit("then", "s"), unit("which keeps", "share"),
	}}
	for _, g := range x.Groups {
		for i := range g.Proposals {
			p := &g.Proposals[i]
			worst, fires := math.NaN(), format.Missing
			for _, k := range p.Periods {
				if !math.IsNaN(k) && !(worst <= k) {
					worst = k
				}
			}
			if len(p.Periods) >= targets.Months {
				fires = "never"
				if p.Fires {
					fires = "yes"
				}
			}
			t.Add(table.Text(format.Words(g.Metric)), table.Text(g.Name), table.Num(format.Count(float64(g.Tickets)), float64(g.Tickets)), table.Num(format.Count(float64(p.Open)), float64(p.Open)), table.Text("P"+format.Decimal(100*p.Percentile, 0)), x.seconds(p.Quantile),
				stated(p.Target, x.Working), share(p.Fitted), share(p.Kept), table.Num(format.Percent(worst), worst), table.Text(fires), stated(p.Tightened, x.Working), share(p.TightenedKept))
		}
	}
	s := paper.Section{Name: "targets", Title: "What to promise", Table: t, Pictures: x.curves(), Words: []string{
		"A target is the next figure above the percentile that people say: 15 min, 1 h, 4 h. Kept of later days is the honest column: on each 90 days of the history the target is set anew, and kept in the 30 days after them, " +
			"which it has not seen. Worst 30 days: the least of these. Intervals take days as wholes; they are those of the rate of a desk like this one. Tickets that are still open count as long as they have waited."}}
	if len(x.Few) > 0 {
		s.Words = append(s.Words, fmt.Sprintf("Too few tickets (below %d) in the window for: %s.", targets.Fewest, format.List(x.Few)))
	}
	return s
}

// rule says what is the matter with the usual advice.
func (x *Advice) rule() paper.Section {
	return paper.Section{Name: "rule", Title: "About the rule to tighten", Words: []string{
		"The usual advice sets a target a little above the 80th percentile, and tightens it by 10 to 15 % after three months of 95 % and more. A target just above the 80th percentile is kept about four times in five, " +
			"so that the rule never fires: it needs a target from the 95th percentile, or a desk that has become faster. Rule fires says whether it would have in the later days, and then which target it names.",
	}}
}

func (x *Advice) future() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), left("from"), unit("target", "s")}}
	for _, s := range x.Future {
		t.Columns = append(t.Columns, unit(s.Name, "share"))
	}
	for i, k := range x.Future[0].Kept {
		row := []table.Cell{table.Text(format.Words(k.Metric)), table.Text("P" + format.Decimal(100*k.Percentile, 0)), stated(k.Target, x.Working)}
		for _, s := range x.Future {
			row = append(row, share(s.Kept[i].Share))
		}
		t.Add(row...)
	}
	return paper.Section{Name: "future", Title: "What the targets keep once demand grows or spikes", Table: t, Words: []string{
		x.Simulated + ": the share of clocks that stop within the target, over replications. The staff and its rules stay as they are, and so does the order in which tickets are taken: nobody knows of the new target yet. " +
			"Clocks that are late and still open count as they stand, others that are open not at all; a time is right within 1.6 %."}}
}
