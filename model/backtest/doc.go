// Package backtest holds forecasts of days against what a log says of them: it splits a log, measures
// its days and those of trials by one rule, and scores what was forecast.
//
// The stance: a forecast is a distribution, so it is judged as one. A planner who is told that the
// ninetieth percentile of the waits lies between two and five hours must find it there on
// nineteen days of twenty, and above or below as often as not. Three rules follow.
//
//   - Nothing that a forecast rests on has seen the days that it is held against: Before cuts a log so
//     that what happened later, and words that are first used later, leave no trace.
//   - One Meter measures recorded and simulated days. What has not ended by the end of the
//     stretch is treated alike on both sides, so that no wait is left out and none is made up.
//   - Days hang together: a backlog that is high today is high tomorrow. So how many days a right
//     model would miss is not taken from a table of the binomial, but from the trials themselves: each
//     is put in the place of the log and held against all others. Under a right model the log is one
//     more of them, so its rank among them is a p-value that holds exactly (Dwass 1957, Annals of Mathematical
//     Statistics 28(1); Besag and Clifford 1989, Biometrika 76(4)), whatever the days do to one another.
package backtest
