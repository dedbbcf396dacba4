// Package cover writes a coverage study on one page: what each way to cover a week takes in people and money, and what
// it keeps of the promises.
//
// The stance: every number of a coverage stands beside that of business hours, and every difference is paired.
package cover

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is a study as a document. The scenario is the one that the coverages were derived from, and tool the program.
func Document(x *coverage.Study, s *model.Scenario, tool string) *paper.Document {
	w := &writer{Study: x, currency: s.Currency, n: x.Comparison.Replications, away: abroad(s)}
	weeks := format.Decimal(x.Weeks, 1)
	d := &paper.Document{
		Title: "Which hours to cover? " + format.Clean(document.Titled(s.Title, s.Name)),
		Head: format.Join(format.Clean(s.Name), format.Plural(len(x.Plans), "coverage", "coverages")+" on the same customers", strings.TrimSuffix(weeks, ".0")+" weeks from "+format.Date(s.Time.Start.Add(s.Time.Warmup)),
			s.Time.Start.Location().String()),
		Verdict: w.verdict(),
		Birth: format.Join(tool, "scenario "+format.Short(s.Digest()), fmt.Sprintf("seed %d", x.Seed),
			format.Plural(w.n, "replication", "replications")),
	}
	d.Sections = append(d.Sections, w.seats(), w.costs(), w.promises(), w.waits())
	return d
}

type writer struct {
	*coverage.Study
	currency string // empty: nothing has a price, and hours stand for money
	n        int    // replications
	away     bool   // some team has a zone of its own
}

// abroad reports whether a team has a zone of its own.
func abroad(s *model.Scenario) bool {
	return slices.ContainsFunc(s.Teams, func(t staffing.Team) bool {
		return t.Zone != nil && t.Zone.String() != s.Time.Start.Location().String()
	})
}

// effort is what coverages are compared by: their cost, or the paid hours where nothing has a price.
func (w *writer) effort() (name string, totals [][]float64) {
	if w.currency == "" {
		return "paid hours", w.Paid
	}
	return "cost", w.Cost
}

func left(head string) table.Column { return table.Column{Head: head} }

func right(head, unit string) table.Column {
	return table.Column{Head: head, Unit: unit, Align: table.Right}
}

func (w *writer) cell(e estimate.Estimate, unit outcome.Unit) table.Cell {
	return table.Estimated(e, unit, document.Doubts(e, w.n)...)
}

func (w *writer) name(i int) string { return w.Plans[i].Kind.String() }

// number is a figure that is worked out, and not estimated.
func number(x float64, places int) table.Cell {
	text := format.Decimal(x, places)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return table.Num(text, x)
}

// seats is what a seat takes, and how many there are.
func (w *writer) seats() paper.Section {
	t := &table.Table{Columns: []table.Column{left("coverage"), left("hours"), right("hours a week", "h"), right("heads per seat", ""),
		right("with shrinkage", ""), right("at work by day", ""), right("fewest at other hours", ""), right("most then", ""), right("people paid", "")}}
	for i := range w.Plans {
		p := &w.Plans[i]
		t.Add(table.Text(w.name(i)), table.Text(w.hours(p)), number(p.Hours, 1), number(coverage.Heads(p.Hours, w.Options.Week, 0), 2),
			number(coverage.Heads(p.Hours, w.Options.Week, w.Shrinkage()), 2), number(p.Day, 1), number(p.Fewest, 1), number(p.Most, 1),
			number(w.Employed(i), 1))
	}
	words := []string{fmt.Sprintf(
		"Heads per seat: the hours of a week in which a seat is filled, over the %s hours that a person is paid for; with shrinkage, over those of them that are left after %s. "+
			"At work are heads on the payroll, at once. By day every coverage has the seats of the roster; %s. Shifts with dates of their own stay as they are. People paid: the paid hours of a week over %[1]s.",
		trimmed(w.Options.Week), format.Percent(w.Shrinkage()), w.nightRule())}
	if w.away {
		words = append(words, "Teams in zones of their own work these hours from where they are, with their own nights and weekends; where the sun is followed, by their own day.")
	}
	if w.Senseless != "" {
		words = append(words, "Left out, "+coverage.OnCallNights.String()+": "+w.Senseless+".")
	}
	return paper.Section{Name: "seats", Title: "What a seat takes", Table: t, Words: words}
}

func (w *writer) nightRule() string {
	if w.Options.Night > 0 {
		return "at other hours " + format.Percent(w.Options.Night) + " of them, in whole people"
	}
	return "at other hours as many as the tickets of those hours take by the same measure, in whole people, and one at least"
}

// hours says when somebody is at work.
func (w *writer) hours(p *coverage.Plan) string {
	o := &w.Options
	switch p.Kind {
	case coverage.BusinessHours:
		return o.Business.String()
	case coverage.ExtendedHours:
		return o.Extended.String()
	case coverage.FollowTheSun:
		return "days at home, in " + format.List(p.Sites)
	case coverage.OnCallNights:
		return o.Business.String() + "; " + format.Decimal(p.OnCall, 0) + " on call else"
	}
	return "always"
}

// costs is what a coverage costs.
func (w *writer) costs() paper.Section {
	money := func(head string) table.Column { return right(head, w.currency) }
	priced := w.currency != ""
	t := &table.Table{Columns: []table.Column{left("coverage"), right("paid hours a week", "h")}}
	if priced {
		t.Columns = append(t.Columns, money("cost a week"), right("times", ""), money("change"))
	} else {
		t.Columns = append(t.Columns, right("times", ""), right("change", "h"))
	}
	if priced && w.Promised {
		t.Columns = append(t.Columns, money("credits a week"), money("their change"))
	}
	_, effort := w.effort()
	unit := outcome.UnitMoney
	if !priced {
		unit = outcome.UnitHours
	}
	ones := w.weeks()
	for i := range w.Plans {
		row := []table.Cell{table.Text(w.name(i)), w.cell(w.Weekly(w.Paid, i), outcome.UnitHours)}
		if priced {
			row = append(row, w.cell(w.Weekly(w.Cost, i), outcome.UnitMoney))
		}
		if i == 0 {
			row = append(row, number(1, 0), table.Text(""))
		} else {
			row = append(row, w.times(i), document.Change(w.Change(effort, ones, i), unit, w.n))
		}
		if priced && w.Promised {
			row = append(row, w.cell(w.Weekly(w.Credits, i), outcome.UnitMoney))
			if i > 0 {
				row = append(row, document.Change(w.Change(w.Credits, ones, i), outcome.UnitMoney, w.n))
			}
		}
		t.Add(row...)
	}
	words := "Of staff, with premiums, overtime, standby and calls. Times and changes are against " + w.name(0) + ", on the same customers; " + format.Same + " is no difference that the replications can tell."
	if !priced {
		words = "The scenario does not say what people cost, so coverages are compared by their paid hours. Times and changes are against " + w.name(0) + "; " + format.Same + " is no difference that the replications can tell."
	}
	return paper.Section{Name: "cost", Title: "What it costs", Table: t, Words: []string{words}}
}

// weeks are the measured weeks, as denominators.
func (w *writer) weeks() [][]float64 {
	out := make([][]float64, len(w.Plans))
	for i := range out {
		out[i] = slices.Repeat([]float64{w.Weeks}, len(w.Cost[i]))
	}
	return out
}

// times is the cost ratio, or that of hours.
func (w *writer) times(i int) table.Cell {
	_, effort := w.effort()
	e := w.Times(effort, i)
	c := w.cell(e, outcome.UnitPerTicket)
	c.Text = format.Quotient(e)
	return c
}

// scopes are the rows of broken promises: of each metric in all, and by tier and priority where there are several.
func (w *writer) scopes() (rows []*outcome.ComparisonRow) {
	c := w.Comparison
	for i := range c.Rows {
		r := &c.Rows[i]
		l := outcome.Labels{Metric: r.Labels.Metric, Tier: r.Labels.Tier, Priority: r.Labels.Priority}
		if r.Name == outcome.BreachRate && r.Labels == l && !math.IsNaN(r.Values[0].Value) && !w.alone(r) {
			rows = append(rows, r)
		}
	}
	return rows
}

// alone reports whether a row is of the only tier or priority of its metric: it repeats that of the metric.
func (w *writer) alone(r *outcome.ComparisonRow) bool {
	l := r.Labels
	if l.Tier == "" && l.Priority == "" {
		return false
	}
	others := 0
	for i := range w.Comparison.Rows {
		o := &w.Comparison.Rows[i]
		if o.Name == r.Name && o.Labels.Metric == l.Metric && (o.Labels.Tier != "") == (l.Tier != "") && (o.Labels.Priority != "") == (l.Priority != "") &&
			o.Labels == (outcome.Labels{Metric: l.Metric, Tier: o.Labels.Tier, Priority: o.Labels.Priority}) && !math.IsNaN(o.Values[0].Value) {
			others++
		}
	}
	return others < 2
}

// scope is what a row is about.
func scope(l outcome.Labels) string {
	name := format.Words(l.Metric)
	for _, of := range []string{l.Tier, l.Priority} {
		if of != "" {
			name += ", " + format.Clean(of)
		}
	}
	return name
}

// promises is what is late under each coverage.
func (w *writer) promises() paper.Section {
	t := &table.Table{Columns: []table.Column{left("late")}}
	data := &table.Table{Columns: []table.Column{left("coverage"), left("metric"), left("tier"), left("priority"), right("late", "share"), right("change", "share")}}
	for i := range w.Plans {
		t.Columns = append(t.Columns, right(w.name(i), "share"))
	}
	var picture html.Differences
	for _, r := range w.scopes() {
		row := []table.Cell{table.Text(scope(r.Labels))}
		contrast := html.Contrast{Name: scope(r.Labels)}
		for i := range w.Plans {
			value, change := w.cell(r.Values[i], outcome.UnitShare), table.Text("")
			row = append(row, value)
			if i > 0 {
				change = document.Change(r.Differences[i-1], outcome.UnitShare, w.n)
				d := r.Differences[i-1]
				contrast.Rows = append(contrast.Rows, html.Change{Name: w.name(i), Value: 100 * d.Value, Low: 100 * d.Low, High: 100 * d.High, Text: format.Difference(d, outcome.UnitShare)})
			}
			data.Add(table.Text(w.name(i)), table.Text(r.Labels.Metric), table.Text(r.Labels.Tier), table.Text(r.Labels.Priority), value, change)
		}
		t.Add(row...)
		if len(picture.Groups) < mostGroups {
			picture.Groups = append(picture.Groups, contrast)
		}
	}
	picture.Title = "What each coverage changes in late promises, against " + w.name(0) + ", percentage points"
	picture.Caption = fmt.Sprintf("Paired on the same customers; the intervals hold together with %s confidence.", format.Percent(w.Comparison.Level))
	words := []string{"Shares of clocks that are late. Changes against " + w.name(0) + ", each with its interval, are in the picture of the page, in CSV and in JSON."}
	if w.Options.Follows {
		words = append(words, "Promises count in the hours that are covered: those of different coverages are different promises.")
	}
	return paper.Section{Name: "promises", Title: "What is kept of the promises", Table: t, Data: data, Words: words, Pictures: []html.Block{&picture}}
}

// mostGroups bounds the picture.
const mostGroups = 6

// waits is what customers wait for, by when they write.
func (w *writer) waits() paper.Section {
	t := &table.Table{Columns: []table.Column{left("coverage")}}
	for i := range w.Parts {
		t.Columns = append(t.Columns, right("answered "+w.Parts[i].Name+" after", "s"))
	}
	for i := range w.Parts {
		t.Columns = append(t.Columns, right("late "+w.Parts[i].Name, "share"))
	}
	for i := range w.Plans {
		row := []table.Cell{table.Text(w.name(i))}
		for k := range w.Parts {
			row = append(row, w.cell(w.Ratio(w.Parts[k].Waited, w.Parts[k].Tickets, i), outcome.UnitSeconds))
		}
		for k := range w.Parts {
			row = append(row, w.cell(w.Ratio(w.Parts[k].Late, w.Parts[k].Clocks, i), outcome.UnitShare))
		}
		t.Add(row...)
	}
	data := &table.Table{Columns: []table.Column{left("coverage"), left("written"), right("answered after", "s"), right("change of it", "s"), right("late", "share"), right("change", "share")}}
	for i := range w.Plans {
		for k := range w.Parts {
			p := &w.Parts[k]
			waited, late := table.Text(""), table.Text("")
			if i > 0 {
				waited = document.Change(w.Change(p.Waited, p.Tickets, i), outcome.UnitSeconds, w.n)
				late = document.Change(w.Change(p.Late, p.Clocks, i), outcome.UnitShare, w.n)
			}
			data.Add(table.Text(w.name(i)), table.Text(p.Name), w.cell(w.Ratio(p.Waited, p.Tickets, i), outcome.UnitSeconds), waited,
				w.cell(w.Ratio(p.Late, p.Clocks, i), outcome.UnitShare), late)
		}
	}
	return paper.Section{Name: "waits", Title: "Who waits, and when they have written", Table: t, Data: data, Words: []string{fmt.Sprintf(
		"Mean time on the wall from writing to the first answer, of all who write then; whoever leaves, or is still waiting at the end, counts with the time until then. "+
			"By day is %v at home, at night the rest of those days. Late: of promises of a first reply or answer.", w.Options.Business)}}
}
