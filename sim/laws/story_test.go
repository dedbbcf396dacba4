package laws_test

import (
	"slices"
	"testing"
	"time"

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
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/laws"
)

const day = 24 * time.Hour

// The teams of the small desk, its channels and its issues.
const (
	front, experts   = 0, 1
	email, phone     = 0, 1
	question, repair = 0, 1
	alarm            = 2
)

var all = outcome.Labels{}

// small is a day at a desk where everything happens: two in front around the clock,
// three experts by day who hand back what they have in hand when they go.
func small() *model.Scenario {
	always := [7]bool{true, true, true, true, true, true, true}
	exponential := func(mean float64) dist.Dist { return dist.Must(dist.Exponential(mean)) }
	issue := work.Issue{
		Handle: exponential(1100), SolvedAtFirst: 0.6, SolvedLater: 0.7, Skill: ticket.NoSkill, Priority: 1,
		Reply:  work.Reply{After: exponential(3600), Never: 0.2, Close: 2 * time.Hour},
		Reopen: work.Reopen{Share: 0.2, After: exponential(3600)},
	}
	s := &model.Scenario{
		Name: "small", Currency: "EUR",
		Time: model.Time{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: day, Warmup: time.Hour, Interval: time.Hour},
		Run:  model.Run{Seed: 1, Min: 1, Max: 1},
		Names: ticket.Names{
			Channels: []string{"email", "phone"}, Issues: []string{"question", "repair", "alarm"}, Tiers: []string{"customer"},
			Priorities: []string{"urgent", "normal"}, Accounts: []string{"acme"}, Skills: []string{"talk", "repairs"}, Teams: []string{"front", "experts"},
		},
		Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
		Channels: []work.Channel{
			{Name: "email", Concurrency: 1},
			{Name: "phone", Live: true, Patience: exponential(120), Concurrency: 1},
		},
		Issues: []work.Issue{question: issue, repair: issue, alarm: issue},
		Teams: []staffing.Team{
			{
				Name: "front", Zone: time.UTC, Skills: []ticket.Skill{0},
				Shifts: []staffing.Shift{{Name: "seat", Heads: 2, Days: always, To: 24 * 60}},
			},
			{
				Name: "experts", Zone: time.UTC, Skills: []ticket.Skill{1}, ShiftEnd: staffing.HandBack,
				Shifts: []staffing.Shift{{
					Name: "by-day", Heads: 3, Days: always, From: 8 * 60, To: 17 * 60,
					Breaks: []staffing.Break{{At: 12 * 60, Minutes: 45}},
				}},
			},
		},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: []time.Duration{20 * time.Minute, time.Hour}},
			{Metric: sla.Resolution, Within: []time.Duration{2 * time.Hour, 4 * time.Hour}, Pauses: sla.StatusSet(0).With(ticket.Pending)},
			{Metric: sla.Answer, Within: []time.Duration{20 * time.Second, 20 * time.Second}},
		}}}, Relaxations: []sla.Relaxation{{
			Name: "peak", From: 9 * time.Hour, Until: 13 * time.Hour,
			Targets: []sla.Relaxed{{Metric: sla.FirstReply, Within: []time.Duration{0, 3 * time.Hour}, Factor: []float64{2, 0}}},
		}}},
		Contracts: []contract.Contract{{
			Name: "acme", Fee: contract.Money{Minor: 1_000_000, Currency: "EUR"}, Match: sla.Match{Accounts: []ticket.Account{0}},
			Cap:    250_000,
			Levels: []contract.Level{{Metric: sla.FirstReply, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
		}},
		Escalations: []model.Rung{
			{Name: "warning", Metric: sla.FirstReply, At: sla.Mark{Share: 0.5}},
			{Name: "executive", Match: sla.Match{Priorities: []ticket.Priority{0}}, Metric: sla.FirstReply, At: sla.Mark{Share: 1}},
			{Name: "review", Metric: sla.FirstReply, Repeat: model.Repeat{Breaches: 2, Within: 4 * time.Hour, By: model.ByIssue}},
		},
		Exceptions: []model.Exception{
			{Name: "outage", Reason: "outage of the provider", ApprovedBy: "J. Doe", From: 6 * time.Hour, Until: 14 * time.Hour},
		},
	}
	for i, name := range s.Names.Issues {
		s.Issues[i].Name = name
	}
	s.Issues[repair].Skill, s.Issues[alarm].Priority = 1, 0
	for i, name := range []string{"mails", "calls"} {
		s.Streams = append(s.Streams, demand.Stream{
			Name: name, Channel: ticket.Channel(i), Volume: demand.Volume{Count: 70, Per: demand.PerDay},
			Issues:   []demand.IssueShare{{Issue: question, Share: 0.5}, {Issue: repair, Share: 0.4}, {Issue: alarm, Share: 0.1}},
			Tiers:    []demand.TierShare{{Share: 1}},
			Accounts: []demand.AccountShare{{Share: 0.3}},
		})
	}
	return s
}

// small desk with a trial that has been run.
type smallDesk struct {
	scenario *model.Scenario
	sim      *sim.Simulation
	told     story
	left     *outcome.Run
}

func theDesk(t *testing.T) *smallDesk {
	t.Helper()
	return deskOf(t, small())
}

func deskOf(t *testing.T, s *model.Scenario) *smallDesk {
	t.Helper()
	w := &smallDesk{scenario: s}
	if problems := w.scenario.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	var err error
	if w.sim, err = sim.New(w.scenario); err != nil {
		t.Fatal(err)
	}
	w.left = w.sim.Catalog().NewRun()
	r := &recorder{classes: w.sim.Layout().Plan.Classes}
	w.sim.Worker().Run(1, 0, w.left, r)
	w.told = r.story
	return w
}

func (w *smallDesk) laws() *laws.Laws { return laws.New(w.scenario, w.sim.Layout()) }

// story is a copy of what the trial told.
func (w *smallDesk) story() story { return slices.Clone(w.told) }

// run is a copy of what it left behind.
func (w *smallDesk) run() *outcome.Run {
	r := *w.left
	r.Num, r.Den = slices.Clone(r.Num), slices.Clone(r.Den)
	return &r
}

// entry is one thing that an observer is told.
type entry struct {
	of      subject
	at      time.Duration
	kind    ticket.EventKind
	class   ticket.Class
	t       desk.Ticket
	results []sla.Result
	waiting int
	team    int
	staff   desk.Staff
}

type subject uint8

const (
	aTicket subject = iota
	aDone
	aVerdict
	aQueue
	aTeam
)

func (e *entry) live() bool    { return e.class.Channel == phone }
func (e *entry) repairs() bool { return e.class.Issue == repair }

// story is all that a trial tells.
type story []entry

func (es story) first(fits func(*entry) bool) int {
	for i := range es {
		if fits(&es[i]) {
			return i
		}
	}
	panic("there is nothing of the kind in the story")
}

// teamOf is the team of an agent.
func (es story) teamOf(agent int32) int16 {
	return es[es.first(func(e *entry) bool { return e.of == aTicket && e.kind == ticket.Started && e.t.Agent == agent })].t.Team
}

func (es story) play(o desk.Observer) {
	for i := range es {
		e := &es[i]
		switch e.of {
		case aTicket:
			o.Ticket(e.kind, e.at, &e.t)
		case aVerdict:
			o.Judged(e.at, &e.t, e.results)
		case aDone:
			o.Done(e.at, &e.t, e.results)
		case aQueue:
			o.Waiting(e.at, e.waiting)
		case aTeam:
			o.Staff(e.at, e.team, e.staff)
		}
	}
}

// recorder is an observer that keeps the story.
type recorder struct {
	classes []ticket.Class
	story   story
}

func (r *recorder) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	r.story = append(r.story, entry{of: aTicket, at: at, kind: kind, t: *t, class: r.classes[t.Class]})
}

func (r *recorder) Waiting(at time.Duration, tickets int) {
	r.story = append(r.story, entry{of: aQueue, at: at, waiting: tickets})
}

func (r *recorder) Staff(at time.Duration, team int, n desk.Staff) {
	r.story = append(r.story, entry{of: aTeam, at: at, team: team, staff: n})
}

func (r *recorder) Judged(at time.Duration, t *desk.Ticket, results []sla.Result) {
	r.story = append(r.story, entry{of: aVerdict, at: at, t: *t, class: r.classes[t.Class], results: slices.Clone(results)})
}

func (r *recorder) Done(at time.Duration, t *desk.Ticket, results []sla.Result) {
	r.story = append(r.story, entry{of: aDone, at: at, t: *t, class: r.classes[t.Class], results: slices.Clone(results)})
}
