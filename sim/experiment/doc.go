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
//
// # Fewer replications for the same interval
//
// A control (model.Control) corrects estimates by what is known ahead. A balance
// (model.Balance) draws replications in sets: intervals are then those between sets, and rules of
// stopping and choosing count whole sets. A trial is a function of scenario, seed and its own number
// in any case, so that the first fifty of a hundred replications are those of an experiment of
// fifty.
//
// What that buys is measured in each experiment (outcome.Experiment.Gain) and printed with its
// report. It is the more, the more of the spread comes from how much there is to do, in time that is
// known to be too short for it anyway. At hello with a busyness of CV 0.25, a hundred
// replications of four weeks are worth, with mirrored ones, four times as many for breaches and waits
// and seven times for occupancy; with balanced days 1.5 times and almost four times. At black-friday,
// with its spike, mirrored ones are worth tens of times as many for breaches, and balanced days ten
// times. In a queue that is never short for long, waits come from chance from minute to minute, which no
// balance evens out: there (TestBalancePays in sim) occupancy gains two to six times, breaches one and a half times, and
// the mean wait next to nothing, or less than nothing without busyness. A replication
// takes up to a fifth more CPU time with a balance where it holds few tickets a day, and a
// twentieth to a seventh at black-friday.
//
// Balanced days come in sets of five, mirrored replications in pairs, so
// that an experiment of a few tens has more degrees of freedom left with the latter. The control
// costs next to nothing and takes out the whole of what a straight line of the arrivals explains; with
// balanced days little of that is left for it.
package experiment
