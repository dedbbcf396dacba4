package axis

import (
	"math"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/outcome"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// narrow measures labels as six points per letter.
func narrow(s string) vg.Length { return vg.Length(6 * len(s)) }

func TestTicksStandOnLocalMidnightsAndRoundHours(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		name   string
		start  time.Time
		length time.Duration
		first  string // label of the first tick
		step   time.Duration
	}{
		{"an hour", time.Date(2026, 3, 2, 9, 0, 0, 0, zone(t, "Europe/Berlin")), time.Hour, "09:00", time.Hour},
		{"a day", time.Date(2026, 3, 2, 0, 0, 0, 0, zone(t, "Europe/Berlin")), day, "00:00 Mon 2 Mar", 2 * time.Hour},
		{"a day from half past", time.Date(2026, 3, 2, 0, 30, 0, 0, zone(t, "Asia/Kolkata")), day, "02:00", 2 * time.Hour},
		{"three days", time.Date(2026, 3, 2, 0, 0, 0, 0, zone(t, "Europe/Berlin")), 3 * day, "00:00 Mon 2 Mar", 6 * time.Hour},
		{"three weeks", time.Date(2026, 11, 16, 0, 0, 0, 0, zone(t, "America/New_York")), 21 * day, "Mon 16 Nov", day},
		{"a quarter", time.Date(2026, 11, 17, 0, 0, 0, 0, zone(t, "UTC")), 91 * day, "Mon 23 Nov", 7 * day},
		{"a year", time.Date(2026, 11, 16, 0, 0, 0, 0, zone(t, "America/New_York")), 365 * day, "Dec 2026", 28 * day},
		{"ten years", time.Date(2026, 11, 16, 0, 0, 0, 0, zone(t, "UTC")), 3650 * day, "Jan 2027", 181 * day},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := Time{Start: c.start, Length: c.length, From: 60, To: 920}
			ticks := a.Ticks(narrow)
			if len(ticks) < 2 {
				t.Fatalf("got %d ticks", len(ticks))
			}
			if got := strings.Join(ticks[0].Label, " "); got != c.first {
				t.Errorf("the first tick says %q, want %q", got, c.first)
			}
			for i, tick := range ticks {
				at := c.start.Add(tick.At)
				if at.Minute() != 0 || at.Second() != 0 || c.step >= day && at.Hour() != 0 {
					t.Errorf("a tick stands on %v", at)
				}
				if i == 0 {
					continue
				}
				gap := tick.At - ticks[i-1].At
				if gap < c.step || gap > c.step+c.step/8+2*time.Hour {
					t.Errorf("ticks are %v apart, want about %v", gap, c.step)
				}
			}
		})
	}
}

func TestTicksFollowClockChanges(t *testing.T) {
	t.Parallel()
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		name  string
		date  int
		month time.Month
		want  []time.Duration // of 00:00, 03:00, 06:00 and the next midnight
	}{
		{"in spring the day has 23 hours", 29, time.March, []time.Duration{0, 2 * time.Hour, 5 * time.Hour, 23 * time.Hour}},
		{"in autumn it has 25", 25, time.October, []time.Duration{0, 4 * time.Hour, 7 * time.Hour, 25 * time.Hour}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start := time.Date(2026, c.month, c.date, 0, 0, 0, 0, berlin)
			a := Time{Start: start, Length: 25 * time.Hour, From: 60, To: 920}
			at := map[string]time.Duration{}
			for _, tick := range a.every(density{hours: 3}) {
				key := tick.Label[0]
				if tick.At > 20*time.Hour && key == "00:00" {
					key = "24:00"
				}
				at[key] = tick.At
			}
			got := []time.Duration{at["00:00"], at["03:00"], at["06:00"], at["24:00"]}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	// An hour that the clock skips has no tick; 02:00 does not exist.
	start := time.Date(2026, 3, 29, 0, 0, 0, 0, berlin)
	a := Time{Start: start, Length: 6 * time.Hour, From: 0, To: 900}
	for _, tick := range a.every(density{hours: 1}) {
		if tick.Label[0] == "02:00" {
			t.Errorf("02:00 is at %v", tick.At)
		}
	}
}

func TestTickLabelsNeverTouch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		zones := []string{"UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"}
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(r, "zone"))
		if err != nil {
			r.Fatal(err)
		}
		minute := rapid.IntRange(0, 800000).Draw(r, "start")
		length := time.Duration(math.Exp(rapid.Float64Range(math.Log(0.25), math.Log(24*3000)).Draw(r, "log hours")) * float64(time.Hour))
		a := Time{Start: time.Date(2025, 1, 1, 0, minute, 0, 0, z), Length: length, From: 60, To: vg.Length(rapid.IntRange(300, 930).Draw(r, "to"))}
		edge := vg.Length(-1000)
		for _, tick := range a.Ticks(narrow) {
			w := vg.Length(0)
			for _, line := range tick.Label {
				w = max(w, narrow(line))
			}
			middle := a.Middle(tick)
			if middle-w/2 < edge+8 {
				r.Fatalf("%v touches the label before it", tick)
			}
			if middle < a.From-1 || middle > a.To+1 {
				r.Fatalf("%v stands outside the axis", tick)
			}
			edge = middle + w/2
		}
	})
}

func TestNiceScalesHoldTheirData(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		high := math.Pow(10, rapid.Float64Range(-6, 9).Draw(r, "exponent"))
		n := rapid.IntRange(1, 8).Draw(r, "n")
		ticks := Nice(0, high, n)
		if ticks[0] != 0 || ticks[len(ticks)-1] < high*(1-1e-9) {
			r.Fatalf("%v does not hold 0 to %v", ticks, high)
		}
		if len(ticks) < 2 || len(ticks) > n+2 {
			r.Fatalf("%d ticks for %d", len(ticks), n)
		}
		step := ticks[1] - ticks[0]
		lead := step / math.Pow(10, math.Floor(math.Log10(step)+1e-9))
		if d := math.Min(math.Min(math.Abs(lead-1), math.Abs(lead-2)), math.Min(math.Abs(lead-2.5), math.Abs(lead-5))); d > 1e-6 && math.Abs(lead-10) > 1e-6 {
			r.Fatalf("a step of %v is not round", step)
		}
	})
}

func TestAxisLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		high float64
		unit outcome.Unit
		want []string
	}{
		{"shares", 0.79, outcome.UnitShare, []string{"0 %", "20 %", "40 %", "60 %", "80 %"}},
		{"small shares", 0.011, outcome.UnitShare, []string{"0.0 %", "0.5 %", "1.0 %", "1.5 %"}},
		{"counts", 5300, outcome.UnitTickets, []string{"0", "2 000", "4 000", "6 000"}},
		{"days", 300000, outcome.UnitSeconds, []string{"0 d", "1 d", "2 d", "3 d", "4 d"}},
		{"hours", 9000, outcome.UnitSeconds, []string{"0 h", "1 h", "2 h", "3 h"}},
		{"minutes", 150, outcome.UnitSeconds, []string{"0 min", "1 min", "2 min", "3 min"}},
		{"seconds", 40, outcome.UnitSeconds, []string{"0 s", "10 s", "20 s", "30 s", "40 s"}},
		{"nothing", 0, outcome.UnitMoney, []string{"0.0", "0.5", "1.0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := 4
			if c.high == 0 || c.unit == outcome.UnitTickets {
				n = 3
			}
			got := New(0, c.high, c.unit, n).Labels
			for i := range got {
				got[i] = strings.ReplaceAll(got[i], "\u202f", " ")
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
