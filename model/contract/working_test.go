package contract

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// By hand: 91.3 % against 95 % is 3.7 points short, of which four have started: 40 % of
// 18 000 USD, which is 7 200 USD. With 88 of 100 there are seven points: 70 %, of which the cap leaves 50 %.
func TestAWorkingCanBeCheckedByHand(t *testing.T) {
	t.Parallel()
	k := &Contract{
		Name: "acme", Fee: Money{18_000_00, "USD"}, Cap: One,
		Levels: []Level{{Target: 950_000, Scheme: Steps{Step: 10_000, Credit: 100_000}, Cap: 500_000}},
	}
	for _, row := range []struct {
		met, judged                  int64
		short, steps, counted, share string
		capped                       bool
		credit                       string
	}{
		{913, 1000, "37/1000", "37/10", "4", "2/5", false, "7200.00 USD"},
		{88, 100, "7/100", "7", "7", "7/10", true, "9000.00 USD"},
		{95, 100, "0", "0", "0", "0", false, "0.00 USD"},
		{0, 0, "0", "0", "0", "0", false, "0.00 USD"},
	} {
		w := k.work(&k.Levels[0], &Tally{Met: row.met, Judged: row.judged}, 1)
		for what, pair := range map[string][2]string{
			"shortfall": {w.Shortfall.RatString(), row.short}, "steps": {w.Steps.RatString(), row.steps},
			"counted": {w.Counted.RatString(), row.counted}, "share": {w.Share.RatString(), row.share},
			"credit": {w.Credit.String(), row.credit}, "fee": {w.Fee.String(), "18000.00 USD"},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%d of %d: %s is %s, want %s", row.met, row.judged, what, pair[0], pair[1])
			}
		}
		if w.Capped != row.capped {
			t.Errorf("%d of %d: capped is %v", row.met, row.judged, w.Capped)
		}
	}
}

// Whoever follows the steps comes to the credit, to the minor unit.
func TestAWorkingComesToTheCredit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		share := func(name string, low int64) Share { return Share(rapid.Int64Range(low, int64(One)).Draw(t, name)) }
		k := &Contract{
			Name: "any", Fee: Money{rapid.Int64Range(0, 1e9).Draw(t, "fee"), "EUR"}, Cap: One,
			Period: Period(rapid.IntRange(0, 3).Draw(t, "period")),
			Levels: []Level{{Target: share("target", 1), Cap: share("cap", 1),
				Scheme: Steps{Step: share("step", 1), Credit: share("credit", 0), Rounding: Rounding(rapid.IntRange(0, 2).Draw(t, "rounding"))}}},
		}
		judged := rapid.Int64Range(0, 5000).Draw(t, "judged")
		w := k.work(&k.Levels[0], &Tally{Met: rapid.Int64Range(0, judged).Draw(t, "met"), Judged: judged}, 1)
		owed := w.Share
		if most := k.Levels[0].Cap.Rat(); owed.Cmp(most) > 0 {
			owed = most
		}
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(w.Fee.Minor), owed)
		off := exact.Sub(exact, new(big.Rat).SetInt64(w.Credit.Minor))
		// Half a unit by rounding, and less than one where the cap is rounded down.
		if off.Abs(off); off.Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("%+v is %s of a minor unit off", w, off)
		}
	})
}
