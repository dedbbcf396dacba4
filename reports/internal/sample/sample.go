// Package sample makes outcomes for the tests of the reports, without a
// simulator: a fluid queue with random days stands in for the desk. The numbers
// are plausible and nothing more; the same options always give the same bytes.
package sample

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
	_ "time/tzdata" // the zone must exist on every machine

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// Options choose the outcome.
type Options struct {
	Name         string
	Days         int     // 21 if zero
	Replications int     // 64 if zero
	Staff        float64 // scales all heads; 1 if zero
	Factor       float64 // of the spike; 8 if zero, 1 for none
	Calm         bool    // far too many agents: nothing is ever late
}

const (
	interval = 30 * time.Minute
	perDay   = 48
	work     = 420.0 // seconds per ticket
)

var (
	tiers      = []string{"enterprise", "professional", "starter"}
	tierShare  = []float64{0.04, 0.26, 0.70}
	priorities = []string{"urgent", "high", "normal", "low"}
	prioShare  = []float64{0.05, 0.20, 0.60, 0.15}
	prioHaste  = []float64{0.25, 0.6, 1, 1.8} // wait relative to the tier's
	metrics    = []string{"first_reply", "resolution", "answer"}
	within     = [3][3]float64{{1, 4, 24}, {4, 24, 72}, {0.02, 0.02, 0.02}} // hours, by metric and tier
	teams      = []string{"front", "payments", "night"}
)

// trial is what one replication leaves.
type trial struct {
	arrivals       []float64
	heads, busy    [3][]float64
	queue, backlog []float64
	judged         [3][3][4][]float64 // by metric, tier, priority and interval
	breached       [3][3][4][]float64
}

// Experiment makes an outcome.
func Experiment(o Options) *outcome.Experiment {
	if o.Name == "" {
		o.Name = "black-friday"
	}
	if o.Days == 0 {
		o.Days = 21
	}
	if o.Replications == 0 {
		o.Replications = 64
	}
	if o.Staff == 0 {
		o.Staff = 1
	}
	if o.Calm {
		o.Staff *= 20
	}
	if o.Factor == 0 {
		o.Factor = 8
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err) // the zones are embedded
	}
	start := time.Date(2026, 11, 16, 0, 0, 0, 0, zone)
	x := &outcome.Experiment{
		Format: outcome.FormatName, Version: outcome.FormatVersion, Tool: "headroom 0.1.0",
		Seed: 7, Replications: o.Replications, Stopped: "precision reached",
		Scenario: outcome.Scenario{
			Name: o.Name, Title: "Black Friday on the November roster", Digest: digest(o),
			Zone: zone.String(), Start: start, Length: time.Duration(o.Days) * 24 * time.Hour, Warmup: warmup(o),
			Interval: interval, Currency: "USD",
			Channels: []string{"email", "chat"}, Issues: []string{"payment-failure", "order-tracking"},
			Tiers: slices.Clone(tiers), Priorities: slices.Clone(priorities), Accounts: []string{"acme", "globex"}, Teams: slices.Clone(teams),
			Targets: targets(),
			Contracts: []outcome.Contract{
				{Name: "acme", Fee: 18000, Metric: "resolution", Target: 0.95, Period: "month", Scheme: "10 % of the fee for each started 1 % below target, at most 50 %"},
				{Name: "globex", Fee: 7500, Metric: "first_reply", Target: 0.9, Period: "month", Scheme: "5 % of the fee for each started 1 % below target, at most 25 %"},
			},
		},
		Warnings: []outcome.Warning{
			{Text: "The run is shorter than two months, so that each contract has one whole period at most."},
			{Labels: outcome.Labels{Metric: "resolution"}, Text: "The longest target, 72 h of resolution, is a quarter of the measured time: clocks that start late are not decided."},
		},
	}
	spike := outcome.Spike{Name: "black-friday", Factor: o.Factor, Start: 11 * 24 * time.Hour, End: 11*24*time.Hour + 33*time.Hour}
	if o.Factor > 1 && o.Days > 12 {
		x.Scenario.Spikes = []outcome.Spike{spike}
	}
	trials := make([]trial, o.Replications)
	for r := range trials {
		trials[r] = run(o, start, spike, rand.New(rand.NewPCG(7, uint64(r))))
	}
	m := measurer{x: x, trials: trials, first: int(warmup(o) / interval)}
	m.series()
	m.measures()
	return x
}

func warmup(o Options) time.Duration {
	return time.Duration(min(4, o.Days/3)) * 24 * time.Hour
}

func digest(o Options) string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, o.Name, o.Days, o.Staff, o.Factor)))
}

func targets() []outcome.Target {
	var all []outcome.Target
	for k, tier := range tiers {
		for m, metric := range metrics {
			all = append(all, outcome.Target{Policy: tier, Metric: metric, Calendar: "always", Within: time.Duration(within[m][k] * float64(time.Hour))})
		}
	}
	return all
}

// rate is the expected number of tickets of an interval.
func rate(at time.Time, since time.Duration, spike outcome.Spike) float64 {
	hours := [24]float64{1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 8, 7, 7, 8, 8, 6, 4, 2}
	base := 900.0 * hours[at.Hour()] / 138 / 2
	switch at.Weekday() {
	case time.Saturday:
		base *= 0.7
	case time.Sunday:
		base *= 0.6
	}
	rise, fall := spike.Start+3*time.Hour, spike.End-12*time.Hour
	extra := spike.Factor - 1
	switch {
	case since < spike.Start || since >= spike.End:
		extra = 0
	case since < rise:
		extra *= float64(since-spike.Start) / float64(rise-spike.Start)
	case since > fall:
		extra *= float64(spike.End-since) / float64(spike.End-fall)
	}
	return base * (1 + extra)
}

// heads is the plan of a team.
func heads(team, day int, at time.Time, staff float64) float64 {
	weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
	h := at.Hour()
	n := 0.0
	switch {
	case team == 0 && h >= 7 && h < 21:
		n = 8
		if h >= 13 && h < 16 {
			n = 10
		}
		if weekend {
			n = 6
		}
		if day >= 9 && day < 17 && h >= 8 {
			n += 20 // temps around the spike
		}
	case team == 1 && h >= 8 && h < 18 && !weekend:
		n = 2
	case team == 2 && (h >= 20 || h < 8):
		n = 1.5
	}
	return n * staff
}

// run lets tickets flow through one trial.
func run(o Options, start time.Time, spike outcome.Spike, rng *rand.Rand) trial {
	n := o.Days * perDay
	t := trial{arrivals: make([]float64, n), queue: make([]float64, n), backlog: make([]float64, n)}
	for k := range teams {
		t.heads[k], t.busy[k] = make([]float64, n), make([]float64, n)
	}
	t.each(func(list *[]float64) { *list = make([]float64, n) })
	var queue [3]float64
	day := 1.0
	for i := range n {
		since := time.Duration(i) * interval
		at := start.Add(since)
		if i%perDay == 0 {
			day = math.Exp(0.13 * rng.NormFloat64())
		}
		mean := rate(at, since, spike) * day
		t.arrivals[i] = math.Max(0, math.Round(mean+math.Sqrt(mean)*rng.NormFloat64()))
		capacity := 0.0
		for k := range teams {
			t.heads[k][i] = heads(k, i/perDay, at, o.Staff)
			capacity += t.heads[k][i] * interval.Seconds() / work
		}
		// Enterprise is served first, then professional, then starter.
		left, ahead := capacity*0.96, 0.0
		for k := range tiers {
			come := t.arrivals[i] * tierShare[k]
			ahead += queue[k]
			t.clocks(i, k, come, (ahead+come/2)/(8.5*o.Staff*3600/work)+0.1, rng)
			queue[k] += come
			done := math.Min(left, queue[k])
			queue[k] -= done
			left -= done
		}
		used := 0.0
		if capacity > 0 {
			used = 1 - left/(capacity*0.96)
		}
		for k := range teams {
			t.busy[k][i] = t.heads[k][i] * math.Min(1, math.Max(0, used*(0.95-0.04*float64(k))+0.02*rng.NormFloat64()))
		}
		t.queue[i] = queue[0] + queue[1] + queue[2]
		t.backlog[i] = t.queue[i] + 60*day + 8*rng.NormFloat64()
	}
	return t
}

func (t *trial) each(f func(list *[]float64)) {
	for m := range metrics {
		for k := range tiers {
			for p := range priorities {
				f(&t.judged[m][k][p])
				f(&t.breached[m][k][p])
			}
		}
	}
}

// clocks judges the tickets of one tier that come in one interval: the later
// the mean wait against the target, the more of them breach.
func (t *trial) clocks(i, tier int, come, wait float64, rng *rand.Rand) {
	for m := range metrics {
		for p := range priorities {
			n := come * prioShare[p]
			if m == 2 {
				n *= 0.2 // only chat has answers
			}
			w := wait * prioHaste[p]
			if m == 2 {
				w /= 40
			}
			q := 1 / (1 + math.Exp(-2.2*math.Log(w/within[m][tier])))
			late := n * (0.004 + 0.996*q) * (1 + 0.1*rng.NormFloat64())
			t.judged[m][tier][p][i] = n
			t.breached[m][tier][p][i] = math.Min(n, math.Max(0, late))
		}
	}
}

// level is that of all intervals.
const level = outcome.DefaultLevel

func ratio(num, den []float64) estimate.Estimate { return estimate.Ratio(num, den, level) }
