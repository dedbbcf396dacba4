package counts_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/headroom-sim/headroom/model/counts"
)

// Two streams whose day factors are normal scores of one law each, correlated: the interval of 95 % of their correlation holds it in
// about 95 of 100 histories, whatever it is, of four weeks as of half a year, and where chance is most of what a day varies by.
func TestTheCorrelationOfBusynessIsWithinItsInterval(t *testing.T) {
	t.Parallel()
	student := func(freedom int) float64 { return distuv.StudentsT{Sigma: 1, Nu: float64(freedom)}.Quantile(0.975) }
	drop := distuv.ChiSquared{K: 1}.Quantile(0.95) / 2
	const histories = 200
	for i, row := range []struct {
		days   int
		r      float64
		cv     [2]float64
		within float64 // of the truth, in the mean
	}{
		{28, 0.64, [2]float64{0.15, 0.25}, 0.12}, {28, 0, [2]float64{0.15, 0.25}, 0.12}, {28, 0.95, [2]float64{0.15, 0.25}, 0.12},
		{182, 0.64, [2]float64{0.15, 0.25}, 0.05}, {70, 0.5, [2]float64{0.1, 0.1}, 0.12},
	} {
		r := rand.New(rand.NewPCG(7, uint64(i)))
		held, all, sum, wide := 0, 0, 0., 0.
		for range histories {
			pair := [2]*counts.Daily{drawn(row.days, 0, r), drawn(row.days, 0, r)}
			for k := range row.days {
				x := r.NormFloat64()
				z := [2]float64{x, row.r*x + math.Sqrt(1-row.r*row.r)*r.NormFloat64()}
				for s, d := range pair {
					shape := 1 / (row.cv[s] * row.cv[s])
					mean := 100.
					if d.Days[k].Date.Weekday()%6 == 0 {
						mean = 40
					}
					factor := distuv.Gamma{Alpha: shape, Beta: shape}.Quantile(distuv.UnitNormal.CDF(z[s]))
					d.Counts[k] = distuv.Poisson{Lambda: mean * factor, Src: r}.Rand()
				}
			}
			for _, d := range pair {
				reg := d.Regression(counts.Design{})
				d.Phi, _, _ = reg.Dispersion(drop)
				reg.Fit(d.Phi)
				d.Expect(reg, counts.Design{})
			}
			value, low, high, days, ok := counts.Together(pair[0], pair[1], student)
			if !ok {
				continue
			}
			all++
			if sum, wide = sum+value, wide+high-low; low <= row.r && row.r <= high {
				held++
			}
			if !(low <= value && value <= high) || days != row.days {
				t.Fatalf("%v in [%v, %v] of %d days", value, low, high, days)
			}
		}
		name := fmt.Sprintf("%d days, %v, correlation %v", row.days, row.cv, row.r)
		mean := sum / float64(all)
		t.Logf("%s: %d of %d hold it, %.3f in the mean, intervals %.2f wide", name, held, all, mean, wide/float64(all))
		// Four standard errors below 95 of 100.
		if all < histories*8/10 || float64(held) < 0.95*float64(all)-4*math.Sqrt(0.95*0.05*float64(all)) || math.Abs(mean-row.r) > row.within {
			t.Errorf("%s: %d of %d intervals hold it, which is %.3f in the mean", name, held, all, mean)
		}
	}
}
