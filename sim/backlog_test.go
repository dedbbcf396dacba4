package sim_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	diffs "github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/laws"
)

// logOf is the log of a replication of a scenario, which is held to the laws.
func logOf(t *testing.T, s *model.Scenario, replication int) []ticket.Event {
	t.Helper()
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	x, err := sim.New(s)
	if err != nil {
		t.Fatal(err)
	}
	var events []ticket.Event
	log := collect.NewLog(x.Layout(), func(e ticket.Event) error { events = append(events, e); return nil })
	run, held := x.Catalog().NewRun(), laws.New(s, x.Layout())
	x.Worker().Run(s.Run.Seed, replication, run, held, log)
	if err := held.Check(x.Catalog(), run); err != nil {
		t.Fatal(err)
	}
	return events
}

// cut makes of a log, at an instant that becomes the start, what is open then and what comes after.
func cut(log []ticket.Event, start time.Duration) (open []demand.Open, later []demand.Arrival) {
	at := map[ticket.ID]int{}
	for _, e := range log {
		if e.At >= start {
			if e.Kind == ticket.Created {
				later = append(later, demand.Arrival{ID: e.Ticket, At: e.At - start, Class: e.Class})
			}
			continue
		}
		i, known := at[e.Ticket]
		if !known {
			i = len(open)
			at[e.Ticket] = i
			open = append(open, demand.Open{ID: e.Ticket})
		}
		open[i].Class = e.Class
		open[i].Past = append(open[i].Past, demand.Past{At: e.At - start, Kind: e.Kind, Status: e.Status, Team: e.Team})
	}
	open = slices.DeleteFunc(open, func(o demand.Open) bool { return o.Past[len(o.Past)-1].Status >= ticket.Solved })
	return open, later
}

// officeDesk is a desk with replies, reminders, customers who ask again, priorities, promises in
// business hours and a ladder. It is closed on weekends, when nobody has anything in hand.
func officeDesk(order model.Order) *model.Scenario {
	q := queue{agents: 1, classes: []load{{0.06, dist.Must(dist.Lognormal(20, 1))}, {0.02, exponential(15)}}, length: 14 * 24 * time.Hour, order: order}
	s := q.scenario()
	s.Calendars = append(s.Calendars, office(time.UTC))
	s.Channels[0].Name, s.Names.Channels[0] = "email", "email"
	s.Channels[0].Chase = work.Chase{After: exponential(50000), Merged: 1, Handle: exponential(120), Most: 3}
	for i := range s.Issues {
		s.Issues[i].SolvedAtFirst, s.Issues[i].SolvedLater = 0.4, 0.6
		s.Issues[i].Reply = work.Reply{After: exponential(40000), Never: 0.2, Close: 60 * time.Hour, Remind: []time.Duration{20 * time.Hour, 40 * time.Hour}, Wins: 0.3}
	}
	weekdays := [7]bool{false, true, true, true, true, true, false}
	for _, name := range []string{"front", "second"} {
		s.Teams = append(s.Teams, staffing.Team{Name: name, Zone: time.UTC, Shifts: []staffing.Shift{{Name: "day", Heads: 2, Days: weekdays, From: 540, To: 1020}}})
	}
	s.Teams = s.Teams[1:]
	s.Names.Teams = []string{"front", "second"}
	within := func(h int) []time.Duration {
		return []time.Duration{time.Duration(h) * time.Hour, time.Duration(2*h) * time.Hour}
	}
	s.SLA.Policies = []sla.Policy{{Name: "office", Calendar: 1, Targets: []sla.Target{
		{Metric: sla.FirstReply, Within: within(2)},
		{Metric: sla.NextReply, Within: within(3)},
		{Metric: sla.GroupOwnership, Within: within(6)},
	}}, {Name: "always", Targets: []sla.Target{
		// Not in business hours: those who write on a weekend would escalate at one instant, in an
		// order that comes of what happened before.
		{Metric: sla.Resolution, Within: within(30), Pauses: sla.StatusSet(0).With(ticket.Pending)},
	}}}
	s.Escalations = []model.Rung{
		{Name: "raise", Metric: sla.Resolution, At: sla.Mark{Share: 0.7}, Do: model.Raise},
		{Name: "pass on", Metric: sla.Resolution, At: sla.Mark{Share: 1}, Do: model.Reassign, Team: 1},
	}
	return s
}

// shifted is what happens from an instant on, counted from there, with agents numbered anew and
// what is open at the end by ticket. How many wait at the very start was told before.
func shifted(steps []step, start time.Duration) []step {
	agents := map[int]int{}
	var out []step
	for _, p := range steps {
		if p.At -= start; p.At < 0 || p.At == 0 && p.What == "waiting" {
			continue
		}
		if p.What != "staff" && p.What != "waiting" && p.Agent >= 0 {
			n, known := agents[p.Agent]
			if !known {
				n = len(agents)
				agents[p.Agent] = n
			}
			p.Agent = n
		}
		out = append(out, p)
	}
	end := len(out)
	for end > 0 && out[end-1].What == "done" {
		end--
	}
	slices.SortFunc(out[end:], func(a, b step) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// A history that is cut while nobody has anything in hand, and goes on from the tickets that are
// open then, goes on as if it had not been cut: every event, agent and verdict is the same. Only
// what was solved before would come back no more, so here nothing does.
func TestFromItsOpenTicketsAHistoryGoesOnAlike(t *testing.T) {
	t.Parallel()
	const start = 5*24*time.Hour + 12*time.Hour // Saturday noon
	for _, order := range []model.Order{model.FIFO, model.Priority, model.EarliestDue, model.NearestBreach} {
		t.Run(model.OrderNames()[order], func(t *testing.T) {
			t.Parallel()
			s := officeDesk(order)
			open, later := cut(logOf(t, s, 0), start)
			statuses := map[ticket.Status]int{}
			for _, o := range open {
				statuses[o.Past[len(o.Past)-1].Status]++
			}
			for _, status := range []ticket.Status{ticket.New, ticket.Open, ticket.Pending} {
				if statuses[status] < 3 {
					t.Errorf("only %d open tickets are %v", statuses[status], status)
				}
			}
			c := copyOf(s)
			c.Time.Start, c.Time.Length = s.Time.Start.Add(start), s.Time.Length-start
			c.Streams = []demand.Stream{{Name: s.Streams[0].Name, Replay: later}}
			c.Backlog = []demand.Backlog{{Name: "open", Open: open}}
			same(t, shifted(trial(t, c, 0).steps, 0), shifted(trial(t, s, 0).steps, start))
		})
	}
}

// drained is a desk with n open tickets of some age and nothing else to do (one ticket comes at
// the very end) but what comes by a rate per minute. Each takes ten minutes.
func drained(n, agents int, age dist.Dist, perMinute float64) *model.Scenario {
	rate := perMinute
	if rate == 0 {
		rate = 1
	}
	q := queue{agents: agents, classes: []load{{rate, dist.Must(dist.Constant(10))}}, length: 24 * time.Hour, interval: time.Hour}
	s := q.scenario()
	if perMinute == 0 {
		last := demand.Arrival{At: q.length - 1, Class: ticket.Class{Account: ticket.Anonymous}}
		s.Streams[0].Volume, s.Streams[0].Replay = demand.Volume{}, []demand.Arrival{last}
	}
	s.Backlog = []demand.Backlog{{Name: "old", Tickets: n, Age: age}}
	return s
}

// measure is a measure of a replication.
func (p past) measure(t testing.TB, name string, l outcome.Labels) float64 {
	t.Helper()
	for i, m := range p.catalog.Measures {
		if m.Name == name && m.Labels == l {
			return p.run.Num[i] / p.run.Den[i]
		}
	}
	t.Fatalf("there is no measure %s %v", name, l)
	return 0
}

// n tickets of the same work w are worked off by m agents after ceil(n/m)·w.
func TestABacklogOfEqualWorkIsClearedWhenTheWorkIsDone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ n, agents int }{{1, 1}, {7, 1}, {7, 2}, {8, 2}, {100, 7}, {143, 143}} {
		p := trial(t, drained(c.n, c.agents, exponential(86400), 0), 0)
		rounds := func(n int) float64 { return float64((n+c.agents-1)/c.agents) * 600 }
		for name, want := range map[string]float64{
			outcome.OpenAtStart:          float64(c.n),
			outcome.BacklogClearedAfter:  rounds(c.n),
			outcome.BacklogAnsweredAfter: rounds(c.n),
			outcome.BacklogMostlyAfter:   rounds(int(math.Ceil(0.9 * float64(c.n)))),
			outcome.BacklogLeft:          0,
			outcome.BacklogCleared:       1,
			outcome.Arrived:              1,
			outcome.BacklogPeak:          float64(c.n),
		} {
			if got := p.measure(t, name, outcome.Labels{}); got != want {
				t.Errorf("%d tickets, %d agents: %s is %v, want %v", c.n, c.agents, name, got, want)
			}
		}
	}
}

// What does not fit into the trial is counted with its length, and said to be left.
func TestABacklogThatIsNotClearedCountsWithTheWholeTrial(t *testing.T) {
	t.Parallel()
	p := trial(t, drained(160, 1, exponential(86400), 0), 0) // of which 144 fit into a day
	for name, want := range map[string]float64{
		outcome.BacklogClearedAfter: 86400, outcome.BacklogLeft: 1, outcome.BacklogCleared: 0.9,
		outcome.BacklogMostlyAfter: 86400, outcome.BacklogMostlyLeft: 0,
	} {
		if got := p.measure(t, name, outcome.Labels{}); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// The fluid value: a backlog of b under arrivals λ and capacity c falls by (c-λ) in the mean
// while it is there; first come first served, the old ones are gone at b/c whatever comes.
func TestABacklogDrainsLikeAFluid(t *testing.T) {
	t.Parallel()
	const b, agents, perMinute = 2400, 20, 0.8 // capacity 2 a minute: the old ones take 20 h, and 9.6 h of queue per 12 h are drained
	s := drained(b, agents, exponential(86400), perMinute)
	x := unchecked(t, s, 1, 30)
	if old := value(t, x, outcome.BacklogClearedAfter, outcome.Labels{}).Estimate.Value; math.Abs(old-b/2*60) > 1 {
		t.Errorf("the old tickets are gone after %v s, want %v", old, b/2*60)
	}
	for i := range x.Series {
		if x.Series[i].Name != outcome.SeriesBacklog {
			continue
		}
		for _, hour := range []int{5, 10, 15, 20} {
			got, want := float64(x.Series[i].Mean[hour-1]), b-(2-perMinute)*60*float64(hour)
			if math.Abs(got-want) > 0.02*b {
				t.Errorf("after %d h %v are open, want %v", hour, got, want)
			}
		}
		return
	}
	t.Error("there is no series of the backlog")
}

func TestOneMoreAgentNeverClearsABacklogLater(t *testing.T) {
	t.Parallel()
	before := math.Inf(1)
	for agents := 1; agents <= 12; agents++ {
		s := drained(60, agents, exponential(86400), 0.05)
		s.Issues[0].Handle = dist.Must(dist.Lognormal(600, 1.5))
		after := trial(t, s, 0).measure(t, outcome.BacklogClearedAfter, outcome.Labels{})
		if after > before {
			t.Errorf("%d agents clear it after %v s, one less after %v", agents, after, before)
		}
		before = after
	}
}

// old is what happened before the start, by ticket.
func old(log []ticket.Event) map[ticket.ID][]ticket.Event {
	pasts := map[ticket.ID][]ticket.Event{}
	for _, e := range log {
		if e.At < 0 {
			pasts[e.Ticket] = append(pasts[e.Ticket], e)
		}
	}
	return pasts
}

// works is how long each touch of each ticket lasts.
func works(log []ticket.Event) map[string]time.Duration {
	since, touches, all := map[ticket.ID]time.Duration{}, map[ticket.ID]int{}, map[string]time.Duration{}
	for _, e := range log {
		switch {
		case e.Kind == ticket.Started:
			since[e.Ticket] = e.At
		case e.Kind == ticket.Replied && e.At >= 0:
			all[fmt.Sprint(e.Ticket, touches[e.Ticket])] = e.At - since[e.Ticket]
			touches[e.Ticket]++
		}
	}
	return all
}

// Another roster, or a larger backlog, starts with the same tickets, of the same age, which need
// the same work: what makes comparisons paired.
func TestAComparisonStartsWithTheSameTickets(t *testing.T) {
	t.Parallel()
	scenario := func(n, heads int) *model.Scenario {
		s := officeDesk(model.FIFO)
		s.Channels[0].Chase, s.Escalations = work.Chase{}, nil
		s.Teams[0].Shifts[0].Heads = float64(heads)
		for _, waits := range []demand.WaitsFor{demand.FirstReply, demand.Answer, demand.Customer} {
			s.Backlog = append(s.Backlog, demand.Backlog{Name: demand.WaitsForNames[waits], Waits: waits, Tickets: n, Age: exponential(90000), Since: exponential(40000)})
		}
		return s
	}
	first := logOf(t, scenario(40, 2), 3)
	for name, s := range map[string]*model.Scenario{"more agents": scenario(40, 5), "more tickets": scenario(70, 2)} {
		log := logOf(t, s, 3)
		before, after := old(first), old(log)
		if len(before) != 120 || len(after) < 120 {
			t.Fatalf("%s: %d and %d open tickets", name, len(before), len(after))
		}
		for id, past := range before {
			if diff := diffs.Diff(past, after[id]); diff != "" {
				t.Errorf("%s: ticket %#x has another past:\n%s", name, uint64(id), diff)
			}
		}
		taken, compared := works(log), 0
		for touch, took := range works(first) {
			if now, there := taken[touch]; there {
				compared++
				if now != took {
					t.Errorf("%s: touch %s takes %v and %v", name, touch, took, now)
				}
			}
		}
		if compared < 200 {
			t.Errorf("%s: only %d touches compared", name, compared)
		}
	}
	if other := old(logOf(t, scenario(40, 2), 4)); diffs.Equal(other, old(first)) {
		t.Error("the next replication starts with tickets of the same age")
	}
}

// Who has been silent for two days answers after a time that goes on from there: of an exponential
// delay what is left is the same again, of a constant one what is left of it.
func TestWhoIsSilentAnswersAfterWhatIsLeft(t *testing.T) {
	t.Parallel()
	const day = 86400.0
	for _, c := range []struct {
		after        dist.Dist
		silent, want float64 // seconds
		within       float64
	}{
		{exponential(day), 2 * day, day, 0.08 * day},
		{dist.Must(dist.Constant(3 * day)), 2 * day, day, 1e-9},
		{dist.Must(dist.Constant(day)), 2 * day, 0, 1e-9}, // it cannot be: at once
		{dist.Must(dist.Uniform(0, 4*day)), 2 * day, day, 0.05 * day},
	} {
		s := drained(2000, 1, dist.Must(dist.Constant(3*day)), 0)
		s.Time.Length = 60 * 24 * time.Hour
		s.Issues[0].SolvedAtFirst, s.Issues[0].Reply = 0.5, work.Reply{After: c.after, Close: 90 * 24 * time.Hour}
		s.Backlog[0].Waits, s.Backlog[0].Since = demand.Customer, dist.Must(dist.Constant(c.silent))
		sum, n := 0.0, 0
		waits := map[ticket.ID]bool{}
		for _, e := range logOf(t, s, 0) {
			if e.At < 0 {
				waits[e.Ticket] = true
			}
			if e.Kind == ticket.Message && waits[e.Ticket] {
				delete(waits, e.Ticket)
				sum, n = sum+e.At.Seconds(), n+1
			}
		}
		if mean := sum / float64(n); n != 2000 || math.Abs(mean-c.want) > c.within {
			t.Errorf("%v, silent for %v s: %d answer, after %v s, want %v", c.after, c.silent, n, mean, c.want)
		}
	}
}

// What was late at the start is counted as that, what becomes late since as that, and neither in
// the breach rate of what comes.
func TestLateAtTheStartIsToldApart(t *testing.T) {
	t.Parallel()
	hours := func(h float64) dist.Dist { return dist.Must(dist.Constant(h * 3600)) }
	s := drained(10, 1, hours(5), 0)
	s.SLA.Policies = []sla.Policy{{Name: "all", Targets: []sla.Target{{Metric: sla.FirstReply, Within: []time.Duration{4 * time.Hour}}}}}
	// In the order of their age: 10 are late, done after 1h40m; of 12 that have 30m left all are
	// late since, done after 3h40m; of 6 that are new one is done after 3h50m, in time, the next
	// after 4h and a nanosecond, and four later.
	s.Backlog = append(s.Backlog,
		demand.Backlog{Name: "nearly", Tickets: 12, Age: hours(3.5)},
		demand.Backlog{Name: "new", Tickets: 6, Age: dist.Must(dist.Constant(1e-9))},
		demand.Backlog{Name: "silent", Tickets: 3, Waits: demand.Customer, Age: hours(50), Since: hours(1)})
	s.Issues[0].SolvedAtFirst, s.Issues[0].SolvedLater = 1, 1
	s.Issues[0].Reply = work.Reply{After: hours(400), Close: 24 * 30 * time.Hour}
	p := trial(t, s, 0)
	first := outcome.Labels{Metric: sla.FirstReply.String()}
	for _, row := range []struct {
		name   string
		labels outcome.Labels
		want   float64
	}{
		{outcome.OpenAtStart, outcome.Labels{}, 31},
		{outcome.LateAtStart, outcome.Labels{}, 10},
		{outcome.LateAtStart, first, 10},
		{outcome.LateSinceStart, first, float64(12+5) / (12 + 6)},
		{outcome.UndecidedSinceStart, first, 0},
		{outcome.Clocks, first, 0}, // the last ticket is undecided
		{outcome.BacklogCleared, outcome.Labels{}, 28. / 31},
	} {
		if got := p.measure(t, row.name, row.labels); math.Abs(got-row.want) > 1e-12 {
			t.Errorf("%s %v is %v, want %v", row.name, row.labels, got, row.want)
		}
	}
}
