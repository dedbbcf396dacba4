package causes

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/spell"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Tally counts, of the trials of a scenario, the clocks of a metric that are late, by the hour of the week in
// which their tickets were created. It counts what the breach rate of the metric counts.
type Tally struct {
	Late, Judged             int64
	HourlyLate, HourlyJudged [breach.Hours]int64

	metric sla.Metric
	warmup time.Duration
	hour   func(time.Duration) int
}

// NewTally counts clocks of a metric.
func NewTally(s *model.Scenario, m sla.Metric) *Tally {
	return &Tally{metric: m, warmup: s.Time.Warmup, hour: hourOfWeek(s)}
}

// hourOfWeek is the hour of the week of an instant of a scenario, in its zone.
func hourOfWeek(s *model.Scenario) func(time.Duration) int {
	axis := calendar.Axis{Origin: s.Time.Start}
	return func(at time.Duration) int {
		t := axis.At(at).In(s.Time.Start.Location())
		return (int(t.Weekday())+6)%7*24 + t.Hour()
	}
}

func (y *Tally) count(t *desk.Ticket, results []sla.Result) {
	if t.Created < y.warmup {
		return
	}
	for i := range results {
		r := &results[i]
		if r.Metric != y.metric || r.Verdict == sla.Undecided || r.Verdict == sla.Unjudged {
			continue
		}
		h := y.hour(t.Created)
		y.Judged++
		y.HourlyJudged[h]++
		if late(r.Verdict) {
			y.Late++
			y.HourlyLate[h]++
		}
	}
}

func late(v sla.Verdict) bool { return v == sla.Breached || v == sla.Overdue }

// Observer is the tally as a desk.Observer.
func (y *Tally) Observer() desk.Observer { return observer{y} }

// observer keeps the methods of an observer apart from the counts of a tally.
type observer struct{ *Tally }

func (o observer) Ticket(ticket.EventKind, time.Duration, *desk.Ticket)         {}
func (o observer) Waiting(time.Duration, int)                                   {}
func (o observer) Staff(time.Duration, int, desk.Staff)                         {}
func (o observer) Judged(_ time.Duration, t *desk.Ticket, results []sla.Result) { o.count(t, results) }
func (o observer) Done(_ time.Duration, t *desk.Ticket, results []sla.Result)   { o.count(t, results) }

// Ledger is where the time of the clocks of a metric went in one trial, and whose they were.
type Ledger struct {
	Late, All  elapsed.Parts         // time
	Main       [elapsed.Number]int64 // late clocks by the part that took the most of them
	LateN, N   int64
	Tiers      []Count     // by ticket.Tier
	Accounts   []Count     // by ticket.Account; those of nobody in particular come last
	Hours      []spell.Bin // by hour since the start in which they were created
	LateClocks []LateClock
}

// Count is how many clocks there were, and how many of them late.
type Count struct{ Late, All int64 }

// Troubles are the spells of late clocks as time, for a rate of late clocks; how many hours each has, and how many
// late clocks belong to them all.
func (k *Ledger) Troubles(rate float64) (out []spell.Trouble, hours []float64, late int64) {
	for _, s := range spell.Find(k.Hours, rate) {
		t := spell.Trouble{Onset: math.MaxInt64, End: math.MinInt64}
		for _, c := range k.LateClocks {
			if h := int(c.Created / time.Hour); h >= s.From && h < s.To {
				t.Onset, t.End = min(t.Onset, c.Broke), max(t.End, c.Broke)
				late++
			}
		}
		out, hours = append(out, t), append(hours, float64(s.To-s.From))
	}
	return out, hours, late
}

// LateClock is one promise that was broken.
type LateClock struct{ Created, Broke time.Duration }

// NewLedger keeps the books of one trial, of the clocks of a metric that count, with a watch of its own.
func NewLedger(s *model.Scenario, l *desk.Layout, m sla.Metric) (*Ledger, *Watch) {
	k := &Ledger{
		Tiers: make([]Count, len(s.Names.Tiers)), Accounts: make([]Count, len(s.Names.Accounts)+1),
		Hours: make([]spell.Bin, (s.Time.Length+time.Hour-1)/time.Hour),
	}
	w := New(s, l)
	w.Chosen = func(created time.Duration, _ ticket.Class) bool { return created >= s.Time.Warmup }
	w.Told = func(c Clock) {
		if c.Metric == m && c.Governs && c.Verdict != sla.Unjudged && c.Verdict != sla.Undecided {
			k.enter(&c)
		}
	}
	return k, w
}

func (k *Ledger) enter(c *Clock) {
	account := len(k.Accounts) - 1
	if c.Class.Account != ticket.Anonymous {
		account = int(c.Class.Account)
	}
	of := [2]*Count{&k.Tiers[c.Class.Tier], &k.Accounts[account]}
	hour := &k.Hours[c.Created/time.Hour]
	k.N++
	hour.Judged++
	k.All.Add(&c.Parts)
	for _, n := range of {
		n.All++
	}
	if !late(c.Verdict) {
		return
	}
	k.LateN++
	hour.Late++
	k.Late.Add(&c.Parts)
	k.Main[c.Parts.Main()]++
	for _, n := range of {
		n.Late++
	}
	k.LateClocks = append(k.LateClocks, LateClock{c.Created, c.Breach})
}
