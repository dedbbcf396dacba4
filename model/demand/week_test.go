package demand_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

func TestADayOfItsOwnShapeBringsAsMuchAtOtherTimes(t *testing.T) {
	t.Parallel()
	x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)} // a Monday
	st := &demand.Stream{Volume: demand.Volume{Count: 120, Per: demand.PerDay}, Profile: demand.Profile{Hours: []float64{1, 3}}}
	st.Profile.ByDay[time.Tuesday] = []float64{0, 0, 1}
	c := st.Curve(x, 72*time.Hour)
	same(t, "Monday morning", c.Expected(0, 12*time.Hour), 30)
	same(t, "Tuesday before four", c.Expected(24*time.Hour, 40*time.Hour), 0)
	same(t, "Tuesday", c.Expected(24*time.Hour, 48*time.Hour), 120)
	same(t, "Wednesday morning", c.Expected(48*time.Hour, 60*time.Hour), 30)
}

func TestASpecialDayBringsItsShareOfItsWeekday(t *testing.T) {
	t.Parallel()
	x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	st := &demand.Stream{Volume: demand.Volume{Count: 700, Per: demand.PerWeek}}
	st.Profile.Special = []demand.SpecialDay{{Date: calendar.Date{Year: 2026, Month: 3, Day: 3}, Weight: 0.25}, {Date: calendar.Date{Year: 2026, Month: 3, Day: 4}}}
	c := st.Curve(x, 4*24*time.Hour)
	for day, want := range []float64{100, 25, 0, 100} {
		from := time.Duration(day) * 24 * time.Hour
		same(t, "a day", c.Expected(from, from+24*time.Hour), want)
	}
}

// same compares numbers of tickets.
func same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*max(1, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
