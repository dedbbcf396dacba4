package calendar

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTimelineAlways(t *testing.T) {
	t.Parallel()
	x := Axis{Origin: instant("2026-11-16T00:00:00-05:00")}
	exception := daily("America/New_York", "00:00-24:00")
	exception.Closed = map[Date]bool{date("2030-01-01"): true}
	lunch := daily("America/New_York", "00:00-24:00")
	lunch.Breaks = spans("12:00-12:30")
	tests := []struct {
		name     string
		calendar *Calendar
		want     bool
	}{
		{"declared", Always(zone("America/New_York")), true},
		{"open around the clock", daily("America/New_York", "00:00-24:00"), true},
		{"open around the clock in shifts", daily("America/New_York", "16:00-24:00 08:00-16:00 00:00-08:00"), true},
		{"one minute short", daily("America/New_York", "00:00-23:59"), false},
		{"one holiday, years later", exception, false},
		{"closed for lunch", lunch, false},
		{"office hours", office("America/New_York"), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.calendar.On(x, 21*24*time.Hour).Always(); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestAlwaysOpenTimelineIsAPlainClock(t *testing.T) {
	t.Parallel()
	l := Always(zone("Europe/Berlin")).On(Axis{Origin: instant("2026-03-28T00:00:00+01:00")}, time.Hour)
	for _, at := range []time.Duration{-time.Hour, 0, 26 * time.Hour, 1000 * time.Hour} {
		if next, ok := l.NextOpen(at); !l.Open(at) || !ok || next != at {
			t.Errorf("at %v it is closed until %v", at, next)
		}
		if got := l.Between(at, 30*time.Hour); got != 30*time.Hour-at {
			t.Errorf("%v from %v to 30h", got, at)
		}
		if got, ok := l.Add(at, 30*time.Hour); !ok || got != at+30*time.Hour {
			t.Errorf("30h after %v is %v %v", at, got, ok)
		}
	}
	if got, ok := l.Add(time.Hour, math.MaxInt64); ok || got != math.MaxInt64 {
		t.Errorf("an instant beyond the axis is %v %v", got, ok)
	}
}

// The largest durations may come from a target that means never.
func TestTimelineAtTheEdgesOfTime(t *testing.T) {
	t.Parallel()
	x := Axis{Origin: instant("2026-03-28T00:00:00+01:00")}
	l := office("Europe/Berlin").On(x, math.MaxInt64)
	if days := len(l.open); days < 5*1000 || days > 10*1000 {
		t.Errorf("%d days are laid out", days)
	}
	if got, ok := l.Add(time.Hour, math.MaxInt64); ok || got != math.MaxInt64 {
		t.Errorf("292 years of office hours end at %v %v", got, ok)
	}
	if got := l.Between(0, 0); got != 0 {
		t.Errorf("%v in no time", got)
	}

	const year = 365 * 24 * time.Hour
	late := &Calendar{Zone: zone("UTC"), Override: map[Date][]Span{date("2340-01-01"): spans("09:00-10:00")}}
	l = late.On(x, year)
	if got, ok := l.NextOpen(280 * year); ok || got != math.MaxInt64 {
		t.Errorf("314 years after the origin is %v %v", got, ok)
	}
	if got, ok := l.Add(280*year, time.Hour); ok || got != math.MaxInt64 {
		t.Errorf("an hour more is %v %v", got, ok)
	}
}

// Where the laid-out time ends the calendar takes over, without a seam.
func TestTimelineHasNoSeams(t *testing.T) {
	t.Parallel()
	lunch := daily("Europe/Berlin", "00:00-24:00")
	lunch.Breaks = spans("12:00-13:00")
	for _, c := range []*Calendar{lunch, office("Europe/Berlin")} {
		x := Axis{Origin: instant("2026-03-28T00:00:00+01:00")}
		l := c.On(x, 24*time.Hour)
		if l.from > -24*time.Hour || l.to < 48*time.Hour {
			t.Fatalf("only %v to %v are laid out", l.from, l.to)
		}
		for _, edge := range []time.Duration{l.from, l.to} {
			for _, at := range []time.Duration{edge - 30*time.Hour, edge - 1, edge, edge + 1, edge + 30*time.Hour} {
				if got, want := l.Open(at), c.Open(x.At(at)); got != want {
					t.Errorf("at %v open is %v, in the calendar %v", at, got, want)
				}
				want, _ := c.NextOpen(x.At(at))
				if got, ok := l.NextOpen(at); !ok || got != x.Since(want) {
					t.Errorf("after %v it opens at %v, in the calendar at %v", at, got, x.Since(want))
				}
				for _, d := range []time.Duration{time.Hour, c.Between(x.At(at), x.At(edge)), c.Between(x.At(at), x.At(edge)) + 1} {
					want, _ := c.Add(x.At(at), d)
					if got, ok := l.Add(at, d); !ok || got != x.Since(want) {
						t.Errorf("%v after %v is %v, in the calendar %v", d, at, got, x.Since(want))
					}
				}
			}
		}
	}
}

func TestTimelineDoesNotAllocate(t *testing.T) {
	l := office("Europe/Berlin").On(Axis{Origin: instant("2026-03-28T00:00:00+01:00")}, 21*24*time.Hour)
	var sink time.Duration
	if n := testing.AllocsPerRun(100, func() {
		end, _ := l.Add(100*time.Hour, 20*time.Hour)
		next, _ := l.NextOpen(end)
		sink += l.Between(90*time.Hour, next)
		if l.Open(end) {
			sink++
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
	if sink == 0 {
		t.Error("the timeline was not open")
	}
}

func TestAxis(t *testing.T) {
	t.Parallel()
	x := Axis{Origin: instant("2026-03-07T12:00:00-05:00").In(zone("America/New_York"))}
	if got := x.At(36 * time.Hour); !got.Equal(instant("2026-03-09T01:00:00-04:00")) || got.Location() != x.Origin.Location() {
		t.Errorf("36h after noon on 7 March is %v", got)
	}
	if got := x.Since(instant("2026-03-08T07:00:00Z")); got != 14*time.Hour {
		t.Errorf("the clock change is at %v", got)
	}
	if got := x.Local(date("2026-03-08"), 2*60+30, zone("America/New_York")); got != 14*time.Hour+30*time.Minute {
		t.Errorf("02:30 in the gap is at %v", got)
	}
	hours := func(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
	tests := []struct {
		name     string
		zone     string
		from, to float64
		want     []Day
	}{
		{"a spring change in the scenario's zone", "America/New_York", 0, 36, []Day{
			{date("2026-03-07"), hours(-12), hours(12)}, {date("2026-03-08"), hours(12), hours(35)}, {date("2026-03-09"), hours(35), hours(59)}}},
		{"the end is not included", "America/New_York", 12, 35, []Day{{date("2026-03-08"), hours(12), hours(35)}}},
		{"another zone has other days", "Asia/Kolkata", 0, 2, []Day{
			{date("2026-03-07"), hours(-22.5), hours(1.5)}, {date("2026-03-08"), hours(1.5), hours(25.5)}}},
		{"no time has no days", "America/New_York", 5, 5, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := x.Days(zone(tt.zone), hours(tt.from), hours(tt.to))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("days differ (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("the day that Samoa left out is not listed", func(t *testing.T) {
		t.Parallel()
		x := Axis{Origin: instant("2011-12-29T12:00:00-10:00")}
		want := []Day{{date("2011-12-29"), hours(-12), hours(12)}, {date("2011-12-31"), hours(12), hours(36)}}
		if diff := cmp.Diff(want, x.Days(zone("Pacific/Apia"), 0, hours(24))); diff != "" {
			t.Errorf("days differ (-want +got):\n%s", diff)
		}
	})
}

func BenchmarkTimeline(b *testing.B) {
	const length = 365 * 24 * time.Hour
	x := Axis{Origin: instant("2026-01-01T00:00:00Z")}
	for _, bb := range []struct {
		name     string
		calendar *Calendar
	}{{"office", office("America/New_York")}, {"always", Always(zone("UTC"))}} {
		l := bb.calendar.On(x, length)
		// A step that is coprime to the year visits every part of it.
		const step = 7_919*time.Minute + 13*time.Second
		b.Run(bb.name+"/Open", func(b *testing.B) {
			b.ReportAllocs()
			open := 0
			for at := time.Duration(0); b.Loop(); at = (at + step) % length {
				if l.Open(at) {
					open++
				}
			}
		})
		b.Run(bb.name+"/Between", func(b *testing.B) {
			b.ReportAllocs()
			var sum time.Duration
			for at := time.Duration(0); b.Loop(); at = (at + step) % length {
				sum += l.Between(at, at+30*time.Hour)
			}
		})
		b.Run(bb.name+"/Add", func(b *testing.B) {
			b.ReportAllocs()
			var sum time.Duration
			for at := time.Duration(0); b.Loop(); at = (at + step) % length {
				due, _ := l.Add(at, 8*time.Hour)
				sum += due
			}
		})
	}
	b.Run("office/On", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			office("America/New_York").On(x, 21*24*time.Hour)
		}
	})
	b.Run("office/CalendarAdd", func(b *testing.B) {
		b.ReportAllocs()
		c := office("America/New_York")
		for b.Loop() {
			c.Add(x.Origin, 8*time.Hour)
		}
	})
}
