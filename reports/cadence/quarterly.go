package cadence

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

var nan = math.NaN()

// quarterly shows where targets go, and what a tighter one would have meant.
func (v *view) quarterly(d *paper.Document, tighten float64) {
	d.Title = "Quarterly targets: " + format.Clean(v.Scenario.Name)
	_, d.Verdict = v.whole(contract.Quarterly)
	d.Sections = append(d.Sections, v.quarters(tighten))
}

// goal is something that has a record in each quarter, and a target or none.
type goal struct {
	name   string
	target float64
	in     []record // by quarter
}

// goals are the metrics, and the contracts.
func (v *view) goals(spans []contract.Span) []goal {
	var list []goal
	for _, m := range v.metrics() {
		g := goal{name: format.Words(m), target: v.promised(m)}
		for _, s := range spans {
			g.in = append(g.in, v.inPeriod(m, s.Name))
		}
		list = append(list, g)
		for _, p := range v.policies(m) {
			g := goal{name: format.Words(m) + " by policy " + format.Clean(p.Policy), target: p.Share}
			for _, s := range spans {
				g.in = append(g.in, v.record(outcome.BreachByPeriod, outcome.Labels{Metric: m, Policy: p.Policy, Period: s.Name}))
			}
			list = append(list, g)
		}
	}
	for i := range v.Scenario.Contracts {
		k := &v.Scenario.Contracts[i]
		g := goal{name: "contract " + format.Clean(k.Name) + ": " + about(k), target: k.Kept()}
		for range spans {
			g.in = append(g.in, v.nothing())
		}
		for _, part := range v.spans(periodOf(k)) {
			q := 0
			for q < len(spans)-1 && part.From >= spans[q].To {
				q++
			}
			g.in[q] = g.in[q].plus(v.inSpan(k, part))
		}
		list = append(list, g)
	}
	return list
}

func (v *view) quarters(tighten float64) paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("target"), left("quarter"), unit("clocks", ""), unit("late", ""), unit("attained", "share"), unit("against the one before", "share"),
		unit("promised", "share"), unit("kept in", "share"), unit("tightened", "share"), unit("would be kept in", "share"),
	}}
	spans := v.spans(contract.Quarterly)
	for _, g := range v.goals(spans) {
		for q, s := range spans {
			r := g.in[q]
			row := []table.Cell{table.Text(g.name), period(s), v.mean(r.judged), v.mean(r.late), v.attained(r)}
			trend := table.Text(format.Missing)
			if q > 0 && total(g.in[q-1].judged) > 0 && total(r.judged) > 0 {
				trend = v.change(r, g.in[q-1], -1)
			}
			tighter := tighten
			if tighter == 0 && g.target > 0 {
				tighter = g.target + (1-g.target)/2
			}
			row = append(row, trend)
			for _, share := range []float64{g.target, tighter} {
				if share == 0 {
					row = append(row, table.Num(format.Missing, nan), table.Num(format.Missing, nan))
					continue
				}
				row = append(row, table.Num(format.Percent(share), share), v.keptIn(r, share))
			}
			t.Add(row...)
		}
	}
	what := "half the misses that the target allows"
	if tighten > 0 {
		what = "what was asked for"
	}
	return paper.Section{Name: "quarters", Title: "Targets by quarter", Table: t, Pictures: v.late(contract.Quarterly), Words: []string{
		fmt.Sprintf("A ticket belongs to the quarter in which it was created, that of a contract to the quarter in which its period begins. Counts are means over replications; "+
			"kept in: the share of replications in which the quarter as a whole attains the share. Tightened: %s. %s is no difference that the replications can tell.", what, format.Same)}}
}

// Share reads what a tightened target promises; false unless it lies between 0 and 1.
func Share(text string) (float64, bool) {
	s, err := contract.ParseShare(text)
	return s.Float(), err == nil && s > 0 && s <= contract.One
}

// Known reports whether a view has this name.
func Known(name string) bool {
	for _, n := range Names() {
		if n == name {
			return true
		}
	}
	return false
}
