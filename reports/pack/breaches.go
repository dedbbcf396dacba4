package pack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// late are the clocks that were broken, in the order of their tickets.
func (p *statement) late() []*audit.Clock {
	var out []*audit.Clock
	for i := range p.Clocks {
		if c := &p.Clocks[i]; c.Late() {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *audit.Clock) int { return cmp.Compare(a.Created, b.Created) })
	return out
}

// breaches lists every broken promise.
func (p *statement) breaches() paper.Section {
	late := p.late()
	s := paper.Section{Name: "breaches", Title: "Broken promises"}
	if len(late) == 0 {
		s.Words = []string{"None."}
		return s
	}
	s.Table, s.Data = p.breachTable(late), p.breachData(late)
	s.Words = []string{fmt.Sprintf("%s. Times are on the calendar of the promise. The cause is where the ticket was while its clock counted, the longest part first; the parts add up to the time taken.",
		format.Plural(len(late), "clock was late", "clocks were late")), mainly(late)}
	if len(late) > mostBrief {
		worst := slices.Clone(late)
		slices.SortStableFunc(worst, func(a, b *audit.Clock) int { return cmp.Compare(b.Elapsed-b.Within, a.Elapsed-a.Within) })
		s.Brief = p.breachTable(worst[:mostBrief])
		s.Brief.Title = fmt.Sprintf("the %d most overdue of %s %s", mostBrief, format.Count(float64(len(late))), paper.WhereAll)
	}
	return s
}

// mainly says where late tickets were for the longest part of their time.
func mainly(late []*audit.Clock) string {
	var clocks [audit.Kinds]int
	gaveUp := 0
	for _, c := range late {
		if c.Cause.Why == audit.GaveUp {
			gaveUp++
		} else if part, ok := c.Cause.Main(); ok {
			clocks[part.Kind]++
		}
	}
	var words []string
	kinds := make([]audit.Kind, 0, audit.Kinds)
	for k := range audit.Kinds {
		kinds = append(kinds, k)
	}
	slices.SortStableFunc(kinds, func(a, b audit.Kind) int { return cmp.Compare(clocks[b], clocks[a]) })
	for _, k := range kinds {
		if clocks[k] > 0 {
			words = append(words, fmt.Sprintf("%s in %s", k, format.Count(float64(clocks[k]))))
		}
	}
	if gaveUp > 0 {
		words = append(words, fmt.Sprintf("the customer gave up in %s", format.Count(float64(gaveUp))))
	}
	return "Main cause: " + format.List(words) + "."
}

func (p *statement) breachTable(late []*audit.Clock) *table.Table {
	t := &table.Table{Columns: []table.Column{
		left("ticket"), left("created"), left("clock"), right("promised"), right("took"), right("over by"), left("late since"), left("cause"),
	}}
	for _, c := range late {
		policy := &p.Scenario.SLA.Policies[c.Policy]
		over := format.Exact(c.Elapsed - c.Within)
		if c.Elapsed <= c.Within {
			over = format.Missing
		}
		took := format.Exact(c.Elapsed)
		if c.Verdict == sla.Overdue {
			took += " so far"
		}
		since := format.Missing
		if c.Broken {
			since = p.at(c.Breach)
		}
		reason := why(&p.Scenario.Names, c)
		if by := p.excusedBy(c); by != "" {
			reason += "; " + by
		}
		t.Add(table.Text(ticketlog.FormatID(c.Ticket)), table.Text(p.at(c.Created)), table.Text(clockName(&p.Scenario.Names, c)),
			table.Text(format.Exact(c.Within)+workingOn(p.Scenario.Calendars[policy.Calendar])), table.Text(took), table.Text(over), table.Text(since), table.Text(reason))
	}
	return t
}

// workingOn is what makes a time one of working time.
func workingOn(c *calendar.Calendar) string {
	if c.Always {
		return ""
	}
	return " on " + format.Clean(c.Name)
}

// excusedBy names the exceptions that excuse a late clock.
func (p *statement) excusedBy(c *audit.Clock) string {
	var names []string
	for _, i := range c.Excuse.By {
		if e := &p.Scenario.Exceptions[i]; c.ExcusedBy(e) {
			names = append(names, format.Clean(e.Name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "excused by " + format.List(names)
}

// breachData is the list for machines: times in seconds, a column for each kind of cause.
func (p *statement) breachData(late []*audit.Clock) *table.Table {
	seconds := func(head string) table.Column { return unit(head, "s") }
	t := &table.Table{Columns: []table.Column{
		left("ticket"), left("created"), left("metric"), left("round"), left("policy"), left("calendar"), left("verdict"), left("late_since"),
		seconds("promised"), seconds("took"), seconds("over_by"), left("excused_by"), left("reason"),
	}}
	for k := range audit.Kinds {
		t.Columns = append(t.Columns, seconds(strings.ReplaceAll(strings.ReplaceAll(k.String(), ",", ""), " ", "_")))
	}
	number := func(d time.Duration) table.Cell { return table.Num("", d.Seconds()) }
	for _, c := range late {
		policy := &p.Scenario.SLA.Policies[c.Policy]
		since := ""
		if c.Broken {
			since = p.axis.At(c.Breach).Format(time.RFC3339)
		}
		reason := [...]string{"too long", "the customer gave up", "late by an earlier target"}[c.Cause.Why]
		row := []table.Cell{
			table.Text(ticketlog.FormatID(c.Ticket)), table.Text(p.axis.At(c.Created).Format(time.RFC3339)), table.Text(c.Metric.String()), table.Num("", float64(c.Round)),
			table.Text(policy.Name), table.Text(p.Scenario.Calendars[policy.Calendar].Name), table.Text(c.Verdict.String()), table.Text(since),
			number(c.Within), number(c.Elapsed), number(c.Elapsed - c.Within), table.Text(strings.TrimPrefix(p.excusedBy(c), "excused by ")), table.Text(reason),
		}
		var parts [audit.Kinds]time.Duration
		for _, part := range c.Cause.Parts {
			parts[part.Kind] += part.Time
		}
		for _, d := range parts {
			row = append(row, number(d))
		}
		t.Add(row...)
	}
	return t
}
