package book

import (
	"time"

	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// watch sees in one trial what years are priced by and the collector does not part by month: whose tickets took
// how much agent time, and what each month was like.
type watch struct {
	*recorder
	months []pricing.Month
	worked []worked // by team
	touch  map[ticket.ID]touch
	since  []time.Duration // by team, of staff
	staff  []int32
}

// worked is agent time with tickets in hand, by whose they are. Of somebody who has several in hand it is that of
// each.
type worked struct {
	all, covered float64
	by           []float64 // by deal
}

// touch is work on a ticket that has begun.
type touch struct {
	at   time.Duration
	team int16
}

func newWatch(r *recorder) *watch {
	w := &watch{
		recorder: r, months: make([]pricing.Month, len(r.book.Months)), worked: make([]worked, len(r.scenario.Teams)),
		touch: map[ticket.ID]touch{}, since: make([]time.Duration, len(r.scenario.Teams)), staff: make([]int32, len(r.scenario.Teams)),
	}
	for i := range w.worked {
		w.worked[i].by = make([]float64, len(r.book.Deals))
	}
	for i := range w.months {
		w.months[i] = pricing.Month{
			Judged: make([]float64, sla.Metrics), Late: make([]float64, sla.Metrics),
			Incident: make([]float64, len(r.scenario.Bursts)), Down: make([]float64, len(r.scenario.Outages)),
		}
	}
	return w
}

// monthAt is the month of an instant, nil outside of them.
func (w *watch) monthAt(at time.Duration) *pricing.Month {
	for i := range w.months {
		if span := &w.book.Months[i]; at >= span.From && at < span.To {
			return &w.months[i]
		}
	}
	return nil
}

// Ticket implements desk.Observer.
func (w *watch) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	switch kind {
	case ticket.Created:
		m := w.monthAt(at)
		if m == nil {
			return
		}
		m.Arrived++
		if i := int(t.Stream) - len(w.scenario.Streams); i >= 0 && i < len(m.Incident) {
			m.Incident[i]++
		}
	case ticket.Started:
		w.touch[t.ID] = touch{at, t.Team}
	case ticket.Replied, ticket.Returned:
		w.end(at, t)
	case ticket.Noted:
		if t.Rung < 0 {
			w.end(at, t)
		}
	}
}

// end ends the touch of a ticket, if there is one.
func (w *watch) end(at time.Duration, t *desk.Ticket) {
	begun, ok := w.touch[t.ID]
	if !ok {
		return
	}
	delete(w.touch, t.ID)
	took := float64(min(at, w.to) - max(begun.at, w.from))
	if took <= 0 || begun.team < 0 {
		return
	}
	x := &w.worked[begun.team]
	x.all += took
	covered := false
	class := w.classes[t.Actual]
	for _, i := range class {
		x.by[i] += took
		covered = covered || w.book.Deals[i].Of < 0
	}
	if covered {
		x.covered += took
	}
}

// Waiting implements desk.Observer.
func (w *watch) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (w *watch) Staff(at time.Duration, team int, n desk.Staff) {
	w.staffed(team, at)
	w.staff[team] = n.On
}

// staffed adds the time on shift since the last change.
func (w *watch) staffed(team int, until time.Duration) {
	since := w.since[team]
	w.since[team] = until
	if w.staff[team] == 0 {
		return
	}
	for i := range w.months {
		span := &w.book.Months[i]
		if span.To <= since || span.From >= until {
			continue
		}
		w.months[i].Staffed += (min(until, span.To) - max(since, span.From)).Hours() * float64(w.staff[team])
	}
}

// Judged implements desk.Observer.
func (w *watch) Judged(_ time.Duration, t *desk.Ticket, results []sla.Result) { w.judge(t, results) }

// Done implements desk.Observer.
func (w *watch) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	w.end(at, t)
	w.judge(t, results)
}

func (w *watch) judge(t *desk.Ticket, results []sla.Result) {
	m := w.monthAt(t.Created)
	if m == nil {
		return
	}
	for i := range results {
		switch r := &results[i]; r.Verdict {
		case sla.Breached, sla.Overdue:
			m.Late[r.Metric]++
			m.Judged[r.Metric]++
		case sla.Met:
			m.Judged[r.Metric]++
		}
	}
}
