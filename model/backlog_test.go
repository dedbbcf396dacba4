package model_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// inherited is a scenario with open tickets, drawn and single ones, of issues whose customers
// answer.
func inherited(s *model.Scenario) *model.Scenario {
	s.Time.Warmup = 0
	s.Issues = slices.Clone(s.Issues)
	for i := range s.Issues {
		s.Issues[i].SolvedAtFirst = 0.5
		s.Issues[i].Reply = work.Reply{After: dist.Must(dist.Exponential(3600)), Close: day}
	}
	class := ticket.Class{Channel: s.Streams[orderMail].Channel, Issue: payment, Account: ticket.Anonymous}
	s.Backlog = []demand.Backlog{
		{
			Name: "old", Stream: orderMail, Tickets: 40, Waits: demand.Customer, Age: dist.Must(dist.Exponential(86400)), Since: dist.Must(dist.Constant(60)),
			Issues: []demand.IssueShare{{Issue: payment, Share: 1}},
		},
		{Name: "file", Stream: orderMail, Open: []demand.Open{{ID: 7, Class: class, Past: []demand.Past{
			{At: -3 * time.Hour, Kind: ticket.Created, Status: ticket.New, Team: ticket.NoTeam},
			{At: -2 * time.Hour, Kind: ticket.Replied, Status: ticket.Pending, Team: 0},
		}}}},
	}
	return s
}

func TestMistakesInTheBacklog(t *testing.T) {
	backlog := func(change func(s *model.Scenario)) func(s *model.Scenario) {
		return func(s *model.Scenario) { change(inherited(s)) }
	}
	drawn := func(change func(b *demand.Backlog)) func(s *model.Scenario) {
		return backlog(func(s *model.Scenario) { change(&s.Backlog[0]) })
	}
	open := func(change func(o *demand.Open)) func(s *model.Scenario) {
		return backlog(func(s *model.Scenario) { change(&s.Backlog[1].Open[0]) })
	}
	const past = "backlog[file]: what happened to open ticket number 1 does not lie before the start, in order, from its creation on, or solves it"
	checkMistakes(t, []mistake{
		{"none", backlog(func(*model.Scenario) {}), nil},
		{"a warm-up", backlog(func(s *model.Scenario) { s.Time.Warmup = day }),
			[]string{"time.warmup: the desk starts with open tickets, so there is nothing to warm up; the warm-up is 1d"}},
		{"two of one name", backlog(func(s *model.Scenario) { s.Backlog[0].Name = "file" }),
			[]string{"backlog[file]: backlog file is there twice, as number 1 and number 2"}},
		{"a stream that does not exist", drawn(func(b *demand.Backlog) { b.Stream = 7 }),
			[]string{"backlog[old].stream: stream number 7 does not exist, there are 3"}},
		{"fewer than none", drawn(func(b *demand.Backlog) { b.Tickets = -1 }),
			[]string{"backlog[old].tickets: the number of tickets must be at least 0 and at most 10000000, it is -1"}},
		{"no age", drawn(func(b *demand.Backlog) { b.Age = dist.Dist{} }), []string{"backlog[old].age: the age of the tickets is missing"}},
		{"a wait for nothing known", drawn(func(b *demand.Backlog) { b.Waits = 9 }), []string{"backlog[old].waits_for: nobody knows what the tickets wait for"}},
		{"an issue that does not exist", drawn(func(b *demand.Backlog) { b.Issues[0].Issue = 9 }),
			[]string{"backlog[old].issue: issue number 9 does not exist, there are 2"}},
		{"a tier that does not exist", drawn(func(b *demand.Backlog) { b.Tiers = []demand.TierShare{{Tier: 9, Share: 1}} }),
			[]string{"backlog[old].tier: tier number 9 does not exist, there are 2"}},
		{"no mix", drawn(func(b *demand.Backlog) { b.Issues = []demand.IssueShare{} }),
			[]string{"backlog[old]: nothing says what the tickets are about, or who their customers are"}},
		{"a reply that solves", backlog(func(s *model.Scenario) {
			s.Issues[payment].SolvedAtFirst, s.Issues[payment].Reply, s.Backlog[0].Waits = 1, work.Reply{}, demand.Answer
			s.Issues[payment].SolvedLater = 1
			s.Issues[payment].Reopen = work.Reopen{}
			s.Backlog = s.Backlog[:1]
		}), []string{"backlog[old].waits_for: no ticket of payment-failure is open once it has been replied to: the first touch solves it"}},
		{"a silent customer of whom nothing is known", backlog(func(s *model.Scenario) {
			s.Issues[payment].SolvedAtFirst, s.Issues[payment].SolvedLater, s.Issues[payment].Reply = 1, 1, work.Reply{}
			s.Backlog = s.Backlog[1:]
		}), []string{"backlog[file]: a ticket of payment-failure is pending, but the scenario does not say what its customer does"}},
		{"two of one ID", backlog(func(s *model.Scenario) { s.Backlog[1].Open = append(s.Backlog[1].Open, s.Backlog[1].Open[0]) }),
			[]string{"backlog[file]: two open tickets have the ID 0x7"}},
		{"a class that does not exist", open(func(o *demand.Open) { o.Class.Tier = 99 }),
			[]string{"backlog[file]: open ticket number 1 is of a class that does not exist"}},
		{"no past", open(func(o *demand.Open) { o.Past = nil }), []string{past}},
		{"a past at the start", open(func(o *demand.Open) { o.Past[1].At = 0 }), []string{past}},
		{"a past out of order", open(func(o *demand.Open) { o.Past[1].At = -4 * time.Hour }), []string{past}},
		{"a past without a creation", open(func(o *demand.Open) { o.Past = o.Past[1:] }), []string{past}},
		{"a past that ends it", open(func(o *demand.Open) { o.Past[1].Status = ticket.Solved }), []string{past}},
		{"a status that does not exist", open(func(o *demand.Open) { o.Past[0].Status = 99 }), []string{past}},
		{"too many with the streams", backlog(func(s *model.Scenario) {
			for i := range 252 {
				s.Backlog = append(s.Backlog, demand.Backlog{Name: strings.Repeat("x", i+1), Stream: orderMail})
			}
		}), []string{"backlog: there are 257 streams, bursts and backlogs, at most 256 are possible"}},
	})
}

// What is only in the backlog must be served too.
func TestABacklogThatNobodyCanServeIsReported(t *testing.T) {
	t.Parallel()
	s := inherited(valid(t))
	s.Names.Skills = append(slices.Clone(s.Names.Skills), "juggling")
	s.Names.Issues = append(slices.Clone(s.Names.Issues), "circus")
	s.Issues = append(s.Issues, s.Issues[payment])
	circus := len(s.Issues) - 1
	s.Issues[circus].Name, s.Issues[circus].Skill = "circus", ticket.Skill(len(s.Names.Skills)-1)
	s.Teams = slices.Clone(s.Teams)
	s.Teams[1].Skills = s.Teams[0].Skills
	for what, change := range map[string]func(){
		"drawn": func() { s.Backlog[0].Issues[0].Issue = ticket.Issue(circus) },
		"single": func() {
			s.Backlog[0].Issues[0].Issue = payment
			s.Backlog[1].Open[0].Class.Issue = ticket.Issue(circus)
		},
	} {
		change()
		if problems := s.Check(); !slices.ContainsFunc(problems, func(p model.Problem) bool { return strings.Contains(p.Text, "juggling") }) {
			t.Errorf("%s: %v", what, problems)
		}
	}
}

func TestThePastOfATicketIsBeforeTheStartAndInOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		waits      demand.WaitsFor
		age, since time.Duration
		want       []time.Duration // of the events
	}{
		{demand.FirstReply, time.Hour, 0, []time.Duration{-time.Hour}},
		{demand.FirstReply, 0, time.Hour, []time.Duration{-1}},
		{demand.Customer, time.Hour, time.Minute, []time.Duration{-time.Hour, -time.Minute, -time.Minute}},
		{demand.Answer, time.Hour, 2 * time.Hour, []time.Duration{-time.Hour, -time.Hour, -time.Hour, -time.Hour}},
		{demand.Answer, math.MaxInt64, 0, []time.Duration{-math.MaxInt64, -1, -1, -1}},
	} {
		var got []time.Duration
		past := demand.PastOf(c.waits, c.age, c.since, nil)
		for _, e := range past {
			got = append(got, e.At)
		}
		if !slices.Equal(got, c.want) || past[len(past)-1].Status >= ticket.Solved {
			t.Errorf("%s, %v old, for %v: %v, want %v", demand.WaitsForNames[c.waits], c.age, c.since, got, c.want)
		}
	}
}
