package scope

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Switches reads "40% to email".
func (d *Scope) Switches(v yamltree.Value) (float64, ticket.Channel) {
	text, ok := v.Text("a share and a channel, such as 40% to email")
	if !ok {
		return 0, 0
	}
	head, name, ok := strings.Cut(text, " to ")
	if !ok {
		v.Failf("want such as 40% to email", "%q does not say to which channel", scalar.Clip(text))
		return 0, 0
	}
	share, _ := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
	channel, _ := d.Known.Channels.Find(v.Within(len(head)+len(" to "), len(name)).WithText(name))
	return share, ticket.Channel(channel)
}
