package chart

import (
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
)

// drawTimeAxis draws the labels of a time axis below y and returns the height
// that they need. Ticks are drawn by the panels.
func (p *page) drawTimeAxis(a axis.Time, ticks []axis.Tick, y vg.Length) {
	for _, t := range ticks {
		middle := a.Middle(t)
		for i, line := range t.Label {
			style := tickWords
			if strings.Contains(line, " ") {
				style.Colour = black
			}
			half := p.Width(line, style) / 2
			at := min(max(middle, margin/2+half), pageWidth-margin/2-half)
			p.Write(line, at, y-tickWords.Size-vg.Length(i)*(tickWords.Size+2), style, pen.Middle)
		}
	}
}

// axisHeight is the room that the labels of a time axis take.
func axisHeight(ticks []axis.Tick) vg.Length {
	lines := 0
	for _, t := range ticks {
		lines = max(lines, len(t.Label))
	}
	return vg.Length(lines)*(tickWords.Size+2) + 8
}
