package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Difference is the change from one scenario to another that was simulated on
// the same random numbers.
type Difference struct {
	Estimate
	// VarianceRatio is the variance of the paired difference over the variance
	// that it would have had if the two scenarios had been independent: below 1
	// the pairing has helped, at 0.1 it was worth ten times as many replications.
	// NaN if neither scenario varies, or there is no interval.
	VarianceRatio float64
}

// Paired is the mean of b − a, replication by replication, with the t interval of
// the differences.
func Paired(a, b []float64, level float64) Difference {
	columns, missing := together(a, b)
	a, b = columns[0], columns[1]
	change := make([]float64, len(a))
	for i := range a {
		change[i] = b[i] - a[i]
	}
	d := Difference{Estimate: Mean(change, level), VarianceRatio: math.NaN()}
	if missing {
		d.Warnings = append(d.Warnings, MissingReplications)
	}
	if len(a) >= 2 {
		d.VarianceRatio = stat.Variance(change, nil) / nonzero(stat.Variance(a, nil)+stat.Variance(b, nil))
	}
	return d
}

// PairedRatio is ΣnumB/ΣdenB − ΣnumA/ΣdenA with a jackknife over the pairs of
// replications: each is left out of both scenarios at once. See Ratio.
func PairedRatio(numA, denA, numB, denB []float64, level float64) Difference {
	columns, missing := together(numA, denA, numB, denB)
	a, b := leaveOneOut(columns[0], columns[1]), leaveOneOut(columns[2], columns[3])
	change := make([]float64, len(a))
	for i := range a {
		change[i] = b[i] - a[i]
	}
	value := sum(columns[2])/nonzero(sum(columns[3])) - sum(columns[0])/nonzero(sum(columns[1]))
	d := Difference{
		Estimate:      symmetric(value, jackknife(change), len(a), level, missing),
		VarianceRatio: math.NaN(),
	}
	if len(a) >= 2 {
		d.VarianceRatio = stat.Variance(change, nil) / nonzero(stat.Variance(a, nil)+stat.Variance(b, nil))
	}
	return d
}

// PairedQuotient is (ΣnumB/ΣdenB) / (ΣnumA/ΣdenA): how many times as much B is as
// A. The jackknife over pairs of replications is taken on the logarithm, so that
// the interval is positive and that of A over B is its mirror image. If a ratio is
// not positive, with all replications or without one, there are no logarithms,
// and the jackknife is that of the quotient itself. A quotient over nothing has
// neither value nor interval.
func PairedQuotient(numA, denA, numB, denB []float64, level float64) Estimate {
	columns, missing := together(numA, denA, numB, denB)
	a, b := leaveOneOut(columns[0], columns[1]), leaveOneOut(columns[2], columns[3])
	value := sum(columns[2]) / nonzero(sum(columns[3])) / nonzero(sum(columns[0])/nonzero(sum(columns[1])))
	without := make([]float64, len(a))
	positive := value > 0
	for i := range a {
		without[i] = b[i] / nonzero(a[i])
		positive = positive && without[i] > 0
	}
	if !positive {
		return symmetric(value, jackknife(without), len(a), level, missing)
	}
	for i, q := range without {
		without[i] = math.Log(q)
	}
	e := symmetric(math.Log(value), jackknife(without), len(a), level, missing)
	e.Value, e.Low, e.High = value, math.Exp(e.Low), math.Exp(e.High)
	return e
}
