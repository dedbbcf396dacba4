package main

import (
	"testing"

	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/bench"
)

// benchmarkShipped runs whole trials of a shipped scenario and reports what the command does.
func benchmarkShipped(b *testing.B, name string) {
	s, err := scenarios.Load(name)
	if err != nil {
		b.Fatal(err)
	}
	trial, err := bench.Trials(s)
	if err != nil {
		b.Fatal(err)
	}
	tickets := 0.0
	b.ResetTimer()
	m := bench.Start()
	for i := range b.N {
		tickets += trial(i + 1)
	}
	m.Pace(tickets).Report(b)
}

func BenchmarkHello(b *testing.B)       { benchmarkShipped(b, "hello") }
func BenchmarkBlackFriday(b *testing.B) { benchmarkShipped(b, "black-friday") }
