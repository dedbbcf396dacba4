package laws

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
)

// holding is a class of tickets in a time in which certain relaxations hold for it, as bits.
type holding struct {
	class int32
	which uint64
}

// promised is what a ticket of a class is promised that is created at an instant: what it
// is in ordinary time, or the longest target of the relaxations that hold for it.
func (l *Laws) promised(class int32, created time.Duration) sla.Terms {
	usual := l.classes[class].terms
	key := holding{class: class}
	for i := range l.scenario.SLA.Relaxations {
		x := &l.scenario.SLA.Relaxations[i]
		if created >= x.From && created < x.Until && x.Match.Matches(l.layout.Plan.Classes[class]) {
			key.which |= 1 << i
		}
	}
	if key.which == 0 {
		return usual
	}
	terms, known := l.relaxed[key]
	if !known {
		terms = slices.Clone(usual)
		for k := range terms {
			terms[k].Within = l.longest(key, terms[k].Metric, terms[k].Within)
		}
		l.relaxed[key] = terms
	}
	return terms
}

// terms is what a ticket is promised, as it stands.
func (l *Laws) terms(v *life) sla.Terms { return l.promised(v.promise, v.created) }

// longest is the longest target that one of the relaxations allows, at least the usual one.
func (l *Laws) longest(key holding, m sla.Metric, usual time.Duration) time.Duration {
	most := usual
	p := l.layout.Plan.Classes[key.class].Priority
	for i := range l.scenario.SLA.Relaxations {
		for _, t := range l.scenario.SLA.Relaxations[i].Targets {
			if key.which>>i&1 == 0 || t.Metric != m {
				continue
			}
			most = max(most, t.Within[p])
			if t.Within[p] == 0 {
				most = max(most, time.Duration(float64(usual)*t.Factor[p]))
			}
		}
	}
	return most
}
