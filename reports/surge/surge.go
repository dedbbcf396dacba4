// Package surge writes what can be done about a spike: what each measure costs and does, and the cheapest mix that keeps a
// target, with its proof.
//
// The stance: a measure is judged by all of its money (staff, its own price, credits) and against doing nothing, on the
// same customers; what it is assumed to cost stands beside it.
package surge

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is a study as a document; tool is the program.
func Document(x *peak.Study, tool string) *paper.Document {
	s := x.Plan.Scenario
	w := &writer{Study: x, currency: s.Currency, n: x.Nothing.N}
	first, last := x.Plan.Days()
	d := &paper.Document{
		Title: "What to do about " + format.Clean(x.Plan.Spike.Name) + "? " + format.Clean(document.Titled(s.Title, s.Name)),
		Head: format.Join(format.Clean(s.Name), fmt.Sprintf("%s of %sx", format.Clean(x.Plan.Spike.Name), trimmed(x.Plan.Spike.Factor)), stretch(first, last),
			s.Time.Start.Location().String()),
		Verdict: w.verdict(),
		Birth: format.Join(tool, "scenario "+format.Short(s.Digest()), fmt.Sprintf("seed %d", x.Search.Seed),
			format.Plural(w.n, "replication", "replications")+" of each plan"),
	}
	if x.Goal != nil {
		d.Sections = append(d.Sections, w.answer())
	}
	d.Sections = append(d.Sections, w.plans(), w.money(), w.assumptions())
	return d
}

type writer struct {
	*peak.Study
	currency string
	n        int
}

func left(head string) table.Column { return table.Column{Head: head} }

func right(head, unit string) table.Column {
	return table.Column{Head: head, Unit: unit, Align: table.Right}
}

// trimmed is a number without zeros at its end.
func trimmed(x float64) string {
	text := format.Decimal(x, 2)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func (w *writer) cell(e estimate.Estimate, unit outcome.Unit) table.Cell {
	return table.Estimated(e, unit, document.Doubts(e, w.n)...)
}

// row is a plan in the tables.
type row struct {
	name string
	*peak.Result
}

// rows are doing nothing, each measure alone, all together and the cheapest mix.
func (w *writer) rows() []row {
	out := []row{{"nothing", w.Nothing}}
	for _, x := range w.Singles {
		out = append(out, row{w.Plan.Words(x.Sizes), x})
	}
	if w.Together != nil {
		out = append(out, row{"all of these", w.Together})
	}
	if w.Cheapest != nil && w.Cheapest.Sizes.Used() > 0 {
		out = append(out, row{"the mix: " + w.Plan.Words(w.Cheapest.Sizes), w.Cheapest})
	}
	return out
}

// metric is whose promises are told.
func (w *writer) metric() string { return format.Words(w.Metric) }

// late is broken promises of those created in the spike, by the targets that hold for them.
func late(x *peak.Result) peak.Totals { return x.Spike }

// measured are the columns of a plan.
type measured struct {
	head, change string
	unit         outcome.Unit
	of           func(*peak.Result) peak.Totals
}

func (w *writer) measured() []measured {
	all := []measured{
		{"cost", "change", outcome.UnitMoney, func(x *peak.Result) peak.Totals { return peak.Mean(x.Cost) }},
		{"late in the spike", "change in it", outcome.UnitShare, late},
		{"late in all", "change in all", outcome.UnitShare, func(x *peak.Result) peak.Totals { return x.Late }},
	}
	if w.relaxes() {
		all = append(all, measured{"late by usual targets", "change by these", outcome.UnitShare, func(x *peak.Result) peak.Totals { return x.Usual }})
	}
	return append(all,
		measured{"recovered after", "change of that", outcome.UnitSeconds, func(x *peak.Result) peak.Totals { return x.Recovery }},
		measured{"most open", "change of these", outcome.UnitTickets, func(x *peak.Result) peak.Totals { return x.Backlog }})
}

// relaxes reports whether some plan makes promises longer.
func (w *writer) relaxes() bool { return w.Plan.Largest[peak.Relaxation] > 0 }

// unit is the name of a unit at the head of a column.
func (w *writer) unit(u outcome.Unit) string { return table.UnitName(u, w.currency) }

// plans is what each plan comes to.
func (w *writer) plans() paper.Section {
	columns := w.measured()
	full := &table.Table{Columns: []table.Column{left("what is done")}}
	shown := &table.Table{Columns: []table.Column{left("what is done"), right("change of cost", w.currency)}}
	pictures := map[string]*html.Differences{}
	var drawn []html.Block
	for i, c := range columns {
		full.Columns = append(full.Columns, right(c.head, w.unit(c.unit)), right(c.change, w.unit(c.unit)))
		if i > 0 {
			shown.Columns = append(shown.Columns, right(c.head, w.unit(c.unit)))
		}
		// Several pictures, each of which fits a sheet of paper.
		about := topic(c.unit)
		if pictures[about] == nil {
			pictures[about] = &html.Differences{
				Title:   "What each measure changes in " + about + ", against doing nothing",
				Caption: fmt.Sprintf("Paired on the same customers; the intervals of a group hold together with %s confidence. Times in hours, shares in percentage points.", format.Percent(w.Level)),
			}
			drawn = append(drawn, pictures[about])
		}
		pictures[about].Groups = append(pictures[about].Groups, html.Contrast{Name: w.contrast(&c)})
	}
	for i, r := range w.rows() {
		cells, short := []table.Cell{table.Text(r.name)}, []table.Cell{table.Text(r.name)}
		for k, c := range columns {
			value, change := w.value(&c, r.Result), table.Text("")
			if i > 0 {
				d := c.of(r.Result).Against(c.of(w.Nothing), w.Nothing.Set, w.JointLevel())
				change = document.Change(d, c.unit, w.n)
				group := group(pictures[topic(c.unit)], w.contrast(&c))
				group.Rows = append(group.Rows, html.Change{Name: r.name, Value: scale(c.unit) * d.Value, Low: scale(c.unit) * d.Low, High: scale(c.unit) * d.High, Text: format.Difference(d, c.unit)})
			}
			cells = append(cells, value, change)
			if k == 0 {
				short = append(short, change)
			} else {
				short = append(short, value)
			}
		}
		full.Add(cells...)
		shown.Add(short...)
	}
	words := []string{fmt.Sprintf("Of the whole measured time. Late are promises of %s; in the spike those of tickets that were created on its days. Recovered: after the end of the spike, when the queue is back at what it was. "+
		"Changes are against doing nothing, paired on the same customers; %s is no difference that the replications can tell. Those of times and shares are in the picture of the page, in CSV and in JSON.", w.metric(), format.Same)}
	if w.relaxes() {
		words = append(words, "Longer promises are broken less often by what they say: late by usual targets tells what customers see.")
	}
	return paper.Section{Name: "plans", Title: "What each measure comes to", Words: words, Table: shown, Data: full, Pictures: drawn}
}

// topic is what a unit tells of.
func topic(u outcome.Unit) string {
	switch u {
	case outcome.UnitMoney:
		return "cost"
	case outcome.UnitShare:
		return "what is late"
	}
	return "the queue"
}

// group is a part of a picture.
func group(d *html.Differences, name string) *html.Contrast {
	i := slices.IndexFunc(d.Groups, func(c html.Contrast) bool { return c.Name == name })
	return &d.Groups[i]
}

// scale is what a value is multiplied by to be drawn.
func scale(u outcome.Unit) float64 {
	switch u {
	case outcome.UnitShare:
		return 100
	case outcome.UnitSeconds:
		return 1.0 / 3600
	}
	return 1
}

func (w *writer) contrast(c *measured) string {
	switch c.unit {
	case outcome.UnitMoney:
		return format.Capital(c.head) + ", " + format.Clean(w.currency)
	case outcome.UnitTickets:
		return format.Capital(c.head) + ", tickets"
	}
	return format.Capital(c.head)
}

// value is a measured value of a plan, with its doubts.
func (w *writer) value(c *measured, x *peak.Result) table.Cell {
	cell := w.cell(c.of(x).Estimate(x.Set, w.Level), c.unit)
	if c.unit == outcome.UnitSeconds {
		if e := x.Unrecovered.Estimate(x.Set, w.Level); e.Value > 0 {
			cell.Notes = append(cell.Notes, "Some replications had not recovered by the end: they count with the time until then.")
		}
	}
	return cell
}

// money is what the cost of a plan is made of.
func (w *writer) money() paper.Section {
	t := &table.Table{Columns: []table.Column{left("what is done"), right("staff", w.currency), right("measures", w.currency), right("credits", w.currency), right("all", w.currency)}}
	for _, r := range w.rows() {
		cells := []table.Cell{table.Text(r.name)}
		for _, xs := range [][]float64{r.Staff, r.Measures, r.Credits, r.Cost} {
			cells = append(cells, w.cell(peak.Mean(xs).Estimate(r.Set, w.Level), outcome.UnitMoney))
		}
		t.Add(cells...)
	}
	return paper.Section{Name: "money", Title: "What the cost is made of", Table: t, Words: []string{
		"Staff: all paid hours with premiums, of temps and in overtime too. Measures: contacts of the bot, training, goodwill. Credits: what contracts pay back."}}
}

// answer is the cheapest mix and its proof.
func (w *writer) answer() paper.Section {
	f := &w.Search
	words := []string{fmt.Sprintf("Of %s, from the cheapest roster on, %s were tried on common random numbers (seed %d); the rosters of the others alone cost more than a mix that keeps the target. %d of those tried miss it%s. %s in all.",
		format.Plural(f.Mixes, "mix", "mixes"), format.Count(float64(f.Tried)), f.Seed, f.Missed, undecided(f.Undecided), format.Capital(format.Plural(f.Trials, "trial", "trials")))}
	if w.Proof.N > 0 {
		words = append(words, fmt.Sprintf("Proof: %s on fresh random numbers (seed %d), of which the search knew nothing: %s is %s, with an interval of %s that is %s the bound.",
			format.Plural(w.Proof.N, "replication", "replications"), w.Proof.Seed, format.Clean(w.Goal.Measure), format.Estimate(w.Proof.Estimate, w.Goal.Unit), format.Percent(round(w.Proof.Level)), side(w.Cheapest != nil)))
	}
	for _, x := range w.Proof.Refused {
		words = append(words, fmt.Sprintf("Refused: %s kept the target in the search, and did not on fresh random numbers (%s).", w.Plan.Words(x.Sizes), format.Estimate(x.Estimate, w.Goal.Unit)))
	}
	return paper.Section{Name: "answer", Title: "The cheapest mix that keeps " + format.Clean(w.Goal.Text), Words: words}
}

func undecided(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and of %d it cannot be told", n)
}

func side(proven bool) string {
	if proven {
		return "wholly on the right side of"
	}
	return "not wholly on the right side of"
}

func round(p float64) float64 { return math.Round(p*1000) / 1000 }

// verdict says which mix it is, and what doing nothing comes to.
func (w *writer) verdict() string {
	nothing := fmt.Sprintf("Doing nothing, %s of %s in the spike are late", percent(late(w.Nothing).Estimate(w.Nothing.Set, w.Level).Value), w.metric())
	if e := w.Nothing.Recovery.Estimate(w.Nothing.Set, w.Level); !math.IsNaN(e.Value) {
		nothing += ", and the queue is back after " + format.Seconds(e.Value)
	}
	nothing += "."
	switch {
	case w.Goal == nil:
		return nothing + " " + w.best()
	case w.Cheapest == nil:
		return fmt.Sprintf("No mix is proven to keep %s. %s", format.Clean(w.Goal.Text), nothing)
	case w.Cheapest.Sizes.Used() == 0:
		return fmt.Sprintf("Doing nothing is the cheapest that keeps %s: proven on fresh random numbers, %s.", format.Clean(w.Goal.Text), format.Estimate(w.Proof.Estimate, w.Goal.Unit))
	}
	d := peak.Mean(w.Cheapest.Cost).Against(peak.Mean(w.Nothing.Cost), w.Nothing.Set, w.JointLevel())
	change := "for " + format.Difference(d, outcome.UnitMoney) + format.Thin + format.Clean(w.currency) + " against doing nothing"
	if d.Low <= 0 && d.High >= 0 {
		change = "for no more than doing nothing, as far as can be told"
	}
	return fmt.Sprintf("The cheapest mix that keeps %s: %s, %s. Proven on fresh random numbers: %s. %s", format.Clean(w.Goal.Text), w.Plan.Words(w.Cheapest.Sizes), change,
		format.Estimate(w.Proof.Estimate, w.Goal.Unit), nothing)
}

// best names the single measure that leaves the least late, where it is told apart from doing nothing.
func (w *writer) best() string {
	var best *peak.Result
	value := func(x *peak.Result) float64 { return late(x).Estimate(x.Set, w.Level).Value }
	for _, x := range w.Singles {
		if d := late(x).Against(late(w.Nothing), w.Nothing.Set, w.JointLevel()); d.High < 0 && (best == nil || value(x) < value(best)) {
			best = x
		}
	}
	if best == nil {
		return "No single measure changes that beyond chance."
	}
	return fmt.Sprintf("Of single measures, %s leaves the fewest late: %s.", w.Plan.Words(best.Sizes), percent(value(best)))
}

func percent(x float64) string { return format.Decimal(100*x, 1) + format.Thin + "%" }
