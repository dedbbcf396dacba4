package sim_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// m1 is M/M/1 at ρ 0.9; the mean wait is 9.
func m1(tickets float64) queue {
	return queue{
		agents: 1, classes: []load{{0.9, exponential(1)}},
		length: time.Duration(tickets/0.9) * time.Minute, interval: time.Hour,
	}
}

// m2 is the help desk: three classes by priority, 50 agents at ρ 0.95, lognormal
// service, impatient customers.
func m2(tickets float64) queue {
	handle := dist.Must(dist.Lognormal(1, 1))
	return queue{
		agents: 50, order: model.Priority, patience: exponential(5),
		classes: []load{{4.75, handle}, {14.25, handle}, {28.5, handle}},
		length:  time.Duration(tickets/47.5) * time.Minute, interval: time.Hour,
	}
}

// cpu is the processor time of this process.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchmark runs whole trials through the public API, with statistics on, and
// reports tickets per CPU-second.
func benchmark(b *testing.B, s *model.Scenario) {
	simulation, err := sim.New(s)
	if err != nil {
		b.Fatal(err)
	}
	w := simulation.Worker()
	run := simulation.Catalog().NewRun()
	w.Run(1, 0, run)
	tickets := 0.0
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu()
	for i := range b.N {
		w.Run(1, i+1, run)
		for j, m := range simulation.Catalog().Measures {
			if m.Name == outcome.Arrived && m.Labels == (outcome.Labels{}) {
				tickets += run.Num[j]
			}
		}
	}
	b.ReportMetric(tickets/(cpu()-start).Seconds()/1e6, "Mtickets/cpu-s")
}

func BenchmarkM1(b *testing.B) { benchmark(b, m1(1e6).scenario()) }

func BenchmarkM2(b *testing.B) { benchmark(b, m2(1e6).scenario()) }

func TestM2AgreesWithTheReference(t *testing.T) {
	t.Parallel()
	// 200 replications of a million by hand-written code, speed.md's reference.
	x := unchecked(t, m2(100_000).scenario(), 3, 20)
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
