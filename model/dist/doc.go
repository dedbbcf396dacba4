// Package dist is a distribution as a value: a kind and its parameters, from
// which the mean, the variance, the distribution function, quantiles and samples
// follow.
//
// The stance: every distribution here describes an amount that cannot be
// negative, such as a handling time, a delay or a patience. Constructors refuse
// what has no sense (a negative mean, NaN, an infinite variance) and say which
// parameter is wrong, so a Dist that exists can be sampled without further
// questions. Numbers carry no unit: a mean of 540 is 540 of whatever the caller
// counts in, and samples come in the same unit.
//
// # Sampling
//
// A Dist owns no random numbers. Sample reads words from the Source that it is
// handed, and how many it reads differs from draw to draw, because the methods
// reject some candidates. Two draws that must not influence each other
// therefore need streams of their own. The same Source in the same state gives
// the same sample, and Scale scales that very sample: d.Scale(k) draws k times
// what d draws.
//
// # Words
//
// cv is the coefficient of variation, the standard deviation over the mean. An
// exponential distribution has cv 1, a constant has none.
package dist
