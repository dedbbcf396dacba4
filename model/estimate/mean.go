package estimate

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// few is the number of replications below which an interval is a rough guess.
const few = 10

// Mean is the mean of xs with Student's t interval,
//
//	mean ± t(n−1) s / √n,
//
// exact for normal replications and good for means of many tickets.
func Mean(xs []float64, level float64) Estimate {
	xs, missing := observed(xs)
	value := math.NaN()
	if len(xs) > 0 {
		value = stat.Mean(xs, nil)
	}
	return symmetric(value, deviation(xs)/math.Sqrt(float64(len(xs))), len(xs), level, missing)
}

// Sectioned is the interval around a statistic of the pooled observations of all
// replications, such as a percentile of all waits. per holds the same statistic
// of each replication; their scatter around the pooled value gives the interval:
//
//	pooled ± t(n−1) √( Σ (per[i] − pooled)² / (n (n−1)) )
//
// (sectioning: Asmussen and Glynn 2007, Stochastic Simulation, III.5). Unlike
// the mean of per, the pooled value does not carry the bias of small samples.
// The replications should be of about equal size. A pooled value of NaN has
// no interval.
func Sectioned(pooled float64, per []float64, level float64) Estimate {
	per, missing := observed(per)
	sum, n := 0., float64(len(per))
	for _, x := range per {
		sum += (x - pooled) * (x - pooled)
	}
	return symmetric(pooled, math.Sqrt(sum/(n*(n-1))), len(per), level, missing)
}

// symmetric is value ± t(n−1) × err with the warnings that follow from n.
func symmetric(value, err float64, n int, level float64, missing bool) Estimate {
	half := math.NaN()
	if n >= 2 {
		half = student(n-1, level) * err
	} else {
		student(1, level) // refuses a level that is none
	}
	return doubted(Estimate{Value: value, Low: value - half, High: value + half, Level: level, N: n}, missing)
}

// doubted adds the warnings that every kind of estimate has.
func doubted(e Estimate, missing bool) Estimate {
	if math.IsNaN(e.Low) || math.IsNaN(e.High) {
		e.Low, e.High = math.NaN(), math.NaN()
		e.Warnings = append(e.Warnings, NoInterval)
	} else if e.N < few {
		e.Warnings = append(e.Warnings, FewReplications)
	}
	if missing {
		e.Warnings = append(e.Warnings, MissingReplications)
	}
	return e
}

// student is the two-sided quantile of the t distribution.
func student(freedom int, level float64) float64 {
	mustBeProbability("level", level)
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(freedom)}.Quantile(0.5 + level/2)
}

func mustBeProbability(name string, p float64) {
	if !(p > 0 && p < 1) {
		panic(fmt.Sprintf("estimate: %s %v is not between 0 and 1", name, p))
	}
}

// deviation is the sample standard deviation; NaN below two observations.
func deviation(xs []float64) float64 {
	if len(xs) < 2 {
		return math.NaN()
	}
	return stat.StdDev(xs, nil)
}

// observed is xs without its holes, and whether there were any. It never
// changes xs, and copies only if it must.
func observed(xs []float64) ([]float64, bool) {
	if !slices.ContainsFunc(xs, hole) {
		return xs, false
	}
	return slices.DeleteFunc(slices.Clone(xs), hole), true
}

func hole(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }

// together is the columns without the rows in which any of them has a hole, and
// whether there were such rows.
func together(columns ...[]float64) ([][]float64, bool) {
	n := len(columns[0])
	for _, c := range columns {
		if len(c) != n {
			panic(fmt.Sprintf("estimate: samples of %d and %d replications", n, len(c)))
		}
	}
	kept := make([][]float64, len(columns))
	for i := range n {
		if slices.ContainsFunc(columns, func(c []float64) bool { return hole(c[i]) }) {
			continue
		}
		for k, c := range columns {
			kept[k] = append(kept[k], c[i])
		}
	}
	return kept, len(kept[0]) < n
}
