// Package erlang answers the questions of a queue in a steady state by closed
// formulas: how many wait, how long, how many give up, how many agents it takes.
//
// The stance: these formulas hold for one queue with Poisson arrivals, a constant
// rate, one kind of agent and a run so long that its start does not matter. They
// are the back of the envelope, and the yardstick that a simulator must meet;
// they are not a schedule. Every function names the paper that its formula comes
// from, and is exact up to rounding for loads and numbers of agents far beyond
// any call centre: nothing overflows, since probabilities are worked out as ratios
// of neighbours and never from factorials.
//
// # Units
//
// Times are plain numbers, all in one unit of the caller's choice: with handling
// times in seconds, rates are per second and waits come out in seconds. Load in
// erlangs has no unit.
//
// # Which formula
//
//   - B: no queue, who finds all agents busy is lost. A lower bound on capacity,
//     right for trunks.
//   - C: everybody waits, for ever. Too gloomy near full load, and without an
//     answer above it.
//   - A: callers wait, but not for ever: their patience is exponential. The one to
//     use for phone and chat.
//   - MG1Wait, PriorityMG1, PriorityMMC: one agent with any law of handling times,
//     and priorities without interruption.
//   - Target.Agents, SquareRoot: the inverse, how many agents a promise takes.
//   - OfferedLoad: the load that a changing rate puts on the desk, hour by hour.
package erlang
