package trace

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// Tickets are the columns of a trace of tickets, with those of the clocks of some metrics. At says which
// instant a time since the scenario's start is.
func Tickets(names *ticket.Names, metrics []sla.Metric, at func(time.Duration) time.Time) Columns[outcome.TicketTrace] {
	type row = outcome.TicketTrace
	word := func(head string, of func(x *row) string) column[row] { return column[row]{head: head, word: of} }
	number := func(head string, of func(x *row) float64) column[row] { return column[row]{head: head, number: of} }
	all := Columns[row]{
		word("ticket", func(x *row) string { return ticketlog.FormatID(x.ID) }),
		word("created", func(x *row) string { return at(x.Created).Format(time.RFC3339Nano) }),
		number("created_s", func(x *row) float64 { return x.Created.Seconds() }),
		number("measured", func(x *row) float64 { return truth(x.Measured) }),
		word("channel", func(x *row) string { return name(names.Channels, int(x.Class.Channel)) }),
		word("issue", func(x *row) string { return name(names.Issues, int(x.Class.Issue)) }),
		word("tier", func(x *row) string { return name(names.Tiers, int(x.Class.Tier)) }),
		word("priority", func(x *row) string { return name(names.Priorities, int(x.Class.Priority)) }),
		word("account", func(x *row) string {
			if x.Class.Account == ticket.Anonymous {
				return ""
			}
			return name(names.Accounts, int(x.Class.Account))
		}),
		word("status", func(x *row) string { return x.Status.String() }),
		word("team", func(x *row) string {
			if x.Team == ticket.NoTeam {
				return ""
			}
			return name(names.Teams, int(x.Team))
		}),
		number("answered_after_s", func(x *row) float64 { return after(x, x.Answered) }),
		number("ended_after_s", func(x *row) float64 { return after(x, x.Ended) }),
		number("touches", func(x *row) float64 { return float64(x.Touches) }),
		number("reopenings", func(x *row) float64 { return float64(x.Reopenings) }),
		number("hand_offs", func(x *row) float64 { return float64(x.HandOffs) }),
	}
	for _, m := range metrics {
		// Elapsed and target are in working time, of the clock that went furthest over its target.
		seconds := func(get func(k *outcome.ClockTrace) time.Duration) func(x *row) float64 {
			return func(x *row) float64 {
				if x.Clocks[m].Judged == 0 {
					return math.NaN()
				}
				return get(&x.Clocks[m]).Seconds()
			}
		}
		all = append(all,
			number(m.String()+"_clocks", func(x *row) float64 { return float64(x.Clocks[m].Judged) }),
			number(m.String()+"_late", func(x *row) float64 { return float64(x.Clocks[m].Late) }),
			number(m.String()+"_undecided", func(x *row) float64 { return float64(x.Clocks[m].Undecided) }),
			number(m.String()+"_elapsed_s", seconds(func(k *outcome.ClockTrace) time.Duration { return k.Elapsed })),
			number(m.String()+"_target_s", seconds(func(k *outcome.ClockTrace) time.Duration { return k.Within })),
		)
	}
	return all
}

func after(row *outcome.TicketTrace, at time.Duration) float64 {
	if at < 0 {
		return math.NaN()
	}
	return (at - row.Created).Seconds()
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func name(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i]
}
