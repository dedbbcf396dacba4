package survival

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Return is what may come back or never does: an answer to a question, a ticket that was
// solved. Durations are from the question to the answer.
type Return struct {
	Came  Sample // Exact: came after; Censored: had not come when the log ended
	Never int    // known never to come
}

// Returning is a Return fitted: a share that comes back, and how long it takes then.
type Returning struct {
	Share estimate.Estimate // of all that come back at all
	After *Law              // how long it takes those
	// All says that nothing speaks against all coming back in the end: the share is 1, and its lower bound is that of the
	// profile likelihood.
	All bool
}

// A mixture of those who come and those who never do is a cure model (Boag 1949): whoever has
// not come yet either never will, or takes longer.
//
//	L = Π share f(came) · Π (1 − share) · Π (1 − share + share S(waited)) / Π (1 − share + share S(waited when first seen))

// FitReturn fits the share and a law of a family together.
func FitReturn(r *Return, f Family, level float64) (*Returning, error) {
	if len(r.Came.Exact) < Fewest {
		return nil, fmt.Errorf("%w: %d came back, and it takes %d", ErrFew, len(r.Came.Exact), Fewest)
	}
	used := r.thinned()
	form := &forms[f]
	loss := func(p []float64) float64 { return -cureLikelihood(form, p, used) }
	share := float64(len(used.Came.Exact)) / float64(used.Came.N()+used.Never)
	begin := form.begin(&Sample{Exact: used.Came.Exact})
	at, lowest, err := minimise(loss, append(begin, logit(min(max(share, 0.001), 0.999))))
	if err != nil {
		return nil, fmt.Errorf("%v: %w", f, err)
	}
	reaches := false // one: nothing speaks against all coming back
	if r.Never == 0 {
		if law, err := Fit(&r.Came, f, level); err == nil {
			switch off := -lowest - law.LogLikelihood; {
			case off < tie:
				return everyone(r, used, law, level), nil
			case off < half(level):
				reaches = true
			}
		}
	}
	all := &r.Came
	law, err := newLaw(all, &used.Came, f, at, -lowest, loss, level)
	if err != nil {
		return nil, err
	}
	e := logitDelta(at[len(at)-1], len(at)-1, covariance(loss, at), r.Came.N()+r.Never, level)
	if reaches && !math.IsNaN(e.High) {
		e.High = 1
	}
	return &Returning{Share: e, After: law}, nil
}

// tie is a difference of log-likelihoods that says nothing.
const tie = 0.01

// half is half the quantile of chi-squared with one degree of freedom: by so much the log-likelihood has fallen at a bound.
func half(level float64) float64 {
	z := mathext.NormalQuantile((1 + level) / 2)
	return z * z / 2
}

// everyone is the edge of the mixture, where all come back. There the likelihood has no curvature in the share, so that its bound is
// where the profile likelihood has fallen to it. That is wider than it need be where all do come (Self and Liang 1987, JASA
// 82(398), case 5), and right close by.
func everyone(r, used *Return, law *Law, level float64) *Returning {
	form := &forms[law.Family]
	bound, near := law.LogLikelihood-half(level), law.at
	below := func(x float64) bool { // at a logit of the share
		at, lowest, err := minimise(func(p []float64) float64 { return -cureLikelihood(form, append(slices.Clone(p), x), used) }, near)
		if err == nil {
			near = at
		}
		return err != nil || -lowest < bound
	}
	low, high := logit(0.001), logit(0.9999)
	for range 20 {
		if x := (low + high) / 2; below(x) {
			low = x
		} else {
			high = x
		}
	}
	return &Returning{Share: estimate.Estimate{Value: 1, Low: logistic(low), High: 1, Level: level, N: r.Came.N()}, After: law, All: true}
}

// ChooseReturn fits the families and lists what they give, the smallest BIC first.
func ChooseReturn(r *Return, level float64) ([]*Returning, error) {
	if x := constantReturn(r, level); x != nil {
		return []*Returning{x}, nil
	}
	var list []*Returning
	var first error
	for _, f := range []Family{Exponential, Lognormal, Gamma, Weibull} {
		x, err := FitReturn(r, f, level)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		list = append(list, x)
	}
	if len(list) == 0 {
		return nil, first
	}
	slices.SortStableFunc(list, func(a, b *Returning) int {
		return int(math.Copysign(1, a.After.BIC-b.After.BIC))
	})
	return list, nil
}

func cureLikelihood(f *form, p []float64, r *Return) float64 {
	k := len(p) - 1
	share := logistic(p[k])
	density, survival := f.density(p[:k]), f.survival(p[:k])
	sum := float64(len(r.Came.Exact))*math.Log(share) + float64(r.Never)*math.Log1p(-share)
	for _, x := range r.Came.Exact {
		sum += density(x)
	}
	for _, x := range r.Came.Censored {
		sum += math.Log1p(-share + share*math.Exp(survival(x)))
	}
	for _, x := range r.Came.Late {
		sum -= math.Log1p(-share + share*math.Exp(survival(x)))
	}
	return sum
}

// thinned keeps the proportions of a large sample.
func (r *Return) thinned() *Return {
	n := r.Came.N()
	if n <= mostPoints {
		return r
	}
	every := (n + mostPoints - 1) / mostPoints
	return &Return{
		Came:  Sample{Exact: thin(r.Came.Exact, every), Censored: thin(r.Came.Censored, every), Late: thin(r.Came.Late, every)},
		Never: r.Never / every,
	}
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
