// Package cover simulates the coverages of a study on the same customers, and tells apart those who write by day,
// at night and on other days.
package cover

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// Run simulates the plans of a study, with the seed, the balance and the number of replications of the first, and fills in what
// they came to. It returns their outcomes as well.
func Run(ctx context.Context, s *coverage.Study, o experiment.Options) ([]*outcome.Experiment, error) {
	var all []*outcome.Experiment
	s.Parts = make([]coverage.Part, coverage.PartsOfWeek)
	for i := range s.Parts {
		s.Parts[i].Name = coverage.PartNames[i]
	}
	for i := range s.Plans {
		plan := s.Plans[i].Scenario
		if i > 0 {
			alike := *plan
			alike.Run = s.Plans[0].Scenario.Run
			alike.Run.Exactly(all[0].Replications)
			plan = &alike
		}
		w := &watches{of: plan, options: &s.Options, all: map[int]*watch{}}
		o.Watch = w.watch
		x, err := experiment.Run(ctx, plan, o)
		if err == nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("interrupted in %s, coverage %d of %d: %w", s.Plans[i].Kind, i+1, len(s.Plans), err)
		}
		all = append(all, x)
		w.fill(s.Parts, x.Replications)
		s.Cost = append(s.Cost, x.Totals(outcome.Cost, outcome.Labels{}))
		s.Paid = append(s.Paid, x.Totals(outcome.PaidHours, outcome.Labels{}))
		s.Credits = append(s.Credits, x.Credits())
	}
	first := s.Plans[0].Scenario
	s.Weeks = (first.Time.Length - first.Time.Warmup).Hours() / (7 * 24)
	s.Seed, s.Promised = first.Run.Seed, len(first.Contracts) > 0
	var err error
	s.Comparison, err = experiment.Compare(all)
	return all, err
}

// watches are the observers of an experiment.
type watches struct {
	of      *model.Scenario
	options *coverage.Options
	mutex   sync.Mutex
	all     map[int]*watch
}

func (w *watches) watch(replication int) desk.Observer {
	x := &watch{watches: w}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.all[replication] = x
	return x
}

// fill adds a plan to the parts of the week.
func (w *watches) fill(parts []coverage.Part, replications int) {
	for i := range parts {
		p := &parts[i]
		var tickets, waited, clocks, late []float64
		for r := range replications {
			t := &w.all[r].tallies[i]
			tickets, waited = append(tickets, t.tickets), append(waited, t.waited)
			clocks, late = append(clocks, t.clocks), append(late, t.late)
		}
		p.Tickets, p.Waited = append(p.Tickets, tickets), append(p.Waited, waited)
		p.Clocks, p.Late = append(p.Clocks, clocks), append(p.Late, late)
	}
}

// watch sees one trial.
type watch struct {
	*watches
	tallies [coverage.PartsOfWeek]tally
}

type tally struct{ tickets, waited, clocks, late float64 }

// tally is that of the part of the week in which a ticket was created; nil in the warm-up.
func (w *watch) tally(t *desk.Ticket) *tally {
	if t.Created < w.of.Time.Warmup {
		return nil
	}
	at := w.of.Time.Start.Add(t.Created)
	hour, minute, _ := at.Clock()
	return &w.tallies[w.options.PartOf(int(at.Weekday())*24*60+hour*60+minute)]
}

// Ticket implements desk.Observer.
func (w *watch) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) {}

// Waiting implements desk.Observer.
func (w *watch) Waiting(time.Duration, int) {}

// Staff implements desk.Observer.
func (w *watch) Staff(time.Duration, int, desk.Staff) {}

// Judged implements desk.Observer.
func (w *watch) Judged(_ time.Duration, t *desk.Ticket, results []sla.Result) {
	x := w.tally(t)
	if x == nil {
		return
	}
	for i := range results {
		r := &results[i]
		if r.Metric != sla.FirstReply && r.Metric != sla.Answer {
			continue
		}
		switch r.Verdict {
		case sla.Breached, sla.Overdue:
			x.late++
			x.clocks++
		case sla.Met:
			x.clocks++
		}
	}
}

// Done implements desk.Observer.
func (w *watch) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	w.Judged(at, t, results)
	x := w.tally(t)
	if x == nil {
		return
	}
	x.tickets++
	if t.Answered >= 0 {
		at = t.Answered
	}
	x.waited += (at - t.Created).Seconds()
}
