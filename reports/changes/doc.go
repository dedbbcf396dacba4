// Package changes says what is different between two outcomes: what went in, and what came out
// beyond noise.
//
// The stance is benchstat's: a difference that chance explains is no difference, and is
// written ~. Many measures are looked at, so that their p-values are corrected for it (Holm 1979):
// of two outcomes of one scenario, no measure at all is called changed with probability
// 1 − α, however the measures hang together.
//
// Outcomes with one seed have seen the same customers and are compared replication by
// replication; others as independent samples (Welch 1947), which takes more replications for the
// same answer.
package changes
