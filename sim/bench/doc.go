// Package bench holds what speed is measured with: two textbook queues, each as a scenario
// for the engine and as a loop written by hand for nothing but itself; a year of a desk with
// everything that a ticket can go through; a backlog that only waits; and a meter of
// processor time and memory.
//
// # The limit
//
// A queue by hand has the same events and random variates as the scenario, a heap of
// 16-byte events with true cancellation, and adds up the waits. It has no calendar, class,
// shift or promise. What the engine costs is its ratio to this, measured in one run:
// tickets per second differ by a factor of two and more between machines and between
// hours on a shared one, the ratio does not.
//
// # Where the time goes
//
// In per cent of the processor time of a trial with all statistics, by a sampling profile
// (go test ./sim -run '^$' -bench 'M1$' -cpuprofile cpu.out):
//
//	                                       M1   M2  year
//	the desk: lines, agents, lives         50   37    32
//	arrivals: times, classes, work         16   22    12
//	random words (Philox)                  10    5     5
//	event list                             12   20    16
//	clocks of promises                      –    –    12
//	statistics                              6    6    12
//	rest: mathematics, calls                6   10    11
//
// Nothing stands out, and nothing waits for memory: a ticket of M1 takes about four times the
// instructions that the loop by hand takes. So what makes it faster is to do less. What did,
// in the order of what it brought: not to look for what the scenario does not have
// (desk.Layout finds out once); to put the next event where the last one was taken from
// (package des); to look at the ends of intervals, weeks and warm-up through one comparison
// (package collect); to take a variate from the first table of a ziggurat without a call
// through an interface (dist.Dist.Quick). What did not: to let the compiler optimise by a
// profile (5 per cent, for twice the time to build), or to unroll the generator.
//
// BenchmarkBacklog measures what a ticket costs while a million others wait,
// BenchmarkWorkers in package experiment what it costs more when two workers run.
package bench
