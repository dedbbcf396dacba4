package requirement

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
)

// deadlines says by when touches in writing must be done.
type deadlines struct {
	s          *model.Scenario
	lines      []sla.Line
	bestEffort time.Duration
}

func newDeadlines(s *model.Scenario, axis calendar.Axis, bestEffort time.Duration) *deadlines {
	d := &deadlines{s: s, bestEffort: bestEffort, lines: make([]sla.Line, len(s.Calendars))}
	for i, c := range s.Calendars {
		d.lines[i] = c.On(axis, s.Time.Length)
	}
	return d
}

var (
	firstMetrics = []sla.Metric{sla.FirstReply, sla.Resolution, sla.RequesterWait, sla.AgentWork}
	laterMetrics = []sla.Metric{sla.NextReply, sla.PeriodicUpdate, sla.PausableUpdate}
)

// of is by when a touch of a flow must be done that can begin at an instant: a first one
// within the shortest time promised for it or for the whole ticket; a later one
// within that of the next reply, else as a first one; one of another team within
// that team's agreement, else as a later one; and where nothing is promised,
// within that of best effort.
func (d *deadlines) of(f *Flow) func(at time.Duration) time.Duration {
	ch := &d.s.Channels[f.Class.Channel]
	all := d.s.SLA.Terms(f.Class, d.lines, ch.Live, ch.ShortAbandon)
	pick := func(metrics []sla.Metric) (terms []sla.Term) {
		for _, t := range all {
			if slices.Contains(metrics, t.Metric) {
				terms = append(terms, t)
			}
		}
		return terms
	}
	var terms []sla.Term
	if f.Kind == Passed {
		for _, t := range pick([]sla.Metric{sla.GroupOwnership}) {
			if t.Owner == 0 || t.Owner == sla.OwnedBy(f.Teams[0]) {
				terms = append(terms, t)
			}
		}
	}
	if len(terms) == 0 && f.Kind != First {
		terms = pick(laterMetrics)
	}
	if len(terms) == 0 {
		terms = pick(firstMetrics)
	}
	return func(at time.Duration) time.Duration {
		due, some := at+d.bestEffort, false
		for _, t := range terms {
			if end, ok := t.Line.Add(at, t.Within); ok && (!some || end < due) {
				due, some = end, true
			}
		}
		return due
	}
}
