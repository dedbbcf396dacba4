package counts

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// A Regression is of daily counts: negative binomial with a logarithmic link,
//
//	n ~ NB, mean μ = exp(x·β), variance μ + φμ²
//
// (McCullagh, Nelder 1989, section 6.2; Hilbe 2011). φ is the squared coefficient of variation of a
// gamma factor.
type Regression struct {
	Y    []float64
	X    [][]float64
	Beta []float64
	Mu   []float64
	Cov  *mat.SymDense // of beta, for the φ of the last fit
	logd float64       // log determinant of the information
}

// Fit finds beta for a φ by iterated weighted least squares; false if it cannot.
func (r *Regression) Fit(phi float64) bool {
	n, k := len(r.Y), len(r.X[0])
	if r.Mu == nil {
		r.Mu = make([]float64, n)
		for i, y := range r.Y {
			r.Mu[i] = y + 0.5
		}
	}
	info := mat.NewSymDense(k, nil)
	right := mat.NewVecDense(k, nil)
	var factor mat.Cholesky
	beta := mat.NewVecDense(k, nil)
	for range 50 {
		info.Zero()
		right.Zero()
		for i, row := range r.X {
			w := r.Mu[i] / (1 + phi*r.Mu[i])
			z := math.Log(r.Mu[i]) + (r.Y[i]-r.Mu[i])/r.Mu[i]
			for a, xa := range row {
				if xa == 0 {
					continue
				}
				right.SetVec(a, right.AtVec(a)+w*xa*z)
				for b := range a + 1 {
					info.SetSym(a, b, info.At(a, b)+w*xa*row[b])
				}
			}
		}
		if !factor.Factorize(info) || factor.SolveVecTo(beta, right) != nil {
			return false
		}
		moved := 0.
		for i, row := range r.X {
			eta := 0.
			for a, xa := range row {
				eta += xa * beta.AtVec(a)
			}
			mu := math.Exp(min(max(eta, -30), 30))
			moved = max(moved, math.Abs(mu-r.Mu[i])/(r.Mu[i]+1e-9))
			r.Mu[i] = mu
		}
		if moved < 1e-9 {
			break
		}
	}
	r.Cov = new(mat.SymDense)
	if factor.InverseTo(r.Cov) != nil {
		return false
	}
	r.logd = factor.LogDet()
	r.Beta = append(r.Beta[:0], beta.RawVector().Data...)
	return true
}

// profile is the log-likelihood of φ with beta fitted to it, corrected for the
// parameters that were fitted (Cox, Reid 1987): without that φ comes out too small.
func (r *Regression) profile(phi float64) float64 {
	if !r.Fit(phi) {
		return math.Inf(-1)
	}
	sum := -r.logd / 2
	for i, y := range r.Y {
		sum += countLikelihood(y, r.Mu[i], phi)
	}
	return sum
}

// countLikelihood is the log-probability of a count, up to what does not depend on mean and φ.
func countLikelihood(y, mu, phi float64) float64 {
	if phi*mu < 1e-7 {
		return y*math.Log(mu) - mu
	}
	size := 1 / phi
	a, _ := math.Lgamma(y + size)
	b, _ := math.Lgamma(size)
	// (y + size) log1p(…) is split so that a small φ loses no digits.
	return a - b + y*math.Log(phi*mu) - (y+size)*math.Log1p(phi*mu)
}

// mostPhi is a coefficient of variation of 3: one day in two brings next to nothing.
const mostPhi = 9

// Dispersion is the φ with the highest profile likelihood, and the two at which it has
// fallen by drop.
func (r *Regression) Dispersion(drop float64) (best, low, high float64) {
	loss := func(root float64) float64 { return -r.profile(root * root) }
	root := golden(loss, 0, math.Sqrt(mostPhi))
	if top := loss(0); top <= loss(root)+1e-6 { // the search never gets to the edge itself
		root = 0
	}
	best = root * root
	target := loss(root) + drop
	low, high = 0, mostPhi
	if loss(0) > target {
		x := crossing(loss, target, root, 0)
		low = x * x
	}
	if most := math.Sqrt(mostPhi); loss(most) > target {
		x := crossing(loss, target, root, most)
		high = x * x
	}
	return best, low, high
}

// golden is where a function with one minimum between two places has it (Kiefer 1953).
func golden(f func(float64) float64, a, b float64) float64 {
	ratio := (math.Sqrt(5) - 1) / 2
	c, d := b-ratio*(b-a), a+ratio*(b-a)
	fc, fd := f(c), f(d)
	for range 60 {
		if fc < fd {
			b, d, fd = d, c, fc
			c = b - ratio*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + ratio*(b-a)
			fd = f(d)
		}
		if b-a < 1e-5 {
			break
		}
	}
	return (a + b) / 2
}

// crossing is where a function reaches a value between a place where it is below and one
// where it is above.
func crossing(f func(float64) float64, value, below, above float64) float64 {
	for range 40 {
		middle := (below + above) / 2
		if f(middle) > value {
			above = middle
		} else {
			below = middle
		}
	}
	return (below + above) / 2
}
