package sheet

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// Thin drops points that cannot be seen: of those that fall into the same half
// pixel it keeps the first, lowest, highest and last (the M4 aggregation of Jugel
// and others, 2014), which draws the same line.
func Thin(points []vg.Point) []vg.Point {
	const column vg.Length = 72.0 / 96 / 2
	if len(points) < 4 || points[len(points)-1].X-points[0].X >= vg.Length(len(points))*column {
		return points
	}
	var kept []vg.Point
	for begin := 0; begin < len(points); {
		bucket := math.Floor(float64(points[begin].X / column))
		end, low, high := begin, begin, begin
		for end < len(points) && math.Floor(float64(points[end].X/column)) == bucket {
			if points[end].Y < points[low].Y {
				low = end
			}
			if points[end].Y > points[high].Y {
				high = end
			}
			end++
		}
		last := -1
		for _, i := range []int{begin, min(low, high), max(low, high), end - 1} {
			if i > last {
				kept = append(kept, points[i])
				last = i
			}
		}
		begin = end
	}
	return kept
}
