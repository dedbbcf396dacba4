package demand_test

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// axis starts at a local midnight.
func axis(t *testing.T, zoneName string, year int, month time.Month, day int) calendar.Axis {
	t.Helper()
	return calendar.Axis{Origin: time.Date(year, month, day, 0, 0, 0, 0, zone(t, zoneName))}
}

const horizon = 24 * 24 * time.Hour

// axes are starts whose next 24 days hold no clock change, one in either
// direction, odd offsets, a change at midnight, and a start in the middle of a day.
func axes(t *testing.T) map[string]calendar.Axis {
	return map[string]calendar.Axis{
		"no clock changes":                     axis(t, "UTC", 2026, time.February, 20),
		"spring in New York":                   axis(t, "America/New_York", 2026, time.March, 1),
		"autumn in Berlin":                     axis(t, "Europe/Berlin", 2026, time.October, 12),
		"half an hour back on Lord Howe":       axis(t, "Australia/Lord_Howe", 2026, time.March, 28),
		"half an hour forward on Lord Howe":    axis(t, "Australia/Lord_Howe", 2026, time.September, 28),
		"a day that starts at one in the west": axis(t, "America/Sao_Paulo", 2018, time.October, 28),
		"quarter-hour offset in Nepal":         axis(t, "Asia/Kathmandu", 2026, time.December, 20),
		"start at a quarter past nine": {
			Origin: time.Date(2026, time.March, 20, 9, 15, 0, 0, zone(t, "Europe/London")),
		},
	}
}

var officeHours = []float64{1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 8, 7, 7, 8, 8, 6, 4, 2}

// streams are one of every kind of base demand. A new kind added here must
// obey every law below.
func streams(start calendar.Date) map[string]demand.Stream {
	halfHours := make([]float64, 48)
	for i := range halfHours {
		halfHours[i] = float64(i*i%17) / 3
	}
	weekend := [7]float64{time.Sunday: 0.6, time.Monday: 1.2, time.Tuesday: 1, time.Wednesday: 1, time.Thursday: 1, time.Friday: 1, time.Saturday: 0.7}
	return map[string]demand.Stream{
		"flat, per day":         {Volume: demand.Volume{Count: 900}},
		"flat, per hour":        {Volume: demand.Volume{Count: 40, Per: demand.PerHour}},
		"hours, per day":        {Volume: demand.Volume{Count: 900}, Profile: demand.Profile{Hours: officeHours}},
		"hours, per hour":       {Volume: demand.Volume{Count: 0.5, Per: demand.PerHour}, Profile: demand.Profile{Hours: officeHours}},
		"half hours, per week":  {Volume: demand.Volume{Count: 5000, Per: demand.PerWeek}, Profile: demand.Profile{Hours: halfHours, Days: weekend}},
		"five parts of the day": {Volume: demand.Volume{Count: 12}, Profile: demand.Profile{Hours: []float64{0, 1, 2, 3, 0}, Days: weekend}},
		"only on one weekday":   {Volume: demand.Volume{Count: 70, Per: demand.PerWeek}, Profile: demand.Profile{Days: [7]float64{time.Wednesday: 3}}},
		"every minute its own": {Volume: demand.Volume{Count: 1440}, Profile: demand.Profile{Hours: func() []float64 {
			w := make([]float64, 1440)
			for i := range w {
				w[i] = 1 + math.Sin(float64(i)/100)
			}
			return w
		}()}},
		"growing":           {Volume: demand.Volume{Count: 900}, Growth: 0.5, Profile: demand.Profile{Hours: officeHours, Days: weekend}},
		"shrinking":         {Volume: demand.Volume{Count: 900, Per: demand.PerWeek}, Growth: -0.9},
		"for some days":     {Volume: demand.Volume{Count: 900}, From: start.AddDays(3), Until: start.AddDays(9), Profile: demand.Profile{Hours: officeHours}},
		"nothing":           {},
		"a history, no law": {Volume: demand.Volume{Count: 900}, Replay: []demand.Arrival{{At: time.Hour}}},
	}
}

// everywhere runs a law for every kind of stream on every axis.
func everywhere(t *testing.T, law func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve)) {
	t.Parallel()
	for where, x := range axes(t) {
		for kind, s := range streams(calendar.DateOf(x.Origin)) {
			t.Run(where+"/"+kind, func(t *testing.T) {
				t.Parallel()
				law(t, s, x, s.Curve(x, horizon))
			})
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b)) }
