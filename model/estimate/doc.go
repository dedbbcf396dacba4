// Package estimate turns samples into estimates: a value with its interval and
// its doubts.
//
// The stance: a number without an interval is not an estimate, so every function
// returns both. What is doubtful about a number travels with it as a Warning,
// which is to be shown beside the number and is not a failure. Replications are
// the unit of independence: a sample has one entry for each replication, and the
// intervals are over replications. Where they were drawn in sets, the sets are the unit: see
// Sets. Ratios are ratios of totals, never means of
// ratios.
//
// # Which function
//
//   - Mean: a total or an average per replication, such as cost.
//   - Ratio: a share or a mean over tickets, such as a breach rate: totals of
//     numerator and denominator per replication.
//   - Controlled: a Ratio, corrected by something whose mean is known.
//   - Sectioned: a statistic of the pooled tickets that is no ratio, such as a
//     percentile of the waits, with the same statistic of every replication.
//   - Quantile, CVaR: the spread between replications, such as the credit of a bad
//     year.
//   - Paired, PairedRatio, PairedQuotient: what changes between two scenarios that
//     were simulated on the same random numbers, replication by replication.
//   - PairedQuantile, PairedCVaR: the same for the spread between replications.
//   - Correlation: whether two things are large in the same replications.
//   - Sets, before any of these but those that have a form InSets, such as QuantileInSets:
//     replications that were drawn in sets. Gain, for what the sets have bought.
//
// # Holes
//
// An entry of NaN says that its replication had nothing to measure. It is left
// out, in pairs from both sides, with the warning MissingReplications. So is an
// infinite entry: a quotient that divided by nothing. An
// empty sample gives NaN with NoInterval. A level outside (0, 1), a probability
// outside it, and paired samples of different lengths are mistakes of the caller
// and panic.
package estimate
