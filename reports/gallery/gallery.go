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

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
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

func real(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
