package sim_test

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"pgregory.net/rapid"
)

// draw makes scenarios of all kinds: one to three teams with and without skills,
// live and other channels, shifts of all shapes, promises, a contract, a spike.
type draw struct{ *rapid.T }

func (d draw) int(label string, low, high int) int {
	return rapid.IntRange(low, high).Draw(d.T, label)
}

// tenths is a number with one decimal digit, given in tenths.
func (d draw) tenths(label string, low, high int) float64 {
	return float64(d.int(label, low, high)) / 10
}

func (d draw) yes(label string) bool { return rapid.Bool().Draw(d.T, label) }

func (d draw) hours(label string, low, high int) time.Duration {
	return time.Duration(d.int(label, low, high)) * time.Hour
}

func pick[T any](d draw, label string, from ...T) T { return rapid.SampledFrom(from).Draw(d.T, label) }

const (
	anything = iota // skills of the varied scenarios
	billing
	repairs
)

var (
	newYork  = location("America/New_York")
	berlin   = location("Europe/Berlin")
	everyDay = [7]bool{true, true, true, true, true, true, true}
)

// starts are plain and otherwise.
var starts = []time.Time{
	monday,
	time.Date(2026, 3, 7, 9, 0, 0, 0, newYork),   // the clock springs forward on the next day
	time.Date(2026, 10, 24, 0, 0, 0, 0, berlin),  // the clock falls back on the next day
	time.Date(2028, 2, 28, 22, 30, 0, 0, berlin), // a leap day is next
}

func location(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// varied is any scenario that Check accepts, short enough to run a hundred of.
func varied(r *rapid.T) *model.Scenario {
	d := draw{r}
	start := starts[d.int("start", 0, len(starts)-1)]
	s := &model.Scenario{
		Name: "varied",
		Time: model.Time{
			Start: start, Length: d.hours("length", 24, 60),
			Interval: pick(d, "interval", 15*time.Minute, 30*time.Minute, time.Hour),
		},
		Run: model.Run{Seed: 1, Min: 1, Max: 1},
		Names: ticket.Names{
			Tiers: []string{"gold", "basic"}, Priorities: []string{"high", "normal", "low"},
			Accounts: []string{"acme"}, Skills: []string{"anything", "billing", "repairs"},
		},
		Currency: "EUR",
		Routing:  model.Routing{Order: pick(d, "order", model.FIFO, model.Priority, model.EarliestDue)},
	}
	s.Time.Warmup = pick(d, "warmup", 0, s.Time.Length/4)
	s.Calendars = []*calendar.Calendar{calendar.Always(start.Location()), office(start.Location())}
	d.channels(s)
	d.issues(s)
	d.streams(s)
	d.teams(s)
	d.promises(s)
	d.handOffs(s)
	d.exceptions(s)
	d.routing(s)
	d.disturbances(s)
	d.relaxations(s)
	d.reviews(s)
	d.balance(s)
	d.backlog(s)
	d.holds(s)
	return s
}

// routing is plain in half of all scenarios.
func (d draw) routing(s *model.Scenario) {
	if !d.yes("intricate routing") {
		return
	}
	r := &s.Routing
	if d.yes("nearest breach") {
		r.Order = model.NearestBreach
	}
	r.Agent = pick(d, "agent", model.LeastLoaded, model.LongestIdle)
	r.Owner = pick(d, "owner", 0, 20*time.Minute, 4*time.Hour)
	for t := 1; t < len(s.Teams); t++ {
		if team := &s.Teams[t]; !team.HandOffsOnly && len(team.Skills)+len(team.Channels) > 0 && d.yes("helps out") {
			o := model.Overflow{Team: ticket.Team(t), After: pick(d, "after", 0, 5*time.Minute, time.Hour), Waiting: d.int("waiting", 0, 4)}
			if o.After == 0 {
				o.Waiting++
			}
			r.Overflows = append(r.Overflows, o)
		}
	}
	if d.yes("reserve") {
		r.Reserves = []model.Reserve{{Team: 0, Heads: d.int("kept free", 1, 2), Match: sla.Match{Priorities: []ticket.Priority{0}}}}
	}
	if d.yes("interrupt") {
		r.Interrupts = []model.Interrupt{{
			For: sla.Match{Priorities: []ticket.Priority{0}}, Of: sla.Match{Priorities: []ticket.Priority{1, 2}},
			Resume: pick(d, "resume", 0, time.Minute),
		}}
	}
	if len(s.Channels) > 1 && d.yes("chat interrupts email") {
		r.Interrupts = append(r.Interrupts, model.Interrupt{
			For: sla.Match{Channels: []ticket.Channel{1}}, Of: sla.Match{Channels: []ticket.Channel{0}},
		})
	}
}

// relaxations are up to two times in which promises are longer, which may overlap.
func (d draw) relaxations(s *model.Scenario) {
	n := len(s.Names.Priorities)
	for _, name := range []string{"peak", "sale"}[:d.int("relaxations", 0, 2)] {
		x := sla.Relaxation{Name: name, From: d.hours("relaxed from", -2, 20), Patience: d.tenths("patience", -3, 10)}
		x.Announced, x.Until = x.From-time.Hour, max(x.From, 0)+d.hours("relaxed for", 1, 12)
		if d.yes("relaxed for gold") {
			x.Match.Tiers = []ticket.Tier{0}
		}
		for _, m := range []sla.Metric{sla.FirstReply, sla.Resolution} {
			t := sla.Relaxed{Metric: m, Within: make([]time.Duration, n), Factor: make([]float64, n)}
			for p := range n {
				if d.yes("by a factor") {
					t.Factor[p] = d.tenths("relaxed by", 10, 30)
				} else {
					t.Within[p] = d.hours("relaxed to", 17, 60)
				}
			}
			x.Targets = append(x.Targets, t)
		}
		s.SLA.Relaxations = append(s.SLA.Relaxations, x)
	}
}

// exceptions affect every ticket of some hours, which may overlap.
func (d draw) exceptions(s *model.Scenario) {
	for _, name := range []string{"outage", "launch"}[:d.int("exceptions", 0, 2)] {
		e := model.Exception{Name: name, Reason: "it happened", ApprovedBy: "J. Doe", From: d.hours("exception from", -2, 20)}
		e.Until = max(e.From, s.Time.Warmup) + d.hours("exception length", 1, 10)
		switch e.Do = pick(d, "exception does", model.Exclude, model.SuspendCredits, model.Relax); {
		case e.Do == model.Relax:
			e.By = d.tenths("exception by", 11, 40)
		case len(s.Contracts) == 0:
			e.Do = model.Exclude
		}
		s.Exceptions = append(s.Exceptions, e)
	}
}

// office is open from nine to five on weekdays, with a break at noon.
func office(zone *time.Location) *calendar.Calendar {
	c := &calendar.Calendar{Name: "office", Zone: zone, Breaks: []calendar.Span{{From: 12 * 60, To: 12*60 + 30}}}
	for day := time.Monday; day <= time.Friday; day++ {
		c.Week[day] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	return c
}

// words of tickets, and rules that ask for them.
func (d draw) words(s *model.Scenario) {
	for i, name := range []string{"outage", "refund"}[:d.int("keywords", 0, 2)] {
		k := model.Keyword{Name: name}
		for range s.Issues {
			k.Shares = append(k.Shares, d.tenths("share with words", 0, 9))
		}
		s.Triage.Keywords = append(s.Triage.Keywords, k)
		s.Triage.Rules = append(s.Triage.Rules, model.PriorityRule{
			Match:    sla.Match{Tiers: []ticket.Tier{ticket.Tier(d.int("tier with words", 0, 1))}},
			Keywords: model.Keywords(0).With(i), Priority: ticket.Priority(d.int("priority of words", 0, len(s.Names.Priorities)-1)),
		})
	}
}

func (d draw) channels(s *model.Scenario) {
	email := work.Channel{Name: "email", Concurrency: d.int("emails at once", 1, 2)}
	chat := work.Channel{Name: "chat", Live: true, Concurrency: d.int("chats at once", 1, 3), Slowdown: pick(d, "slowdown", nil, work.Slowdown{0.3}, work.Slowdown{0.1, 0.6})}
	if d.yes("chat has patience") {
		chat.Patience = exponential(240)
	}
	phone := work.Channel{
		Name: "phone", Live: true, Concurrency: 1, ShortAbandon: 5 * time.Second,
		Patience: dist.Must(dist.Mixture(
			dist.Part{Weight: 0.1, Dist: dist.Must(dist.Constant(0))},
			dist.Part{Weight: 0.9, Dist: exponential(200)})),
	}
	s.Channels = []work.Channel{email, chat, phone}[:d.int("channels", 1, 3)]
	for i := range s.Channels {
		s.Names.Channels = append(s.Names.Channels, s.Channels[i].Name)
	}
}

func (d draw) issues(s *model.Scenario) {
	for i, name := range []string{"question", "invoice", "defect"}[:d.int("issues", 1, 3)] {
		mean := float64(d.int("handle", 60, 1200))
		issue := work.Issue{
			Name: name, Priority: ticket.Priority(i), Skill: pick(d, "skill", ticket.NoSkill, billing, repairs),
			Handle:        d.handle(mean),
			SolvedAtFirst: d.tenths("solved at first", 3, 10), SolvedLater: d.tenths("solved later", 5, 10),
			Reply: work.Reply{After: exponential(5400), Never: d.tenths("never", 0, 3), Close: d.hours("close", 1, 9)},
		}
		if d.yes("reopens") {
			issue.Reopen = work.Reopen{Share: 0.2, After: exponential(7200)}
		}
		s.Issues = append(s.Issues, issue)
		s.Names.Issues = append(s.Names.Issues, name)
	}
}

func (d draw) handle(mean float64) dist.Dist {
	switch d.int("kind of handling times", 0, 2) {
	case 0:
		return dist.Must(dist.Constant(mean))
	case 1:
		return exponential(mean)
	}
	return dist.Must(dist.Lognormal(mean, 1))
}

func (d draw) streams(s *model.Scenario) {
	spike := demand.Spike{
		Name: "spike", Factor: d.tenths("factor", 10, 65), Start: s.Time.Length / 3,
		Rise: d.hours("rise", 0, 2), Hold: d.hours("hold", 0, 3), Fall: d.hours("fall", 0, 2), Handle: d.tenths("more work", 0, 2),
	}
	for i, name := range []string{"first", "second", "third"}[:d.int("streams", 1, 3)] {
		st := demand.Stream{
			Name: name, Channel: ticket.Channel(i % len(s.Channels)), Busyness: d.tenths("busyness", 0, 3),
			Volume: demand.Volume{Count: float64(d.int("volume", 20, 250)), Per: demand.PerDay},
			Tiers:  []demand.TierShare{{Tier: 0, Share: 0.25}, {Tier: 1, Share: 0.75}},
			Growth: d.tenths("growth", -2, 5),
		}
		for j := range s.Issues {
			st.Issues = append(st.Issues, demand.IssueShare{Issue: ticket.Issue(j), Share: 1 / float64(len(s.Issues))})
		}
		if i == 0 {
			st.Accounts = []demand.AccountShare{{Account: 0, Tier: 0, Share: 0.2}}
		}
		if d.yes("profile") {
			st.Profile.Hours = []float64{1, 1, 3, 5, 4, 2}
			st.Profile.Days = [7]float64{0.5, 1, 1, 1, 1, 1, 0.5}
		}
		if d.yes("spiky") && spike.Rise+spike.Hold+spike.Fall > 0 {
			st.Spikes = []demand.Spike{spike}
		}
		s.Streams = append(s.Streams, st)
	}
}

func (d draw) teams(s *model.Scenario) {
	for i, name := range []string{"front", "second-line", "night-watch"}[:d.int("teams", 1, 3)] {
		t := staffing.Team{
			Name: name, Zone: starts[d.int("zone", 0, 2)].Location(),
			Shrinkage: d.tenths("shrinkage", 0, 3),
			ShiftEnd:  pick(d, "at shift end", staffing.Finish, staffing.HandBack),
			Cost:      staffing.Cost{PerHour: 20, Night: 0.25, Weekend: 0.5, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60},
		}
		if i > 0 { // the first can do everything, so nobody asks in vain
			t.Skills = pick(d, "skills", nil, []ticket.Skill{billing}, []ticket.Skill{repairs, billing}, []ticket.Skill{anything})
			t.Channels = pick(d, "reach", nil, []ticket.Channel{0})
		}
		for _, shift := range []string{"a", "b", "c"}[:d.int("shifts", 1, 3)] {
			t.Shifts = append(t.Shifts, d.shift(shift))
		}
		d.people(&t, calendar.DateOf(s.Time.Start))
		d.onCall(&t)
		s.Teams = append(s.Teams, t)
		s.Names.Teams = append(s.Names.Teams, name)
	}
}

func (d draw) shift(name string) staffing.Shift {
	sh := staffing.Shift{Name: name, Heads: d.tenths("heads", 4, 45), Days: everyDay}
	switch pick(d, "shape", "seat", "day", "night", "late") {
	case "seat":
		sh.To = 24 * 60
	case "day":
		sh.From, sh.To = 8*60, 16*60+30
	case "night":
		sh.From, sh.To = 20*60, 32*60
	case "late":
		sh.From, sh.To = 13*60, 25*60+15
	}
	for at := sh.From + 90; at < sh.To-150 && len(sh.Breaks) < 3 && d.yes("break"); at += 150 {
		sh.Breaks = append(sh.Breaks, staffing.Break{At: at, Minutes: pick(d, "minutes", 15, 45), Turns: d.int("turns", 0, 3)})
	}
	return sh
}

// reviews are up to two reviews of repeated breaches.
func (d draw) reviews(s *model.Scenario) {
	metrics := []sla.Metric{sla.FirstReply, sla.Resolution, sla.Answer}
	if len(s.Channels) == 1 {
		metrics = metrics[:2]
	}
	for i := range d.int("reviews", 0, 2) {
		s.Escalations = append(s.Escalations, model.Rung{
			Name: string(rune('p' + i)), Metric: pick(d, "review of", metrics...), Lead: time.Hour,
			Match: sla.Match{Priorities: pick(d, "review for", nil, nil, []ticket.Priority{0})},
			Repeat: model.Repeat{
				Breaches: d.int("review after", 2, 6), Within: d.hours("review in", 1, 48),
				By: pick(d, "review by", model.ByAccount, model.ByTier, model.ByIssue),
			},
		})
	}
}

// ladder is up to three escalations of the promises that all tickets have.
func (d draw) ladder(s *model.Scenario) {
	for i := range d.int("rungs", 0, 3) {
		s.Escalations = append(s.Escalations, model.Rung{
			Name: string(rune('a' + i)), Match: sla.Match{Tiers: pick(d, "rung for", nil, []ticket.Tier{0}, []ticket.Tier{1})}, Metric: pick(d, "rung of", sla.FirstReply, sla.Resolution),
			At: sla.Mark{Share: d.tenths("rung at", 3, 12)}, Do: pick(d, "rung does", model.Notify, model.Raise, model.Reassign),
			Team: ticket.Team(d.int("rung to", 0, len(s.Teams)-1)), Lead: time.Minute,
		})
	}
}

func (d draw) promises(s *model.Scenario) {
	within := func(label string, unit time.Duration) []time.Duration {
		first := time.Duration(d.int(label, 1, 8)) * unit
		return []time.Duration{first, 2 * first, sla.None}[:len(s.Names.Priorities)]
	}
	s.SLA.Resolve = pick(d, "resolve", sla.Strictest, sla.FirstMatch, sla.All)
	s.SLA.Policies = []sla.Policy{
		{Name: "all", Calendar: d.int("calendar", 0, 1), Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: within("first reply", 30*time.Minute)},
			{Metric: sla.Resolution, Within: within("resolution", 2*time.Hour), Pauses: sla.StatusSet(0).With(ticket.Pending)},
		}},
		{Name: "gold", Match: sla.Match{Tiers: []ticket.Tier{0}}, Targets: []sla.Target{
			{Metric: sla.FirstReply, Within: within("gold", 15*time.Minute)},
		}},
	}
	if d.yes("all metrics") {
		var all []sla.Target
		// Not GroupOwnership: the law of order does not follow how a new owner moves what is due next.
		for _, m := range []sla.Metric{sla.NextReply, sla.PeriodicUpdate, sla.PausableUpdate, sla.RequesterWait, sla.AgentWork} {
			all = append(all, sla.Target{
				Metric: m, Within: within(m.String(), time.Hour), Reopen: pick(d, "reopen", sla.Resume, sla.Reset, sla.Ignore),
				Boundary: pick(d, "boundary", sla.AtClose, sla.NextOpen),
			})
		}
		s.SLA.Policies = append(s.SLA.Policies, sla.Policy{Name: "everything", Calendar: d.int("calendar of everything", 0, 1), Targets: all})
	}
	d.ladder(s)
	if s.Triage.Wrong = d.tenths("wrong priorities", 0, 3); len(s.Names.Priorities) < 2 {
		s.Triage.Wrong = 0
	}
	d.words(s)
	s.SLA.Change = pick(d, "change", sla.CarryElapsed, sla.RestartAtChange, sla.Freeze, sla.BackDate)
	if len(s.Channels) > 1 {
		s.SLA.Policies = append(s.SLA.Policies, sla.Policy{Name: "live", Targets: []sla.Target{
			{Metric: sla.Answer, Within: within("answer", 10*time.Second), Share: 0.8},
		}})
	}
	s.Contracts = []contract.Contract{{
		Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: contract.Money{Minor: 1_000_000, Currency: "EUR"},
		Period: pick(d, "period", contract.Monthly, contract.Weekly, contract.Quarterly, contract.Yearly), Cap: 250_000,
		Levels: []contract.Level{{
			Metric: sla.FirstReply, Target: 950_000,
			Scheme: contract.Steps{Step: 10_000, Credit: 100_000, Rounding: pick(d, "rounding", contract.Started, contract.Full, contract.Linear)},
		}},
	}}
}
