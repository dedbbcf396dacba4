package cadence

import (
	"math"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
)

// fewestPeriods is how many weeks, months or quarters make a picture.
const fewestPeriods = 3

// late draws the share of late clocks by period, a line for each metric.
func (v *view) late(p contract.Period) []html.Block {
	spans := v.spans(p)
	if len(spans) < fewestPeriods {
		return nil
	}
	names := make([]string, len(spans))
	for i, s := range spans {
		names[i] = s.Name
	}
	set := &html.Curves{
		Title: "Late by " + p.String(), X: html.Axis{Name: format.Capital(p.String()) + " in which the ticket was created", Ticks: html.PeriodTicks(names)}, Y: html.Axis{Name: "Late", Unit: "%"},
		Caption: "Dots: late clocks over judged clocks, of all replications together. Band: " + format.Percent(v.level) + " interval.",
	}
	if spans[0].Partial || spans[len(spans)-1].Partial {
		set.Caption += " The measured time holds only a part of the first or last one."
	}
	for _, m := range v.metrics() {
		c := html.Curve{Name: format.Words(m), Dots: true}
		for i, name := range names {
			r := v.inPeriod(m, name)
			if total(r.judged) == 0 {
				continue
			}
			e := v.Ratio(r.late, r.judged, v.level)
			c.Points = append(c.Points, html.Point{X: float64(i), Y: 100 * e.Value, Low: 100 * e.Low, High: 100 * e.High, XText: name, Text: format.Estimate(e, outcome.UnitShare)})
		}
		if len(c.Points) > 0 {
			set.Curves = append(set.Curves, c)
		}
	}
	if len(set.Curves) == 0 {
		return nil
	}
	return []html.Block{set}
}

// heat draws the share of late clocks by hour of the week.
func (v *view) heat(metric string) []html.Block {
	h := &html.Heat{Title: "Late by hour of the week: " + format.Words(metric), Caption: "Percent of the clocks of tickets created in that hour (" + format.Clean(v.Scenario.Zone) + ") that were late. Crossed out: no such clocks."}
	for d, name := range weekdays {
		for hour := range 24 {
			r, cell := v.inHours(metric, []string{name}, hour, hour+1), &h.Cells[d][hour]
			cell.Value, cell.Text = math.NaN(), format.Missing
			if n := total(r.judged); n > 0 {
				cell.Value = total(r.late) / n
				cell.Text = format.Percent(cell.Value)
			}
		}
	}
	return []html.Block{h}
}
