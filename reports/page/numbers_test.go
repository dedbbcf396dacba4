package page_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

// Every number in a table of the page is the one that the outcome has for that row and column, and every
// number in a chart is that of its interval. What a cell should hold is worked out here again from the
// heads of its row and column; a number that nothing explains is an error.
func TestEveryNumberOnThePageIsThatOfTheOutcome(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 12})
	text := written(t, x)
	checked := 0
	var paying []*outcome.Contract // those that some trial pays have a curve
	for i := range x.Scenario.Contracts {
		c := &x.Scenario.Contracts[i]
		if m, _ := x.Measure(outcome.Credit, outcome.Labels{Contract: c.Name}); slices.Max(m.Num) > 0 {
			paying = append(paying, c)
		}
	}
	for _, g := range gridsOf(text) {
		if strings.HasPrefix(g[0][0], "Day on which") || g[0][0] == "Time waited" || strings.HasPrefix(g[0][0], "hour of creation") {
			continue // held against the outcome in tests of their own, with their charts
		}
		if strings.HasPrefix(g[0][0], "Credit over") {
			checked += checkExceedance(t, x, paying[0], g)
			paying = paying[1:]
			continue
		}
		for _, row := range g[1:] {
			for i := 1; i < len(row); i++ {
				if !strings.ContainsAny(row[i], "0123456789") {
					continue
				}
				want, ok := explain(x, g[0], i, row)
				checked++
				switch {
				case !ok:
					t.Errorf("nothing explains %q in the table of %q, column %q, row %q", row[i], g[0][0], g[0][i], row[0])
				case want != row[i]:
					t.Errorf("table of %q, column %q, row %q: %q, want %q", g[0][0], g[0][i], row[0], row[i], want)
				}
			}
		}
	}
	if len(paying) > 0 {
		t.Errorf("%s has no curve", paying[0].Name)
	}
	if checked < 800 {
		t.Errorf("only %d numbers were checked", checked)
	}
	figures, titles := figuresOf(t, text)
	if titles[0] != "Breach rate by day" || len(figures[0].Lines) != 3 {
		t.Fatalf("the page begins with %q", titles[0])
	}
	for i, l := range figures[0].Lines {
		checkDayLine(t, x, strings.ReplaceAll(strings.ToLower(l.Name), " ", "_"), &figures[0], i)
	}
	lines := 0
	for i, f := range figures {
		if f.Kind != "time" {
			continue
		}
		for _, l := range f.Lines {
			lines++
			checkLine(t, x, titles[i], &f, l.Name, l.V, func(s *outcome.Series) []outcome.Float { return s.Mean })
			if strings.HasPrefix(titles[i], "Breach rate") {
				checkClocks(t, x, titles[i], l.Name, l.Part, l.Whole, l.Spans)
			}
			spread := strings.Contains(l.Band, "8 of 10")
			checkLine(t, x, titles[i], &f, l.Name, l.Lo, func(s *outcome.Series) []outcome.Float {
				if spread {
					return s.P10
				}
				return s.Low
			})
			checkLine(t, x, titles[i], &f, l.Name, l.Hi, func(s *outcome.Series) []outcome.Float {
				if spread {
					return s.P90
				}
				return s.High
			})
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines were checked", lines)
	}
}

// checkClocks checks that every rate says of which clocks it is the ratio.
func checkClocks(t *testing.T, x *outcome.Experiment, title, line string, part, whole []uint64, spans [][2]int) {
	t.Helper()
	s := shown(seriesOf(x, title, line))
	if !slices.Equal(part, s.Breached) || !slices.Equal(whole, s.Judged) || len(spans) != len(s.Merged) {
		t.Errorf("%s, %s: %d and %d clocks, %d spans, want %d, %d and %d", title, line, len(part), len(whole), len(spans), len(s.Breached), len(s.Judged), len(s.Merged))
	}
}

// explain works out what a cell of a table should say.
func explain(x *outcome.Experiment, head []string, column int, row []string) (string, bool) {
	name, at := head[column], row[0]
	e := func(measure string, l outcome.Labels) (string, bool) {
		m, ok := x.Measure(measure, l)
		if !ok {
			return "", false
		}
		return format.Estimate(m.Estimate, m.Unit), true
	}
	switch head[0] {
	case "first reply", "resolution", "answer":
		return promise(x, sliceOf(strings.ReplaceAll(head[0], " ", "_"), at), name)
	case "team":
		return team(x, at, name)
	case "cost, USD":
		l := outcome.Labels{Team: at}
		if at == "all teams" {
			l.Team = ""
		}
		return e(map[string]string{"base": outcome.CostBase, "overtime": outcome.CostOvertime, "in all": outcome.Cost}[name], l)
	case "tickets, per replication":
		if spike, ok := strings.CutPrefix(at, "recovery after "); ok {
			return e(outcome.Recovery, outcome.Labels{Spike: spike})
		}
		return e(map[string]string{
			"arrived": outcome.Arrived, "solved": outcome.Solved, "abandoned": outcome.Abandoned, "open at the end": outcome.Open,
			"mean wait in the queue": outcome.Wait, "agent time per ticket": outcome.WorkPerTicket, "largest backlog": outcome.BacklogPeak, "largest queue": outcome.QueuePeak,
		}[at], outcome.Labels{})
	case "contract":
		return contract(x, at, name, e)
	case "time until done":
		q, clock, _ := strings.Cut(name, ", ")
		l := outcome.Labels{Metric: strings.ReplaceAll(at, " ", "_"), Quantile: q}
		write := format.WorkingSeconds
		if clock == "on the wall" {
			l.Clock, write = outcome.WallClock, format.Seconds
		}
		m, ok := x.Measure(outcome.Elapsed, l)
		return write(m.Estimate.Value), ok
	case "hour":
		return row[column], true // see TestTheMapsOfThePage
	case "line":
		return row[column], true // see TestTheExtremesOfThePage
	case "assumption", "policy", "spike":
		return row[column], true // see TestTheAssumptionsOfThePage
	}
	return "", false
}

func sliceOf(metric, name string) outcome.Labels {
	l := outcome.Labels{Metric: metric}
	switch kind, value, _ := strings.Cut(name, " "); kind {
	case "priority":
		l.Priority = value
	case "tier":
		l.Tier = value
	case "channel":
		l.Channel = value
	case "account":
		l.Account = value
	}
	return l
}

func promise(x *outcome.Experiment, l outcome.Labels, column string) (string, bool) {
	count := func(name string) (string, bool) {
		m, ok := x.Measure(name, l)
		if v := m.Estimate.Value; ok && v > 0 && v < 0.05 {
			return "<0.1", true
		}
		return format.Value(m.Estimate.Value, m.Unit), ok
	}
	switch column {
	case "clocks":
		return count(outcome.Clocks)
	case "open, overdue":
		return count(outcome.Overdue)
	case "undecided":
		return count(outcome.Undecided)
	case "breached":
		m, ok := x.Measure(outcome.BreachRate, l)
		return format.Estimate(m.Estimate, m.Unit), ok
	}
	with := l
	with.Quantile = column
	if m, ok := x.Measure(outcome.Elapsed, with); ok {
		return format.WorkingSeconds(m.Estimate.Value), true
	}
	p, err := strconv.ParseFloat("0."+strings.TrimPrefix(column, "p"), 64)
	for i := range x.Waits {
		if w := &x.Waits[i]; w.Labels == l && err == nil {
			return format.WorkingSeconds(below(w, p)), true
		}
	}
	return "", false
}

// below is the quantile of a distribution, in a straight line within its bin.
func below(w *outcome.Waits, p float64) float64 {
	var total, seen float64
	for _, n := range w.Count {
		total += float64(n)
	}
	for i, n := range w.Count {
		lower := 0.0
		if i > 0 {
			lower = w.Upper[i-1]
		}
		if n > 0 && seen+float64(n) >= p*total {
			return lower + (w.Upper[i]-lower)*(p*total-seen)/float64(n)
		}
		seen += float64(n)
	}
	return math.NaN()
}

func team(x *outcome.Experiment, name, column string) (string, bool) {
	measure := map[string]string{
		"occupancy": outcome.Occupancy, "within 75–85\u202f% of time": outcome.InBand, "paid hours": outcome.PaidHours, "overtime hours": outcome.Overtime,
		"cost, USD": outcome.Cost, "per week, USD": outcome.Cost,
	}[column]
	var num, den []float64
	level := 0.95
	unit := outcome.UnitHours
	for _, of := range x.Scenario.Teams {
		m, ok := x.Measure(measure, outcome.Labels{Team: of})
		if !ok || name != "all teams" && name != of {
			continue
		}
		unit = m.Unit
		if num == nil {
			num, den = make([]float64, len(m.Num)), m.Den
		}
		for r := range num {
			num[r] += m.Num[r]
		}
	}
	all := estimate.Ratio(num, den, level)
	if column == "per week, USD" {
		weeks := float64(x.Scenario.Length-x.Scenario.Warmup) / float64(7*24*time.Hour)
		return format.Value(all.Value/weeks, outcome.UnitMoney), true
	}
	return format.Estimate(all, unit), num != nil
}

func contract(x *outcome.Experiment, name, column string, e func(string, outcome.Labels) (string, bool)) (string, bool) {
	l := outcome.Labels{Contract: name}
	for _, c := range x.Scenario.Contracts {
		switch {
		case c.Name != name:
		case column == "fee per month, USD":
			return format.Money(c.Fee, ""), true
		case column == "promise":
			return format.Percent(c.Target) + " of " + strings.ReplaceAll(c.Metric, "_", " "), true
		}
	}
	switch column {
	case "attained":
		return e(outcome.Attainment, l)
	case "periods that pay":
		return e(outcome.PayRate, l)
	case "P95":
		l.Quantile = outcome.TailP95
	case "CVaR95":
		l.Quantile = outcome.TailCVaR95
	}
	return e(outcome.Credit, l)
}

// checkExceedance checks the share of the trials of a contract that pay more than an amount, for each
// amount that a trial pays.
func checkExceedance(t *testing.T, x *outcome.Experiment, c *outcome.Contract, g grid) int {
	t.Helper()
	m, _ := x.Measure(outcome.Credit, outcome.Labels{Contract: c.Name})
	want := map[string]string{}
	for _, paid := range append([]float64{0}, m.Num...) {
		above := 0.0
		for _, other := range m.Num {
			if other > paid {
				above++
			}
		}
		want[format.Money(paid, x.Scenario.Currency)] = format.Percent(above / float64(len(m.Num)))
	}
	if len(want) != len(g)-1 {
		t.Errorf("%s: %d amounts, want %d", c.Name, len(g)-1, len(want))
	}
	for _, row := range g[1:] {
		if row[1] != want[row[0]] {
			t.Errorf("%s: %q of the trials pay more than %s, want %q", c.Name, row[1], row[0], want[row[0]])
		}
	}
	return len(want)
}

func TestTheMapsOfThePage(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 5})
	maps := 0
	for _, g := range gridsOf(written(t, x)) {
		if g[0][0] != "hour" {
			continue
		}
		metric := []string{"first_reply", "resolution", "answer"}[maps]
		maps++
		for _, row := range g[1:] {
			for day := 1; day < 8; day++ {
				hour := fmt.Sprintf("%s-%s", strings.ToLower(g[0][day][:3]), row[0][:2])
				want := format.Missing
				if m, ok := x.Measure(outcome.BreachByHour, outcome.Labels{Metric: metric, Hour: hour}); ok {
					want = format.Estimate(m.Estimate, m.Unit)
				}
				if row[day] != want {
					t.Errorf("%s, %s: %q, want %q", metric, hour, row[day], want)
				}
			}
		}
	}
	if maps != 3 {
		t.Errorf("%d maps", maps)
	}
}

func TestTheAssumptionsOfThePage(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 5})
	sc := &x.Scenario
	found := 0
	for _, g := range gridsOf(written(t, x)) {
		switch g[0][0] {
		case "policy":
			for i, p := range sc.Targets {
				found++
				if g[i+1][0] != p.Policy || g[i+1][3] != format.Stated(p.Within) {
					t.Errorf("%q, want %s within %s", g[i+1], p.Policy, format.Stated(p.Within))
				}
			}
		case "spike":
			found++
			if g[1][1] != "8" || g[1][2] != "Fri 27 Nov 00:00" || g[1][3] != "Sat 28 Nov 09:00" {
				t.Errorf("%q", g[1])
			}
		case "assumption":
			found++
			if g[1][1] != "2026-11-16 00:00 -05:00 (America/New_York)" || g[2][1] != "2026-12-07 00:00 -05:00 (America/New_York)" {
				t.Errorf("%q", g[1:3])
			}
		}
	}
	if found != len(sc.Targets)+2 {
		t.Errorf("%d found", found)
	}
}
