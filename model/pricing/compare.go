package pricing

import (
	"github.com/headroom-sim/headroom/model/estimate"
)

// Alternative is what might be promised in place of a contract, beside it. Differences are of it less the contract,
// year by year on the same tickets.
type Alternative struct {
	Priced
	Of      *Deal
	Credits estimate.Difference // of a year
	CVaR    estimate.Difference // the same, of the tail that the load is for
	Needed  estimate.Difference // of the monthly fee with the risk load; NaN where a fee is none
}

// alternative prices an alternative beside its contract.
func (b *Book) alternative(deal int, t Terms, level float64) Alternative {
	d := &b.Deals[deal]
	a := Alternative{Priced: Priced{d, b.Exposure(deal, level), b.Price(deal, t, level)}, Of: &b.Deals[d.Of]}
	was := b.credits(d.Of, a.Of.Fee.Minor)
	a.Credits = estimate.Paired(was, a.Yearly, level)
	a.CVaR, _ = estimate.PairedCVaR(was, a.Yearly, t.Tail, level)
	a.Needed = b.needed(d.Of, deal, t, level)
	return a
}

// needed is by how much the loaded fee of one deal is above that of another. Each is a ratio of totals over
// the same years (see solver.loaded), at the fee that it is.
func (b *Book) needed(from, to int, t Terms, level float64) estimate.Difference {
	var den [2][]float64
	for k, deal := range [2]int{from, to} {
		s := b.solver(deal, level)
		fee := s.solve(s.loaded(t))
		if fee.None || fee.Minor == 0 {
			return estimate.Paired(nil, nil, level)
		}
		den[k] = less(float64(len(b.Months)), bear(s.shares(fee.Minor), t))
	}
	return estimate.PairedRatio(b.served(from), den[0], b.served(to), den[1], level)
}
