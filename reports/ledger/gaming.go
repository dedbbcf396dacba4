package ledger

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/gaming"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// strikes is the false discovery rate below which a group is shown.
const strikes = 0.1

// habit is how often a group must have done a thing to be shown: once or twice may be anything.
const habit = 3

// gaming are the signals, and the groups that strike.
func (r *report) gaming() []paper.Section {
	t := &table.Table{Columns: []table.Column{
		left("signal"), unit("chances", ""), unit("done", ""), unit("rate", "share"), unit("usual", "share"), unit("more than usual", "share"),
	}}
	groups := &table.Table{Columns: []table.Column{left("signal"), left("who"), unit("chances", ""), unit("done", ""), unit("rate", "share"), unit("of all", "share"), unit("false discovery", "share")}}
	looks := 0
	for i := range r.Gaming {
		s := &r.Gaming[i]
		usual, more := table.Num(format.Missing, nan), table.Num(format.Missing, nan)
		if s.Baseline.Of > 0 {
			usual = rate(s.Usual)
			if !math.IsNaN(s.More.Value) {
				more = table.Num(format.Difference(s.More, outcome.UnitShare), s.More.Value)
				more.Ends = &[2]float64{s.More.Low, s.More.High}
			}
		}
		t.Add(table.Text(s.Kind.String()), count(s.Seen.Of), count(s.Seen.Done), rate(s.Rate), usual, more)
		for _, g := range s.Groups {
			looks++
			if g.Q <= strikes && g.Done >= habit {
				groups.Add(table.Text(s.Kind.String()), table.Text(r.who(&g)), count(g.Of), count(g.Done), rate(g.Rate), table.Num(format.Percent(s.Rate.Value), s.Rate.Value), table.Num(discovery(g.Q), g.Q))
			}
		}
	}
	words := []string{
		fmt.Sprintf("A signal is no proof: each of these may have a good reason. Right after: within %s of a customer's message, and usual is the same time after that. Just before due: in the last tenth of the target, and usual is the tenth before; "+
			"of solved tickets, usual are those solved earlier.", format.Stated(gaming.Soon)),
	}
	sections := []paper.Section{{Name: "signals", Title: "Signals that clocks are played with", Table: t, Words: words}}
	if looks == 0 {
		return sections
	}
	g := paper.Section{Name: "signals-by-group", Title: "Teams and agents that strike", Words: []string{
		fmt.Sprintf("%s looks were taken, so that some would strike by chance alone. Shown are those with a false discovery rate of at most %s: of ten of them, one is expected to be a false alarm. "+
			"Whoever did it once or twice is left out. A chance, taken or not, is one of whoever had the ticket then; people who get the difficult tickets strike too.", format.Count(float64(looks)), format.Percent(strikes))}}
	if len(groups.Rows) == 0 {
		g.Words = append(g.Words, "None.")
	} else {
		g.Table, g.Brief = groups, brief(groups, "the first")
	}
	return append(sections, g)
}

// leastDiscovery is the false discovery rate below which nobody asks how far below.
const leastDiscovery = 0.0001

// discovery writes a false discovery rate.
func discovery(q float64) string {
	if q < leastDiscovery {
		return "<" + format.Percent(leastDiscovery)
	}
	return format.Percent(q)
}

// who names a team or an agent.
func (r *report) who(g *gaming.Group) string {
	if g.Team != ticket.NoTeam {
		return "team " + format.Clean(r.first.Scenario.Names.Teams[g.Team])
	}
	return fmt.Sprintf("agent %d", g.Agent)
}
