package outcome

import (
	"math"
	"math/bits"
	"time"
)

// Bins of a waiting-time distribution: 64 to every doubling of the time, from a
// millisecond on, so that a quantile is right within 1.6 %; below a millisecond
// they are 16 µs wide.
const (
	BinCount = (binExponents + 1) * binsPerDoubling

	binsPerDoubling = 1 << binBits
	binBits         = 6
	binShift        = 20 - binBits // durations are counted in units of 2¹⁴ ns
	binExponents    = 36
)

// Bin is the bin of a duration. Negative ones count as zero, those above two
// years go into the last bin.
func Bin(d time.Duration) int {
	if d < 0 {
		return 0
	}
	u := uint64(d) >> binShift
	if u < binsPerDoubling {
		return int(u)
	}
	e := bits.Len64(u) - 1 - binBits
	return min(e<<binBits+int(u>>e), BinCount-1)
}

// BinUpper is the upper bound of bin i in seconds.
func BinUpper(i int) float64 { return binLower(i + 1) }

func binLower(i int) float64 {
	e, m := i>>binBits, i&(binsPerDoubling-1)
	units := float64(m)
	if e > 0 {
		units = math.Ldexp(float64(binsPerDoubling+m), e-1)
	}
	return units * (1 << binShift) / 1e9
}

// BinQuantile is the p-quantile in seconds of what was counted in bins, linear
// within a bin; false if nothing was. Each count is that of so many bins, its own and those before it;
// a width of 0 is one.
func BinQuantile[C uint32 | uint64](counts []C, p float64, width int) (float64, bool) {
	var total float64
	for _, c := range counts {
		total += float64(c)
	}
	if total == 0 {
		return 0, false
	}
	rank := p * total
	var seen float64
	last := 0
	for i, c := range counts {
		if c == 0 {
			continue
		}
		last = i
		if seen+float64(c) >= rank {
			lower := binLower(i + 1 - max(width, 1))
			return lower + (BinUpper(i)-lower)*(rank-seen)/float64(c), true
		}
		seen += float64(c)
	}
	return BinUpper(last), true
}
