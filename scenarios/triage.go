package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// triage reads how tickets get their priority.
func (d *decoder) triage(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	s := d.section(v, "triage")
	for _, item := range s.take("rules").Items() {
		r := d.section(item, "triage.rules.*")
		var rule model.PriorityRule
		rule.Match = d.match(r.take("match"), "triage.rules.*.match")
		if p := r.need("priority", "write priority: urgent"); p.Exists() {
			i, _ := d.priorities.find(p)
			rule.Priority = ticket.Priority(i)
		}
		r.close()
		d.out.Triage.Rules = append(d.out.Triage.Rules, rule)
	}
	d.out.Triage.Wrong, _ = percent(s.take("wrong"), 0, 1)
	s.close()
}
