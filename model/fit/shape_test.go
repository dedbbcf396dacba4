package fit_test

import (
	"math"
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

// A desk to which few write on the Friday after a public holiday, which in Germany Ascension Day always has: what such days brought is
// told, and that of the holiday beside it. Without a country nobody knows of either.
func TestDaysBetweenAHolidayAndAWeekendAreTold(t *testing.T) {
	t.Parallel()
	x := axis(t)
	x.Origin = x.Origin.AddDate(0, 0, 7*13) // 6 April: Easter Monday, May Day, Ascension Day on 14 May and Whit Monday lie ahead
	st := &demand.Stream{Volume: demand.Volume{Count: 1400, Per: demand.PerWeek}, Busyness: 0.1, Profile: demand.Profile{Hours: officeHours}}
	at := func(month time.Month, day int) calendar.Date {
		return calendar.Date{Year: 2026, Month: month, Day: day}
	}
	for _, d := range []calendar.Date{at(4, 6), at(5, 1), at(5, 14), at(5, 25)} {
		st.Profile.Special = append(st.Profile.Special, demand.SpecialDay{Date: d, Weight: 0.2})
	}
	st.Profile.Special = append(st.Profile.Special, demand.SpecialDay{Date: at(5, 15), Weight: 0.4})
	const n = 10
	log := logOf(x, arrive(st, x, x.Since(x.Origin.AddDate(0, 0, 7*n)), rand.New(rand.NewPCG(1, 12))), plain)
	o := weeks(x, n)
	f, err := fit.History(log, o)
	if err != nil {
		t.Fatal(err)
	}
	if f.Streams[0].Bridge.N != 0 || f.Streams[0].Holiday.N != 0 {
		t.Errorf("no country, and yet %+v, %+v", f.Streams[0].Bridge, f.Streams[0].Holiday)
	}
	o.Country = "de"
	if f, err = fit.History(log, o); err != nil {
		t.Fatal(err)
	}
	bridge, holiday := f.Streams[0].Bridge, f.Streams[0].Holiday
	if bridge.N != 1 || bridge.Low > 0.45 || bridge.High < 0.35 || math.Abs(bridge.Value-0.4) > 0.15 {
		t.Errorf("a bridge day of 0.4 is taken for %+v", bridge)
	}
	if holiday.N != 4 || math.Abs(holiday.Value-0.2) > 0.08 {
		t.Errorf("holidays of 0.2 are taken for %+v", holiday)
	}
}
