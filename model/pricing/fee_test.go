package pricing_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/pricing"
)

// Two years of one month: nothing is paid in one, and 25 % of the fee in the other. The cost to serve is 700 and 1050.
func twoYears() *pricing.Book {
	return book([]contract.Contract{steps("acme", 100_000)}, 2, 1, func(y, _ int) float64 { return []float64{700, 1050}[y] },
		func(y, _, _ int) (int64, int64) { return []int64{100, 90}[y], 100 })
}

func TestFeesSolveTheirEquationsAsWorkedOutByHand(t *testing.T) {
	t.Parallel()
	f := twoYears().Price(0, pricing.Terms{Tail: 0.5, Load: 2, Margin: 0.3, Sure: 0.9}, confidence)
	// f = 875 + 0.125 f; CVaR50 is the worse year, so f = 875 + 0.125 f + 2 (0.25 − 0.125) f; and the worse year keeps
	// 30 % of the fee if 0.7 f = 1050 + 0.25 f.
	for _, row := range []struct {
		what string
		got  pricing.Fee
		want float64
	}{{"break-even", f.BreakEven, 1000}, {"the loaded fee", f.Loaded, 875 / 0.625}, {"the fee that keeps its margin", f.Kept, 1050 / 0.45}} {
		near(t, row.what, row.got.Value, math.Ceil(row.want*100-1e-9)/100, 0.011)
		if row.got.None {
			t.Errorf("%s: there is none", row.what)
		}
	}
	if !f.Scales || f.BreakEven.Minor != 100_000 {
		t.Errorf("the fee is %v, scales %v", f.BreakEven.Money, f.Scales)
	}
}

func TestWhereAllIsPaidBackNoFeeBreaksEven(t *testing.T) {
	t.Parallel()
	k := steps("acme", 100_000)
	k.Cap, k.Levels[0].Scheme = contract.One, contract.Flat{Credit: contract.One}
	b := book([]contract.Contract{k}, 2, 1, costs(10), func(int, int, int) (int64, int64) { return 0, 1 })
	if f := b.Price(0, pricing.Terms{Tail: 0.95, Load: 1, Sure: 0.95}, confidence); !f.BreakEven.None || !f.Loaded.None || !f.Kept.None {
		t.Errorf("there are fees: %+v", f)
	}
}

// A penalty of 40 for one late ticket does not grow with the fee, but is at most a quarter of it.
func TestAFeeThatCreditsDoNotFollowIsFoundByTrying(t *testing.T) {
	t.Parallel()
	k := steps("acme", 100_000)
	k.Levels[0].Scheme = contract.PerDelay{Amount: contract.Money{Minor: 4_000, Currency: "EUR"}}
	build := func(serve float64) *pricing.Book {
		b := book([]contract.Contract{k}, 1, 1, costs(serve), func(int, int, int) (int64, int64) { return 0, 1 })
		b.Years[0].Counts[0][0][0].Charged = 4_000
		return b
	}
	terms := pricing.Terms{Tail: 0.95, Load: 0, Sure: 0.95}
	for _, row := range []struct{ serve, want float64 }{{300, 340}, {75, 100}, {0, 0}} {
		f := build(row.serve).Price(0, terms, confidence)
		if f.Scales {
			t.Error("it is said to scale with the fee")
		}
		near(t, "break-even", f.BreakEven.Money.Float(), row.want, 0.01)
	}
}

// Whatever the contract: at the fee that is found the equation holds, and one minor unit below it does not.
func TestAtTheFeeThatIsFoundTheEquationHoldsAndJustBelowItDoesNot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := steps("acme", 100_000)
		k.Cap = contract.Share(rapid.Int64Range(10_000, 900_000).Draw(t, "cap"))
		if rapid.Bool().Draw(t, "least") {
			k.Least = contract.Money{Minor: rapid.Int64Range(0, 50_000).Draw(t, "amount"), Currency: "EUR"}
		}
		if rapid.Bool().Draw(t, "linear") {
			k.Levels[0].Scheme = contract.Steps{Step: 10_000, Credit: 100_000, Rounding: contract.Linear}
		}
		n := rapid.IntRange(1, 12).Draw(t, "years")
		serve, met := make([]float64, n), make([][3]int64, n)
		for y := range n {
			serve[y] = float64(rapid.IntRange(1, 100_000).Draw(t, "serve")) / 100
			for m := range met[y] {
				met[y][m] = rapid.Int64Range(60, 100).Draw(t, "met")
			}
		}
		b := book([]contract.Contract{k}, n, 3, func(y, _ int) float64 { return serve[y] }, func(y, _, m int) (int64, int64) { return met[y][m], 100 })
		f := b.Price(0, pricing.Terms{Tail: 0.9, Load: 1, Margin: 0.05, Sure: 0.9}, confidence)
		margin := func(fee int64) float64 {
			sum := 0.
			for y, c := range b.Credits(0, fee) {
				sum += 3*float64(fee)/100 - float64(c)/100 - serve[y]
			}
			return sum / float64(n)
		}
		if got := margin(f.BreakEven.Minor); got < -1e-6 {
			t.Errorf("at %v the margin is %v", f.BreakEven.Money, got)
		}
		if got := margin(f.BreakEven.Minor - 1); got > 1e-6 {
			t.Errorf("just below %v the margin is %v still", f.BreakEven.Money, got)
		}
		if !f.Loaded.None && f.Loaded.Minor < f.BreakEven.Minor && f.Scales {
			t.Errorf("the loaded fee %v is below break-even, %v", f.Loaded.Money, f.BreakEven.Money)
		}
	})
}

func TestTheIntervalOfAFeeHoldsTheFeeOfAllYears(t *testing.T) {
	t.Parallel()
	k := steps("acme", 100_000)
	// In truth a quarter of the fee is paid in every third year: f = 900 / (1 − 0.25/3).
	truth, held := 900/(1-0.25/3), 0
	const seeds = 200
	for seed := range uint64(seeds) {
		r := source(seed)
		b := book([]contract.Contract{k}, 120, 1, func(int, int) float64 { return 800 + 200*r.Float64() }, func(int, int, int) (int64, int64) {
			if r.Float64() < 1./3 {
				return 90, 100
			}
			return 100, 100
		})
		if f := b.Price(0, pricing.Terms{Tail: 0.9, Load: 1, Sure: 0.9}, confidence).BreakEven; f.Low <= truth && truth <= f.High {
			held++
		}
	}
	if held < 178 || held > 199 {
		t.Errorf("the interval holds the true fee in %d of %d samples", held, seeds)
	}
}
