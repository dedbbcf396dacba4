// Package collect watches a desk and counts: it turns what happens in a trial into
// an outcome.Run.
//
// A Layout is worked out once for a scenario: which measures there are, in which
// order, and how each is read off the counters (a recipe). A Collector has the
// counters of one worker; it is reset for each trial and allocates nothing while
// the trial runs.
//
// # What counts
//
// Tickets created before the end of the warm-up are simulated and not counted;
// tickets created after it are counted with all that becomes of them until the
// horizon. Levels (agents, queue, backlog) are measured from the end of the warm-up.
// A clock is judged when its ticket's life is over or at the horizon: whatever is
// open and overdue then is breached, what is open and not yet due is undecided, left
// out of the rate and counted for all to see. A promise that comes in rounds, such
// as the next reply, has a verdict for each round, as it ends. Interval series attribute a clock to
// the interval in which its ticket was created.
//
// Tickets that are open when the trial begins were created before it and count as those of a
// warm-up do: they fill the queue and the agents, and are in no count of tickets or clocks of the
// measured time. What becomes of them is counted apart: how many there are, how many were late
// already, how many of the others are late since, and when all are answered and solved.
package collect
