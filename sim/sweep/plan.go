package sweep

import (
	"math"
	"strconv"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Place is where a point lies: a value of each axis.
type Place struct {
	Values  []string  // as they would be written in the scenario
	Numbers []float64 // without their unit; NaN where the axis has no numbers
}

// Grid lists all combinations of the values; those of the last axis follow one another.
func Grid(axes []outcome.Axis) []Place {
	places := []Place{{}}
	for i := range axes {
		a := &axes[i]
		var longer []Place
		for _, p := range places {
			for k := range a.Values {
				longer = append(longer, p.with(a, k))
			}
		}
		places = longer
	}
	return places
}

// with is p with the k-th value of one more axis.
func (p Place) with(a *outcome.Axis, k int) Place {
	n := math.NaN()
	if a.Numeric() {
		n = a.Numbers[k]
	}
	return p.plus(a.Values[k], n)
}

func (p Place) plus(value string, n float64) Place {
	return Place{append(append([]string(nil), p.Values...), value), append(append([]float64(nil), p.Numbers...), n)}
}

// LatinHypercube draws n places that spread evenly over every axis (McKay, Beckman and
// Conover 1979): each axis is cut into n parts of equal length, and each part has exactly one place, at
// random within it and in random order. An axis that is Between its ends has any number
// there, with as many decimals as tell the parts apart; any other axis has its values, each as often as
// any other, give or take one. The places are a function of axes, n and seed; an axis
// that is added leaves those before it as they were.
func LatinHypercube(axes []outcome.Axis, n int, seed uint64) []Place {
	places := make([]Place, n)
	for i := range axes {
		a := &axes[i]
		stream := rng.Key{Seed: seed}.Of(rng.Points, 0, uint64(i))
		order := make([]int, n)
		for k := range order {
			// Fisher and Yates (1938), inside out.
			j := min(int(stream.Float64()*float64(k+1)), k)
			order[k] = order[j]
			order[j] = k
		}
		// Values of a list are taken at equal steps from one random start, so that they come
		// equally often.
		start := stream.Float64()
		for k, part := range order {
			if a.Between && a.Numeric() {
				x := within(a, part, n, stream.Float64())
				places[k] = places[k].plus(strconv.FormatFloat(x, 'f', -1, 64)+a.Unit, x)
				continue
			}
			at := float64(part) + start
			places[k] = places[k].with(a, min(int(at/float64(n)*float64(len(a.Values))), len(a.Values)-1))
		}
	}
	return places
}

// within is the number a share u into one of n parts of an axis, rounded so that it stays there.
func within(a *outcome.Axis, part, n int, u float64) float64 {
	low, high := a.Numbers[0], a.Numbers[len(a.Numbers)-1]
	width := (high - low) / float64(n)
	if width == 0 {
		return low
	}
	// A hundred steps per part or more.
	places := max(a.Places, int(math.Ceil(2-math.Log10(width))), 0)
	k := math.Pow10(places)
	from, to := low+float64(part)*width, low+float64(part+1)*width
	x := math.Round((from + u*width) * k)
	return math.Min(math.Max(x, math.Ceil(from*k-1e-6)), math.Ceil(to*k-1e-6)-1) / k
}
