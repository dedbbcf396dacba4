package page

import (
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
)

// byHour are, for each metric, percentiles of how long its clocks run by the hour in which the ticket was
// created, with their intervals; the numbers stand in the table behind each.
func (v *view) byHour() []html.Block {
	var blocks []html.Block
	for _, metric := range v.x.Metrics() {
		p, some := gallery.Hours(v.x, metric, func(title, caption string, _ outcome.Labels) chart.Text {
			return chart.Text{Title: title, Caption: "Bands: intervals of the percentiles. " + caption}
		})
		if !some {
			continue
		}
		if c, ok := p.Chart.(chart.Curves); ok {
			if set := curves(p.Title, c, v.x.Scenario.Currency); set != nil {
				blocks = append(blocks, set)
			}
		}
	}
	return blocks
}

// withoutHours leaves out the tables that are behind the charts by hour.
func withoutHours(blocks []html.Block) []html.Block {
	var kept []html.Block
	for _, b := range blocks {
		if t, ok := b.(html.Table); ok && strings.HasSuffix(t.Columns[0].Head, " by hour") {
			continue
		}
		kept = append(kept, b)
	}
	return kept
}
