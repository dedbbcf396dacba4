package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/estimate"
)

// By hand, in batches of one. Of 9, 9, 5, 4, 6, 5, 5, 4, 6, 5, 5, 5 the rule leaves out
// two: without the nines the squares are 4 of ten (4/100 = 0.040); with the five left
// out too 4 of nine (4/81 = 0.049), with one nine in 4 + 16·10/11 of eleven (0.153).
func TestMSERByHand(t *testing.T) {
	t.Parallel()
	xs := []float64{9, 9, 5, 4, 6, 5, 5, 4, 6, 5, 5, 5}
	if got := estimate.MSER(xs, 1); got.Cut != 2 || !got.Settled {
		t.Errorf("%+v", got)
	}
	// Each entry three times is the same in batches of three.
	var three []float64
	for _, x := range xs {
		three = append(three, x, x, x)
	}
	if got := estimate.MSER(append(three, 100), 3); got.Cut != 6 {
		t.Errorf("in batches of three: %+v", got)
	}
	if got := estimate.MSER(xs[:9], 1); got.Settled {
		t.Errorf("from nine: %+v", got)
	}
}

// A beginning that fades is left out about as far as it can be told from noise;
// where there is none, hardly anything; a series that climbs to the end never settles.
func TestMSERFindsTheEndOfABeginning(t *testing.T) {
	t.Parallel()
	const n = 2000
	random := rand.New(rand.NewPCG(1, 2))
	series := func(level func(i int) float64) []float64 {
		xs := make([]float64, n)
		noise := 0.
		for i := range xs {
			noise = 0.5*noise + random.NormFloat64()
			xs[i] = level(i) + noise
		}
		return xs
	}
	early, late, little := 0, 0, 0
	const macro = 100
	for range macro {
		fading := estimate.MSER(series(func(i int) float64 { return 100 - 50*math.Exp(-float64(i)/40) }), 5)
		if !fading.Settled || fading.Cut < 80 {
			early++ // more than 6.8 below the level
		}
		if fading.Cut > 400 {
			late++
		}
		if flat := estimate.MSER(series(func(int) float64 { return 100 }), 5); flat.Cut < 200 {
			little++
		}
	}
	if early > 0 || late > macro/10 || little < macro*3/4 {
		t.Errorf("of %d: %d too early, %d late, and of flat ones %d with a short cut", macro, early, late, little)
	}
	if got := estimate.MSER(series(func(i int) float64 { return float64(i) / 10 }), 5); got.Settled {
		t.Errorf("a series that climbs: %+v", got)
	}
}

// A beginning of nine entries is all that is left of a series that repeats itself.
func TestSeasonalTakesOutWhatRepeats(t *testing.T) {
	t.Parallel()
	xs := make([]float64, 65)
	wave := func(i int) float64 { return 10 + math.Sin(2*math.Pi*float64(i)/12) }
	for i := range xs {
		xs[i] = wave(i)
		if i < 9 {
			xs[i] -= 6
		}
	}
	usual, rest := estimate.Seasonal(xs, 12)
	for i := range xs {
		want := 0.
		if i < 9 {
			want = -6
		}
		near(t, fmt.Sprintf("what is usual at %d", i), usual[i], wave(i), 1e-9)
		near(t, fmt.Sprintf("the rest at %d", i), rest[i], want, 1e-9)
	}
	if _, rest = estimate.Seasonal(xs, 0); rest[3] != xs[3] {
		t.Error("without a cycle something is taken out")
	}
}

// Noise in the second half, on which the usual values rest, is not made to look smaller.
func TestSeasonalLeavesTheNoise(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	xs := make([]float64, 4000)
	for i := range xs {
		xs[i] = random.NormFloat64()
	}
	_, rest := estimate.Seasonal(xs, 1000)
	first, second := 0., 0.
	for i, x := range rest {
		if i < 2000 {
			first += x * x / 2000
		} else {
			second += x * x / 2000
		}
	}
	near(t, "the variance where others are compared", first, 1.5, 0.15)
	near(t, "the variance where the usual is made of it", second, 2, 0.2)
}
