package contract

import "math/big"

// Working is how a credit follows from the counts, step by step, so that it can be checked
// with pencil and paper. All of it is exact but Credit, which is in whole minor units.
type Working struct {
	Met, Judged int64
	Fee         Money    // of the whole period
	Shortfall   *big.Rat // target less attainment; 0 where nothing is missing
	Steps       *big.Rat // shortfall over the scheme's step, before rounding
	Counted     *big.Rat // steps as the scheme rounds them
	Share       *big.Rat // Counted × the credit of a step, of the fee, before the cap
	Capped      bool     // Share is above the cap
	Credit      Money    // what Contract.Credit says
}

// Work works out the credit of a whole period in which met of the judged clocks met their
// target. See Credit, whose panics are these too.
func (k *Contract) Work(met, judged int64) Working {
	s := &k.Scheme
	w := Working{
		Met: met, Judged: judged, Fee: k.PeriodFee(), Credit: k.Credit(met, judged),
		Shortfall: new(big.Rat), Steps: new(big.Rat), Counted: new(big.Rat), Share: new(big.Rat),
	}
	if judged == 0 || s.Step <= 0 {
		return w
	}
	short := k.Target.Rat()
	if short.Sub(short, big.NewRat(met, judged)); short.Sign() <= 0 {
		return w
	}
	w.Shortfall = short
	w.Steps.Quo(short, s.Step.Rat())
	w.Counted = s.Rounding.apply(new(big.Rat).Set(w.Steps))
	w.Share.Mul(w.Counted, s.Credit.Rat())
	w.Capped = w.Share.Cmp(s.Cap.Rat()) > 0
	return w
}
