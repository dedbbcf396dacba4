package survival

import (
	"fmt"
	"math"
	"slices"

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
	all := &r.Came
	law, err := newLaw(all, &used.Came, f, at, -lowest, loss, level)
	if err != nil {
		return nil, err
	}
	cov := covariance(loss, at)
	return &Returning{Share: logitDelta(at[len(at)-1], len(at)-1, cov, r.Came.N()+r.Never, level), After: law}, nil
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
