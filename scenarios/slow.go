package scenarios

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// slowTools reads the times in which the tools of the desk are slow.
func (d *Decoder_desk) slowTools(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("slow tool", listNames["slow_tools"]...) {
		p := model.SlowTools{Name: e.Key}
		s := d.section(e.Value, "slow_tools.*")
		if v := s.take("name"); v.Exists() {
			goodName(v)
		} else {
			s.assumed("name", e.Key)
		}
		if v := s.need("from", "write from: 2026-11-20 10:00"); v.Exists() {
			if at, ok := scalar.Moment(v, d.zone); ok {
				p.From = d.axis.Since(at)
			}
		}
		if v := s.need("until", "write until: 2026-11-20 14:00"); v.Exists() {
			if at, ok := scalar.Moment(v, d.zone); ok {
				p.Until = d.axis.Since(at)
			}
		}
		if v := s.need("handle", "write handle: +30%"); v.Exists() {
			p.Handle, _ = scalar.Percent(v, -0.9, 10)
		}
		p.Teams = list(s.take("teams"), d.known.teams.find, func(i int) ticket.Team { return ticket.Team(i) })
		s.close()
		d.out.SlowTools = append(d.out.SlowTools, p)
	}
}
