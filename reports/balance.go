package reports

import (
	"fmt"
	"math"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
)

// hardlyPays is the gain below which a balance or a control is not worth its name.
const hardlyPays = 1.1

// gains is the note on what a balance, a control or both buy; empty where there is
// neither, or nothing to tell.
func gains(x *outcome.Experiment) string {
	how := document.Drawn(x.Balance, x.Set)
	intervals := "Intervals"
	if x.Control != "" {
		intervals = "With the correction by " + format.Clean(x.Control) + " intervals"
	}
	var parts []string
	pays := false
	for _, of := range gainsOf(x) {
		m, ok := x.Measure(of.name, of.labels)
		if !ok {
			continue
		}
		g, ok := x.Gain(m)
		if !ok {
			continue
		}
		size := times(g.Value) + " times"
		if math.IsNaN(g.Low) {
			size = "about " + size
		} else {
			size += fmt.Sprintf(" (%s to %s)", times(g.Low), times(g.High))
		}
		if len(parts) == 0 {
			size += " as many replications drawn one by one"
		}
		parts = append(parts, size+" for "+of.words)
		pays = pays || g.Value >= hardlyPays
	}
	if len(parts) == 0 {
		return how
	}
	note := strings.TrimSpace(how+" "+intervals) + " are as narrow as from " + format.List(parts) + "."
	if !pays {
		note += " Here it does not pay."
	}
	return note
}

// times is a factor with two digits where they tell something.
func times(x float64) string {
	if x >= 10 {
		return format.Decimal(x, 0)
	}
	return format.Decimal(x, 1)
}

// gainOf is a measure of which the gain is told.
type gainOf struct {
	words, name string
	labels      outcome.Labels
}

// gainsOf are the measures that a report opens with.
func gainsOf(x *outcome.Experiment) []gainOf {
	const mostMetrics = 2
	var all []gainOf
	for i, metric := range x.Metrics() {
		if i < mostMetrics {
			all = append(all, gainOf{format.Words(metric) + " breached", outcome.BreachRate, outcome.Labels{Metric: metric}})
		}
	}
	all = append(all, gainOf{"the wait in the queue", outcome.Wait, outcome.Labels{}})
	if _, ok := x.Measure(outcome.Occupancy, outcome.Labels{}); ok {
		return append(all, gainOf{"occupancy", outcome.Occupancy, outcome.Labels{}})
	}
	for _, team := range x.Scenario.Teams {
		return append(all, gainOf{"occupancy of " + format.Clean(team), outcome.Occupancy, outcome.Labels{Team: team}})
	}
	return all
}
