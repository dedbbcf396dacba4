package roster

import (
	"math"
	"slices"
)

// Within are the tours of so many days in a row that lie within the days on which a team is open. Where there
// are none, since it is open on fewer days or on scattered ones, it is the one of all open days.
func Within(open [7]bool, days int) ([]Tour, error) {
	tours, err := InARow(days)
	if err != nil {
		return nil, err
	}
	tours = slices.DeleteFunc(tours, func(t Tour) bool {
		for d, on := range t.Works {
			if on && !open[d] {
				return true
			}
		}
		return false
	})
	if len(tours) == 0 {
		all := Tour{Works: open}
		all.Cost = float64(all.Days())
		tours = append(tours, all)
	}
	return tours, nil
}

// Whole says how many people on each tour make exactly these heads by day (by time.Weekday), so that everybody
// works on all days of a tour and no day has anybody spare. It is false if none do. Tours must be linearly independent,
// as those of InARow are: days in a row and seven have no common divisor. There is then one answer at most.
func Whole(heads [7]int, tours []Tour) ([]int, bool) {
	// Gauss and Jordan's elimination of seven equations, each of a day.
	var a [7][8]float64
	for d := range a {
		for k := range tours {
			if tours[k].Works[d] {
				a[d][k] = 1
			}
		}
		a[d][7] = float64(heads[d])
	}
	for k := range tours {
		pivot := k
		for d := k + 1; d < 7; d++ {
			if math.Abs(a[d][k]) > math.Abs(a[pivot][k]) {
				pivot = d
			}
		}
		if math.Abs(a[pivot][k]) < 1e-9 {
			return nil, false
		}
		a[k], a[pivot] = a[pivot], a[k]
		for d := range a {
			if by := a[d][k] / a[k][k]; d != k && by != 0 {
				for i := k; i < 8; i++ {
					a[d][i] -= by * a[k][i]
				}
			}
		}
	}
	people := make([]int, len(tours))
	var there [7]int
	for k := range tours {
		n := math.Round(a[k][7] / a[k][k])
		if n < 0 {
			return nil, false
		}
		people[k] = int(n)
		for d, on := range tours[k].Works {
			if on {
				there[d] += people[k]
			}
		}
	}
	return people, there == heads
}
