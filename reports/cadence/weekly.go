package cadence

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// weekly shows the patterns of breaches that a roster can mend.
func (v *view) weekly(d *paper.Document) {
	d.Title = "Weekly operations: " + format.Clean(v.Scenario.Name)
	n, words := v.whole(contract.Weekly)
	d.Verdict = words
	if n > 0 {
		d.Verdict = v.thisWeek() + " " + words
	}
	d.Sections = append(d.Sections, v.weeks())
	for _, m := range v.metrics() {
		d.Sections = append(d.Sections, v.hours(m)...)
	}
	d.Sections = append(d.Sections, v.parts())
}

// last is the last whole week.
func (v *view) last() (contract.Span, bool) {
	spans := v.spans(contract.Weekly)
	for i := len(spans) - 1; i >= 0; i-- {
		if !spans[i].Partial {
			return spans[i], true
		}
	}
	return contract.Span{}, false
}

// inPeriod is the record of a metric in a period of the calendar.
func (v *view) inPeriod(metric, period string) record {
	return v.record(outcome.BreachByPeriod, outcome.Labels{Metric: metric, Period: period})
}

// others is the record of a metric in all other weeks, whole or not.
func (v *view) others(metric string, week string) record {
	sum := v.nothing()
	for _, s := range v.spans(contract.Weekly) {
		if s.Name != week {
			sum = sum.plus(v.inPeriod(metric, s.Name))
		}
	}
	return sum
}

// thisWeek says how the last whole week stands against the others.
func (v *view) thisWeek() string {
	week, _ := v.last()
	var parts []string
	for _, m := range v.metrics() {
		r, others := v.inPeriod(m, week.Name), v.others(m, week.Name)
		if total(r.judged) == 0 {
			continue
		}
		words := fmt.Sprintf("%s %s late", format.Words(m), v.rate(r).Text)
		switch change := v.change(r, others, 1).Text; {
		case total(others.judged) == 0:
		case change == format.Same:
			words += " (no different from the other weeks)"
		default:
			words += " (" + change + " against the other weeks)"
		}
		parts = append(parts, words)
	}
	if len(parts) == 0 {
		return "Nothing was judged in the last whole week, " + week.Name + "."
	}
	return "In the last whole week, " + week.Name + ": " + format.List(parts) + "."
}

// weeks sets every week against the mean of the others.
func (v *view) weeks() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("week"), unit("clocks", ""), unit("late", ""), unit("late share", "share"), unit("other weeks", "share"), unit("against them", "share"),
	}}
	for _, m := range v.metrics() {
		for _, s := range v.spans(contract.Weekly) {
			r, others := v.inPeriod(m, s.Name), v.others(m, s.Name)
			t.Add(table.Text(format.Words(m)), period(s), v.mean(r.judged), v.mean(r.late), v.rate(r), v.rate(others), v.change(r, others, 1))
		}
	}
	return paper.Section{Name: "weeks", Title: "Each week against the others", Table: t, Pictures: v.late(contract.Weekly), Words: []string{
		"Weeks begin on Monday; a ticket belongs to the week in which it was created. Counts are means over replications. " +
			"The other weeks are taken together, by their totals. " + format.Same + " is no difference that the replications can tell."}}
}

var weekdays = [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// inHours is the record of a metric in some hours of a day of the week.
func (v *view) inHours(metric string, days []string, from, to int) record {
	sum := v.nothing()
	for _, d := range days {
		for h := from; h < to; h++ {
			sum = sum.plus(v.record(outcome.BreachByHour, outcome.Labels{Metric: metric, Hour: fmt.Sprintf("%s-%02d", d, h)}))
		}
	}
	return sum
}

// block is how many hours stand together.
const block = 3

// hours shows when the tickets were created that were late: by weekday and time of day, and the
// worst hours.
func (v *view) hours(metric string) []paper.Section {
	all := v.inHours(metric, weekdays[:], 0, 24)
	if total(all.judged) == 0 {
		return nil
	}
	share := func(r record) table.Cell {
		if total(r.judged) == 0 {
			return table.Num(format.Missing, v.rate(r).Number)
		}
		x := total(r.late) / total(r.judged)
		return table.Num(format.Percent(x), x)
	}
	t := &table.Table{Columns: []table.Column{left("created")}}
	for h := 0; h < 24; h += block {
		t.Columns = append(t.Columns, unit(fmt.Sprintf("%02d–%02d", h, h+block), "share"))
	}
	t.Columns = append(t.Columns, unit("all day", "share"), unit("late", ""))
	add := func(name string, days []string) {
		row := []table.Cell{table.Text(name)}
		for h := 0; h < 24; h += block {
			row = append(row, share(v.inHours(metric, days, h, h+block)))
		}
		day := v.inHours(metric, days, 0, 24)
		t.Add(append(row, v.rate(day), v.mean(day.late))...)
	}
	for _, d := range weekdays {
		add(format.Capital(d), []string{d})
	}
	add("all", weekdays[:])
	sections := []paper.Section{{Name: "hours-" + metric, Title: "When late tickets were created: " + format.Words(metric), Table: t,
		Words: []string{"Share of clocks that were late, by weekday and local hour of creation, all weeks together."}}}
	if total(all.late) == 0 {
		return sections
	}
	sections[0].Pictures = v.heat(metric)
	return append(sections, v.worst(metric, all))
}

// mostHours is how many of the worst hours are listed.
const mostHours = 10

// worst lists the hours of the week in which most late tickets were created.
func (v *view) worst(metric string, all record) paper.Section {
	type hour struct {
		name string
		record
	}
	var list []hour
	for _, d := range weekdays {
		for h := range 24 {
			if r := v.inHours(metric, []string{d}, h, h+1); total(r.late) > 0 {
				list = append(list, hour{fmt.Sprintf("%s %02d:00", format.Capital(d), h), r})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b hour) int { return cmp.Compare(total(b.late), total(a.late)) })
	list = list[:min(mostHours, len(list))]
	t := &table.Table{Columns: []table.Column{left("hour"), unit("clocks", ""), unit("late", ""), unit("late share", "share"), unit("of all late", "share")}}
	sum := 0.0
	for _, h := range list {
		of := total(h.late) / total(all.late)
		sum += of
		t.Add(table.Text(h.name), v.mean(h.judged), v.mean(h.late), v.rate(h.record), table.Num(format.Percent(of), of))
	}
	return paper.Section{Name: "worst-" + metric, Title: "Worst hours: " + format.Words(metric), Table: t,
		Words: []string{fmt.Sprintf("The %s with the most late tickets hold %s of them.", format.Plural(len(list), "hour", "hours"), format.Percent(sum))}}
}

// parts shows breaches by team and tier.
func (v *view) parts() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), left("tickets of"), unit("clocks", ""), unit("late", ""), unit("late share", "share"), unit("of all late", "share")}}
	for _, m := range v.metrics() {
		all := v.record(outcome.BreachRate, outcome.Labels{Metric: m})
		add := func(name string, r record) {
			if total(r.judged) == 0 {
				return
			}
			of := table.Num(format.Missing, 0)
			if late := total(all.late); late > 0 {
				of = table.Num(format.Percent(total(r.late)/late), total(r.late)/late)
			}
			t.Add(table.Text(format.Words(m)), table.Text(name), v.mean(r.judged), v.mean(r.late), v.rate(r), of)
		}
		for _, tier := range v.Scenario.Tiers {
			add("tier "+tier, v.record(outcome.BreachRate, outcome.Labels{Metric: m, Tier: tier}))
		}
		rest, some := all, false
		for _, team := range v.Scenario.Teams {
			if by, ok := v.Measure(outcome.BreachByTeam, outcome.Labels{Metric: m, Team: team}); ok {
				r := record{by.Num, by.Den}
				rest, some = rest.less(r), true
				add("team "+team, r)
			}
		}
		if some {
			add("no team yet", rest)
		}
		add("all", all)
	}
	return paper.Section{Name: "parts", Title: "By tier and team", Table: t,
		Words: []string{"A team is the one that had the ticket last when the clock was judged. Counts are means over replications."}}
}
