// Package cadence reads an outcome as the people do who meet about it: weekly, for the breach
// patterns that a roster can mend; monthly, for what contracts and targets attained; quarterly,
// for where it goes and what a tighter target would have meant.
//
// All shares are ratios of totals, over clocks and replications, never means of shares. Intervals
// are between replications. Periods that the measured time holds only in part say so, and are in
// no count of periods met.
package cadence

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// The views.
const (
	Weekly    = "weekly"
	Monthly   = "monthly"
	Quarterly = "quarterly"
)

// Names lists the views.
func Names() []string { return []string{Weekly, Monthly, Quarterly} }

// Options choose a view.
type Options struct {
	Name string // of the view
	// Tighten is the share that a tighter target promises; 0 for half the misses that each
	// target allows: 97.5 % for 95 %.
	Tighten float64
}

// View makes the document of a view; nil for a name that is none.
func View(x *outcome.Experiment, o Options) *paper.Document {
	v := newView(x)
	d := &paper.Document{Birth: v.birth()}
	s := &x.Scenario
	d.Head = format.Join(s.Name, fmt.Sprintf("measured from %s to %s", format.Date(v.axis.At(s.Warmup)), format.Moment(v.axis.At(s.Length))), s.Zone,
		format.Plural(x.Replications, "replication", "replications"))
	switch o.Name {
	case Weekly:
		v.weekly(d)
	case Monthly:
		v.monthly(d)
	case Quarterly:
		v.quarterly(d, o.Tighten)
	default:
		return nil
	}
	if len(v.metrics()) > 0 && !slices.ContainsFunc(x.Measures, func(m outcome.Measure) bool { return m.Name == outcome.BreachByPeriod }) {
		d.Verdict += " The outcome was written by a program that did not count by week, month and quarter: run the scenario again."
	}
	return d
}

// view is an outcome that is looked at.
type view struct {
	*outcome.Experiment
	axis  calendar.Axis
	level float64
}

func newView(x *outcome.Experiment) *view {
	return &view{Experiment: x, axis: calendar.Axis{Origin: x.Local(0)}, level: x.Level()}
}

func (v *view) birth() string {
	return format.Join(v.Scenario.Name, "scenario "+format.Short(v.Scenario.Digest), fmt.Sprintf("seed %d", v.Seed),
		format.Plural(v.Replications, "replication", "replications"), v.Tool)
}

// spans are the periods of a kind in the measured time.
func (v *view) spans(p contract.Period) []contract.Span {
	return p.Split(v.axis, v.Scenario.Warmup, v.Scenario.Length)
}

// metrics lists the metrics that have a breach rate.
func (v *view) metrics() []string {
	var names []string
	for i := range v.Measures {
		if m := &v.Measures[i]; m.Name == outcome.BreachRate && m.Labels == (outcome.Labels{Metric: m.Labels.Metric}) && !slices.Contains(names, m.Labels.Metric) {
			names = append(names, m.Labels.Metric)
		}
	}
	return names
}

// record is late and judged clocks by replication.
type record struct{ late, judged []float64 }

// record is that of a breach rate; empty if there is none.
func (v *view) record(name string, l outcome.Labels) record {
	m, ok := v.Measure(name, l)
	if !ok {
		return v.nothing()
	}
	return record{m.Num, m.Den}
}

// kept is the record of an attainment.
func (v *view) kept(l outcome.Labels) record {
	m, ok := v.Measure(outcome.Attainment, l)
	if !ok {
		return v.nothing()
	}
	return record{minus(m.Den, m.Num), m.Den}
}

func (v *view) nothing() record {
	return record{make([]float64, v.Replications), make([]float64, v.Replications)}
}

func minus(a, b []float64) []float64 {
	c := make([]float64, len(a))
	for i := range c {
		c[i] = a[i] - b[i]
	}
	return c
}

// plus adds up records, replication by replication.
func (r record) plus(o record) record {
	sum := record{slices.Clone(r.late), slices.Clone(r.judged)}
	for i := range sum.late {
		sum.late[i] += o.late[i]
		sum.judged[i] += o.judged[i]
	}
	return sum
}

// less takes one record out of another.
func (r record) less(o record) record {
	return record{minus(r.late, o.late), minus(r.judged, o.judged)}
}

func total(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

// mean is a count per replication.
func (v *view) mean(xs []float64) table.Cell {
	x := total(xs) / float64(max(v.Replications, 1))
	return table.Num(format.Value(x, outcome.UnitClocks), x)
}

// rate is the share of clocks that are late.
func (v *view) rate(r record) table.Cell {
	e := v.Ratio(r.late, r.judged, v.level)
	return table.Estimated(e, outcome.UnitShare)
}

// attained is the share of clocks that are met.
func (v *view) attained(r record) table.Cell {
	e := v.Ratio(minus(r.judged, r.late), r.judged, v.level)
	return table.Estimated(e, outcome.UnitShare)
}

// change is the rate of late clocks less that of another record, replication by replication; of
// attainment with its sign turned.
func (v *view) change(r, other record, sign float64) table.Cell {
	set := v.Set
	in := func(xs []float64) []float64 { return estimate.Sets(xs, set) }
	numA, numB := other.late, r.late
	if sign < 0 {
		numA, numB = minus(other.judged, other.late), minus(r.judged, r.late)
	}
	d := estimate.PairedRatio(in(numA), in(other.judged), in(numB), in(r.judged), v.level)
	c := table.Estimated(d.Estimate, outcome.UnitShare)
	c.Text = format.Difference(d, outcome.UnitShare)
	return c
}

const partialNote = "Only a part of this period lies in the measured time."

// period is a cell with the name of a period.
func period(s contract.Span) table.Cell {
	c := table.Text(s.Name)
	if s.Partial {
		c.Notes = []string{partialNote}
	}
	return c
}

// whole says which periods are whole, and plainly if none is.
func (v *view) whole(p contract.Period) (n int, words string) {
	spans := v.spans(p)
	var parts []string
	for _, s := range spans {
		if s.Partial {
			parts = append(parts, s.Name)
		} else {
			n++
		}
	}
	switch {
	case n == 0 && len(parts) == 0:
		return 0, "Nothing is measured."
	case n == 0:
		return 0, fmt.Sprintf("The measured time holds no whole %s, only %s of %s: what follows is about these parts, and no forecast of a whole %s.",
			p, map[bool]string{true: "a part", false: "parts"}[len(parts) == 1], format.List(parts), p)
	case len(parts) > 0:
		return n, fmt.Sprintf("The measured time holds %s, and parts of %s.", format.Plural(n, "whole "+p.String(), "whole "+p.String()+"s"), format.List(parts))
	}
	return n, fmt.Sprintf("The measured time holds %s.", format.Plural(n, "whole "+p.String(), "whole "+p.String()+"s"))
}

func left(head string) table.Column { return table.Column{Head: head} }

// unit is a column of numbers with a unit for machines.
func unit(head, of string) table.Column {
	return table.Column{Head: head, Unit: of, Align: table.Right}
}
