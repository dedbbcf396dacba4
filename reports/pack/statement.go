package pack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// mostBrief is how many breaches a terminal shows unless all are asked for.
const mostBrief = 15

// FromStatement makes the pack of a statement. Source is where the tickets come from, and tool
// the program, both for the last line.
func FromStatement(x *audit.Statement, source, tool string) *paper.Document {
	p := &statement{Statement: x, axis: calendar.Axis{Origin: x.Scenario.Time.Start}}
	s := x.Scenario
	d := &paper.Document{
		Title: "Compliance pack for " + format.Clean(s.Names.AccountName(x.Account)),
		Head: format.Join(s.Name, fmt.Sprintf("tickets created from %s to %s", format.Date(p.axis.At(s.Time.Warmup)), format.Moment(p.axis.At(s.Time.Length))),
			p.axis.Origin.Location().String(), source),
		Verdict: p.verdict(),
	}
	d.Sections = append(d.Sections, p.attainment())
	for i := range x.Settlements {
		d.Sections = append(d.Sections, p.credit(&x.Settlements[i]))
	}
	d.Sections = append(d.Sections, p.breaches(), p.exclusions(), p.open())
	d.Birth = format.Join("audit of "+format.Clean(source)+" against "+format.Clean(s.Name), tool)
	return d
}

// statement writes the sections of a pack.
type statement struct {
	*audit.Statement
	axis calendar.Axis
}

// at is an instant in the zone of the scenario.
func (p *statement) at(d time.Duration) string { return format.Clock(p.axis.At(d)) }

// verdict says per contract what was attained and what is due.
func (p *statement) verdict() string {
	var words []string
	for i := range p.Settlements {
		words = append(words, settled(&p.Settlements[i]))
	}
	if len(words) == 0 {
		var all audit.Record
		for i := range p.Clocks {
			all = all.Plus(p.Clocks[i].AsItIs())
		}
		return fmt.Sprintf("No contract is with this account; %s of its clocks were met (%s of %s).", attained(all.Met, all.Judged).Text,
			format.Count(float64(all.Met)), format.Count(float64(all.Judged)))
	}
	return strings.Join(words, " ")
}

// period is the one in which the account is settled: that of its first contract, or the month.
func (p *statement) period() contract.Period {
	if len(p.Settlements) > 0 {
		return p.Settlements[0].Period
	}
	return contract.Monthly
}

// excuses reports whether anything is excused at all.
func (p *statement) excuses() bool { return len(p.Scenario.Exceptions) > 0 }

// promised is the share that is promised of a metric, by all policies under which this account has
// clocks; missing where they promise all, or do not agree.
func (p *statement) promised(m sla.Metric) table.Cell {
	var shares []float64
	for i := range p.Clocks {
		c := &p.Clocks[i]
		if c.Metric != m {
			continue
		}
		for _, t := range p.Scenario.SLA.Policies[c.Policy].Targets {
			if t.Metric == m && !slices.Contains(shares, t.Share) {
				shares = append(shares, t.Share)
			}
		}
	}
	if len(shares) != 1 || shares[0] == 0 {
		return table.Num(format.Missing, nan)
	}
	return table.Num(format.Percent(shares[0]), shares[0])
}

const partialNote = "Not a whole period: only the part within the measured time is counted."

// attainment is the record per metric and period.
func (p *statement) attainment() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), left("period"), unit("clocks", ""), unit("met", ""), unit("late", ""), unit("of these open", ""), unit("promised", "share"), unit("attained", "share"), unit("undecided", ""),
	}}
	if p.excuses() {
		t.Columns = append(t.Columns, unit("attained with exceptions", "share"), unit("of clocks", ""))
	}
	for _, a := range p.Attainment(p.period()) {
		promised := p.promised(a.Metric)
		add := func(name string, r, adjusted audit.Record, notes ...string) {
			row := []table.Cell{
				table.Text(format.Words(a.Metric.String())), {Text: name, Number: nan, Notes: notes},
				count(r.Judged), count(r.Met), count(r.Late()), count(r.Overdue), promised, attained(r.Met, r.Judged), count(r.Undecided),
			}
			if p.excuses() {
				row = append(row, attained(adjusted.Met, adjusted.Judged), count(adjusted.Judged))
			}
			t.Add(row...)
		}
		for i, span := range a.Spans {
			if span.Partial {
				add(span.Name, a.AsItIs[i], a.Adjusted[i], partialNote)
			} else {
				add(span.Name, a.AsItIs[i], a.Adjusted[i])
			}
		}
		if len(a.Spans) > 1 {
			add("all", audit.Sum(a.AsItIs), audit.Sum(a.Adjusted))
		}
	}
	return paper.Section{
		Name: "attainment", Title: "What was attained", Table: t,
		Words: []string{fmt.Sprintf("%s created in the measured time: %s solved, %s abandoned, %s still open. A ticket belongs to the %s in which it was created; "+
			"attained is met over clocks, of all tickets together, rounded down.",
			format.Plural(p.Tickets, "ticket", "tickets"), format.Count(float64(p.Solved)), format.Count(float64(p.Abandoned)), format.Count(float64(p.Open)), p.period())},
	}
}

// exclusions lists what makes promises count differently, and what it does for this account.
func (p *statement) exclusions() paper.Section {
	s := paper.Section{Name: "exclusions", Title: "What was excluded or relaxed"}
	if p.Outside > 0 {
		s.Words = append(s.Words, fmt.Sprintf("%s created before %s or after %s: outside of the measured time, and in no count.",
			format.Plural(p.Outside, "ticket was", "tickets were"), p.at(p.Scenario.Time.Warmup), p.at(p.Scenario.Time.Length)))
	}
	t := &table.Table{Columns: []table.Column{
		left("name"), left("does"), left("from"), left("until"), left("for"), left("reason"), left("approved by"), unit("clocks", "clocks"), unit("late and excused", "clocks"),
	}}
	for i := range p.Scenario.Exceptions {
		e := &p.Scenario.Exceptions[i]
		var touched, excused int64
		for k := range p.Clocks {
			if c := &p.Clocks[k]; slices.Contains(c.Excuse.By, i) && c.Verdict != sla.Undecided {
				touched++
				if c.ExcusedBy(e) {
					excused++
				}
			}
		}
		t.Add(table.Text(e.Name), table.Text(format.Words(e.Does())), table.Text(p.at(e.From)), table.Text(p.at(e.Until)), table.Text(e.Whom(&p.Scenario.Names)),
			table.Text(e.Reason), table.Text(e.ApprovedBy), count(touched), count(excused))
	}
	for i := range p.Scenario.SLA.Relaxations {
		r := &p.Scenario.SLA.Relaxations[i]
		var touched, excused int64
		for k := range p.Clocks {
			if c := &p.Clocks[k]; c.Relaxed == i+1 && c.Verdict != sla.Undecided {
				touched++
				if c.Verdict == sla.Met && c.Elapsed > c.Usual {
					excused++
				}
			}
		}
		t.Add(table.Text(r.Name), table.Text("longer promises, announced "+p.at(r.Announced)), table.Text(p.at(r.From)), table.Text(p.at(r.Until)),
			table.Text(model.Whom(&r.Match, &p.Scenario.Names)), table.Text(""), table.Text(""), count(touched), count(excused))
	}
	if len(t.Rows) > 0 {
		s.Table = t
		s.Words = append(s.Words, "Counted are this account's clocks; an exception that suspends credits excuses for credits only. Each counts by itself, so that two may excuse the same clock.")
	}
	if len(s.Words) == 0 {
		s.Words = []string{"Nothing."}
	}
	return s
}

// open lists the promises that are not settled yet.
func (p *statement) open() paper.Section {
	s := paper.Section{Name: "open", Title: "What is still open"}
	t := &table.Table{Columns: []table.Column{
		left("ticket"), left("created"), left("clock"), right("promised"), right("counted"), left("stands"), left("due"),
	}}
	late := 0
	var open []*audit.Clock
	for i := range p.Clocks {
		c := &p.Clocks[i]
		if c.Verdict != sla.Undecided && c.Verdict != sla.Overdue {
			continue
		}
		open = append(open, c)
		stands := format.Exact(c.Within-c.Elapsed) + " left"
		if c.Verdict == sla.Overdue {
			late++
			stands = format.Exact(c.Elapsed-c.Within) + " over"
			if c.Kept {
				stands = "late by an earlier target"
			}
		}
		due := format.Missing
		if c.Comes {
			due = p.at(c.Due)
		}
		policy := &p.Scenario.SLA.Policies[c.Policy]
		t.Add(table.Text(ticketlog.FormatID(c.Ticket)), table.Text(p.at(c.Created)), table.Text(clockName(&p.Scenario.Names, c)),
			table.Text(format.Exact(c.Within)+workingOn(p.Scenario.Calendars[policy.Calendar])), table.Text(format.Exact(c.Elapsed)), table.Text(stands), table.Text(due))
	}
	if len(t.Rows) == 0 {
		s.Words = []string{"Nothing: every clock has been judged."}
		return s
	}
	s.Words = []string{fmt.Sprintf("As of %s: %s still open, of which %s late already and count as such; the others are not judged.",
		p.at(p.Until), format.Plural(len(t.Rows), "clock is", "clocks are"), format.Plural(late, "is", "are"))}
	s.Table, s.Data = t, p.openData(open)
	if len(t.Rows) > mostBrief {
		s.Brief = &table.Table{Columns: t.Columns, Rows: t.Rows[:mostBrief], Title: fmt.Sprintf("the first %d of %s %s", mostBrief, format.Count(float64(len(t.Rows))), paper.WhereAll)}
	}
	return s
}

// openData is the list for machines: times in seconds, instants in RFC 3339.
func (p *statement) openData(open []*audit.Clock) *table.Table {
	t := &table.Table{Columns: []table.Column{
		left("ticket"), left("created"), left("metric"), left("round"), left("policy"), left("calendar"), left("verdict"),
		unit("promised", "s"), unit("counted", "s"), unit("left", "s"), left("due"),
	}}
	for _, c := range open {
		policy := &p.Scenario.SLA.Policies[c.Policy]
		due := ""
		if c.Comes {
			due = p.axis.At(c.Due).Format(time.RFC3339)
		}
		t.Add(table.Text(ticketlog.FormatID(c.Ticket)), table.Text(p.axis.At(c.Created).Format(time.RFC3339)), table.Text(c.Metric.String()), table.Num("", float64(c.Round)),
			table.Text(policy.Name), table.Text(p.Scenario.Calendars[policy.Calendar].Name), table.Text(c.Verdict.String()),
			table.Num("", c.Within.Seconds()), table.Num("", c.Elapsed.Seconds()), table.Num("", (c.Within-c.Elapsed).Seconds()), table.Text(due))
	}
	return t
}
