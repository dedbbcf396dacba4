package laws

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/sim/desk"
)

// passed checks that a ticket has come past no rung of the ladder without escalating. A promise
// that is dated back may have come to one before it was made.
func (l *Laws) passed(t *desk.Ticket, v *life) {
	if v.clocks == nil {
		return
	}
	for k := range l.scenario.Escalations {
		r := &l.scenario.Escalations[k]
		if r.Repeat.Breaches > 0 || !r.Match.Matches(l.layout.Plan.Classes[v.promise]) {
			continue
		}
		terms := l.terms(v)
		for i := range terms {
			m := &terms[i]
			if m.Metric != r.Metric || v.clocks[i].Fired(k) {
				continue
			}
			if at, comes := v.clocks[i].Reach(m, r.At); comes && max(at, v.told) < l.now {
				l.breaksBy(t.ID, Ladder, "it does not escalate to %s, which it came to at %v", r.Name, at)
			}
		}
	}
}

// climb checks that a ticket has come to the rung to which it escalates, and that it has not
// been there in this round.
func (l *Laws) climb(t *desk.Ticket, v *life, r *model.Rung) {
	if !r.Match.Matches(l.layout.Plan.Classes[v.promise]) {
		l.breaksBy(t.ID, Ladder, "it escalates to %s, which is for others", r.Name)
		return
	}
	terms, there := l.terms(v), false
	for i := range terms {
		if terms[i].Metric != r.Metric {
			continue
		}
		at, comes := v.clocks[i].Reach(&terms[i], r.At)
		there = there || comes && at <= l.now && !v.clocks[i].Fired(int(t.Rung))
	}
	if !there {
		l.breaksBy(t.ID, Ladder, "it escalates to %s, to which none of its clocks has come", r.Name)
	}
	for i := range terms {
		if terms[i].Metric == r.Metric {
			v.clocks[i].Fire(int(t.Rung))
		}
	}
}
