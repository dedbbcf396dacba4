package fit_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/fit"
)

// Seasons of two years and more are found, beside a trend, and their intervals hold the truth; where there are none,
// or in less than two years, none is found.
func TestSeasonsAreFoundInTwoYears(t *testing.T) {
	t.Parallel()
	x := axis(t)
	st := &demand.Stream{Volume: demand.Volume{Count: 350, Per: demand.PerWeek}, Busyness: 0.15, Growth: 0.2}
	st.Season = demand.Season{1.2, 1, 1, 1, 1, 0.9, 0.7, 0.7, 1, 1, 1.1, 1.5}
	product := 1.
	for _, w := range st.Season {
		product *= w
	}
	mean := math.Pow(product, 1./12)
	var months covered
	const n = 110
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 21))
		f, err := fit.History(logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		if !f.Streams[0].Seasonal || !f.Streams[0].Grows {
			t.Fatalf("seed %d: seasonal %v, grows %v", seed, f.Streams[0].Seasonal, f.Streams[0].Grows)
		}
		for m, p := range f.Streams[0].Season {
			months.add(p, st.Season[m]/mean)
		}
	}
	months.judge(t, "months")
	for seed, length := range []int{n, 90} {
		flat := *st
		if length == n {
			flat.Season = demand.Season{}
		}
		r := rand.New(rand.NewPCG(uint64(seed), 22))
		f, err := fit.History(logOf(x, arrive(&flat, x, x.Since(x.Origin.AddDate(0, 0, 7*length)), r), plain), weeks(x, length))
		if err != nil {
			t.Fatal(err)
		}
		if f.Streams[0].Seasonal {
			t.Errorf("a season is found in %d weeks, where there is none or it cannot be told", length)
		}
	}
}
