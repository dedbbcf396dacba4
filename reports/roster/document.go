// Package roster writes a proposed roster: what it costs, what it keeps and how sure that is, who
// works when, and what staffing by formula would have cost; as a document, as pictures, as CSV and
// as a calendar.
//
// The stance: whoever signs a roster asks first what it costs and whether it holds, so that is the
// first sentence; and what no simulation has confirmed is said to be no roster.
package roster

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	plan "github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is a proposal as a document.
func Document(p *plan.Proposal) *paper.Document {
	w := &writer{p}
	every := "a roster for each day"
	if p.Weekly {
		every = "the same roster each week"
	}
	in := "money per week, in " + format.Clean(p.Scenario.Currency)
	if p.Scenario.Currency == plan.PaidHours {
		in = "no team has a price: costs are paid hours per week"
	}
	d := &paper.Document{
		Title: "How many people, on which shifts? " + format.Clean(document.Titled(p.Scenario.Title, p.Scenario.Name)),
		Head: format.Join(format.Clean(p.Scenario.Name), format.Between(p.Scenario.Start, p.Scenario.Start.Add(p.Scenario.Length)), format.Clean(p.Scenario.Zone),
			every, in),
		Verdict: w.verdict(),
		Birth: format.Join(format.Clean(p.Tool), "scenario "+format.Short(p.Scenario.Digest), fmt.Sprintf("proof seed %d", p.Proof.Seed),
			format.Plural(p.Proof.Replications, "replication", "replications")),
	}
	d.Sections = append(d.Sections, w.targets())
	if len(p.Shifts) > 0 {
		d.Sections = append(d.Sections, w.roster())
	}
	d.Sections = append(d.Sections, w.money(), w.heads())
	if slices.ContainsFunc(p.Teams, func(c plan.Crew) bool { return c.People > 0 }) {
		d.Sections = append(d.Sections, w.tours())
	}
	if len(p.Cover) > 0 {
		d.Sections = append(d.Sections, w.cover())
	}
	if len(p.Baselines) > 0 {
		d.Sections = append(d.Sections, w.baselines())
	}
	d.Sections = append(d.Sections, w.search())
	return d
}

// writer writes the sections of a proposal.
type writer struct{ *plan.Proposal }

// cash is a column of money.
func (w *writer) cash(head string) table.Column {
	return table.Column{Head: head, Unit: w.Scenario.Currency, Align: table.Right}
}

func left(head string) table.Column { return table.Column{Head: head} }

func right(head, unit string) table.Column {
	return table.Column{Head: head, Unit: unit, Align: table.Right}
}

// amount is money in a column that says its currency.
func amount(x float64) table.Cell { return table.Num(format.Money(x, ""), x) }

// count is a whole number, and nothing where it is 0.
func count(n int) table.Cell {
	if n == 0 {
		return table.Cell{Text: "·", Number: 0}
	}
	return table.Num(format.Count(float64(n)), float64(n))
}

// shifts is how many shifts of a person are staffed, in a week or, of a roster by day, in all.
func (w *writer) shifts() (n int) {
	for i := range w.Teams {
		n += w.Teams[i].Shifts
	}
	return n
}

// people is how many people share the shifts; 0 where those of a team have no days off assigned.
func (w *writer) people() (n int) {
	for i := range w.Teams {
		if w.Teams[i].People == 0 && w.Teams[i].Shifts > 0 {
			return 0
		}
		n += w.Teams[i].People
	}
	return n
}

var relations = map[outcome.Relation]string{outcome.Below: "<", outcome.AtMost: "≤", outcome.Above: ">", outcome.AtLeast: "≥"}

// aim is a target in words.
func (w *writer) aim(t *plan.Target) string {
	bound := format.Value(t.Bound, t.Unit)
	if t.Unit == outcome.UnitMoney {
		bound = format.Money(t.Bound, w.Scenario.Currency)
	}
	return format.Clean(t.Measure) + " " + relations[t.Relation] + " " + bound
}

// confidence is a probability that is never written as certain.
func confidence(p float64) string {
	switch {
	case p > 0.999:
		return "more than 99.9" + format.Thin + "%"
	case p >= 0.99:
		return format.Decimal(math.Floor(1000*p)/10, 1) + format.Thin + "%"
	default:
		return format.Decimal(math.Floor(100*p), 0) + format.Thin + "%"
	}
}

// least is the target of which one is least sure.
func (w *writer) least() *plan.Target {
	var least *plan.Target
	for i := range w.Targets {
		if t := &w.Targets[i]; least == nil || t.Sure < least.Sure {
			least = t
		}
	}
	return least
}

// verdict is the answer.
func (w *writer) verdict() string {
	cost := format.Money(w.Bill.Planned, w.Scenario.Currency)
	staff := format.Plural(w.shifts(), "shift", "shifts")
	if n := w.people(); n > 0 {
		staff = format.Plural(n, "person", "people") + " on " + staff
	} else if !w.Weekly {
		staff += " from " + w.first() + " to " + w.last()
	}
	t := w.least()
	switch {
	case t == nil:
		return fmt.Sprintf("%s a week cost %s. Nothing was to be kept.", format.Capital(staff), cost)
	case !w.Kept && w.Wish.Budget > 0:
		return fmt.Sprintf("No roster was found for a budget of %s a week. The cheapest that was, %s, costs %s: do not staff it.",
			format.Money(w.Wish.Budget, w.Scenario.Currency), staff, cost)
	case !w.Kept:
		return fmt.Sprintf("No roster was confirmed. What came nearest, %s, %s a week, has %s at %s where %s was asked for: do not staff it.",
			staff, cost, format.Clean(t.Measure), format.Value(t.Value.Value, t.Unit), w.aim(t))
	}
	kept := w.aim(t)
	switch n := len(w.Targets); {
	case n == 2:
		kept = "both targets"
	case n > 2:
		kept = fmt.Sprintf("all %d targets", n)
	}
	text := fmt.Sprintf("%s, %s a week, keep %s with %s confidence", format.Capital(staff), cost, kept, confidence(t.Sure))
	if w.Wish.Budget > 0 {
		text = fmt.Sprintf("For %s a week, of a budget of %s, %s bring %s to %s", cost, format.Money(w.Wish.Budget, w.Scenario.Currency), staff,
			format.Clean(t.Measure), format.Value(t.Value.Value, t.Unit))
	}
	return text + w.own() + "." + w.dearest()
}

func (w *writer) first() string { return w.Days[0].Date }
func (w *writer) last() string  { return w.Days[len(w.Days)-1].Date }

// own says what the scenario's own roster costs beside it.
func (w *writer) own() string {
	if !(w.Bill.Own > 0) || !(w.Bill.Planned > 0) {
		return ""
	}
	change := w.Bill.Planned/w.Bill.Own - 1
	who := "; the scenario's own shifts cost " + format.Money(w.Bill.Own, w.Scenario.Currency)
	switch {
	case math.Abs(change) < 0.0005:
		return who + " as well"
	case change < 0:
		return who + ", so it saves " + format.Percent(-change)
	}
	return who + ", so it takes " + format.Percent(change) + " more"
}

// dearest compares with what planners do: the cheapest of the baselines that keep the targets.
func (w *writer) dearest() string {
	var best *plan.Baseline
	for i := range w.Baselines {
		if b := &w.Baselines[i]; b.Scale > 0 && (best == nil || b.Cost < best.Cost) {
			best = b
		}
	}
	switch {
	case best == nil || math.IsNaN(best.Dearer.Value):
		return ""
	case best.Dearer.Low > 0:
		return fmt.Sprintf(" The cheapest staffing by formula that keeps the same (%s) costs %s more.", format.Clean(best.Name), share(best.Dearer.Value))
	case best.Dearer.High < 0:
		return fmt.Sprintf(" Staffing by formula that keeps the same (%s) costs %s less.", format.Clean(best.Name), share(-best.Dearer.Value))
	}
	return fmt.Sprintf(" The cheapest staffing by formula that keeps the same (%s) costs about as much.", format.Clean(best.Name))
}

// share is a share to one percent, or finer where it is small.
func share(x float64) string {
	if math.Abs(x) >= 0.1 {
		x = math.Round(100*x) / 100
	}
	return format.Percent(x)
}

// targets are what was promised and what becomes of it.
func (w *writer) targets() paper.Section {
	t := &table.Table{Columns: []table.Column{left("target"), right("simulated", ""), right("confidence", "share"), right("periods that miss it", "share"),
		right("with the own shifts", ""), left("unit")}}
	for i := range w.Targets {
		x := &w.Targets[i]
		t.Add(table.Text(w.aim(x)), table.Estimated(x.Value, x.Unit, document.Doubts(x.Value, w.Proof.Replications)...), table.Num(confidence(x.Sure), x.Sure),
			table.Estimated(x.Missed, outcome.UnitShare), table.Estimated(x.Before, x.Unit), table.Text(table.UnitName(x.Unit, w.Scenario.Currency)))
	}
	shown := *t
	shown.Columns = t.Columns[:len(t.Columns)-1] // texts say their units
	shown.Rows = nil
	for _, row := range t.Rows {
		shown.Rows = append(shown.Rows, row[:len(row)-1])
	}
	words := []string{fmt.Sprintf("Of the proof: %s of random numbers that the search has never seen. Confidence: one-sided, that the target is kept in the long run; asked for were %s.",
		format.Plural(w.Proof.Replications, "replication", "replications"), confidence(w.Wish.Confidence))}
	if w.Wish.Fails > 0 {
		words[0] = fmt.Sprintf("Of the proof: %s of random numbers that the search has never seen. Confidence: one-sided, that no more than %s of periods miss the target; asked for were %s.",
			format.Plural(w.Proof.Replications, "replication", "replications"), format.Percent(w.Wish.Fails), confidence(w.Wish.Confidence))
	}
	for i := range w.Warnings {
		words = append(words, format.Clean(w.Warnings[i].Text))
	}
	return paper.Section{Name: "targets", Title: "What is kept", Table: &shown, Data: t, Words: words}
}

// money is what the roster costs.
func (w *writer) money() paper.Section {
	t := &table.Table{Columns: []table.Column{left("a week"), w.cash("amount")}}
	b := &w.Bill
	t.Add(table.Text("shifts of the roster, as planned"), amount(b.Planned))
	t.Add(table.Text("of it for nights, weekends and holidays"), amount(b.Premiums))
	t.Add(table.Text("the scenario's own shifts, as planned"), amount(b.Own))
	estimated := func(name string, c table.Cell) { t.Add(table.Text(name), c) }
	estimated("as simulated, with unplanned overtime", table.Estimated(b.Cost, outcome.UnitMoney))
	estimated("saved against the own shifts, paired", table.Estimated(b.Saved, outcome.UnitMoney))
	if b.Credits.Value != 0 || w.Wish.Credits {
		estimated("service credits", table.Estimated(b.Credits, outcome.UnitMoney))
	}
	s := paper.Section{Name: "cost", Title: "What it costs", Table: t}
	if w.Wish.Price > 0 {
		s.Words = append(s.Words, fmt.Sprintf("%s hours of heads a week are worked outside the occupancy of %s to %s that was wished for, at a price of %s for each.",
			format.Estimate(b.Outside, outcome.UnitHours), format.Percent(w.Wish.Band[0]), format.Percent(w.Wish.Band[1]), format.Money(w.Wish.Price, w.Scenario.Currency)))
	}
	return s
}

// heads are the teams: what the work asks for, net and gross, and what is staffed.
func (w *writer) heads() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), right("net heads asked for", ""), right("shrinkage", "share"), right("gross heads asked for", ""),
		right("shifts", ""), right("people", ""), right("spare days", ""), right("paid hours", "h"), w.cash("cost"), right("occupancy", "share")}}
	for i := range w.Teams {
		c := &w.Teams[i]
		people, spare := table.Text(""), table.Text("")
		if c.People > 0 {
			people, spare = count(c.People), count(c.Spare)
		}
		t.Add(table.Text(format.Clean(c.Team)), table.Num(format.Decimal(c.Raw, 2), c.Raw), table.Num(format.Percent(c.Shrinkage), c.Shrinkage),
			table.Num(format.Decimal(c.Gross, 2), c.Gross), count(c.Shifts), people, spare, table.Num(format.Decimal(c.Hours, 0), c.Hours), amount(c.Cost),
			table.Estimated(c.Busy, outcome.UnitShare))
	}
	t.Drop("")
	return paper.Section{Name: "heads", Title: "Net, gross and paid heads", Table: t, Words: []string{
		"Heads asked for are fractions, the mean over the hours in which there is work, all queues that a team serves pooled; only shifts are whole heads, on the payroll."}}
}

// baselines are what planners would staff without simulation.
func (w *writer) baselines() paper.Section {
	t := &table.Table{Columns: []table.Column{left("staffed by"), w.cash("cost as it is"), left("keeps the targets"), right("heads times", ""), w.cash("cost when it keeps them"), right("dearer than the roster", "share")}}
	for i := range w.Baselines {
		b := &w.Baselines[i]
		holds := "no"
		if b.Holds {
			holds = "yes"
		}
		row := []table.Cell{table.Text(format.Clean(b.Name)), amount(b.AsIs), table.Text(holds)}
		switch {
		case b.AsIsOnly:
		case b.Scale > 0:
			row = append(row, table.Num(format.Decimal(b.Scale, 2), b.Scale), amount(b.Cost), table.Estimated(b.Dearer, outcome.UnitShare))
		default:
			row = append(row, table.Text("none does"))
		}
		t.Add(row...)
	}
	return paper.Section{Name: "baselines", Title: "What formulas would staff", Table: t, Words: []string{
		"The same shifts cover what a formula asks for, and its heads are then multiplied until the targets are kept, which takes the simulation. Dearer: simulated cost over that of the roster, " +
			"on the same customers (paired). Pooled: a team's queues together, by Erlang A where callers have a patience."}}
}

// search is how the roster was found.
func (w *writer) search() paper.Section {
	columns := []table.Column{left("step"), left("roster"), w.cash("cost")}
	for i := range w.Targets {
		columns = append(columns, right(format.Clean(w.Targets[i].Measure), string(w.Targets[i].Unit)))
	}
	columns = append(columns, left("keeps the targets"))
	t, brief := &table.Table{Columns: columns}, &table.Table{Columns: columns}
	best := math.Inf(1)
	for i := range w.Search {
		s := &w.Search[i]
		row := []table.Cell{table.Num(format.Count(float64(i+1)), float64(i+1)), table.Text(format.Clean(s.What)), amount(s.Cost)}
		for k := range w.Targets {
			v := math.NaN()
			if k < len(s.Values) {
				v = s.Values[k]
			}
			row = append(row, table.Num(format.Value(v, w.Targets[k].Unit), v))
		}
		keeps := "no"
		switch {
		case s.Chosen:
			keeps = "yes: proven"
			if !w.Kept {
				keeps = "nearest"
			}
		case s.Kept:
			keeps = "yes"
		}
		row = append(row, table.Text(keeps))
		t.Add(row...)
		if i == 0 || s.Chosen || s.Kept && s.Cost < best {
			brief.Add(row...)
		}
		if s.Kept {
			best = min(best, s.Cost)
		}
	}
	return paper.Section{Name: "search", Title: "How it was found", Table: t, Brief: brief, Words: []string{w.found(), w.solved()}, Pictures: w.frontier()}
}

// found says what was spent.
func (w *writer) found() string {
	text := fmt.Sprintf("%s were simulated, %s in all, by the method %s; the proof took %s.",
		format.Plural(w.Proof.Rosters, "roster", "rosters"), format.Plural(w.Proof.Simulated, "replication", "replications"), format.Clean(w.Wish.Method),
		format.Plural(w.Proof.Rounds, "round", "rounds"))
	if !w.Proof.InTime {
		text += " The search was cut short by its time limit."
	}
	return text
}

// solved says what the program has proven.
func (w *writer) solved() string {
	s := &w.Program
	if s.Solver == "" {
		return ""
	}
	cover := fmt.Sprintf("The shifts that cover the heads required first cost %s a week by %s", format.Money(s.Cost, w.Scenario.Currency), format.Clean(s.Solver))
	if s.Proven {
		return cover + ", and nothing that covers them costs less: gap 0" + format.Thin + "%. The bound is of those heads and not of the targets."
	}
	return cover + fmt.Sprintf("; nothing that covers them costs less than %s, so the gap is %s. The bound is of those heads and not of the targets.",
		format.Money(s.Bound, w.Scenario.Currency), format.Percent(s.Gap))
}

// weekdays are the heads of columns from Monday on.
func weekdays() (days []time.Weekday) {
	for k := range 7 {
		days = append(days, time.Weekday((k+1)%7))
	}
	return days
}
