package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// decoder turns one tree into one scenario. It reports whatever it finds, goes
// on, and leaves out of the scenario what it could not read.
type decoder struct {
	*scope
	loader *loader
	root   *yamltree.Node
	asked  sweep
}

// decode reads a whole tree. It reports problems of the language only: what does
// not fit together is found by model.Scenario.Check.
func (l *loader) decode(root *yamltree.Node, name string) *decoder {
	d := &decoder{scope: newScope(l.reader.Root(root), name), loader: l, root: root}
	tickets := Decoder_tickets{scope: d.scope, histories: l.histories}
	desk := Decoder_desk{scope: d.scope}
	promises := Decoder_promises{scope: d.scope}
	top := d.section(d.top, "")
	d.head(top)
	d.time(top.take("time"))
	d.run(top.take("run"))
	tickets.names(top)
	d.readCalendars(top.take("calendars"))
	tickets.readChannels(top.take("channels"))
	tickets.readIssues(top.take("issues"))
	tickets.triage(top.take("triage"))
	tickets.readSpikes(top.take("spikes"))
	tickets.readDemand(top.take("demand"))
	tickets.readBursts(top.take("bursts"))
	tickets.deflection(top.take("deflection"))
	desk.readTeams(top.take("teams"))
	tickets.sendTo()
	tickets.readBacklog(top.take("backlog"))
	desk.slowTools(top.take("slow_tools"))
	desk.outages(top.take("outages"))
	desk.burnout(top.take("burnout"))
	desk.routing(top.take("routing"))
	promises.sla(top.take("sla"))
	promises.escalations(top.take("escalations"))
	promises.readContracts(top.take("contracts"))
	desk.availability(top.take("availability"))
	desk.quality(top.take("quality"))
	promises.exceptions(top.take("exceptions"))
	d.out.Expect = expectations(d.scope, top.take("expect"))
	d.sweep(top.take("sweep"))
	top.take("variants")
	top.close()
	tickets.unusedSpikes()
	d.fill()
	return d
}

// fill writes the names and the currency, which are complete only now.
func (d *decoder) fill() {
	n := &d.out.Names
	n.Channels, n.Issues, n.Tiers = d.known.channels.list, d.known.issues.list, d.known.tiers.list
	n.Priorities, n.Accounts = d.known.priorities.list, d.known.accounts.list
	n.Skills, n.Teams = d.known.skills.list, d.known.teams.list
	d.out.Currency = d.currency.code
}

// head is what identifies the scenario.
func (d *decoder) head(top section) {
	if v := top.take("name"); v.Exists() {
		if name, ok := fileName(v); ok {
			d.out.Name = name + d.out.Name[len(baseOf(d.out.Name)):]
		}
	} else {
		top.assumed("name", d.out.Name)
	}
	if v := top.take("title"); v.Exists() {
		d.out.Title, _ = v.Text("a line of text")
	}
	top.take("extends")
}

// baseOf is a name without its variants.
func baseOf(name string) string {
	base, _, _ := strings.Cut(name, "@")
	return base
}
