package collect

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Worst finds the tickets of a trial that kept a promise worst: those that are late before
// those that are not, and the longer over their target, in working time, the earlier. A
// ticket with several verdicts counts with the worst of them. It is a desk.Observer.
type Worst struct {
	Metric sla.Metric
	// Chosen says which tickets are looked at; nil for all.
	Chosen func(created time.Duration, c ticket.Class) bool

	Clocks int // verdicts on those tickets
	Late   int // of those, the ones breached or overdue

	classes []ticket.Class
	most    int
	ranked  []ranked // worst first
}

// ranked is a ticket with its worst verdict.
type ranked struct {
	id     ticket.ID
	late   bool
	excess time.Duration // over the target; negative if it was not used up
}

// NewWorst finds the worst tickets of a desk's trial, as many as most.
func NewWorst(l *desk.Layout, m sla.Metric, most int) *Worst {
	return &Worst{Metric: m, classes: l.Plan.Classes, most: most}
}

// Tickets are the worst tickets so far, the worst one first.
func (w *Worst) Tickets() []ticket.ID {
	ids := make([]ticket.ID, len(w.ranked))
	for i, r := range w.ranked {
		ids[i] = r.id
	}
	return ids
}

// Judged implements desk.Observer.
func (w *Worst) Judged(_ time.Duration, t *desk.Ticket, results []sla.Result) { w.look(t, results) }

// Done implements desk.Observer.
func (w *Worst) Done(_ time.Duration, t *desk.Ticket, results []sla.Result) { w.look(t, results) }

func (w *Worst) look(t *desk.Ticket, results []sla.Result) {
	for _, r := range results {
		if r.Metric != w.Metric || w.Chosen != nil && !w.Chosen(t.Created, w.classes[t.Class]) {
			continue
		}
		late := r.Verdict == sla.Breached || r.Verdict == sla.Overdue
		w.Clocks++
		if late {
			w.Late++
		}
		w.rank(ranked{t.ID, late, r.Elapsed - r.Within})
	}
}

func (w *Worst) rank(r ranked) {
	worse := func(a, b ranked) int {
		return cmp.Or(rankOf(b.late)-rankOf(a.late), cmp.Compare(b.excess, a.excess), cmp.Compare(a.id, b.id))
	}
	if i := slices.IndexFunc(w.ranked, func(have ranked) bool { return have.id == r.id }); i >= 0 {
		if worse(w.ranked[i], r) <= 0 {
			return
		}
		w.ranked = slices.Delete(w.ranked, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(w.ranked, r, worse)
	if at >= w.most {
		return
	}
	w.ranked = slices.Insert(w.ranked[:min(len(w.ranked), w.most-1)], at, r)
}

func rankOf(late bool) int {
	if late {
		return 1
	}
	return 0
}

// Ticket implements desk.Observer.
func (w *Worst) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) {}

// Waiting implements desk.Observer.
func (w *Worst) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (w *Worst) Staff(time.Duration, int, desk.Staff) {}
