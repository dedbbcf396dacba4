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
// hours on a shared one, the ratio by less: of M1 it was 0.43 on a quiet machine and 0.34 on
// one that others kept busy.
//
// # Where the time goes
//
// In per cent of the processor time of a trial with all statistics, by a sampling profile
// (go test ./sim -run '^$' -bench 'M1$' -cpuprofile cpu.out, or perf record):
//
//	                                       M1   M2  year
//	the desk: lines, agents, lives         41   31    25
//	arrivals: times, classes, work         22   19     9
//	random words (Philox)                   9    5     4
//	event list                             15   24    16
//	clocks of promises                      –    –    16
//	statistics                              9    8    21
//	rest: mathematics, calls                4   13     9
//
// Nothing stands out, and nothing waits for memory: what counts is how many instructions a
// ticket takes. By callgrind, which counts them, and to the nearest ten:
//
//	                                           M1   by hand
//	the desk: lines, agents, lives           1030       210
//	arrivals: times, classes, work            360         –
//	random words, and by hand the variates    210       160
//	event list                                280       320
//	statistics                                250         –
//	in all                                   2130       700
//
// So what makes it faster is to do less. What did: not to look for what the scenario does not
// have (desk.Layout finds out once); to hand tickets and agents around rather than their
// numbers, which must be looked up; to put the next event where the last one was taken from,
// and the next arrivals, which are all alike, beside the others (package des); to have the keys
// of Philox's rounds ready for all tickets of a trial (package rng); to look at the ends of
// intervals, weeks and warm-up through one comparison, and to say only there to which of them
// what has come belongs (package collect); to take a variate from the first table of a ziggurat
// without a call through an interface (dist.Dist.Quick); to find the first of four events
// without a branch. What did not: to let the compiler optimise by a profile (5 per cent, for
// twice the time to build), or to do once the part of Philox's first three rounds that is the
// same for all tickets (one per cent).
//
// BenchmarkBacklog measures what a ticket costs while a million others wait. It waits for
// memory, so what helps is to wait for many at once: tickets are read when their events come
// near (des.Queue.Near), some hundreds at a time. BenchmarkWorkers in package experiment
// measures what a ticket costs more when two workers run.
package bench
