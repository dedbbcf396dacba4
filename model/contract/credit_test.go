package contract_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/contract"
)

// gold is the usual promise: 95 % or 10 % credit for each point below, at most 25 %.
func gold(r contract.Rounding) contract.Contract {
	return contract.Contract{
		Name:   "gold",
		Fee:    contract.Money{Minor: 1_000_000, Currency: "USD"}, // 10,000.00: a percent of it is 100.00
		Target: 950_000,
		Scheme: contract.Scheme{Step: 10_000, Credit: 100_000, Cap: 250_000, Rounding: r},
	}
}

func TestCredit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                  string
		met, judged           int64
		started, full, linear int64 // in minor units
	}{
		{"on target", 95, 100, 0, 0, 0},
		{"above target", 100, 100, 0, 0, 0},
		{"a hair above target", 950_001, 1_000_000, 0, 0, 0},
		{"exactly one step is one step, never two", 94, 100, 100_000, 100_000, 100_000},
		{"exactly one step of a number that floats cannot hold", 47, 50, 100_000, 100_000, 100_000},
		{"exactly two steps", 93, 100, 200_000, 200_000, 200_000},
		{"a hair below target starts a step", 949_999, 1_000_000, 100_000, 0, 10},
		{"a hair below one step starts the second", 939_999, 1_000_000, 200_000, 100_000, 100_010},
		{"a hair short of one step has not filled it", 940_001, 1_000_000, 100_000, 0, 99_990},
		{"a step and a half", 935, 1000, 200_000, 100_000, 150_000},
		{"two and a half steps reach the cap in proportion", 925, 1000, 250_000, 200_000, 250_000},
		{"three steps are capped", 92, 100, 250_000, 250_000, 250_000},
		{"everything missed", 0, 100, 250_000, 250_000, 250_000},
		{"one clock, met", 1, 1, 0, 0, 0},
		{"one clock, missed", 0, 1, 250_000, 250_000, 250_000},
		{"nothing judged, nothing owed", 0, 0, 0, 0, 0},
		// 18/19 is 94.7368 %: 5/19 of a step, 26315.789… minor units.
		{"thirds and nineteenths round to the nearest cent", 18, 19, 100_000, 0, 26_316},
		{"counts beyond 53 bits", 1<<62 - 1, 1 << 62, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for r, want := range map[contract.Rounding]int64{
				contract.Started: tt.started, contract.Full: tt.full, contract.Linear: tt.linear,
			} {
				k := gold(r)
				if got := k.Credit(tt.met, tt.judged); got.Minor != want || got.Currency != "USD" {
					t.Errorf("%v: %d of %d gives %v, want %d minor units", r, tt.met, tt.judged, got, want)
				}
			}
		})
	}
}

// TestEveryExactStep: at each whole point below target, for every number of clocks
// that can say it exactly, the credit is that number of steps in all roundings.
func TestEveryExactStep(t *testing.T) {
	t.Parallel()
	for _, judged := range []int64{100, 200, 700, 1100, 99_900, 1_000_000_007 * 100} {
		for points := int64(0); points <= 2; points++ {
			met := judged / 100 * (95 - points)
			for r := contract.Started; r <= contract.Linear; r++ {
				k := gold(r)
				if got := k.Credit(met, judged).Minor; got != points*100_000 {
					t.Errorf("%v: %d of %d is %d points below and gives %d", r, met, judged, points, got)
				}
			}
		}
	}
}

// TestPublishedFigures computes the binomial case exactly, with rational numbers:
// tickets are independent and met with probability 97 %.
func TestPublishedFigures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tickets           int64
		pay, credit       string // shares of months and of the fee, in percent, as published
		payExact, credit6 string // to six digits, from a separate sum over binomial weights
	}{
		{20, "12.0", "3.00", "11.983802", "2.995951"},
		{100, "8.1", "1.17", "8.083713", "1.173765"},
	} {
		for r := contract.Started; r <= contract.Linear; r++ {
			t.Run(fmt.Sprintf("%d tickets, %v", tt.tickets, r), func(t *testing.T) {
				t.Parallel()
				k := gold(r)
				pay, credit := new(big.Rat), new(big.Rat)
				for met := int64(0); met <= tt.tickets; met++ {
					p := binomial(tt.tickets, met, big.NewRat(97, 100))
					owed := k.Credit(met, tt.tickets)
					if owed.Minor > 0 {
						pay.Add(pay, p)
					}
					credit.Add(credit, p.Mul(p, big.NewRat(owed.Minor, k.Fee.Minor)))
				}
				for _, c := range []struct {
					what        string
					got         *big.Rat
					short, long string
				}{{"months that pay", pay, tt.pay, tt.payExact}, {"mean credit", credit, tt.credit, tt.credit6}} {
					percent := c.got.Mul(c.got, big.NewRat(100, 1))
					decimals := len(c.short) - strings.IndexByte(c.short, '.') - 1
					if got := percent.FloatString(decimals); got != c.short {
						t.Errorf("%s: %s %%, published %s %%", c.what, got, c.short)
					}
					if got := percent.FloatString(6); got != c.long {
						t.Errorf("%s: %s %%, want %s %%", c.what, got, c.long)
					}
				}
			})
		}
	}
}

// binomial is the probability of exactly k successes in n independent trials.
func binomial(n, k int64, p *big.Rat) *big.Rat {
	x := new(big.Rat).SetInt(new(big.Int).Binomial(n, k))
	q := new(big.Rat).Sub(big.NewRat(1, 1), p)
	for range k {
		x.Mul(x, p)
	}
	for range n - k {
		x.Mul(x, q)
	}
	return x
}

func drawContract(r *rapid.T) contract.Contract {
	return contract.Contract{
		Fee: contract.Money{Minor: rapid.OneOf(rapid.Int64Range(0, 100_000), rapid.Int64Range(0, math.MaxInt64/3)).Draw(r, "fee"),
			Currency: "USD"},
		Target: contract.Share(rapid.Int64Range(1, 1_000_000).Draw(r, "target")),
		Period: contract.Period(rapid.IntRange(0, 2).Draw(r, "period")),
		Scheme: contract.Scheme{
			Step:     contract.Share(rapid.Int64Range(1, 1_000_000).Draw(r, "step")),
			Credit:   contract.Share(rapid.Int64Range(0, 1_000_000).Draw(r, "credit")),
			Cap:      contract.Share(rapid.Int64Range(0, 1_000_000).Draw(r, "cap")),
			Rounding: contract.Rounding(rapid.IntRange(0, 2).Draw(r, "rounding")),
		},
	}
}

// TestCreditLaws holds for every contract that Check accepts.
func TestCreditLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		k := drawContract(r)
		if found := k.Check(); len(found) > 0 {
			r.Fatalf("%+v: %v", k, found)
		}
		judged := rapid.OneOf(rapid.Int64Range(1, 50), rapid.Int64Range(1, 1<<40)).Draw(r, "judged")
		met := rapid.Int64Range(0, judged).Draw(r, "met")
		credit := k.Credit(met, judged)

		// The cap, exactly: credit × 1,000,000 ≤ cap × fee.
		fee := k.PeriodFee()
		paid := new(big.Int).Mul(big.NewInt(credit.Minor), big.NewInt(int64(contract.One)))
		limit := new(big.Int).Mul(big.NewInt(fee.Minor), big.NewInt(int64(k.Scheme.Cap)))
		if credit.Minor < 0 || paid.Cmp(limit) > 0 {
			r.Fatalf("%+v: %d of %d gives %v, the cap is %v of %v", k, met, judged, credit, k.Scheme.Cap, fee)
		}
		// Nothing is owed on target.
		onTarget := new(big.Int).Mul(big.NewInt(met), big.NewInt(int64(contract.One))).
			Cmp(new(big.Int).Mul(big.NewInt(judged), big.NewInt(int64(k.Target)))) >= 0
		if onTarget && credit.Minor != 0 {
			r.Fatalf("%+v: %d of %d is on target and gives %v", k, met, judged, credit)
		}
		// One more met clock never costs more.
		if met < judged {
			if better := k.Credit(met+1, judged); better.Minor > credit.Minor {
				r.Fatalf("%+v: %d of %d gives %v, one more met gives %v", k, met, judged, credit, better)
			}
		}
		// Full ≤ Linear ≤ Started.
		by := func(rounding contract.Rounding) int64 {
			k := k
			k.Scheme.Rounding = rounding
			return k.Credit(met, judged).Minor
		}
		if f, l, s := by(contract.Full), by(contract.Linear), by(contract.Started); f > l || l > s {
			r.Fatalf("%+v: %d of %d gives full %d, linear %d, started %d", k, met, judged, f, l, s)
		}
		// Only the ratio of the counts matters.
		if twice := k.Credit(2*met, 2*judged); twice != credit {
			r.Fatalf("%+v: %d of %d gives %v, twice that gives %v", k, met, judged, credit, twice)
		}
	})
}

func TestCapIsNotRoundedUp(t *testing.T) {
	t.Parallel()
	k := gold(contract.Started)
	k.Fee.Minor = 1_003 // 25 % of it is 250.75
	if got := k.Credit(0, 1).Minor; got != 250 {
		t.Errorf("the capped credit is %d, want 250", got)
	}
	k.Scheme.Cap = contract.One
	k.Scheme.Credit = 50_000 // 5 % of it is 50.15, ten steps are 501.5: below the cap to the nearest, halves up
	if got := k.Credit(85, 100).Minor; got != 502 {
		t.Errorf("the credit is %d, want 502", got)
	}
}

func TestCreditOfImpossibleCountsPanics(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]int64{{2, 1}, {-1, 1}, {-2, -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d of %d gave a credit", c[0], c[1])
				}
			}()
			k := gold(contract.Started)
			k.Credit(c[0], c[1])
		}()
	}
}

func TestPeriodFee(t *testing.T) {
	t.Parallel()
	k := contract.Contract{Fee: contract.Money{Minor: 1_800_000, Currency: "USD"}}
	for period, want := range map[contract.Period]int64{contract.Monthly: 1_800_000, contract.Quarterly: 5_400_000, contract.Weekly: 415_385} {
		k.Period = period
		if got := k.PeriodFee().Minor; got != want {
			t.Errorf("%v: %d, want %d", period, got, want)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(*contract.Contract)
		want   string // "" for no complaint
	}{
		{"the usual promise", func(*contract.Contract) {}, ""},
		{"no credit at all", func(k *contract.Contract) { k.Scheme.Credit, k.Scheme.Cap = 0, 0 }, ""},
		{"a promise of everything", func(k *contract.Contract) { k.Target = contract.One }, ""},
		{"a negative fee", func(k *contract.Contract) { k.Fee.Minor = -1 }, "the fee is negative: -0.01 USD"},
		{"a fee that has no quarter", func(k *contract.Contract) { k.Fee.Minor = math.MaxInt64 }, "the fee is too large"},
		{"no target", func(k *contract.Contract) { k.Target = 0 }, "the target must be above 0% and at most 100%, it is 0%"},
		{"a target above everything", func(k *contract.Contract) { k.Target = contract.One + 1 }, "it is 100.0001%"},
		{"no step", func(k *contract.Contract) { k.Scheme.Step = 0 }, "the step must be"},
		{"a negative credit", func(k *contract.Contract) { k.Scheme.Credit = -1 }, "the credit of a step must be"},
		{"a cap above the fee", func(k *contract.Contract) { k.Scheme.Cap = 1_500_000 }, "the cap must be between 0% and 100%, it is 150%"},
		{"an unknown rounding", func(k *contract.Contract) { k.Scheme.Rounding = 9 }, "unknown rounding 9"},
		{"an unknown period", func(k *contract.Contract) { k.Period = 9 }, "unknown period 9"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := gold(contract.Started)
			tt.change(&k)
			found := k.Check()
			if tt.want == "" {
				if len(found) > 0 {
					t.Errorf("complaints: %v", found)
				}
				return
			}
			if len(found) != 1 || !strings.Contains(found[0].Error(), tt.want) {
				t.Errorf("complaints %v, want one that says %q", found, tt.want)
			}
		})
	}
	everything := contract.Contract{Fee: contract.Money{Minor: -1}, Scheme: contract.Scheme{Credit: -1, Cap: -1, Rounding: 7}, Period: 7}
	if found := everything.Check(); len(found) != 7 {
		t.Errorf("%d complaints, want all 7: %v", len(found), found)
	}
}

func TestSchemeInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		scheme contract.Scheme
		want   string
	}{
		{contract.Scheme{Step: 10_000, Credit: 100_000, Cap: 250_000}, "10% of the fee for each started 1% below target, at most 25%"},
		{contract.Scheme{Step: 5_000, Credit: 20_000, Cap: 500_000, Rounding: contract.Full}, "2% of the fee for each full 0.5% below target, at most 50%"},
		{contract.Scheme{Step: 10_000, Credit: 100_000, Cap: contract.One, Rounding: contract.Linear}, "10% of the fee for each 1% below target, parts in proportion, at most the whole fee"},
		{contract.Scheme{Step: 10_000, Cap: 250_000}, "no credit"},
		{contract.Scheme{Step: 10_000, Credit: 100_000}, "no credit"},
	} {
		if got := tt.scheme.String(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestWordsAreReadBack(t *testing.T) {
	t.Parallel()
	for i, name := range contract.RoundingNames() {
		if r, ok := contract.ParseRounding(name); !ok || int(r) != i || r.String() != name {
			t.Errorf("rounding %q is read as %v, %v", name, r, ok)
		}
	}
	for i, name := range contract.PeriodNames() {
		if p, ok := contract.ParsePeriod(name); !ok || int(p) != i || p.String() != name {
			t.Errorf("period %q is read as %v, %v", name, p, ok)
		}
	}
	if _, ok := contract.ParseRounding("half"); ok {
		t.Error("there is no rounding called half")
	}
	if _, ok := contract.ParsePeriod("year"); ok {
		t.Error("there is no period called year")
	}
}

func TestSchemeOfIsAnExactShareOfTheFee(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rounding    contract.Rounding
		met, judged int64
		want        *big.Rat
	}{
		{contract.Linear, 18, 19, big.NewRat(1, 38)}, // 5/19 of a step of 10 %
		{contract.Started, 18, 19, big.NewRat(1, 10)},
		{contract.Full, 18, 19, new(big.Rat)},
		{contract.Started, 0, 19, big.NewRat(1, 4)}, // the cap
		{contract.Started, 0, 0, new(big.Rat)},
	} {
		s := gold(tt.rounding).Scheme
		if got := s.Of(950_000, tt.met, tt.judged); got.Cmp(tt.want) != 0 {
			t.Errorf("%v: %d of %d gives %s, want %s", tt.rounding, tt.met, tt.judged, got.RatString(), tt.want.RatString())
		}
	}
	if got := (contract.Scheme{Credit: 100_000, Cap: contract.One}).Of(950_000, 0, 1); got.Sign() != 0 {
		t.Errorf("without a step the credit is %s", got.RatString())
	}
}
