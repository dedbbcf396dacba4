// Package experiment runs the trials that answer one question, on all cores, and
// stops when the answer is precise enough.
//
// # Same bytes whatever the number of workers
//
// Workers take replications off a counter, in order, and run them; the results
// are merged in the order of the replications, by one goroutine. A result that comes
// early waits for its turn, and nobody runs ahead by more than a few trials, so
// memory stays flat. Whether to go on is decided at counts of replications that
// depend on the results alone. So the outcome is a function of scenario and seed.
//
// # When to stop
//
// The minimum of replications is always run. If the scenario asks for precisions,
// the number that the present spread calls for is worked out, for the measure that
// needs most (it grows with the square of the half-width); the experiment goes there
// in steps that at most double the replications, and looks again; it ends when all are
// reached, or at the scenario's maximum, with a warning that names what was missed. A
// precision is relative, half-width over estimate, or absolute, the half-width itself
// (Law 2015, section 9.4.1; Chow and Robbins 1965). Looking repeatedly and stopping on
// success covers a little less than the nominal level; the steps are few, and none is
// judged before 20 replications, to keep that small. Each interval holds at
// the level by itself; nothing is corrected for several of them.
package experiment
