package sla

import "time"

// Breaches appends the instants of the breaches of a metric that have happened by an
// instant, the present, and were not told before: of policies that are judged together
// that of the one that governs. It is told once in a round, which the clocks remember under
// a mark, as Fire does. Ask after Apply and before Take, so that no round is lost.
func (ts Terms) Breaches(clocks []Clock, m Metric, mark int, at time.Duration, instants []time.Duration) []time.Duration {
	first, last := ts.of(m)
	for i, end := first, 0; i < last; i = end {
		end = ts.group(i)
		g := ts.finished(clocks, i, end, at)
		if g < 0 {
			g = ts.govern(clocks, i, end, at)
		}
		if clocks[g].Fired(mark) {
			continue
		}
		breach, broken := clocks[g].Breach(&ts[g], at)
		if !broken {
			continue
		}
		instants = append(instants, breach)
		for k := i; k < end; k++ {
			clocks[k].Fire(mark)
		}
	}
	return instants
}

// NextBreach is the next instant, after the present, at which a clock of a metric that
// runs will have counted more than its target, unless the breach has been told under
// the mark. It holds until the next event of the ticket. Whether it is a breach says
// Breaches: another policy may govern.
func (ts Terms) NextBreach(clocks []Clock, m Metric, mark int, now time.Duration) (time.Duration, bool) {
	var next time.Duration
	found := false
	first, last := ts.of(m)
	for k := first; k < last; k++ {
		c := &clocks[k]
		if c.phase != running || c.Fired(mark) {
			continue
		}
		if at, comes := ts[k].Line.Add(c.since, max(0, c.within-c.used)+1); comes && at > now && (!found || at < next) {
			next, found = at, true
		}
	}
	return next, found
}

// KeepTold carries over to the clocks of the next terms, after Change, which breaches of
// a metric have been told under a mark.
func (ts Terms) KeepTold(clocks []Clock, next Terms, to []Clock, m Metric, mark int) {
	first, last := ts.of(m)
	begin, end := next.of(m)
	for j := begin; j < end; j++ {
		for k := first; k < last; k++ {
			if clocks[k].Fired(mark) && (!next[j].Alone || next[j].Policy == ts[k].Policy) {
				to[j].Fire(mark)
			}
		}
	}
}
