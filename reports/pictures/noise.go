package pictures

import (
	"github.com/headroom-sim/headroom/reports/format"
)

// putTogether says in a caption what is put together for want of clocks.
func putTogether(n int, every string) string {
	if n == 0 {
		return ""
	}
	return " Level stretches: " + format.Plural(n, "value", "values") + " of single " + every + " with too few clocks to mean anything, put together with their neighbours from their counts."
}

// leftOut says in a caption what is left out for want of clocks.
func leftOut(left int, every string) string {
	if left == 0 {
		return ""
	}
	return " Left blank: " + format.Plural(left, "value", "values") + " of single " + every + " with so few clocks, near them too, that the trials do not tell the rate; the rate by day has them."
}
