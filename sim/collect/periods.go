package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
)

// periodLengths are those over which a promise of a share is judged, from the shortest that
// reports use to a month of thirty days.
var periodLengths = []struct {
	name   string
	length time.Duration
}{
	{"15m", 15 * time.Minute},
	{"30m", 30 * time.Minute},
	{"1h", time.Hour},
	{"4h", 4 * time.Hour},
	{"1d", 24 * time.Hour},
	{"7d", 7 * 24 * time.Hour},
	{"30d", 30 * 24 * time.Hour},
}

// periods adds, for every metric of which the whole scenario promises one share, how often
// periods of each length keep it. Periods follow one another from the first
// interval after the warm-up; those that are not whole are left out, and so are lengths
// that are no multiple of the interval.
func (b *builder) periods() {
	for m := range sla.Metrics {
		promised := b.shareOf(m)
		if promised == 0 {
			continue
		}
		b.periodsKept(outcome.Labels{Metric: m.String()}, promised, func(c *Collector) []share { return c.lines[m][0] })
	}
}

// periodsKept adds for each length how often periods keep a promised share, of what is counted by interval.
func (b *builder) periodsKept(l outcome.Labels, promised float64, intervals func(c *Collector) []share) {
	first := int((b.warmup + b.interval - 1) / b.interval)
	whole := int(b.until / b.interval)
	for _, p := range periodLengths {
		n := int(p.length / b.interval)
		if p.length%b.interval != 0 || first+n > whole {
			continue
		}
		l.Period = p.name
		b.measure(outcome.PeriodsMet, l, outcome.UnitShare, func(c *Collector) (met, of float64) {
			return keeping(intervals(c)[first:whole], n, promised)
		})
	}
}

// keeping counts the whole periods of n intervals in which anything was judged, and those of
// them in which a share of it was in time. Counts are whole numbers, so what a
// decimal share lacks in the last digit is granted.
func keeping(intervals []share, n int, promised float64) (met, of float64) {
	for ; len(intervals) >= n; intervals = intervals[n:] {
		judged, late := 0, 0
		for _, i := range intervals[:n] {
			judged, late = judged+int(i.judged), late+int(i.breached)
		}
		if judged == 0 {
			continue
		}
		of++
		if float64(judged-late) >= promised*float64(judged)-1e-9*float64(judged) {
			met++
		}
	}
	return met, of
}

// shareOf is the share that the policies promise of a metric; 0 if none does or they do not
// agree.
func (b *builder) shareOf(m sla.Metric) float64 {
	share, some := 0.0, false
	for i := range b.scenario.SLA.Policies {
		promised, ok := sharePromised(&b.scenario.SLA.Policies[i], m)
		if ok && some && promised != share {
			return 0
		}
		if ok {
			share, some = promised, true
		}
	}
	for i := range b.classes {
		if b.desk.Terms(int32(i)).Promises(m) {
			return share
		}
	}
	return 0
}
