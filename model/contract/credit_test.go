package contract_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/contract"
)

// gold is the usual promise: 95 % or 10 % credit for each point below, at most 25 %.
func gold(r contract.Rounding) contract.Contract {
	return contract.Contract{
		Name:   "gold",
		Fee:    contract.Money{Minor: 1_000_000, Currency: "USD"}, // 10,000.00: a percent of it is 100.00
		Levels: []contract.Level{{Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000, Rounding: r}}},
		Cap:    250_000,
	}
}

// credit is what a contract of one level pays for one period.
func credit(k *contract.Contract, met, judged int64) contract.Money {
	tallies := contract.NewMeter(k).Tallies()
	tallies[0].Met, tallies[0].Judged = met, judged
	return k.Settle([]contract.Span{{Name: "2026-11"}}, [][]contract.Tally{tallies}).Lines[0].Credit
}

// steps changes the scheme of a contract of one level.
func steps(k *contract.Contract, change func(*contract.Steps)) {
	s := k.Levels[0].Scheme.(contract.Steps)
	change(&s)
	k.Levels[0].Scheme = s
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
				if got := credit(&k, tt.met, tt.judged); got.Minor != want || got.Currency != "USD" {
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
				if got := credit(&k, met, judged).Minor; got != points*100_000 {
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
				pay, mean := new(big.Rat), new(big.Rat)
				for met := int64(0); met <= tt.tickets; met++ {
					p := binomial(tt.tickets, met, big.NewRat(97, 100))
					owed := credit(&k, met, tt.tickets)
					if owed.Minor > 0 {
						pay.Add(pay, p)
					}
					mean.Add(mean, p.Mul(p, big.NewRat(owed.Minor, k.Fee.Minor)))
				}
				for _, c := range []struct {
					what        string
					got         *big.Rat
					short, long string
				}{{"months that pay", pay, tt.pay, tt.payExact}, {"mean credit", mean, tt.credit, tt.credit6}} {
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
		Fee: contract.Money{Minor: rapid.OneOf(rapid.Int64Range(0, 100_000), rapid.Int64Range(0, math.MaxInt64/12)).Draw(r, "fee"),
			Currency: "USD"},
		Period: contract.Period(rapid.IntRange(0, 3).Draw(r, "period")),
		Cap:    contract.Share(rapid.Int64Range(0, 1_000_000).Draw(r, "cap")),
		Levels: []contract.Level{{
			Target: contract.Share(rapid.Int64Range(1, 1_000_000).Draw(r, "target")),
			Scheme: contract.Steps{
				Step:     contract.Share(rapid.Int64Range(1, 1_000_000).Draw(r, "step")),
				Credit:   contract.Share(rapid.Int64Range(0, 1_000_000).Draw(r, "credit")),
				Rounding: contract.Rounding(rapid.IntRange(0, 2).Draw(r, "rounding")),
			},
		}},
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
		paid := credit(&k, met, judged)

		// The cap, exactly: credit × 1,000,000 ≤ cap × fee.
		fee := k.PeriodFee()
		scaled := new(big.Int).Mul(big.NewInt(paid.Minor), big.NewInt(int64(contract.One)))
		limit := new(big.Int).Mul(big.NewInt(fee.Minor), big.NewInt(int64(k.Cap)))
		if paid.Minor < 0 || scaled.Cmp(limit) > 0 {
			r.Fatalf("%+v: %d of %d gives %v, the cap is %v of %v", k, met, judged, paid, k.Cap, fee)
		}
		// Nothing is owed on target.
		onTarget := new(big.Int).Mul(big.NewInt(met), big.NewInt(int64(contract.One))).
			Cmp(new(big.Int).Mul(big.NewInt(judged), big.NewInt(int64(k.Levels[0].Target)))) >= 0
		if onTarget && paid.Minor != 0 {
			r.Fatalf("%+v: %d of %d is on target and gives %v", k, met, judged, paid)
		}
		// One more met clock never costs more.
		if met < judged {
			if better := credit(&k, met+1, judged); better.Minor > paid.Minor {
				r.Fatalf("%+v: %d of %d gives %v, one more met gives %v", k, met, judged, paid, better)
			}
		}
		// Full ≤ Linear ≤ Started.
		by := func(rounding contract.Rounding) int64 {
			k := k
			k.Levels = slices.Clone(k.Levels)
			steps(&k, func(s *contract.Steps) { s.Rounding = rounding })
			return credit(&k, met, judged).Minor
		}
		if f, l, s := by(contract.Full), by(contract.Linear), by(contract.Started); f > l || l > s {
			r.Fatalf("%+v: %d of %d gives full %d, linear %d, started %d", k, met, judged, f, l, s)
		}
		// Only the ratio of the counts matters.
		if twice := credit(&k, 2*met, 2*judged); twice != paid {
			r.Fatalf("%+v: %d of %d gives %v, twice that gives %v", k, met, judged, paid, twice)
		}
	})
}

func TestCapIsNotRoundedUp(t *testing.T) {
	t.Parallel()
	k := gold(contract.Started)
	k.Fee.Minor = 1_003 // 25 % of it is 250.75
	if got := credit(&k, 0, 1).Minor; got != 250 {
		t.Errorf("the capped credit is %d, want 250", got)
	}
	k.Cap = contract.One
	steps(&k, func(s *contract.Steps) { s.Credit = 50_000 }) // 5 % of it is 50.15, ten steps are 501.5: below the cap to the nearest, halves up
	if got := credit(&k, 85, 100).Minor; got != 502 {
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
			credit(&k, c[0], c[1])
		}()
	}
}

func TestPeriodFee(t *testing.T) {
	t.Parallel()
	k := contract.Contract{Fee: contract.Money{Minor: 1_800_000, Currency: "USD"}}
	for period, want := range map[contract.Period]int64{contract.Monthly: 1_800_000, contract.Quarterly: 5_400_000, contract.Yearly: 21_600_000, contract.Weekly: 415_385} {
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
		{"no credit at all", func(k *contract.Contract) { k.Cap = 0; steps(k, func(s *contract.Steps) { s.Credit = 0 }) }, ""},
		{"a promise of everything", func(k *contract.Contract) { k.Levels[0].Target = contract.One }, ""},
		{"a negative fee", func(k *contract.Contract) { k.Fee.Minor = -1 }, "fee: the fee must not be negative, it is -0.01 USD"},
		{"a fee that has no year", func(k *contract.Contract) { k.Fee.Minor = math.MaxInt64 / 11 }, "fee: the fee is too large"},
		{"no target", func(k *contract.Contract) { k.Levels[0].Target = 0 }, "promise: the target must be above 0% and at most 100%, it is 0%"},
		{"a target above everything", func(k *contract.Contract) { k.Levels[0].Target = contract.One + 1 }, "it is 100.0001%"},
		{"no step", func(k *contract.Contract) { steps(k, func(s *contract.Steps) { s.Step = 0 }) }, "credit: the step must be"},
		{"a negative credit", func(k *contract.Contract) { steps(k, func(s *contract.Steps) { s.Credit = -1 }) }, "credit: the credit must be"},
		{"a cap above the fee", func(k *contract.Contract) { k.Cap = 1_500_000 }, "cap: the cap must be between 0% and 100%, it is 150%"},
		{"an unknown rounding", func(k *contract.Contract) { steps(k, func(s *contract.Steps) { s.Rounding = 9 }) }, "unknown rounding 9"},
		{"an unknown period", func(k *contract.Contract) { k.Period = 9 }, "per: unknown period 9"},
		{"nothing promised", func(k *contract.Contract) { k.Levels = nil }, "levels: there are no service levels"},
		{"a mean without a limit", func(k *contract.Contract) {
			k.Levels[0] = contract.Level{Measure: contract.Mean, Scheme: contract.Flat{Credit: 1}}
		}, "promise: the limit must be above 0s"},
		{"no scheme", func(k *contract.Contract) { k.Levels[0].Scheme = nil }, "credit: it is not said what a miss costs"},
		{"bands that rise", func(k *contract.Contract) {
			k.Levels[0].Scheme = contract.Bands{Bands: []contract.Rate{{Below: 900_000, Credit: 1}, {Below: 940_000, Credit: 2}}}
		}, "credit: bands of attainment must fall from the target 95%: 94%"},
		{"a worse band that costs less", func(k *contract.Contract) {
			k.Levels[0].Scheme = contract.Bands{Bands: []contract.Rate{{Below: 900_000, Credit: 200_000}, {Below: 800_000, Credit: 100_000}}}
		}, "credit: what is worse must not cost less: 10% after 20%"},
		{"late clocks from nought", func(k *contract.Contract) { k.Levels[0].Scheme = contract.Counts{Counts: []contract.Rate{{Credit: 1}}} },
			"credit: numbers of late clocks must rise from 1: 0"},
		{"a pool without parts", func(k *contract.Contract) { k.Pool = 100_000 }, "allocation: a level has a part of the pool if, and only if, there is one"},
		{"a part without a pool", func(k *contract.Contract) { k.Levels[0].Allocation = 100_000 }, "allocation: a level has a part"},
		{"points that cost nothing", func(k *contract.Contract) {
			k.Levels[0].Scheme = contract.Counts{Counts: []contract.Rate{{From: 1, Points: 2}}}
		}, "points: levels give points, but it is not said what points cost"},
		{"points that nobody gives", func(k *contract.Contract) { k.Points = []contract.Rate{{From: 1, Credit: 1}} }, "points: no level gives points"},
		{"a window of one", func(k *contract.Contract) {
			k.Levels[0].Repeats = contract.Repeats{Window: 1, Credits: []contract.Share{1}}
		},
			"repeats: the window of repeats must be at least 2"},
		{"repeats that get cheaper", func(k *contract.Contract) {
			k.Levels[0].Repeats = contract.Repeats{Window: 3, Credits: []contract.Share{2, 1}}
		},
			"repeats: a further miss must not cost less"},
		{"an earn-back below target", func(k *contract.Contract) { k.Levels[0].EarnBack = contract.EarnBack{Periods: 1, Target: 940_000} },
			"earn_back: the target to earn a credit back, 94%, is below that of the level, 95%"},
		{"an exit that cannot be", func(k *contract.Contract) { k.Exit = contract.Exit{Misses: 3, Periods: 2} }, "exit: 3 misses cannot happen within 2 periods"},
		{"penalties that begin late", func(k *contract.Contract) {
			k.Levels[0].Scheme = contract.PerTicket{Penalties: []contract.Penalty{{Late: time.Hour}}}
		}, "credit: the first penalty must be for whatever is late, it begins at 1h0m0s"},
		{"penalties of a mean", func(k *contract.Contract) {
			k.Levels[0] = contract.Level{Measure: contract.Mean, Within: 1, Scheme: contract.PerDelay{Stretch: 1}}
		}, "credit: penalties of single tickets are of a share of clocks"},
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
			if len(found) != 1 || !strings.Contains(found[0].Field+": "+found[0].Text, tt.want) {
				t.Errorf("complaints %v, want one that says %q", found, tt.want)
			}
		})
	}
	everything := contract.Contract{Fee: contract.Money{Minor: -1}, Cap: -1, Period: 7, Levels: []contract.Level{{Scheme: contract.Steps{Credit: -1, Rounding: 7}}}}
	if found := everything.Check(); len(found) != 7 {
		t.Errorf("%d complaints, want all 7: %v", len(found), found)
	}
}

func TestSchemesInWords(t *testing.T) {
	t.Parallel()
	usd := func(minor int64) contract.Money { return contract.Money{Minor: minor, Currency: "USD"} }
	for _, tt := range []struct {
		scheme contract.Scheme
		want   string
	}{
		{contract.Steps{Step: 10_000, Credit: 100_000}, "10% of the fee for each started 1% below target"},
		{contract.Steps{Step: 5_000, Credit: 20_000, Rounding: contract.Full}, "2% of the fee for each full 0.5% below target"},
		{contract.Steps{Step: 10_000, Credit: contract.One, Rounding: contract.Linear}, "the whole fee for each 1% below target, parts in proportion"},
		{contract.Steps{Step: 10_000, Credit: 100_000, Relative: true}, "10% of the fee for each started 1% of the target below it"},
		{contract.Steps{Stretch: 30 * time.Minute, Credit: 50_000}, "5% of the fee for each started 30m above"},
		{contract.Steps{Step: 10_000}, "no credit"},
		{contract.Flat{Credit: 100_000}, "10% of the fee when missed"},
		{contract.Flat{}, "no credit"},
		{contract.Bands{Bands: []contract.Rate{{Below: 999_000, Credit: 100_000}, {Below: 990_000, Credit: 250_000}, {Below: 950_000, Credit: contract.One}}},
			"of the fee 10% below 99.9%, 25% below 99%, 100% below 95%"},
		{contract.Bands{Bands: []contract.Rate{{Above: 8 * time.Hour, Credit: 50_000}, {Above: 90 * time.Minute, Credit: 50_000}}}, "of the fee 5% above 8h, 5% above 1h30m"},
		{contract.Counts{Counts: []contract.Rate{{From: 1, Points: 1}, {From: 3, Points: 4}}}, "1 point from 1 late, 4 points from 3 late"},
		{contract.PerTicket{Penalties: []contract.Penalty{{Amount: usd(5000)}, {Late: 8 * time.Hour, Amount: usd(20000)}}},
			"50.00 USD for each that is late, 200.00 USD if by more than 8h"},
		{contract.PerDelay{Amount: usd(2000), Stretch: time.Hour, Most: usd(50000)}, "20.00 USD for each started 1h that a ticket is late, at most 500.00 USD"},
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
	if _, ok := contract.ParsePeriod("day"); ok {
		t.Error("there is no period called day")
	}
}
