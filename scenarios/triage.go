package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// triage reads how tickets get their priority.
func (d *Decoder_tickets) triage(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	s := d.section(v, "triage")
	known := d.keywords(s.take("keywords"))
	for _, item := range s.take("rules").Items() {
		r := d.section(item, "triage.rules.*")
		var rule model.PriorityRule
		if v := r.take("match"); v.Exists() {
			m := d.section(v, "triage.rules.*.match")
			rule.Match = d.matching(m)
			for _, k := range list(m.take("keyword"), known.find, func(i int) int { return i }) {
				rule.Keywords = rule.Keywords.With(k)
			}
			m.close()
		}
		if p := r.need("priority", "write priority: urgent"); p.Exists() {
			i, _ := d.known.priorities.find(p)
			rule.Priority = ticket.Priority(i)
		}
		r.close()
		d.out.Triage.Rules = append(d.out.Triage.Rules, rule)
	}
	d.out.Triage.Wrong, _ = scalar.Percent(s.take("wrong"), 0, 1)
	d.out.Triage.Replays = truth(s.take("replays"))
	s.close()
}

// keywords reads the classes of words that triage looks for, each with one share for all
// issues, or with a map from issues to shares.
func (d *Decoder_tickets) keywords(v yamltree.Value) words {
	known := words{noun: "keyword", plural: "keywords"}
	for _, e := range v.Entries("a map from names to the share of tickets that have such words") {
		if _, ok := known.add(e.Name, model.MostKeywords); !ok {
			continue
		}
		k := model.Keyword{Name: e.Key, Shares: make([]float64, len(d.known.issues.list))}
		if e.Value.Node.Kind != yamltree.Map {
			share, _ := scalar.Percent(e.Value, 0, 1)
			for i := range k.Shares {
				k.Shares[i] = share
			}
		} else {
			for _, of := range e.Value.Entries("") {
				i, ok := d.known.issues.find(of.Name)
				if share, ok2 := scalar.Percent(of.Value, 0, 1); ok && ok2 {
					k.Shares[i] = share
				}
			}
		}
		d.out.Triage.Keywords = append(d.out.Triage.Keywords, k)
	}
	return known
}
