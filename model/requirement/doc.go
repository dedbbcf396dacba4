// Package requirement says how many heads a scenario's work asks for, interval by
// interval, before anybody is put on a shift and before anything is simulated.
//
// It is the start of a staffing search and the baseline that planners know, not its
// answer: whoever is staffed by it is checked by simulation afterwards.
//
// # How the work is followed
//
// A ticket is followed through its life as work.Issue tells it: a first touch, later ones
// that come a reply delay, a hold or a reopening later, touches of the teams that it is
// handed off to. Its touches begin as if somebody were always free (the infinite-server
// view: Eick, Massey and Whitt 1993), so each stream of later touches is the stream of
// earlier ones convolved with the delays between. Delays count open time of the calendar
// that the issue names for them.
//
// Work on live channels must be met as it comes: it is a load, in heads at work, lagging
// behind the arrivals by the handling time. Work in writing is deferrable: it is a
// backlog with deadlines, each taken from the promise that the touch must keep, and is
// spread over its open time as evenly as the deadlines allow (see Level).
//
// # What is left out
//
// Abandonment and who comes back after it, reminders, chasers, outages, triage errors and
// keywords, the backlog at the start, relaxations, and the day-to-day busyness of
// demand, whose mean is 1. Incidents at random instants count by their mean rate.
// Who is contained by a deflection is gone, whoever got a wrong answer comes back at once.
//
// Heads are net and fractional until the last step. Gross says how many are paid for.
package requirement
