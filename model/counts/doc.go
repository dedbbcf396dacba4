// Package counts is the statistics of daily counts: what weekday, trend and season explain of them, how much more they vary
// than chance, which days do not belong to the rest, and how alike the shapes of days are.
//
// The stance: a count is Poisson about a mean that differs from day to day. What varies more is told by a
// likelihood, and an exception is left out only if it is one among many ordinary days. Package fit says what streams,
// intervals and words become of it.
package counts
