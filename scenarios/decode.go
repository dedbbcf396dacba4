package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/desk"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
	"github.com/headroom-sim/headroom/scenarios/internal/promises"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/tickets"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// decoder turns one tree into one scenario. It reports whatever it finds, goes
// on, and leaves out of the scenario what it could not read.
type decoder struct {
	*scope.Scope
	loader *loader
	root   *yamltree.Node
	asked  sweep
	surge  Peak // what the section peak says
}

// decode reads a whole tree. It reports problems of the language only: what does
// not fit together is found by model.Scenario.Check.
func (l *loader) decode(root *yamltree.Node, name string) *decoder {
	d := &decoder{Scope: scope.New(l.reader.Root(root), name), loader: l, root: root}
	arriving := tickets.Decoder{Scope: d.Scope, Histories: l.histories}
	working := desk.Decoder{Scope: d.Scope}
	promised := promises.Decoder{Scope: d.Scope}
	top := d.Section(d.Top, "")
	d.head(top)
	d.time(top.Key("time"))
	d.run(top.Key("run"))
	arriving.Names(top)
	d.readCalendars(top.Key("calendars"))
	arriving.Channels(top.Key("channels"))
	arriving.Issues(top.Key("issues"))
	arriving.Triage(top.Key("triage"))
	arriving.Spikes(top.Key("spikes"))
	arriving.Demand(top.Key("demand"))
	arriving.Bursts(top.Key("bursts"))
	arriving.Deflection(top.Key("deflection"))
	working.Teams(top.Key("teams"))
	arriving.SendTo()
	arriving.Backlog(top.Key("backlog"))
	working.SlowTools(top.Key("slow_tools"))
	working.Outages(top.Key("outages"))
	working.Burnout(top.Key("burnout"))
	working.Routing(top.Key("routing"))
	promised.SLA(top.Key("sla"))
	promised.Escalations(top.Key("escalations"))
	promised.Contracts(top.Key("contracts"))
	working.Availability(top.Key("availability"))
	working.Quality(top.Key("quality"))
	promised.Exceptions(top.Key("exceptions"))
	d.Out.Expect = measures.Expectations(d.Scope, top.Key("expect"))
	d.sweep(top.Key("sweep"))
	d.peak(top.Key("peak"), &working)
	top.Key("variants")
	top.Done()
	arriving.UnusedSpikes()
	d.fill()
	return d
}

// fill writes the names and the currency, which are complete only now.
func (d *decoder) fill() {
	n := &d.Out.Names
	n.Channels, n.Issues, n.Tiers = d.Known.Channels.List, d.Known.Issues.List, d.Known.Tiers.List
	n.Priorities, n.Accounts = d.Known.Priorities.List, d.Known.Accounts.List
	n.Skills, n.Teams = d.Known.Skills.List, d.Known.Teams.List
	d.Out.Currency = d.Currency.Code
}

// head is what identifies the scenario.
func (d *decoder) head(top scope.Section) {
	if v := top.Key("name"); v.Exists() {
		if name, ok := scope.FileName(v); ok {
			d.Out.Name = name + d.Out.Name[len(baseOf(d.Out.Name)):]
		}
	} else {
		top.Assumed("name", d.Out.Name)
	}
	if v := top.Key("title"); v.Exists() {
		d.Out.Title, _ = v.Text("a line of text")
	}
	top.Key("extends")
}

// baseOf is a name without its variants.
func baseOf(name string) string {
	base, _, _ := strings.Cut(name, "@")
	return base
}
