package audit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Statement is what there is to settle with one account: its tickets and clocks, and the
// contracts that cover it.
type Statement struct {
	Scenario *model.Scenario
	Account  ticket.Account
	Until    time.Duration // clocks that had not stopped are judged as they stood then
	// Tickets are those that the account has created in the measured time: Solved,
	// Abandoned and Open at the end of the log. Outside counts those that were created before it,
	// as in the warm-up, or after it, which are in nothing else.
	Tickets, Solved, Abandoned, Open, Outside int
	Clocks                                    []Clock // of the account's tickets, in their order
	Settlements                               []Settlement
}

// Concerns reports whether a contract is one with an account: it names it, or bears its name.
func Concerns(k *contract.Contract, names *ticket.Names, account ticket.Account) bool {
	return slices.Contains(k.Match.Accounts, account) || k.Name == names.AccountName(account)
}

// Wanted says which tickets of a log a statement needs, by the event that creates them: those
// of the account, and those that its contracts cover beside them.
func Wanted(s *model.Scenario, account ticket.Account) func(created ticket.Event) bool {
	var covers []sla.Match
	for i := range s.Contracts {
		if k := &s.Contracts[i]; Concerns(k, &s.Names, account) {
			m := k.Match
			m.Priorities = nil // it may change
			covers = append(covers, m)
		}
	}
	return func(e ticket.Event) bool {
		return e.Class.Account == account || slices.ContainsFunc(covers, func(m sla.Match) bool { return m.Matches(e.Class) })
	}
}

// NewStatement settles with an account. Each ticket is its events in order; tickets that do not
// concern the account do no harm.
func NewStatement(s *model.Scenario, account ticket.Account, tickets [][]ticket.Event, until time.Duration) *Statement {
	x := &Statement{Scenario: s, Account: account, Until: until}
	auditor := New(s, until)
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Contracts {
		if k := &s.Contracts[i]; Concerns(k, &s.Names, account) {
			x.Settlements = append(x.Settlements, newSettlement(k, k.Period.Split(axis, s.Time.Warmup, s.Time.Length)))
		}
	}
	var pledges []pledge
	for _, events := range tickets {
		mine := events[0].Class.Account == account
		if at := events[0].At; at < s.Time.Warmup || at >= s.Time.Length {
			if mine {
				x.Outside++
			}
			continue
		}
		clocks := auditor.Clocks(events)
		if mine {
			x.count(events)
			x.Clocks = append(x.Clocks, clocks...)
		}
		pledges = pledges[:0]
		for i := range clocks {
			c := &clocks[i]
			pledges = append(pledges, pledge{
				contract.Clock{Metric: c.Metric, Verdict: c.Verdict, Elapsed: c.Elapsed, Within: c.Within}, c.Class, c.Excuse,
			})
		}
		for k := range x.Settlements {
			set := &x.Settlements[k]
			if set.enter(events[0].At, pledges) && !mine {
				set.Others = true
			}
		}
	}
	for k := range x.Settlements {
		x.Settlements[k].settle()
	}
	return x
}

func (x *Statement) count(events []ticket.Event) {
	x.Tickets++
	switch fate(events) {
	case abandoned:
		x.Abandoned++
	case solved:
		x.Solved++
	default:
		x.Open++
	}
}

// Attainment counts the account's clocks by metric and period of one kind, with exceptions not
// applied. Metrics without a clock are left out.
func (x *Statement) Attainment(p contract.Period) []Attained {
	axis := calendar.Axis{Origin: x.Scenario.Time.Start}
	spans := p.Split(axis, x.Scenario.Time.Warmup, x.Scenario.Time.Length)
	var out []Attained
	for m := range sla.Metrics {
		a := Attained{Metric: m, Spans: spans, AsItIs: make([]Record, len(spans)), Adjusted: make([]Record, len(spans))}
		some := false
		for i := range x.Clocks {
			c := &x.Clocks[i]
			if c.Metric != m {
				continue
			}
			some = true
			k := slices.IndexFunc(spans, func(s contract.Span) bool { return c.Created < s.To })
			if k < 0 {
				k = len(spans) - 1
			}
			a.AsItIs[k] = a.AsItIs[k].Plus(c.AsItIs())
			a.Adjusted[k] = a.Adjusted[k].Plus(c.Adjusted())
		}
		if some {
			out = append(out, a)
		}
	}
	return out
}

// Attained is the record of an account in one metric, period by period.
type Attained struct {
	Metric           sla.Metric
	Spans            []contract.Span
	AsItIs, Adjusted []Record // by span
}

// Sum adds up records: attainment over several periods is that of their sum.
func Sum(rs []Record) Record {
	var all Record
	for _, r := range rs {
		all = all.Plus(r)
	}
	return all
}
