// Package blame shows why promises were broken: a sentence first, then where the time of broken clocks went,
// what each cause contributes, and when and whose promises they were.
package blame

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// Document is the report.
func Document(x *breach.Report) *paper.Document {
	d := &paper.Document{
		Title: format.Join(format.Clean(x.Name), "why "+format.Words(x.Metric)+" is broken"),
		Head: format.Join(format.Plural(x.Replications, "replication", "replications"), "each with "+format.Plural(x.Trials/max(1, x.Replications), "world", "worlds")+" of the same customers",
			format.Percent(x.Level)+" intervals"),
		Verdict: verdict(x),
		Birth:   format.Join(format.Clean(x.Tool), "scenario "+format.Short(x.Digest), fmt.Sprintf("seed %d", x.Seed), format.Plural(x.Replications, "replication", "replications")),
	}
	if !(x.Late.Value > 0) {
		return d
	}
	d.Sections = append(d.Sections, went(x), switches(x), hourly(x), groups(x), spells(x))
	if x.Spells.Number > 0 && len(x.Indicators) > 0 {
		d.Sections = append(d.Sections, indicators(x))
	}
	return d
}

// causes are the switches in the words of a sentence: what would have saved promises.
var causes = map[string]struct{ vanish, short string }{
	"capacity": {"with enough heads", "capacity"},
	"skills":   {"if everybody can do everything", "skills"},
	"process":  {"without hand-offs and rules that keep work from agents with room", "process"},
	"system":   {"without outages and slow tools", "systems"},
	"customer": {"without long investigations, replies and returns", "customer factors"},
}

// few is the number of late clocks, of all replications, below which the verdict names no causes: their shares
// would be those of single clocks.
const few = 30

// verdict says what it comes to.
func verdict(x *breach.Report) string {
	metric := format.Words(x.Metric)
	switch {
	case math.IsNaN(x.Late.Value) || math.IsNaN(x.Rate.Value):
		return fmt.Sprintf("No clock of %s is decided in %s: there is nothing to explain.", metric, format.Clean(x.Name))
	case x.Late.Value == 0:
		return fmt.Sprintf("No promise of %s is broken in %s: there is nothing to explain.", metric, format.Plural(x.Replications, "replication", "replications"))
	}
	order := slices.Clone(x.Switches)
	slices.SortStableFunc(order, func(a, b breach.Switch) int {
		switch {
		case a.Share.Value > b.Share.Value:
			return -1
		case a.Share.Value < b.Share.Value:
			return 1
		}
		return 0
	})
	const worthIt = 0.005
	said := fmt.Sprintf("%s of the clocks for %s are late. ", format.Estimate(x.Rate, outcome.UnitShare), metric)
	if all := x.Late.Value * float64(x.Replications); all < few {
		return said + fmt.Sprintf("Those are %s in %s, too few to tell causes apart: what follows is about these alone. More replications would tell more, or another promise (--metric).",
			format.Plural(int(math.Round(all)), "clock", "clocks"), format.Plural(x.Replications, "replication", "replications"))
	}
	first := order[0]
	if !(first.Share.Value >= worthIt) {
		return said + "None of the five causes explains them: all of them stay even with all five taken away."
	}
	said += fmt.Sprintf("%s of these vanish %s", format.Estimate(first.Share, outcome.UnitShare), causes[first.Name].vanish)
	if when, share := peak(&first); share >= 0.2 {
		said += fmt.Sprintf(", most of all on %s (%s of them)", when, format.Percent(round(share)))
	}
	var others []string
	for _, s := range order[1:] {
		if s.Share.Value >= worthIt {
			others = append(others, fmt.Sprintf("%s %s %s", causes[s.Name].short, explain(causes[s.Name].short), format.Estimate(s.Share, outcome.UnitShare)))
		}
	}
	if len(others) > 0 {
		said += "; " + format.List(others)
	}
	said += "."
	for _, s := range order {
		if s.Share.Value <= -worthIt {
			said += fmt.Sprintf(" %s %s %s: without that cause more are late.", format.Capital(causes[s.Name].short), explain(causes[s.Name].short), format.Estimate(s.Share, outcome.UnitShare))
		}
	}
	switch rest := x.Rest.Value; {
	case rest >= worthIt:
		said += fmt.Sprintf(" %s stay with all five causes taken away%s.", format.Estimate(x.Rest, outcome.UnitShare), mostly(x))
	case rest == 0:
		said += " With all five causes taken away none stays."
	}
	return said + together(x)
}

func explain(name string) string {
	if strings.HasSuffix(name, "s") && name != "process" {
		return "explain"
	}
	return "explains"
}

// mostly says what the clocks wait for that stay late with all switches.
func mostly(x *breach.Report) string {
	most := 0
	for p := range x.RestWent {
		if x.RestWent[p] > x.RestWent[most] {
			most = p
		}
	}
	if x.RestWent[most] < 0.4 {
		return ""
	}
	return fmt.Sprintf(": %s of their time is %s", format.Percent(round(x.RestWent[most])), elapsed.Part(most).Says())
}

// round is a share without digits that nobody needs.
func round(share float64) float64 { return math.Round(100*share) / 100 }

func left(head string) table.Column { return table.Column{Head: head} }
func unit(head, of string) table.Column {
	return table.Column{Head: head, Unit: of, Align: table.Right}
}

func cell(e estimate.Estimate, of outcome.Unit) table.Cell {
	if math.IsNaN(e.Value) {
		return table.Num(format.Missing, math.NaN())
	}
	return table.Estimated(e, of)
}

// went is where the time went.
func went(x *breach.Report) paper.Section {
	t := &table.Table{Columns: []table.Column{left("the time of a clock was"), unit("of late clocks", "share"), unit("in a late clock", "s"), unit("the most of it in", "late_share"), unit("of all clocks", "share")}}
	data := &table.Table{Columns: []table.Column{left("part"), unit("late_time", "share"), unit("in_late_clock", "s"), unit("main_of_late", "share"), unit("all_time", "share")}}
	for i := range x.Went {
		w := &x.Went[i]
		row := []table.Cell{table.Text(w.Part.Says()), cell(w.OfLate, outcome.UnitShare), cell(w.MeanLateSeconds, outcome.UnitSeconds), cell(w.Main, outcome.UnitShare), cell(w.OfAll, outcome.UnitShare)}
		t.Add(row...)
		data.Add(append([]table.Cell{table.Text(w.Part.String())}, row[1:]...)...)
	}
	return paper.Section{Name: "time", Title: "Where the time went", Table: t, Data: data, Words: []string{
		"In working time on each clock's own calendar, without its pauses; the parts add up to what the clock counted. The most of it in: the share of late clocks of whose time this part is the greatest.",
		"Nobody at work, behind others, had room, down: what it was for those who may take the ticket at that moment. Somebody skilled had room although a rule kept him: he was kept free for others, had a chat in hand beside which a mail does not fit, " +
			"was of a team that may not help out yet, or the ticket waited for the agent who had had it. Whoever is on call has the ticket in hand from the call on.",
	}, Pictures: timePictures(x)}
}

// switches is what each cause contributes.
func switches(x *breach.Report) paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("cause taken away"), unit("explains", "share"), unit("late clocks", ""), unit("of the breach rate", "share"), unit("alone", "share"), unit("as the last", "share"), left("most of all on"),
	}}
	data := &table.Table{Columns: []table.Column{
		left("switch"), unit("explains", "share"), unit("late_clocks", ""), unit("rate", "share"), unit("alone", "share"), unit("last", "share"), unit("numerator", ""), unit("orders", ""),
	}}
	var says []string
	idle := []string{}
	for i := range x.Switches {
		s := &x.Switches[i]
		data.Add(table.Text(s.Name), cell(s.Share, outcome.UnitShare), cell(s.Value, outcome.UnitClocks), cell(s.Points, outcome.UnitShare), cell(s.Alone, outcome.UnitShare), cell(s.Last, outcome.UnitShare),
			table.Num(fmt.Sprint(s.Numerator), float64(s.Numerator)), table.Num(fmt.Sprint(s.Orders), float64(s.Orders)))
		if !s.Changes {
			idle = append(idle, s.Name)
			continue
		}
		says = append(says, fmt.Sprintf("%s: %s.", format.Capital(s.Name), s.Says))
		when, share := peak(s)
		if share < 0.2 || !(s.Share.Value > 0) {
			when = format.Missing
		} else {
			when = fmt.Sprintf("%s (%s)", when, format.Percent(round(share)))
		}
		t.Add(table.Text(s.Name), cell(s.Share, outcome.UnitShare), cell(s.Value, outcome.UnitClocks), cell(s.Points, outcome.UnitShare), cell(s.Alone, outcome.UnitShare), cell(s.Last, outcome.UnitShare), table.Text(when))
	}
	t.Add(table.Text("all five together"), share(1-x.Rest.Value, x.Rest), cell(x.Saved, outcome.UnitClocks))
	t.Add(table.Text("what is left"), cell(x.Rest, outcome.UnitShare), cell(x.RestLate, outcome.UnitClocks))
	data.Add(table.Text("rest"), cell(x.Rest, outcome.UnitShare), cell(x.RestLate, outcome.UnitClocks))
	s := paper.Section{Name: "causes", Title: "What explains it", Table: t, Data: data, Pictures: causePictures(x), Words: []string{
		"Each cause is taken away from the same customers, alone and with every combination of the others. Explains is its Shapley value (1953): what it saves on average over all orders in which the causes can be taken away, as a share of the late clocks; " +
			"these add up to what all five save together. Alone is what it saves by itself, as the last what it still saves once the others are taken away: far apart, causes make up for one another or need one another.",
		strings.Join(says, " "),
	}}
	if len(idle) > 0 {
		s.Words = append(s.Words, fmt.Sprintf("Nothing in this scenario would change for %s, so it explains nothing, exactly.", format.List(idle)))
	}
	return s
}

// share is 1 less an estimate, with its interval turned round.
func share(value float64, e estimate.Estimate) table.Cell {
	turned := e
	turned.Value, turned.Low, turned.High = value, 1-e.High, 1-e.Low
	return cell(turned, outcome.UnitShare)
}

// The stretches of a day that a sentence names, by their first hour.
var stretches = []struct {
	from int
	name string
}{{0, "nights"}, {6, "mornings"}, {12, "afternoons"}, {18, "evenings"}}

var days = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// peak is the quarter of a day of the week in which a switch saves most, and how much of all that it saves.
func peak(s *breach.Switch) (when string, of float64) {
	sum, most := 0.0, 0.0
	for _, v := range s.Hourly {
		sum += v
	}
	for day, name := range days {
		for _, x := range stretches {
			here := 0.0
			for h := range 6 {
				here += s.Hourly[24*day+x.from+h]
			}
			if here > most {
				when, most = name+" "+x.name, here
			}
		}
	}
	if !(sum > 0) {
		return "", 0
	}
	return when, most / sum
}

// groups are whose promises they were.
func groups(x *breach.Report) paper.Section {
	t := &table.Table{Columns: []table.Column{left("whose"), left("name"), unit("late", "share"), unit("late clocks", ""), unit("of all late clocks", "share")}}
	data := &table.Table{Columns: []table.Column{left("of"), left("name"), unit("late", "share"), unit("late_clocks", ""), unit("of_late", "share")}}
	add := func(of string, all []breach.Group) {
		for i := range all {
			g := &all[i]
			name := format.Clean(g.Name)
			if of == "account" && name == "" {
				name = "no named account"
			}
			row := []table.Cell{table.Text(of), table.Text(name), cell(g.Rate, outcome.UnitShare), cell(g.Late, outcome.UnitClocks), cell(g.Part, outcome.UnitShare)}
			t.Add(row...)
			data.Add(row...)
		}
	}
	add("tier", x.Tiers)
	add("account", x.Accounts)
	return paper.Section{Name: "whose", Title: "Whose promises", Table: t, Data: data}
}

// hourly is when.
func hourly(x *breach.Report) paper.Section {
	data := &table.Table{Columns: []table.Column{left("day"), unit("hour", ""), unit("late_clocks", ""), unit("clocks", ""), unit("late", "share")}}
	type row struct {
		name         string
		late, judged [4]float64
	}
	t := &table.Table{Columns: []table.Column{left("created on")}}
	for _, s := range stretches {
		t.Columns = append(t.Columns, unit(s.name, "share"))
	}
	t.Columns = append(t.Columns, unit("late clocks", ""))
	for day, name := range days {
		r := row{name: name}
		sum := 0.0
		for h := range 24 {
			c := x.Hourly[24*day+h]
			r.late[h/6] += c.Late
			r.judged[h/6] += c.Judged
			sum += c.Late
			of := math.NaN()
			if c.Judged > 0 {
				of = c.Late / c.Judged
			}
			data.Add(table.Text(name), table.Num(fmt.Sprint(h), float64(h)), table.Num(format.Value(c.Late, outcome.UnitClocks), c.Late), table.Num(format.Value(c.Judged, outcome.UnitClocks), c.Judged), table.Num(format.Percent(of), of))
		}
		cells := []table.Cell{table.Text(name)}
		for k := range r.late {
			of := math.NaN()
			if r.judged[k] > 0 {
				of = r.late[k] / r.judged[k]
			}
			cells = append(cells, table.Num(format.Percent(of), of))
		}
		t.Add(append(cells, table.Num(format.Value(sum, outcome.UnitClocks), sum))...)
	}
	return paper.Section{Name: "hours", Title: "When", Table: t, Data: data, Pictures: hourPictures(x), Words: []string{
		"The share of late clocks by when their tickets were created, in the scenario's zone; nights are before 6:00, mornings before noon, afternoons before 18:00. Late clocks are those of a replication.",
	}}
}
