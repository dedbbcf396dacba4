package backtest

import (
	"math"
	"slices"
	"sort"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Measure is a number of a day.
type Measure uint8

// The measures. Waits are those of the tickets that were created on the day, on the wall clock; a
// wait that has not ended by the end of the stretch counts as long as it has lasted by then.
// Shares of late ones are of the tickets that were decided by then. The backlog is that at the end of the day.
const (
	Volume Measure = iota
	FirstReplyP50
	FirstReplyP90
	FirstReplyLate
	ResolutionP50
	ResolutionP90
	ResolutionLate
	PromisesLate // clocks of any promise of a policy
	Abandoned
	Backlog
	Measures
)

var measureNames = [Measures]string{
	"tickets", "first reply, median", "first reply, 90th percentile", "late first replies", "resolution, median",
	"resolution, 90th percentile", "late resolutions", "late, of all that is promised", "abandoned", "backlog",
}

// String is what people call it.
func (m Measure) String() string { return measureNames[m] }

// Unit is that of its values.
func (m Measure) Unit() outcome.Unit {
	switch m {
	case FirstReplyP50, FirstReplyP90, ResolutionP50, ResolutionP90:
		return outcome.UnitSeconds
	case FirstReplyLate, ResolutionLate, PromisesLate, Abandoned:
		return outcome.UnitShare
	}
	return outcome.UnitTickets
}

// Daily holds the values of days, NaN where a day has none.
type Daily [Measures][]float64

// Targets are the times within which something is due; 0 for none.
type Targets struct {
	FirstReply, Resolution time.Duration
	// Hours are those in which these times pass; nil for the clock on the wall. Waits themselves are on that.
	Hours *calendar.Calendar
	Zone  *time.Location // of the days, where there are Hours
	// Policy is a scenario of which the promises say what is late, by priority and in its hours, in place of all that; nil for none.
	// Silent are metrics of it that the log says nothing about; see audit.Silent.
	Policy *model.Scenario
	Silent []sla.Metric
}

// promised reports whether a policy promises anything in a metric that the log says something about.
func (t *Targets) promised(metrics ...sla.Metric) bool {
	if t.Policy == nil {
		return false
	}
	return slices.ContainsFunc(t.Policy.SLA.Policies, func(p sla.Policy) bool {
		return slices.ContainsFunc(p.Targets, func(x sla.Target) bool {
			return !slices.Contains(t.Silent, x.Metric) && (len(metrics) == 0 || slices.Contains(metrics, x.Metric))
		})
	})
}

// several reports whether more is promised than one of the other measures says.
func (t *Targets) several() bool {
	first, solved := t.promised(sla.FirstReply, sla.Answer), t.promised(sla.Resolution)
	return first && solved || t.promised(sla.NextReply, sla.PeriodicUpdate, sla.PausableUpdate, sla.RequesterWait, sla.AgentWork, sla.GroupOwnership)
}

// passed is how much of such time lies between two instants of a stretch that begins with a day.
func (t *Targets) passed(days []calendar.Day) func(from, to time.Duration) time.Duration {
	if t.Hours == nil || len(days) == 0 {
		return func(from, to time.Duration) time.Duration { return to - from }
	}
	x := calendar.Axis{Origin: days[0].Date.At(0, t.Zone)}
	return t.Hours.On(x, days[len(days)-1].End-days[0].Start).Between
}

// Meter measures days from the events of tickets, which it is told in any order that keeps that of each
// ticket. Times count from the start of the first day; what happens after the last one is not seen.
type Meter struct {
	ends    []time.Duration
	live    func(ticket.Channel) bool
	targets Targets
	passed  func(from, to time.Duration) time.Duration // of the time in which targets pass
	lives   map[ticket.ID]*life
	steps   []float64 // changes of the backlog, by the first end of a day that has them
	clocks  *clocks   // nil where no policy judges
}

// life is what is known of one ticket; times are -1 for never.
type life struct {
	created, replied, solved, left time.Duration
	open                           bool
}

// NewMeter measures days of tickets whose classes are numbers of names. A first reply is the first message of an agent, or on
// live channels the answer.
func NewMeter(days []calendar.Day, live func(ticket.Channel) bool, t Targets, names *ticket.Names) *Meter {
	m := &Meter{live: live, targets: t, passed: t.passed(days), lives: map[ticket.ID]*life{}, steps: make([]float64, len(days)+1)}
	for _, d := range days {
		m.ends = append(m.ends, d.End-days[0].Start)
	}
	if t.Policy != nil {
		m.clocks = newClocks(t.Policy, t.Silent, names, days[0].Date.At(0, t.Zone), m.ends[len(m.ends)-1])
	}
	return m
}

// day is the index of the day within which an instant lies; the first for those before it.
func (m *Meter) day(at time.Duration) int {
	return sort.Search(len(m.ends), func(i int) bool { return m.ends[i] > at })
}

// Add tells of an event.
func (m *Meter) Add(e ticket.Event) {
	if e.At >= m.ends[len(m.ends)-1] {
		return
	}
	if m.clocks != nil {
		m.clocks.add(e)
	}
	l := m.lives[e.Ticket]
	if l == nil {
		l = &life{created: e.At, replied: -1, solved: -1, left: -1}
		m.lives[e.Ticket] = l
	}
	switch {
	case e.Kind == ticket.Abandoned:
		l.left = e.At
	case l.replied < 0 && (e.Kind == ticket.Replied || e.Kind == ticket.Started && m.live(e.Class.Channel)):
		l.replied = e.At
	}
	if e.Status >= ticket.Solved && l.solved < 0 && l.left < 0 {
		l.solved = e.At
	}
	if open := e.Status < ticket.Solved; open != l.open {
		l.open = open
		if at := m.day(e.At); open {
			m.steps[at]++
		} else {
			m.steps[at]--
		}
	}
}

// Days are the values, and what was kept of each promise of a policy; nil without one. Unfinished counts the tickets of the days
// that were neither replied to nor solved in the end.
func (m *Meter) Days() (d *Daily, kept Kept, unfinished int) {
	n := len(m.ends)
	d = &Daily{}
	for i := range d {
		d[i] = make([]float64, n)
	}
	first, resolve := make([]tally, n), make([]tally, n)
	left := make([]float64, n)
	end := m.ends[n-1]
	for _, l := range m.lives {
		if l.created < 0 {
			continue
		}
		i := m.day(l.created)
		d[Volume][i]++
		switch {
		case l.left >= 0 && l.replied < 0:
			left[i]++
			continue
		case l.replied >= 0:
			first[i].add(l.replied-l.created, true, m.late(l.created, l.replied, m.targets.FirstReply))
		case l.solved < 0:
			first[i].add(end-l.created, false, m.late(l.created, end, m.targets.FirstReply))
			unfinished++
		}
		if l.solved >= 0 {
			resolve[i].add(l.solved-l.created, true, m.late(l.created, l.solved, m.targets.Resolution))
		} else {
			resolve[i].add(end-l.created, false, m.late(l.created, end, m.targets.Resolution))
		}
	}
	open := 0.
	for i := range n {
		open += m.steps[i]
		d[Backlog][i] = open
		d[Abandoned][i] = share(left[i], d[Volume][i])
		d[FirstReplyP50][i], d[FirstReplyP90][i], d[FirstReplyLate][i] = first[i].values()
		d[ResolutionP50][i], d[ResolutionP90][i], d[ResolutionLate][i] = resolve[i].values()
		d[PromisesLate][i] = math.NaN()
	}
	if m.clocks != nil {
		kept = m.clocks.daily(d, m.day)
	}
	return d, kept, unfinished
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return part / whole
}

// tally gathers the waits of a day.
type tally struct {
	waits        []float64
	late, judged float64
}

// late reports whether something took longer than a target, in the time in which targets pass.
func (m *Meter) late(from, to, target time.Duration) bool { return m.passed(from, to) > target }

func (t *tally) add(wait time.Duration, ended, late bool) {
	t.waits = append(t.waits, wait.Seconds())
	if ended || late {
		t.judged++
		if late {
			t.late++
		}
	}
}

func (t *tally) values() (p50, p90, late float64) {
	if len(t.waits) == 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	slices.Sort(t.waits)
	return nearest(t.waits, 0.5), nearest(t.waits, 0.9), share(t.late, t.judged)
}

// nearest is the smallest of a sorted list that the share p of it does not exceed.
func nearest[T int | float64](sorted []T, p float64) T {
	n := len(sorted)
	return sorted[min(n-1, max(0, int(math.Ceil(p*float64(n)))-1))]
}
