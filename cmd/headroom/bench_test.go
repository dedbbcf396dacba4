package main

import (
	"runtime"
	"testing"

	"github.com/headroom-sim/headroom/scenarios"
)

// benchmarkShipped runs whole trials of a shipped scenario and reports what the command does.
func benchmarkShipped(b *testing.B, name string) {
	s, err := scenarios.Load(name)
	if err != nil {
		b.Fatal(err)
	}
	trial, err := trials(s)
	if err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b.ResetTimer()
	start, tickets := processorTime(), 0.0
	for i := range b.N {
		tickets += trial(i + 1)
	}
	spent := processorTime() - start
	runtime.ReadMemStats(&after)
	b.ReportMetric(tickets/spent.Seconds()/1e6, "Mtickets/cpu-s")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/tickets, "B/ticket")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/tickets, "allocs/ticket")
}

func BenchmarkHello(b *testing.B)       { benchmarkShipped(b, "hello") }
func BenchmarkBlackFriday(b *testing.B) { benchmarkShipped(b, "black-friday") }
