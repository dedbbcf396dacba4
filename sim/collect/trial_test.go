package collect_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Thirty days from 20 November in New York, the first five of them warm-up: six
// days of November are left, and nineteen of December.
func TestContractsAreSettledByPeriod(t *testing.T) {
	t.Parallel()
	s := scenario(30*day, 5*day, hour)
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	s.Time.Start = time.Date(2026, 11, 20, 0, 0, 0, 0, newYork)
	s.Currency = "USD"
	s.Contracts = []contract.Contract{{
		Name: "acme", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: usd(10_000_00), Cap: 500_000,
		Levels: []contract.Level{{Metric: sla.FirstReply, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}, {
		Name: "gold", Match: sla.Match{Tiers: []ticket.Tier{1}}, Fee: usd(300_00), Cap: contract.One,
		Levels: []contract.Level{{Metric: sla.Resolution, Target: 900_000, Scheme: contract.Steps{Step: 10_000, Credit: 10_000}}},
	}}
	x := newTrial(t, s)
	const december = 11 * day
	clock := func(created time.Duration, c ticket.Class, m sla.Metric, v sla.Verdict, n int) {
		for range n {
			x.served(created, created, december+hour, c, result(m, v, minute))
		}
	}
	clock(5*day-1, acme, sla.FirstReply, sla.Breached, 7)     // warm-up
	clock(5*day, acme, sla.FirstReply, sla.Met, 10)           // as it ends
	clock(december-1, acme, sla.FirstReply, sla.Met, 9)       // solved in December, but of November
	clock(december-1, acme, sla.FirstReply, sla.Overdue, 1)   // a breach
	clock(december-1, acme, sla.FirstReply, sla.Undecided, 5) // not judged
	clock(december, acme, sla.FirstReply, sla.Met, 27)
	clock(december, acme, sla.FirstReply, sla.Breached, 3)
	clock(december, gold, sla.FirstReply, sla.Breached, 8) // not acme's
	clock(december, acme, sla.Resolution, sla.Met, 7)      // acme is gold too
	clock(december, gold, sla.Resolution, sla.Breached, 1)
	clock(december, outage, sla.Resolution, sla.Breached, 4) // basic
	x.end()

	month := func(contract, period string) outcome.Labels {
		return outcome.Labels{Contract: contract, Period: period}
	}
	all := func(contract string) outcome.Labels { return outcome.Labels{Contract: contract} }
	// 19 of 20 is 95 %: no credit. 27 of 30 is 90 %: five points, 50 %.
	x.want(outcome.Attainment, month("acme", "2026-11"), 19, 20)
	x.want(outcome.Credit, month("acme", "2026-11"), 0, 1)
	x.want(outcome.Attainment, month("acme", "2026-12"), 27, 30)
	x.want(outcome.Credit, month("acme", "2026-12"), 5000, 1)
	x.want(outcome.Attainment, all("acme"), 46, 50)
	x.want(outcome.Credit, all("acme"), 5000, 1)
	x.want(outcome.PayRate, all("acme"), 1, 2)
	// Nothing was judged in November: no credit, and no attainment. 7 of 8 is 87.5 %: two and a half
	// points, of which three have started.
	x.want(outcome.Attainment, month("gold", "2026-11"), 0, 0)
	x.want(outcome.Credit, month("gold", "2026-11"), 0, 1)
	x.want(outcome.Attainment, month("gold", "2026-12"), 7, 8)
	x.want(outcome.Credit, month("gold", "2026-12"), 9, 1)
	x.want(outcome.PayRate, all("gold"), 1, 2)
	for _, tail := range []string{outcome.TailP95, outcome.TailCVaR95} {
		x.want(outcome.Credit, outcome.Labels{Contract: "acme", Quantile: tail}, 5000, 1)
	}
}

func TestAPeriodWithinTheWarmUpIsNoPeriod(t *testing.T) {
	t.Parallel()
	s := scenario(30*day, 12*day, hour)
	s.Time.Start = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	s.Contracts = []contract.Contract{{
		Name: "all", Fee: usd(100_00), Cap: 500_000,
		Levels: []contract.Level{{Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}}
	x := newTrial(t, s)
	x.served(13*day, 13*day, 13*day, outage, result(sla.FirstReply, sla.Breached, hour))
	x.end()
	x.want(outcome.PayRate, outcome.Labels{Contract: "all"}, 1, 1)
	x.want(outcome.Attainment, outcome.Labels{Contract: "all", Period: "2026-12"}, 0, 1)
	if x.has(outcome.Attainment, outcome.Labels{Contract: "all", Period: "2026-11"}) {
		t.Error("November is a period")
	}
}

// lively is a scenario in which all that is counted happens.
func lively() *model.Scenario {
	s := scenario(10*day, day, 30*minute)
	s.Currency = "EUR"
	for i := range s.Streams {
		s.Streams[i].Volume.Count = 90
		later := spike
		later.Start = 4*day + 10*hour
		s.Streams[i].Spikes = []demand.Spike{later}
	}
	s.Issues[1].SolvedAtFirst, s.Issues[1].Reply.After = 0.5, s.Issues[1].Handle.Scale(9)
	s.Channels[1].Patience = s.Issues[0].Handle
	s.Teams[1].ShiftEnd = staffing.HandBack
	s.Contracts = []contract.Contract{{
		Name: "gold", Match: sla.Match{Tiers: []ticket.Tier{1}}, Fee: contract.Money{Minor: 1000_00, Currency: "EUR"}, Cap: 500_000,
		Levels: []contract.Level{{Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}}, Period: contract.Weekly,
	}}
	return s
}

func TestResetForgetsTheLastTrial(t *testing.T) {
	t.Parallel()
	d, err := desk.NewLayout(lively())
	if err != nil {
		t.Fatal(err)
	}
	l := collect.NewLayout(lively(), d)
	c := collect.New(l)
	run := func(c *collect.Collector, replication uint64) *outcome.Run {
		r := l.Catalog.NewRun()
		c.Reset()
		desk.New(d).Run(rng.Key{Seed: 3, Replication: replication}, c)
		c.Fill(r)
		return r
	}
	first, other := run(c, 0), run(c, 1)
	if diff := cmp.Diff(first, run(c, 0)); diff != "" {
		t.Errorf("the same trial after another (-first +again):\n%s", diff)
	}
	if diff := cmp.Diff(first, run(collect.New(l), 0)); diff != "" {
		t.Errorf("on a new collector (-old +new):\n%s", diff)
	}
	for i, m := range l.Catalog.Measures {
		if m.Name == outcome.Arrived && m.Labels == everything && first.Num[i] < 500 {
			t.Errorf("only %v tickets", first.Num[i])
		}
		if m.Name == outcome.Recovery && first.Num[i] == other.Num[i] {
			t.Errorf("both trials recover after %vs: nothing to forget", first.Num[i])
		}
	}
}

func TestCollectingAllocatesNothing(t *testing.T) {
	s := lively()
	d, err := desk.NewLayout(s)
	if err != nil {
		t.Fatal(err)
	}
	k, c := desk.New(d), collect.New(collect.NewLayout(s, d))
	run := func() {
		c.Reset()
		k.Run(rng.Key{Seed: 3}, c)
	}
	run()
	// A handful of allocations is the runtime's own.
	if n := testing.AllocsPerRun(3, run); n > 5 {
		t.Errorf("%v allocations in a trial", n)
	}
}

func TestLogTellsEveryEvent(t *testing.T) {
	t.Parallel()
	d, err := desk.NewLayout(lively())
	if err != nil {
		t.Fatal(err)
	}
	var events []ticket.Event
	log := collect.NewLog(d, func(e ticket.Event) error {
		events = append(events, e)
		return nil
	})
	seen := &counter{}
	desk.New(d).Run(rng.Key{Seed: 3}, desk.Observers{log, seen})
	if err := log.Err(); err != nil || len(events) != seen.n || seen.n < 1000 {
		t.Fatalf("%d of %d events, error %v", len(events), seen.n, err)
	}
	kinds := map[ticket.EventKind]int{}
	for i, e := range events {
		kinds[e.Kind]++
		if i > 0 && e.At < events[i-1].At {
			t.Fatalf("event %d goes back from %v to %v", i, events[i-1].At, e.At)
		}
		byAgent := e.Kind == ticket.Started || e.Kind == ticket.Replied || e.Kind == ticket.Returned
		if byAgent != (e.Team >= 0) || byAgent != (e.Agent >= 0) {
			t.Fatalf("%v by agent %d of team %d", e.Kind, e.Agent, e.Team)
		}
	}
	for k := ticket.Created; k <= ticket.Abandoned; k++ {
		if k != ticket.StatusSet && kinds[k] == 0 {
			t.Errorf("no event of kind %v", k)
		}
	}
}

// counter counts events.
type counter struct{ n int }

func (c *counter) Ticket(ticket.EventKind, time.Duration, *desk.Ticket) { c.n++ }
func (c *counter) Waiting(time.Duration, int)                           {}
func (c *counter) Staff(time.Duration, int, desk.Staff)                 {}
func (c *counter) Judged(time.Duration, *desk.Ticket, []sla.Result)     {}
func (c *counter) Done(time.Duration, *desk.Ticket, []sla.Result)       {}

func TestLogStopsAtItsFirstError(t *testing.T) {
	t.Parallel()
	d, err := desk.NewLayout(lively())
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	n := 0
	log := collect.NewLog(d, func(ticket.Event) error {
		n++
		if n == 5 {
			return full
		}
		return nil
	})
	desk.New(d).Run(rng.Key{Seed: 3}, log)
	if n != 5 || !errors.Is(log.Err(), full) {
		t.Errorf("%d events were written, error %v", n, log.Err())
	}
}
