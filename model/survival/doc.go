// Package survival turns durations, some of which are only known to be longer than
// something, into distributions: Kaplan–Meier curves, laws fitted by censored
// likelihood, the choice between them, and how well the chosen one fits.
//
// The stance: what was not seen to the end is used for what it says, never left out. A
// customer who was answered after three minutes says that his patience was longer; a
// question that is open when the log ends says that its answer takes longer, or never comes.
//
// Parameters are estimated by maximum likelihood on a logarithmic scale; their
// intervals are those of Wald on that scale, from the observed information, by the delta method
// for what is derived from them (Lawless 2003, Statistical Models and Methods for Lifetime Data,
// chapters 4 and 5). They are therefore never negative. In an estimate of this package N
// counts observations.
package survival
