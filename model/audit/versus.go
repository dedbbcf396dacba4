package audit

import (
	"cmp"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Versus compares what two promises make of the same tickets, ticket by ticket, in one metric.
type Versus struct {
	Metric sla.Metric
	// Both are the tickets that both promises judge; of them LateA and LateB are late by each (in
	// any round), ToLate by the second only and ToMet by the first only.
	Both, LateA, LateB, ToLate, ToMet int
	// OnlyA and OnlyB are tickets that one of the promises judges and the other not.
	OnlyA, OnlyB int
	// Change is the second's share of late tickets less the first's, of those that both judge, with days as
	// clusters.
	Change estimate.Difference
}

// judged is what a promise makes of a ticket in a metric.
type judged struct {
	ticket ticket.ID
	metric sla.Metric
	day    int
	late   bool
}

// Compare holds two ledgers of the same log against each other, in the order of metrics.
func Compare(a, b *Ledger, level float64) []Versus {
	x, y := a.byTicket(), b.byTicket()
	out := map[sla.Metric]*Versus{}
	type columns struct{ a, b daily }
	days := map[sla.Metric]columns{}
	of := func(m sla.Metric) *Versus {
		if out[m] == nil {
			out[m], days[m] = &Versus{Metric: m}, columns{daily{}, daily{}}
		}
		return out[m]
	}
	for len(x) > 0 || len(y) > 0 {
		order := 0
		switch {
		case len(x) == 0:
			order = 1
		case len(y) == 0:
			order = -1
		default:
			order = cmp.Or(cmp.Compare(x[0].metric, y[0].metric), cmp.Compare(x[0].ticket, y[0].ticket))
		}
		switch {
		case order < 0:
			of(x[0].metric).OnlyA++
			x = x[1:]
		case order > 0:
			of(y[0].metric).OnlyB++
			y = y[1:]
		default:
			m := x[0].metric
			of(m).count(x[0].late, y[0].late)
			days[m].a.add(x[0].day, one(x[0].late), 1)
			days[m].b.add(x[0].day, one(y[0].late), 1)
			x, y = x[1:], y[1:]
		}
	}
	var list []Versus
	for m := range sla.Metrics {
		if v := out[m]; v != nil {
			numA, den := days[m].a.columns()
			numB, _ := days[m].b.columns()
			v.Change = estimate.PairedRatio(numA, den, numB, den, level)
			list = append(list, *v)
		}
	}
	return list
}

func (v *Versus) count(a, b bool) {
	v.Both++
	v.LateA += int(one(a))
	v.LateB += int(one(b))
	switch {
	case b && !a:
		v.ToLate++
	case a && !b:
		v.ToMet++
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// byTicket are the judged tickets by metric and ID: late if any of their clocks is.
func (l *Ledger) byTicket() []judged {
	var list []judged
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.AsItIs.Judged > 0 {
			list = append(list, judged{e.Ticket, e.Metric, e.Day, e.Late()})
		}
	}
	slices.SortStableFunc(list, func(a, b judged) int {
		return cmp.Or(cmp.Compare(a.metric, b.metric), cmp.Compare(a.ticket, b.ticket))
	})
	merged := list[:0]
	for _, j := range list {
		if n := len(merged); n > 0 && merged[n-1].metric == j.metric && merged[n-1].ticket == j.ticket {
			merged[n-1].late = merged[n-1].late || j.late
			continue
		}
		merged = append(merged, j)
	}
	return merged
}
