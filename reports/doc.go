// Package reports decides which table and which picture answers which question
// about an outcome.
//
// The stance: an outcome file is all that a report needs, so a report can be made
// again at any time without simulating, and the same outcome gives the same
// bytes. Rates, costs, peaks and credits have their intervals beside them; counts
// and quantiles of waits, which are there for orientation, have theirs in
// measures.csv. Every warning of the outcome is on the page: as a footnote where
// it belongs, or behind the verdict when it is about the whole.
//
//	Do we keep our promises, and when not?   verdict, table per metric, breach over time, breach by hour of week
//	How long does it take?                   distribution with targets, percentiles by hour of the day
//	Are the teams too busy, or idle?         table of teams, occupancy over time, coverage in the worst week
//	Does a spike break us, for how long?     verdict, table of tickets, arrivals against capacity, backlog
//	What do contracts cost us?               table of contracts, distribution and exceedance of credits
//	What do escalations take?                funnel of the ladder
//	Which plan is better?                    comparison table, bars, paired differences, cost against compliance
package reports
