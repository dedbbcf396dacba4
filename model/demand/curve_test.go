package demand_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
)

// perDay is the stated volume of a day of 24 hours, worked out from the
// documentation of Volume and Profile alone.
func perDay(s *demand.Stream, date calendar.Date, number int) float64 {
	if s.Replay != nil ||
		!s.From.IsZero() && date.Compare(s.From) < 0 || !s.Until.IsZero() && date.Compare(s.Until) > 0 {
		return 0
	}
	weights, sum := s.Profile.Days, 0.0
	if weights == [7]float64{} {
		weights = [7]float64{1, 1, 1, 1, 1, 1, 1}
	}
	for _, w := range weights {
		sum += w
	}
	v := s.Volume.Count * weights[date.Weekday()]
	switch s.Volume.Per {
	case demand.PerWeek:
		v /= sum
	case demand.PerHour:
		v *= 24
	}
	return v * math.Exp(math.Log1p(s.Growth)*float64(number)/365)
}

// rateByHand is the rate at t, by looking at the clock on the wall.
func rateByHand(s *demand.Stream, x calendar.Axis, t time.Duration) float64 {
	now := x.At(t)
	date := calendar.DateOf(now)
	number := 0
	for d := calendar.DateOf(x.Origin); d.Compare(date) < 0; d = d.AddDays(1) {
		number++
	}
	v := perDay(s, date, number)
	n := len(s.Profile.Hours)
	if n == 0 {
		return v / 86400
	}
	sum := 0.0
	for _, w := range s.Profile.Hours {
		sum += w
	}
	minute := now.Hour()*60 + now.Minute()
	return v * s.Profile.Hours[minute*n/1440] / sum / (86400 / float64(n))
}

func TestRateFollowsTheClockOnTheWall(t *testing.T) {
	everywhere(t, func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve) {
		r := rand.New(rand.NewPCG(3, 0))
		for range 300 {
			at := time.Duration(r.Int64N(int64(horizon)))
			if got, want := c.Rate(at), rateByHand(&s, x, at); !near(got, want) {
				t.Fatalf("Rate at %v is %v per second, want %v", x.At(at), got, want)
			}
		}
	})
}

func TestExpectedIsTheIntegralOfRate(t *testing.T) {
	everywhere(t, func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve) {
		r := rand.New(rand.NewPCG(4, 0))
		for range 20 {
			from := time.Duration(r.Int64N(int64(horizon))) - time.Hour
			to := from + time.Duration(r.Int64N(int64(4*24*time.Hour)))
			// The rate changes at whole minutes of the axis at most.
			sum := 0.0
			for at := from; at < to; {
				next := min(at.Truncate(time.Minute)+time.Minute, to)
				if at < 0 {
					next = min(0, to)
				}
				sum += c.Rate(at) * (next - at).Seconds()
				at = next
			}
			if got := c.Expected(from, to); !near(got, sum) {
				t.Fatalf("Expected(%v, %v) = %v, the sum of the rates is %v", from, to, got, sum)
			}
		}
	})
}

func TestDaysTileTheStretchAndSegmentsTheDays(t *testing.T) {
	everywhere(t, func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve) {
		at := time.Duration(0)
		for i, d := range c.Days {
			if d.Start != at || d.Number != i || d.Date != calendar.DateOf(x.At(d.Start)) {
				t.Fatalf("day %d is %v, number %d, from %v; the day before ends at %v", i, d.Date, d.Number, d.Start, at)
			}
			sum := 0.0
			for j, g := range d.Segments {
				if g.From != at || g.To <= g.From {
					t.Fatalf("%v: segment %d goes from %v to %v, after %v", d.Date, j, g.From, g.To, at)
				}
				if j > 0 && g.PerSecond == d.Segments[j-1].PerSecond {
					t.Fatalf("%v: segments %d and %d have the same rate", d.Date, j-1, j)
				}
				sum += g.PerSecond * (g.To - g.From).Seconds()
				at = g.To
			}
			if at != d.End || !near(sum, d.Expected) || !near(sum, c.Expected(d.Start, d.End)) {
				t.Fatalf("%v: segments end at %v and bring %v; the day ends at %v and brings %v", d.Date, at, sum, d.End, d.Expected)
			}
		}
		if at != horizon {
			t.Fatalf("the last day ends at %v, not at %v", at, horizon)
		}
	})
}

func TestDaysWithoutClockChangeBringTheirStatedVolume(t *testing.T) {
	everywhere(t, func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve) {
		checked := 0
		for _, d := range c.Days {
			if d.End-d.Start != 24*time.Hour {
				continue
			}
			checked++
			if want := perDay(&s, d.Date, d.Number); !near(d.Expected, want) {
				t.Fatalf("%v brings %v tickets, want %v", d.Date, d.Expected, want)
			}
		}
		if checked < 20 {
			t.Fatalf("only %d whole days", checked)
		}
	})
}

func TestExpectedAddsUp(t *testing.T) {
	everywhere(t, func(t *testing.T, s demand.Stream, x calendar.Axis, c *demand.Curve) {
		r := rand.New(rand.NewPCG(5, 0))
		for range 100 {
			a, b := time.Duration(r.Int64N(int64(horizon))), time.Duration(r.Int64N(int64(horizon)))
			a, b = min(a, b), max(a, b)
			whole := c.Expected(0, horizon)
			if got := c.Expected(0, a) + c.Expected(a, b) + c.Expected(b, horizon); !near(got, whole) {
				t.Fatalf("parts cut at %v and %v bring %v, the whole %v", a, b, got, whole)
			}
		}
	})
}

func TestWeeklyVolumeHoldsWhateverTheWeights(t *testing.T) {
	t.Parallel()
	x := axis(t, "America/New_York", 2026, time.June, 3)
	tests := map[string]demand.Profile{
		"flat":                  {},
		"hours":                 {Hours: officeHours},
		"quiet weekend":         {Days: [7]float64{0.1, 1, 1, 1, 1, 1, 0.2}},
		"weights far above 1":   {Days: [7]float64{10, 20, 30, 40, 50, 60, 70}, Hours: officeHours},
		"a single day":          {Days: [7]float64{time.Friday: 0.001}},
		"hours of one half day": {Hours: []float64{0, 5}},
	}
	for name, profile := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := demand.Stream{Volume: demand.Volume{Count: 1234, Per: demand.PerWeek}, Profile: profile}
			c := s.Curve(x, 21*24*time.Hour)
			for from := time.Duration(0); from <= 14*24*time.Hour; from += 5 * time.Hour {
				if got := c.Expected(from, from+7*24*time.Hour); !near(got, 1234) {
					t.Fatalf("the week from %v brings %v tickets, want 1234", from, got)
				}
			}
		})
	}
}

func TestVolumePerDayIsThatOfADayOfWeightOne(t *testing.T) {
	t.Parallel()
	s := demand.Stream{
		Volume:  demand.Volume{Count: 900, Per: demand.PerDay},
		Profile: demand.Profile{Hours: officeHours, Days: [7]float64{0.6, 1, 1, 1, 1, 1, 0.7}},
	}
	c := s.Curve(axis(t, "America/New_York", 2026, time.November, 16), 7*24*time.Hour)
	want := []float64{900, 900, 900, 900, 900, 630, 540} // Monday first
	for i, d := range c.Days {
		if !near(d.Expected, want[i]) {
			t.Errorf("%v brings %v tickets, want %v", d.Date.Weekday(), d.Expected, want[i])
		}
	}
}

func TestVolumePerHourIsThatOfAnAverageHour(t *testing.T) {
	t.Parallel()
	s := demand.Stream{
		Volume:  demand.Volume{Count: 10, Per: demand.PerHour},
		Profile: demand.Profile{Hours: []float64{0, 1, 2, 1}, Days: [7]float64{1, 1, 1, 1, 1, 1, 0.5}},
	}
	c := s.Curve(axis(t, "UTC", 2026, time.June, 5), 48*time.Hour) // Friday, Saturday
	for at, want := range map[time.Duration]float64{
		3 * time.Hour: 0, 9 * time.Hour: 10, 15 * time.Hour: 20, 21 * time.Hour: 10,
		(24 + 15) * time.Hour: 10, (24 + 21) * time.Hour: 5,
	} {
		if got := c.Expected(at, at+time.Hour); !near(got, want) {
			t.Errorf("the hour from %v brings %v tickets, want %v", at, got, want)
		}
	}
}

func TestClockChangesBringTheHoursOfTheWallClock(t *testing.T) {
	t.Parallel()
	hours := make([]float64, 24)
	for h := range hours {
		hours[h] = float64(h + 1)
	}
	const total = 300 // the sum of the weights: hour h brings h+1 tickets
	tests := []struct {
		name   string
		x      calendar.Axis
		length time.Duration
		want   float64
	}{
		{"the hour from 2 is left out in New York", axis(t, "America/New_York", 2026, time.March, 8), 23 * time.Hour, total - 3},
		{"the hour from 1 comes twice in New York", axis(t, "America/New_York", 2026, time.November, 1), 25 * time.Hour, total + 2},
		{"the hour from 2 is left out in Berlin", axis(t, "Europe/Berlin", 2026, time.March, 29), 23 * time.Hour, total - 3},
		{"the hour from 2 comes twice in Berlin", axis(t, "Europe/Berlin", 2026, time.October, 25), 25 * time.Hour, total + 3},
		{"half of the hour from 1 comes twice on Lord Howe", axis(t, "Australia/Lord_Howe", 2026, time.April, 5), 24*time.Hour + 30*time.Minute, total + 1},
		{"half of the hour from 2 is left out on Lord Howe", axis(t, "Australia/Lord_Howe", 2026, time.October, 4), 23*time.Hour + 30*time.Minute, total - 1.5},
		{"the hour from 0 is left out in São Paulo", calendar.Axis{Origin: time.Date(2018, time.November, 4, 1, 0, 0, 0, zone(t, "America/Sao_Paulo"))}, 23 * time.Hour, total - 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := demand.Stream{Volume: demand.Volume{Count: total}, Profile: demand.Profile{Hours: hours}}
			c := s.Curve(test.x, test.length)
			if len(c.Days) != 1 || c.Days[0].End != test.length {
				t.Fatalf("%d days, the first to %v; want one day of %v", len(c.Days), c.Days[0].End, test.length)
			}
			if got := c.Days[0].Expected; !near(got, test.want) {
				t.Errorf("the day brings %v tickets, want %v", got, test.want)
			}
		})
	}
}

func TestGrowthCompoundsDaily(t *testing.T) {
	t.Parallel()
	s := demand.Stream{Volume: demand.Volume{Count: 100}, Growth: 0.2}
	c := s.Curve(axis(t, "UTC", 2026, time.January, 1), 731*24*time.Hour)
	for day, want := range map[int]float64{0: 100, 365: 120, 730: 144} {
		if got := c.Days[day].Expected; !near(got, want) {
			t.Errorf("day %d brings %v tickets, want %v", day, got, want)
		}
	}
	for i := 1; i < len(c.Days); i++ {
		if ratio := c.Days[i].Expected / c.Days[i-1].Expected; !near(math.Pow(ratio, 365), 1.2) {
			t.Fatalf("day %d grows by %v, which is not 20 %% in 365 days", i, ratio)
		}
	}
}

func TestFromAndUntilAreTheFirstAndLastDayWithTickets(t *testing.T) {
	t.Parallel()
	date := func(day int) calendar.Date { return calendar.Date{Year: 2026, Month: time.May, Day: day} }
	tests := []struct {
		name        string
		from, until calendar.Date
		want        []bool // 1 to 4 May
	}{
		{"no limits", calendar.Date{}, calendar.Date{}, []bool{true, true, true, true}},
		{"from the second day", date(2), calendar.Date{}, []bool{false, true, true, true}},
		{"until the third day", calendar.Date{}, date(3), []bool{true, true, true, false}},
		{"one day", date(3), date(3), []bool{false, false, true, false}},
		{"before the start", calendar.Date{}, calendar.Date{Year: 2026, Month: time.April, Day: 30}, []bool{false, false, false, false}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := demand.Stream{Volume: demand.Volume{Count: 24}, From: test.from, Until: test.until}
			c := s.Curve(axis(t, "Asia/Tokyo", 2026, time.May, 1), 4*24*time.Hour)
			for i, d := range c.Days {
				if got := d.Expected; (got > 0) != test.want[i] || got != 0 && !near(got, 24) {
					t.Errorf("%v brings %v tickets", d.Date, got)
				}
			}
		})
	}
}

func TestFlatDaysAreOneSegment(t *testing.T) {
	t.Parallel()
	flat := make([]float64, 24)
	for i := range flat {
		flat[i] = 0.1
	}
	tests := []struct {
		name    string
		profile demand.Profile
		want    int
	}{
		{"no weights", demand.Profile{}, 1},
		{"equal weights", demand.Profile{Hours: flat}, 1},
		{"two halves", demand.Profile{Hours: []float64{1, 1, 2, 2}}, 2},
		{"quiet at both ends", demand.Profile{Hours: []float64{0, 0, 3, 0, 0}}, 3},
		{"all weights zero count as none", demand.Profile{Hours: []float64{0, 0}}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := demand.Stream{Volume: demand.Volume{Count: 10}, Profile: test.profile}
			// The clock changes on the second day, at an hour of unchanged weight.
			c := s.Curve(axis(t, "America/New_York", 2026, time.March, 7), (24+23)*time.Hour)
			for _, d := range c.Days {
				if len(d.Segments) != test.want {
					t.Errorf("%v has %d segments, want %d: %v", d.Date, len(d.Segments), test.want, d.Segments)
				}
			}
		})
	}
}

func TestOutsideTheCurveThereIsNothing(t *testing.T) {
	t.Parallel()
	s := demand.Stream{Volume: demand.Volume{Count: 86400}}
	x := axis(t, "UTC", 2026, time.May, 1)
	c := s.Curve(x, 36*time.Hour)
	for at, want := range map[time.Duration]float64{-1: 0, 0: 1, 36*time.Hour - 1: 1, 36 * time.Hour: 0} {
		if got := c.Rate(at); !near(got, want) {
			t.Errorf("Rate(%v) = %v, want %v", at, got, want)
		}
	}
	for _, test := range []struct {
		from, to time.Duration
		want     float64
	}{
		{-time.Hour, 100 * time.Hour, 36 * 3600},
		{-2 * time.Hour, -time.Hour, 0},
		{36 * time.Hour, 40 * time.Hour, 0},
		{time.Hour, time.Hour, 0},
		{2 * time.Hour, time.Hour, 0},
		{time.Hour, time.Hour + time.Second, 1},
	} {
		if got := c.Expected(test.from, test.to); !near(got, test.want) {
			t.Errorf("Expected(%v, %v) = %v, want %v", test.from, test.to, got, test.want)
		}
	}
	for _, until := range []time.Duration{0, -time.Hour} {
		empty := s.Curve(x, until)
		if len(empty.Days) != 0 || empty.Rate(0) != 0 || empty.Expected(0, time.Hour) != 0 {
			t.Errorf("a curve until %v is not empty: %v", until, empty.Days)
		}
	}
}

func TestShiftByWholeWeeksChangesNothing(t *testing.T) {
	t.Parallel()
	s := demand.Stream{Volume: demand.Volume{Count: 900}, Profile: demand.Profile{Hours: officeHours, Days: [7]float64{1, 2, 3, 4, 5, 6, 7}}}
	a := s.Curve(axis(t, "Asia/Tokyo", 2026, time.May, 1), horizon)
	b := s.Curve(axis(t, "Asia/Tokyo", 2026, time.August, 7), horizon)
	for i := range a.Days {
		for j, g := range a.Days[i].Segments {
			if g != b.Days[i].Segments[j] {
				t.Fatalf("day %d, segment %d: %v and %v", i, j, g, b.Days[i].Segments[j])
			}
		}
	}
}

func BenchmarkRateForward(b *testing.B) {
	s := demand.Stream{Volume: demand.Volume{Count: 900}, Profile: demand.Profile{Hours: officeHours}}
	c := s.Curve(calendar.Axis{Origin: time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)}, horizon)
	sum := 0.0
	at := time.Duration(0)
	for b.Loop() {
		sum += c.Rate(at)
		if at += 97 * time.Second; at >= horizon {
			at = 0
		}
	}
	if sum == 0 {
		b.Fatal("no demand")
	}
}
