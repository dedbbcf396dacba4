package arrivals_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/arrivals"
	"github.com/headroom-sim/headroom/sim/rng"
)

// life is all that a ticket brings, as far as its third touch.
type life struct {
	At       time.Duration
	Class    ticket.Class
	Touch    arrivals.Touch
	Patience time.Duration
	Cycles   [3]arrivals.Cycle
	Returns  [3]arrivals.Return
}

// lives are the tickets of one stream of a scenario, by the parts of their IDs
// below the stream. Drawing them backwards must not matter.
func lives(t rapid.TB, s *model.Scenario, name string) map[ticket.ID]life {
	t.Helper()
	p := plan(t, s)
	g := p.Generator()
	all := draw(t, g, p.Sources(), 42, 9)
	slices.Reverse(all)
	m := map[ticket.ID]life{}
	for _, a := range all {
		if s.Streams[a.ID>>56].Name != name {
			continue
		}
		l := life{At: a.At, Class: p.Classes[a.Class], Touch: a.Touch, Patience: a.Patience}
		if l.Class.Issue == 0 {
			for n := range l.Cycles {
				l.Cycles[n] = g.Cycle(a.Origin, a.Class, a.Scale, n)
				l.Returns[n] = g.Return(a.Origin, a.Class, a.Scale, n)
			}
		}
		m[a.ID&(1<<56-1)] = l
	}
	return m
}

// A customer asks for the same whatever else there is in the scenario.
func TestATicketsLifeBelongsToItAlone(t *testing.T) {
	t.Parallel()
	own := func() *model.Scenario { return scenario(3*day, spiked(spike(3))) }
	alone := lives(t, own(), "spiked")
	if len(alone) < 500 {
		t.Fatalf("only %d tickets", len(alone))
	}
	for _, row := range []struct {
		name   string
		change func(s *model.Scenario)
	}{
		{"another stream after it", func(s *model.Scenario) { s.Streams = append(s.Streams, stream("other", 100)) }},
		{"others before it", func(s *model.Scenario) {
			s.Streams = append([]demand.Stream{stream("other", 100), stream("third", 10)}, s.Streams...)
		}},
		{"a history beside it", func(s *model.Scenario) {
			s.Streams = append([]demand.Stream{{Name: "history", Replay: []demand.Arrival{{At: time.Hour}}}}, s.Streams...)
		}},
		{"other staff, routing and length of intervals", func(s *model.Scenario) {
			s.Teams = []staffing.Team{{Name: "front", Zone: time.UTC, Shifts: []staffing.Shift{{Name: "day", Heads: 7.5, To: 600}}}}
			s.Routing.Order, s.Time.Interval, s.Time.Warmup = model.Priority, 15*time.Minute, day
		}},
		{"another issue that the stream does not bring", func(s *model.Scenario) {
			s.Issues = append(s.Issues, s.Issues[0])
			s.Names.Issues = append(s.Names.Issues, "copy")
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := own()
			row.change(s)
			if diff := cmp.Diff(alone, lives(t, s, "spiked")); diff != "" {
				t.Errorf("other tickets (-alone +beside):\n%s", diff)
			}
		})
	}
}

// A longer scenario begins like a shorter one.
func TestALongerScenarioBeginsLikeAShorterOne(t *testing.T) {
	t.Parallel()
	short, long := lives(t, scenario(2*day+7*time.Hour, spiked(spike(3))), "spiked"), lives(t, scenario(5*day, spiked(spike(3))), "spiked")
	for id, l := range long {
		if l.At >= 2*day+7*time.Hour {
			delete(long, id)
		}
	}
	if diff := cmp.Diff(short, long); diff != "" {
		t.Errorf("(-short +long):\n%s", diff)
	}
}

func TestTrialsAndSeedsAndStreamsDiffer(t *testing.T) {
	t.Parallel()
	s := scenario(day, stream("a", 100), stream("b", 100))
	p := plan(t, s)
	g := p.Generator()
	first := func(seed, replication uint64, source int) time.Duration {
		var a arrivals.Ticket
		g.Reset(rng.Key{Seed: seed, Replication: replication})
		if !g.Next(source, &a) {
			t.Fatal("no tickets")
		}
		return a.At
	}
	times := []time.Duration{first(1, 0, 0), first(1, 1, 0), first(2, 0, 0), first(1, 0, 1), first(2, 1, 1)}
	slices.Sort(times)
	if len(slices.Compact(times)) != 5 {
		t.Errorf("first arrivals %v are not all different", times)
	}
	// Two streams number their tickets alike, and yet these are different people.
	g.Reset(rng.Key{Seed: 1})
	var a, b arrivals.Ticket
	if !g.Next(0, &a) || !g.Next(1, &b) || a.ID<<8 != b.ID<<8 {
		t.Fatalf("tickets %x and %x do not have the same place in their streams", a.ID, b.ID)
	}
	if a.At == b.At || a.Touch.Handle == b.Touch.Handle {
		t.Errorf("both come at %v or take %v", a.At, a.Touch.Handle)
	}
	if x, y := g.Cycle(a.Origin, 0, 1, 0), g.Cycle(b.Origin, 0, 1, 0); x == y {
		t.Errorf("both answer after %v", x.Delay)
	}
}

func TestGeneratorsForgetTheLastTrial(t *testing.T) {
	t.Parallel()
	s := scenario(3*day, spiked(spike(3)), demand.Stream{Name: "history", Replay: []demand.Arrival{{ID: 1, At: 0}, {ID: 2, At: time.Hour}}})
	p := plan(t, s)
	g := p.Generator()
	want := draw(t, g, p.Sources(), 42, 1)
	g.Reset(rng.Key{Seed: 1, Replication: 1})
	var a arrivals.Ticket
	for range 20 {
		g.Next(0, &a) // leaves in the middle of a trial
	}
	if diff := cmp.Diff(want, draw(t, g, p.Sources(), 42, 1)); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

func TestReplayPassesOnTheHistory(t *testing.T) {
	t.Parallel()
	const end = 2 * day
	class := func(c ticket.Channel, i ticket.Issue, p ticket.Priority) ticket.Class {
		return ticket.Class{Channel: c, Issue: i, Priority: p, Account: ticket.Anonymous}
	}
	rows := []demand.Arrival{
		{ID: 900, At: 0, Class: class(0, 0, 1)},
		{ID: 901, At: 1, Class: class(1, 1, 0)},
		{ID: 906, At: 90 * time.Minute, Class: class(0, 0, 1)}, // as another at the same instant
		{ID: 902, At: 90 * time.Minute, Class: class(0, 0, 0)},
		{ID: 903, At: end - 1, Class: class(0, 0, 1)},
		{ID: 904, At: end, Class: class(0, 0, 1)}, // at the horizon, which is not before it
		{ID: 905, At: end + time.Hour, Class: class(1, 0, 1)},
	}
	s := scenario(end, stream("drawn", 10), demand.Stream{Name: "history", Replay: rows})
	p := plan(t, s)
	g := p.Generator()
	for trial := range uint64(2) {
		var got []demand.Arrival
		ids := map[ticket.ID]bool{}
		for _, a := range draw(t, g, p.Sources(), 42, trial) {
			ids[a.ID] = true
			if a.Stream == 1 {
				got = append(got, demand.Arrival{ID: a.ID, At: a.At, Class: p.Classes[a.Class]})
			} else if len(got) > 0 {
				t.Error("a drawn ticket comes from the history's source")
			}
		}
		if diff := cmp.Diff(rows[:5], got); diff != "" {
			t.Errorf("trial %d (-history +got):\n%s", trial, diff)
		}
		if len(ids) < 5 {
			t.Errorf("only %d different IDs", len(ids))
		}
	}
}

func TestReplayedTicketsHaveWorkOfTheirOwn(t *testing.T) {
	t.Parallel()
	rows := make([]demand.Arrival, 4000)
	for i := range rows {
		rows[i] = demand.Arrival{ID: ticket.ID(i), At: time.Duration(i) * time.Minute, Class: ticket.Class{Priority: 1, Account: ticket.Anonymous}}
	}
	s := scenario(4*day, demand.Stream{Name: "history", Replay: rows})
	var handle []float64
	for _, a := range drawn(t, s, 0) {
		handle = append(handle, a.Touch.Handle.Seconds())
	}
	if len(handle) != 4000 {
		t.Fatalf("%d tickets", len(handle))
	}
	near(t, "mean handling time", mean(handle), 600, 300/math.Sqrt(4000))
	near(t, "covariance of neighbours", covariance(handle[1:], handle[:3999]), 0, 300*300/math.Sqrt(4000))
	again := drawn(t, s, 1)
	if again[0].Touch == drawn(t, s, 0)[0].Touch {
		t.Error("two trials draw the same work")
	}
}

// A history can be part of a spike that only changes handling times.
func TestReplayedTicketsTakeLongerInASpike(t *testing.T) {
	t.Parallel()
	rows := []demand.Arrival{{ID: 1, At: 32 * time.Hour}, {ID: 2, At: 35 * time.Hour}}
	sp := spike(1)
	sp.Handle = 1
	plain := drawn(t, scenario(2*day, demand.Stream{Name: "history", Replay: rows}), 0)
	slow := drawn(t, scenario(2*day, demand.Stream{Name: "history", Replay: rows, Spikes: []demand.Spike{sp}}), 0)
	if slow[0] != plain[0] || slow[1].Touch.Handle.Round(time.Microsecond) != (2*plain[1].Touch.Handle).Round(time.Microsecond) {
		t.Errorf("before and in the spike %v and %v, without it %v and %v", slow[0].Touch, slow[1].Touch, plain[0].Touch, plain[1].Touch)
	}
}

func TestOnlyLiveCustomersLoseTheirPatience(t *testing.T) {
	t.Parallel()
	call, mail := stream("call", 50), stream("mail", 50)
	call.Channel = 1
	s := scenario(day, call, mail)
	for _, a := range drawn(t, s, 0) {
		if forever := a.Patience == arrivals.Forever; forever != (a.ID>>56 == 1) {
			t.Fatalf("ticket %x has patience %v", a.ID, a.Patience)
		}
	}
}

func TestCyclesAndReturnsHaveTheirProbabilities(t *testing.T) {
	t.Parallel()
	st := stream("questions", 20_000)
	st.Issues = []demand.IssueShare{{Issue: 0, Share: 1}}
	s := scenario(day, st)
	p := plan(t, s)
	g := p.Generator()
	all := draw(t, g, p.Sources(), 42, 0)
	for n := range 3 {
		var silent, comes, solves, delay, back, handles []float64
		for _, a := range all {
			c, r := g.Cycle(a.Origin, a.Class, 1, n), g.Return(a.Origin, a.Class, 1, n)
			silent, comes = append(silent, one(c.Silent)), append(comes, one(r.Comes))
			if c.Silent && c.Delay != 3*day {
				t.Fatalf("a silent customer's ticket is closed after %v", c.Delay)
			}
			if !c.Silent {
				delay, solves, handles = append(delay, c.Delay.Seconds()), append(solves, one(c.Touch.Solves)), append(handles, c.Touch.Handle.Seconds())
			}
			if r.Comes {
				back = append(back, r.Delay.Seconds())
			}
		}
		size := func(xs []float64) float64 { return math.Sqrt(float64(len(xs))) }
		near(t, "silent", mean(silent), 0.1, 0.3/size(silent))
		near(t, "reopened", mean(comes), 0.2, 0.4/size(comes))
		near(t, "solved later", mean(solves), 0.75, math.Sqrt(0.1875)/size(solves))
		near(t, "delay", mean(delay), 3600, 3600/size(delay))
		near(t, "return", mean(back), 7200, 7200/size(back))
		near(t, "handling time", mean(handles), 600, 300/size(handles))
		near(t, "covariance of silence and return", covariance(silent, comes), 0, 0.12/size(comes))
	}
	a := all[0]
	if g.Cycle(a.Origin, a.Class, 1, 0) == g.Cycle(a.Origin, a.Class, 1, 1) {
		t.Error("the second cycle is the first again")
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestPlansThatIDsCannotNumberAreRefused(t *testing.T) {
	t.Parallel()
	many := func(n int) (streams []demand.Stream) {
		for range n {
			streams = append(streams, stream("s", 0))
		}
		return streams
	}
	high := func(f float64) demand.Stream {
		st := stream("high", 0)
		st.Spikes = []demand.Spike{{Name: "s", Factor: f, Hold: time.Hour}}
		return st
	}
	for _, row := range []struct {
		name string
		s    *model.Scenario
		want string
	}{
		{"256 streams", scenario(day, many(256)...), ""},
		{"257 streams", scenario(day, many(257)...), "257 demand streams"},
		{"a spike of 256", scenario(day, high(256)), ""},
		{"a spike of 256 and a bit", scenario(day, high(256.5)), "257 spike layers"},
		{"a century of days", scenario(36_500*day, stream("long", 0)), ""},
		{"two centuries", scenario(73_000*day, stream("long", 0)), "over 73000 days"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := arrivals.NewPlan(row.s)
			if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
				t.Errorf("error %v, want %q", err, row.want)
			}
		})
	}
}

func TestDrawingAllocatesNothing(t *testing.T) {
	s := scenario(10*day, spiked(spike(5)), stream("plain", 300), demand.Stream{Name: "history", Replay: []demand.Arrival{{At: time.Hour}}})
	p := plan(t, s)
	g := p.Generator()
	tickets := 0
	run := func() {
		g.Reset(rng.Key{Seed: 3})
		var a arrivals.Ticket
		for i := range p.Sources() {
			for g.Next(i, &a) {
				tickets++
				if p.Classes[a.Class].Issue == 0 {
					g.Cycle(a.Origin, a.Class, a.Scale, 0)
					g.Return(a.Origin, a.Class, a.Scale, 0)
				}
			}
		}
	}
	// A handful of allocations is the runtime's own.
	if n := testing.AllocsPerRun(3, run); n > 5 || tickets < 10_000 {
		t.Errorf("%v allocations for %d tickets", n, tickets/4)
	}
}
