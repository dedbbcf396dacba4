package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// A log has its words in its own order, words that the promises do not know, and counts its time from elsewhere.
func TestALogIsBoundByItsWords(t *testing.T) {
	t.Parallel()
	s := desk()
	names := &ticket.Names{
		Channels: []string{"fax", "mail"}, Issues: []string{"question"}, Tiers: []string{"gold"}, Priorities: []string{"whenever", "normal"},
		Accounts: []string{"globex", "initech", "acme"}, Teams: []string{"engineers", "night"},
	}
	b := audit.Bind(s, names, s.Time.Start.Add(-3*day))
	log := []ticket.Event{{At: 3*day + 9*hour, Class: ticket.Class{Channel: 1, Priority: 1, Account: 2}, Team: ticket.NoTeam}, {At: 4 * day, Class: ticket.Class{Account: ticket.Anonymous}, Team: 1}}
	got := slices.Clone(b.Events(log))
	if e := got[0]; e.At != 9*hour || e.Class != (ticket.Class{Account: 0}) || e.Team != ticket.NoTeam {
		t.Errorf("%+v", e)
	}
	n := &b.Scenario.Names
	if e := got[1]; e.At != day || n.Channels[e.Class.Channel] != "fax" || n.Priorities[e.Class.Priority] != "whenever" || e.Class.Account != ticket.Anonymous || n.Teams[e.Team] != "night" {
		t.Errorf("%+v", e)
	}
	if fmt.Sprint(b.Unknown) != "map[channel:[fax] priority:[whenever]]" {
		t.Errorf("unknown: %v", b.Unknown)
	}
	if within := b.Scenario.SLA.Policies[0].Targets[0].Within; !slices.Equal(within, []time.Duration{4 * hour, sla.None}) {
		t.Errorf("targets %v", within)
	}
	if len(s.Names.Priorities) != 1 || len(s.SLA.Policies[0].Targets[0].Within) != 1 || len(b.Scenario.Channels) != 2 {
		t.Error("the promises themselves were changed")
	}
}

// Four tickets in business hours: answered after 1, 3 and 5 hours, and not at all. Within four hours two
// are kept, within two one is; nobody's verdict turns from late to kept.
func TestAnotherPromiseIsComparedTicketByTicket(t *testing.T) {
	t.Parallel()
	lives := [][]ticket.Event{
		life(1, 0, 9*hour, did(10*hour, ticket.Replied, ticket.Solved, 0)),
		life(2, 0, day+9*hour, did(day+12*hour, ticket.Replied, ticket.Solved, 0)),
		life(3, 1, 2*day+9*hour, did(2*day+14*hour, ticket.Replied, ticket.Solved, 0)),
		life(4, 1, 30*day+9*hour),
		life(5, 1, 70*day),
	}
	audited := func(within time.Duration) *audit.Ledger {
		s := desk()
		s.SLA.Policies[0].Targets[0].Within[0] = within
		l := audit.NewLedger(s, 0, s.Time.Length, 40*day)
		for _, events := range lives {
			l.Add(events)
		}
		return l
	}
	four, two := audited(4*hour), audited(2*hour)
	if four.Tickets != 4 || four.Solved != 3 || four.Open != 1 || four.Outside != 1 {
		t.Errorf("%+v", four)
	}
	v := audit.Compare(four, two, 0.95)
	if x := v[0]; x.Metric != sla.FirstReply || x.Both != 4 || x.LateA != 2 || x.LateB != 3 || x.ToLate != 1 || x.ToMet != 0 || x.Change.Value != 0.25 {
		t.Errorf("%+v", x)
	}
	if x := v[1]; x.Metric != sla.Resolution || x.ToLate != 0 || x.ToMet != 0 || x.Change.Value != 0 {
		t.Errorf("%+v", x)
	}
	var got []string
	for _, k := range four.By(audit.ByAccount, 0.95) {
		got = append(got, fmt.Sprintf("%v %s %d of %d", k.Metric, k.Group, k.AsItIs.Late(), k.AsItIs.Judged))
	}
	if s := strings.Join(got, ", "); s != "first_reply acme 0 of 2, first_reply globex 2 of 2, resolution acme 0 of 2, resolution globex 1 of 2" {
		t.Error(s)
	}
	// acme has a contract: none of its first replies is late by four hours, one of two by two hours.
	if a, b := four.Settle()[0], two.Settle()[0]; a.Total.Minor != 0 || b.Total.String() != "5000.00 EUR" || b.Lines[0].Due.Levels[0].Met != 1 || b.Lines[0].Due.Levels[0].Judged != 2 {
		t.Errorf("%v, %v", a.Total, b.Total)
	}
	times := four.Times(sla.FirstReply)
	if !slices.Equal(times.Elapsed[:3], []float64{3600, 3 * 3600, 5 * 3600}) || times.Late != 1 || !slices.Equal(times.Days, []int{0, 1, 2, 30}) {
		t.Errorf("%+v", times)
	}
}

// A promise that is about other tickets is compared where both speak.
func TestPromisesAboutDifferentTicketsAreComparedWhereTheyMeet(t *testing.T) {
	t.Parallel()
	all, some := desk(), desk()
	some.SLA.Policies[0].Match.Accounts = []ticket.Account{0}
	a, b := audit.NewLedger(all, 0, 60*day, 60*day), audit.NewLedger(some, 0, 60*day, 60*day)
	for i, account := range []ticket.Account{0, 1, 1} {
		events := life(i+1, account, 9*hour, did(10*hour, ticket.Replied, ticket.Solved, 0))
		a.Add(events)
		b.Add(events)
	}
	for _, v := range audit.Compare(b, a, 0.95) {
		if v.Both != 1 || v.OnlyA != 0 || v.OnlyB != 2 {
			t.Errorf("%+v", v)
		}
	}
	if b.Unpromised != 2 || len(a.Periods(contract.Monthly)) != 2 {
		t.Errorf("%d without a promise", b.Unpromised)
	}
}
