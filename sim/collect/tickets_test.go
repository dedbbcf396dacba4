package collect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Warm-up ends at one o'clock. Of five tickets two come before it.
func TestTicketsOfTheWarmUpAreNotCounted(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(4*hour, hour, 30*minute))
	x.served(20*minute, 20*minute, 30*minute, outage, result(sla.FirstReply, sla.Met, 0))
	early := x.comes(40*minute, outage)
	x.started(70*minute, early) // its wait ends after the warm-up, but it is a ticket of the warm-up
	first := x.comes(60*minute, question)
	x.replied(80*minute, early, ticket.Solved)
	x.done(80*minute, early, result(sla.FirstReply, sla.Breached, 40*minute), result(sla.Resolution, sla.Met, 40*minute))
	x.started(85*minute, first)
	x.replied(95*minute, first, ticket.Solved)
	x.done(95*minute, first, result(sla.FirstReply, sla.Met, 35*minute), result(sla.Resolution, sla.Met, 35*minute))
	x.served(100*minute, 105*minute, 130*minute, gold, result(sla.FirstReply, sla.Breached, 30*minute))
	late := x.comes(230*minute, outage)
	x.done(240*minute, late, result(sla.FirstReply, sla.Undecided, 10*minute), result(sla.Resolution, sla.Overdue, 10*minute))
	x.end()

	x.want(outcome.Arrived, everything, 3, 1)
	x.want(outcome.Solved, everything, 2, 1)
	x.want(outcome.Open, everything, 1, 1)
	x.want(outcome.Abandoned, everything, 0, 1)
	x.want(outcome.Wait, everything, (25+5)*60, 2)
	x.want(outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, 1, 2)
	x.want(outcome.Clocks, outcome.Labels{Metric: "first_reply"}, 2, 1)
	x.want(outcome.Undecided, outcome.Labels{Metric: "first_reply"}, 1, 1)
	x.want(outcome.Overdue, outcome.Labels{Metric: "first_reply"}, 0, 1)
	x.want(outcome.BreachRate, outcome.Labels{Metric: "resolution"}, 1, 2)
	x.want(outcome.Overdue, outcome.Labels{Metric: "resolution"}, 1, 1)
	// The series show what came in the warm-up too.
	x.wantSeries(outcome.SeriesArrivals, everything, 2, 2, 2, 2, 0, 0, 0, 2)
}

func TestTicketsAreCutByAllThatTheyAre(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(4*hour, 0, hour))
	met, breached := result(sla.FirstReply, sla.Met, minute), result(sla.FirstReply, sla.Breached, 2*hour)
	x.served(1*minute, 2*minute, 3*minute, outage, met)
	x.served(2*minute, 2*minute, 4*minute, outage, breached)
	x.served(3*minute, 4*minute, 5*minute, question, met)
	x.served(4*minute, 4*minute, 6*minute, gold, breached)
	x.served(5*minute, 5*minute, 7*minute, acme, breached)
	x.served(6*minute, 8*minute, 9*minute, call, met, result(sla.Answer, sla.Breached, 2*minute))
	x.abandoned(13*minute, x.comes(10*minute, call))
	x.end()

	for _, row := range []struct {
		labels         outcome.Labels
		arrived, waits float64
		breached, of   float64
		wait           float64 // minutes
	}{
		{everything, 7, 7, 3, 6, 7},
		{outcome.Labels{Channel: "email"}, 5, 5, 3, 5, 2},
		{outcome.Labels{Channel: "phone"}, 2, 2, 0, 1, 5},
		{outcome.Labels{Priority: "high"}, 4, 4, 3, 4, 1},
		{outcome.Labels{Priority: "normal"}, 3, 3, 0, 2, 6},
		{outcome.Labels{Tier: "basic"}, 5, 5, 1, 4, 7},
		{outcome.Labels{Tier: "gold"}, 2, 2, 2, 2, 0},
		{outcome.Labels{Issue: "outage"}, 4, 4, 3, 4, 1},
		{outcome.Labels{Issue: "question"}, 3, 3, 0, 2, 6},
		{outcome.Labels{Account: "acme"}, 1, 1, 1, 1, 0},
	} {
		x.want(outcome.Arrived, row.labels, row.arrived, 1)
		x.want(outcome.Wait, row.labels, row.wait*60, row.waits)
		clocks := row.labels
		clocks.Metric = "first_reply"
		x.want(outcome.BreachRate, clocks, row.breached, row.of)
		x.want(outcome.Clocks, clocks, row.of, 1)
	}
	// Only calls can be abandoned; a cut without calls has no such rate.
	x.want(outcome.AbandonRate, everything, 1, 2)
	x.want(outcome.AbandonRate, outcome.Labels{Tier: "basic"}, 1, 2)
	for _, l := range []outcome.Labels{{Tier: "gold"}, {Channel: "email"}} {
		if x.has(outcome.AbandonRate, l) {
			t.Errorf("there is an abandon rate of %v", l)
		}
	}
	// Nor is an answer promised to emails.
	x.want(outcome.BreachRate, outcome.Labels{Metric: "answer"}, 1, 1)
	if x.has(outcome.BreachRate, outcome.Labels{Metric: "answer", Priority: "high"}) {
		t.Error("there is a breach rate of answers to emails")
	}
}

func TestACutThatHoldsEverythingIsLeftOut(t *testing.T) {
	t.Parallel()
	s := scenario(4*hour, 0, hour)
	s.Streams = s.Streams[1:]
	x := newTrial(t, s).end()
	for _, l := range []outcome.Labels{{Channel: "phone"}, {Tier: "basic"}, {Tier: "gold"}, {Account: "acme"}, {Priority: "normal"}} {
		if x.has(outcome.Arrived, l) {
			t.Errorf("there is a cut by %v", l)
		}
	}
	x.want(outcome.Arrived, everything, 0, 1)
}

func TestWaitsAreThoseForTheFirstTouch(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(8*hour, 0, hour))
	k := x.comes(0, outage)
	x.started(10*minute, k)
	x.returned(20*minute, k)
	x.started(50*minute, k) // taken again, after half an hour
	x.replied(60*minute, k, ticket.Pending)
	x.message(100*minute, k)
	x.started(140*minute, k) // the second touch
	x.replied(150*minute, k, ticket.Solved)
	x.done(150*minute, k)
	x.abandoned(205*minute, x.comes(200*minute, call))
	again := x.comes(210*minute, outage)
	x.started(213*minute, again)
	x.replied(220*minute, again, ticket.Solved)
	x.message(230*minute, again)
	x.started(240*minute, again)
	x.comes(300*minute, outage) // still waits at the end
	x.end()
	x.want(outcome.Wait, everything, (10+5+3)*60, 3)
	x.want(outcome.Arrived, everything, 4, 1)
}

// What happens at the end of an interval belongs to the next one, and what happens
// at the horizon to the last.
func TestSeriesGoByTheIntervalInWhichATicketWasCreated(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(150*minute, 0, hour)) // the last interval is half as long
	x.served(10*minute, 10*minute, 130*minute, outage, result(sla.FirstReply, sla.Breached, 2*hour))
	x.served(59*minute, 59*minute, 131*minute, question, result(sla.FirstReply, sla.Met, 0))
	x.served(60*minute, 60*minute, 132*minute, gold, result(sla.FirstReply, sla.Overdue, 72*minute))
	x.served(149*minute, 149*minute, 150*minute, outage, result(sla.FirstReply, sla.Met, minute))
	k := x.comes(150*minute-1, outage)
	x.done(150*minute, k, result(sla.FirstReply, sla.Undecided, 1))
	x.end()

	wantRatio := func(l outcome.Labels, num, den []float64) {
		t.Helper()
		if n, d := x.series(outcome.SeriesBreach, l); !slices.Equal(n, num) || !slices.Equal(d, den) {
			t.Errorf("breaches %v: %v of %v, want %v of %v", l, n, d, num, den)
		}
	}
	wantRatio(outcome.Labels{Metric: "first_reply"}, []float64{1, 1, 0}, []float64{2, 1, 1})
	wantRatio(outcome.Labels{Metric: "first_reply", Priority: "high"}, []float64{1, 1, 0}, []float64{1, 1, 1})
	wantRatio(outcome.Labels{Metric: "first_reply", Priority: "normal"}, []float64{0, 0, 0}, []float64{1, 0, 0})
	wantRatio(outcome.Labels{Metric: "first_reply", Tier: "gold"}, []float64{0, 1, 0}, []float64{0, 1, 0})
	x.wantSeries(outcome.SeriesArrivals, everything, 2, 1, 4) // per hour
}

// By the clock on the wall of the scenario's zone, where a Sunday afternoon may be
// a Monday morning in UTC.
func TestBreachesByHourOfTheWeek(t *testing.T) {
	t.Parallel()
	s := scenario(9*day, hour, 30*minute)
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	s.Time.Start = time.Date(2026, 4, 2, 22, 30, 0, 0, auckland) // the Thursday before the clock goes back on Sunday at three
	x := newTrial(t, s)
	met, breached := result(sla.FirstReply, sla.Met, 0), result(sla.FirstReply, sla.Breached, 2*hour)
	x.served(20*minute, 20*minute, hour, outage, breached) // warm-up
	for _, row := range []struct {
		created time.Duration
		result  sla.Result
	}{
		{89 * minute, met},                 // Thursday 23:59
		{90 * minute, breached},            // Friday 00:00
		{50*hour + 30*minute, breached},    // 2 days 2 hours later: Sunday 01:00
		{51*hour + 30*minute, met},         // Sunday 02:00
		{52*hour + 45*minute, breached},    // an hour and a quarter later: Sunday 02:15 again
		{53*hour + 30*minute, met},         // 03:00
		{7*day + 90*minute + 15, breached}, // a week after Friday 00:00, an hour less on the clock
	} {
		x.served(row.created, row.created, row.created, outage, row.result)
	}
	x.end()
	for h, want := range map[string][2]float64{
		"thu-22": {0, 0}, "thu-23": {1, 2}, "fri-00": {1, 1}, "sun-01": {1, 1}, "sun-02": {1, 2}, "sun-03": {0, 1}, "mon-09": {0, 0},
	} {
		x.want(outcome.BreachByHour, outcome.Labels{Metric: "first_reply", Hour: h}, want[0], want[1])
	}
	// The times of the same clocks by hour of the day: 0 s and 2 h, the latter in the last bin of
	// those that are counted together.
	for h, want := range map[string][2]uint32{"22": {0, 0}, "23": {1, 1}, "00": {0, 1}, "01": {0, 1}, "02": {1, 1}, "03": {1, 0}, "09": {0, 0}} {
		i := slices.Index(x.Catalog.Waits, outcome.Labels{Metric: "first_reply", Hour: h})
		if i < 0 {
			t.Fatalf("there is no distribution of the hour %s", h)
		}
		var got [2]uint32
		for bin, n := range x.run.Bins[i] {
			switch upper := outcome.BinUpper(bin); {
			case n == 0:
			case upper < 0.001:
				got[0] += n
			case upper >= 7200 && upper < 7200*1.14:
				got[1] += n
			default:
				t.Errorf("at %s there is a time of %v s", h, upper)
			}
		}
		if got != want {
			t.Errorf("at %s: %v times of 0 s and 2 h, want %v", h, got, want)
		}
	}
	if n := x.count(outcome.BreachByHour); n != 3*7*24 {
		t.Errorf("%d hours of the week in nine days, for three metrics", n)
	}
}

func TestElapsedTimesAreCountedInBins(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(8*hour, 0, hour))
	for i, v := range []sla.Verdict{sla.Met, sla.Breached, sla.Overdue, sla.Undecided} {
		at := time.Duration(i) * minute
		x.served(at, at, at, gold, result(sla.Resolution, v, time.Duration(10+i)*minute))
	}
	x.served(5*minute, 5*minute, 5*minute, question, result(sla.Resolution, sla.Met, hour))
	x.end()
	counts := func(l outcome.Labels) []uint32 {
		i := slices.Index(x.Catalog.Waits, l)
		if i < 0 {
			t.Fatalf("no distribution of %v", l)
		}
		var n uint32
		for _, c := range x.run.Bins[i] {
			n += c
		}
		at := func(d time.Duration) uint32 { return x.run.Bins[i][outcome.Bin(d)] }
		return []uint32{n, at(10 * minute), at(11 * minute), at(12 * minute), at(13 * minute), at(hour)}
	}
	for _, row := range []struct {
		labels outcome.Labels
		want   []uint32
	}{
		{outcome.Labels{Metric: "resolution"}, []uint32{4, 1, 1, 1, 0, 1}}, // what is not decided is not there
		{outcome.Labels{Metric: "resolution", Tier: "gold"}, []uint32{3, 1, 1, 1, 0, 0}},
		{outcome.Labels{Metric: "resolution", Priority: "normal"}, []uint32{1, 0, 0, 0, 0, 1}},
		{outcome.Labels{Metric: "first_reply"}, []uint32{0, 0, 0, 0, 0, 0}},
	} {
		if got := counts(row.labels); !slices.Equal(got, row.want) {
			t.Errorf("%v: %v, want %v", row.labels, got, row.want)
		}
	}
	// Each quantile of the catalog points to its distribution.
	for _, q := range x.Catalog.Quantiles {
		m := x.Catalog.Measures[q.Measure]
		l := m.Labels
		l.Quantile = ""
		name := outcome.Elapsed
		if l.Hour != "" {
			name = outcome.ElapsedByHour
		}
		if m.Name != name || x.Catalog.Waits[q.Waits] != l {
			t.Errorf("quantile %v of %v is a %s of %v", q.P, x.Catalog.Waits[q.Waits], m.Name, m.Labels)
		}
	}
}
