package sim_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"pgregory.net/rapid"
)

// These tests change a scenario in a way of which it is known what it must do to
// a trial, most often nothing (Chen, Cheung and Yiu 1998 call it metamorphic testing). They
// need no formula, so they reach where formulas do not.

// copyOf is a scenario whose lists can be changed without changing the other's.
func copyOf(s *model.Scenario) *model.Scenario {
	c := *s
	c.Channels, c.Issues, c.Streams = slices.Clone(s.Channels), slices.Clone(s.Issues), slices.Clone(s.Streams)
	c.Teams, c.Calendars = slices.Clone(s.Teams), slices.Clone(s.Calendars)
	for i := range c.Teams {
		c.Teams[i].Shifts = slices.Clone(s.Teams[i].Shifts)
	}
	c.SLA.Policies = slices.Clone(s.SLA.Policies)
	n := &c.Names
	for _, list := range []*[]string{&n.Channels, &n.Issues, &n.Teams, &n.Skills} {
		*list = slices.Clone(*list)
	}
	return &c
}

func TestASpikeOfFactorOneIsNoSpike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		without := varied(r)
		for i := range without.Streams {
			without.Streams[i].Spikes = nil
		}
		with := copyOf(without)
		for i := range with.Streams {
			with.Streams[i].Spikes = []demand.Spike{{
				Name: "nothing", Factor: 1, Start: 3 * time.Hour, Rise: time.Hour, Hold: 5 * time.Hour, Fall: time.Hour,
			}}
		}
		sameTrial(r, without, with)
	})
}

func TestASmallerSpikeIsAmongTheCustomersOfALarger(t *testing.T) {
	t.Parallel()
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		oneAtATime(s)
		d := draw{r}
		low := d.tenths("low", 10, 50)
		high := low + d.tenths("step", 0, 50)
		spike := func(factor float64) map[ticket.ID]*customer {
			c := copyOf(s)
			for i := range c.Streams {
				c.Streams[i].Spikes = []demand.Spike{{Name: "spike", Factor: factor, Start: 5 * time.Hour, Rise: time.Hour, Hold: 2 * time.Hour, Fall: time.Hour}}
			}
			return customers(trial(r, c, 0).steps)
		}
		compared += sameCustomers(r, spike(low), spike(high), unchanged)
	})
	enough(t, compared)
}

func TestWhatIsMeasuredChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		s.Burnout = model.Burnout{} // which looks at intervals
		c := copyOf(s)
		c.Time.Interval = 15 * time.Minute
		if s.Time.Interval == c.Time.Interval {
			c.Time.Interval = time.Hour
		}
		if len(s.Backlog) == 0 {
			c.Time.Warmup = s.Time.Length / 3
		}
		c.Contracts, c.Exceptions = nil, nil
		same(r, trial(r, c, 0).steps, trial(r, s, 0).steps)
	})
}

// The same said in other units gives the same tickets, to a microsecond: rates
// are rounded in their last digit.
func TestUnitsChangeNothing(t *testing.T) {
	t.Parallel()
	flat := func(n int, weight float64) []float64 { return slices.Repeat([]float64{weight}, n) }
	peak := []float64{1, 1, 1, 1, 2, 2, 3, 5, 8, 9, 9, 8, 7, 8, 8, 7, 6, 5, 4, 3, 2, 2, 1, 1}
	var halves []float64
	for _, w := range peak {
		halves = append(halves, 10*w, 10*w)
	}
	for _, row := range []struct {
		name     string
		one, two func(s *model.Scenario)
	}{
		{
			"a volume per hour and per day",
			func(s *model.Scenario) { s.Streams[0].Volume = demand.Volume{Count: 20, Per: demand.PerHour} },
			func(s *model.Scenario) { s.Streams[0].Volume = demand.Volume{Count: 480, Per: demand.PerDay} },
		},
		{
			"a volume per day and per week",
			func(s *model.Scenario) { s.Streams[0].Volume = demand.Volume{Count: 300, Per: demand.PerDay} },
			func(s *model.Scenario) { s.Streams[0].Volume = demand.Volume{Count: 2100, Per: demand.PerWeek} },
		},
		{
			"a flat profile by the hour and none",
			func(s *model.Scenario) { s.Streams[0].Profile.Hours = flat(24, 3) },
			func(*model.Scenario) {},
		},
		{
			"a profile by the hour and by half hours",
			func(s *model.Scenario) { s.Streams[0].Profile.Hours = peak },
			func(s *model.Scenario) { s.Streams[0].Profile.Hours = halves },
		},
		{
			"ordinary days said and unsaid",
			func(s *model.Scenario) { s.Streams[0].Profile.Days = [7]float64{1, 1, 1, 1, 1, 1, 1} },
			func(*model.Scenario) {},
		},
		{
			"handling times in seconds and in minutes",
			func(s *model.Scenario) { s.Issues[0].Handle = dist.Must(dist.Lognormal(540, 0.8)) },
			func(s *model.Scenario) { s.Issues[0].Handle = dist.Must(dist.Lognormal(9, 0.8)).Scale(60) },
		},
		{
			"a gamma in seconds and in hours",
			func(s *model.Scenario) { s.Issues[0].Handle = dist.Must(dist.Gamma(360, 1.3)) },
			func(s *model.Scenario) { s.Issues[0].Handle = dist.Must(dist.Gamma(0.1, 1.3)).Scale(3600) },
		},
		{
			"shares in parts of one and the other way round",
			func(s *model.Scenario) { s.Streams[0].Tiers = []demand.TierShare{{Tier: 0, Share: 1}} },
			func(s *model.Scenario) {
				s.Streams[0].Tiers = []demand.TierShare{{Tier: 0, Share: 1}, {Tier: 1, Share: 0}}
			},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			one, two := plain(), plain()
			row.one(one)
			row.two(two)
			a, b := trial(t, one, 0).steps, trial(t, two, 0).steps
			if len(a) != len(b) || len(a) < 1000 {
				t.Fatalf("%d steps, and %d", len(a), len(b))
			}
			for i := range a {
				if apart := a[i].At - b[i].At; apart.Abs() > time.Microsecond || a[i].What != b[i].What || a[i].ID != b[i].ID || a[i].Agent != b[i].Agent {
					t.Fatalf("step %d is %+v and %+v", i, a[i], b[i])
				}
			}
		})
	}
}

// plain is one stream of email for one team.
func plain() *model.Scenario {
	q := queue{agents: 4, classes: []load{{0.25, dist.Must(dist.Lognormal(10, 1))}}, length: 50 * time.Hour, interval: time.Hour}
	s := q.scenario()
	s.Names.Tiers = append(s.Names.Tiers, "other")
	return s
}

func TestAShiftByWholeWeeksChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		s.Time.Start = monday.Add(draw{r}.hours("start", 0, 170))
		s.Calendars = []*calendar.Calendar{calendar.Always(time.UTC), office(time.UTC)}
		for i := range s.Teams {
			s.Teams[i].Zone = time.UTC
		}
		for i := range s.Teams {
			undated(&s.Teams[i])
		}
		moved := copyOf(s)
		moved.Time.Start = s.Time.Start.AddDate(0, 0, 7*draw{r}.int("weeks", 1, 60))
		same(r, trial(r, moved, 0).steps, trial(r, s, 0).steps)
	})
}

func TestATeamThatNobodyCanReachChangesNoTicket(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		d := draw{r}
		s.Channels = append(s.Channels, work.Channel{Name: "fax", Concurrency: 1})
		s.Names.Channels = append(s.Names.Channels, "fax")
		s.Names.Skills = append(s.Names.Skills, "juggling")
		aside := staffing.Team{
			Name: "aside", Zone: time.UTC, Channels: []ticket.Channel{ticket.Channel(len(s.Channels) - 1)},
			Shifts: []staffing.Shift{d.shift("theirs")},
		}
		for i := range s.Teams { // that the others do not fax matters to nobody
			if len(s.Teams[i].Channels) == 0 {
				s.Teams[i].Channels = []ticket.Channel{0, 1, 2}[:len(s.Channels)-1]
			}
		}
		skilled := !slices.ContainsFunc(s.Issues, func(i work.Issue) bool { return i.Skill == ticket.NoSkill })
		if skilled && d.yes("by skill") {
			aside.Channels, aside.Skills = nil, []ticket.Skill{ticket.Skill(len(s.Names.Skills) - 1)}
		}
		with := copyOf(s)
		with.Teams = append(with.Teams, aside)
		with.Names.Teams = append(with.Names.Teams, aside.Name)
		theirs := func(p *step) bool { return p.What != "staff" || int(p.Team) < len(s.Teams) }
		same(r, only(trial(r, with, 0).steps, theirs), trial(r, s, 0).steps)
	})
}

// Not true in general: a second agent may take a ticket that keeps him from a more
// urgent one, and customers who are answered sooner write again sooner. But with
// one skill, one ticket at a time, first come first served, no replies and nobody who
// leaves, each ticket finds no more work before it than it did (Kiefer and
// Wolfowitz 1955).
func TestOneMoreAgentNeverRaisesAWait(t *testing.T) {
	t.Parallel()
	shorter := 0
	rapid.Check(t, func(r *rapid.T) {
		d := draw{r}
		q := queue{agents: d.int("agents", 1, 6), length: 12 * time.Hour, interval: time.Hour}
		rate := float64(q.agents) * d.tenths("load", 5, 14) / 5
		for range d.int("classes", 1, 3) {
			q.classes = append(q.classes, load{rate / 3, d.handle(5)})
		}
		if d.yes("spike") {
			q.spikes = []demand.Spike{{Name: "spike", Factor: 4, Start: 2 * time.Hour, Hold: time.Hour, Rise: time.Hour}}
		}
		fewer := waits(trial(r, q.scenario(), 0).steps)
		q.agents++
		more := waits(trial(r, q.scenario(), 0).steps)
		if len(fewer) != len(more) {
			r.Fatalf("%d tickets, and with one agent more %d", len(fewer), len(more))
		}
		for id, w := range fewer {
			if more[id] > w {
				r.Fatalf("ticket %#x waits for %v, and with one agent more for %v", uint64(id), w, more[id])
			}
			if more[id] < w {
				shorter++
			}
		}
	})
	if shorter == 0 {
		t.Error("one agent more shortens no wait at all")
	}
}

func TestACalendarThatIsAlwaysOpenIsThePlainClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		for i := range s.SLA.Policies {
			s.SLA.Policies[i].Calendar = 0
		}
		s.Deflection, s.Availability = nil, nil
		for i := range s.Issues {
			for k := range s.Issues[i].Holds {
				s.Issues[i].Holds[k].Calendar = 0
			}
		}
		open := &calendar.Calendar{Name: "open", Zone: s.Time.Start.Location()}
		for day := range open.Week {
			open.Week[day] = []calendar.Span{{From: 0, To: 24 * 60}}
		}
		if (draw{r}).yes("closed on a day that does not come") {
			// It keeps the calendar from seeing that it is always open.
			open.Closed = map[calendar.Date]bool{{Year: 2040, Month: time.May, Day: 1}: true}
		}
		c := copyOf(s)
		c.Calendars[1] = open
		for i := range c.SLA.Policies {
			c.SLA.Policies[i].Calendar = 1
		}
		sameTrial(r, s, c)
	})
}

// sameTrial holds two scenarios to the same steps and the same outcome file.
func sameTrial(r *rapid.T, s, other *model.Scenario) {
	r.Helper()
	a, b := trial(r, s, 0), trial(r, other, 0)
	same(r, b.steps, a.steps)
	if !bytes.Equal(a.file(r), b.file(r)) {
		r.Fatal("the outcome files differ")
	}
}

// enough fails if nothing was compared, so that nothing was shown.
func enough(t *testing.T, compared int) {
	t.Helper()
	if compared == 0 {
		t.Error("no touch was compared")
	}
}

// oneAtATime makes touches last exactly as long as their work.
func oneAtATime(s *model.Scenario) {
	s.Burnout = model.Burnout{}
	for i := range s.Channels {
		s.Channels[i].Concurrency, s.Channels[i].Slowdown = 1, nil
	}
	for i := range s.Teams {
		allAlike(&s.Teams[i])
	}
	for i := range s.Routing.Interrupts {
		s.Routing.Interrupts[i].Resume = 0
	}
}

// otherTeams is a scenario with a roster of its own, and the same customers.
func otherTeams(d draw, s *model.Scenario) *model.Scenario {
	other := copyOf(s)
	other.Teams, other.Names.Teams, other.Escalations = nil, nil, nil
	other.Outages, other.Quality = systemsUp(s.Outages), model.Quality{}
	d.teams(other)
	for n := len(other.Teams); n < len(s.Teams); n++ { // hand-offs and promises name them
		other.Teams, other.Names.Teams = append(other.Teams, s.Teams[n]), append(other.Names.Teams, s.Names.Teams[n])
	}
	other.Routing = model.Routing{Order: pick(d, "other order", model.FIFO, model.Priority, model.EarliestDue, model.NearestBreach)}
	oneAtATime(other)
	return other
}

// sameUnderAnyRoster holds varied scenarios, with something more in them, to the same
// customers under another roster.
func sameUnderAnyRoster(t *testing.T, more func(d draw, s *model.Scenario)) {
	t.Helper()
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		oneAtATime(s)
		d := draw{r}
		more(d, s)
		other := otherTeams(d, s)
		a, b := customers(trial(r, s, 0).steps), customers(trial(r, other, 0).steps)
		if len(a) != len(b) {
			r.Fatalf("%d tickets, and %d", len(a), len(b))
		}
		compared += sameCustomers(r, a, b, unchanged)
	})
	enough(t, compared)
}

func TestATicketIsTheSameUnderAnyRoster(t *testing.T) {
	t.Parallel()
	sameUnderAnyRoster(t, func(draw, *model.Scenario) {})
}

func TestAStreamMoreChangesNoOthersTickets(t *testing.T) {
	t.Parallel()
	compared := 0
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		oneAtATime(s)
		d := draw{r}
		more := s.Streams[0]
		more.Name, more.Volume.Count = "more", float64(d.int("volume", 1, 300))
		c := copyOf(s)
		name := unchanged
		if d.yes("before the others") {
			c.Streams = slices.Insert(c.Streams, 0, more)
			// The number of the stream is in the highest byte of a ticket's, unless it is open at
			// the start.
			name = func(id ticket.ID) ticket.ID {
				if id >= 1<<62 {
					return id
				}
				return id + 1<<56
			}
			c.Backlog = slices.Clone(c.Backlog)
			for i := range c.Backlog {
				c.Backlog[i].Stream++
			}
		} else {
			c.Streams = append(c.Streams, more)
		}
		compared += sameCustomers(r, customers(trial(r, s, 0).steps), customers(trial(r, c, 0).steps), name)
	})
	enough(t, compared)
}

func TestALongerHorizonDoesNotChangeEarlierDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		c := copyOf(s)
		c.Time.Length += draw{r}.hours("longer", 1, 80)
		before := func(p *step) bool { return p.At < s.Time.Length }
		same(r, only(trial(r, c, 0).steps, before), only(trial(r, s, 0).steps, before))
	})
}

func TestAReplayRepeatsTheArrivals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		s.Backlog = nil
		first := ordered(trial(r, s, 0).steps)
		if len(first) == 0 {
			r.Skip("nobody came")
		}
		c := copyOf(s)
		c.Contracts, c.Exceptions, c.Deflection, c.Outages = nil, nil, nil, nil
		c.Run.Balance = model.NoBalance // a history has no busy days
		c.Streams = []demand.Stream{{Name: "history"}}
		for _, p := range first {
			c.Streams[0].Replay = append(c.Streams[0].Replay, demand.Arrival{ID: p.ID, At: p.At, Class: p.Class})
		}
		same(r, ordered(trial(r, c, 1).steps), first)
	})
}
