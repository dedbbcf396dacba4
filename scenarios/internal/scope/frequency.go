package scope

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// frequencyUnits are what a frequency can be per. A year has 365 days and a month is
// a twelfth of it.
var frequencyUnits = []struct {
	word   string
	length time.Duration
}{{"day", scalar.Day}, {"week", 7 * scalar.Day}, {"month", 365 * scalar.Day / 12}, {"year", 365 * scalar.Day}}

// Frequency is how often something happens, such as 2/month, as the mean time from
// one to the next.
func Frequency(v yamltree.Value) time.Duration {
	const want = "want a number per day, week, month or year, such as 2/month"
	text, ok := v.Text("a frequency, such as 2/month")
	if !ok {
		return scalar.Day
	}
	head, unit, stroke := strings.Cut(text, "/")
	n, isNumber := scalar.ParseNumber(strings.TrimSpace(head))
	if isNumber && !stroke {
		v.Failf(fmt.Sprintf("write %s/day, %s/week, %s/month or %s/year", head, head, head, head), "%q does not say per what", scalar.Clip(text))
		return scalar.Day
	}
	for _, u := range frequencyUnits {
		if !isNumber || u.word != strings.TrimSpace(unit) {
			continue
		}
		if n < 0.01 || n > 1000 {
			v.Failf("want "+scalar.Between("0.01", "1000"), "%q is out of range", scalar.Clip(text))
			return scalar.Day
		}
		return time.Duration(float64(u.length) / n)
	}
	v.Failf(want, "%q is not a frequency", scalar.Clip(text))
	return scalar.Day
}
