package sim_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/bench"
)

// timed runs b.N trials and reports tickets per CPU-second, and bytes and
// allocations per ticket.
func timed(b *testing.B, trial func(replication int) float64) {
	b.Helper()
	tickets := 0.0
	b.ResetTimer()
	m := bench.Start()
	for i := range b.N {
		tickets += trial(i + 1)
	}
	m.Pace(tickets).Report(b)
}

func trials(b *testing.B, s *model.Scenario) func(replication int) float64 {
	b.Helper()
	trial, err := bench.Trials(s)
	if err != nil {
		b.Fatal(err)
	}
	return trial
}

func benchmark(b *testing.B, s *model.Scenario) { timed(b, trials(b, s)) }

func byHand(b *testing.B, q bench.Queue) {
	const customers = 1e6
	timed(b, func(replication int) float64 {
		q.ByHand(uint64(replication), customers)
		return customers
	})
}

func BenchmarkM1(b *testing.B)      { benchmark(b, bench.M1().Scenario(1e6)) }
func BenchmarkM1Limit(b *testing.B) { byHand(b, bench.M1()) }
func BenchmarkM2(b *testing.B)      { benchmark(b, bench.M2().Scenario(1e6)) }
func BenchmarkM2Limit(b *testing.B) { byHand(b, bench.M2()) }
func BenchmarkYear(b *testing.B)    { benchmark(b, bench.Year(1e6)) }

// BenchmarkBacklog is what a ticket costs while a thousand, and while a million others are
// pending, with the reminders and the end of each ahead; and how many times more with a
// million, measured in turns.
func BenchmarkBacklog(b *testing.B) {
	const tickets = 3e6
	few, many := trials(b, bench.Backlog(1e3, tickets)), trials(b, bench.Backlog(1e6, tickets))
	cost := func(trial func(int) float64, replication int) time.Duration {
		m := bench.Start()
		trial(replication)
		return m.Spent()
	}
	var of [2]time.Duration
	b.ResetTimer()
	for i := range b.N {
		of[0] += cost(few, i+1)
		of[1] += cost(many, i+1)
	}
	b.ReportMetric(float64(of[0].Nanoseconds())/tickets/float64(b.N), "ns/ticket-of-1e3")
	b.ReportMetric(float64(of[1].Nanoseconds())/tickets/float64(b.N), "ns/ticket-of-1e6")
	b.ReportMetric(float64(of[1])/float64(of[0]), "times")
}

func TestM2AgreesWithTheReference(t *testing.T) {
	t.Parallel()
	// Mean waits in minutes and shares that left, of 200 replications of a million by
	// code that was written by hand.
	x := unchecked(t, bench.M2().Scenario(100_000), 3, 20)
	for i, row := range []struct{ wait, abandoned float64 }{{0.01087, 0.00217}, {0.01699, 0.00340}, {0.13473, 0.02693}} {
		l := outcome.Labels{Priority: string(rune('a' + i))}
		if m := value(t, x, outcome.Wait, l); z(m, row.wait*60) > 4.5 || z(m, row.wait*60) < -4.5 {
			t.Errorf("class %d: mean wait %v s, want %v", i, m.Estimate, row.wait*60)
		}
		if m := value(t, x, outcome.AbandonRate, l); z(m, row.abandoned) > 4.5 || z(m, row.abandoned) < -4.5 {
			t.Errorf("class %d: abandoned %v, want %v", i, m.Estimate, row.abandoned)
		}
	}
}

// What is measured is what it says: sound scenarios with their tickets.
func TestTheScenariosOfTheBenchmarks(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		scenario      *model.Scenario
		tickets, open float64 // and how many are unsolved at the end
	}{
		{bench.M1().Scenario(1e4), 1e4, 10},
		{bench.M2().Scenario(1e4), 1e4, 50},
		{bench.Year(2e4), 2e4, 40},
		{bench.Backlog(1e3, 1e4), 1e4, 1000},
		{bench.Backlog(5e3, 1e4), 1e4, 5000},
	} {
		if problems := row.scenario.Check(); len(problems) > 0 {
			t.Errorf("%s: %v", row.scenario.Name, problems)
			continue
		}
		x := unchecked(t, row.scenario, 1, 3)
		arrived, backlog := value(t, x, outcome.Arrived, all).Estimate.Value, value(t, x, outcome.Open, all).Estimate.Value
		if arrived < 0.9*row.tickets || arrived > 1.1*row.tickets || backlog > 1.5*row.open+20 || row.open >= 1000 && backlog < 0.9*row.open {
			t.Errorf("%s: %v tickets, %v open at the end", row.scenario.Name, arrived, backlog)
		}
	}
}

// What a trial allocates in all, what the scenario is made ready for included, does not
// grow with its tickets: the slabs are as large as the desk has ever been full.
func TestAMillionTicketsFitInTenMebibytes(t *testing.T) {
	for _, s := range []*model.Scenario{bench.M1().Scenario(1e6), bench.M2().Scenario(1e6), bench.Year(1e6)} {
		m := bench.Start()
		if _, err := bench.Trials(s); err != nil {
			t.Fatal(err)
		}
		const tickets = 1
		if got := m.Pace(tickets).Bytes / (1 << 20); got > 10 {
			t.Errorf("%s: %.1f MiB", s.Name, got)
		} else {
			t.Logf("%s: %.1f MiB", s.Name, got)
		}
	}
}
