package contract_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/contract"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want contract.Money
		out  string // how it is written; "" for as it was read
	}{
		{"18000 USD", contract.Money{Minor: 1_800_000, Currency: "USD"}, "18000.00 USD"},
		{"18000.50 USD", contract.Money{Minor: 1_800_050, Currency: "USD"}, ""},
		{"  18 000.5   USD ", contract.Money{Minor: 1_800_050, Currency: "USD"}, "18000.50 USD"},
		{"1 234 567 EUR", contract.Money{Minor: 123_456_700, Currency: "EUR"}, "1234567.00 EUR"},
		{"18000 JPY", contract.Money{Minor: 18_000, Currency: "JPY"}, ""},
		{"3.5 KWD", contract.Money{Minor: 3_500, Currency: "KWD"}, "3.500 KWD"},
		{"-0.005 KWD", contract.Money{Minor: -5, Currency: "KWD"}, ""},
		{"0.07 GBP", contract.Money{Minor: 7, Currency: "GBP"}, ""},
		{"-1.20 CHF", contract.Money{Minor: -120, Currency: "CHF"}, ""},
		{"1.2345 CLF", contract.Money{Minor: 12_345, Currency: "CLF"}, ""},
		{"92233720368547758.07 USD", contract.Money{Minor: math.MaxInt64, Currency: "USD"}, ""},
		{"-9223372036854775808 JPY", contract.Money{Minor: math.MinInt64, Currency: "JPY"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := contract.ParseMoney(tt.text)
			if err != nil || got != tt.want {
				t.Fatalf("got %+v, %v, want %+v", got, err, tt.want)
			}
			out := tt.out
			if out == "" {
				out = tt.text
			}
			if got.String() != out {
				t.Errorf("written as %q, want %q", got.String(), out)
			}
		})
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "is not an amount"},
		{"no currency", "18000", "is not an amount"},
		{"a currency alone", "USD", "is not an amount"},
		{"a currency in small letters", "18000 usd", "is not an amount"},
		{"a sign for a currency", "18000 $", "is not an amount"},
		{"the currency stuck to the number", "18000USD", "is not an amount"},
		{"a comma that may be either", "18,000 USD", "comma"},
		{"a point that must be decimal", "18.000 USD", "only 2 decimal digits"},
		{"cents of a yen", "18000.5 JPY", "no decimal digits"},
		{"a fourth digit of a dinar", "1.2345 KWD", "only 3 decimal digits"},
		{"groups of other than three", "1 8000 USD", "not a number"},
		{"a long first group", "1800 000 USD", "not a number"},
		{"two spaces in a number", "18  000 USD", "not a number"},
		{"no digits before the point", ".5 USD", "not a number"},
		{"no digits after the point", "5. USD", "not a number"},
		{"two points", "1.2.3 KWD", "not a number"},
		{"two signs", "--5 USD", "not a number"},
		{"a plus", "+5 USD", "not a number"},
		{"an exponent", "1e3 USD", "not a number"},
		{"digits of another script", "١٢ USD", "not a number"},
		{"a cent beyond 64 bits", "92233720368547758.08 USD", "too large"},
		{"far too much", strings.Repeat("9", 400) + " USD", "too large"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := contract.ParseMoney(tt.text)
			if err == nil {
				t.Fatalf("%q was read as %v", tt.text, got)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q does not say %q", err, tt.want)
			}
		})
	}
}

func TestMoneyRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		m := contract.Money{Minor: rapid.Int64().Draw(r, "minor"),
			Currency: rapid.SampledFrom([]string{"USD", "JPY", "KWD", "CLF", "XXX"}).Draw(r, "currency")}
		got, err := contract.ParseMoney(m.String())
		if err != nil || got != m {
			r.Fatalf("%+v was written %q and read as %+v, %v", m, m.String(), got, err)
		}
	})
}

func TestMoneyFloatIsInWholeUnits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		m    contract.Money
		want float64
	}{
		{contract.Money{Minor: 123_456, Currency: "USD"}, 1234.56},
		{contract.Money{Minor: 123_456, Currency: "JPY"}, 123456},
		{contract.Money{Minor: 123_456, Currency: "KWD"}, 123.456},
	} {
		if got := tt.m.Float(); got != tt.want {
			t.Errorf("%v is %v, want %v", tt.m, got, tt.want)
		}
	}
}

func TestMoneyPlus(t *testing.T) {
	t.Parallel()
	usd := func(minor int64) contract.Money { return contract.Money{Minor: minor, Currency: "USD"} }
	for _, tt := range []struct {
		name string
		a, b contract.Money
		want int64
		ok   bool
	}{
		{"a sum", usd(150), usd(275), 425, true},
		{"opposite signs never overflow", usd(math.MaxInt64), usd(math.MinInt64), -1, true},
		{"up to the limit", usd(math.MaxInt64 - 1), usd(1), math.MaxInt64, true},
		{"beyond the limit", usd(math.MaxInt64), usd(1), 0, false},
		{"beyond the lower limit", usd(math.MinInt64), usd(-1), 0, false},
		{"two currencies", usd(1), contract.Money{Minor: 1, Currency: "EUR"}, 0, false},
	} {
		got, err := tt.a.Plus(tt.b)
		if (err == nil) != tt.ok || tt.ok && got != usd(tt.want) {
			t.Errorf("%s: got %v, %v", tt.name, got, err)
		}
	}
}

func TestMoneyTimesRoundsHalvesAwayFromZero(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ minor, num, den, want int64 }{
		{1, 1, 2, 1}, {3, 1, 2, 2}, {-1, 1, 2, -1}, {-3, 1, 2, -2}, {1, -1, 2, -1},
		{1, 1, 3, 0}, {2, 1, 3, 1}, {-2, 1, 3, -1}, {7, 0, 1, 0},
		{1_800_000, 12, 52, 415_385},               // 415384.615…
		{math.MaxInt64, 1, 1, math.MaxInt64},       // no float64 on the way
		{math.MaxInt64 - 1, 1, 2, 1<<62 - 1},       // exact half of an even number
		{math.MinInt64, 1, 1, math.MinInt64},       // the one that has no opposite
		{math.MaxInt64, 2, 3, 6148914691236517205}, // 6148914691236517204.67
	} {
		got, err := contract.Money{Minor: tt.minor, Currency: "USD"}.Times(big.NewRat(tt.num, tt.den))
		if err != nil || got.Minor != tt.want {
			t.Errorf("%d × %d/%d = %d, %v, want %d", tt.minor, tt.num, tt.den, got.Minor, err, tt.want)
		}
	}
	if got, err := (contract.Money{Minor: math.MaxInt64, Currency: "USD"}).Times(big.NewRat(3, 1)); err == nil {
		t.Errorf("three times the largest amount is %v", got)
	}
}

func TestParseShare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want contract.Share
		out  string
	}{
		{"95%", 950_000, "95%"}, {" 99.95 % ", 999_500, "99.95%"}, {"0.0001%", 1, "0.0001%"},
		{"100%", contract.One, "100%"}, {"0%", 0, "0%"}, {"-2.5%", -25_000, "-2.5%"}, {"7.0%", 70_000, "7%"}, {"250%", 2_500_000, "250%"},
	} {
		got, err := contract.ParseShare(tt.text)
		if err != nil || got != tt.want || got.String() != tt.out {
			t.Errorf("%q: got %d, %v, written %q; want %d, written %q", tt.text, got, err, got.String(), tt.want, tt.out)
		}
	}
	for _, text := range []string{"", "%", "95", "0.95", "95 percent", "95.00001%", "9,5%", "1e2%", ".5%", "5.%", "--5%", "99999999999999999999%"} {
		if got, err := contract.ParseShare(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

// FuzzParseMoney: no input panics, and what is read is written and read again.
func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"18000 USD", "-0.005 KWD", "1 234 JPY", "1,2 USD", " . EUR", "92233720368547758.08 USD"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := contract.ParseMoney(text)
		if err != nil {
			return
		}
		if again, err := contract.ParseMoney(m.String()); err != nil || again != m {
			t.Errorf("%q is %+v, written %q, read as %+v, %v", text, m, m.String(), again, err)
		}
	})
}
