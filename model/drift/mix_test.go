package drift_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/drift"
)

// days are those of some weeks, each with a hundred tickets in the mean, whose parts have weights by week.
func days(r *rand.Rand, weeks int, weights func(week, part int) float64, parts int, burst float64) [][]float64 {
	var list [][]float64
	for d := range 7 * weeks {
		all := 0.
		w := make([]float64, parts)
		for k := range w {
			w[k] = weights(d/7, k) * math.Exp(burst*r.NormFloat64())
			all += w[k]
		}
		day := make([]float64, parts)
		for range 60 + r.IntN(80) {
			u, k := r.Float64()*all, 0
			for ; k < parts-1 && u >= w[k]; k++ {
				u -= w[k]
			}
			day[k]++
		}
		list = append(list, day)
	}
	return list
}

// One mix is hardly ever found to change, also where some kinds come in bursts of a day; one that does change is found, and where
// it stands now is known within its interval.
func TestAMixThatChangesIsToldFromChance(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 15))
	weights := []float64{50, 20, 12, 9, 5, 2, 1, 0.6, 0.4}
	still := func(_, part int) float64 { return weights[part] }
	for _, burst := range []float64{0, 0.3} {
		found := 0
		for range 300 {
			if drift.MixOf(days(r, 9, still, len(weights), burst), 0.95) != nil {
				found++
			}
		}
		if most := 3 + int(40*burst); found > most {
			t.Errorf("bursts of %v: %d of 300 desks that stay as they are change", burst, found)
		}
	}
	goes := func(week, part int) float64 {
		if part == 1 && week >= 4 { // a kind that goes away
			return 0.5
		}
		return weights[part]
	}
	total := 0.
	for k := range weights {
		total += goes(8, k)
	}
	held, of := 0, 0
	for range 100 {
		m := drift.MixOf(days(r, 9, goes, len(weights), 0), 0.95)
		if m == nil {
			t.Fatal("a kind that goes away is not found")
		}
		sum := 0.
		for k, e := range m.Now {
			if truth := goes(8, k) / total; k < 6 { // rarer ones are put together
				if of++; e.Low <= truth && truth <= e.High {
					held++
				}
			}
			sum += e.Value
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("the shares add up to %v", sum)
		}
		if x := m.Now[1].Value; x > 0.03 || m.Over[1] < 0.07 {
			t.Errorf("a kind that has gone has a share of %v now, %v over all", x, m.Over[1])
		}
	}
	if held < of*90/100 {
		t.Errorf("%d of %d intervals of 95 %% hold the share that a kind has now", held, of)
	}
}

// Of what is forecast as a share of 80 % about as much holds what comes, where shares wander.
func TestAMixThatWandersIsForecastWithItsDoubt(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 16))
	const weeks, ahead, tries = 12, 4, 150
	inside, of := 0, 0
	for range tries {
		var paths [3][weeks + ahead]float64
		for k := range paths {
			for w := 1; w < weeks+ahead; w++ {
				paths[k][w] = paths[k][w-1] + 0.2*r.NormFloat64()
			}
		}
		weight := func(week, part int) float64 { return math.Exp(paths[part][week]) }
		m := drift.MixOf(days(r, weeks, weight, 3, 0), 0.95)
		if m == nil {
			continue
		}
		truth := 0.
		for w := weeks; w < weeks+ahead; w++ {
			truth += weight(w, 0) / (weight(w, 0) + weight(w, 1) + weight(w, 2)) / ahead
		}
		below := 0
		for range 199 {
			if m.Now[0].Value*m.Ahead(ahead, r.Float64, r.NormFloat64)[0] < truth {
				below++
			}
		}
		if of++; below >= 20 && below < 180 {
			inside++
		}
	}
	// Four standard errors of 80 % are 13 %.
	if share := float64(inside) / float64(of); of < tries*9/10 || share < 0.67 || share > 0.93 {
		t.Errorf("%d of %d forecasts of 80 %% hold what comes, of %d desks", inside, of, tries)
	}
}

func TestTooLittleSaysNothingOfAMix(t *testing.T) {
	t.Parallel()
	for _, daily := range [][][]float64{nil, make([][]float64, 3), days(rand.New(rand.NewPCG(1, 1)), 9, func(int, int) float64 { return 1 }, 1, 0), empty(70, 4)} {
		if m := drift.MixOf(daily, 0.95); m != nil {
			t.Errorf("%d days have a mix that changes: %v", len(daily), m)
		}
	}
}

func empty(days, parts int) (list [][]float64) {
	for range days {
		list = append(list, make([]float64, parts))
	}
	return list
}
