package pricing

import (
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/estimate"
)

// Terms are how a price is made.
type Terms struct {
	Tail   float64 // of the CVaR that carries the load, such as 0.95
	Load   float64 // how many times the CVaR's excess over the mean is added
	Margin float64 // of the fees, after credits and cost
	Sure   float64 // in which share of years the margin is to be kept
}

// Fees are what a deal must cost per month.
type Fees struct {
	Stated    contract.Money
	BreakEven Fee // on average
	Loaded    Fee // with the risk load
	Kept      Fee // keeps the margin as often as is asked for
	Scales    bool
}

// Fee is a monthly fee. Its interval is about the years: another set of them would have given another fee.
type Fee struct {
	contract.Money
	estimate.Estimate // in units of the currency
	// None says that no fee will do, since what is paid back grows as fast as the fee.
	None bool
}

// condition is an equation of the fee: whether it is enough, and what follows for it, with its interval, from
// the credits of each year as multiples of the monthly fee.
type condition struct {
	enough func(fee float64, credits []float64) bool
	follow func(share []float64) estimate.Estimate
}

// Price is what a deal must cost for its years to pay for themselves.
func (b *Book) Price(deal int, t Terms, level float64) Fees {
	return b.solver(deal, level).fees(b.Deals[deal].Fee, t)
}

// solver is that of one deal.
func (b *Book) solver(deal int, level float64) solver {
	credits := func(fee int64) []float64 { return b.credits(deal, fee) }
	return solver{b, b.served(deal), credits, b.Deals[deal].Scales(), level}
}

// Reprice is what the contracts of the book must cost together. They keep their shares of the whole.
func (b *Book) Reprice(t Terms, level float64) Fees {
	sum, scales := int64(0), true
	for _, i := range b.own() {
		sum += b.Deals[i].Fee.Minor
		scales = scales && b.Deals[i].Scales()
	}
	credits := func(fee int64) []float64 {
		all := make([]float64, len(b.Years))
		for _, i := range b.own() {
			part := int64(math.Round(float64(fee) * (float64(b.Deals[i].Fee.Minor) / float64(max(sum, 1)))))
			for y, c := range b.credits(i, part) {
				all[y] += c
			}
		}
		return all
	}
	served := make([]float64, len(b.Years))
	for y := range b.Years {
		served[y] = b.Years[y].Served
	}
	return solver{b, served, credits, scales, level}.fees(contract.Money{Minor: sum, Currency: b.Currency}, t)
}

// solver finds fees.
type solver struct {
	*Book
	serve   []float64                 // by year
	credits func(fee int64) []float64 // by year
	scales  bool
	level   float64
}

func (s solver) fees(stated contract.Money, t Terms) Fees {
	return Fees{
		Stated: stated, Scales: s.scales,
		BreakEven: s.solve(s.breakEven()), Loaded: s.solve(s.loaded(t)), Kept: s.solve(s.kept(t)),
	}
}

func (s solver) breakEven() condition {
	months := float64(len(s.Months))
	return condition{
		enough: func(fee float64, credits []float64) bool { return pays(months*fee, mean(s.serve)+mean(credits)) },
		follow: func(share []float64) estimate.Estimate {
			return estimate.Ratio(s.serve, less(months, share), s.level)
		},
	}
}

// loaded: the CVaR is the mean of a part of each year (estimate.TailParts), so that with the load too the fee is a
// ratio of totals over years.
func (s solver) loaded(t Terms) condition {
	months := float64(len(s.Months))
	return condition{
		enough: func(fee float64, credits []float64) bool {
			return pays(months*fee, mean(s.serve)+mean(bear(credits, t)))
		},
		follow: func(share []float64) estimate.Estimate {
			return estimate.Ratio(s.serve, less(months, bear(share, t)), s.level)
		},
	}
}

// bear are the credits of each year with the load on top, of which the mean is what the fee must bear.
func bear(credits []float64, t Terms) []float64 {
	parts, _ := estimate.TailParts(credits, t.Tail)
	for i := range parts {
		parts[i] = credits[i] + t.Load*(parts[i]-credits[i])
	}
	return parts
}

// kept: each year has a fee of its own that keeps the margin, and the fee that does so in a share of the years is a
// quantile of these.
func (s solver) kept(t Terms) condition {
	months := float64(len(s.Months)) * (1 - t.Margin)
	return condition{
		enough: func(fee float64, credits []float64) bool {
			well := 0
			for y, c := range credits {
				if pays(months*fee, s.serve[y]+c) {
					well++
				}
			}
			// As many as the quantile asks for: a whole number, forgiven its rounding error.
			return float64(well) >= t.Sure*float64(len(credits))*(1-1e-12)
		},
		follow: func(share []float64) estimate.Estimate {
			fees := make([]float64, len(share))
			for y, c := range share {
				if fees[y] = s.serve[y] / (months - c); !(months > c) {
					fees[y] = math.MaxFloat64
				}
			}
			e := estimate.Quantile(fees, t.Sure, s.level)
			for _, x := range []*float64{&e.Value, &e.Low, &e.High} {
				if *x == math.MaxFloat64 {
					*x = math.Inf(1)
				}
			}
			return e
		},
	}
}

// largest is the largest fee that is looked at: 10¹⁴ minor units, of which a year's fit into 64 bits.
const largest = int64(1e14)

// solve finds the least fee at which a condition holds, to a minor unit. What scales is worked out at a fee so
// large that rounding shows nowhere, and looked for around that; else all fees are open.
func (s solver) solve(c condition) Fee {
	enough := func(minor int64) bool { return c.enough(s.floats([]int64{minor})[0], s.credits(minor)) }
	low, high := int64(-1), int64(1)
	if s.scales {
		e := c.follow(s.shares(largest))
		if !(e.Value >= 0) || math.IsInf(e.Value, 0) {
			return Fee{Estimate: e, None: true}
		}
		guess := int64(e.Value * math.Pow10(contract.Digits(s.Currency)))
		if guess < largest {
			// Rounding moves the credit of a period by half a minor unit.
			step := int64(4 * len(s.Months))
			for low, high = max(guess-step, -1), guess+1; low >= 0 && enough(low); step *= 2 {
				low, high = max(low-step, -1), low
			}
		}
	}
	for ; !enough(high); high = 2*high + 1 {
		if low = high; high > largest {
			return Fee{Estimate: c.follow(s.shares(largest)), None: true}
		}
	}
	for high-low > 1 {
		if middle := low + (high-low)/2; enough(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	f := Fee{Money: contract.Money{Minor: high, Currency: s.Currency}}
	if high == 0 {
		f.Estimate = estimate.Estimate{Level: s.level, N: len(s.Years)}
		return f
	}
	// The interval is that of the equation which the credits at this fee stand in.
	f.Estimate = c.follow(s.shares(high))
	f.Value = f.Money.Float()
	return f
}

// shares are the credits of each year at a fee, as multiples of it.
func (s solver) shares(fee int64) []float64 {
	out := s.credits(fee)
	one := s.floats([]int64{fee})[0]
	for i := range out {
		out[i] /= one
	}
	return out
}

// pays reports whether fees are as much as what they are for, which is forgiven its rounding error.
func pays(fees, what float64) bool { return fees >= what*(1-1e-12) }

// less is a number less each of some.
func less(x float64, ys []float64) []float64 {
	out := slices.Clone(ys)
	for i := range out {
		out[i] = x - out[i]
	}
	return out
}

func mean(xs []float64) float64 {
	sum := 0.
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
