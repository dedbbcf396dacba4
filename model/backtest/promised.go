package backtest

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Promise is a target of a policy, as tickets of one priority have it.
type Promise struct {
	Metric   sla.Metric
	Priority string
}

// Kept is how many clocks of each promise were judged, and how many of them were late.
type Kept map[Promise][2]int

// Add adds those of another stretch.
func (k Kept) Add(other Kept) {
	for p, n := range other {
		x := k[p]
		k[p] = [2]int{x[0] + n[0], x[1] + n[1]}
	}
}

// clocks judges tickets by the promises of a policy, as an audit does: recorded ones and simulated ones.
type clocks struct {
	binding *audit.Binding
	auditor *audit.Auditor
	until   time.Duration
	silent  []sla.Metric
	events  map[ticket.ID][]ticket.Event
}

// newClocks judges tickets of which the classes are numbers of names, and the instants counted from an origin.
func newClocks(policy *model.Scenario, silent []sla.Metric, names *ticket.Names, origin time.Time, end time.Duration) *clocks {
	b := audit.Bind(policy, names, origin)
	until := b.At(end)
	return &clocks{binding: b, auditor: audit.New(b.Scenario, until), until: until, silent: silent, events: map[ticket.ID][]ticket.Event{}}
}

// add keeps an event of a ticket that was created in the stretch: of others it is not known what was promised when.
func (c *clocks) add(e ticket.Event) {
	if e.Kind == ticket.Created && e.At >= 0 || len(c.events[e.Ticket]) > 0 {
		c.events[e.Ticket] = append(c.events[e.Ticket], e)
	}
}

// daily judges all tickets: what shares of the clocks of a day's tickets are late, and what was kept in all.
func (c *clocks) daily(d *Daily, day func(time.Duration) int) Kept {
	kept := Kept{}
	n := len(d[Volume])
	var late, judged [Measures][]float64
	for _, m := range promises {
		late[m], judged[m] = make([]float64, n), make([]float64, n)
	}
	for _, events := range c.events {
		at := day(events[0].At)
		for _, x := range c.auditor.Clocks(c.binding.Events(events)) {
			if slices.Contains(c.silent, x.Metric) || x.Verdict == sla.Unjudged || x.Verdict == sla.Undecided {
				continue
			}
			wrong := 0
			if x.Late() {
				wrong = 1
			}
			for _, m := range measuresOf(x.Metric) {
				judged[m][at]++
				late[m][at] += float64(wrong)
			}
			p := Promise{x.Metric, c.binding.Scenario.Names.Priorities[x.Class.Priority]}
			kept.Add(Kept{p: {1, wrong}})
		}
	}
	for _, m := range promises {
		for i := range n {
			d[m][i] = share(late[m][i], judged[m][i])
		}
	}
	return kept
}

// promises are the measures that a policy says.
var promises = []Measure{FirstReplyLate, ResolutionLate, PromisesLate}

// measuresOf are those that a clock counts for.
func measuresOf(m sla.Metric) []Measure {
	switch m {
	case sla.FirstReply, sla.Answer:
		return []Measure{FirstReplyLate, PromisesLate}
	case sla.Resolution:
		return []Measure{ResolutionLate, PromisesLate}
	}
	return []Measure{PromisesLate}
}

// Keeping is what was kept of a promise, over all days that were held back.
type Keeping struct {
	Promise
	Clocks, Late int     // recorded
	Median       float64 // share that is late in the trials
	Low, High    float64 // of them, at 95 %
	Share        float64 // recorded
}

// Inside reports whether what was recorded lies within what is forecast.
func (k *Keeping) Inside() bool { return k.Share >= k.Low && k.Share <= k.High }

// keepings hold what was recorded of each promise against the trials, by metric and the policy's order of priorities.
func keepings(all []Forecast, order []string) (list []Keeping) {
	if len(all) == 0 || all[0].Kept == nil {
		return nil
	}
	recorded := Kept{}
	trials := make([]Kept, len(all[0].Trials))
	for j := range trials {
		trials[j] = Kept{}
	}
	for i := range all {
		recorded.Add(all[i].Kept)
		for j, k := range all[i].Trials {
			trials[j].Add(k)
		}
	}
	for p, n := range recorded {
		k := Keeping{Promise: p, Clocks: n[0], Late: n[1], Share: float64(n[1]) / float64(n[0])}
		var shares []float64
		for _, trial := range trials {
			shares = append(shares, share(float64(trial[p][1]), float64(trial[p][0])))
		}
		shares = known(shares)
		if len(shares) == 0 {
			shares = []float64{math.NaN()}
		}
		k.Median, k.Low, k.High = Quantile(shares, 0.5), Quantile(shares, (1-level)/2), Quantile(shares, (1+level)/2)
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b Keeping) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(slices.Index(order, a.Priority), slices.Index(order, b.Priority)), cmp.Compare(a.Priority, b.Priority))
	})
	return list
}
