package desk

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	history "github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/rng"
)

// said is the scenario of a script.
func said(t testing.TB, lines ...string) *model.Scenario {
	t.Helper()
	p, err := readScript(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return p.scenario()
}

func TestLayoutRefusesWhatItCannotCarry(t *testing.T) {
	t.Parallel()
	urgencies := make([]string, 65)
	for i := range urgencies {
		urgencies[i] = fmt.Sprint("p", i)
	}
	for _, row := range []struct {
		name  string
		lines []string
		want  string // "" for no error
	}{
		{"a ticket that no team has the skill for", []string{"team a skills=x", "ticket A 08:00 email 1m skill=y"}, "no team can do issue of A on email"},
		{"a ticket that no team with the skill is reached by", []string{
			"channel phone live", "team a skills=x channels=phone", "team b channels=email skills=z", "ticket A 08:00 email 1m skill=x",
		}, "no team can do issue of A on email"},
		{"concurrencies of 4, 5 and 3 share an agent of 60 parts", []string{
			"channel a live concurrency=4", "channel b live concurrency=5", "channel c live concurrency=3", "team a", "ticket A 08:00 email 1m",
		}, ""},
		{"those of 8, 5 and 3 would need 120", []string{
			"channel a live concurrency=8", "channel b live concurrency=5", "channel c live concurrency=3", "team a", "ticket A 08:00 email 1m",
		}, "least common multiple 120"},
		{"64 priorities can be queued by priority", []string{
			"order priority", "priorities " + strings.Join(urgencies, " "), "team a", "ticket A 08:00 email 1m priority=p63",
		}, ""},
		{"a 65th cannot", []string{
			"order priority", "priorities " + strings.Join(urgencies, " "), "team a", "ticket A 08:00 email 1m priority=p64",
		}, "priority 64"},
		{"but can be where priority is not the order", []string{
			"priorities " + strings.Join(urgencies, " "), "team a", "ticket A 08:00 email 1m priority=p64",
		}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := NewLayout(said(t, row.lines...))
			switch {
			case row.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
				t.Errorf("error %v, want one that says %q", err, row.want)
			}
		})
	}
}

// heads are the heads of the days of a shift, trial by trial.
func headsOf(l *Layout, trials int) [][]int32 {
	all := make([][]int32, trials)
	for i := range all {
		all[i] = make([]int32, len(l.stints))
		l.round(rng.Key{Seed: 7, Replication: uint64(i)}, all[i])
	}
	return all
}

func TestFractionalHeadsAreRightOnAverage(t *testing.T) {
	t.Parallel()
	s := said(t, "until Mon 00:00", "team a", "shift a day 2.3 daily 08:00-17:00 break=12:00/1h", "ticket A 08:00 email 1m")
	s.Time.Length = 10 * 24 * time.Hour
	l, err := NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	const trials = 1000
	sum, n := 0.0, 0.0
	for _, heads := range headsOf(l, trials) {
		if len(heads) != 20 {
			t.Fatalf("%d stretches of work, want two on each of ten days", len(heads))
		}
		for i := 0; i < len(heads); i += 2 {
			if heads[i] != heads[i+1] {
				t.Fatalf("day %d has %d heads before lunch and %d after it", i/2, heads[i], heads[i+1])
			}
			if heads[i] != 2 && heads[i] != 3 {
				t.Fatalf("%d heads of 2.3", heads[i])
			}
			sum += float64(heads[i])
			n++
		}
	}
	if z := (sum/n - 2.3) / math.Sqrt(0.3*0.7/n); math.Abs(z) > 4 {
		t.Errorf("%v heads on average, want 2.3; z %v", sum/n, z)
	}
}

func TestFractionalHeadsDoNotDependOnOtherShifts(t *testing.T) {
	t.Parallel()
	own := func(lines ...string) [][]int32 {
		s := said(t, append(lines, "ticket A 08:00 email 1m")...)
		s.Time.Length = 30 * 24 * time.Hour
		l, err := NewLayout(s)
		if err != nil {
			t.Fatal(err)
		}
		var days [][]int32
		for _, heads := range headsOf(l, 5) {
			var mine []int32
			for i, st := range l.stints {
				g := l.groups[st.group]
				if l.Teams[g.team].Name == "b" && g.domain == rng.Domain("b/day") {
					mine = append(mine, heads[i])
				}
			}
			days = append(days, mine)
		}
		return days
	}
	alone := own("team b", "shift b day 1.5 daily 08:00-17:00")
	among := own("team a", "team b", "shift a x 3.5 daily 00:00-24:00", "shift b y 2.5 daily 02:00-10:00", "shift b day 1.5 daily 08:00-17:00")
	for i := range alone {
		if len(alone[i]) != 30 || !slices.Equal(alone[i], among[i]) {
			t.Errorf("trial %d: alone %v, among others %v", i, alone[i], among[i])
		}
	}
}

// silence is an observer that does not listen.
type silence struct{ tickets int }

func (s *silence) Ticket(ticket.EventKind, time.Duration, *Ticket) { s.tickets++ }
func (s *silence) Waiting(time.Duration, int)                      {}
func (s *silence) Staff(time.Duration, int, Staff)                 {}
func (s *silence) Judged(time.Duration, *Ticket, []sla.Result)     {}
func (s *silence) Done(time.Duration, *Ticket, []sla.Result)       {}

// everything is a scenario with all that a desk can do.
func everything(t testing.TB, order model.Order) *model.Scenario {
	s := said(t, "until Sun 00:00", "order "+order.String(), "priorities high normal",
		"channel chat live concurrency=3 slowdown=25% short=5s",
		"team front end=hand_back", "team back channels=email",
		"shift front early 2.5 daily 06:00-15:00 break=10:00/30m", "shift front late 2 daily 14:00-23:00", "shift back seat 1 daily 00:00-24:00",
		"calendar office Mon-Fri 09:00-17:00",
		"promise gold first_reply=1h resolution=8h pauses=pending calendar=office", "promise chat answer=1m first_reply=5m channel=chat")
	s.Channels[1].Patience = dist.Must(dist.Exponential(300))
	s.Issues = []work.Issue{{
		Name: "question", Skill: ticket.NoSkill, Handle: dist.Must(dist.Lognormal(600, 1)), SolvedAtFirst: 0.6, SolvedLater: 0.7,
		Reply:  work.Reply{After: dist.Must(dist.Gamma(7200, 1.5)), Never: 0.2, Close: 24 * time.Hour},
		Reopen: work.Reopen{Share: 0.1, After: dist.Must(dist.Weibull(9000, 0.8))},
	}, {
		Name: "outage", Priority: 1, Skill: ticket.NoSkill, Handle: dist.Must(dist.Exponential(900)), SolvedAtFirst: 1, SolvedLater: 1,
	}}
	s.Names.Issues, s.Names.Tiers = []string{"question", "outage"}, []string{"all"}
	spike := history.Spike{Name: "spike", Factor: 5, Start: 50 * time.Hour, Rise: time.Hour, Hold: 3 * time.Hour, Fall: time.Hour}
	s.Streams = nil
	for i, name := range []string{"by email", "by chat"} {
		s.Streams = append(s.Streams, history.Stream{
			Name: name, Channel: ticket.Channel(i), Tiers: []history.TierShare{{Share: 1}},
			Issues: []history.IssueShare{{Issue: 0, Share: 0.8}, {Issue: 1, Share: 0.2}},
			Volume: history.Volume{Count: 90}, Busyness: 0.2, Spikes: []history.Spike{spike},
		})
	}
	s.Bursts = []history.Burst{
		{Name: "once", Issue: 1, At: 30 * time.Hour, Tickets: 40, Over: time.Hour},
		{Name: "again", Stream: 1, Issue: 1, Every: 40 * time.Hour, Tickets: 20, Over: time.Hour},
	}
	s.Deflection = []model.Deflection{{
		Name: "bot", Match: sla.Match{Issues: []ticket.Issue{0}}, Contains: 0.4, Wrong: 0.3,
		Handle: dist.Must(dist.Exponential(60)), Back: dist.Must(dist.Gamma(9000, 1.5)),
	}}
	s.Outages = []model.Outage{
		{Name: "chat-down", Channels: []ticket.Channel{1}, Every: 30 * time.Hour, Lasts: dist.Must(dist.Lognormal(7200, 1)), Switch: 0.4, To: 0, Patient: true, Spread: time.Hour},
		{Name: "crm-down", Teams: []ticket.Team{0, 1}, Every: 40 * time.Hour, Lasts: dist.Must(dist.Gamma(7200, 1))},
		{Name: "stated", Teams: []ticket.Team{0}, Channels: []ticket.Channel{1}, From: 20 * time.Hour, Until: 22 * time.Hour},
	}
	s.Burnout = model.Burnout{Above: 0.5, Over: 6 * time.Hour, Handle: 0.1, Reopen: 0.05, Quality: 0.03}
	s.Teams[0].Quality, s.Quality = staffing.Quality{Mean: 0.9, SD: 0.05}, model.Quality{AtLeast: 0.9, Sample: 0.1}
	n := len(s.Names.Priorities)
	s.SLA.Relaxations = []sla.Relaxation{{Name: "peak", From: 20 * time.Hour, Until: 50 * time.Hour, Targets: []sla.Relaxed{
		{Metric: sla.FirstReply, Within: make([]time.Duration, n), Factor: slices.Repeat([]float64{2}, n)},
	}}}
	s.Escalations = append(s.Escalations, model.Rung{
		Name: "review", Metric: sla.FirstReply, Repeat: model.Repeat{Breaches: 3, Within: 24 * time.Hour, By: model.ByTier},
	})
	team := &s.Teams[0]
	team.Sickness = staffing.Sickness{Share: 0.2, Spell: 48 * time.Hour}
	team.Hiring = staffing.Hiring{Attrition: 9, Replace: true, Lead: 24 * time.Hour}
	team.Ramp = staffing.Learning{{From: 0.5, To: 1, For: 72 * time.Hour}}
	team.Shifts = append(team.Shifts, staffing.Shift{
		Name: "pager", Heads: 2, Days: days("daily"), From: 20 * 60, To: 32 * 60, OnCall: &staffing.OnCall{Responds: 10 * time.Minute},
	})
	s.Channels[0].Chase = work.Chase{After: dist.Must(dist.Weibull(3600, 2)), Merged: 0.5, Handle: dist.Must(dist.Exponential(100)), Most: 3}
	s.Channels[1].Callback = 0.2
	s.Channels[1].AfterAbandon = work.AfterAbandon{Retry: 0.5, After: dist.Must(dist.Exponential(900)), Most: 3, Switch: 0.3}
	s.Issues[0].Reply.Remind, s.Issues[0].Reply.Wins = []time.Duration{6 * time.Hour, 12 * time.Hour}, 0.3
	s.SlowTools = []model.SlowTools{{Name: "crm", From: 60 * time.Hour, Until: 70 * time.Hour, Handle: 0.3}}
	return s
}

// A trial allocates nothing once a trial like it has been run: not for a ticket,
// not for an event, not for a day.
func TestATrialAllocatesNothing(t *testing.T) {
	for _, order := range []model.Order{model.FIFO, model.Priority, model.EarliestDue} {
		l, err := NewLayout(everything(t, order))
		if err != nil {
			t.Fatal(err)
		}
		d, o := New(l), new(silence)
		run := func() { d.Run(rng.Key{Seed: 5}, o) }
		run()
		if o.tickets < 3000 {
			t.Fatalf("only %d events", o.tickets)
		}
		// A trial has thousands of events; a handful of allocations is the runtime's own.
		if n := testing.AllocsPerRun(3, run); n > 5 {
			t.Errorf("by %v: %v allocations in a trial", order, n)
		}
	}
}

func TestObserversAreToldInOrder(t *testing.T) {
	t.Parallel()
	l, err := NewLayout(everything(t, model.FIFO))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	say := func(name string) Observer { return &teller{name: name, told: &told} }
	New(l).Run(rng.Key{Seed: 5}, Observers{say("a"), say("b")})
	if len(told) < 1000 || len(told)%2 != 0 {
		t.Fatalf("told %d times", len(told))
	}
	kinds := map[string]bool{}
	for i := 0; i < len(told); i += 2 {
		a, b := told[i], told[i+1]
		if a[0] != 'a' || b[0] != 'b' || a[1:] != b[1:] {
			t.Fatalf("told %s, then %s", a, b)
		}
		kinds[a[1:]] = true
	}
	if len(kinds) != 4 {
		t.Errorf("told of %v", kinds)
	}
}

type teller struct {
	name string
	told *[]string
}

func (o *teller) say(what string) { *o.told = append(*o.told, o.name+what) }

func (o *teller) Ticket(ticket.EventKind, time.Duration, *Ticket) { o.say(" ticket") }
func (o *teller) Waiting(time.Duration, int)                      { o.say(" waiting") }
func (o *teller) Staff(time.Duration, int, Staff)                 { o.say(" staff") }
func (o *teller) Judged(time.Duration, *Ticket, []sla.Result)     { o.say(" judged") }
func (o *teller) Done(time.Duration, *Ticket, []sla.Result)       { o.say(" done") }
