package reports

import "math"

// round cuts x to a number of decimals.
func round(x float64, places int) float64 {
	k := math.Pow10(places)
	return math.Round(x*k) / k
}
