package pack

import (
	"math/big"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/reports/table"
)

func plain(s string) string { return strings.ReplaceAll(s, "\u202f", " ") }

// 94.996 % is not 95 %, however it is rounded, and 99.999 % is not all.
func TestAttainmentIsRoundedDown(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		met, judged int64
		want        string
	}{
		{94_996, 100_000, "94.99 %"}, {95_000, 100_000, "95.00 %"}, {99_999, 100_000, "99.99 %"}, {1, 1, "100.00 %"}, {0, 7, "0.00 %"}, {2, 3, "66.66 %"}, {0, 0, "–"},
		{762, 1166, "65.35 %"},
	} {
		if got := plain(attained(row.met, row.judged).Text); got != row.want {
			t.Errorf("%d of %d is %q, want %q", row.met, row.judged, got, row.want)
		}
	}
}

func TestMoneyIsWrittenToTheMinorUnit(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		m    contract.Money
		want string
	}{
		{contract.Money{Minor: 18_000_00, Currency: "USD"}, "18 000.00 USD"}, {contract.Money{Minor: 5, Currency: "USD"}, "0.05 USD"},
		{contract.Money{Minor: -1_234_567, Currency: "JPY"}, "-1 234 567 JPY"}, {contract.Money{Minor: 1_234_567_891, Currency: "KWD"}, "1 234 567.891 KWD"},
		{contract.Money{Minor: 9_007_199_254_740_993, Currency: "EUR"}, "90 071 992 547 409.93 EUR"},
	} {
		if got := plain(money(row.m)); got != row.want {
			t.Errorf("%v is %q, want %q", row.m, got, row.want)
		}
	}
}

// The working of a credit as it is printed: 913 of 1,000 against 95 %.
func TestAWorkingIsPrintedStepByStep(t *testing.T) {
	t.Parallel()
	k := &contract.Contract{
		Name: "acme", Fee: contract.Money{Minor: 18_000_00, Currency: "USD"}, Cap: 250_000,
		Levels: []contract.Level{{Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}
	tallies := contract.NewMeter(k).Tallies()
	tallies[0].Met, tallies[0].Judged = 913, 1000
	due := k.Settle([]contract.Span{{Name: "2026-03"}}, [][]contract.Tally{tallies}).Lines[0]
	written := &table.Table{Columns: make([]table.Column, 11)}
	(&statement{}).settledPeriod(written, &audit.Settlement{Contract: k}, &audit.Line{Span: due.Span, Due: due, Worst: due})
	var got []string
	for _, c := range written.Rows[0] {
		got = append(got, plain(c.Text))
	}
	if s := strings.Join(got, " | "); s != "2026-03 | 1 000 | 913 | 91.30 % | 3.7 pp | 3.7 | 4 | 40 % | at most 25 % | 18 000.00 | 4 500.00" {
		t.Error(s)
	}
}

func TestSharesHaveTheDecimalsThatTheyNeed(t *testing.T) {
	t.Parallel()
	for want, x := range map[string]*big.Rat{"95 %": big.NewRat(95, 100), "0 %": new(big.Rat), "99.95 %": big.NewRat(9995, 10000), "33.3333 %": big.NewRat(1, 3), "100 %": big.NewRat(1, 1)} {
		if got := plain(percent(x)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
