// Package fit turns a history into the parameters of a scenario: demand, handle time,
// patience, reply cycle, and the people who were there. Each with an interval, with the number
// of tickets or days behind it and the method that it comes from, and with its doubts.
//
// The stance: a log says less than one would like, and what it does not say is not made
// up. History lists it as Gaps, with what would fill them. What the end of the log cuts off is used
// as censored (package survival). What is random in the log and what is a parameter of the desk
// are told apart: a busy Monday among calm ones is chance, until there are enough of them.
//
// # Demand
//
// A stream is what comes by one channel. The tickets of its whole local days are
// counted, and the counts follow
//
//	n(day) ~ negative binomial, mean exp(level + weekday + growth·day), variance mean + cv²·mean²
//
// which is a Poisson process with one gamma factor a day, the busyness of package demand. Days far
// from that are taken out as special and the rest is fitted again. Within the day each hour of
// the week has a rate of its own, drawn towards the shape that all days share by as much as the
// tickets of that hour leave it uncertain (empirical Bayes; gamma prior, Poisson counts).
//
// # Who takes what
//
// Where several teams are at work, a kind of tickets is taken by those that were the first to touch them, see package routes. Whom
// only a few came to does not take it. If they share it by a rule that the log does not show, the scenario has an issue for each.
//
// Where a log says when somebody of another team begins to work on what a touch has left on hold or open, that is a hand-off, with
// the agent time of that team; where it does not, the time until the ticket comes back is a hold.
//
// # What changes
//
// A desk is fitted as it is at the end of its history: since when tickets are solved as soon as they are now, and with the mix of
// kinds of the last week where that wanders, see package drift.
//
// # Intervals
//
// Weekdays, growth and level: delta method on the quasi-likelihood; busyness: profile
// likelihood; hours: quantiles of the posterior gamma; shares: Wilson, those of teams with days as clusters; laws: see
// package survival. Parameter.Method says which.
package fit
