package backtest

import (
	"math"

	"github.com/headroom-sim/headroom/model/outcome"
)

// Naive is the seasonal-naive forecast of the days after a history: each day is as the last one of its
// weekday was, and as uncertain as that was in the history, where days are held against those as many
// weeks before (Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 5.2). For
// each day a sorted sample: the last value with every such difference added. Values do not fall
// below zero, and shares do not exceed one.
func Naive(m Measure, history []float64, days int) [][]float64 {
	out := make([][]float64, days)
	n := len(history)
	for d := range out {
		weeks := d/7 + 1
		at := n + d - 7*weeks
		if at < 0 || math.IsNaN(history[at]) {
			continue
		}
		lag := 7 * weeks
		errors := differences(history, lag)
		if len(errors) < fewestErrors && weeks > 1 {
			errors = differences(history, 7)
		}
		if len(errors) == 0 {
			out[d] = []float64{history[at]}
			continue
		}
		var sample []float64
		for _, e := range errors {
			x := max(0, history[at]+e)
			if m.Unit() == outcome.UnitShare {
				x = min(1, x)
			}
			sample = append(sample, x)
		}
		out[d] = known(sample)
	}
	return out
}

// fewestErrors is how many differences make a distribution.
const fewestErrors = 14

func differences(xs []float64, lag int) (list []float64) {
	for i := lag; i < len(xs); i++ {
		if e := xs[i] - xs[i-lag]; !math.IsNaN(e) {
			list = append(list, e)
		}
	}
	return list
}

// scale is the mean absolute error of the seasonal-naive forecast within a history: the unit of a
// scaled error (Hyndman and Koehler 2006, International Journal of Forecasting 22(4)).
func scale(history []float64) float64 {
	list := differences(history, 7)
	sum := 0.
	for _, e := range list {
		sum += math.Abs(e)
	}
	return sum / float64(len(list))
}
