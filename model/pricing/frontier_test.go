package pricing_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/pricing"
)

// plan is a desk of some cost with a contract and a stricter one that brings a higher fee: of four years the worst
// attains less.
func plan(name string, cost float64, met [4]int64) *pricing.Book {
	strict := steps("strict", 200_000)
	strict.Levels[0].Target = 980_000
	b := book([]contract.Contract{steps("acme", 100_000), strict}, 4, 1, costs(cost/2), func(y, _, _ int) (int64, int64) { return met[y], 100 })
	b.Scenario, b.Deals[1].Of = name, 0
	return b
}

// Two plans, two promises: by hand.
func TestTheFrontierHoldsWhatNoOtherCombinationBeats(t *testing.T) {
	t.Parallel()
	all := pricing.Combine([]*pricing.Book{plan("few", 500, [4]int64{95, 96, 94, 93}), plan("many", 900, [4]int64{100, 100, 99, 98})},
		pricing.Terms{Tail: 0.5, Load: 1, Sure: 0.95}, confidence)
	want := []struct {
		name                         string
		fees, credits, outlay, above float64
		efficient                    bool
	}{
		// 94 is a step short of 95, 93 two: 100 and 200 of a fee of 1000. Of 98 all are two or more short: 500 (the cap), 400, 500, 500.
		{"few", 1000, 75, 575, 0, true},
		{"few, strict", 2000, 475, 975, 400, false},
		{"many", 1000, 0, 900, 325, false},
		{"many, strict", 2000, 0, 900, 325, true},
	}
	if len(all) != len(want) {
		t.Fatalf("%d combinations", len(all))
	}
	for i, w := range want {
		c := &all[i]
		if c.Name() != w.name || c.Efficient != w.efficient || c.Fees != w.fees {
			t.Errorf("%s brings %v, efficient %v; want %+v", c.Name(), c.Fees, c.Efficient, w)
		}
		near(t, w.name+": credits", c.Credits.Value, w.credits, 1e-9)
		near(t, w.name+": outlay", c.Outlay.Value, w.outlay, 1e-9)
		near(t, w.name+": outlay above the first", c.Against.Value, w.above, 1e-9)
	}
	near(t, "the worse half of the first", all[0].Tail.Value, 500+150, 1e-9)
}

func TestTheCheapestChangeIsThatWhichPaysForItself(t *testing.T) {
	t.Parallel()
	base := func(cost float64, met func(y int) int64) *pricing.Book {
		return book([]contract.Contract{steps("acme", 1_000_000)}, 40, 1, costs(cost), func(y, _, _ int) (int64, int64) { return met(y), 100 })
	}
	b := base(5000, func(y int) int64 { return int64(92 + y%2) }) // pays 2500 and 2000
	changes := []pricing.Change{
		{Team: "dear", Heads: 1}, {Team: "cheap", Heads: 1}, {Team: "vain", Heads: 1}, {Team: "thrift", Heads: -1},
	}
	changes = b.Staff(changes, []*pricing.Book{
		base(6800, func(int) int64 { return 95 }),                // 1800 for 2250
		base(5900, func(y int) int64 { return int64(93 + y%2) }), // 900 for 2250 − 1500
		base(5300, func(y int) int64 { return int64(92 + y%2) }), // 300 for nothing
		base(4900, func(y int) int64 { return int64(91 + y%2) }), // saves 100 and costs 250
	}, confidence)
	near(t, "what the dear one costs", changes[0].Cost.Value, 1800, 1e-9)
	near(t, "what the dear one does to credits", changes[0].Credits.Value, -2250, 1e-9)
	near(t, "what the dear one wins", changes[0].Net.Value, 450, 1e-9)
	near(t, "what the cheap one wins", changes[1].Net.Value, -150, 1e-9)
	near(t, "what thrift wins", changes[3].Net.Value, -150, 1e-9)
	if c := pricing.Cheapest(changes); c == nil || c.Team != "dear" {
		t.Errorf("the cheapest that pays is %+v", c)
	}
	if c := pricing.Best(changes); c == nil || c.Team != "dear" {
		t.Errorf("the best is %+v", c)
	}
	if c := pricing.Nearest(changes[1:]); c == nil || c.Team != "cheap" {
		t.Errorf("the nearest is %+v", c)
	}
	if c := pricing.Cheapest(changes[1:]); c != nil {
		t.Errorf("%+v pays for itself", c)
	}
	if !changes[2].Loses() || changes[2].Pays() || !changes[0].Pays() {
		t.Error("what pays and what does not is mistaken")
	}
}
