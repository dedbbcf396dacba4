package main

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/book"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// spring is a scenario as it is priced, of so many months.
func spring(t *testing.T, ref string, months int) *model.Scenario {
	t.Helper()
	s, err := priced(ref, months)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What a year is priced by is what an ordinary experiment of the same time measures, to the cent.
func TestPricedYearsPayWhatTheOutcomeSays(t *testing.T) {
	t.Parallel()
	s := spring(t, "enterprise-contract", 5)
	const years = 3
	s.Run.Exactly(years)
	x, err := experiment.Run(context.Background(), s, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := book.Run(context.Background(), s, years, experiment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Months) != 5 || b.Months[0].Name != "2026-01" || b.Months[4].Name != "2026-05" {
		t.Fatalf("the months are %v", b.Months)
	}
	paid := 0.
	for d := range b.Deals {
		k := &b.Deals[d]
		if k.Of >= 0 {
			continue // an alternative, of which an outcome knows nothing
		}
		for y, credit := range b.Credits(d, k.Fee.Minor) {
			sum := 0.
			for _, p := range k.Periods {
				m, ok := x.Measure(outcome.Credit, outcome.Labels{Contract: k.Name, Period: p.Name})
				if !ok {
					t.Fatalf("no credit of %s in %s", k.Name, p.Name)
				}
				sum += m.Num[y]
			}
			if sum*100 != float64(credit) {
				t.Errorf("%s, year %d: priced by %d pence, the outcome has %v pounds", k.Name, y, credit, sum)
			}
			paid += sum
		}
	}
	if paid == 0 {
		t.Error("nothing was ever paid: the comparison shows nothing")
	}
	cost, _ := x.Measure(outcome.Cost, outcome.Labels{})
	for y := range b.Years {
		year := &b.Years[y]
		// The last two weeks are measured and not priced. They have as many working days as others, give or take a holiday.
		want := cost.Num[y] * 151 / 165
		if math.Abs(year.Cost-want) > 0.03*want {
			t.Errorf("year %d costs %v, by its part of the time %v", y, year.Cost, want)
		}
		if year.Served <= 0 || year.Served >= year.Cost || math.Abs(year.Served-year.Serve[0]-year.Serve[1]) > 1e-6*year.Cost {
			t.Errorf("year %d: of %v the contracts bear %v: %v", y, year.Cost, year.Served, year.Serve)
		}
		arrived := 0.
		for m := range year.Months {
			arrived += year.Months[m].Arrived
		}
		if whole, _ := x.Measure(outcome.Arrived, outcome.Labels{}); arrived <= 0.8*whole.Num[y] || arrived >= whole.Num[y] {
			t.Errorf("year %d: %v tickets came in its months, of %v", y, arrived, whole.Num[y])
		}
	}
}

func TestYearsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	var first string
	for _, workers := range []string{"1", "3"} {
		code, stdout, stderr := call(t, "price", "enterprise-contract", "--years", "5", "--months", "2", "--workers", workers, "--json")
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		if first == "" {
			first = stdout
		}
		if stdout != first {
			t.Errorf("with %s workers another quote comes out", workers)
		}
	}
	if !strings.Contains(first, "breaks even") {
		t.Error("the quote does not say what breaks even")
	}
}

func TestAValueThatIsSetIsThatOfAVariant(t *testing.T) {
	t.Parallel()
	s, err := scenarios.LoadSet("enterprise-contract@one-less", "time.length=20d", "demand.mail.volume=50/day")
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "enterprise-contract@one-less" || s.Time.Length.Hours() != 480 || s.Streams[0].Volume.Count != 50 || s.Teams[1].Shifts[1].Heads != 4 {
		t.Errorf("%s lasts %v, mail %v, late shift %v", s.Name, s.Time.Length, s.Streams[0].Volume, s.Teams[1].Shifts[1].Heads)
	}
	if _, err := scenarios.LoadSet("enterprise-contract", "time.lenght=20d"); err == nil || !strings.Contains(err.Error(), "lenght") {
		t.Errorf("a path that leads nowhere: %v", err)
	}
}

// Years whose volumes are as uncertain as forecasts are differ in their arrivals as much as that says, in all streams at once.
func TestUncertainForecastsSpreadTheYears(t *testing.T) {
	t.Parallel()
	arrived := func(set ...string) (mean, cv float64) {
		s, err := scenarios.LoadSet("enterprise-contract", append(set, "time.warmup=10d", "time.length=55d")...)
		if err != nil {
			t.Fatal(err)
		}
		const years = 60
		b, err := book.Run(context.Background(), s, years, experiment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		square := 0.
		for y := range b.Years {
			x := b.Years[y].Months[0].Arrived
			mean, square = mean+x/years, square+x*x/years
		}
		return mean, math.Sqrt(square-mean*mean) / mean
	}
	usual, narrow := arrived()
	mean, wide := arrived("demand.mail.forecast_error=20%", "demand.calls.forecast_error=20%")
	// Of 60 years a cv is known to a tenth of itself or so, and their mean to 0.2 over the root of 60.
	if narrow > 0.04 || wide < 0.14 || wide > 0.27 || math.Abs(mean/usual-1) > 0.09 {
		t.Errorf("arrivals of a month: %.0f with a cv of %.3f, with uncertain forecasts %.0f with %.3f", usual, narrow, mean, wide)
	}
}
