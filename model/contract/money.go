package contract

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Money is an exact amount: an integer count of minor units of a currency. The
// minor unit is the smallest that ISO 4217 knows: cents for USD, the yen itself for
// JPY, fils (thousandths) for KWD.
//
// Whatever must be rounded to a minor unit is rounded to the nearest, halves away
// from zero, as invoices are. Where a limit binds (a credit under its cap) the limit
// itself is rounded down, so that rounding never pays more than was promised.
type Money struct {
	Minor    int64
	Currency string // ISO 4217 code, such as USD
}

// exponents holds the currencies whose minor unit is not a hundredth (ISO 4217,
// list one, 2024). All others have two digits.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0,
	"PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// Digits is the number of decimal digits that amounts of the currency have.
func Digits(currency string) int {
	if n, ok := exponents[currency]; ok {
		return n
	}
	return 2
}

// IsCurrency reports whether code has the form of an ISO 4217 code: three capital letters.
func IsCurrency(code string) bool {
	if len(code) != 3 {
		return false
	}
	for _, c := range []byte(code) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// Digits is the number of decimal digits that amounts of m's currency have.
func (m Money) Digits() int { return Digits(m.Currency) }

// Float is the amount in whole units of the currency, for statistics and charts.
// It is the nearest float64; below 2^53 minor units no two amounts share one.
func (m Money) Float() float64 { return float64(m.Minor) / math.Pow10(m.Digits()) }

// String writes all decimal digits of the currency: 18000.00 USD, 18000 JPY,
// -0.500 KWD. ParseMoney reads it back.
func (m Money) String() string {
	// Minus the smallest int64 is out of range as an int64, so the digits come
	// from the unsigned magnitude.
	digits := strconv.FormatUint(magnitude(m.Minor), 10)
	n := m.Digits()
	if pad := n + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	if n > 0 {
		digits = digits[:len(digits)-n] + "." + digits[len(digits)-n:]
	}
	if m.Minor < 0 {
		digits = "-" + digits
	}
	if m.Currency == "" {
		return digits
	}
	return digits + " " + m.Currency
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// ParseMoney reads an amount and its currency: "18000 USD", "18 000.50 USD",
// "-3.5 KWD". The decimal mark is a point. Groups of three digits may be set apart
// by single spaces, never by commas or points, since 18.000 means eighteen
// to some readers and eighteen thousand to others. It is an error to write more
// decimal digits than the currency has, or an amount beyond 64 bits of minor units.
func ParseMoney(s string) (Money, error) {
	text := strings.TrimSpace(s)
	cut := strings.LastIndexByte(text, ' ')
	if cut < 0 || !IsCurrency(text[cut+1:]) {
		return Money{}, fmt.Errorf("%q is not an amount of money: want a number, a space and a currency code, such as 18000 USD", s)
	}
	m := Money{Currency: text[cut+1:]}
	number := strings.TrimRight(text[:cut], " ")
	negative := strings.HasPrefix(number, "-")
	whole, fraction, point := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	whole, ok := ungroup(whole)
	switch {
	case strings.ContainsRune(number, ','):
		return Money{}, fmt.Errorf("%q: a comma in an amount is ambiguous: write 18000.50 %s", s, m.Currency)
	case !ok || point && !allDigits(fraction):
		return Money{}, fmt.Errorf("%q: %q is not a number", s, number)
	case len(fraction) > m.Digits():
		return Money{}, fmt.Errorf("%q: %s has %s", s, m.Currency, decimals(m.Digits()))
	}
	digits := whole + fraction + strings.Repeat("0", m.Digits()-len(fraction))
	if negative {
		digits = "-" + digits
	}
	minor, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Money{}, fmt.Errorf("%q: the amount is too large", s)
	}
	m.Minor = minor
	return m, nil
}

func decimals(n int) string {
	switch n {
	case 0:
		return "no decimal digits"
	default:
		return fmt.Sprintf("only %d decimal digits", n)
	}
}

// ungroup removes the spaces from "18 000", and reports whether s is a number at
// all: digits, and if there are spaces, then before every three.
func ungroup(s string) (string, bool) {
	groups := strings.Split(s, " ")
	for i, g := range groups {
		if !allDigits(g) || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// Plus is the sum. It is an error to add different currencies, or to leave the
// range of 64 bits.
func (m Money) Plus(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, fmt.Errorf("cannot add %v to %v: different currencies", o, m)
	}
	sum := m.Minor + o.Minor
	// Overflow turns the sign: two summands of one sign, a sum of the other.
	if (m.Minor^sum)&(o.Minor^sum) < 0 {
		return Money{}, fmt.Errorf("%v and %v add up to more than 64 bits hold", m, o)
	}
	return Money{sum, m.Currency}, nil
}

// Times is the amount times an exact ratio, rounded to the nearest minor unit,
// halves away from zero. It is an error to leave the range of 64 bits.
func (m Money) Times(ratio *big.Rat) (Money, error) {
	exact := new(big.Rat).Mul(new(big.Rat).SetInt64(m.Minor), ratio)
	minor := nearest(exact)
	if !minor.IsInt64() {
		return Money{}, fmt.Errorf("%v × %s is more than 64 bits hold", m, ratio.RatString())
	}
	return Money{minor.Int64(), m.Currency}, nil
}

// nearest rounds to an integer, halves away from zero.
func nearest(x *big.Rat) *big.Int {
	// ⌊(2|n| + d) / 2d⌋ with the sign of n.
	num := new(big.Int).Abs(x.Num())
	num.Lsh(num, 1).Add(num, x.Denom())
	num.Quo(num, new(big.Int).Lsh(x.Denom(), 1))
	if x.Sign() < 0 {
		num.Neg(num)
	}
	return num
}

// down rounds to an integer towards zero.
func down(x *big.Rat) *big.Int { return new(big.Int).Quo(x.Num(), x.Denom()) }
