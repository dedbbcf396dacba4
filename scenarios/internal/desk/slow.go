package desk

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// SlowTools reads the times in which the tools of the desk are slow.
func (d *Decoder) SlowTools(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("slow tool", language.ListNames["slow_tools"]...) {
		p := model.SlowTools{Name: e.Key}
		s := d.Section(e.Value, "slow_tools.*")
		if v := s.Key("name"); v.Exists() {
			scope.GoodName(v)
		} else {
			s.Assumed("name", e.Key)
		}
		if v := s.Need("from", "write from: 2026-11-20 10:00"); v.Exists() {
			if at, ok := scalar.Moment(v, d.Zone); ok {
				p.From = d.Axis.Since(at)
			}
		}
		if v := s.Need("until", "write until: 2026-11-20 14:00"); v.Exists() {
			if at, ok := scalar.Moment(v, d.Zone); ok {
				p.Until = d.Axis.Since(at)
			}
		}
		if v := s.Need("handle", "write handle: +30%"); v.Exists() {
			p.Handle, _ = scalar.Percent(v, -0.9, 10)
		}
		p.Teams = scope.List(s.Key("teams"), d.Known.Teams.Find, func(i int) ticket.Team { return ticket.Team(i) })
		s.Done()
		d.Out.SlowTools = append(d.Out.SlowTools, p)
	}
}
