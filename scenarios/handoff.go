package scenarios

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// handOffs reads where tickets of an issue go: a map, or a list of maps. Teams are
// known only later; see sendTo.
func (d *Decoder_tickets) handOffs(v yamltree.Value) []work.HandOff {
	var out []work.HandOff
	for _, item := range v.Items() {
		s := d.section(item, "issues.*.hand_off")
		var h work.HandOff
		d.sent = append(d.sent, sent{len(d.out.Issues), len(out), s.need("to", "write to: engineering")})
		if v := s.need("share", "write share: 35%"); v.Exists() {
			h.Share, _ = scalar.Percent(v, 0, 1)
		}
		if v := s.need("handle", "write handle: lognormal(mean 3h, cv 1)"); v.Exists() {
			h.Handle, _ = scalar.Distribution(v)
		}
		after, _ := choice(s.take("after"), []string{"first touch", "any touch"})
		h.AnyTouch = after == 1
		status, _ := choice(s.take("status"), []string{ticket.OnHold.String(), ticket.Open.String()})
		h.Open = status == 1
		returns, _ := choice(s.take("returns"), []string{"yes", "no"})
		h.Solves = returns == 1
		s.close()
		out = append(out, h)
	}
	return out
}

// sent is the team of a hand-off that is still to be found.
type sent struct {
	issue, handOff int
	to             yamltree.Value
}

// sendTo finds the teams of hand-offs, which are known by now.
func (d *Decoder_tickets) sendTo() {
	for _, x := range d.sent {
		if x.issue < len(d.out.Issues) && x.to.Exists() {
			i, _ := d.known.teams.find(x.to)
			d.out.Issues[x.issue].HandOffs[x.handOff].To = ticket.Team(i)
		}
	}
}
