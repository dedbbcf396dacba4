package roster

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	plan "github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Pictures are the charts of a proposal for files: coverage of each requirement, and the frontier of cost
// against attainment.
func Pictures(p *plan.Proposal) (all []gallery.Picture) {
	w := &writer{p}
	for i := range p.Cover {
		name := "coverage"
		if len(p.Cover) > 1 {
			name = fmt.Sprintf("coverage-%d", i+1)
		}
		all = append(all, gallery.Picture{Name: name, Title: w.covered(i), Chart: w.timeline(i)})
	}
	if f, ok := w.plans(); ok {
		all = append(all, gallery.Picture{Name: "frontier", Title: f.Text.Title, Chart: f})
	}
	return all
}

// text is what a picture says about itself.
func (w *writer) text(title, caption string) chart.Text {
	t := chart.Text{Title: title, Subtitle: format.Clean(document.Titled(w.Scenario.Title, w.Scenario.Name)), Caption: caption,
		Source: format.Join(format.Clean(w.Tool), "scenario "+format.Short(w.Scenario.Digest), fmt.Sprintf("proof seed %d", w.Proof.Seed), format.Plural(w.Proof.Replications, "replication", "replications"))}
	if !w.Kept {
		t.Notes = []string{"No proof confirms this roster: it is not to be staffed."}
	}
	return t
}

// covered is the title of a coverage chart.
func (w *writer) covered(i int) string {
	title := "Heads on the roster against those required"
	if len(w.Cover) > 1 {
		title += ": " + format.Clean(w.Cover[i].Name)
	}
	return title
}

// begin is when the first interval of the coverage begins: of a weekly roster a Monday of the measured time.
func (w *writer) begin() time.Time {
	at := w.local(0)
	if !w.Weekly {
		return at
	}
	at = w.local(w.Scenario.Warmup)
	y, m, d := at.Date()
	return time.Date(y, m, d+(8-int(at.Weekday()))%7, 0, 0, 0, 0, at.Location())
}

// caption says what the lines of a coverage chart are.
func (w *writer) caption(c *plan.Requirement) string {
	text := "Required: the net heads of which the search has made the roster. On the roster: net of shrinkage and breaks, fractions included. At work and busy: as simulated"
	if w.Weekly {
		text += ", the mean of all weeks"
	}
	text += "."
	if len(c.Teams) > 1 {
		text += " All of " + format.List(cleaned(c.Teams)) + ", who also serve others where they have more skills."
	}
	return text
}

func cleaned(names []string) (list []string) {
	for _, n := range names {
		list = append(list, format.Clean(n))
	}
	return list
}

// occupancy is the busy share of those at work, where anybody is.
func occupancy(c *plan.Requirement) []outcome.Float {
	share := make([]outcome.Float, len(c.Present))
	for k := range share {
		share[k] = outcome.Float(math.NaN())
		if c.Present[k] > 1e-6 {
			share[k] = outcome.Float(min(1, c.Busy[k]/c.Present[k]))
		}
	}
	return share
}

func floats(list []float64) []outcome.Float {
	out := make([]outcome.Float, len(list))
	for i, x := range list {
		out[i] = outcome.Float(x)
	}
	return out
}

// timeline is coverage as a chart: heads above, occupancy below.
func (w *writer) timeline(i int) chart.Timeline {
	c := &w.Cover[i]
	t := chart.Timeline{
		Text: w.text(w.covered(i), w.caption(c)+" Shaded above: fewer than required; below: the occupancy wished for."), Start: w.begin(), Interval: w.Scenario.Interval,
		Panels: []chart.Panel{
			{Name: "Heads", Unit: outcome.UnitHeads, Short: "shortage", Lines: []chart.Line{
				{Name: "required", Ink: chart.Vermilion, Values: floats(c.Required), Steps: true},
				{Name: "on the roster", Ink: chart.Slate, Values: floats(c.Scheduled), Steps: true},
				{Name: "busy, simulated", Ink: chart.Blue, Values: floats(c.Busy), Steps: true},
			}},
			{Name: "Occupancy, simulated", Unit: outcome.UnitShare, AtLeast: 1, Lines: []chart.Line{{Ink: chart.Blue, Values: occupancy(c), Steps: true}}},
		},
	}
	if b := w.Wish.Band; b[1] > b[0] {
		t.Panels[1].Goal = chart.Range{Name: "wished for", Low: b[0], High: b[1]}
	}
	if !w.Weekly {
		t.Warmup = w.Scenario.Warmup
	}
	return t
}

// cover is what was required, staffed and simulated.
func (w *writer) cover() paper.Section {
	t := &table.Table{Columns: []table.Column{left("work"), left("teams"), right("required at the peak", "heads"), left("at"), right("on the roster then", "heads"),
		right("head-hours required", "h"), right("on the roster", "h"), right("missing", "h")}}
	data := &table.Table{Columns: []table.Column{left("work"), left("weekday"), left("start"), right("offered", "heads"), right("required", "heads"),
		right("scheduled", "heads"), right("present", "heads"), right("busy", "heads")}}
	s := paper.Section{Name: "coverage", Title: "Are there people enough?", Table: t, Data: data}
	begin, hours := w.begin(), w.Scenario.Interval.Hours()
	for i := range w.Cover {
		c := &w.Cover[i]
		s.Pictures = append(s.Pictures, w.lines(i), w.busy(i))
		peak, required, scheduled, missing := 0, 0., 0., 0.
		for k := range c.Required {
			if c.Required[k] > c.Required[peak] {
				peak = k
			}
			required, scheduled = required+c.Required[k]*hours, scheduled+c.Scheduled[k]*hours
			missing += max(0, c.Required[k]-c.Scheduled[k]) * hours
			at := begin.Add(time.Duration(k) * w.Scenario.Interval)
			start := at.Format("2006-01-02 15:04")
			if w.Weekly {
				start = at.Format("15:04")
			}
			row := []table.Cell{table.Text(format.Clean(c.Name)), table.Text(at.Weekday().String()), table.Text(start)}
			for _, list := range [][]float64{c.Offered, c.Required, c.Scheduled, c.Present, c.Busy} {
				row = append(row, table.Num(format.Decimal(list[k], 2), list[k]))
			}
			data.Add(row...)
		}
		if len(c.Required) == 0 {
			continue
		}
		at := begin.Add(time.Duration(peak) * w.Scenario.Interval)
		when := at.Format("Mon 15:04")
		if !w.Weekly {
			when = format.Moment(at)
		}
		one := func(x float64) table.Cell { return table.Num(format.Decimal(x, 1), x) }
		t.Add(table.Text(format.Clean(c.Name)), table.Text(format.List(cleaned(c.Teams))), one(c.Required[peak]), table.Text(when), one(c.Scheduled[peak]),
			table.Num(format.Decimal(required, 0), required), table.Num(format.Decimal(scheduled, 0), scheduled), one(missing))
	}
	return s
}

// lines is the coverage of a requirement on a page.
func (w *writer) lines(i int) *html.Timeline {
	c := &w.Cover[i]
	t := &html.Timeline{
		Title: w.covered(i), Caption: w.caption(c), Start: w.begin(), Interval: w.Scenario.Interval, Unit: outcome.UnitHeads,
		Lines: []html.Line{
			{Name: "required", Values: floats(c.Required), Steps: true}, {Name: "on the roster", Values: floats(c.Scheduled), Steps: true},
			{Name: "at work, simulated", Values: floats(c.Present), Steps: true}, {Name: "busy, simulated", Values: floats(c.Busy), Steps: true},
		},
	}
	if !w.Weekly {
		t.Warmup = w.Scenario.Warmup
	}
	return t
}

// busy is the occupancy of those who serve a requirement on a page.
func (w *writer) busy(i int) *html.Timeline {
	title := "Occupancy, simulated"
	if len(w.Cover) > 1 {
		title += ": " + format.Clean(w.Cover[i].Name)
	}
	t := &html.Timeline{
		Title: title, Caption: "Busy share of those at work.", Start: w.begin(), Interval: w.Scenario.Interval, Unit: outcome.UnitShare, AtLeast: 1,
		Lines: []html.Line{{Name: "occupancy", Values: occupancy(&w.Cover[i]), Steps: true}},
	}
	if b := w.Wish.Band; b[1] > b[0] {
		t.Goal = html.Range{Name: "wished for", Low: b[0], High: b[1]}
	}
	if !w.Weekly {
		t.Warmup = w.Scenario.Warmup
	}
	return t
}

// gain is a value of a target as a share of which more is better, with its name; false if it is no share.
func gain(t *plan.Target, x estimate.Estimate) (estimate.Estimate, string, bool) {
	if t.Unit != outcome.UnitShare {
		return x, "", false
	}
	if t.Relation == outcome.AtLeast || t.Relation == outcome.Above {
		return x, format.Clean(t.Measure), true
	}
	x.Value, x.Low, x.High = 1-x.Value, 1-x.High, 1-x.Low
	return x, "1 − " + format.Clean(t.Measure), true
}

// hardest is the target of the frontier: of those that are shares the one of which one is least sure; -1 for none.
func (w *writer) hardest() int {
	best := -1
	for i := range w.Targets {
		if _, _, ok := gain(&w.Targets[i], estimate.Estimate{}); ok && (best < 0 || w.Targets[i].Sure < w.Targets[best].Sure) {
			best = i
		}
	}
	return best
}

// offer is a roster on the frontier.
type offer struct {
	name string
	cost float64
	gain estimate.Estimate
	role chart.Role
}

// offers are the rosters that were simulated: those of the search, the chosen one, and those that it is compared with.
func (w *writer) offers() (target *plan.Target, name string, list []offer) {
	k := w.hardest()
	if k < 0 {
		return nil, "", nil
	}
	target = &w.Targets[k]
	add := func(o offer) {
		var ok bool
		if o.gain, name, ok = gain(target, o.gain); ok && o.cost > 0 && !math.IsNaN(o.gain.Value) {
			list = append(list, o)
		}
	}
	none := math.NaN()
	for i := range w.Search {
		if s := &w.Search[i]; k < len(s.Values) && !s.Chosen {
			add(offer{cost: s.Cost, gain: estimate.Estimate{Value: s.Values[k], Low: none, High: none}})
		}
	}
	for i := range w.Baselines {
		if b := &w.Baselines[i]; b.Scale > 0 && k < len(b.Values) {
			add(offer{name: b.Name, cost: b.Cost, gain: b.Values[k], role: chart.Reference})
		}
	}
	add(offer{name: "the own shifts", cost: w.Bill.Own, gain: target.Before, role: chart.Reference})
	add(offer{name: "the roster", cost: w.Bill.Planned, gain: target.Value, role: chart.Chosen})
	return target, name, list
}

// bound is what the target of the frontier asks for, as a gain.
func bound(t *plan.Target) float64 {
	e, _, _ := gain(t, estimate.Estimate{Value: t.Bound})
	return e.Value
}

const frontierCaption = "Cost: pay of the planned shifts. Rosters of the search were simulated on the search's own random numbers, without an interval; " +
	"those that are named on the random numbers of the proof."

// plans is the frontier of cost against attainment.
func (w *writer) plans() (f chart.Frontier, ok bool) {
	target, name, list := w.offers()
	if len(list) == 0 {
		return f, false
	}
	f = chart.Frontier{
		Text: w.text("What attainment costs: "+format.Clean(target.Measure), frontierCaption+" Bars: 95"+format.Thin+"% intervals."),
		Cost: format.InUnit("cost a week", w.Scenario.Currency), Gain: name, Bound: chart.Bound{Name: "target: " + format.Percent(bound(target)), Value: bound(target)},
	}
	for _, o := range list {
		f.Spots = append(f.Spots, chart.Spot{Name: o.name, Cost: o.cost, CostLow: math.NaN(), CostHigh: math.NaN(), Gain: o.gain.Value, GainLow: o.gain.Low, GainHigh: o.gain.High, Role: o.role})
	}
	return f, true
}

// frontier is the same on a page, whose axes begin at 0: it has the measure of the target as it is.
func (w *writer) frontier() []html.Block {
	target, _, list := w.offers()
	if len(list) < 2 {
		return nil
	}
	c := &html.Curves{
		Title: "What attainment costs: " + format.Clean(target.Measure), Caption: frontierCaption,
		X: html.Axis{Name: format.InUnit("Cost a week", w.Scenario.Currency)}, Y: html.Axis{Name: format.Clean(target.Measure), Unit: "%"},
		Bound: &html.Mark{At: 100 * target.Bound, Name: "target: " + relations[target.Relation] + " " + format.Percent(target.Bound)},
	}
	at := map[string]int{}
	for _, o := range list {
		title := o.name
		if title == "" {
			title = "rosters of the search"
		}
		k, ok := at[title]
		if !ok {
			k = len(c.Curves)
			at[title] = k
			c.Curves = append(c.Curves, html.Curve{Name: title, Loose: true})
		}
		o.gain, _, _ = gain(target, o.gain) // back: it is its own inverse
		text := format.Estimate(o.gain, outcome.UnitShare)
		if math.IsNaN(o.gain.Low) {
			text = format.Percent(o.gain.Value)
		}
		c.Curves[k].Points = append(c.Curves[k].Points, html.Point{X: o.cost, Y: 100 * o.gain.Value, Low: 100 * o.gain.Low, High: 100 * o.gain.High,
			XText: format.Money(o.cost, w.Scenario.Currency), Text: text})
	}
	for i := range c.Curves {
		slices.SortStableFunc(c.Curves[i].Points, func(a, b html.Point) int { return cmp.Compare(a.X, b.X) })
		c.Curves[i].Points = slices.CompactFunc(c.Curves[i].Points, func(a, b html.Point) bool { return a.X == b.X })
	}
	return []html.Block{c}
}
