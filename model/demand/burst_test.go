package demand_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
)

func TestABurstBringsItsTickets(t *testing.T) {
	t.Parallel()
	b := demand.Burst{Tickets: 300, Over: 2 * time.Hour}
	for _, row := range []struct {
		name     string
		from, to time.Duration
		want     float64
	}{
		{"95 percent within the stated time", 0, 2 * time.Hour, 285},
		{"95 percent of the rest in as long again", 2 * time.Hour, 4 * time.Hour, 0.95 * 15},
		{"all of them in the end", 0, 1000 * time.Hour, 300},
		{"none before the incident", -5 * time.Hour, 0, 0},
		{"what lies before the incident does not count", -5 * time.Hour, 2 * time.Hour, 285},
		{"none in no time", time.Hour, time.Hour, 0},
		{"none backwards", time.Hour, 0, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := b.Expected(row.from, row.to); math.Abs(got-row.want) > 1e-9 {
				t.Errorf("%v tickets, want %v", got, row.want)
			}
		})
	}
}

func TestABurstsRateIsTheDerivativeOfItsTickets(t *testing.T) {
	t.Parallel()
	b := demand.Burst{Tickets: 40, Over: 90 * time.Minute}
	if got := b.Rate(-1); got != 0 {
		t.Errorf("rate %v before the incident", got)
	}
	for at := time.Duration(0); at < 5*time.Hour; at += 20 * time.Minute {
		const step = time.Second
		got, want := b.Expected(at, at+step)/step.Seconds(), b.Rate(at+step/2)
		if math.Abs(got-want) > 1e-6*want {
			t.Errorf("%v after the incident: %v a second come, the rate is %v", at, got, want)
		}
	}
}
