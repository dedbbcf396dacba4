package blame

import (
	"math"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// timePictures shows of what the time of late clocks consists.
func timePictures(x *breach.Report) []html.Block {
	g := html.Contrast{}
	for i := range x.Went {
		w := &x.Went[i]
		if math.IsNaN(w.OfLate.Value) {
			continue
		}
		g.Rows = append(g.Rows, html.Change{Name: w.Part.Says(), Value: w.OfLate.Value, Low: w.OfLate.Low, High: w.OfLate.High, Text: format.Estimate(w.OfLate, outcome.UnitShare)})
	}
	if len(g.Rows) == 0 {
		return nil
	}
	return []html.Block{&html.Differences{Title: "Where the time of late clocks went", Caption: "Shares of the working time that late clocks counted, with intervals.", Groups: []html.Contrast{g}}}
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
