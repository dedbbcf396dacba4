package reports

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/table"
)

// Comparison writes the report of a comparison for a terminal: what was compared,
// a verdict, one table per group of measures, and all doubts as footnotes.
func Comparison(w io.Writer, c *outcome.Comparison, o Options) error {
	return compared(c).writeText(w, o)
}

// subject is a group of measures that share a table. A measure of an hour, a
// period or a queue is in the CSV file only: there are too many. What customers do is by channel.
type subject struct {
	title    string
	measures []string
}

var subjects = []subject{
	{"promises", []string{outcome.BreachRate, outcome.BreachRateAdjusted, outcome.Attainment, outcome.AttainmentAdjusted}},
	{"tickets", []string{outcome.AbandonRate, outcome.Wait, outcome.BacklogPeak, outcome.QueuePeak, outcome.Recovery, outcome.Open}},
	{"open at the start", []string{outcome.LateSinceStart, outcome.BacklogCleared, outcome.BacklogAnsweredAfter, outcome.BacklogMostlyAfter, outcome.BacklogClearedAfter}},
	{"customers", []string{outcome.FirstAbandonRate, outcome.LostRate, outcome.Chasers}},
	{"teams", []string{outcome.Occupancy, outcome.InBand, outcome.PaidHours, outcome.Overtime, outcome.Present, outcome.Calls, outcome.CalledHours}},
	{"money", []string{outcome.Cost, outcome.Credit, outcome.CreditAdjusted}},
}

// shows reports whether a row is in the table: measures as a whole and by the
// labels that its subject is about. Other slices are in the CSV file.
func (s *subject) shows(c *outcome.Comparison, row *outcome.ComparisonRow) bool {
	l := row.Labels
	if s.title == "customers" {
		return l == outcome.Labels{Channel: l.Channel}
	}
	if l.Period != "" || l.Hour != "" || l.Issue != "" || l.Channel != "" {
		return false
	}
	switch s.title {
	case "tickets":
		return l == outcome.Labels{Spike: l.Spike}
	case "teams", "money":
		// A total says it all where there is a single team.
		total, teams := teamRows(c, row.Name)
		return l.Team == "" || !total || teams > 1
	}
	return true
}

// teamRows reports whether a measure has a row for all teams, and counts those
// for single teams.
func teamRows(c *outcome.Comparison, name string) (total bool, teams int) {
	for i := range c.Rows {
		switch row := &c.Rows[i]; {
		case row.Name != name:
		case row.Labels == (outcome.Labels{}):
			total = true
		case row.Labels.Team != "":
			teams++
		}
	}
	return total, teams
}

// compared makes the document of a comparison.
func compared(c *outcome.Comparison) *document {
	d := &document{
		head: join("comparison with "+format.Clean(c.Base), format.Plural(c.Replications, "pair of replications", "pairs of replications"),
			fmt.Sprintf("seed %d", c.Seed), format.Percent(c.Level)+" intervals"),
		verdict: decide(c),
	}
	for _, s := range subjects {
		if t := comparisonTable(c, s); len(t.Rows) > 0 {
			d.tables = append(d.tables, t)
		}
	}
	d.doubts = append(d.doubts, reading(c))
	if how := drawn(c.Balance, c.Set); how != "" {
		d.doubts = append(d.doubts, how+betweenSets(c.Set))
	}
	for _, w := range c.Warnings {
		d.doubts = append(d.doubts, format.Clean(w.Text))
	}
	if note := unmoved(c); note != "" {
		d.doubts = append(d.doubts, note)
	}
	if note := leftOut(c); note != "" {
		d.doubts = append(d.doubts, note)
	}
	var born []string
	for i, name := range c.Scenarios {
		born = append(born, format.Clean(name)+" "+short(c.Digests[i]))
	}
	d.birth = join(append(born, fmt.Sprintf("seed %d", c.Seed))...)
	return d
}

// reading says how to read the tables.
func reading(c *outcome.Comparison) string {
	s := "Each replication is a pair: every scenario sees the same customers. " + format.Same +
		" is no difference that the replications can tell."
	if n := len(c.Scenarios) - 1; n > 1 {
		s += fmt.Sprintf(" With %d scenarios against the base, the intervals of differences and factors are at %s each, so that those of a measure hold together for all scenarios at %s (Bonferroni).",
			n, percentExactly(c.JointLevel), format.Percent(c.Level))
	}
	s += " Gain is the variance that the difference would have without pairing over the one that it has: how many times more replications the same precision would take."
	for i := range c.Rows {
		if c.Rows[i].Labels.Quantile != "" && c.Rows[i].Name == outcome.Credit {
			return s + " How far a P95 differs is told by drawing the pairs anew 1" + format.Thin + "999 times (bootstrap), how far a CVaR95 does by the pairs' parts in it."
		}
	}
	return s
}

// percentExactly writes a level such as 98.33 %.
func percentExactly(level float64) string {
	return format.Decimal(100*level, 2) + format.Thin + "%"
}

// leftOut lists what is not compared.
func leftOut(c *outcome.Comparison) string {
	if len(c.LeftOut) == 0 {
		return ""
	}
	const most = 6
	var parts []string
	for i := range c.LeftOut {
		if l := &c.LeftOut[i]; i < most {
			parts = append(parts, format.Clean(l.Describe())+" ("+format.Clean(l.Reason)+")")
		}
	}
	if more := len(c.LeftOut) - most; more > 0 {
		parts = append(parts, format.Plural(more, "more", "more"))
	}
	return "Not compared: " + strings.Join(parts, "; ") + "."
}

// comparisonTable is the table of a subject. Two scenarios stand side by side;
// more stand one below the other, since no terminal is wide enough.
func comparisonTable(c *outcome.Comparison, s subject) *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	wide := len(c.Scenarios) == 2
	t := &table.Table{Columns: []table.Column{{Head: s.title}}}
	if wide {
		t.Columns = append(t.Columns, right(format.Clean(c.Base)), right(format.Clean(c.Scenarios[1])))
	} else {
		t.Columns = append(t.Columns, right("value"))
	}
	t.Columns = append(t.Columns, right("difference"), right("factor"), right("gain"))
	for _, name := range s.measures {
		for i := range c.Rows {
			row := &c.Rows[i]
			if row.Name != name || !s.shows(c, row) || quiet(c, row) {
				continue
			}
			head := format.Clean(row.Describe())
			if row.Unit == outcome.UnitMoney && c.Currency != "" {
				head += ", " + format.Clean(c.Currency)
			}
			if wide {
				t.Add(append([]table.Cell{table.Text(head), value(c, row, 0)}, against(c, row, 1)...)...)
				continue
			}
			t.Add(table.Text(head))
			t.Add(table.Text(indent+c.Base), value(c, row, 0))
			for k := 1; k < len(c.Scenarios); k++ {
				t.Add(append([]table.Cell{table.Text(indent + c.Scenarios[k])}, against(c, row, k)...)...)
			}
		}
	}
	return t
}

// quiet reports whether a row is left out of the table of several scenarios, because none
// of them differs from the base beyond doubt. Money is always told of.
func quiet(c *outcome.Comparison, row *outcome.ComparisonRow) bool {
	if len(c.Scenarios) == 2 || row.Unit == outcome.UnitMoney {
		return false
	}
	return !differs(row)
}

// differs reports whether any scenario differs from the base beyond doubt.
func differs(row *outcome.ComparisonRow) bool {
	for _, d := range row.Differences {
		if text := format.Difference(d, row.Unit); text != format.Same && text != format.Missing {
			return true
		}
	}
	return false
}

// unmoved names the rows that are quiet.
func unmoved(c *outcome.Comparison) string {
	const most = 4
	var names []string
	n := 0
	for _, s := range subjects {
		for _, name := range s.measures {
			for i := range c.Rows {
				row := &c.Rows[i]
				if row.Name != name || !s.shows(c, row) || !quiet(c, row) {
					continue
				}
				if n++; n <= most {
					names = append(names, format.Clean(row.Describe()))
				}
			}
		}
	}
	if n == 0 {
		return ""
	}
	if n > most {
		names = append(names, format.Plural(n-most, "more", "more")+" in "+comparisonFile)
	}
	return "In no scenario different beyond doubt, and left out: " + strings.Join(names, "; ") + "."
}

// indent sets scenarios apart from the measure above them, in Markdown too.
const indent = "\u00a0\u00a0"

func value(c *outcome.Comparison, row *outcome.ComparisonRow, k int) table.Cell {
	e := row.Values[k]
	return table.Estimated(e, row.Unit, doubts(e, c.Replications)...)
}

// against are the cells of a scenario that is compared with the base.
func against(c *outcome.Comparison, row *outcome.ComparisonRow, k int) []table.Cell {
	d, q := row.Differences[k-1], row.Quotients[k-1]
	var notes []string // beyond those of the value
	if slices.Contains(d.Warnings, estimate.FewExceedances) && !slices.Contains(row.Values[k].Warnings, estimate.FewExceedances) {
		notes = append(notes, "Too few replications to bound this quantile from above: the interval of its difference tends to be too short.")
	}
	return []table.Cell{
		value(c, row, k),
		table.Num(format.Difference(d, row.Unit), d.Value, notes...),
		table.Num(factor(row, k), q.Value),
		table.Num(gain(d.VarianceRatio), 1/d.VarianceRatio),
	}
}

// factor is the quotient of a row, where there is a difference.
func factor(row *outcome.ComparisonRow, k int) string {
	if format.Difference(row.Differences[k-1], row.Unit) == format.Same {
		return format.Same
	}
	return format.Quotient(row.Quotients[k-1])
}

// gain is what the pairing is worth, in replications.
func gain(varianceRatio float64) string {
	if math.IsNaN(varianceRatio) || varianceRatio < 0 {
		return format.Missing
	}
	if varianceRatio < 0.001 {
		return ">1" + format.Thin + "000x"
	}
	g := 1 / varianceRatio
	if g < 10 {
		return format.Decimal(g, 1) + "x"
	}
	return format.Count(g) + "x"
}

// ComparisonPictures is the comparison as bars and as paired differences, of the measures
// that a decision hangs on, as many as there is room for, and what compliance costs.
func ComparisonPictures(c *outcome.Comparison) []Picture {
	named := *c
	named.Scenarios = besideBase(c.Scenarios)
	bars := chart.Bars{Scenarios: named.Scenarios}
	for _, row := range headlines(c) {
		g := chart.Group{Name: barName(c, row), Unit: row.Unit}
		for k, e := range row.Values {
			text := format.Estimate(e, row.Unit)
			if k > 0 {
				switch f := factor(row, k); f {
				case format.Same:
					text += "  (no difference)"
				case format.Missing:
				default:
					f, _, _ = strings.Cut(f, " ")
					text += "  (" + f + ")"
				}
			}
			g.Bars = append(g.Bars, chart.Bar{Value: e.Value, Low: e.Low, High: e.High, Text: text})
		}
		bars.Groups = append(bars.Groups, g)
	}
	title := "Comparison with " + format.Clean(c.Base)
	caption := "Bars: estimates with " + format.Percent(c.Level) + " intervals. In brackets: times the base; “no difference” means that the interval of the paired difference"
	if len(c.Scenarios) > 2 {
		caption += ", at " + percentExactly(c.JointLevel) + " for several scenarios at once,"
	}
	caption += " holds zero. Intervals of bars may overlap and the difference be beyond doubt all the same, because the pairs share their customers."
	bars.Text = chart.Text{Title: title, Subtitle: decide(&named), Caption: caption, Source: compared(c).birth}
	if len(c.Scenarios) > 3 {
		bars.Text.Subtitle = join(format.Plural(len(c.Scenarios)-1, "scenario", "scenarios")+" against "+format.Clean(c.Base),
			format.Plural(c.Replications, "pair of replications", "pairs of replications"))
	}
	for _, w := range c.Warnings {
		bars.Text.Notes = append(bars.Text.Notes, format.Clean(w.Text))
	}
	all := []Picture{{Name: "comparison", Title: title, Chart: bars}}
	text := func(title, caption string, _ outcome.Labels) chart.Text {
		t := bars.Text
		t.Title, t.Caption = title, caption
		return t
	}
	if p, ok := gallery.Differences(c, headlines(c), func(row *outcome.ComparisonRow) string { return barName(c, row) }, text); ok {
		all = append(all, p)
	}
	return append(all, gallery.ComparedFrontiers(c, costRow(c), text)...)
}

// besideBase are the names of scenarios with variants of the base by the variant alone: there
// is little room beside bars.
func besideBase(names []string) []string {
	file, _, _ := strings.Cut(names[0], "@")
	short := slices.Clone(names)
	for i, name := range names {
		if variant, ok := strings.CutPrefix(name, file+"@"); ok && i > 0 {
			short[i] = "@" + variant
		}
	}
	return short
}

// barName is the name of a measure in a picture: Breach rate of first reply, tier
// starter.
func barName(c *outcome.Comparison, row *outcome.ComparisonRow) string {
	name := map[string]string{
		outcome.Credit: "Credit, mean", outcome.QueuePeak: "Largest queue", outcome.BacklogPeak: "Largest backlog",
	}[row.Name]
	if name == "" {
		name = format.Capital(format.Words(row.Name))
	}
	l := row.Labels
	if l.Metric != "" {
		name += " of " + format.Words(l.Metric)
		l.Metric = ""
	}
	if l.Spike != "" {
		name += " after " + format.Clean(l.Spike)
		l.Spike = ""
	}
	if l.Contract != "" {
		name += ", " + format.Clean(l.Contract)
		l.Contract = ""
	}
	if rest := l.String(); rest != "" {
		name += ", " + strings.ReplaceAll(format.Clean(rest), "=", " ")
	}
	if row.Unit == outcome.UnitMoney && c.Currency != "" {
		name += ", " + format.Clean(c.Currency)
	}
	return name
}

// headlines chooses the rows for the picture: cost, the breach rate that changes most, a credit
// that changes, breach rates of all tickets per metric, other credits and the largest queue.
func headlines(c *outcome.Comparison) []*outcome.ComparisonRow {
	var rows []*outcome.ComparisonRow
	add := func(row *outcome.ComparisonRow) {
		if row == nil || len(rows) == chart.MostGroups {
			return
		}
		for _, other := range rows {
			if other == row {
				return
			}
		}
		rows = append(rows, row)
	}
	add(costRow(c))
	add(mostChanged(c))
	for i := range c.Rows {
		if row := &c.Rows[i]; row.Name == outcome.Credit && row.Labels == (outcome.Labels{Contract: row.Labels.Contract}) && differs(row) {
			add(row)
			break
		}
	}
	none := outcome.Labels{}
	for i := range c.Rows {
		if row := &c.Rows[i]; row.Name == outcome.BreachRate && row.Labels == (outcome.Labels{Metric: row.Labels.Metric}) {
			add(row)
		}
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		isCredit := row.Name == outcome.Credit && row.Labels == (outcome.Labels{Contract: row.Labels.Contract})
		if isCredit || row.Name == outcome.QueuePeak && row.Labels == none || row.Name == outcome.Recovery {
			add(row)
		}
	}
	return rows
}
