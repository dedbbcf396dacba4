package experiment_test

import (
	"context"
	"testing"

	"github.com/headroom-sim/headroom/sim/bench"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// BenchmarkWorkers is what a ticket costs in processor time with one worker, with two, and
// how many times more with two, measured in turns.
func BenchmarkWorkers(b *testing.B) {
	s := bench.M2().Scenario(1e5)
	s.Run.Min, s.Run.Max = 24, 24
	var of [2]float64
	for range b.N {
		for k := range of {
			m := bench.Start()
			if _, err := experiment.Run(context.Background(), s, experiment.Options{Workers: k + 1}); err != nil {
				b.Fatal(err)
			}
			of[k] += m.Spent().Seconds()
		}
	}
	tickets := 24e5 * float64(b.N)
	b.ReportMetric(of[0]/tickets*1e9, "ns/ticket-by-1")
	b.ReportMetric(of[1]/tickets*1e9, "ns/ticket-by-2")
	b.ReportMetric(of[1]/of[0], "times")
}
