package estimate

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
)

// Correlation is Pearson's coefficient of two samples with the interval of Fisher's z,
//
//	tanh( atanh r ± z / √(n − 3) )
//
// (Fisher 1921, Metron 1(4)). It is exact for normal samples and a guide for others: of amounts that are
// mostly nothing it tends to be too short. NaN where one of them does not vary; without an interval below four
// pairs, and where all pairs lie on a line.
func Correlation(xs, ys []float64, level float64) Estimate {
	mustBeProbability("level", level)
	columns, missing := together(xs, ys)
	n := len(columns[0])
	e := Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level, N: n}
	if n >= 2 && deviation(columns[0]) > 0 && deviation(columns[1]) > 0 {
		e.Value = stat.Correlation(columns[0], columns[1], nil)
	}
	if n > 3 && math.Abs(e.Value) < 1 {
		z, half := math.Atanh(e.Value), mathext.NormalQuantile((1+level)/2)/math.Sqrt(float64(n-3))
		e.Low, e.High = math.Tanh(z-half), math.Tanh(z+half)
	}
	return doubted(e, missing)
}
