package demand_test

import (
	"math"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

// A season steps at midnight on the first of a month, in local time, and changes nothing else.
func TestASeasonMultipliesTheDaysOfItsMonths(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	x := calendar.Axis{Origin: time.Date(2026, 11, 16, 0, 0, 0, 0, zone)}
	plain := demand.Stream{Volume: demand.Volume{Count: 700, Per: demand.PerWeek}, Profile: demand.Profile{Days: [7]float64{0.5, 1, 1, 1, 1, 1, 0.7}}, Growth: 0.3}
	seasonal := plain
	seasonal.Season = demand.Season{0.6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5}
	was, is := plain.Curve(x, 60*24*time.Hour), seasonal.Curve(x, 60*24*time.Hour)
	for i, day := range is.Days {
		want := was.Days[i].Expected * map[time.Month]float64{11: 1, 12: 1.5, 1: 0.6}[day.Date.Month]
		if math.Abs(day.Expected-want) > 1e-9 {
			t.Errorf("%v brings %v, want %v", day.Date, day.Expected, want)
		}
	}
}
