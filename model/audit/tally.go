package audit

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Cut is what clocks are told apart by.
type Cut uint8

const (
	// Whole: not at all.
	Whole Cut = iota
	ByPriority
	ByTier
	ByChannel
	// ByTeam: by the team that had the ticket last. A clock of a ticket that nobody had is in none.
	ByTeam
	ByAccount
	ByMonth
	ByWeek
	// Cuts is how many there are.
	Cuts
)

var cutNames = [Cuts]string{"all", "priority", "tier", "channel", "team", "account", "month", "week"}

// String is the cut in a word.
func (c Cut) String() string { return cutNames[c] }

// Tally is the record of one metric in one group of a cut.
type Tally struct {
	Metric           sla.Metric
	Group            string
	AsItIs, Adjusted Record
	// Late is late over judged clocks. The past is known and has no error: the interval is that of the rate at
	// which the desk, as it was, breaks its promises, of which the days that were are a sample. So it is
	// what tells a change from chance. Days are its clusters.
	Late estimate.Estimate
}

// daily is what was counted on each day.
type daily map[int]*[2]float64

func (d daily) add(day int, num, den float64) {
	x := d[day]
	if x == nil {
		x = new([2]float64)
		d[day] = x
	}
	x[0] += num
	x[1] += den
}

// columns are the counts by rising day.
func (d daily) columns() (num, den []float64) {
	for _, day := range slices.Sorted(maps.Keys(d)) {
		num, den = append(num, d[day][0]), append(den, d[day][1])
	}
	return num, den
}

// By counts the clocks by metric and group, in the order of metrics and of the groups' numbers.
func (l *Ledger) By(c Cut, level float64) []Tally {
	type key struct {
		metric sla.Metric
		group  int
	}
	type heap struct {
		line Tally
		days daily
	}
	group, name := l.grouping(c)
	heaps := map[key]*heap{}
	for i := range l.Entries {
		e := &l.Entries[i]
		g := group(e)
		if g < 0 {
			continue
		}
		k := key{e.Metric, g}
		h := heaps[k]
		if h == nil {
			h = &heap{line: Tally{Metric: e.Metric, Group: name(g)}, days: daily{}}
			heaps[k] = h
		}
		h.line.AsItIs = h.line.AsItIs.Plus(e.AsItIs)
		h.line.Adjusted = h.line.Adjusted.Plus(e.Adjusted)
		h.days.add(e.Day, float64(e.AsItIs.Late()), float64(e.AsItIs.Judged))
	}
	keys := slices.SortedFunc(maps.Keys(heaps), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.metric, b.metric), cmp.Compare(a.group, b.group))
	})
	lines := make([]Tally, 0, len(keys))
	for _, k := range keys {
		h := heaps[k]
		num, den := h.days.columns()
		h.line.Late = estimate.Share(num, den, level)
		lines = append(lines, h.line)
	}
	return lines
}

// grouping gives the number of the group of an entry, negative for none, and the name of a group.
func (l *Ledger) grouping(c Cut) (group func(*Entry) int, name func(int) string) {
	n := &l.Scenario.Names
	among := func(words []string) func(int) string { return func(g int) string { return words[g] } }
	switch c {
	case ByPriority:
		return func(e *Entry) int { return int(e.Class.Priority) }, among(n.Priorities)
	case ByTier:
		return func(e *Entry) int { return int(e.Class.Tier) }, among(n.Tiers)
	case ByChannel:
		return func(e *Entry) int { return int(e.Class.Channel) }, among(n.Channels)
	case ByTeam:
		return func(e *Entry) int { return int(e.Team) }, among(n.Teams)
	case ByAccount:
		return func(e *Entry) int {
			if e.Class.Account == ticket.Anonymous {
				return -1
			}
			return int(e.Class.Account)
		}, among(n.Accounts)
	case ByMonth, ByWeek:
		spans := l.Periods(map[Cut]contract.Period{ByMonth: contract.Monthly, ByWeek: contract.Weekly}[c])
		return func(e *Entry) int { return spanOf(spans, e.Created) }, func(g int) string { return spans[g].Name }
	}
	return func(*Entry) int { return 0 }, func(int) string { return "all" }
}

// Periods are those of the ledger's time.
func (l *Ledger) Periods(p contract.Period) []contract.Span {
	return p.Split(calendar.Axis{Origin: l.Scenario.Time.Start}, l.From, l.To)
}

// spanOf is the span that holds an instant; of instants beyond the last one, the last.
func spanOf(spans []contract.Span, at time.Duration) int {
	i, _ := slices.BinarySearchFunc(spans, at, func(s contract.Span, at time.Duration) int {
		if s.To <= at {
			return -1
		}
		return 1
	})
	return min(i, len(spans)-1)
}

// Times are the times of one metric, seconds, of clocks that have stopped and of late ones as they stand.
type Times struct {
	Elapsed, Wall []float64
	Days          []int // of each, the day on which its ticket was created
	// Late of them are overdue: they will be longer yet. Undecided clocks are none of them.
	Late, Undecided int
}

// Times gathers those of a metric.
func (l *Ledger) Times(m sla.Metric) Times {
	var t Times
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.Metric != m {
			continue
		}
		switch e.Verdict {
		case sla.Undecided:
			t.Undecided++
			continue
		case sla.Overdue:
			t.Late++
		}
		t.Elapsed, t.Wall, t.Days = append(t.Elapsed, e.Elapsed.Seconds()), append(t.Wall, e.Wall.Seconds()), append(t.Days, e.Day)
	}
	return t
}

// Metrics are those of which there are clocks.
func (l *Ledger) Metrics() []sla.Metric {
	var seen [sla.Metrics]bool
	for i := range l.Entries {
		seen[l.Entries[i].Metric] = true
	}
	var out []sla.Metric
	for m := range sla.Metrics {
		if seen[m] {
			out = append(out, m)
		}
	}
	return out
}
