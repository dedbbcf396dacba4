package contract

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// One is the whole: 100 %.
const One Share = 1_000_000

// Float is the share as a fraction: 0.95 for 95 %.
func (s Share) Float() float64 { return float64(s) / float64(One) }

// Rat is the share as an exact fraction.
func (s Share) Rat() *big.Rat { return big.NewRat(int64(s), int64(One)) }

// String writes the share in percent with as many digits as it needs: 95%, 99.95%.
func (s Share) String() string {
	digits := strconv.FormatUint(magnitude(int64(s)), 10)
	if pad := 5 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - 4
	text := digits[:cut]
	if fraction := strings.TrimRight(digits[cut:], "0"); fraction != "" {
		text += "." + fraction
	}
	if s < 0 {
		text = "-" + text
	}
	return text + "%"
}

// ParseShare reads a percentage: "95%", "99.95 %". It is an error to leave out the
// percent sign, or to write more than four decimal digits of a percent, which a
// Share cannot hold.
func ParseShare(text string) (Share, error) {
	number, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	if !ok {
		return 0, fmt.Errorf("%q is not a percentage: want a number and a percent sign, such as 95%%", text)
	}
	number = strings.TrimRight(number, " ")
	digits, negative := strings.CutPrefix(number, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(fraction) {
		return 0, fmt.Errorf("%q: %q is not a number", text, number)
	}
	if len(fraction) > 4 {
		return 0, fmt.Errorf("%q: a percentage has at most four decimal digits here", text)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", 4-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q: the percentage is too large", text)
	}
	if negative {
		n = -n
	}
	return Share(n), nil
}
