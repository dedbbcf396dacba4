package arrivals

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/sim/rng"
)

// What streams share makes their factors go together, as much as the product of their shares says, and leaves each
// of them the gamma law that it had. That holds where days are balanced, and in mirror images.
func TestSharedBusynessGoesTogether(t *testing.T) {
	t.Parallel()
	const a, b, cv, days = 0.9, 0.7, 0.3, 20_000
	streams := [2]stream{
		{domain: rng.Domain("mail"), busyness: dist.Must(dist.Gamma(1, cv)), shared: a},
		{domain: rng.Domain("chat"), busyness: dist.Must(dist.Gamma(1, cv)), shared: b},
	}
	for _, balance := range []model.Balance{model.NoBalance, model.BalancedDays, model.Mirrored} {
		n, sum, square, product := 0., [2]float64{}, [2]float64{}, 0.
		for r := range uint64(10) {
			drawn := balanced{Balance: balance}
			drawn.reset(rng.Key{Seed: 3, Replication: r})
			for day := range uint64(days / 10) {
				var x [2]float64
				for i := range streams {
					s := drawn.own.Of(rng.Busyness, streams[i].domain, day)
					x[i] = drawn.sharedBusyness(&streams[i], day, &s)
					sum[i] += x[i]
					square[i] += x[i] * x[i]
				}
				n++
				product += x[0] * x[1]
			}
		}
		var mean, sd [2]float64
		for i := range sum {
			mean[i] = sum[i] / n
			sd[i] = math.Sqrt(square[i]/n - mean[i]*mean[i])
			if math.Abs(mean[i]-1) > 0.01 || math.Abs(sd[i]-cv) > 0.012 {
				t.Errorf("balance %v: stream %d has mean %.3f and cv %.3f", balance, i, mean[i], sd[i])
			}
		}
		// The correlation of gamma factors is close to that of the copula at such a cv.
		if rho := (product/n - mean[0]*mean[1]) / (sd[0] * sd[1]); math.Abs(rho-a*b) > 0.03 {
			t.Errorf("balance %v: they correlate by %.3f, want about %.3f", balance, rho, a*b)
		}
	}
}

// How far volumes are from their forecasts is one number for a trial: all streams are above or below together, each by as
// much as its own error says, with the mean of the forecast; and a mirror image is below where its original is above.
func TestForecastErrorsMoveAllStreamsOfATrialTogether(t *testing.T) {
	t.Parallel()
	laws := [2]dist.Dist{dist.Must(dist.Gamma(1, 0.1)), dist.Must(dist.Gamma(1, 0.3))}
	for _, balance := range []model.Balance{model.NoBalance, model.BalancedDays, model.Mirrored} {
		const n = 40_000
		var sum, square [2]float64
		var last float64
		for r := range uint64(n) {
			drawn := balanced{Balance: balance}
			drawn.reset(rng.Key{Seed: 5, Replication: r})
			var x [2]float64
			for i := range laws {
				x[i] = drawn.volume(&laws[i])
				sum[i] += x[i]
				square[i] += x[i] * x[i]
			}
			if (x[0] > laws[0].Quantile(0.5)) != (x[1] > laws[1].Quantile(0.5)) {
				t.Fatalf("replication %d: one stream is %v times its forecast, the other %v", r, x[0], x[1])
			}
			if median := laws[0].Quantile(0.5); balance == model.Mirrored && r%2 == 1 && (last > median) == (x[0] > median) {
				t.Fatalf("replication %d and its original are on one side: %v and %v", r, last, x[0])
			}
			last = x[0]
		}
		for i, cv := range []float64{0.1, 0.3} {
			mean := sum[i] / n
			if sd := math.Sqrt(square[i]/n - mean*mean); math.Abs(mean-1) > 0.008 || math.Abs(sd-cv) > 0.01 {
				t.Errorf("balance %v: mean %.4f and cv %.4f, want 1 and %v", balance, mean, sd, cv)
			}
		}
	}
}
