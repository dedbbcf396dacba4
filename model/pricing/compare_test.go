package pricing_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/pricing"
)

// An alternative that promises 90 % in place of 95 %, on the same clocks: by hand, year by year.
func TestAnAlternativeIsComparedOnTheSameClocks(t *testing.T) {
	t.Parallel()
	met := [][2]int64{{95, 93}, {88, 90}, {99, 97}, {94, 94}}
	milder := steps("milder", 100_000)
	milder.Levels[0].Target = 900_000
	b := book([]contract.Contract{steps("acme", 100_000), milder}, len(met), 2, costs(700), func(y, _, m int) (int64, int64) { return met[y][m], 100 })
	b.Deals[1].Of = 0
	q := pricing.NewQuote(b, pricing.Terms{Tail: 0.5, Load: 0, Sure: 0.95}, confidence)
	if len(q.Deals) != 1 || len(q.Alternatives) != 1 || q.Alternatives[0].Of.Name != "acme" {
		t.Fatalf("%d contracts, %d alternatives", len(q.Deals), len(q.Alternatives))
	}
	a := &q.Alternatives[0]
	// By year 200, 500, 0 and 200 against 0, 200, 0 and 0.
	near(t, "the change of the credits", a.Credits.Value, -(200.+300+0+200)/4, 1e-9)
	near(t, "the alternative's credits", a.Exposure.Credits.Value, 50, 1e-9)
	near(t, "the change of the CVaR", a.CVaR.Value, (200.+0)/2-(500.+200)/2, 1e-9)
	// Without a load the fee is 700 over 2 less the credits in fees: 0.225 and 0.05.
	near(t, "the change of the fee", a.Needed.Value, 700/(2-0.05)-700/(2-0.225), 0.02)
	if !(a.Credits.Low < a.Credits.Value && a.Credits.Value < a.Credits.High) {
		t.Errorf("the interval is %v to %v", a.Credits.Low, a.Credits.High)
	}
	near(t, "the credits of the book", q.Whole.Credits.Value, 225, 1e-9)
}

func TestAnAlternativeThatSaysTheSameChangesNothing(t *testing.T) {
	t.Parallel()
	b := book([]contract.Contract{steps("acme", 100_000), steps("again", 100_000)}, 5, 3, costs(300), func(y, _, m int) (int64, int64) { return int64(90 + y + m), 100 })
	b.Deals[1].Of = 0
	a := pricing.NewQuote(b, pricing.Terms{Tail: 0.9, Load: 1, Sure: 0.95}, confidence).Alternatives[0]
	for what, x := range map[string]float64{"credits": a.Credits.Value, "CVaR": a.CVaR.Value, "fee": a.Needed.Value} {
		if x != 0 || math.IsNaN(x) {
			t.Errorf("the change of %s is %v", what, x)
		}
	}
}
