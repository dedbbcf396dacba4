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
