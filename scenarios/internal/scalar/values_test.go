package scalar

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// value is a text as the value of the key x in a file.
func value(text string) (yamltree.Value, *yamltree.Reader) {
	root, problems := yamltree.Parse("test.yaml", []byte("x: "+text+"\n"))
	r := &yamltree.Reader{}
	for _, p := range problems {
		r.Report(p)
	}
	if root == nil {
		root = &yamltree.Node{Kind: yamltree.Map}
	}
	return r.Root(root).Table("").Take("x"), r
}

func TestDurations(t *testing.T) {
	t.Parallel()
	good := map[string]time.Duration{
		"0s": 0, "90s": 90 * time.Second, "15m": 15 * time.Minute, "4h": 4 * time.Hour, "3d": 72 * time.Hour,
		"2w": 336 * time.Hour, "1h30m": 90 * time.Minute, "1h 30m": 90 * time.Minute, "15 m": 15 * time.Minute,
		"1.5h": 90 * time.Minute, "0.1s": 100 * time.Millisecond, "250ms": 250 * time.Millisecond, "PT4H": 4 * time.Hour,
		"P1DT2H30M": 26*time.Hour + 30*time.Minute, "P2W": 336 * time.Hour, "PT0.5S": 500 * time.Millisecond,
		"36500d": 36500 * 24 * time.Hour,
	}
	for text, want := range good {
		v, r := value(text)
		if got, ok := Duration(v); !ok || got != want || r.Count() > 0 {
			t.Errorf("%s: got %v %v %v, want %v", text, got, ok, r.Problems(), want)
		}
	}
	for _, text := range []string{
		"15", "4 hours", "-4h", "1m1h", "1h1h", "1h30", "h", "4hh", "1.h", ".5h", "1..5h", "1e3s", "0x10s", "P", "PT", "P1Y", "P1M",
		"PT4", "pt4h", "4H", "40000d", "9999999999999999999s", "0.0000000001s", "1d4bh", "+4h", "4h,", "∞", "4 h 5",
	} {
		v, r := value(text)
		if got, ok := Duration(v); ok || r.Count() != 1 {
			t.Errorf("%s: got %v %v and %d problems, want a problem", text, got, ok, r.Count())
		}
	}
}

func TestBusinessTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Length{
		"4bh":     {Business: 4 * time.Hour},
		"30bm":    {Business: 30 * time.Minute},
		"1bh30bm": {Business: 90 * time.Minute},
		"2bd":     {Workdays: 2},
		"1bd4bh":  {Workdays: 1, Business: 4 * time.Hour},
		"0.5bd":   {Workdays: 0.5},
	} {
		got, _, err := ParseLength(text)
		if err != nil || got != want {
			t.Errorf("%s: got %+v %v, want %+v", text, got, err, want)
		}
	}
}

func TestWrittenDurationsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, int64(longestTime)).Draw(t, "d"))
		text := WriteDuration(d)
		l, _, err := ParseLength(text)
		if err != nil || l.Clock != d {
			t.Fatalf("%d wrote %s, read %d %v", d, text, l.Clock, err)
		}
	})
}

func TestDistributions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]dist.Dist{
		"3m":                           dist.Must(dist.Constant(180)),
		"constant(3m)":                 dist.Must(dist.Constant(180)),
		"0s":                           dist.Must(dist.Constant(0)),
		"exponential(mean 4m)":         dist.Must(dist.Exponential(240)),
		"lognormal(mean 9m, cv 0.8)":   dist.Must(dist.Lognormal(540, 0.8)),
		"lognormal(cv 0.8, mean 9m)":   dist.Must(dist.Lognormal(540, 0.8)),
		"lognormal(median 5h, cv 2)":   dist.Must(dist.LognormalMedian(18000, 2)),
		"gamma(mean 9m, cv 0.8)":       dist.Must(dist.Gamma(540, 0.8)),
		"weibull(scale 4m, shape 1.5)": dist.Must(dist.Weibull(240, 1.5)),
		"weibull(mean 4m, cv 0.7)":     dist.Must(dist.WeibullMean(240, 0.7)),
		"uniform(2m, 5m)":              dist.Must(dist.Uniform(120, 300)),
		"uniform(max 5m, min 2m)":      dist.Must(dist.Uniform(120, 300)),
		"triangular(1m, 2m, 6m)":       dist.Must(dist.Triangular(60, 120, 360)),
		"{10%: 0s, 90%: exponential(mean 1000s)}": dist.Must(dist.Mixture(
			dist.Part{Weight: 0.1, Dist: dist.Must(dist.Constant(0))}, dist.Part{Weight: 0.9, Dist: dist.Must(dist.Exponential(1000))})),
		"[50%: 1m, 50%: uniform(1m, 2m)]": dist.Must(dist.Mixture(
			dist.Part{Weight: 0.5, Dist: dist.Must(dist.Constant(60))}, dist.Part{Weight: 0.5, Dist: dist.Must(dist.Uniform(60, 120))})),
	} {
		v, r := value(text)
		if got, ok := Distribution(v); !ok || !got.Equal(want) || r.Count() > 0 {
			t.Errorf("%s: got %v %v %v, want %v", text, got, ok, r.Problems(), want)
		}
	}
	for _, text := range []string{
		"4", "exponential(4m)", "exponential(mean 4)", "exponential()", "exponential(mean 4m, cv 1)", "exponential(mean 0s)", "exponential (mean 4m",
		"lognormal(mean 9m, mean 9m)", "lognormal(mean 9m, cv 0.8m)", "lognormal(mean 9m, median 9m)", "lognormal(mean 9m, cv -1)", "lognormal(mean 9m, cv inf)",
		"uniform(5m, 2m)", "uniform(5m, 5m)", "uniform(min 1m, 2m)", "triangular(1m, 7m, 6m)", "normal(mean 4m, cv 1)", "exponential", "Exponential(mean 4m)",
		"{10%: 0s}", "{10%: 0s, 80%: 1m}", "{10: 0s, 90: 1m}", "{-10%: 0s, 110%: 1m}", "[]", "{}", "[1m, 2m]", "lognormal(mean 9m,, cv 1)", "4bh", "-4m",
		"{100%: 0s, 0%: 1m}",
	} {
		v, r := value(text)
		if got, ok := Distribution(v); ok || r.Count() == 0 {
			t.Errorf("%s: got %v and %d problems, want a problem", text, got, r.Count())
		}
	}
}

func TestNumbersWithUnits(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"28%": 0.28, "+10%": 0.1, "2.5 %": 0.025, "0%": 0, "99.99%": 0.9999, "-50%": -0.5} {
		v, r := value(text)
		if got, ok := Percent(v, -1, 1); !ok || got != want {
			t.Errorf("%s: got %v %v, want %v", text, got, r.Problems(), want)
		}
	}
	for _, text := range []string{"28", "0.28", "%", "28%%", "nan%", "inf%", "0x1p4%", "1_0%", "101%", "28 percent"} {
		v, r := value(text)
		if got, ok := Percent(v, -1, 1); ok || r.Count() != 1 {
			t.Errorf("%s: got %v, want a problem", text, got)
		}
	}
	for text, want := range map[string]demand.Volume{
		"900/day": {Count: 900, Per: demand.PerDay}, "6000/week": {Count: 6000, Per: demand.PerWeek},
		"2.5 / hour": {Count: 2.5, Per: demand.PerHour}, "0/day": {Count: 0, Per: demand.PerDay},
	} {
		v, _ := value(text)
		if got, ok := Volume(v); !ok || got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"900", "900/month", "900 per day", "/day", "-1/day", "1e10/day", "many/day", "900/day/day"} {
		v, r := value(text)
		if got, ok := Volume(v); ok || r.Count() != 1 {
			t.Errorf("%s: got %v, want a problem", text, got)
		}
	}
	for _, text := range []string{"14.5", "-1", "61", "1e2", "NaN", "Inf", "4x", "[4]"} {
		v, r := value(text)
		if got, ok := Count(v, 0, 60); ok || r.Count() != 1 {
			t.Errorf("%s: got %v, want a problem", text, got)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]calendar.Span{
		"09:00-17:00": {From: 540, To: 1020}, "9:00-17:00": {From: 540, To: 1020}, "00:00-24:00": {From: 0, To: 1440},
		"22:00-06:00": {From: 1320, To: 1800}, "09:00 – 17:30": {From: 540, To: 1050}, "18:00-24:00": {From: 1080, To: 1440},
		"18:00-00:00": {From: 1080, To: 1440},
	} {
		v, r := value(text)
		if got, ok := Span(v); !ok || got != want {
			t.Errorf("%s: got %v %v, want %v", text, got, r.Problems(), want)
		}
	}
	for _, text := range []string{"09:00", "9-17", "25:00-26:00", "24:01-24:02", "09:60-10:00", "09:00-09:00", "24:00-06:00", "009:00-10:00", "a-b", "09:0-10:00", "-09:00-10:00"} {
		v, r := value(text)
		if got, ok := Span(v); ok || r.Count() == 0 {
			t.Errorf("%s: got %v, want a problem", text, got)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"mon-fri": "mon tue wed thu fri", "sat": "sat", "fri-mon": "sun mon fri sat", "mon,wed": "mon wed", "Monday - tuesday": "mon tue",
		"mon-sun": "sun mon tue wed thu fri sat",
	} {
		set, ok := ParseDays(text)
		var got []string
		for d, on := range set {
			if on {
				got = append(got, weekdays[d])
			}
		}
		if !ok || strings.Join(got, " ") != want {
			t.Errorf("%s: got %v %v, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "mo", "mon-", "mon--fri", "mon-fri-sun", "weekdays", "mon;tue"} {
		if _, ok := ParseDays(text); ok {
			t.Errorf("%q was read as days", text)
		}
	}
}

func TestMomentsAreLocal(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-11-27":       "2026-11-27T00:00:00-05:00",
		"2026-11-27 08:30": "2026-11-27T08:30:00-05:00",
		"2026-07-01T08:30": "2026-07-01T08:30:00-04:00",
		"2026-03-08 02:30": "2026-03-08T03:30:00-04:00", // skipped by the clock change
		"2026-11-01 01:30": "2026-11-01T01:30:00-04:00", // twice; the first one
	} {
		v, _ := value(text)
		if got, ok := Moment(v, newYork); !ok || got.Format(time.RFC3339) != want {
			t.Errorf("%s: got %v, want %s", text, got, want)
		}
	}
	for _, text := range []string{"2026-02-29", "27.11.2026", "2026-11-27 25:00", "2026-11-27 08:30:15", "0001-01-01", "tomorrow"} {
		v, r := value(text)
		if got, ok := Moment(v, newYork); ok || r.Count() != 1 {
			t.Errorf("%s: got %v, want a problem", text, got)
		}
	}
}

// Whatever is written, reading ends, and either gives a value or a problem.
func FuzzDurations(f *testing.F) {
	for _, seed := range []string{"15m", "1h30m", "2w", "PT4H", "4bh", "2bd", "1.5h", "-1s", "P1Y", "99999999999999w", "0.1234567891s"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, _, err := ParseLength(text)
		if err != nil {
			return
		}
		if l.Clock < 0 || l.Business < 0 || l.Workdays < 0 || math.IsNaN(l.Workdays) || l.Clock > longestTime {
			t.Fatalf("%q was read as %+v", text, l)
		}
		if l.IsBusiness() {
			return
		}
		again, _, err := ParseLength(WriteDuration(l.Clock))
		if err != nil || again.Clock != l.Clock {
			t.Fatalf("%q was read as %v, written as %s and read as %v %v", text, l.Clock, WriteDuration(l.Clock), again.Clock, err)
		}
	})
}

func FuzzDistributions(f *testing.F) {
	for _, seed := range []string{"3m", "lognormal(mean 9m, cv 0.8)", "uniform(2m, 5m)", "{10%: 0s, 90%: exponential(mean 1000s)}", "[50%: 1m, 50%: 2m]", "weibull(mean 4m, cv 1)", "f(((", "gamma(mean 100y)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\n\r") {
			return
		}
		v, r := value(text)
		if !v.Exists() {
			return
		}
		d, ok := Distribution(v)
		if ok == (r.Count() > 0) {
			t.Fatalf("%q: ok is %v with %d problems", text, ok, r.Count())
		}
		if mean := d.Mean(); ok && !(mean >= 0 && !math.IsInf(mean, 1)) {
			t.Fatalf("%q has the mean %v", text, mean)
		}
	})
}
