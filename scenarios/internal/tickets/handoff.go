package tickets

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// handOffs reads where tickets of an issue go: a map, or a list of maps. Teams are
// known only later; see sendTo.
func (d *Decoder) handOffs(v yamltree.Value) []work.HandOff {
	var out []work.HandOff
	for _, item := range v.Items() {
		s := d.Section(item, "issues.*.hand_off")
		var h work.HandOff
		d.sent = append(d.sent, sent{len(d.Out.Issues), len(out), s.Need("to", "write to: engineering")})
		if v := s.Need("share", "write share: 35%"); v.Exists() {
			h.Share, _ = scalar.Percent(v, 0, 1)
		}
		if v := s.Need("handle", "write handle: lognormal(mean 3h, cv 1)"); v.Exists() {
			h.Handle, _ = scalar.Distribution(v)
		}
		after, _ := scope.Choice(s.Key("after"), []string{"first touch", "any touch"})
		h.AnyTouch = after == 1
		status, _ := scope.Choice(s.Key("status"), []string{ticket.OnHold.String(), ticket.Open.String()})
		h.Open = status == 1
		returns, _ := scope.Choice(s.Key("returns"), []string{"yes", "no"})
		h.Solves = returns == 1
		s.Done()
		out = append(out, h)
	}
	return out
}

// sent is the team of a hand-off that is still to be found.
type sent struct {
	issue, handOff int
	to             yamltree.Value
}

// SendTo finds the teams of hand-offs, which are known by now.
func (d *Decoder) SendTo() {
	for _, x := range d.sent {
		if x.issue < len(d.Out.Issues) && x.to.Exists() {
			i, _ := d.Known.Teams.Find(x.to)
			d.Out.Issues[x.issue].HandOffs[x.handOff].To = ticket.Team(i)
		}
	}
}
