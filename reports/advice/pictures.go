package advice

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// mostLines is how many groups a chart tells apart.
const mostLines = 6

// curves are, for each metric and each kind of groups, the share that a target keeps by how long it is: a line for each group
// beside that of all tickets, and the targets that are proposed for all.
func (x *Advice) curves() []html.Block {
	var blocks []html.Block
	var metrics []string
	of := map[string][]*Group{}
	for i := range x.Groups {
		g := &x.Groups[i]
		if len(g.Curve) < 2 {
			continue
		}
		if of[g.Metric] == nil {
			metrics = append(metrics, g.Metric)
		}
		of[g.Metric] = append(of[g.Metric], g)
	}
	for _, metric := range metrics {
		var all, kinds []*Group
		for _, g := range of[metric] {
			if g.Name == "all" {
				all = append(all, g)
			} else {
				kinds = append(kinds, g)
			}
		}
		if len(kinds) == 0 {
			blocks = append(blocks, x.curve(metric, "", all))
		}
		for len(kinds) > 0 { // tiers, then priorities, each with all
			kind := kindOf(kinds[0])
			n := 0
			for n < len(kinds) && kindOf(kinds[n]) == kind {
				n++
			}
			blocks = append(blocks, x.curve(metric, ", by "+kind, slices.Concat(all, kinds[:n])))
			kinds = kinds[n:]
		}
	}
	return blocks
}

// kindOf is the first word of a group's name: tier, priority.
func kindOf(g *Group) string {
	kind, _, _ := strings.Cut(g.Name, " ")
	return kind
}

func (x *Advice) curve(metric, by string, groups []*Group) html.Block {
	c := &html.Curves{
		Title: "What a target for the " + format.Words(metric) + " keeps" + by,
		X:     html.Axis{Name: "target, " + x.Clock, Log: true}, Y: html.Axis{Name: "kept", Unit: "%"},
		Caption: "Line: the share of the window's tickets that a target of this length keeps. ",
	}
	last := 0.0
	for _, g := range groups[:min(len(groups), mostLines)] {
		line := html.Curve{Name: g.Name, Dots: true}
		for _, p := range g.Curve {
			if math.IsNaN(p.Kept.Value) {
				continue
			}
			point := html.Point{
				X: p.Target.Seconds(), Y: 100 * p.Kept.Value, Low: math.NaN(), High: math.NaN(), XText: x.figure(p.Target), Text: format.Estimate(p.Kept, outcome.UnitShare),
			}
			if g.Name == "all" { // bands that lie on one another hide what they are bands of
				point.Low, point.High = 100*p.Kept.Low, 100*p.Kept.High
			}
			line.Points = append(line.Points, point)
			last = math.Max(last, p.Target.Seconds())
		}
		c.Curves = append(c.Curves, line)
		if g.Name != "all" {
			continue
		}
		if slices.ContainsFunc(line.Points, func(p html.Point) bool { return !math.IsNaN(p.Low) }) {
			c.Caption += "Band: the interval of all tickets, with days as wholes; those of the others stand in the table. "
		}
		for i := range g.Proposals {
			p := &g.Proposals[i]
			c.Marks = append(c.Marks, html.Mark{At: p.Target.Seconds(), Name: "P" + format.Decimal(100*p.Percentile, 0) + ": " + x.figure(p.Target)})
		}
	}
	c.Caption += "Dashed: the targets that are proposed for all tickets, from their percentiles."
	if len(groups) > mostLines {
		c.Caption += fmt.Sprintf(" Shown are the first %d of %d lines.", mostLines, len(groups))
	}
	c.X.Ticks = html.TimeTicks(last)
	if x.Working {
		c.X.Ticks = html.WorkingTicks(last)
	}
	return c
}
