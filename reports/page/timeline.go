package page

import (
	"math"

	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
)

var nan = math.NaN()

// mostLines is how many lines can be told apart in one chart.
const mostLines = 6

// timelines are a picture over time as charts of the page: its panels, which stand one below the
// other on paper, lie over one another, since a reader can hide lines. Panels of another unit make
// a chart of their own.
func timelines(p gallery.Picture) []*html.Timeline {
	t, ok := p.Chart.(chart.Timeline)
	if !ok {
		return nil
	}
	var all []*html.Timeline
	for i := range t.Panels {
		panel := &t.Panels[i]
		var to *html.Timeline
		for _, other := range all {
			if other.Unit == panel.Unit && len(other.Lines)+len(panel.Lines) <= mostLines {
				to = other
			}
		}
		if to == nil {
			to = &html.Timeline{Title: p.Title, Caption: caption(t.Text), Start: t.Start, Interval: t.Interval, Unit: panel.Unit, Warmup: t.Warmup}
			for _, w := range t.Windows {
				to.Windows = append(to.Windows, html.Window{Name: w.Name, From: w.From, To: w.To})
			}
			all = append(all, to)
		}
		to.AtLeast = max(to.AtLeast, panel.AtLeast)
		if panel.Goal.High > panel.Goal.Low {
			to.Goal = html.Range{Name: format.Decimal(100*panel.Goal.Low, 0) + "–" + format.Percent(panel.Goal.High), Low: panel.Goal.Low, High: panel.Goal.High}
		}
		band := bandOf(t)
		for _, l := range panel.Lines {
			line := html.Line{Name: l.Name, Values: l.Values, Low: l.Low, High: l.High, Band: l.Band, Steps: l.Steps, Told: l.Told}
			if line.Name == "" {
				line.Name = panel.Name
			}
			if line.Band == "" && line.Low != nil {
				line.Band = band
			}
			to.Lines = append(to.Lines, line)
		}
	}
	return all
}

// bandOf is what the bands of a picture are; it is said once.
func bandOf(t chart.Timeline) string {
	for _, p := range t.Panels {
		for _, l := range p.Lines {
			if l.Band != "" {
				return l.Band
			}
		}
	}
	return ""
}

// caption is what a picture says below itself, with its doubts.
func caption(t chart.Text) string {
	s := t.Caption
	for _, note := range t.Notes {
		s += " Note: " + format.Clean(note)
	}
	return s
}
