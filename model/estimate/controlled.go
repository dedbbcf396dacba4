package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Controlled is Ratio, corrected by a control: something else that is observed in
// every replication and whose mean is known. If by chance more came than comes on
// average, and the ratio rises with what comes, the estimate is lowered.
//
// The ratio is taken as the mean of z[i] = R + (num[i] − R den[i]) / mean(den), its
// linear part (delta method), and regressed on the control c with the slope β of least
// squares (Lavenberg and Welch 1981, Management Science 27(3)). The interval is that of the
// jackknife (Nelson 1990, Operations Research 38(6), for controls that are not normal):
// θ[i] is the estimate without replication i, and
//
//	z̄ − β (c̄ − mean) ± t(n−2) √( (n−1)/n Σ (θ[i] − θ̄)² )
//
// Lavenberg and Welch's own interval, exact for normal replications, takes the spread around the
// line as equal everywhere. That of a mean wait is not, it grows with what comes, and
// their interval covers less than that of Ratio; this one covers as much or more.
// Both, like that of Ratio, cover less than they say where replications are
// so short that single ones are far out on one side: 87 % instead of 90 % for the mean wait of
// twenty times 22 hours at a queue that has one agent who takes a minute and is busy for 80 %.
//
// The variance falls by 1 − ρ², ρ being the correlation, and rises by (n−2)/(n−3) for not
// knowing β, so that a control does not pay that explains less than about 2/n of it.
// Estimate and interval have a bias of the order 1/n, as the ratio itself has.
//
// With fewer than 10 replications, or a control that does not vary, it is Ratio. An
// estimate that the correction would take beyond 0, such as a share below it, is 0.
func Controlled(num, den, control []float64, mean, level float64) Estimate {
	plain := Ratio(num, den, level)
	columns, missing := together(num, den, control)
	num, den, control = columns[0], columns[1], columns[2]
	n := len(num)
	if n < few || math.IsNaN(plain.HalfWidth()) || plain.Low == plain.High {
		return plain
	}
	z := linear(num, den)
	at := stat.Mean(control, nil)
	spread := stat.Variance(control, nil) * float64(n-1)
	if !(spread > 0) {
		return plain
	}
	slope := stat.Covariance(z, control, nil) * float64(n-1) / spread
	without := make([]float64, n)
	for i := range z {
		off := control[i] - at
		rest := z[i] - plain.Value - slope*off
		// What replication i weighs in the estimate, and in the line where it stands itself.
		weight, pull := 1/float64(n)+(mean-at)*off/spread, 1/float64(n)+off*off/spread
		without[i] = -weight * rest / nonzero(1-pull)
	}
	value := plain.Value - slope*(at-mean)
	if value*plain.Value < 0 {
		value = 0
	}
	half := student(n-2, level) * jackknife(without)
	return doubted(Estimate{Value: value, Low: value - half, High: value + half, Level: level, N: n}, missing)
}
