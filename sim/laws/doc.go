// Package laws holds trials to what must be true on every path, whatever chance
// does: no statistics are needed to see that a law is broken.
//
// Laws is a desk.Observer. It keeps books of its own, from what happens to single
// tickets, and compares them with what the desk says of itself: how many wait, how
// many are busy, what became of the promises. It knows the scenario, and nothing of
// how the desk works. It is made for tests; it takes a few times as long as the
// trial that it watches.
//
//	l := laws.New(scenario, simulation.Layout())
//	worker.Run(seed, replication, run, l)
//	err := l.Check(simulation.Catalog(), run) // or l.Err(), without a run
//
// Reset makes it ready for the next trial. For a whole experiment:
//
//	w, err := laws.Watch(scenario)
//	experiment.Run(ctx, scenario, experiment.Options{Watch: w.Replication})
//	err = w.Err()
//
// # The laws
//
//   - Time: time never goes back, and nothing happens after the horizon.
//   - Life: the events of a ticket come in a legal order, and its fields say the
//     same as its events. A ticket that is handed off goes to a team that its issue
//     names, at once, as the issue says, and comes back to those who had it.
//   - Balance: every ticket that arrived ends exactly once, as solved, abandoned or
//     open; before the horizon only solved and abandoned tickets end. What arrived is either
//     a first contact, or descends from one contact whose customer has left to come
//     back, or is unanswered; and each such contact brings what it said it would, once.
//     Tickets that are open at the start are as many as the scenario says, and their clocks
//     stand as their past says.
//   - Little: the area under the length of the queue is the sum of the waits, both
//     cut off at the horizon, to the nanosecond (Little 1961, which is exact here,
//     since the waits are cut off).
//   - Capacity: no agent holds more than channel concurrencies allow, or what his
//     team has no skill or channel for.
//   - Hands: at every instant the agents with a ticket in hand are those whom the
//     desk calls busy or over their time; so touches add up to busy time and overrun.
//     Nobody is busy who is not on shift: busy time is at most staffed time.
//   - Roster: as many are on shift as the staffing plan says, and as many sick or gone
//     as the trial's key says; without the key, give or take the rounding of fractional
//     heads and those who may be away.
//   - Idleness: nobody waits for a team that has somebody with nothing in hand, but for
//     those whom he is kept free of, who do not overflow to his team yet, or who may be
//     waiting for the agent who had them last, and unless its system is down.
//     waiting for the agent who had them last; nor does one for whom somebody on call can
//     be called. Nobody is called while one at work is free.
//   - Order: who is taken goes before all that the same agent could have taken
//     instead: live customers before others, then by the order of the queue, and who
//     was handed back keeps his place. Work is broken off for nothing but what may do so.
//   - Promise: a ticket that was not abandoned has each promised metric judged
//     exactly once, an abandoned one at most once; working time elapsed is at most the
//     time on the wall since creation; the verdict agrees with it and with the target, which is the longest
//     of the relaxations in which the ticket was created.
//   - Ladder: a ticket escalates when one of its clocks, running, has come to the point of a
//     rung that is for it, not before and once in each round; and none is passed over.
//   - Outage: nobody comes in on a channel that is down at a stated time, where no bot has
//     him in hand before; a team takes nothing while its system is down, and its system is
//     down when the scenario says so.
//   - Strain: a team is called strained while, by its numbers, the load on it is above what
//     the scenario assumes, and never where it assumes nothing.
//   - Review: there are as many reviews of repeated breaches, of each account, tier and
//     issue, as the instants say at which promises were broken.
//   - Tally: the run that is left behind counts what happened, share by share.
//   - Credit: no contract pays more than its cap times its fee.
package laws
