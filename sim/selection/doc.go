// Package selection chooses the best of several alternatives by simulating them,
// with a stated probability of being right.
//
// Neither procedure takes a fixed number of trials and looks which mean is best:
// that is right as often as it happens to be. KN guarantees the probability and
// spends what it needs; OCBA spends a budget as well as it can and says how sure it
// is.
//
// # KN
//
// The fully sequential procedure of Kim and Nelson (2001, ACM TOMACS 11(3)), with
// c = 1. From First replications of each of k alternatives come the variances of
// their differences, S²(i,l). Alternative i stays as long as, for every l that stays,
//
//	mean(i, r) ≥ mean(l, r) − W(i,l,r),  W = max(0, δ/2r (h² S²(i,l)/δ² − r)),
//
// with h² = 2η(n₀−1), η = ½((2α/(k−1))^(−2/(n₀−1)) − 1), α = 1 − Confidence and δ the
// indifference. If the best is better than all others by δ or more, it is chosen with
// probability 1 − α or more. If others are nearer, one of the near ones may be chosen. The
// proof asks for normal observations that are independent between replications;
// alternatives may share their random numbers, and the more they do the less it
// takes. Looking only every Step replications makes no error likelier.
//
// A measure that is a ratio of totals is compared as such: its value after r
// replications is Σnum/Σden, and S² is that of num − R·den over the mean of den (the delta
// method), which for a measure with den = 1 is the number itself. For other ratios the
// guarantee holds for large numbers of replications.
//
// # OCBA
//
// Chen, Lin, Yücesan and Chick (2000, Discrete Event Dynamic Systems 10): with b the
// best mean and d(i) the distance to it, trials go by
//
//	N(i) ∝ (s(i)/d(i))²,  N(b) = s(b) √Σ (N(i)/s(i))²,
//
// a few at a time, with means and deviations worked out anew. Distances below the
// indifference count as the indifference. The probability that comes with the
// result is their lower bound, 1 − Σ Φ(−d(i)/√(s²(b)/N(b) + s²(i)/N(i))), with the
// estimates in place of the unknown values: an approximation, no guarantee. It
// takes the alternatives for independent, so random numbers in common make it cautious.
package selection
