// Package gallery makes the charts that look at one question each: how long do
// customers wait, and when in the day; are there people enough in the worst week; what
// may contracts cost; how far do escalations go; which plan is worth its money.
//
// Every function reads an outcome and nothing else, and is false when that has nothing
// to say. What a picture says about itself, beside its caption, is handed in: the
// scenario, the doubts and the birth certificate are the same for all pictures.
package gallery

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
)

// Picture is a chart with a name for its files.
type Picture struct {
	Name  string // without ending: breach-first_reply-tier
	Title string
	Chart chart.Chart
}

// Text makes what a picture says about itself; about is what it shows, for the doubts
// that concern it.
type Text func(title, caption string, about outcome.Labels) chart.Text

// mostLines is how many lines can be told apart.
const mostLines = 6

// local is an instant of the scenario in its own zone; where this machine does not know
// the zone, in the offset of the outcome.
func local(x *outcome.Experiment, d time.Duration) time.Time {
	t := x.Scenario.Start.Add(d)
	if zone, err := time.LoadLocation(x.Scenario.Zone); err == nil && x.Scenario.Zone != "" {
		return t.In(zone)
	}
	return t
}

// in is a name with its unit, if it has one.
func in(name, unit string) string {
	if unit = format.Clean(unit); unit == "" {
		return name
	}
	return name + ", " + unit
}

func real(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
