package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

const (
	hour = time.Hour
	day  = 24 * hour
)

// desk promises account acme a first reply within four hours and a resolution within eight, in
// an office that is open from 9 to 17 on weekdays. 2 March 2026 is a Monday.
func desk() *model.Scenario {
	office := &calendar.Calendar{Name: "office", Zone: time.UTC}
	for d := time.Monday; d <= time.Friday; d++ {
		office.Week[d] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	return &model.Scenario{
		Name:      "desk",
		Time:      model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 60 * day, Interval: hour},
		Names:     ticket.Names{Channels: []string{"mail"}, Issues: []string{"question"}, Tiers: []string{"gold"}, Priorities: []string{"normal"}, Accounts: []string{"acme", "globex"}, Teams: []string{"front", "engineers"}},
		Channels:  make([]work.Channel, 1),
		Issues:    make([]work.Issue, 1),
		Calendars: []*calendar.Calendar{{Name: "always", Zone: time.UTC, Always: true}, office},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "gold", Calendar: 1, Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: []time.Duration{4 * hour}},
			{Metric: sla.Resolution, Within: []time.Duration{8 * hour}},
		}}}},
		Contracts: []contract.Contract{{
			Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: contract.Money{Minor: 10_000_00, Currency: "EUR"},
			Cap:    500_000,
			Levels: []contract.Level{{Metric: sla.FirstReply, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 20_000}}},
		}},
		Currency: "EUR",
	}
}

// life is a ticket's events: created at an instant, then what happened after it.
func life(id int, account ticket.Account, created time.Duration, events ...ticket.Event) []ticket.Event {
	first := ticket.Event{At: created, Kind: ticket.Created, Team: ticket.NoTeam, Agent: -1}
	list := append([]ticket.Event{first}, events...)
	for i := range list {
		list[i].Ticket, list[i].Class.Account = ticket.ID(id), account
	}
	return list
}

func did(at time.Duration, kind ticket.EventKind, status ticket.Status, team ticket.Team) ticket.Event {
	return ticket.Event{At: at, Kind: kind, Status: status, Team: team, Agent: -1}
}

// The expectations are worked out by hand on the office's hours.
func TestCausesSayWhereTheTimeWent(t *testing.T) {
	t.Parallel()
	const front, engineers, nobody = 0, 1, ticket.NoTeam
	for _, row := range []struct {
		name   string
		metric sla.Metric
		life   []ticket.Event
		want   string
	}{
		{"nobody took it from Monday 15:00 to Tuesday 13:00, then half an hour of work", sla.FirstReply, life(1, 0, 15*hour,
			did(day+13*hour, ticket.Started, ticket.Open, front), did(day+13*hour+30*time.Minute, ticket.Replied, ticket.Solved, front)),
			"6h30m0s: waiting for a first touch 6h0m0s, in work (front) 30m0s"},
		{"pending counts, since nothing pauses this clock", sla.Resolution, life(1, 0, 9*hour,
			did(10*hour, ticket.Started, ticket.Open, front), did(11*hour, ticket.Replied, ticket.Pending, front),
			did(day+11*hour, ticket.Message, ticket.Open, nobody), did(day+12*hour, ticket.Started, ticket.Open, front), did(day+13*hour, ticket.Replied, ticket.Solved, front)),
			"12h0m0s: pending with the customer 8h0m0s, in work (front) 2h0m0s, waiting for a first touch 1h0m0s, waiting for the next touch 1h0m0s"},
		{"handed off on hold: two hours untouched with the engineers, three of their work, one back in front", sla.Resolution, life(1, 0, 9*hour,
			did(9*hour, ticket.Assigned, ticket.New, front), did(10*hour, ticket.Started, ticket.Open, front), did(11*hour, ticket.Replied, ticket.OnHold, front),
			did(11*hour, ticket.Assigned, ticket.OnHold, engineers), did(13*hour, ticket.Started, ticket.OnHold, engineers),
			did(16*hour, ticket.Noted, ticket.OnHold, engineers), did(16*hour, ticket.Assigned, ticket.Open, front),
			did(day+9*hour, ticket.Started, ticket.Open, front), did(day+10*hour, ticket.Replied, ticket.Solved, front)),
			"9h0m0s: in work (engineers) 3h0m0s, in work (front) 2h0m0s, handed off, untouched (engineers) 2h0m0s, waiting for a first touch 1h0m0s, handed off, untouched (front) 1h0m0s"},
		{"broken off, on hold, answered and left lying, and still open at the end", sla.Resolution, life(1, 0, 58*day+9*hour,
			did(58*day+10*hour, ticket.Started, ticket.Open, front), did(58*day+10*hour, ticket.Returned, ticket.Open, front),
			did(58*day+13*hour, ticket.Started, ticket.Open, front), did(58*day+14*hour, ticket.Replied, ticket.Open, front),
			did(59*day+9*hour, ticket.StatusSet, ticket.OnHold, nobody), did(59*day+11*hour, ticket.StatusSet, ticket.Open, nobody)),
			"16h0m0s: waiting for the next touch 6h0m0s, back in the queue 3h0m0s, answered but not solved 3h0m0s, on hold with a third party 2h0m0s, waiting for a first touch 1h0m0s, in work (front) 1h0m0s"},
	} {
		s := desk()
		var got []string
		for _, c := range audit.New(s, s.Time.Length).Clocks(row.life) {
			if c.Metric != row.metric || !c.Late() {
				continue
			}
			var parts []string
			for _, p := range c.Cause.Parts {
				words := p.Kind.String()
				if p.Team != nobody {
					words += " (" + s.Names.Teams[p.Team] + ")"
				}
				parts = append(parts, fmt.Sprintf("%s %v", words, p.Time))
			}
			got = append(got, fmt.Sprintf("%v: %s", c.Elapsed, strings.Join(parts, ", ")))
		}
		if len(got) != 1 || got[0] != row.want {
			t.Errorf("%s:\ngot  %q\nwant %q", row.name, got, row.want)
		}
	}
}

// answered are tickets of March and April of which some first replies are met.
func answered(from time.Duration, first, met, all int) (tickets [][]ticket.Event) {
	for i := range all {
		at := from + time.Duration(i)*time.Second
		reply := at + hour
		if i >= met {
			reply = at + 20*day
		}
		tickets = append(tickets, life(first+i, 0, at, did(reply, ticket.Replied, ticket.Solved, 0)))
	}
	return tickets
}

// Two months, worked out by hand. March: 726 of 1,092 are 66.48 %, which is 28.52 points short of
// 95 %; 29 steps of 2 % are 58 %, of which the cap leaves 50 % of 10 000 EUR. April: 70 of 74 are
// 94.59 %, 0.41 short, one step: 200 EUR. Together 796 of 1,166 are 68.26 %, and not the mean of the
// two months, which is 80.53 %.
func TestAStatementCanBeCheckedByHand(t *testing.T) {
	t.Parallel()
	s := desk()
	tickets := append(answered(9*hour, 1, 726, 1092), answered(30*day+9*hour, 5001, 70, 74)...)
	tickets = append(tickets, life(9001, 1, 10*hour)) // of another account
	x := audit.NewStatement(s, 0, tickets, s.Time.Length)
	if x.Tickets != 1166 || x.Solved != 1166 || len(x.Settlements) != 1 {
		t.Fatalf("%d tickets, %d solved, %d contracts", x.Tickets, x.Solved, len(x.Settlements))
	}
	k := &x.Settlements[0]
	var got []string
	for _, l := range k.Lines {
		w := &l.Due.Levels[0]
		got = append(got, fmt.Sprintf("%s %d of %d, short %s, %s steps, %s of the fee, capped %v: %v", l.Name, w.Met, w.Judged,
			w.Shortfall.FloatString(4), w.Counted.RatString(), w.Share.RatString(), l.Due.Limit == contract.LimitCap, l.Due.Credit))
	}
	want := []string{
		"2026-03 726 of 1092, short 0.2852, 29 steps, 29/50 of the fee, capped true: 5000.00 EUR",
		"2026-04 70 of 74, short 0.0041, 1 steps, 1/50 of the fee, capped false: 200.00 EUR",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || k.Total.String() != "5200.00 EUR" || k.Others {
		t.Errorf("got\n%s\nin all %v", strings.Join(got, "\n"), k.Total)
	}
	for _, a := range x.Attainment(contract.Monthly) {
		if a.Metric == sla.FirstReply {
			if all := audit.Sum(a.AsItIs); all.Met != 796 || all.Judged != 1166 {
				t.Errorf("together %+v", all)
			}
		}
	}
}

// A real desk closes what is solved: that is no abandonment.
func TestClosedIsNotAbandoned(t *testing.T) {
	t.Parallel()
	s := desk()
	x := audit.NewStatement(s, 0, [][]ticket.Event{
		life(1, 0, 9*hour, did(10*hour, ticket.Replied, ticket.Solved, 0), did(20*day, ticket.StatusSet, ticket.Closed, ticket.NoTeam)),
		life(2, 0, 9*hour, did(10*hour, ticket.Abandoned, ticket.Closed, ticket.NoTeam)),
		life(3, 0, 9*hour),
	}, s.Time.Length)
	if x.Solved != 1 || x.Abandoned != 1 || x.Open != 1 {
		t.Errorf("%d solved, %d abandoned, %d open", x.Solved, x.Abandoned, x.Open)
	}
}
