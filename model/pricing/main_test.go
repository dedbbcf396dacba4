package pricing_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/model/sla"
)

const confidence = 0.95

// steps is the contract of the binomial case: 95 % promised, 10 % of the fee for each started percent below, at most 25 %.
func steps(name string, fee int64) contract.Contract {
	return contract.Contract{
		Name: name, Fee: contract.Money{Minor: fee, Currency: "EUR"}, Cap: 250_000,
		Levels: []contract.Level{{Metric: sla.Resolution, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}
}

// months are so many of them, each of thirty days, from January 2026 on.
func months(n int) (spans []contract.Span) {
	for i := range n {
		spans = append(spans, contract.Span{Name: fmt.Sprintf("%d-%02d", 2026+i/12, i%12+1), From: time.Duration(i) * 30 * 24 * time.Hour, To: time.Duration(i+1) * 30 * 24 * time.Hour})
	}
	return spans
}

// book is a book of monthly contracts, of which met says how many of how many clocks were in time.
func book(contracts []contract.Contract, years, n int, serve func(year, deal int) float64, counted func(year, deal, month int) (met, judged int64)) *pricing.Book {
	b := &pricing.Book{Currency: "EUR", Months: months(n)}
	for i := range contracts {
		b.Deals = append(b.Deals, pricing.Deal{Contract: &contracts[i], Of: -1, Periods: months(n)})
	}
	for y := range years {
		year := pricing.Year{Months: make([]pricing.Month, n)}
		for d := range contracts {
			var periods [][]contract.Tally
			for m := range n {
				met, judged := counted(y, d, m)
				periods = append(periods, []contract.Tally{{Met: met, Judged: judged}})
			}
			year.Counts = append(year.Counts, periods)
			cost := serve(y, d)
			year.Serve = append(year.Serve, cost)
			year.Served += cost
			year.Cost += cost
		}
		b.Years = append(b.Years, year)
	}
	return b
}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// binomial draws how many of n succeed.
func binomial(r *rand.Rand, n int64, p float64) (k int64) {
	for range n {
		if r.Float64() < p {
			k++
		}
	}
	return k
}

func costs(x float64) func(int, int) float64 { return func(int, int) float64 { return x } }

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(got >= want-within && got <= want+within) {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, within)
	}
}
