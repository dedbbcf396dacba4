package blame

import (
	"math"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// timePictures shows of what the time of clocks consists.
func timePictures(x *breach.Report) []html.Block {
	p := &html.Stacked{Title: "Where the time of clocks went", Caption: "Shares of the working time that clocks counted."}
	late, all, rest := html.StackedBar{Name: "late clocks"}, html.StackedBar{Name: "all clocks"}, html.StackedBar{Name: "left late"}
	add := func(bar *html.StackedBar, share float64) {
		bar.Shares, bar.Texts = append(bar.Shares, share), append(bar.Texts, format.Percent(share))
	}
	for i := range x.Went {
		w := &x.Went[i]
		p.Parts = append(p.Parts, w.Part.Says())
		add(&late, w.OfLate.Value)
		add(&all, w.OfAll.Value)
		add(&rest, x.RestWent[w.Part])
	}
	if len(p.Parts) == 0 {
		return nil
	}
	p.Bars = []html.StackedBar{late, all}
	if x.Rest.Value > 0 {
		p.Bars = append(p.Bars, rest)
		p.Caption += " Left late: clocks that are late even with all five causes taken away."
	}
	return []html.Block{p}
}

// causePictures shows the Shapley values with their intervals.
func causePictures(x *breach.Report) []html.Block {
	g := html.Contrast{}
	for i := range x.Switches {
		s := &x.Switches[i]
		g.Rows = append(g.Rows, html.Change{Name: s.Name, Value: s.Share.Value, Low: s.Share.Low, High: s.Share.High, Text: format.Estimate(s.Share, outcome.UnitShare)})
	}
	return []html.Block{&html.Differences{Title: "What explains the late clocks", Caption: "Shapley values as shares of the late clocks, with intervals. They add up to what all five causes save together.", Groups: []html.Contrast{g}}}
}

// hourPictures shows when.
func hourPictures(x *breach.Report) []html.Block {
	heat := html.Heat{Title: "Late clocks by hour of the week", Caption: "The share of clocks that are late, by when their tickets were created."}
	for day := range 7 {
		for h := range 24 {
			c := x.Hourly[24*day+h]
			of := math.NaN()
			if c.Judged > 0 {
				of = c.Late / c.Judged
			}
			heat.Cells[day][h] = html.Cell{Value: of, Text: format.Percent(of)}
		}
	}
	return []html.Block{&heat}
}
