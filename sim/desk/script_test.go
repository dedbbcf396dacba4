package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	history "github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// script is the first half of a dialogue, read line by line:
//
//	until TIME                     the horizon; Tue 00:00 if not said. It starts on Mon 00:00
//	trial N                        the replication, which decides on fractional heads; 0 if not said
//	hide staff|queue|done          leaves such lines out of the timeline
//	order fifo|priority|earliest_due|nearest_breach      for the rest of routing see script.routing
//	resolve strictest|first_match|all
//	priorities WORD...             highest first; the only one is normal if not said
//	mistaken carry_elapsed|restart_at_change|freeze|back_date     every ticket is taken for one of the other of two priorities
//	channel NAME [live] [concurrency=N] [slowdown=N%,...] [short=DURATION]     email is always there
//	        and what its customers do of their own accord, see insistence
//	team NAME [skills=A,B] [channels=A,B] [end=hand_back] [hand_offs_only] [sickness=N%] [overtime=N%/DURATION]
//	      [zone=ZONE] [holidays=DAY,DAY]
//	shift TEAM NAME HEADS DAYS FROM-TO [break=TIME/DURATION]...            DAYS: Mon, Mon-Fri or daily
//	      [learning=N%/DURATION] [part_time=N%] [on_call=PRIORITY/DURATION] [hires=DAY/N] [holidays=work|only]
//	calendar NAME DAYS FROM-TO
//	promise NAME [first_reply=D] [resolution=D] [answer=D] [pauses=A,B] [calendar=C] [priority=P] [channel=C]
//	             [team=T] [until=taken]                       of group_ownership
//	             [reopen=resume|reset|ignore]                 of resolution
//	bot NAME contains=N% [wrong=N%] [handle=D] [back=D]
//	burnout above=N% over=D [handle=N%] [reopen=N%]
//	outage NAME TIME TIME [channels=A,B] [teams=A,B] [switch=N%/CHANNEL] [back=D]
//	slow NAME TIME TIME N% [TEAM]...
//	relax NAME FROM UNTIL [METRIC=xN or METRIC=D]... [patience=N%]
//	review NAME METRIC BREACHES DURATION tier
//	ticket NAME TIME CHANNEL HANDLE [skill=S] [priority=P] [patience=D] [reply=D [endless]] [silent=D [remind=D,D] [won=D]] [reopen=D]
//	             [hand_off=TEAM/DURATION [any_touch] [open] [solves]]
//	             [hold=DURATION | held_open=DURATION]
//	open NAME AGO CHANNEL HANDLE ...     a ticket that is open at the start, see script.open
//
// A ticket with reply=D is not solved by the first touch, its customer answers
// after D, and the next touch solves it, or, if endless, none does. With silent=D the
// customer never answers and the ticket is closed after D. With reopen=D it comes
// back D after it is solved, and that again and again. With hand_off=TEAM/D the
// first touch is followed by a hand-off, which takes that team D.
type script struct {
	s       *model.Scenario
	trial   uint64
	hidden  map[string]bool
	names   []string                    // of the tickets, by row of the history
	offered map[string][]ticket.Channel // the channels that stand for a channel of the script
	late    []func()                    // what needs to know all channels
	clones  map[string]ticket.Channel   // by name and patience
	rows    []history.Arrival
}

func newScript() *script {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	p := &script{
		s: &model.Scenario{
			Name:      "dialogue",
			Time:      model.Time{Start: monday, Length: 24 * time.Hour, Interval: time.Hour},
			Calendars: []*calendar.Calendar{calendar.Always(time.UTC)},
			Names:     ticket.Names{Priorities: []string{"normal"}},
		},
		hidden: map[string]bool{}, rows: []history.Arrival{}, offered: map[string][]ticket.Channel{}, clones: map[string]ticket.Channel{},
	}
	p.addChannel("email", work.Channel{Name: "email", Concurrency: 1})
	return p
}

// read takes in a line.
func (p *script) read(line string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v", line, r)
		}
	}()
	w := &words{list: strings.Fields(line)}
	if len(w.list) == 0 || strings.HasPrefix(line, "#") {
		return nil
	}
	switch verb := w.next(); verb {
	case "until":
		p.s.Time.Length = w.time()
	case "trial":
		p.trial = uint64(w.int())
	case "hide":
		p.hidden[w.next()] = true
	case "order":
		p.s.Routing.Order = model.Order(find(model.OrderNames(), w.next()))
	case "resolve":
		p.s.SLA.Resolve = sla.Resolve(find(sla.ResolveNames(), w.next()))
	case "priorities":
		p.s.Names.Priorities = w.list
		w.list = nil
	case "mistaken":
		p.s.Triage = model.Triage{Wrong: 1, Replays: true}
		p.s.SLA.Change = sla.Change(find(sla.ChangeNames(), w.next()))
	case "channel":
		p.channel(w)
	case "team":
		p.team(w)
	case "shift":
		p.shift(w)
	case "calendar":
		p.calendar(w)
	case "promise":
		p.promise(w)
	case "relax":
		p.relax(w)
	case "review":
		p.review(w)
	case "rung":
		p.rung(w)
	case "burnout":
		p.burnout(w)
	case "outage":
		p.outage(w)
	case "bot":
		p.bot(w)
	case "slow":
		p.slow(w)
	case "ticket":
		p.ticket(w)
	case "open":
		p.open(w)
	default:
		if !p.routing(verb, w) {
			panic("unknown verb")
		}
	}
	if len(w.list) > 0 {
		panic("what is " + w.list[0] + "?")
	}
	return nil
}

// scenario is what the script has said.
func (p *script) scenario() *model.Scenario {
	for _, f := range p.late {
		f()
	}
	if !slices.IsSortedFunc(p.rows, func(a, b history.Arrival) int { return int(a.At - b.At) }) {
		panic("the tickets are not in the order of time")
	}
	p.s.Streams = []history.Stream{{Name: "history", Replay: p.rows}}
	return p.s
}

func (p *script) addChannel(base string, c work.Channel) ticket.Channel {
	i := ticket.Channel(len(p.s.Channels))
	p.s.Channels = append(p.s.Channels, c)
	p.offered[base] = append(p.offered[base], i)
	return i
}

func (p *script) channel(w *words) {
	c := work.Channel{Name: w.next(), Concurrency: 1}
	for w.more() {
		switch key, value := w.option(); key {
		case "live":
			c.Live = true
		case "concurrency":
			c.Concurrency = number(value)
		case "slowdown":
			for _, x := range strings.Split(value, ",") {
				c.Slowdown = append(c.Slowdown, float64(number(strings.TrimSuffix(x, "%")))/100)
			}
		case "short":
			c.ShortAbandon = duration(value)
		default:
			p.insistence(&c, key, value)
		}
	}
	p.addChannel(c.Name, c)
}

func (p *script) team(w *words) {
	t := staffing.Team{Name: w.next(), Zone: time.UTC}
	at := len(p.s.Teams)
	for w.more() {
		switch key, value := w.option(); key {
		case "skills":
			for _, name := range strings.Split(value, ",") {
				t.Skills = append(t.Skills, p.skill(name))
			}
		case "channels":
			p.late = append(p.late, func() {
				for _, name := range strings.Split(value, ",") {
					p.s.Teams[at].Channels = append(p.s.Teams[at].Channels, p.offered[name]...)
				}
			})
		case "sickness":
			t.Sickness.Share = share(value)
		case "overtime":
			part, stay, _ := strings.Cut(value, "/")
			first := calendar.DateOf(p.s.Time.Start)
			t.Overtime = []staffing.Overtime{{Name: "rush", First: first, Last: first.AddDays(7), Stay: duration(stay), Share: share(part)}}
		case "hand_offs_only":
			t.HandOffsOnly = true
		case "zone", "holidays":
			abroad(&t, key, value)
		case "end":
			t.ShiftEnd = staffing.ShiftEnd(find([]string{"finish", "hand_back"}, value))
		default:
			panic("unknown " + key)
		}
	}
	p.s.Teams = append(p.s.Teams, t)
}

func (p *script) skill(name string) ticket.Skill {
	i := slices.Index(p.s.Names.Skills, name)
	if i < 0 {
		i = len(p.s.Names.Skills)
		p.s.Names.Skills = append(p.s.Names.Skills, name)
	}
	return ticket.Skill(i)
}

func (p *script) calendar(w *words) {
	c := &calendar.Calendar{Name: w.next(), Zone: time.UTC}
	on := days(w.next())
	from, to := span(w.next())
	for d := range on {
		if on[d] {
			c.Week[d] = []calendar.Span{{From: from, To: to}}
		}
	}
	p.s.Calendars = append(p.s.Calendars, c)
}

func (p *script) promise(w *words) {
	policy := sla.Policy{Name: w.next()}
	at := len(p.s.SLA.Policies)
	var pauses sla.StatusSet
	var reopen sla.Reopen
	for w.more() {
		key, value := w.option()
		metric, isMetric := sla.ParseMetric(key)
		switch {
		case isMetric:
			within := slices.Repeat([]time.Duration{duration(value)}, len(p.s.Names.Priorities))
			policy.Targets = append(policy.Targets, sla.Target{Metric: metric, Within: within})
		case key == "pauses":
			for _, word := range strings.Split(value, ",") {
				status, ok := ticket.ParseStatus(word)
				if !ok {
					panic("no status " + word)
				}
				pauses = pauses.With(status)
			}
		case key == "reopen":
			reopen = sla.Reopen(find(sla.ReopenNames(), value))
		case key == "calendar":
			policy.Calendar = slices.IndexFunc(p.s.Calendars, func(c *calendar.Calendar) bool { return c.Name == value })
		case key == "priority":
			policy.Match.Priorities = []ticket.Priority{ticket.Priority(find(p.s.Names.Priorities, value))}
		case key == "team":
			policy.Targets[len(policy.Targets)-1].Owner = sla.OwnedBy(p.teamNamed(value))
		case key == "until":
			policy.Targets[len(policy.Targets)-1].Until = sla.Until(find(sla.UntilNames(), value))
		case key == "channel":
			p.late = append(p.late, func() { p.s.SLA.Policies[at].Match.Channels = p.offered[value] })
		default:
			panic("unknown " + key)
		}
	}
	for i := range policy.Targets {
		if policy.Targets[i].Metric == sla.Resolution {
			policy.Targets[i].Pauses, policy.Targets[i].Reopen = pauses, reopen
		}
	}
	p.s.SLA.Policies = append(p.s.SLA.Policies, policy)
}

// rung reads a step of the ladder: its name, its metric and share of the target, what is done,
// and for which priority, if not for all.
func (p *script) rung(w *words) {
	r := model.Rung{Name: w.next()}
	name, share := w.option()
	metric, ok := sla.ParseMetric(name)
	if !ok {
		panic("no metric " + name)
	}
	percent, err := strconv.Atoi(strings.TrimSuffix(share, "%"))
	if err != nil {
		panic(err)
	}
	r.Metric, r.At = metric, sla.Mark{Share: float64(percent) / 100}
	r.Do = model.Action(find(model.ActionNames(), w.next()))
	if w.more() && strings.HasPrefix(w.list[0], "priority=") {
		_, word := w.option()
		r.Match.Priorities = []ticket.Priority{ticket.Priority(find(p.s.Names.Priorities, word))}
	}
	if r.Do == model.Reassign {
		to := w.next()
		p.late = append(p.late, func() {
			p.s.Escalations[slices.IndexFunc(p.s.Escalations, func(x model.Rung) bool { return x.Name == r.Name })].Team =
				ticket.Team(slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == to }))
		})
	}
	p.s.Escalations = append(p.s.Escalations, r)
}

func (p *script) ticket(w *words) {
	p.names = append(p.names, w.next())
	row := history.Arrival{ID: ticket.ID(len(p.names) - 1), At: w.time()}
	row.Class.Account = ticket.Anonymous
	row.Class.Issue = ticket.Issue(len(p.s.Issues))
	channel := w.next()
	issue := work.Issue{
		Name: "issue of " + p.names[len(p.names)-1], Skill: ticket.NoSkill,
		Handle: constant(duration(w.next())), SolvedAtFirst: 1, SolvedLater: 1,
	}
	row.Class.Channel = p.offered[channel][0]
	for w.more() {
		switch key, value := w.option(); key {
		case "skill":
			issue.Skill = p.skill(value)
		case "priority":
			row.Class.Priority = ticket.Priority(find(p.s.Names.Priorities, value))
		case "patience":
			row.Class.Channel = p.patient(channel, value)
		case "reply":
			issue.SolvedAtFirst, issue.Reply.After = 0, constant(duration(value))
		case "endless":
			issue.SolvedLater = 0
		case "silent":
			issue.SolvedAtFirst, issue.Reply = 0, work.Reply{Never: 1, Close: duration(value)}
		case "hand_off":
			team, work, _ := strings.Cut(value, "/")
			issue.HandOffs = append(issue.HandOffs, handOff(p.teamNamed(team), duration(work)))
		case "any_touch":
			issue.HandOffs[0].AnyTouch = true
		case "hold":
			issue.Holds = append(issue.Holds, work.Hold{For: "vendor", Share: 1, Takes: constant(duration(value))})
		case "held_open":
			issue.Holds = append(issue.Holds, work.Hold{For: "nobody", Share: 1, Takes: constant(duration(value)), Open: true})
		case "open":
			issue.HandOffs[0].Open = true
		case "solves":
			issue.HandOffs[0].Solves = true
		case "reopen":
			issue.Reopen = work.Reopen{Share: 1, After: constant(duration(value))}
		default:
			reminders(&issue.Reply, key, value)
		}
	}
	issue.Priority = row.Class.Priority
	p.s.Issues = append(p.s.Issues, issue)
	p.rows = append(p.rows, row)
}

func handOff(to ticket.Team, d time.Duration) work.HandOff {
	return work.HandOff{To: to, Share: 1, Handle: constant(d)}
}

// teamNamed is a team that stands above.
func (p *script) teamNamed(name string) ticket.Team {
	i := slices.IndexFunc(p.s.Teams, func(t staffing.Team) bool { return t.Name == name })
	if i < 0 {
		panic("there is no team " + name + " above")
	}
	return ticket.Team(i)
}

// patient is a channel like another, whose customers wait for so long.
func (p *script) patient(channel, patience string) ticket.Channel {
	key := channel + " for " + patience
	i, ok := p.clones[key]
	if !ok {
		c := p.s.Channels[p.offered[channel][0]]
		c.Patience = constant(duration(patience))
		i = p.addChannel(channel, c)
		p.clones[key] = i
	}
	return i
}

// words are what is left of a line.
type words struct{ list []string }

func (w *words) more() bool { return len(w.list) > 0 }

func (w *words) next() string {
	word := w.list[0]
	w.list = w.list[1:]
	return word
}

func (w *words) int() int { return number(w.next()) }

func (w *words) option() (key, value string) {
	key, value, _ = strings.Cut(w.next(), "=")
	return key, value
}

// time is an instant: 09:05, 09:05:30 or Tue 09:05; next Tue is a week later.
func (w *words) time() time.Duration {
	var day time.Duration
	if w.list[0] == "next" {
		w.next()
		return 7*24*time.Hour + w.time()
	}
	if i := slices.Index(weekdays, w.list[0]); i >= 0 {
		w.next()
		day = time.Duration(i) * 24 * time.Hour
	}
	h, rest, _ := strings.Cut(w.next(), ":")
	m, s, _ := strings.Cut(rest, ":")
	if s == "" {
		s = "0"
	}
	return day + duration(h+"h"+m+"m"+s+"s")
}

// weekdays begin with the day of the start.
var weekdays = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

func days(word string) (on [7]bool) {
	first, last, isRange := strings.Cut(word, "-")
	if word == "daily" {
		first, last, isRange = "Mon", "Sun", true
	}
	if !isRange {
		last = first
	}
	for i := find(weekdays, first); i <= find(weekdays, last); i++ {
		on[(i+1)%7] = true
	}
	return on
}

func span(word string) (from, to int) {
	a, b, _ := strings.Cut(word, "-")
	return clock(a), clock(b)
}

// clock is minutes since midnight.
func clock(word string) int {
	w := words{[]string{word}}
	return int(w.time() / time.Minute)
}

func duration(word string) time.Duration {
	d, err := time.ParseDuration(word)
	if err != nil {
		panic(err)
	}
	return d
}

func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		panic(err)
	}
	return n
}

func find(list []string, word string) int {
	i := slices.Index(list, word)
	if i < 0 {
		panic(fmt.Sprintf("%s is none of %v", word, list))
	}
	return i
}

func constant(d time.Duration) dist.Dist { return dist.Must(dist.Constant(d.Seconds())) }
