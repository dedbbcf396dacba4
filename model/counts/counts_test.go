package counts_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
)

// drawn are so many days from a Monday on, with a mean of 100 on weekdays and 40 at weekends, each times a gamma factor.
func drawn(days int, cv float64, r *rand.Rand) *counts.Daily {
	x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	d := &counts.Daily{Days: x.Days(time.UTC, 0, time.Duration(days)*24*time.Hour), Counts: make([]float64, days), Hours: make([][24]float64, days), Special: make([]bool, days)}
	for i, day := range d.Days {
		mean := 100.
		if w := day.Date.Weekday(); w == time.Saturday || w == time.Sunday {
			mean = 40
		}
		if cv > 0 {
			mean *= distuv.Gamma{Alpha: 1 / (cv * cv), Beta: 1 / (cv * cv), Src: r}.Rand()
		}
		d.Counts[i] = distuv.Poisson{Lambda: mean, Src: r}.Rand()
	}
	return d
}

// Of 200 histories of ten weeks about 190 hold the busyness in their interval of 95 %, and few that have none show any.
func TestBusynessIsToldFromChance(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	drop := distuv.ChiSquared{K: 1}.Quantile(0.95) / 2
	held, some := 0, 0
	for range 200 {
		if _, low, high := drawn(70, 0.2, r).Regression(counts.Design{}).Dispersion(drop); low <= 0.04 && 0.04 <= high {
			held++
		}
		if _, low, _ := drawn(70, 0, r).Regression(counts.Design{}).Dispersion(drop); low > 0 {
			some++
		}
	}
	if held < 178 || some > 14 { // four standard errors about 190; and about 5, of a value at the edge
		t.Errorf("%d of 200 intervals hold the truth, and %d claim a busyness that is none", held, some)
	}
}

// A day of three times the tickets is no ordinary one, and what is ordinary is found without it.
func TestAnOddDayIsLeftOut(t *testing.T) {
	t.Parallel()
	d := drawn(56, 0.1, rand.New(rand.NewPCG(3, 4)))
	d.Counts[9] *= 3
	d.FindSpecial(nil)
	for i, special := range d.Special {
		if special != (i == 9) {
			t.Errorf("day %d: special is %v", i, special)
		}
	}
	x := counts.Design{}
	r := d.Regression(x)
	r.Fit(0.01)
	d.Expect(r, x)
	if d.Mean == nil || math.Abs(d.Mean[9]-100) > 15 || math.Abs(d.Mean[12]-40) > 8 {
		t.Errorf("a Wednesday brings %v, a Saturday %v", d.Mean[9], d.Mean[12])
	}
}

// A level that stays is found to stay and one that moves by 6 % a week to move, and of forecasts of 80 % about as many
// hold what comes.
func TestALevelThatWandersIsForecastWithItsDoubt(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	const weeks, tries, ahead = 20, 300, 4
	for _, sd := range []float64{0, 0.06} {
		held, inside, now := 0, 0, 0
		for range tries {
			off, noise, at := make([]float64, weeks), make([]float64, weeks), 0.
			for k := range off {
				at += sd * r.NormFloat64()
				noise[k] = 0.03 * 0.03
				off[k] = at + 0.03*r.NormFloat64()
			}
			l := counts.NewLevel(off, noise, 0.2)
			if _, low, high, _ := l.Deviation(0.95); low <= sd && sd <= high {
				held++
			}
			if mean, sd := l.Now(); math.Abs(mean-at) < 1.96*sd {
				now++
			}
			came := at
			for range ahead {
				came += sd * r.NormFloat64()
			}
			below := 0
			for range 199 {
				if l.Ahead(ahead, r.Float64(), r.NormFloat64)[ahead-1] < came {
					below++
				}
			}
			if below >= 20 && below < 180 {
				inside++
			}
		}
		if now < 270 {
			t.Errorf("sd %v: %d of %d intervals of 95 %% hold where the level stands", sd, now, tries)
		}
		// 240 and 285 of 300, four standard errors; doubt about the deviation itself makes the forecasts of what stays wider.
		if held < 270 || inside < 212 || sd > 0 && inside > 268 {
			t.Errorf("sd %v: %d of %d intervals hold it, %d forecasts of 80 %% hold what comes", sd, held, tries, inside)
		}
	}
	if l := counts.NewLevel([]float64{0, math.NaN(), 0.1, 0.2}, make([]float64, 4), 0.2); l != nil {
		t.Error("three weeks say how they wander")
	}
}
