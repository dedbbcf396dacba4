package comparison

import (
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// decide is the verdict of a comparison: what each scenario costs against the base
// and what it does to the promise that it changes most.
func decide(c *outcome.Comparison) string {
	var sentences []string
	for k := 1; k < len(c.Scenarios); k++ {
		name := format.Clean(c.Scenarios[k])
		cost, breaches := costClause(c, k), breachClause(c, k)
		parts := make([]string, 0, 2)
		for _, p := range []string{cost, breaches} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			continue
		}
		sentences = append(sentences, name+" "+strings.Join(parts, " and ")+".")
	}
	if len(sentences) == 0 {
		return "The outcomes share neither costs nor breach rates, so there is no verdict."
	}
	return strings.Join(sentences, " ")
}

// costRow is the cost of all teams; with a single team, that of the team.
func costRow(c *outcome.Comparison) *outcome.ComparisonRow {
	var teams []*outcome.ComparisonRow
	for i := range c.Rows {
		row := &c.Rows[i]
		switch {
		case row.Name != outcome.Cost:
		case row.Labels == (outcome.Labels{}):
			return row
		default:
			teams = append(teams, row)
		}
	}
	if len(teams) == 1 {
		return teams[0]
	}
	return nil // several teams and no total: no single row says it
}

func costClause(c *outcome.Comparison, k int) string {
	row := costRow(c)
	if row == nil {
		return ""
	}
	d, q := row.Differences[k-1], row.Quotients[k-1]
	switch {
	case format.Difference(d, row.Unit) == format.Same:
		return "costs the same"
	case math.IsNaN(q.Value) && math.IsNaN(d.Value):
		return ""
	case math.IsNaN(q.Value):
		return "costs " + format.Difference(d, row.Unit) + " " + format.Clean(c.Currency)
	case math.Abs(q.Value-1) < 0.005:
		return "costs about the same"
	default:
		return "costs " + format.Quotient(q)
	}
}

// mostChanged is the breach rate with the largest difference beyond doubt, in
// percentage points, in any scenario; nil when there is none.
func mostChanged(c *outcome.Comparison) *outcome.ComparisonRow {
	var best *outcome.ComparisonRow
	most := 0.0
	for k := 1; k < len(c.Scenarios); k++ {
		if row := changed(c, k); row != nil {
			if d := math.Abs(row.Differences[k-1].Value); d > most {
				best, most = row, d
			}
		}
	}
	return best
}

// changed is the breach rate that scenario k changes most.
func changed(c *outcome.Comparison, k int) *outcome.ComparisonRow {
	var best *outcome.ComparisonRow
	most := 0.0
	for i := range c.Rows {
		row := &c.Rows[i]
		if row.Name != outcome.BreachRate || !subjects[0].shows(c, row) {
			continue // the verdict rests on what the table shows
		}
		d := row.Differences[k-1]
		known := d.Low > 0 || d.High < 0
		if size := math.Abs(d.Value); known && size > most {
			best, most = row, size
		}
	}
	return best
}

func breachClause(c *outcome.Comparison, k int) string {
	row := changed(c, k)
	if row == nil {
		for i := range c.Rows {
			if c.Rows[i].Name == outcome.BreachRate {
				return "changes no breach rate beyond doubt"
			}
		}
		return ""
	}
	what := whose(row.Labels) + " breaches"
	d, q := row.Differences[k-1], row.Quotients[k-1]
	from, to := row.Values[0].Value, row.Values[k].Value
	detail := " (" + rate(from) + " to " + rate(to) + " of clocks)"
	switch {
	case d.Value < 0 && to == 0:
		return "removes all " + what + detail
	case d.Value < 0 && !math.IsNaN(q.Value):
		return "removes " + removed(q.Value, q.Low, q.High) + " of " + what + detail
	case d.Value > 0 && !math.IsNaN(q.Value):
		return "has " + format.Quotient(q) + " the " + what + detail
	case d.Value > 0:
		return "brings " + what + " where there were none" + detail
	}
	return ""
}

// removed writes the share that is gone, 1 - quotient, with its interval.
func removed(value, low, high float64) string {
	gone := 1 - value
	if math.IsNaN(low) || math.IsNaN(high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		return rate(gone)
	}
	places, ok := format.Places((high-low)/2*100, 2)
	if !ok {
		return rate(gone)
	}
	places = max(places, 0)
	return format.Decimal(100*gone, places) + format.Thin + "% (" +
		format.Decimal(100*(1-high), places) + "–" + format.Decimal(100*(1-low), places) + ")"
}

// rate writes a breach rate in a sentence.
func rate(x float64) string {
	places := 1
	if x < 0.01 {
		places = 2
	}
	return format.Decimal(100*x, places) + format.Thin + "%"
}

// whose names the tickets of a breach rate: enterprise first-reply.
func whose(l outcome.Labels) string {
	metric := strings.ReplaceAll(format.Clean(l.Metric), "_", "-")
	l.Metric = ""
	if l.Priority != "" {
		l.Priority += "-priority"
	}
	var parts []string
	for _, v := range l.Values() {
		if v != "" {
			parts = append(parts, format.Clean(v))
		}
	}
	return strings.Join(append(parts, metric), " ")
}
