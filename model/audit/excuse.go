package audit

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
)

// Excuse is what the scenario's exceptions make of a clock.
type Excuse struct {
	By        []int   // the exceptions that affect it
	Excluded  bool    // it counts nowhere
	Suspended bool    // it counts, but no credit is worked out from it
	Factor    float64 // of its target, by the exception that relaxes most; 0 for none
}

// excuse finds the exceptions that affect a clock.
func (a *Auditor) excuse(created time.Duration, x sla.Explanation) Excuse {
	var out Excuse
	for i := range a.scenario.Exceptions {
		e := &a.scenario.Exceptions[i]
		if !e.Affects(x.Class, created) {
			continue
		}
		out.By = append(out.By, i)
		switch e.Do {
		case model.Exclude:
			out.Excluded = true
		case model.SuspendCredits:
			out.Suspended = true
		case model.Relax:
			out.Factor = max(out.Factor, e.By)
		}
	}
	return out
}

// relaxes reports whether the clock is late by its own target and not by Factor times it, which
// makes it met, or undecided while it is open. What can no longer be kept is not relaxed.
func (c *Clock) relaxes(factor float64) bool {
	return factor > 1 && c.Late() && c.Elapsed > c.Within && float64(c.Elapsed) <= factor*float64(c.Within)
}

// Record counts judged clocks.
type Record struct {
	Met, Judged int64
	Overdue     int64 // of the judged ones, those that are late and still open
	Undecided   int64 // open and not late: not judged
}

// Late is the number of clocks that were not met.
func (r Record) Late() int64 { return r.Judged - r.Met }

// Plus adds two records.
func (r Record) Plus(o Record) Record {
	return Record{r.Met + o.Met, r.Judged + o.Judged, r.Overdue + o.Overdue, r.Undecided + o.Undecided}
}

// AsItIs is the clock as the customer lives through it, whatever is excused.
func (c *Clock) AsItIs() Record {
	switch c.Verdict {
	case sla.Met:
		return Record{Met: 1, Judged: 1}
	case sla.Breached:
		return Record{Judged: 1}
	case sla.Overdue:
		return Record{Judged: 1, Overdue: 1}
	case sla.Undecided:
		return Record{Undecided: 1}
	}
	return Record{}
}

// Adjusted is the clock with exceptions applied, for attainment.
func (c *Clock) Adjusted() Record {
	switch {
	case c.Excuse.Excluded:
		return Record{}
	case !c.relaxes(c.Excuse.Factor):
		return c.AsItIs()
	case c.Verdict == sla.Overdue:
		return Record{Undecided: 1}
	}
	return Record{Met: 1, Judged: 1}
}

// ExcusedBy reports whether an exception, by itself, makes a late clock one that is not; an
// exception that suspends credits does so for credits only.
func (c *Clock) ExcusedBy(e *model.Exception) bool {
	if !c.Late() {
		return false
	}
	return e.Do != model.Relax || c.relaxes(e.By)
}
