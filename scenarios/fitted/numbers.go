package fitted

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
)

// digits is how many significant digits numbers are written with.
const digits = 4

// rounded is x to so many significant digits.
func rounded(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	return y
}

func number(x float64) string { return scalar.Plain(rounded(x)) }

// percent writes a share to two decimals.
func percent(x float64) string { return scalar.RoundPercent(x) + "%" }

// seconds writes a duration, to four significant digits and no finer than a millisecond.
func seconds(x float64) string {
	const most = 99 * 365 * 24 * 3600 // what the language takes
	d := time.Duration(rounded(min(x, most)) * float64(time.Second)).Round(time.Millisecond)
	return scalar.WriteDuration(max(d, time.Millisecond))
}

// brief writes a duration for a comment.
func brief(x float64) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "?"
	case x < 90:
		return strconv.FormatFloat(x, 'f', 1, 64) + "s"
	case x < 90*60:
		return strconv.FormatFloat(x/60, 'f', 1, 64) + "m"
	case x < 48*3600:
		return strconv.FormatFloat(x/3600, 'f', 1, 64) + "h"
	}
	return strconv.FormatFloat(x/86400, 'f', 1, 64) + "d"
}

// setLaw gives a key a distribution as the language has it: what is read back is the same
// but for rounding.
func setLaw(m *draft.Map, key string, l *fit.Law, why string) {
	d := l.Dist
	if parts := d.Parts(); parts != nil {
		var weights []float64
		for _, p := range parts {
			weights = append(weights, p.Weight)
		}
		mixture := m.Map(key, why).OneLine()
		for i, share := range shares(weights) {
			mixture.Set(share, lawText(parts[i].Dist), "")
		}
		return
	}
	m.Set(key, lawText(d), why)
}

// lawText writes a distribution that is no mixture.
func lawText(d dist.Dist) string {
	kind, values := d.Stated()
	var texts []string
	for _, v := range values {
		text := seconds(v.Value)
		switch {
		case v.Name == "cv":
			text = number(min(100, max(1e-3, v.Value)))
		case v.Name == "shape":
			text = number(v.Value)
		case v.Value == 0:
			text = "0s"
		}
		texts = append(texts, strings.TrimSpace(v.Name+" "+text))
	}
	if kind == "constant" {
		return texts[0]
	}
	return kind + "(" + strings.Join(texts, ", ") + ")"
}

// shares are percentages with two decimals that add up to exactly 100: those with the
// largest remainders are rounded up.
func shares(weights []float64) []string {
	const whole = 10_000
	total := 0.
	for _, w := range weights {
		total += w
	}
	units, rest := make([]int, len(weights)), make([]float64, len(weights))
	left := whole
	for i, w := range weights {
		x := w / total * whole
		units[i] = int(x)
		rest[i] = x - float64(units[i])
		left -= units[i]
	}
	for range left {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		units[best]++
		rest[best]--
	}
	texts := make([]string, len(units))
	for i, u := range units {
		texts[i] = percent(float64(u) / whole)
	}
	return texts
}

// interval says a parameter's interval, and what stands behind it.
func interval(p fit.Parameter, write func(float64) string) string {
	if math.IsNaN(p.Low) || math.IsNaN(p.High) {
		return string(p.Method)
	}
	return fmt.Sprintf("%s to %s (%s %%), %d %s", write(p.Low), write(p.High), number(100*p.Level), p.N, p.Of)
}
