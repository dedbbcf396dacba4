package laws

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
)

// strain is a team's load by interval, as its numbers say.
type strain struct {
	loads [][2]float64 // agent time on shift and busy, by interval
	ends  time.Duration
	said  bool // whether the team is strained from the last end of an interval on
}

// strain checks whether a team is strained from now to the next instant, and adds up
// its load. What ends now has been told of.
func (l *Laws) strain(team int, to time.Duration) {
	t := &l.teams[team]
	b := &l.scenario.Burnout
	if b.Over == 0 {
		if t.Strained {
			l.breaks(Strain, "team %s is strained, of which the scenario knows nothing", l.scenario.Teams[team].Name)
		}
		return
	}
	s := &t.strain
	interval := l.scenario.Time.Interval
	for now := l.now; now < to && l.broken == nil; {
		if len(s.loads) == 0 || now == s.ends {
			if s.ends > 0 {
				s.said = l.strained(s.loads, t.Strained)
			}
			s.loads = append(s.loads, [2]float64{})
			s.ends += interval
		}
		if t.Strained != s.said {
			l.breaks(Strain, "team %s is strained: %v, by the numbers %v", l.scenario.Teams[team].Name, t.Strained, s.said)
			l.broken.At = now
			return
		}
		next := min(to, s.ends)
		last := &s.loads[len(s.loads)-1]
		last[0] += float64(t.On) * (next - now).Seconds()
		last[1] += float64(t.Busy) * (next - now).Seconds()
		now = next
	}
}

// strained is whether the load over the last intervals is above what is assumed; as
// the desk says where rounding decides.
func (l *Laws) strained(loads [][2]float64, desk bool) bool {
	b := &l.scenario.Burnout
	n := int(b.Over / l.scenario.Time.Interval)
	if len(loads) < n {
		return false
	}
	var on, busy float64
	for _, x := range loads[len(loads)-n:] {
		on, busy = on+x[0], busy+x[1]
	}
	if math.Abs(busy-b.Above*on) < 1e-3*float64(n) {
		return desk && on > 0
	}
	return busy > b.Above*on
}

// bands holds the intervals below, within and above the band to all that have staff,
// and the longest time under load to the time that there is.
func (l *Laws) bands(m *outcome.Measure, longest float64, k book) {
	l.same(m, k.num(outcome.BelowBand, m.Labels)+k.num(outcome.InBand, m.Labels)+k.num(outcome.AboveBand, m.Labels), k.den(outcome.AboveBand, m.Labels))
	if most := (l.layout.Until - l.scenario.Time.Warmup).Hours(); !(longest >= 0 && longest <= most*(1+rounding)) {
		l.breaks(Tally, "%s is %v, of %v h", m.Describe(), longest, most)
	}
	if high := k.num(outcome.HighOccupancy, m.Labels); (high > 0) != (longest > 0) {
		l.breaks(Tally, "%s is %v, but there are %v s under load", m.Describe(), longest, high)
	}
}
