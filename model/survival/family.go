package survival

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/dist"
)

// Family is a kind of law.
type Family uint8

// The families that are tried.
const (
	Exponential Family = iota
	Lognormal
	Gamma
	Weibull
	TwoLognormals // a mixture: short ones and long ones
	Constant      // always the same: it is recognised, not fitted
)

// Families lists those that are fitted by likelihood.
func Families() []Family { return []Family{Exponential, Lognormal, Gamma, Weibull, TwoLognormals} }

// String is the family's name.
func (f Family) String() string {
	return [...]string{"exponential", "lognormal", "gamma", "weibull", "two lognormals", "constant"}[f]
}

// A form is how a family is stated while it is fitted: by numbers without bounds.
type form struct {
	dimension int
	start     func(mean, sd float64, logs moments) []float64
	law       func(p []float64) (dist.Dist, error)
	// density and survival are logarithms.
	density  func(p []float64) func(x float64) float64
	survival func(p []float64) func(x float64) float64
}

var forms = [...]form{
	Exponential: {
		dimension: 1,
		start:     func(mean, _ float64, _ moments) []float64 { return []float64{math.Log(mean)} },
		law:       func(p []float64) (dist.Dist, error) { return dist.Exponential(math.Exp(p[0])) },
		density: func(p []float64) func(float64) float64 {
			rate := math.Exp(-p[0])
			return func(x float64) float64 { return -p[0] - x*rate }
		},
		survival: func(p []float64) func(float64) float64 {
			rate := math.Exp(-p[0])
			return func(x float64) float64 { return -x * rate }
		},
	},
	Lognormal: {
		dimension: 2,
		start: func(_, _ float64, logs moments) []float64 {
			return []float64{logs.mean, math.Log(max(logs.sd, 0.01))}
		},
		law:     lognormalOf,
		density: func(p []float64) func(float64) float64 { return normalLogDensity(p[0], math.Exp(p[1])) },
		survival: func(p []float64) func(float64) float64 {
			return normalLogSurvival(p[0], math.Exp(p[1]))
		},
	},
	Gamma: {
		dimension: 2,
		start: func(mean, sd float64, _ moments) []float64 {
			return []float64{math.Log(mean), math.Log(min(max(sd/mean, 0.05), 20))}
		},
		law: func(p []float64) (dist.Dist, error) { return dist.Gamma(math.Exp(p[0]), math.Exp(p[1])) },
		density: func(p []float64) func(float64) float64 {
			shape, scale := gammaShape(p)
			norm, _ := math.Lgamma(shape)
			norm += shape * math.Log(scale)
			return func(x float64) float64 { return (shape-1)*math.Log(x) - x/scale - norm }
		},
		survival: func(p []float64) func(float64) float64 {
			shape, scale := gammaShape(p)
			return func(x float64) float64 { return math.Log(mathext.GammaIncRegComp(shape, x/scale)) }
		},
	},
	Weibull: {
		dimension: 2,
		start: func(mean, sd float64, _ moments) []float64 {
			return []float64{math.Log(mean), -math.Log(min(max(sd/mean, 0.1), 10))}
		},
		law: func(p []float64) (dist.Dist, error) { return dist.Weibull(math.Exp(p[0]), math.Exp(p[1])) },
		density: func(p []float64) func(float64) float64 {
			k := math.Exp(p[1])
			return func(x float64) float64 {
				z := math.Log(x) - p[0]
				return p[1] - p[0] + (k-1)*z - math.Exp(k*z)
			}
		},
		survival: func(p []float64) func(float64) float64 {
			k := math.Exp(p[1])
			return func(x float64) float64 { return -math.Exp(k * (math.Log(x) - p[0])) }
		},
	},
	TwoLognormals: {
		dimension: 5,
		start: func(_, _ float64, logs moments) []float64 {
			s := max(logs.sd, 0.02)
			return []float64{0, logs.mean - s, math.Log(s * 0.7), logs.mean + s, math.Log(s * 0.7)}
		},
		law: func(p []float64) (dist.Dist, error) {
			first, err := lognormalOf(p[1:3])
			if err != nil {
				return first, err
			}
			second, err := lognormalOf(p[3:5])
			if err != nil {
				return second, err
			}
			w := logistic(p[0])
			return dist.Mixture(dist.Part{Weight: w, Dist: first}, dist.Part{Weight: 1 - w, Dist: second})
		},
		density: func(p []float64) func(float64) float64 {
			return mixed(p, normalLogDensity)
		},
		survival: func(p []float64) func(float64) float64 {
			return mixed(p, normalLogSurvival)
		},
	},
}

func lognormalOf(p []float64) (dist.Dist, error) {
	s := math.Exp(p[1])
	return dist.LognormalMedian(math.Exp(p[0]), math.Sqrt(math.Expm1(s*s)))
}

// moments are mean and standard deviation.
type moments struct{ mean, sd float64 }

func gammaShape(p []float64) (shape, scale float64) {
	cv := math.Exp(p[1])
	shape = 1 / (cv * cv)
	return shape, math.Exp(p[0]) / shape
}

// normalLogDensity is the logarithm of the lognormal density of x.
func normalLogDensity(mu, sigma float64) func(float64) float64 {
	norm := math.Log(sigma) + math.Log(2*math.Pi)/2
	return func(x float64) float64 {
		l := math.Log(x)
		z := (l - mu) / sigma
		return -z*z/2 - norm - l
	}
}

func normalLogSurvival(mu, sigma float64) func(float64) float64 {
	return func(x float64) float64 {
		return math.Log(math.Erfc((math.Log(x)-mu)/(sigma*math.Sqrt2)) / 2)
	}
}

// mixed is the logarithm of a mixture of two terms.
func mixed(p []float64, term func(mu, sigma float64) func(float64) float64) func(float64) float64 {
	w := logistic(p[0])
	first, second := term(p[1], math.Exp(p[2])), term(p[3], math.Exp(p[4]))
	lw, lv := math.Log(w), math.Log1p(-w)
	return func(x float64) float64 {
		a, b := lw+first(x), lv+second(x)
		top := max(a, b)
		if math.IsInf(top, -1) {
			return top
		}
		return top + math.Log(math.Exp(a-top)+math.Exp(b-top))
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
