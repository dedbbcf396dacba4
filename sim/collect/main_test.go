package collect_test

import (
	"cmp"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the tests must not depend on the machine's zones

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
)

const (
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * hour
)

// scenario has emails of two issues, of high and of normal priority, from two tiers
// and an account of the second; and calls of the second issue from the first tier. Two
// teams of two work from eight to four. It starts on a Monday.
func scenario(length, warmup, interval time.Duration) *model.Scenario {
	team := func(name string) staffing.Team {
		return staffing.Team{
			Name: name, Zone: time.UTC,
			Shifts: []staffing.Shift{{Name: "day", Heads: 2, From: 8 * 60, To: 16 * 60, Days: [7]bool{true, true, true, true, true, true, true}}},
		}
	}
	handle := dist.Must(dist.Constant(600))
	within := func(d time.Duration) []time.Duration { return []time.Duration{d, d} }
	return &model.Scenario{
		Time:      model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: length, Warmup: warmup, Interval: interval},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels:  []work.Channel{{Name: "email", Concurrency: 1}, {Name: "phone", Live: true, Concurrency: 1}},
		Issues: []work.Issue{
			{Name: "outage", Priority: 0, Skill: ticket.NoSkill, Handle: handle, SolvedAtFirst: 1, SolvedLater: 1},
			{Name: "question", Priority: 1, Skill: ticket.NoSkill, Handle: handle, SolvedAtFirst: 1, SolvedLater: 1},
		},
		Names: ticket.Names{
			Channels: []string{"email", "phone"}, Issues: []string{"outage", "question"}, Tiers: []string{"basic", "gold"},
			Priorities: []string{"high", "normal"}, Accounts: []string{"acme"}, Teams: []string{"front", "back"},
		},
		Teams: []staffing.Team{team("front"), team("back")},
		Streams: []demand.Stream{{
			Name:     "emails",
			Issues:   []demand.IssueShare{{Issue: 0, Share: 0.5}, {Issue: 1, Share: 0.5}},
			Tiers:    []demand.TierShare{{Tier: 0, Share: 0.5}, {Tier: 1, Share: 0.5}},
			Accounts: []demand.AccountShare{{Account: 0, Tier: 1, Share: 0.1}},
		}, {
			Name: "calls", Channel: 1,
			Issues: []demand.IssueShare{{Issue: 1, Share: 1}}, Tiers: []demand.TierShare{{Tier: 0, Share: 1}},
		}},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: within(hour)}, {Metric: sla.Resolution, Within: within(8 * hour)}, {Metric: sla.Answer, Within: within(minute)},
		}}}},
	}
}

// The kinds of tickets.
var (
	outage   = ticket.Class{Account: ticket.Anonymous}
	question = ticket.Class{Issue: 1, Priority: 1, Account: ticket.Anonymous}
	gold     = ticket.Class{Tier: 1, Account: ticket.Anonymous}
	acme     = ticket.Class{Tier: 1, Account: 0}
	call     = ticket.Class{Channel: 1, Issue: 1, Priority: 1, Account: ticket.Anonymous}
)

// trial is a trial without a desk: the test says what happens, in any order, and
// the collector is told in the order of time.
type trial struct {
	*collect.Collector
	t       *testing.T
	classes []ticket.Class
	run     *outcome.Run
	story   []event
}

type event struct {
	at   time.Duration
	tell func()
}

func newTrial(t *testing.T, s *model.Scenario) *trial {
	t.Helper()
	d, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	return &trial{Collector: collect.New(collect.NewLayout(s, d)), t: t, classes: d.Plan.Classes}
}

func (x *trial) on(at time.Duration, tell func()) { x.story = append(x.story, event{at, tell}) }

// comes is a ticket that comes and is not served at once.
func (x *trial) comes(at time.Duration, c ticket.Class) *desk.Ticket {
	x.t.Helper()
	i := slices.Index(x.classes, c)
	if i < 0 {
		x.t.Fatalf("no class %+v", c)
	}
	k := &desk.Ticket{First: at, Created: at, Queued: at, Class: int32(i), Actual: int32(i), Promised: int32(i), Agent: -1, Team: -1}
	x.on(at, func() { x.Ticket(ticket.Created, at, k) })
	return k
}

func (x *trial) started(at time.Duration, k *desk.Ticket) {
	x.on(at, func() {
		k.Status, k.Agent, k.Team = ticket.Open, 0, 0
		x.Ticket(ticket.Started, at, k)
	})
}

func (x *trial) replied(at time.Duration, k *desk.Ticket, status ticket.Status) {
	x.on(at, func() {
		k.Status = status
		k.Touches++
		x.Ticket(ticket.Replied, at, k)
	})
}

func (x *trial) returned(at time.Duration, k *desk.Ticket) {
	x.on(at, func() {
		k.Status, k.Returned = ticket.Open, true
		x.Ticket(ticket.Returned, at, k)
	})
}

// message is the customer's answer; it reopens a ticket that was solved.
func (x *trial) message(at time.Duration, k *desk.Ticket) {
	x.on(at, func() {
		k.Reopened = k.Status == ticket.Solved
		k.Status, k.Queued = ticket.Open, at
		x.Ticket(ticket.Message, at, k)
	})
}

// closed is the end of a ticket whose customer is silent.
func (x *trial) closed(at time.Duration, k *desk.Ticket) {
	x.on(at, func() {
		k.Status = ticket.Solved
		x.Ticket(ticket.StatusSet, at, k)
	})
}

func (x *trial) abandoned(at time.Duration, k *desk.Ticket) {
	x.on(at, func() {
		k.Status = ticket.Closed
		x.Ticket(ticket.Abandoned, at, k)
		x.Done(at, k, nil)
	})
}

func (x *trial) done(at time.Duration, k *desk.Ticket, results ...sla.Result) {
	x.on(at, func() { x.Done(at, k, results) })
}

// served is a ticket's whole life in one.
func (x *trial) served(created, start, end time.Duration, c ticket.Class, results ...sla.Result) {
	x.t.Helper()
	k := x.comes(created, c)
	x.started(start, k)
	x.replied(end, k, ticket.Solved)
	x.done(end, k, results...)
}

func (x *trial) waiting(at time.Duration, n int) { x.on(at, func() { x.Waiting(at, n) }) }

func (x *trial) staff(at time.Duration, team int, n desk.Staff) {
	x.on(at, func() { x.Staff(at, team, n) })
}

// end tells the story and closes the trial.
func (x *trial) end() *trial {
	slices.SortStableFunc(x.story, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	for _, e := range x.story {
		e.tell()
	}
	x.run = x.Catalog.NewRun()
	x.Fill(x.run)
	return x
}

// measure is the numerator and denominator of a measure.
func (x *trial) measure(name string, l outcome.Labels) [2]float64 {
	x.t.Helper()
	for i := range x.Catalog.Measures {
		if m := &x.Catalog.Measures[i]; m.Name == name && m.Labels == l {
			return [2]float64{x.run.Num[i], x.run.Den[i]}
		}
	}
	x.t.Fatalf("no measure %s %v", name, l)
	return [2]float64{}
}

func (x *trial) has(name string, l outcome.Labels) bool {
	return slices.ContainsFunc(x.Catalog.Measures, func(m outcome.Measure) bool { return m.Name == name && m.Labels == l })
}

// count is the number of measures of a name.
func (x *trial) count(name string) (n int) {
	for _, m := range x.Catalog.Measures {
		if m.Name == name {
			n++
		}
	}
	return n
}

// want fails unless a measure is num over den.
func (x *trial) want(name string, l outcome.Labels, num, den float64) {
	x.t.Helper()
	if got := x.measure(name, l); got != [2]float64{num, den} {
		x.t.Errorf("%s %v is %v over %v, want %v over %v", name, l, got[0], got[1], num, den)
	}
}

// series is a series by interval; the denominators are nil where it is no ratio.
func (x *trial) series(name string, l outcome.Labels) (num, den []float64) {
	x.t.Helper()
	for i := range x.Catalog.Series {
		if s := &x.Catalog.Series[i]; s.Name == name && s.Labels == l {
			return x.run.Series[i].Num, x.run.Series[i].Den
		}
	}
	x.t.Fatalf("no series %s %v", name, l)
	return nil, nil
}

func (x *trial) wantSeries(name string, l outcome.Labels, want ...float64) {
	x.t.Helper()
	if got, _ := x.series(name, l); !slices.Equal(got, want) {
		x.t.Errorf("series %s %v is %v, want %v", name, l, got, want)
	}
}

// A result of a clock.
func result(m sla.Metric, v sla.Verdict, elapsed time.Duration) sla.Result {
	return sla.Result{Metric: m, Verdict: v, Elapsed: elapsed}
}

func usd(minor int64) contract.Money { return contract.Money{Minor: minor, Currency: "USD"} }

var everything = outcome.Labels{}
