package requirement

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Options is what a scenario does not say.
type Options struct {
	// Step is how finely work is followed; it must divide the scenario's interval. 0: five
	// minutes.
	Step time.Duration
	// Answer is what is asked of live channels that promise no answer. Zero: 80 % within
	// 20 seconds.
	Answer erlang.Target
	// BestEffort is when touches in writing are due that nothing is promised about, by the
	// clock on the wall. 0: a day.
	BestEffort time.Duration
	// Hours are when touches in writing may be worked on at all; nil: always.
	Hours *calendar.Calendar
	// Open, if not nil, is how much of a stretch some teams could work on writing, in place of
	// Hours.
	Open func(teams []ticket.Team, from, to time.Duration) time.Duration
}

// Requirement is the work of a scenario by who may do it.
type Requirement struct {
	Step      time.Duration // by which live work is followed
	Interval  time.Duration
	Intervals int // from the scenario's start, the warm-up among them
	Groups    []Group
}

// Group is the work that the same teams may do. Work of groups that share a team is
// pooled by whoever covers it, not here.
type Group struct {
	Teams  []ticket.Team
	Queues []Queue // by channel, of live work
	Tasks  []Task  // of work in writing, by interval
	// Late is hours of the work in writing for which nobody is there between its arrival and its
	// deadline, where Options.Open says when they are.
	Late float64
	open []float64 // hours of each interval in which writing may be worked on
}

// Queue is the live contacts of a channel.
type Queue struct {
	Channel  ticket.Channel
	Slots    float64       // contacts that one head has in hand at once
	Target   erlang.Target // the strictest of those promised, by share and then by time
	Patience float64       // mean, seconds; 0: for ever
	Contacts []float64     // by step
	Seconds  []float64     // by step: their handling time
	Load     []float64     // by step: contacts in hand, on average, if all were taken at once
}

// Of works out the requirement of a sound scenario.
func Of(s *model.Scenario, o Options) (*Requirement, error) {
	if o.Step == 0 {
		o.Step = 5 * time.Minute
	}
	if o.Answer == (erlang.Target{}) {
		o.Answer = erlang.Target{Level: 0.8, Within: 20}
	}
	if o.BestEffort == 0 {
		o.BestEffort = 24 * time.Hour
	}
	interval := s.Time.Interval
	switch {
	case o.Step < 0 || interval <= 0 || interval%o.Step != 0:
		return nil, fmt.Errorf("a step of %v does not divide the scenario's interval of %v", o.Step, interval)
	case o.BestEffort < 0:
		return nil, errors.New("best effort must not be due before it comes")
	case s.Time.Length <= 0:
		return nil, errors.New("the scenario has no length")
	}
	if err := o.Answer.Check(); err != nil {
		return nil, err
	}
	r := &Requirement{Step: o.Step, Interval: interval, Intervals: intervals(s.Time.Length, interval)}
	axis := calendar.Axis{Origin: s.Time.Start}
	d := newDeadlines(s, axis, o.BestEffort)
	for _, f := range Flows(s, o.Step) {
		g := r.group(f.Teams, o, axis)
		if f.Live {
			if err := g.queue(s, &f, o).add(&f, o.Step); err != nil {
				return nil, err
			}
			continue
		}
		r.deferred(g, &f, o, d)
	}
	return r, nil
}

// group is the group of some teams, made if there is none.
func (r *Requirement) group(teams []ticket.Team, o Options, axis calendar.Axis) *Group {
	i := slices.IndexFunc(r.Groups, func(g Group) bool { return slices.Equal(g.Teams, teams) })
	if i < 0 {
		i = len(r.Groups)
		g := Group{Teams: teams}
		for k := range r.Intervals {
			from := time.Duration(k) * r.Interval
			open := r.Interval
			switch {
			case o.Open != nil:
				open = o.Open(teams, from, from+r.Interval)
			case o.Hours != nil:
				open = o.Hours.Between(axis.At(from), axis.At(from+r.Interval))
			}
			g.open = append(g.open, open.Hours())
		}
		r.Groups = append(r.Groups, g)
	}
	return &r.Groups[i]
}

// queue is the queue of a flow's channel, made if there is none; the flow's promise is
// taken into account.
func (g *Group) queue(s *model.Scenario, f *Flow, o Options) *Queue {
	t := promised(s, f.Class, o.Answer)
	i := slices.IndexFunc(g.Queues, func(q Queue) bool { return q.Channel == f.Class.Channel })
	if i < 0 {
		i = len(g.Queues)
		q := Queue{Channel: f.Class.Channel, Slots: f.Slots, Target: t}
		q.Contacts, q.Seconds, q.Load = make([]float64, len(f.Starts)), make([]float64, len(f.Starts)), make([]float64, len(f.Starts))
		if p := s.Channels[f.Class.Channel].Patience; !p.IsZero() {
			q.Patience = p.Mean()
		}
		g.Queues = append(g.Queues, q)
	}
	q := &g.Queues[i]
	if t.Level > q.Target.Level || t.Level == q.Target.Level && t.Within < q.Target.Within {
		q.Target = t
	}
	return q
}

// promised is the strictest answer that is promised to a class, by share and then by time.
func promised(s *model.Scenario, c ticket.Class, otherwise erlang.Target) erlang.Target {
	best := erlang.Target{}
	for i := range s.SLA.Policies {
		p := &s.SLA.Policies[i]
		if !p.Match.Matches(c) {
			continue
		}
		for _, t := range p.Targets {
			if t.Metric != sla.Answer || int(c.Priority) >= len(t.Within) || t.Within[c.Priority] == sla.None {
				continue
			}
			level := t.Share
			if level == 0 || level >= 1 {
				level = nearlyAll // a promise to each cannot be asked of chance
			}
			within := t.Within[c.Priority].Seconds()
			if level > best.Level || level == best.Level && within < best.Within {
				best = erlang.Target{Level: level, Within: within}
			}
		}
	}
	if best.Level == 0 {
		return otherwise
	}
	return best
}

// nearlyAll is the share that stands for all, in formulas by which all are never served.
const nearlyAll = 0.99

func (q *Queue) add(f *Flow, step time.Duration) error {
	load, err := Load(f.Effort, step, f.Handle)
	if err != nil {
		return err
	}
	add(q.Load, load)
	add(q.Contacts, f.Starts)
	add(q.Seconds, scaled(f.Effort, f.Handle.Mean()))
	return nil
}

// deferred makes tasks of a flow in writing, one for each interval in which some of it
// comes. What is due after the scenario's end is due at its end, if there is open time.
func (r *Requirement) deferred(g *Group, f *Flow, o Options, d *deadlines) {
	perHead := f.Handle.Mean() / f.Slots / time.Hour.Seconds()
	due := d.of(f)
	each := int(r.Interval / o.Step)
	for i := range r.Intervals {
		effort := 0.
		for _, n := range f.Effort[i*each : min((i+1)*each, len(f.Effort))] {
			effort += n
		}
		if effort == 0 {
			continue
		}
		end := due(time.Duration(i) * r.Interval)
		// What is due within an interval is due at the end of the one before it.
		to := max(int(end/r.Interval)-1, i)
		if to >= r.Intervals {
			to = r.Intervals - 1
			if sum(g.open[i:]) == 0 {
				continue // it is done after the scenario's end
			}
		}
		if o.Open != nil && sum(g.open[i:to+1]) == 0 {
			// Nobody is there in time: it is done as soon as somebody is.
			for to < r.Intervals-1 && g.open[to] == 0 {
				to++
			}
			if g.open[to] == 0 {
				continue
			}
			g.Late += effort * perHead
		}
		g.Tasks = append(g.Tasks, Task{From: i, To: to, Hours: effort * perHead})
	}
}

// Gross is how many heads are paid for net ones, where a share of the paid time is lost:
// net / (1 − shrinkage).
func Gross(net, shrinkage float64) (float64, error) {
	if !(shrinkage >= 0 && shrinkage < 1) {
		return 0, fmt.Errorf("shrinkage must be at least 0 and below 1, not %v", shrinkage)
	}
	return net / (1 - shrinkage), nil
}

// Whole rounds heads up, the last step of all: do it once, on what is pooled, for a
// head too many in each of many queues adds up.
func Whole(heads float64) int { return int(math.Ceil(heads - 1e-9)) }
