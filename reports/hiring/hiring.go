// Package hiring writes how many heads each month asks for and has, and who must be hired when.
//
// The stance: the first sentence says which month is short, by how much, and by when somebody must
// be asked for; whoever keeps the books finds every head and every coin in one table, a row for a
// team and a month.
package hiring

import (
	"fmt"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Answer is a plan with what was found for each of its teams.
type Answer struct {
	*headcount.Plan
	Teams []Team
	Sure  float64 // the chance that each month was to suffice with; 0: on average
	Check *Check  // nil if nothing was simulated
	Found *Margin // how the margin was found; nil if it was said
}

// Margin is how a margin was found: the smallest with which the shortest month keeps its promises.
type Margin struct {
	Month    int
	Trials   int
	Promises []Kept
}

// Kept is how much of a promise may be late, and is with the margin.
type Kept struct {
	Metric  string
	Allowed float64
	Late    estimate.Estimate
}

// Team is what was found for a team.
type Team struct {
	*headcount.Team
	Starts    []float64 // who begins, by month
	Late      []int     // months that nobody can fill any more
	Proven    bool
	Bound     float64          // with fewer people there is no plan; of a plan that is not proven
	Doubtful  []int            // months that suffice with a smaller chance than Sure
	Bare      []headcount.Line // if nobody else is hired
	With      []headcount.Line
	HasHiring bool // the scenario says how people come; else nothing is planned
}

// Document is an answer as a document. The scenario is the one that was planned, and tool the
// program.
func Document(a *Answer, s *model.Scenario, tool string) *paper.Document {
	w := &writer{Answer: a, currency: s.Currency}
	d := &paper.Document{
		Title: "How many people, and when? " + format.Clean(document.Titled(s.Title, s.Name)),
		Head: format.Join(format.Clean(s.Name), format.Plural(len(a.Months), "month", "months")+", "+a.Months[0].Name()+" to "+a.Months[len(a.Months)-1].Name(),
			"people can be asked for from "+format.Date(a.Start.UTC(0))+" on", w.margin(), inCurrency(s.Currency)),
		Verdict: w.verdict(),
		Birth:   format.Join(tool, "scenario "+format.Short(s.Digest())),
	}
	for i := range a.Teams {
		d.Sections = append(d.Sections, w.months(&a.Teams[i]))
	}
	if hires := w.hires(); len(hires.Table.Rows) > 0 {
		d.Sections = append(d.Sections, hires)
	}
	if a.Check != nil {
		d.Sections = append(d.Sections, w.check())
	}
	d.Sections = append(d.Sections, w.heads(), w.Finance())
	return d
}

// inCurrency says in what money stands; nothing where there is none.
func inCurrency(currency string) string {
	if currency == "" {
		return ""
	}
	return "money in " + format.Clean(currency)
}

// margin is how large the margin is, and where it comes from.
func (w *writer) margin() string {
	text := "margin " + format.Percent(w.Margin)
	if w.Found != nil {
		return text + " by trials of " + w.month(w.Found.Month)
	}
	return text + " as said"
}

// Finance is the table for whoever keeps the books: a row for each month and team.
func Finance(a *Answer, s *model.Scenario) *table.Table {
	w := &writer{Answer: a, currency: s.Currency}
	return w.Finance().Data
}

// writer writes the sections.
type writer struct {
	*Answer
	currency string
}

func left(head string) table.Column { return table.Column{Head: head} }

func right(head, unit string) table.Column {
	return table.Column{Head: head, Unit: unit, Align: table.Right}
}

// money is a column of money.
func (w *writer) money(head string) table.Column { return right(head, w.currency) }

// heads is a cell of heads.
func heads(x float64) table.Cell { return table.Num(format.Decimal(zero(x), 1), x) }

// zero is 0 for what would be written as -0.
func zero(x float64) float64 {
	if x > -0.05 && x < 0.05 {
		return 0
	}
	return x
}

// short is the first month that is short; false if none is.
func short(lines []headcount.Line) (int, bool) {
	for m := range lines {
		if lines[m].Gap() < -tolerance {
			return m, true
		}
	}
	return 0, false
}

// tolerance is a gap that is none but for rounding.
const tolerance = 1e-6

func sum(list []float64) (n float64) {
	for _, x := range list {
		n += x
	}
	return n
}

// month is how a month is written in a sentence.
func (w *writer) month(m int) string {
	d := w.Months[m].First
	return d.Month.String()[:3] + format.Thin + fmt.Sprint(d.Year)
}

// verdict says for each team which month is short, and what is to be done.
func (w *writer) verdict() string {
	var parts, enough []string
	for i := range w.Teams {
		t := &w.Teams[i]
		m, some := short(t.Bare)
		if !some {
			enough = append(enough, format.Clean(t.Name))
			continue
		}
		parts = append(parts, w.judge(t, m))
	}
	parts = append(parts, w.doubts()...)
	if len(enough) > 0 {
		verb := "has"
		if len(enough) > 1 {
			verb = "have"
		}
		parts = append(parts, fmt.Sprintf("%s %s the heads for each of the %d months without hiring.", format.Capital(format.List(enough)), verb, len(w.Months)))
	}
	return strings.Join(parts, " ")
}

// doubts are the months that are not as sure as was asked for.
func (w *writer) doubts() (out []string) {
	for i := range w.Teams {
		t := &w.Teams[i]
		if len(t.Doubtful) == 0 {
			continue
		}
		least := 1.
		var names []string
		for _, m := range t.Doubtful {
			least = min(least, 1-t.With[m].Short)
			names = append(names, w.month(m))
		}
		if len(names) > mostNamed {
			names = []string{fmt.Sprintf("%d months", len(names))}
		}
		out = append(out, fmt.Sprintf("Not as sure as was asked for: %s in %s, with a chance of %s at least and not of %s; larger classes, an earlier beginning or more time may help.",
			format.Clean(t.Name), format.List(names), format.Percent(math.Floor(least*100)/100), format.Percent(w.Sure)))
	}
	return out
}

// mostNamed is how many months are named in a sentence.
const mostNamed = 3

func (w *writer) judge(t *Team, m int) string {
	l := &t.Bare[m]
	text := fmt.Sprintf("If nobody is hired, %s falls short first in %s: it has %s heads and needs %s, %s too few.", format.Clean(t.Name), w.month(m),
		format.Decimal(l.Heads, 1), format.Decimal(l.Gross, 1), few(-l.Gap()))
	if !t.HasHiring {
		return text + " How people come is not said: write attrition and hiring for the team."
	}
	people := sum(t.Starts)
	if people == 0 {
		return text + w.late(t) + " Nobody who is asked for now comes in time."
	}
	first := 0
	for t.Starts[first] == 0 {
		first++
	}
	verb := "hires are needed"
	if people == 1 {
		verb = "hire is needed"
	}
	batch := "first"
	if n := t.Starts[first]; n > 1 {
		batch += " " + count(n)
	}
	text += fmt.Sprintf(" %s %s; ask for the %s by %s, to begin in %s", count(people), verb, batch, format.Date(w.Ask(t.Team, first).UTC(0)), w.month(first))
	if _, still := short(t.With); still {
		return text + "." + w.late(t)
	}
	return text + ". No month is then short."
}

// few writes how many heads are missing.
func few(x float64) string {
	if x < 0.05 {
		return "less than 0.1"
	}
	return format.Decimal(x, 1)
}

// late says which months nobody can fill any more.
func (w *writer) late(t *Team) string {
	n, worst := 0, 0
	var names []string
	for m := range t.With {
		if t.With[m].Gap() < -tolerance {
			if t.With[m].Gap() < t.With[worst].Gap() || n == 0 {
				worst = m
			}
			n++
			names = append(names, w.month(m))
		}
	}
	if n == 0 {
		return ""
	}
	if n > mostNamed {
		names = []string{fmt.Sprintf("%d months", n)}
	}
	verb := "stays"
	if n > 1 {
		verb = "stay"
	}
	return fmt.Sprintf(" %s %s short all the same, by %s heads at most: temps, overtime or a relaxed promise must bridge that.", format.List(names), verb, few(-t.With[worst].Gap()))
}

// count writes a number of people.
func count(x float64) string { return format.Count(x) }
