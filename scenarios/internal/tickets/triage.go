package tickets

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Triage reads how tickets get their priority.
func (d *Decoder) Triage(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	s := d.Section(v, "triage")
	known := d.keywords(s.Key("keywords"))
	for _, item := range s.Key("rules").Items() {
		r := d.Section(item, "triage.rules.*")
		var rule model.PriorityRule
		if v := r.Key("match"); v.Exists() {
			m := d.Section(v, "triage.rules.*.match")
			rule.Match = d.Matching(m)
			for _, k := range scope.List(m.Key("keyword"), known.Find, func(i int) int { return i }) {
				rule.Keywords = rule.Keywords.With(k)
			}
			m.Done()
		}
		if p := r.Need("priority", "write priority: urgent"); p.Exists() {
			i, _ := d.Known.Priorities.Find(p)
			rule.Priority = ticket.Priority(i)
		}
		r.Done()
		d.Out.Triage.Rules = append(d.Out.Triage.Rules, rule)
	}
	d.Out.Triage.Wrong, _ = scalar.Percent(s.Key("wrong"), 0, 1)
	d.Out.Triage.Replays = scope.Truth(s.Key("replays"))
	s.Done()
}

// keywords reads the classes of words that triage looks for, each with one share for all
// issues, or with a map from issues to shares.
func (d *Decoder) keywords(v yamltree.Value) scope.Words {
	known := scope.Words{Noun: "keyword", Plural: "keywords"}
	for _, e := range v.Entries("a map from names to the share of tickets that have such words") {
		if _, ok := known.Add(e.Name, model.MostKeywords); !ok {
			continue
		}
		k := model.Keyword{Name: e.Key, Shares: make([]float64, len(d.Known.Issues.List))}
		if e.Value.Node.Kind != yamltree.Map {
			share, _ := scalar.Percent(e.Value, 0, 1)
			for i := range k.Shares {
				k.Shares[i] = share
			}
		} else {
			for _, of := range e.Value.Entries("") {
				i, ok := d.Known.Issues.Find(of.Name)
				if share, ok2 := scalar.Percent(of.Value, 0, 1); ok && ok2 {
					k.Shares[i] = share
				}
			}
		}
		d.Out.Triage.Keywords = append(d.Out.Triage.Keywords, k)
	}
	return known
}
