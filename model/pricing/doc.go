// Package pricing works out what a book of contracts pays back in a year, how bad a bad year is, and what
// the fee must be.
//
// The stance: the unit of inference is the year. Months of one year share its demand, its incidents and its
// people, and depend on one another; years, one for each replication, do not. So a share of months that pay is
// a ratio of totals over years, and every interval is one over years. What is random is taken as it was counted:
// each year is settled from its counts, in whole minor units, by the contract's own rules (contract.Settle).
//
// # The fee
//
// Credits are mostly shares of the fee, so the fee that pays for everything is the solution of an equation. With
// C(f) the credits of a year at a monthly fee f, S the cost to serve, and m months,
//
//	m f = E[S] + E[C(f)]                                  breaks even,
//	m f = E[S] + E[C(f)] + k (CVaR[C(f)] − E[C(f)])       carries a risk load,
//	m f (1 − t) ≥ S + C(f)  in a share q of years         keeps a margin t.
//
// Where all of a contract scales with its fee, C(f) = c f but for rounding, and f = E[S] / (m − E[c]) and the like are
// exact. A least amount, and amounts for single tickets, are money of their own and do not scale: there the
// fee is found by bisection, over the settlement of every year at every fee that is tried. With a least amount the
// margin may fall where a rising fee first lifts a credit over it: there may be several such fees, and the one
// that is found is one of them, at which the equation holds and one minor unit below which it does not.
package pricing
