package contract

import (
	"fmt"
	"math/big"
)

// Working is how the credit of a level follows from its counts, step by step, so that it can be
// checked with pencil and paper. All of it is exact but Fee and Credit, which are in whole minor units.
type Working struct {
	Met, Judged int64
	Few         bool     // there are clocks, but fewer than the level's least volume: it is not judged
	Missed      bool     // the promise was not kept
	Fee         Money    // what shares are of: the period's fee, or the level's part of the pool
	Shortfall   *big.Rat // target less attainment, or mean less limit in seconds; 0 where nothing is missing, and of percentiles
	Steps       *big.Rat // how many steps that is, before rounding; 0 where the scheme has no steps
	Counted     *big.Rat // steps as the scheme rounds them
	Band        int      // which band or number of late clocks was reached, from 1; 0 for none
	Repeat      int      // which miss this is within the window, from 1; 0 for no miss
	Share       *big.Rat // of Fee, before caps; of repeats, what they cost
	Points      int64
	Flat        int64 // minor units for single tickets
	Capped      bool  // the level's own cap made it less
	Credit      Money // what the level pays by itself
}

// work works out what a level pays by itself for a whole period, of which it is the given
// miss within the window, if it is one.
func (k *Contract) work(l *Level, t *Tally, repeat int) Working {
	if t.Met < 0 || t.Judged < 0 || t.Met > t.Judged {
		panic(fmt.Sprintf("contract %s: %d of %d clocks met", k.Name, t.Met, t.Judged))
	}
	w := Working{
		Met: t.Met, Judged: t.Judged, Fee: k.base(l), Credit: Money{Currency: k.Fee.Currency},
		Shortfall: new(big.Rat), Steps: new(big.Rat), Counted: new(big.Rat), Share: new(big.Rat),
	}
	if t.Judged == 0 || t.Judged < l.MinVolume {
		w.Few = t.Judged > 0
		return w
	}
	if w.Missed, w.Shortfall = l.miss(t); !w.Missed {
		return w
	}
	w.Repeat = repeat
	l.Scheme.work(l, t, &w)
	if n := len(l.Repeats.Credits); n > 0 && repeat > 1 {
		if dearer := l.Repeats.Credits[min(repeat-2, n-1)].Rat(); dearer.Cmp(w.Share) > 0 {
			w.Share = dearer
		}
	}
	exact := new(big.Rat).SetInt64(w.Fee.Minor)
	exact.Mul(exact, w.Share)
	minor := nearest(exact.Add(exact, new(big.Rat).SetInt64(w.Flat)))
	if l.Cap > 0 {
		w.Capped = atMost(minor, w.Fee, l.Cap)
	}
	// No contract pays more than its fee, and what does not fit into 64 bits is more.
	if most := big.NewInt(k.PeriodFee().Minor); minor.Cmp(most) > 0 {
		minor = most
	}
	w.Credit.Minor = minor.Int64()
	return w
}

// atMost lowers an amount to a share of a fee, rounded down, and reports whether it had to.
func atMost(minor *big.Int, fee Money, share Share) bool {
	most := down(new(big.Rat).Mul(new(big.Rat).SetInt64(fee.Minor), share.Rat()))
	if minor.Cmp(most) <= 0 {
		return false
	}
	minor.Set(most)
	return true
}

// base is what a level's shares are of.
func (k *Contract) base(l *Level) Money {
	fee := k.PeriodFee()
	if k.Pool == 0 {
		return fee
	}
	part, err := fee.Times(new(big.Rat).Mul(k.Pool.Rat(), l.Allocation.Rat()))
	if err != nil {
		panic(fmt.Sprintf("contract %s: %v; Check was not asked", k.Name, err))
	}
	return part
}

// miss says whether at least one clock has missed the promise, and by how much.
func (l *Level) miss(t *Tally) (bool, *big.Rat) {
	short := new(big.Rat)
	switch l.Measure {
	case Percentile:
		return below(t.within(l.Within), t.Judged, l.Target), short
	case Mean:
		short.Sub(t.mean(), seconds(l.Within))
	default:
		short.Sub(l.Target.Rat(), big.NewRat(t.Met, t.Judged))
	}
	if short.Sign() <= 0 {
		return false, new(big.Rat)
	}
	return true, short
}

// attained reports whether at least a share of the clocks of a judged period was met.
func (w *Working) attained(target Share) bool { return !below(w.Met, w.Judged, target) }
