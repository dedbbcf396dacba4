package hiring

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// months is a team, month by month.
func (w *writer) months(t *Team) paper.Section {
	hires := sum(t.Starts) > 0
	b := &table.Table{Columns: []table.Column{left("month"), right("needed net", "heads"), right("needed gross", "heads"), right("if nobody is hired", "heads"),
		right("gap", "heads"), right("chance of too few", "share")}}
	if hires {
		b.Columns = append(b.Columns, right("begin", "people"), right("in class", "people"), right("with hires", "heads"), right("gap with hires", "heads"), right("chance then", "share"))
	}
	for m := range t.Bare {
		l := &t.Bare[m]
		row := []table.Cell{table.Text(w.Months[m].Name()), heads(l.Net), span(l.Gross, l.Least, l.Most), span(l.Heads, l.Low, l.High), signed(l.Gap()), chance(l.Short)}
		if hires {
			x := &t.With[m]
			row = append(row, table.Num(blank(x.Starts, format.Count(x.Starts)), x.Starts), table.Num(blank(x.Class, format.Decimal(x.Class, 1)), x.Class), heads(x.Heads), signed(x.Gap()), chance(x.Short))
		}
		b.Add(row...)
	}
	return paper.Section{Name: "heads-" + t.Name, Title: "Team " + format.Clean(t.Name), Table: b, Words: w.about(t), Pictures: []html.Block{w.picture(t)}}
}

// blank is nothing for nothing, so that the months in which something happens stand out.
func blank(x float64, text string) string {
	if x < 0.005 {
		return ""
	}
	return text
}

// signed is a gap.
func signed(x float64) table.Cell {
	x0 := zero(x)
	text := format.Decimal(x0, 1)
	if x0 > 0 {
		text = "+" + text
	}
	return table.Num(text, x)
}

// chance is a probability that is worked out and not counted.
func chance(p float64) table.Cell {
	text := format.Percent(math.Round(p*100) / 100)
	switch {
	case p > 0 && p < 0.01:
		text = "< " + format.Percent(0.01)
	case p < 1 && p > 0.99:
		text = "> " + format.Percent(0.99)
	}
	return table.Num(text, p)
}

// span is heads with the middle 95 % of what chance makes of them.
func span(x, low, high float64) table.Cell {
	text := format.Decimal(zero(x), 1)
	if high-low > 0.05 {
		text += fmt.Sprintf(" (%s–%s)", format.Decimal(low, 1), format.Decimal(high, 1))
	}
	c := table.Num(text, x)
	c.Ends = &[2]float64{low, high}
	return c
}

// about says what is known of a team.
func (w *writer) about(t *Team) []string {
	h := &t.Hiring
	text := fmt.Sprintf("A head is %s paid hours a week.", format.Decimal(t.Week, fraction(t.Week)))
	switch {
	case h.Attrition > 0:
		text += fmt.Sprintf(" %s leave in a year.", format.Percent(h.Attrition))
	default:
		text += " Nobody leaves."
	}
	if t.HasHiring {
		text += fmt.Sprintf(" Who is asked for begins %s later, on the first of a month", weeks(h.Lead))
		if h.Training > 0 {
			text += fmt.Sprintf(", and is in class for %s", weeks(h.Training))
			if h.Dropout > 0 {
				text += fmt.Sprintf(", in which %s leave", format.Percent(h.Dropout))
			}
		}
		text += "."
		if h.Most > 0 {
			text += fmt.Sprintf(" A class has %d to %d people.", h.Least, h.Most)
		}
		if !t.Proven {
			text += fmt.Sprintf(" The plan, of %s, is the best that was found in time: ", people(sum(t.Starts)))
			if t.Bound < sum(t.Starts) {
				text += fmt.Sprintf("no plan has fewer than %s, and one in between may exist.", people(t.Bound))
			} else {
				text += "none has fewer, and one in which they begin later may exist."
			}
		}
	}
	return []string{text, covers(t)}
}

// covers says what the intervals and chances of a team are of.
func covers(t *Team) string {
	const written = "demand, growth and season are taken as they are written, unless a stream says its forecast_error."
	leave := t.Hiring.Attrition > 0 || t.HasHiring && t.Hiring.Dropout > 0
	text := ""
	if leave {
		text = "Heads there, in brackets: the middle 95" + format.Thin + "% by who leaves, at a rate that is taken as known. "
	}
	switch {
	case t.Uncertain():
		text += "Heads needed, in brackets: the middle 95" + format.Thin + "% by how far demand is from its forecast (forecast_error); growth, season and the other numbers are taken as they are written."
		if leave {
			text += " The chance of too few is of both."
		}
	case leave:
		text += "The chance of too few is of that alone: " + written
	default:
		text += "Nothing here is left to chance: " + written
	}
	return text
}

// people writes whole people.
func people(x float64) string { return format.Plural(int(math.Round(x)), "person", "people") }

// weeks writes whole weeks as such, and days otherwise.
func weeks(d time.Duration) string {
	const week = 7 * 24 * time.Hour
	if n := int(d / week); n > 0 && d%week == 0 {
		return format.Plural(n, "week", "weeks")
	}
	return format.Stated(d)
}

// fraction is how many decimals a number of hours has.
func fraction(x float64) int {
	if x == math.Trunc(x) {
		return 0
	}
	return 1
}

// picture is heads needed against heads there.
func (w *writer) picture(t *Team) *html.Curves {
	c := &html.Curves{
		Title: "Heads of " + format.Clean(t.Name) + ", needed and there",
		X:     html.Axis{Name: "Month"}, Y: html.Axis{Name: "Full-time heads on the payroll"},
		Caption: "Bands: the middle 95" + format.Thin + "% by who leaves, and of heads needed by the forecast error of demand, where it has one. Newcomers count by their speed.",
	}
	every := max(1, (len(w.Months)+11)/12)
	for m := range w.Months {
		if m%every == 0 {
			name := w.Months[m].First.Month.String()[:3]
			if m == 0 || w.Months[m].First.Month < w.Months[m-every].First.Month {
				name = w.month(m)
			}
			c.X.Ticks = append(c.X.Ticks, html.Mark{At: float64(m), Name: name})
		}
	}
	line := func(name string, of func(m int) (value, low, high float64)) {
		curve := html.Curve{Name: name, Dots: true}
		for m := range w.Months {
			y, low, high := of(m)
			text := format.Decimal(y, 1)
			if high-low > 0.05 {
				text += fmt.Sprintf(" (%s–%s)", format.Decimal(low, 1), format.Decimal(high, 1))
			}
			curve.Points = append(curve.Points, html.Point{X: float64(m), Y: y, Low: low, High: high, XText: w.month(m), Text: text})
		}
		c.Curves = append(c.Curves, curve)
	}
	line("needed", func(m int) (float64, float64, float64) {
		l := &t.Bare[m]
		if !t.Uncertain() {
			return l.Gross, math.NaN(), math.NaN()
		}
		return l.Gross, l.Least, l.Most
	})
	line("if nobody is hired", func(m int) (float64, float64, float64) { l := &t.Bare[m]; return l.Heads, l.Low, l.High })
	if sum(t.Starts) > 0 {
		line("with the plan", func(m int) (float64, float64, float64) { l := &t.With[m]; return l.Heads, l.Low, l.High })
	}
	return c
}

// hires is who is to be asked for, and when.
func (w *writer) hires() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), right("people", ""), left("ask for them by"), left("they begin on"), left("at work from"), w.money("cost of hiring")}}
	for i := range w.Teams {
		team := &w.Teams[i]
		for m, n := range team.Starts {
			if n == 0 {
				continue
			}
			first := w.Months[m].First
			t.Add(table.Text(format.Clean(team.Name)), table.Num(count(n), n), table.Text(w.Ask(team.Team, m).String()), table.Text(first.String()),
				table.Text(first.AddDays(int(team.Hiring.Training.Hours()/24)).String()), table.Num(format.Money(n*team.Hiring.Cost, ""), n*team.Hiring.Cost))
		}
	}
	words := "The fewest people with whom no month is short that can be filled, and of all such plans the one in which they begin latest. They are whole people; all else is a fraction."
	if w.Sure > 0 {
		words += fmt.Sprintf(" Each month has heads enough with a chance of %s at least%s.", format.Percent(w.Sure), w.exceptions())
	} else {
		words += " Months suffice on average over who leaves, which is about every other time where a month is only just filled; --sure 90% asks for more."
	}
	return paper.Section{Name: "hires", Title: "Whom to ask for, and when", Table: t, Words: []string{words}}
}

// exceptions are the months that are not as sure as others.
func (w *writer) exceptions() string {
	doubtful, late := false, false
	for i := range w.Teams {
		doubtful, late = doubtful || len(w.Teams[i].Doubtful) > 0, late || len(w.Teams[i].Late) > 0
	}
	switch {
	case doubtful && late:
		return ", but for those that are named above and those that nobody can fill any more"
	case doubtful:
		return ", but for those that are named above"
	case late:
		return ", but for those that nobody can fill any more"
	}
	return ""
}

// heads is how the numbers come about.
func (w *writer) heads() paper.Section {
	t := &table.Table{Columns: []table.Column{left("team"), right("heads now", "heads"), right("of the paid time not at work", "share"), right("least", "share"), right("most", "share"), w.money("paid hour")}}
	for i := range w.Teams {
		team := &w.Teams[i]
		mean, least, most := 0., math.Inf(1), math.Inf(-1)
		for _, x := range team.Lost {
			mean += x / float64(len(team.Lost))
			least, most = min(least, x), max(most, x)
		}
		now := team.Bare[0].Opening + team.Bare[0].Temps
		t.Add(table.Text(format.Clean(team.Name)), heads(now), share(mean), share(least), share(most), table.Num(format.Money(team.Rate, ""), team.Rate))
	}
	return paper.Section{Name: "basis", Title: "What a head is", Table: t, Words: []string{
		"Net heads are at work for every paid hour; gross heads are on the payroll. Between them lies what breaks, shrinkage, sickness and holidays take, month by month, as the present roster has it, and the margin. " +
			"Work is the month's own, with growth, season and spikes: live contacts by Erlang's formulas where somebody is on shift, writing by its hours, both pooled over the teams that may do them. " +
			"A month is its mean: days within it that ask for more are a roster's business, and what shifts do not fit the curve is what the margin is for. " + w.marginWords(),
	}}
}

// marginWords say what the margin keeps.
func (w *writer) marginWords() string {
	if w.Found == nil {
		return "It is as large as was said, and nothing shows that it keeps the promises: --check tries it, and --margin simulated finds the smallest that does."
	}
	var kept []string
	for _, k := range w.Found.Promises {
		kept = append(kept, fmt.Sprintf("%s of %s late (%s allowed)", format.Estimate(k.Late, outcome.UnitShare), format.Words(k.Metric), format.Percent(k.Allowed)))
	}
	return fmt.Sprintf("It is the smallest, in steps of 2.5%s%%, with which %s keeps its promises on the present shifts, in %s: %s. Of a promise that names no share of tickets 5%[1]s%% may be late.",
		format.Thin, w.month(w.Found.Month), format.Plural(w.Found.Trials, "trial", "trials"), format.List(kept))
}

func share(x float64) table.Cell { return table.Num(format.Percent(x), x) }

// Finance is every head and every coin, a row for each month and team; at a terminal, the sums of months.
func (w *writer) Finance() paper.Section {
	brief := &table.Table{Columns: []table.Column{left("month"), right("people at its begin", "heads"), right("leave", "heads"), right("begin", "people"), w.money("pay"), w.money("hiring"), w.money("cumulated")}}
	full := &table.Table{Columns: []table.Column{left("month"), left("team"), right("required net", "heads"), right("required gross", "heads"), right("required gross low", "heads"), right("required gross high", "heads"), right("not at work", "share"),
		right("opening", "people"), right("agreed", "people"), right("hires", "people"), right("leavers", "people"), right("closing", "people"), right("temps", "people"), right("in training", "people"),
		right("available", "heads"), right("available low", "heads"), right("available high", "heads"), right("gap", "heads"), right("chance of a shortfall", "share"),
		right("available without hires", "heads"), right("gap without hires", "heads"),
		w.money("payroll"), w.money("hiring cost"), w.money("total"), w.money("cumulated")}}
	all := 0.
	for m := range w.Months {
		var opening, leave, begin, pay, hiring float64
		for i := range w.Teams {
			t := &w.Teams[i]
			l, bare := &t.With[m], &t.Bare[m]
			row := []table.Cell{table.Text(w.Months[m].Name()), table.Text(format.Clean(t.Name))}
			for _, x := range []float64{l.Net, l.Gross, l.Least, l.Most, t.Lost[m], l.Opening, l.Agreed, l.Starts, l.Leavers, l.Closing, l.Temps, l.Class, l.Heads, l.Low, l.High, l.Gap(), l.Short, bare.Heads, bare.Gap()} {
				row = append(row, figure(x, 4))
			}
			for _, x := range []float64{l.Payroll, l.Hiring, l.Payroll + l.Hiring, l.Cumulated} {
				row = append(row, figure(x, 2))
			}
			full.Add(row...)
			opening, leave, begin, pay, hiring = opening+l.Opening, leave+l.Leavers, begin+l.Starts+l.Agreed, pay+l.Payroll, hiring+l.Hiring
		}
		all += pay + hiring
		brief.Add(table.Text(w.Months[m].Name()), heads(opening), heads(leave), table.Num(blank(begin, format.Value(begin, outcome.UnitHeads)), begin), table.Num(format.Money(pay, ""), pay), table.Num(format.Money(hiring, ""), hiring), table.Num(format.Money(all, ""), all))
	}
	return paper.Section{Name: "finance", Title: "For finance", Table: brief, Data: full, Words: []string{
		"With the plan. People are on the payroll for good; opening and what begins, less who leaves, is closing. Pay is for all heads of a month, those in class and of a fixed term among them, at what an hour of the present roster costs on average, premiums in it. " +
			"The CSV file has a row for each month and team."}}
}

// figure is a number for a file, rounded to so many decimals.
func figure(x float64, places int) table.Cell {
	scale := math.Pow(10, float64(places))
	x = math.Round(x*scale) / scale
	if x == 0 {
		x = 0
	}
	return table.Num(format.Decimal(x, places), x)
}
