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
// The minimum of replications is always run. If the scenario asks for a precision,
// the number that the present spread calls for is worked out (it grows with the
// square of the half-width), the experiment goes there in steps that at most double
// the replications, and looks again; it ends at the scenario's maximum. The precision
// is relative: half-width over estimate (Law 2015, section 9.4.1). Looking
// repeatedly and stopping on success covers a little less than the nominal level;
// the steps are few to keep that small.
package experiment
