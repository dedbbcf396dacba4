package comparison

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
)

// Pictures is the comparison as bars and as paired differences, of the measures
// that a decision hangs on, as many as there is room for, and what compliance costs.
func Pictures(c *outcome.Comparison) []gallery.Picture {
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
	bars.Text = chart.Text{Title: title, Subtitle: decide(&named), Caption: caption, Source: compared(c).Birth}
	if len(c.Scenarios) > 3 {
		bars.Text.Subtitle = format.Join(format.Plural(len(c.Scenarios)-1, "scenario", "scenarios")+" against "+format.Clean(c.Base),
			format.Plural(c.Replications, "pair of replications", "pairs of replications"))
	}
	for _, w := range c.Warnings {
		bars.Text.Notes = append(bars.Text.Notes, format.Clean(w.Text))
	}
	all := []gallery.Picture{{Name: "comparison", Title: title, Chart: bars}}
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
