package collect

import (
	"fmt"
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Layout is what is to be measured in a scenario. It does not change and may be
// shared.
type Layout struct {
	Catalog outcome.Catalog

	recipes  []recipe // by measure
	tracks   []track  // by series
	waits    []waits  // by waiting-time distribution
	warmup   time.Duration
	until    time.Duration
	interval time.Duration
	hours    []int32 // hour of the week by interval, from Sunday midnight; nil if intervals are longer
	classes  []class
	groups   int // distributions: see class.group
	deals    []deal
	weeks    []contract.Span // of the measured time
	dates    dates
	vows     vows
	scores   int             // teams, if any has quality scores
	checked  []contract.Span // periods in which samples of them are looked at
	ladder   []model.Rung
	excuses  []model.Exception
	desk     *desk.Layout

	relaxations []sla.Relaxation
	spikes      []demand.Spike // those that end before the horizon, each once
	bills       []staffing.Bill
	tariffs     []*staffing.Tariff
	crowds      []crowd // by team
	months      []contract.Span
	onCall      func(agent int32) *staffing.OnCall // nil where nobody is on call
	currency    string

	issues    int
	accounts  int
	cycling   bool // some touch does not end its ticket for good
	handing   bool // tickets are handed off
	owned     bool // something is promised about a single team
	insistent bool // customers do things of their own accord
	divided   bool // tickets can be pending

	inherits int  // tickets that are open at the start
	apart    bool // policies are judged each by itself

	owners bool     // follow-ups wait for whoever had the ticket
	helps  [][]bool // by team and class: taken by overflow only; nil where routing has nothing to count
}

// recipe reads a measure off a collector.
type recipe func(c *Collector) (num, den float64)

// track reads a series off a collector, into num and den by interval; den is nil
// where the series is no ratio.
type track func(c *Collector, num, den []float64)

// waits names the groups of classes whose waiting times make up a distribution.
type waits struct {
	metric sla.Metric
	wall   bool // by the clock on the wall, not in working time
	groups []int
	hour   int // of the day in which the tickets were created; -1 for all
	// times adds up the bins of what is no clock; nil for clocks.
	times func(c *Collector, bins []uint32)
}

// class is what the collector must know of a class.
type class struct {
	ticket.Class
	live  bool
	group int     // classes of one tier and priority share their distributions
	lines []int32 // of the series cuts that it counts in
	deals []int32
	dates []int32 // of the cuts that are counted by date
	// excuses are the exceptions that may affect its tickets.
	excuses []int32
}

// NewLayout works out what to measure in a scenario.
func NewLayout(s *model.Scenario, d *desk.Layout) *Layout {
	l := &Layout{
		warmup: s.Time.Warmup, until: s.Time.Length, interval: s.Time.Interval, currency: s.Currency,
		ladder: s.Escalations, excuses: s.Exceptions, desk: d, inherits: d.Plan.Backlog(), apart: s.SLA.Resolve == sla.All, relaxations: s.SLA.Relaxations,
	}
	l.Catalog.Intervals = int((l.until + l.interval - 1) / l.interval)
	l.accounts = len(s.Names.Accounts)
	// Measures are half a kilobyte each, and a list that grows copies them over and over: most are
	// about a day, six or so for each.
	l.Catalog.Measures = make([]outcome.Measure, 0, 256+6*int(l.until/(24*time.Hour)))
	b := &builder{Layout: l, scenario: s}
	b.layClasses()
	b.layDeals()
	b.layExceptions()
	b.layHours()
	b.layVows()
	b.layDates()
	b.laySpikes()
	b.layStaff()
	b.layCycles()
	b.tickets()
	b.clocks()
	b.staff()
	b.people()
	b.calls()
	b.backlog()
	b.contracts()
	b.periods()
	b.byDate()
	b.byVow()
	b.byTeam()
	b.escalations()
	b.exceptions()
	b.bots(s.Deflection)
	b.outages(s.Outages)
	b.load(s.Burnout.Over > 0)
	b.availability(s)
	b.qualities(s)
	b.relaxedPromises()
	b.cycles()
	b.customers()
	b.routed(s)
	b.open()
	return l
}

// builder fills a layout.
type builder struct {
	*Layout
	scenario *model.Scenario
	cuts     []cut
	lines    []cut // the cuts that have series of their own
}

// cut is a slice through the tickets: its label and the classes in it.
type cut struct {
	labels  outcome.Labels
	classes []int32
}

func (b *builder) layClasses() {
	groups := map[[2]int]int{}
	for _, c := range b.desk.Plan.Classes {
		key := [2]int{int(c.Tier), int(c.Priority)}
		if _, ok := groups[key]; !ok {
			groups[key] = len(groups)
		}
		b.classes = append(b.classes, class{Class: c, live: b.scenario.Channels[c.Channel].Live, group: groups[key]})
	}
	b.groups = len(groups)
	b.cuts = b.layCuts()
	for _, c := range b.cuts {
		l := c.labels
		l.Priority, l.Tier = "", ""
		if l != (outcome.Labels{}) {
			continue // by other things than priority and tier there are no series
		}
		for _, i := range c.classes {
			b.classes[i].lines = append(b.classes[i].lines, int32(len(b.lines)))
		}
		b.lines = append(b.lines, c)
	}
}

// layCuts cuts the classes in every way that reports may ask for: not at all, by
// channel, priority, tier, issue and account. A cut that holds everything says
// nothing new and is left out.
func (b *builder) layCuts() []cut {
	names := &b.scenario.Names
	all := make([]int32, len(b.classes))
	for i := range all {
		all[i] = int32(i)
	}
	cuts := []cut{{classes: all}}
	by := func(words []string, label func(word string) outcome.Labels, of func(c *class) int) {
		for v, word := range words {
			var in []int32
			for i := range b.classes {
				if of(&b.classes[i]) == v {
					in = append(in, int32(i))
				}
			}
			if len(in) > 0 && len(in) < len(all) {
				cuts = append(cuts, cut{label(word), in})
			}
		}
	}
	by(names.Channels, func(w string) outcome.Labels { return outcome.Labels{Channel: w} }, func(c *class) int { return int(c.Channel) })
	by(names.Priorities, func(w string) outcome.Labels { return outcome.Labels{Priority: w} }, func(c *class) int { return int(c.Priority) })
	by(names.Tiers, func(w string) outcome.Labels { return outcome.Labels{Tier: w} }, func(c *class) int { return int(c.Tier) })
	by(names.Issues, func(w string) outcome.Labels { return outcome.Labels{Issue: w} }, func(c *class) int { return int(c.Issue) })
	by(names.Accounts, func(w string) outcome.Labels { return outcome.Labels{Account: w} }, func(c *class) int { return int(c.Account) })
	return cuts
}

// layHours gives every interval its hour of the week, by the clock on the wall.
func (b *builder) layHours() {
	if b.interval > time.Hour {
		return
	}
	b.hours = make([]int32, b.Catalog.Intervals)
	for i := range b.hours {
		t := b.desk.Axis.At(time.Duration(i) * b.interval)
		b.hours[i] = int32(t.Weekday())*24 + int32(t.Hour())
	}
}

// laySpikes lists the spikes whose recovery can be seen: those that begin after
// the start and end before the horizon. One that several streams share is one.
func (b *builder) laySpikes() {
	seen := map[string]bool{}
	for i := range b.scenario.Streams {
		for _, sp := range b.scenario.Streams[i].Spikes {
			if !seen[sp.Name] && sp.Factor > 1 && sp.Start > 0 && sp.End() < b.until {
				seen[sp.Name] = true
				b.spikes = append(b.spikes, sp)
			}
		}
	}
}

// layStaff works out the planned bill, which is the same in every trial.
func (b *builder) layStaff() {
	axis := b.desk.Axis
	duties := staffing.ByTeam(staffing.Duties(b.desk.Teams, axis, b.warmup, b.until), len(b.desk.Teams))
	for i := range b.desk.Teams {
		t := &b.desk.Teams[i]
		b.bills = append(b.bills, staffing.Pay(t, axis, duties[i], b.warmup, b.until))
		b.tariffs = append(b.tariffs, t.Tariff(axis, b.warmup, b.until))
	}
	b.layCrowds()
	b.layCalls()
}

// measure adds a measure to the catalog.
func (b *builder) measure(name string, labels outcome.Labels, unit outcome.Unit, r recipe) {
	b.Catalog.Measures = append(b.Catalog.Measures, outcome.Measure{Name: name, Labels: labels, Unit: unit})
	b.recipes = append(b.recipes, r)
}

// series adds a series to the catalog. A series that is no ratio shows the spread
// of single replications.
func (b *builder) series(name string, labels outcome.Labels, unit outcome.Unit, ratio bool, t track) {
	b.Catalog.Series = append(b.Catalog.Series, outcome.Series{Name: name, Labels: labels, Unit: unit})
	b.Catalog.Spread = append(b.Catalog.Spread, !ratio)
	b.tracks = append(b.tracks, t)
}

// distribution adds a waiting-time distribution with its quantiles.
func (b *builder) distribution(labels outcome.Labels, m sla.Metric, groups []int) {
	b.quantiles(outcome.Elapsed, labels, waits{metric: m, wall: labels.Clock == outcome.WallClock, groups: groups, hour: -1})
}

// quantiles adds a distribution of times and, as a measure of a name, its quantiles.
func (b *builder) quantiles(name string, labels outcome.Labels, w waits) {
	b.quantilesOf(name, labels, w, 1, 0.5, 0.8, 0.9, 0.95)
}

// quantilesOf is quantiles of which some are wanted, of counts that are so many bins wide.
func (b *builder) quantilesOf(name string, labels outcome.Labels, w waits, width int, wanted ...float64) {
	at := len(b.Catalog.Waits)
	b.Catalog.Waits = append(b.Catalog.Waits, labels)
	b.waits = append(b.waits, w)
	for _, p := range wanted {
		l := labels
		l.Quantile = fmt.Sprintf("p%.0f", math.Round(p*100))
		b.Catalog.Quantiles = append(b.Catalog.Quantiles, outcome.Quantile{Measure: len(b.Catalog.Measures), Waits: at, P: p, Width: width})
		b.measure(name, l, outcome.UnitSeconds, nil)
	}
}

// Days of the week in the labels of hours, from Sunday.
var dayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// HourName is the label of an hour of the week, such as mon-09.
func HourName(hour int) string { return fmt.Sprintf("%s-%02d", dayNames[hour/24], hour%24) }
