// Package calibration shows how well forecasts of a log's days met what came: a verdict in a
// sentence, tables, and a page of pictures.
//
// The stance: the reader is a planner who wants to know whether to believe a number that he is
// about to show to somebody. So the first line says what to trust and what not, and every picture puts
// what came on top of what was forecast.
package calibration

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/reports/format"
)

// Verdict is the finding about a way to forecast, in a sentence or two.
func Verdict(w *backtest.Way) string {
	var good, bad, why []string
	for _, t := range w.Tracks {
		if t.Holds() {
			good = append(good, t.Measure.String())
			continue
		}
		bad = append(bad, t.Measure.String())
		why = append(why, t.Measure.String()+" ("+strings.Join(faults(t), "; ")+")")
	}
	if len(bad) <= mostNamed { // of many the table says why
		bad = why
	}
	switch {
	case len(w.Tracks) == 0:
		return "With " + w.Name + ": the log records nothing that can be compared."
	case len(bad) == 0:
		return "With " + w.Name + ", the intervals hold for everything that the log records: " + insides(w) + "."
	case len(good) == 0:
		return "With " + w.Name + ", do not trust the intervals of " + listed(bad) + "."
	}
	held := fmt.Sprintf("%d of %d measures", len(good), len(w.Tracks))
	if len(good) <= mostNamed {
		held = listed(good)
	}
	return "With " + w.Name + ", the intervals hold for " + held + ". Do not trust those of " + listed(bad) + "."
}

// mostNamed is how many measures a sentence names that are as they should be; more of them are counted.
const mostNamed = 3

// listed parts with semicolons, since measures bear commas.
func listed(names []string) string { return strings.Join(names, "; ") }

// insides says how many days lie within their intervals, over all measures.
func insides(w *backtest.Way) string {
	in, of := 0, 0
	for _, t := range w.Tracks {
		c := widest(t)
		in, of = in+c.Inside, of+c.Of
	}
	if len(w.Tracks) == 1 {
		return fmt.Sprintf("%d of %d days lie within their %s interval", in, of, percent(0.95))
	}
	return fmt.Sprintf("%d of %d values of days lie within their %s interval", in, of, percent(0.95))
}

func widest(t *backtest.Track) backtest.Coverage { return t.Coverage[len(t.Coverage)-1] }

func percent(x float64) string { return format.Percent(x) }

// faults says what is wrong with forecasts of a measure.
func faults(t *backtest.Track) (list []string) {
	for _, f := range t.Faults {
		list = append(list, map[backtest.Fault]string{
			backtest.TooLow:  "it was more than forecast" + by(t, 1),
			backtest.TooHigh: "it was less than forecast" + by(t, -1),
			backtest.Narrow:  fewest(t),
			backtest.Wide:    "its intervals are wider than need be",
		}[f])
	}
	whole := len(list) > 0 // what holds for all days needs no weekday
	for _, o := range t.Off {
		if whole {
			break
		}
		word := "less"
		if o.Above {
			word = "more"
		}
		list = append(list, "on "+time.Weekday(o.Weekday).String()+"s it was "+word+" than forecast")
	}
	return list
}

// by says how much more came than was forecast, or less where the sign is below zero: what is beyond doubt may still be little.
// It is empty where the sum of all days does not say the same as most of them.
func by(t *backtest.Track, sign float64) string {
	for _, s := range t.Scores {
		if more := sign * (1/(1+s.Bias) - 1); s.Method == backtest.Simulation && more > 0 && !math.IsInf(more, 0) {
			return ", by " + percent(more)
		}
	}
	return ""
}

// fewest says within which interval too few days lie: that of which a right model would have so few most seldom.
func fewest(t *backtest.Track) string {
	worst := widest(t)
	for _, c := range t.Coverage[1:] { // half of all days says little
		if c.TooFew < worst.TooFew {
			worst = c
		}
	}
	return fmt.Sprintf("only %d of %d days lie within %s", worst.Inside, worst.Of, percent(worst.Level))
}

// finding is the verdict on a measure, in few words.
func finding(t *backtest.Track) string {
	if c := widest(t); t.Holds() && c.Inside < c.Low { // it is looked at in several ways, and in none is it as rare as backtest.Doubtful
		return fmt.Sprintf("the intervals hold, barely: %s of right models do no better", percent(c.TooFew))
	}
	if t.Holds() {
		return "the intervals hold"
	}
	return strings.Join(faults(t), "; ")
}

// skill says by how much the simulation beats a method.
func skill(s *backtest.Score) string {
	if s == nil || math.IsNaN(s.Skill.Value) {
		return format.Missing
	}
	e := s.Skill
	if math.IsNaN(e.Low) || math.IsInf(e.Low, 0) || math.IsInf(e.High, 0) {
		return signed(e.Value)
	}
	// As many digits as the interval deserves.
	places, _ := format.Places(50*(e.High-e.Low), 1)
	write := func(x float64) string {
		text := format.Decimal(100*x, max(places, 0))
		if x >= 0 {
			text = "+" + text
		}
		return text
	}
	return write(e.Value) + format.Thin + "% (" + write(e.Low) + " to " + write(e.High) + ")"
}

func signed(x float64) string {
	if x >= 0 {
		return "+" + percent(x)
	}
	return percent(x)
}
