package survival

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/optimize"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Law is a law of a family, fitted to a sample.
type Law struct {
	Family     Family
	Dist       dist.Dist
	Parameters []Parameter // those of the language, as Dist states them
	Mean       estimate.Estimate
	Median     estimate.Estimate
	P90        estimate.Estimate

	N, Censored   int     // observations, and those of them that were not seen to the end
	LogLikelihood float64 // of the observations that were used
	AIC, BIC      float64

	at []float64 // the parameters as they were fitted
}

// Parameter is a parameter with its name in the scenario language, such as cv.
type Parameter struct {
	Name string
	estimate.Estimate
}

// Fewest is how many durations that were seen to their end a law needs.
const Fewest = 5

// ErrFew says that there is too little to fit a law to.
var ErrFew = errors.New("too few durations")

// Fit fits a law of a family by maximum likelihood.
func Fit(s *Sample, f Family, level float64) (*Law, error) {
	if len(s.Exact) < Fewest {
		return nil, fmt.Errorf("%w: %d were seen to their end, and it takes %d", ErrFew, len(s.Exact), Fewest)
	}
	used := s.thinned(mostPoints)
	form := &forms[f]
	loss := func(p []float64) float64 { return -logLikelihood(form, p, used) }
	searched := used
	if f == TwoLognormals { // five parameters take many steps; where they lie, fewer points say as well
		searched = s.thinned(pointsForTwo)
	}
	at, _, err := minimise(func(p []float64) float64 { return -logLikelihood(form, p, searched) }, form.begin(searched))
	if err != nil {
		return nil, fmt.Errorf("%v: %w", f, err)
	}
	return newLaw(s, used, f, at, -loss(at), loss, level)
}

// begin is where the search begins.
func (f *form) begin(s *Sample) []float64 {
	all := append(append([]float64(nil), s.Exact...), s.Censored...)
	m := momentsOf(all)
	logs := make([]float64, len(all))
	for i, x := range all {
		logs[i] = math.Log(x)
	}
	// Who was not seen to the end would have lasted longer.
	grow := float64(s.N()) / float64(len(s.Exact))
	l := momentsOf(logs)
	l.mean += math.Log(grow)
	return f.start(m.mean*grow, max(m.sd*grow, 1e-6*m.mean), l)
}

func momentsOf(xs []float64) moments {
	n, mean, square := 0., 0., 0.
	for _, x := range xs { // Welford 1962
		n++
		d := x - mean
		mean += d / n
		square += d * (x - mean)
	}
	return moments{mean, math.Sqrt(square / n)}
}

func logLikelihood(f *form, p []float64, s *Sample) float64 {
	density, survival := f.density(p), f.survival(p)
	sum := 0.
	for _, x := range s.Exact {
		sum += density(x)
	}
	for _, x := range s.Censored {
		sum += survival(x)
	}
	for _, x := range s.Late {
		sum -= survival(x)
	}
	return sum
}

// minimise finds the lowest point of a function near a start.
func minimise(f func([]float64) float64, start []float64) ([]float64, float64, error) {
	safe := func(p []float64) float64 {
		if y := f(p); !math.IsNaN(y) {
			return y
		}
		return math.Inf(1)
	}
	if y := safe(start); math.IsInf(y, 0) {
		return nil, 0, errors.New("the likelihood has no value at the start")
	}
	problem := optimize.Problem{Func: safe}
	settings := &optimize.Settings{
		FuncEvaluations: 1500,
		Converger:       &optimize.FunctionConverge{Absolute: 1e-6, Relative: 1e-12, Iterations: 20},
	}
	r, err := optimize.Minimize(problem, start, settings, &optimize.NelderMead{SimplexSize: 0.2})
	if r == nil || math.IsInf(r.F, 0) || math.IsNaN(r.F) {
		return nil, 0, errors.Join(errors.New("the likelihood has no maximum"), err)
	}
	return r.X, r.F, nil
}

// beyond is how many times the longest duration a mean may be: what is more rests on the
// form of the law alone.
const beyond = 20

// newLaw works out what there is to say about a law at the maximum of its likelihood.
func newLaw(s, used *Sample, f Family, at []float64, top float64, loss func([]float64) float64, level float64) (*Law, error) {
	form := &forms[f]
	d, err := form.law(at)
	if err != nil {
		return nil, err
	}
	if longest := used.longest(); d.Mean() > beyond*longest {
		return nil, fmt.Errorf("%v: a mean of %v s, where nothing lasted longer than %v s", f, d.Mean(), longest)
	}
	k, n := float64(form.dimension), float64(used.N())
	l := &Law{
		Family: f, Dist: d, N: s.N(), Censored: len(s.Censored), at: at,
		LogLikelihood: top, AIC: 2*k - 2*top, BIC: k*math.Log(n) - 2*top,
	}
	cov := covariance(loss, at)
	of := func(value func(dist.Dist) float64) estimate.Estimate {
		return delta(func(p []float64) float64 {
			d, err := form.law(p)
			if err != nil {
				return math.NaN()
			}
			return value(d)
		}, at, cov, s.N(), level)
	}
	l.Mean = of(dist.Dist.Mean)
	l.Median = of(func(d dist.Dist) float64 { return d.Quantile(0.5) })
	l.P90 = of(func(d dist.Dist) float64 { return d.Quantile(0.9) })
	cv := func(d dist.Dist) float64 { return math.Sqrt(d.Variance()) / d.Mean() }
	switch f {
	case Exponential:
		l.Parameters = []Parameter{{"mean", l.Mean}}
	case Lognormal:
		l.Parameters = []Parameter{{"median", l.Median}, {"cv", of(cv)}}
	case Gamma:
		l.Parameters = []Parameter{{"mean", l.Mean}, {"cv", of(cv)}}
	case Weibull:
		l.Parameters = []Parameter{
			{"scale", delta(func(p []float64) float64 { return math.Exp(p[0]) }, at, cov, s.N(), level)},
			{"shape", delta(func(p []float64) float64 { return math.Exp(p[1]) }, at, cov, s.N(), level)},
		}
	case TwoLognormals:
		l.Parameters = []Parameter{{"mean", l.Mean}, {"cv", of(cv)}}
	}
	return l, nil
}

// covariance is the inverse of the observed information: of the second derivatives of
// the negative log-likelihood. It is nil where that is not positive definite, as at the edge of
// a family.
func covariance(loss func([]float64) float64, at []float64) *mat.SymDense {
	const step = 2e-3
	n := len(at)
	shifted := func(i int, a float64, j int, b float64) float64 {
		p := append([]float64(nil), at...)
		p[i] += a
		p[j] += b
		return loss(p)
	}
	h := mat.NewSymDense(n, nil)
	base := loss(at)
	for i := range n {
		for j := range i + 1 {
			var second float64
			if i == j {
				second = (shifted(i, step, i, 0) - 2*base + shifted(i, -step, i, 0)) / (step * step)
			} else {
				second = (shifted(i, step, j, step) - shifted(i, step, j, -step) - shifted(i, -step, j, step) + shifted(i, -step, j, -step)) / (4 * step * step)
			}
			if math.IsNaN(second) || math.IsInf(second, 0) {
				return nil
			}
			h.SetSym(i, j, second)
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(h) {
		return nil
	}
	out := new(mat.SymDense)
	if factor.InverseTo(out) != nil {
		return nil
	}
	return out
}

// delta is the estimate of a positive function of the parameters, with an interval that is
// symmetric on the logarithmic scale (delta method).
func delta(f func([]float64) float64, at []float64, cov *mat.SymDense, n int, level float64) estimate.Estimate {
	value := f(at)
	e := estimate.Estimate{Value: value, Low: math.NaN(), High: math.NaN(), Level: level, N: n}
	se := math.NaN()
	if cov != nil {
		se = deltaError(func(p []float64) float64 { return math.Log(f(p)) }, at, cov)
	}
	if math.IsNaN(se) {
		e.Warnings = append(e.Warnings, estimate.NoInterval)
		return e
	}
	half := mathext.NormalQuantile((1+level)/2) * se
	e.Low, e.High = value*math.Exp(-half), value*math.Exp(half)
	return e
}

// deltaError is the standard error of a function of the parameters.
func deltaError(f func([]float64) float64, at []float64, cov *mat.SymDense) float64 {
	const step = 1e-4
	gradient := mat.NewVecDense(len(at), nil)
	for i := range at {
		p := append([]float64(nil), at...)
		p[i] = at[i] + step
		up := f(p)
		p[i] = at[i] - step
		gradient.SetVec(i, (up-f(p))/(2*step))
	}
	return math.Sqrt(max(0, mat.Inner(gradient, cov, gradient)))
}

// logitDelta is the estimate of a share that was fitted as its logit, parameter i.
func logitDelta(x float64, i int, cov *mat.SymDense, n int, level float64) estimate.Estimate {
	e := estimate.Estimate{Value: logistic(x), Low: math.NaN(), High: math.NaN(), Level: level, N: n}
	if cov == nil {
		e.Warnings = append(e.Warnings, estimate.NoInterval)
		return e
	}
	half := mathext.NormalQuantile((1+level)/2) * math.Sqrt(cov.At(i, i))
	e.Low, e.High = logistic(x-half), logistic(x+half)
	return e
}
