package jira

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// agreement is what the cycles of one SLA say of it.
type agreement struct {
	name    string
	metric  sla.Metric
	known   bool                             // the metric is one of ours
	goals   map[string]map[time.Duration]int // cycles by priority and goal
	timed   int                              // cycles whose times are known
	stopped int                              // those whose time did not run straight through
	runs    []run                            // the first of them
	at      intake.Place
}

// metricOf takes the metric from the name of an SLA, since nothing else says it.
func metricOf(name string) (sla.Metric, bool) {
	lower := strings.ToLower(name)
	switch {
	case strings.Contains(lower, "after"):
	case strings.Contains(lower, "first response"), strings.Contains(lower, "first reply"):
		return sla.FirstReply, true
	case strings.Contains(lower, "resolution"), strings.Contains(lower, "resolve"), strings.Contains(lower, "done"):
		return sla.Resolution, true
	}
	return 0, false
}

// sla reads the cycles of an SLA of an issue.
func (r *reader) sla(rec *records.Record, key, priority string) error {
	a := r.agreement(rec.Text("name"), rec.Place)
	if a == nil {
		return nil
	}
	for i, c := range rec.List(completed) {
		m := intake.Mark{Ticket: key, Metric: a.metric, Policy: a.name, Round: uint64(i), Kind: intake.Fulfilled, At: millis(c, "stopTime")}
		if err := r.cycle(a, c, m, priority, true); err != nil {
			return err
		}
	}
	if c := rec.Within("ongoingCycle"); c.Has("goalDuration") {
		m := intake.Mark{Ticket: key, Metric: a.metric, Policy: a.name, Round: 1 << 20, Kind: intake.Promised}
		return r.cycle(a, c, m, priority, false)
	}
	return nil
}

func (r *reader) agreement(name string, at intake.Place) *agreement {
	a := r.slas[name]
	if a == nil && len(r.slas) < 1000 {
		a = &agreement{name: name, goals: map[string]map[time.Duration]int{}, at: at}
		if a.metric, a.known = metricOf(name); !a.known {
			r.Refuse(at, "the SLA %q, whose name says neither first response nor resolution", name)
		}
		r.slas[name], r.order = a, append(r.order, name)
	}
	if a == nil || !a.known {
		return nil
	}
	return a
}

// cycle takes one run of the clock.
func (r *reader) cycle(a *agreement, c *records.Record, m intake.Mark, priority string, done bool) error {
	start, breach := millis(c, "startTime"), millis(c, "breachTime")
	ms, ok := c.Number("goalDuration", "millis")
	if ok && ms > 0 && ms < 1e12 {
		goal := time.Duration(ms) * time.Millisecond
		of := a.goals[priority]
		if of == nil && len(a.goals) < 256 {
			of = map[time.Duration]int{}
			a.goals[priority] = of
		}
		if of != nil && len(of) < 1000 {
			of[goal]++
		}
		if !start.IsZero() && !breach.IsZero() {
			a.timed++
			if breach.Sub(start).Truncate(time.Second) != goal.Truncate(time.Second) {
				a.stopped++
			}
			if len(a.runs) < mostRuns && start.Before(breach) {
				a.runs = append(a.runs, run{start, breach, goal})
			}
		}
	}
	if breached, _ := c.Bool("breached"); breached {
		m.Kind, m.At = intake.Broken, breach
	} else if !done {
		return nil
	}
	return r.Verdict(m, c.Place)
}

// promise writes a policy for each SLA.
func (r *reader) promise() {
	r.Book.Resolve = sla.All
	for _, name := range r.order {
		a := r.slas[name]
		if !a.known || len(a.goals) == 0 {
			continue
		}
		hours := r.calendar(a)
		p := terms.Policy{Name: name, Why: "read off the goals of its cycles"}
		var pauses []ticket.Status
		if a.metric == sla.Resolution {
			pauses = []ticket.Status{ticket.Pending}
			r.In.Odd(desk.Inferred, "the SLA "+terms.Name(name)+" is taken to stand still while the customer is waited for", a.at)
		}
		for _, priority := range slices.Sorted(maps.Keys(a.goals)) {
			if priority == "" && len(a.goals) > 1 {
				r.Refuse(a.at, "the goals of the SLA %q of issues whose priority is not known: those of the priorities are taken", name)
				continue
			}
			goals := a.goals[priority]
			goal := common(goals)
			if len(goals) > 1 {
				r.Refuse(a.at, "%d further goals of the SLA %q%s: most cycles have %s", len(goals)-1, name, desk.OfPriority(priority), goal)
			}
			p.Targets = append(p.Targets, terms.Target{Metric: a.metric, Priority: priority, Within: goal, Calendar: hours, Pauses: pauses})
		}
		p.Targets = desk.Alike(p.Targets)
		r.Book.Policies = append(r.Book.Policies, p)
	}
}

// common is the goal of most cycles, the shortest among equals.
func common(goals map[time.Duration]int) time.Duration {
	best := time.Duration(0)
	for _, g := range slices.Sorted(maps.Keys(goals)) {
		if best == 0 || goals[g] > goals[best] {
			best = g
		}
	}
	return best
}
