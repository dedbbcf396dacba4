package main

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/scenarios"
)

// What a month is simulated with is what it was planned with: the same work, and the heads that were asked for.
func TestAMonthIsSimulatedAsItWasPlanned(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("growing-desk")
	if err != nil {
		t.Fatal(err)
	}
	p, err := headcount.Of(s, 12, 0)
	if err != nil {
		t.Fatal(err)
	}
	month := p.Worst()
	if p.Months[month].Name() != "2027-12" {
		t.Fatalf("%s is shortest", p.Months[month].Name())
	}
	heads := []float64{31.5, 12.25}
	trial, err := p.Trial(s, month, heads)
	if err != nil {
		t.Fatal(err)
	}
	again, err := headcount.Of(trial, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if again.Months[0].Name() != "2027-12" {
		t.Fatalf("the trial is of %s", again.Months[0].Name())
	}
	for i := range p.Teams {
		was, is := p.Teams[i].Net[month], again.Teams[i].Net[0]
		if math.Abs(is-was) > 1e-9*was {
			t.Errorf("%s: work for %v heads is simulated, for %v was planned", p.Teams[i].Name, is, was)
		}
		l := again.Lines(&again.Teams[i], nil)[0]
		if math.Abs(l.Opening-heads[i]) > 1e-9 || math.Abs(l.Heads-heads[i]) > 1e-9 {
			t.Errorf("%s has %v heads, and %v at work, not %v", p.Teams[i].Name, l.Opening, l.Heads, heads[i])
		}
	}
}

// Growth and seasons are those of the month: mail of a December is that of a year's growth and the season's.
func TestMonthsAheadHaveTheirOwnDemand(t *testing.T) {
	t.Parallel()
	net := func(set ...string) []float64 {
		s, err := scenarios.LoadSet("growing-desk", append(set, "demand.calls.volume=0.001/day")...)
		if err != nil {
			t.Fatal(err)
		}
		p, err := headcount.Of(s, 13, 0)
		if err != nil {
			t.Fatal(err)
		}
		return p.Teams[1].Net
	}
	grown, flat := net(), net("demand.mail.growth=0%/year")
	plain := net("demand.mail.growth=0%/year", "demand.mail.season=null")
	for _, row := range []struct {
		month    int
		low, top float64
	}{{0, 1, 1.02}, {6, 1.11, 1.14}, {12, 1.25, 1.27}} {
		if got := grown[row.month] / flat[row.month]; got < row.low || got > row.top {
			t.Errorf("month %d has grown by %v, not by %v to %v", row.month, got, row.low, row.top)
		}
	}
	for month, want := range map[int]float64{1: 1, 3: 1, 7: 0.9, 11: 1.35} {
		if got := flat[month] / plain[month]; math.Abs(got-want) > 0.02 {
			t.Errorf("month %d has a season of %v, not %v", month, got, want)
		}
	}
}
