package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// cycles is what touches, returns and hand-offs come to. It is empty where every touch
// ends its ticket for good.
type cycles struct {
	issues []issueCycles
	teams  []teamCycles
}

// issueCycles is that of an issue's tickets.
type issueCycles struct {
	solved, atFirst, touches int64 // tickets solved in the end, and their touches
	solutions, returns       int64
	handed                   int64    // tickets
	bins                     []uint32 // of the time to solve
}

// teamCycles is that of what was handed off to a team, and what was promised for it.
type teamCycles struct {
	back, away int64 // hand-offs that have ended, and that have not
	time       float64
	bins       []uint32
	ola        [2]struct{ met, judged int64 } // by sla.Until
}

func newCycles(l *Layout) cycles {
	var k cycles
	if l.cycling {
		k.issues = make([]issueCycles, l.issues)
		for i := range k.issues {
			k.issues[i].bins = make([]uint32, outcome.BinCount)
		}
	}
	if l.handing || l.owned {
		k.teams = make([]teamCycles, len(l.bills))
	}
	if l.handing {
		for i := range k.teams {
			k.teams[i].bins = make([]uint32, outcome.BinCount)
		}
	}
	return k
}

func (k *cycles) reset() {
	for i := range k.issues {
		x := &k.issues[i]
		clear(x.bins)
		*x = issueCycles{bins: x.bins}
	}
	for i := range k.teams {
		x := &k.teams[i]
		clear(x.bins)
		*x = teamCycles{bins: x.bins}
	}
}

// happen counts an event of a ticket that is counted.
func (k *cycles) happen(kind ticket.EventKind, at time.Duration, t *desk.Ticket, issue ticket.Issue) {
	x := &k.issues[issue]
	switch kind {
	case ticket.Replied, ticket.StatusSet:
		if t.Status == ticket.Solved {
			x.solutions++
		}
		if t.Away() {
			k.ends(at, t)
		}
	case ticket.Message:
		if t.Reopened {
			x.returns++
		}
	case ticket.Noted:
		if t.Rung < 0 {
			k.ends(at, t)
		}
	case ticket.Assigned:
		if t.Away() && t.HandOffs == 1 && t.Parted == at {
			x.handed++
		}
	}
}

// ends counts a hand-off that has ended.
func (k *cycles) ends(at time.Duration, t *desk.Ticket) {
	x := &k.teams[t.Group]
	x.back++
	x.time += float64(at - t.Parted)
	x.bins[outcome.Bin(at-t.Parted)]++
}

// done counts a ticket in the end.
func (k *cycles) done(t *desk.Ticket, issue ticket.Issue) {
	if t.Away() {
		k.teams[t.Group].away++
	}
	if t.Status != ticket.Solved {
		return
	}
	x := &k.issues[issue]
	x.solved++
	x.touches += int64(t.Touches)
	if t.SolvedAtFirst && t.Reopenings == 0 {
		x.atFirst++
	}
	x.bins[outcome.Bin(t.Ended-t.Created)]++
}

// judge counts a verdict on a promise about one team.
func (k *cycles) judge(r *sla.Result) {
	if r.Verdict == sla.Undecided {
		return
	}
	x := &k.teams[r.Owner.Team()].ola[r.Until]
	x.judged++
	if r.Verdict == sla.Met {
		x.met++
	}
}

// layCycles finds out what there is to count.
func (b *builder) layCycles() {
	s := b.scenario
	b.issues = len(s.Issues)
	for i := range b.classes {
		issue := &s.Issues[b.classes[i].Issue]
		b.handing = b.handing || len(issue.HandOffs) > 0
		b.cycling = b.cycling || issue.SolvedAtFirst < 1 || issue.Reopen.Share > 0 || b.handing || len(issue.Holds) > 0
		for _, m := range b.desk.Terms(int32(i)) {
			b.owned = b.owned || m.Owner != 0
		}
	}
}

// cycles adds what touches, returns and hand-offs come to.
func (b *builder) cycles() {
	if b.cycling {
		all := make([]ticket.Issue, b.issues)
		for i := range all {
			all[i] = ticket.Issue(i)
		}
		b.issueCycles(outcome.Labels{}, all)
		for i := range all {
			if name := b.scenario.Issues[i].Name; b.comes(all[i]) {
				b.issueCycles(outcome.Labels{Issue: name}, all[i:i+1])
			}
		}
	}
	for i := range b.desk.Teams {
		b.teamCycles(outcome.Labels{Team: b.desk.Teams[i].Name}, ticket.Team(i))
	}
}

// comes reports whether there are tickets of an issue, and of others too.
func (b *builder) comes(issue ticket.Issue) bool {
	its, others := false, false
	for i := range b.classes {
		if b.classes[i].Issue == issue {
			its = true
		} else {
			others = true
		}
	}
	return its && others
}

// issueCycles adds that of some issues.
func (b *builder) issueCycles(l outcome.Labels, issues []ticket.Issue) {
	sum := func(c *Collector, of func(x *issueCycles) int64) float64 {
		var n int64
		for _, i := range issues {
			n += of(&c.cycles.issues[i])
		}
		return float64(n)
	}
	solved := func(x *issueCycles) int64 { return x.solved }
	b.measure(outcome.FirstContact, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return sum(c, func(x *issueCycles) int64 { return x.atFirst }), sum(c, solved)
	})
	b.measure(outcome.Touches, l, outcome.UnitTouches, func(c *Collector) (float64, float64) {
		return sum(c, func(x *issueCycles) int64 { return x.touches }), sum(c, solved)
	})
	b.measure(outcome.ReopenRate, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
		return sum(c, func(x *issueCycles) int64 { return x.returns }), sum(c, func(x *issueCycles) int64 { return x.solutions })
	})
	if b.handing {
		var in []int32
		for i := range b.classes {
			if b.classes[i].Issue == issues[0] || len(issues) > 1 {
				in = append(in, int32(i))
			}
		}
		b.measure(outcome.HandedOff, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			return sum(c, func(x *issueCycles) int64 { return x.handed }), float64(c.total(in, func(k *tally) int64 { return k.arrived }))
		})
	}
	l.Clock = outcome.WallClock
	b.quantiles(outcome.TimeToSolve, l, waits{times: func(c *Collector, bins []uint32) {
		for _, i := range issues {
			addBins(bins, c.cycles.issues[i].bins)
		}
	}})
}

// teamCycles adds that of a team, where there is any.
func (b *builder) teamCycles(l outcome.Labels, team ticket.Team) {
	gets := false
	var promised [2]bool
	for i := range b.classes {
		for _, h := range b.scenario.Issues[b.classes[i].Issue].HandOffs {
			gets = gets || h.To == team
		}
		for _, m := range b.desk.Terms(int32(i)) {
			promised[m.Until] = promised[m.Until] || m.Owner == sla.OwnedBy(team)
		}
	}
	if gets {
		b.measure(outcome.HandOffTime, l, outcome.UnitSeconds, func(c *Collector) (float64, float64) {
			x := &c.cycles.teams[team]
			return x.time / 1e9, float64(x.back)
		})
		b.quantiles(outcome.HandOffTime, l, waits{times: func(c *Collector, bins []uint32) {
			addBins(bins, c.cycles.teams[team].bins)
		}})
		b.measure(outcome.AwayAtEnd, l, outcome.UnitTickets, func(c *Collector) (float64, float64) {
			return float64(c.cycles.teams[team].away), 1
		})
	}
	for until, name := range [...]string{sla.HandedOn: outcome.OLAKept, sla.Taken: outcome.OLAAnswered} {
		if !promised[until] {
			continue
		}
		b.measure(name, l, outcome.UnitShare, func(c *Collector) (float64, float64) {
			x := &c.cycles.teams[team].ola[until]
			return float64(x.met), float64(x.judged)
		})
	}
}

func addBins(to, from []uint32) {
	for i, n := range from {
		to[i] += n
	}
}
