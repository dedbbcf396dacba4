package advice

import (
	"math"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// mostLines is how many groups a chart tells apart.
const mostLines = 5

// curves are, for each metric, the share that a target keeps by how long it is: a line for each group, and the
// targets that are proposed for all tickets.
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
		blocks = append(blocks, x.curve(metric, of[metric]))
	}
	return blocks
}

func (x *Advice) curve(metric string, groups []*Group) html.Block {
	c := &html.Curves{
		Title: "What a target for the " + format.Words(metric) + " keeps",
		X:     html.Axis{Name: "target, " + x.Clock, Log: true}, Y: html.Axis{Name: "Kept", Unit: "%"},
		Caption: "Line: the share of the window's tickets that a target of this length keeps. Dashed: the targets that are proposed for all tickets, from their percentiles.",
	}
	last := 0.0
	for _, g := range groups[:min(len(groups), mostLines)] {
		line := html.Curve{Name: g.Name, Dots: true}
		for _, p := range g.Curve {
			if math.IsNaN(p.Kept.Value) {
				continue
			}
			if !math.IsNaN(p.Kept.Low) {
				c.Caption = "Line: the share of the window's tickets that a target of this length keeps. Band: its interval, with days as wholes. Dashed: the targets that are proposed for all tickets, from their percentiles."
			}
			line.Points = append(line.Points, html.Point{
				X: p.Target.Seconds(), Y: 100 * p.Kept.Value, Low: 100 * p.Kept.Low, High: 100 * p.Kept.High,
				XText: stated(p.Target, x.Working).Text, Text: format.Estimate(p.Kept, outcome.UnitShare),
			})
			last = math.Max(last, p.Target.Seconds())
		}
		c.Curves = append(c.Curves, line)
		if g.Name != "all" {
			continue
		}
		for i := range g.Proposals {
			p := &g.Proposals[i]
			c.Marks = append(c.Marks, html.Mark{At: p.Target.Seconds(), Name: "P" + format.Decimal(100*p.Percentile, 0) + ": " + stated(p.Target, x.Working).Text})
		}
	}
	c.X.Ticks = html.TimeTicks(last)
	return c
}
