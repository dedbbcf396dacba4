package fitted

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// handOffs writes how tickets go to other teams.
func (d *scenario) handOffs(v *draft.Map, k *fit.Kind) {
	if len(k.HandOffs) == 0 {
		return
	}
	list := v.List("hand_off", "")
	for i := range k.HandOffs {
		x := &k.HandOffs[i]
		law := x.Handle
		m := list.Map(fmt.Sprintf("share %s; agent time: mean %s, %s; %d hand-offs", interval(x.Share, percent), brief(law.Mean.Value), span(law.Mean.Low, law.Mean.High, brief), x.Tickets)).OneLine()
		m.Set("to", d.teamNames[slices.IndexFunc(d.f.Teams, func(t fit.Team) bool { return t.Team == x.To })], "")
		m.Set("share", percent(min(x.Share.Value, mostHeld)), "")
		setLaw(m, "handle", law, "")
		if x.AnyTouch {
			m.Set("after", "any touch", "")
		}
		if x.Open {
			m.Set("status", "open", "")
		}
		if x.Solves {
			m.Set("returns", "no", "that team solved more of them than it gave back")
		}
	}
}
