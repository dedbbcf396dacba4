package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// theInterval says what an interval is that is put around something known.
const theInterval = "The counts are what happened and have no error. The interval is that of the rate at which a desk like this one breaks its promises, " +
	"of which these days are a sample: what lies outside it is more than chance. Days are taken as wholes, since the tickets of a bad day are late together."

// attainment is the record of each metric.
func (r *report) attainment() paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("metric"), unit("clocks", ""), unit("met", ""), unit("late", ""), unit("of these open", ""), unit("late rate", "share"), unit("undecided", ""),
	}}
	excused := len(r.first.Scenario.Exceptions) > 0
	if excused {
		t.Columns = append(t.Columns, unit("late with exceptions", ""), unit("of clocks", ""))
	}
	for _, l := range r.first.By(audit.Whole, r.Level) {
		row := []table.Cell{table.Text(format.Words(l.Metric.String())), count(l.AsItIs.Judged), count(l.AsItIs.Met), count(l.AsItIs.Late()), count(l.AsItIs.Overdue), rate(l.Late), count(l.AsItIs.Undecided)}
		if excused {
			row = append(row, count(l.Adjusted.Late()), count(l.Adjusted.Judged))
		}
		t.Add(row...)
	}
	if len(t.Rows) == 0 {
		return paper.Section{Name: "attainment", Title: "What was kept", Table: t, Words: []string{"There is no clock to judge."}}
	}
	return paper.Section{Name: "attainment", Title: "What was kept", Table: t, Words: []string{
		"A clock that is open and past due counts as late; one that is open and not yet due is undecided and not judged. " + theInterval}}
}

// rate is a share with its interval.
func rate(e estimate.Estimate) table.Cell {
	return table.Estimated(e, outcome.UnitShare, doubts(e)...)
}

// roughGuess is the doubt about few days.
const roughGuess = "Fewer than ten days: the interval is a rough guess."

// doubts are those of an estimate over days, as sentences.
func doubts(e estimate.Estimate) []string {
	var notes []string
	for _, w := range e.Warnings {
		switch w {
		case estimate.FewReplications:
			notes = append(notes, roughGuess)
		case estimate.NoInterval:
			notes = append(notes, "One day alone says nothing about how days differ: there is no interval.")
		}
	}
	return notes
}

// cut is the record of each metric in the groups of a cut; false if there is one group.
func (r *report) cut(c audit.Cut) (paper.Section, bool) {
	tallies := r.first.By(c, r.Level)
	groups := map[string]bool{}
	for _, l := range tallies {
		groups[l.Group] = true
	}
	if len(groups) < 2 {
		return paper.Section{}, false
	}
	partial := map[string]bool{}
	if c == audit.ByMonth || c == audit.ByWeek {
		period := contract.Monthly
		if c == audit.ByWeek {
			period = contract.Weekly
		}
		for _, span := range r.first.Periods(period) {
			partial[span.Name] = span.Partial
		}
	}
	t := &table.Table{Columns: []table.Column{
		left("metric"), left(c.String()), unit("clocks", ""), unit("late", ""), unit("of these open", ""), unit("late rate", "share"), unit("undecided", ""),
	}}
	for _, l := range tallies {
		name, late := table.Text(l.Group), rate(l.Late)
		if c == audit.ByWeek { // no week has ten days
			late.Notes = slices.DeleteFunc(late.Notes, func(note string) bool { return note == roughGuess })
		}
		if partial[l.Group] {
			name.Notes = []string{"Not a whole period: only the part within the audited time is counted."}
		}
		t.Add(table.Text(format.Words(l.Metric.String())), name, count(l.AsItIs.Judged), count(l.AsItIs.Late()), count(l.AsItIs.Overdue), late, count(l.AsItIs.Undecided))
	}
	s := paper.Section{Name: "by-" + c.String(), Title: "By " + c.String(), Table: t}
	switch c {
	case audit.ByMonth, audit.ByWeek:
		s.Pictures = overPeriods(c, r.Level, under{"", tallies})
		s.Brief = latest(t, len(r.first.By(audit.Whole, r.Level)), c.String())
		if c == audit.ByWeek {
			s.Words = []string{"A week has fewer than ten days: the intervals are rough guesses."}
		}
	case audit.ByTeam:
		s.Words = []string{"The team that had the ticket last when the clock was judged; a ticket that nobody had taken is in none."}
	case audit.ByPriority:
		s.Words = []string{"The priority that the promise was made to: that of the ticket at the verdict, unless promises are frozen."}
	case audit.ByAccount:
		worst := *t
		worst.Rows = slices.Clone(t.Rows)
		slices.SortStableFunc(worst.Rows, func(a, b []table.Cell) int { return cmp.Compare(b[3].Number, a[3].Number) })
		s.Brief = brief(&worst, "with the most late clocks:")
	}
	if s.Brief == nil {
		s.Brief = brief(t, "the first")
	}
	return s, true
}

// quantiles are those of the table of times.
var quantiles = []float64{0.5, 0.8, 0.9, 0.95}

// times is how long clocks ran.
func (r *report) times() paper.Section {
	t := &table.Table{Columns: []table.Column{left("metric"), left("clock"), unit("clocks", "")}}
	for _, p := range quantiles {
		t.Columns = append(t.Columns, unit("P"+format.Decimal(100*p, 0), "s"))
	}
	t.Columns = append(t.Columns, unit("late, open", ""), unit("not counted", ""))
	add := func(m sla.Metric, clock string, xs []float64, x *audit.Times, working bool) {
		row := []table.Cell{table.Text(format.Words(m.String())), table.Text(clock), count(len(xs))}
		for _, p := range quantiles {
			e := estimate.QuantileInClusters(xs, x.Days, p, r.Level)
			cell := table.Estimated(e, outcome.UnitSeconds)
			if working {
				cell.Text = format.WorkingEstimate(e)
			}
			row = append(row, cell)
		}
		t.Add(append(row, count(x.Late), count(x.Undecided))...)
	}
	for _, m := range r.first.Metrics() {
		x := r.first.Times(m)
		if len(x.Elapsed) == 0 {
			continue
		}
		working := r.working(m)
		if working {
			add(m, "promised hours", x.Elapsed, &x, true)
		}
		add(m, "on the wall", x.Wall, &x, false)
	}
	if r.Wall != nil {
		for _, m := range r.Wall.Metrics() {
			promised := r.first.Times(m)
			if x := r.Wall.Times(m); len(x.Elapsed) > len(promised.Elapsed) {
				add(m, "on the wall, of all tickets", x.Wall, &x, false)
			}
		}
	}
	if len(t.Rows) == 0 {
		return paper.Section{Name: "times", Title: "How long it took", Table: t, Words: []string{"No clock has run to its end."}}
	}
	return paper.Section{Name: "times", Title: "How long it took", Table: t, Pictures: r.waits(), Words: []string{
		"Percentiles of the clocks that have stopped, and of those that are late and still open as they stand, which will be longer yet. Open clocks that are not late are not counted: " +
			"with many of them the percentiles are too short. Of a first reply and a solution the wall counts from the ticket's creation, of a next reply from the customer's question. " +
			"The interval lies between two of the times that were measured, and takes days as wholes. Of all tickets: whatever is promised to them."}}
}

// uncounted is what is in no rate.
func (r *report) uncounted() paper.Section {
	l := r.first
	t := &table.Table{Columns: []table.Column{left("what"), unit("tickets", "")}}
	for _, row := range []struct {
		what string
		n    int
	}{
		{"created in the audited time", l.Tickets}, {"of these solved", l.Solved}, {"of these abandoned", l.Abandoned}, {"of these open at the end of the log", l.Open},
		{"of these without any promise", l.Unpromised}, {"created before or after it, and counted nowhere", l.Outside},
	} {
		t.Add(table.Text(row.what), count(row.n))
	}
	s := paper.Section{Name: "uncounted", Title: "What is open, and what is not counted", Table: t}
	if w := l.Scenario.Time.Warmup; r.Held[0].Own && w > 0 && l.From == w {
		s.Words = append(s.Words, "The scenario's warm-up, "+format.Stated(w)+", is not audited.")
	}
	for _, m := range promisedOf(l.Silent, l.Scenario.SLA.Policies) {
		s.Words = append(s.Words, fmt.Sprintf("The log records nobody who replies or takes a ticket: what is promised of %s cannot be judged, and is left out.", format.Words(m.String())))
	}
	for i := range r.Held {
		s.Words = append(s.Words, r.Held[i].strangers()...)
	}
	for _, e := range l.Scenario.Exceptions {
		s.Words = append(s.Words, fmt.Sprintf("Exception %s: %s, %s.", format.Clean(e.Name), format.Words(e.Do.String()), format.Clean(e.Reason)))
	}
	return s
}

// promisedOf are the metrics among some that a policy promises.
func promisedOf(metrics []sla.Metric, policies []sla.Policy) []sla.Metric {
	return slices.DeleteFunc(slices.Clone(metrics), func(m sla.Metric) bool {
		return !slices.ContainsFunc(policies, func(p sla.Policy) bool {
			return slices.ContainsFunc(p.Targets, func(t sla.Target) bool { return t.Metric == m })
		})
	})
}
