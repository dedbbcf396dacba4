package tickets

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// holds reads for whom outside tickets of an issue wait: a map, or a list of maps.
func (d *Decoder) holds(v yamltree.Value) []work.Hold {
	var out []work.Hold
	for _, item := range v.Items() {
		s := d.Section(item, "issues.*.hold")
		var h work.Hold
		if v := s.Need("for", "write for: vendor"); v.Exists() {
			h.For, _ = v.Text("a name, such as vendor")
		}
		if v := s.Need("share", "write share: 5%"); v.Exists() {
			h.Share, _ = scalar.Percent(v, 0, 1)
		}
		if v := s.Need("takes", "write takes: lognormal(median 3d, cv 2)"); v.Exists() {
			h.Takes, _ = scalar.Distribution(v)
		}
		h.Calendar, _ = d.Known.Calendars.Find(s.Key("hours"))
		after, _ := scope.Choice(s.Key("after"), work.TouchedNames)
		h.After = work.Touched(max(0, after))
		status, _ := scope.Choice(s.Key("status"), []string{ticket.OnHold.String(), ticket.Open.String()})
		h.Open = status == 1
		s.Done()
		out = append(out, h)
	}
	return out
}
