// Package rostering finds the cheapest roster that keeps the promises, by simulation, and proves
// it on random numbers that the search has never seen.
//
// # How it searches
//
// The work that a scenario brings (model/requirement) says how many heads each interval would
// ask for; shifts that cover them are a program (model/roster), solved by sim/optimize. What
// the promises are then worth only the simulation knows. Two methods go from there, both on common random
// numbers, so that two rosters differ by what they are and not by chance:
//
//   - Iterate, in the spirit of iterative staffing (Feldman, Mandelbaum, Massey and Whitt 2008,
//     Management Science 54(2)): scale the requirement until the promises are kept, and then
//     take heads away from the hours in which no late clock ever waited, as long as they
//     are kept, and back to those in which they did.
//   - Cuts (Atlason, Epelman and Henderson 2008, Management Science 54(2); Cezik and L'Ecuyer
//     2008, the same issue): where a roster breaks a promise, simulate it once more for each
//     stretch of each day with one head more, and add what that changes as a linear condition to the
//     program.
//
// Both end with a search from shift to shift: heads are taken out where it hurts least, for
// their pay, and put in where it helps most, and what is cheaper and still keeps all promises
// stays (Trim).
//
// Where people work full weeks (Wish.FullWeeks), each roster that is tried is one that some number of
// people with days off can work without anybody spare, and heads come and go by whole weeks of a person.
//
// # What is proven
//
// The roster is simulated again with a seed of its own. It is confirmed if each promise is
// kept with the confidence asked for, by the one-sided interval; if not, heads are added where
// late clocks wait, and another proof with another seed follows. Of the error that is allowed
// in all, the first proof may use half, the second a quarter, and so on, so that trying again
// does not make a roster look better than it is. What no proof confirms is not offered.
//
// # What it has been worth
//
// headroom staff on the shipped scenarios, on two cores and with limits of two to five minutes: what Erlang C by interval, each
// queue by itself and multiplied until it keeps the same targets, costs more than the roster (simulated cost, paired):
//
//	hello --any-hours                      0 %   one seat around the clock by any method
//	shared-desk                          1.9 %   62 days, each with a roster of its own
//	enterprise-contract                  2.8 %
//	roster-week                          3.7 %
//	black-friday                         5.9 %   20 days, each with a roster of its own
//	coverage-business-hours --any-hours 14.0 %
//	coverage-24x7                       18.2 %   22.1 % with --full-weeks
//	replay-log                          26.0 %
//	growing-desk                        67.6 %
//	engineering-ola                     82.6 %   teams hand tickets to one another, which no formula knows
//
// Iterate and cuts come to the same on replay-log and, by enumeration, on all small instances of the tests; on coverage-24x7
// iterate comes to 17 997 a week and cuts to 18 146. Iterate asks for fewer kinds of simulation and is what is done if nothing is said.
//
// # Same answer
//
// The answer is a function of the question and the seed as long as no time limit cuts the
// search or the solver short.
package rostering
