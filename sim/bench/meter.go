package bench

import (
	"runtime"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim"
)

// Trials makes a function that runs a trial of a scenario, through the same API as every
// command and with all statistics, and returns how many tickets it had, those of the
// warm-up included. The first one has been run, so that memory has grown.
func Trials(s *model.Scenario) (func(replication int) (tickets float64), error) {
	simulation, err := sim.New(s)
	if err != nil {
		return nil, err
	}
	catalog := simulation.Catalog()
	hourly := slices.IndexFunc(catalog.Series, func(x outcome.Series) bool {
		return x.Name == outcome.SeriesArrivals && x.Labels == outcome.Labels{}
	})
	worker, run := simulation.Worker(), catalog.NewRun()
	trial := func(replication int) (tickets float64) {
		worker.Run(s.Run.Seed, replication, run)
		last := len(run.Series[hourly].Num) - 1
		for i, rate := range run.Series[hourly].Num {
			length := s.Time.Interval
			if i == last {
				length = s.Time.Length - time.Duration(last)*s.Time.Interval
			}
			tickets += rate * length.Hours()
		}
		return tickets
	}
	trial(0)
	return trial, nil
}

// Meter watches what this process spends.
type Meter struct {
	start  time.Duration
	memory runtime.MemStats
}

// Start starts a meter.
func Start() *Meter {
	m := &Meter{}
	runtime.ReadMemStats(&m.memory)
	m.start = CPU()
	return m
}

// Spent is the processor time since the start.
func (m *Meter) Spent() time.Duration { return CPU() - m.start }

// Pace is what tickets cost.
type Pace struct {
	Speed       float64 // tickets per CPU-second
	Bytes       float64 // allocated per ticket
	Allocations float64 // per ticket
}

// Pace is what so many tickets have cost since the start.
func (m *Meter) Pace(tickets float64) Pace {
	spent := m.Spent()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return Pace{
		Speed:       tickets / spent.Seconds(),
		Bytes:       float64(now.TotalAlloc-m.memory.TotalAlloc) / tickets,
		Allocations: float64(now.Mallocs-m.memory.Mallocs) / tickets,
	}
}

// Reporter is what a benchmark reports to, a *testing.B.
type Reporter interface {
	ReportMetric(value float64, unit string)
}

// Report reports the pace under the names that all benchmarks use.
func (p Pace) Report(to Reporter) {
	to.ReportMetric(p.Speed/1e6, "Mtickets/cpu-s")
	to.ReportMetric(p.Bytes, "B/ticket")
	to.ReportMetric(p.Allocations, "allocs/ticket")
}
