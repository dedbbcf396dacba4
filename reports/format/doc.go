// Package format writes numbers for people: as many digits as the interval
// supports and no more.
//
// The stance: a number that is known to ± 0.6 has one decimal, whatever the
// machine has computed. So the half-width of the interval decides. It is shown
// with one significant digit, two when the first is a 1 or it is 10 or more, and
// the value is cut at the same place: 12.4 % ± 0.6, 38 910 ± 410. Where the interval is lopsided its ends are
// written instead: 9 000 (8 100–9 900). A missing value is –, a missing interval
// ± ∞, and a difference whose interval holds zero is ~.
//
// Groups of three digits are separated by a narrow no-break space (U+202F), and
// so is a number from its unit, so that neither is torn apart at a line's end.
// The minus sign is a hyphen, so that a copied number is still a number.
package format

// The signs of the house.
const (
	// Thin stands between groups of digits, and between a number and its unit.
	Thin = "\u202f"
	// Missing is written where there is no value.
	Missing = "–"
	// Infinite is written where there is no interval.
	Infinite = "∞"
	// Same is written for a difference whose interval holds zero.
	Same = "~"
)
