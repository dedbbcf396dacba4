package fit_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/fit"
)

// lateDays are days with a shape of their own.
var lateDays = []float64{2, 2, 1, 1, 1, 1, 1, 2, 3, 4, 6, 8, 10, 10, 9, 8, 8, 8, 8, 9, 9, 8, 6, 4}

func TestIntervalsOfTheHoursOfTheWeekHoldTheTruth(t *testing.T) {
	t.Parallel()
	x := axis(t)
	st := &demand.Stream{Volume: demand.Volume{Count: 700, Per: demand.PerWeek}, Busyness: 0.15,
		Profile: demand.Profile{Hours: officeHours, Days: [7]float64{0.4, 1, 1, 1, 1, 1, 0.6}}}
	st.Profile.ByDay[time.Saturday], st.Profile.ByDay[time.Sunday] = lateDays, lateDays
	var cells covered
	raw, shrunk, shapes := 0., 0., 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		const n = 9
		f, err := fit.History(logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		got := &f.Streams[0]
		if !got.OneShape {
			shapes++
		}
		for w := range got.Cells {
			shape := officeHours
			if w == int(time.Saturday) || w == int(time.Sunday) {
				shape = lateDays
			}
			sum := 0.
			for _, v := range shape {
				sum += v
			}
			for hour, cell := range got.Cells[w] {
				truth := 24 * shape[hour] / sum
				cells.add(cell.Parameter, truth)
				raw += (cell.Raw - truth) * (cell.Raw - truth)
				shrunk += (cell.Value - truth) * (cell.Value - truth)
			}
		}
	}
	cells.judge(t, "the hours of the week")
	if shapes < 36 {
		t.Errorf("weekends are found to differ in %d of 40 logs", shapes)
	}
	if shrunk > 0.5*raw {
		t.Errorf("shrinkage leaves %v of the squared error", shrunk/raw)
	}
}

// Where all days have one shape, chance alone must not be taken for shapes of their own.
func TestOneShapeIsSeldomTakenForMany(t *testing.T) {
	t.Parallel()
	x := axis(t)
	st := &demand.Stream{Volume: demand.Volume{Count: 700, Per: demand.PerWeek}, Busyness: 0.3, Profile: demand.Profile{Hours: officeHours}}
	many := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 9))
		const n = 9
		f, err := fit.History(logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		if !f.Streams[0].OneShape {
			many++
		}
	}
	if many > 4 { // 1 % of 40 are 0.4
		t.Errorf("in %d of 40 logs", many)
	}
}

func TestSpecialDaysAreFoundAndLeaveTheProfileAlone(t *testing.T) {
	t.Parallel()
	x := axis(t)
	st := &demand.Stream{Volume: demand.Volume{Count: 1400, Per: demand.PerWeek}, Busyness: 0.1, Profile: demand.Profile{Hours: officeHours}}
	low, high := calendar.Date{Year: 2026, Month: 1, Day: 28}, calendar.Date{Year: 2026, Month: 2, Day: 20}
	st.Profile.Special = []demand.SpecialDay{{Date: low, Weight: 0.2}, {Date: high, Weight: 3}}
	found, extra := 0, 0
	var week covered
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 10))
		const n = 10
		f, err := fit.History(logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		week.add(f.Streams[0].Week, 1400)
		for _, s := range f.Streams[0].Special {
			if s.Date == low || s.Date == high {
				found++
			} else {
				extra++
			}
		}
	}
	week.judge(t, "the volume of an ordinary week")
	if found != 80 || extra > 8 {
		t.Errorf("%d of 80 special days are found, and %d of 2,720 others", found, extra)
	}
}
