package chart

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
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
			a := timeAxis{start: c.start, length: c.length, from: 60, to: 920}
			ticks := a.ticks(narrow)
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
			a := timeAxis{start: start, length: 25 * time.Hour, from: 60, to: 920}
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
	a := timeAxis{start: start, length: 6 * time.Hour, from: 0, to: 900}
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
		a := timeAxis{start: time.Date(2025, 1, 1, 0, minute, 0, 0, z), length: length, from: 60, to: vg.Length(rapid.IntRange(300, 930).Draw(r, "to"))}
		edge := vg.Length(-1000)
		for _, tick := range a.ticks(narrow) {
			w := vg.Length(0)
			for _, line := range tick.Label {
				w = max(w, narrow(line))
			}
			middle := a.middle(tick)
			if middle-w/2 < edge+8 {
				r.Fatalf("%v touches the label before it", tick)
			}
			if middle < a.from-1 || middle > a.to+1 {
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
		ticks := nice(0, high, n)
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
			got := newAxis(0, c.high, c.unit, n).labels
			for i := range got {
				got[i] = strings.ReplaceAll(got[i], "\u202f", " ")
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRunsAreTheStretchesWithoutGaps(t *testing.T) {
	t.Parallel()
	nan := outcome.Float(math.NaN())
	for _, c := range []struct {
		name  string
		lists [][]outcome.Float
		want  []run
	}{
		{"nothing", [][]outcome.Float{nil}, nil},
		{"all gaps", [][]outcome.Float{{nan, nan}}, nil},
		{"whole", [][]outcome.Float{{1, 2, 3}}, []run{{0, 3}}},
		{"a gap in the middle", [][]outcome.Float{{1, nan, 3, 4}}, []run{{0, 1}, {2, 4}}},
		{"gaps at the ends", [][]outcome.Float{{nan, 2, nan}}, []run{{1, 2}}},
		{"an infinite value is a gap", [][]outcome.Float{{1, outcome.Float(math.Inf(1)), 3}}, []run{{0, 1}, {2, 3}}},
		{"bounds that have gaps of their own", [][]outcome.Float{{1, nan, 3}, {1, 2, nan}}, []run{{0, 1}}},
		{"the shorter list counts", [][]outcome.Float{{1, 2, 3}, {1}}, []run{{0, 1}}},
		{"no bounds", [][]outcome.Float{{1, 2}, nil}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := runs(c.lists...)
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(run{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestThinningKeepsEndsAndExtremes(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([]vg.Point, 20000)
	low, high := math.Inf(1), math.Inf(-1)
	for i := range points {
		y := rng.NormFloat64()
		low, high = math.Min(low, y), math.Max(high, y)
		points[i] = vg.Point{X: vg.Length(i) * 900 / 20000, Y: vg.Length(y)}
	}
	kept := thin(points)
	if len(kept) > 4*2400+4 || len(kept) < 2400 {
		t.Errorf("kept %d of %d points", len(kept), len(points))
	}
	gotLow, gotHigh := math.Inf(1), math.Inf(-1)
	for i, p := range kept {
		gotLow, gotHigh = math.Min(gotLow, float64(p.Y)), math.Max(gotHigh, float64(p.Y))
		if i > 0 && p.X < kept[i-1].X {
			t.Fatal("the points are out of order")
		}
	}
	if gotLow != low || gotHigh != high || kept[0] != points[0] || kept[len(kept)-1] != points[len(points)-1] {
		t.Error("an extreme or an end is lost")
	}
	few := points[:50]
	for i := range few {
		few[i].X = vg.Length(10 * i)
	}
	if got := thin(few); len(got) != 50 {
		t.Errorf("of 50 points far apart %d are kept", len(got))
	}
}

func TestHistogramSharesAddUpToOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		amount := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 50000), rapid.SampledFrom([]float64{1800, 3600, 9000}))
		values := rapid.SliceOfN(amount, 1, 300).Draw(r, "values")
		slices.Sort(values)
		axis := newAxis(0, values[len(values)-1], outcome.UnitMoney, 8)
		total := 0.0
		for _, b := range histogram(values, axis) {
			total += b.share
			if b.share < 0 || b.to < b.from {
				r.Fatalf("bin %v", b)
			}
		}
		if math.Abs(total-1) > 1e-9 {
			r.Fatalf("shares add up to %v", total)
		}
	})
}

func TestHistogramGivesEachStepOfACreditItsBar(t *testing.T) {
	t.Parallel()
	values := []float64{0, 0, 0, 1800, 1800, 3600, 9000, 9000}
	got := histogram(values, newAxis(0, 9000, outcome.UnitMoney, 8))
	want := []bin{{0, 0, 3. / 8, false}, {1800, 1800, 2. / 8, false}, {3600, 3600, 1. / 8, false}, {9000, 9000, 2. / 8, false}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(bin{})); diff != "" {
		t.Error(diff)
	}
}

func TestTextIsShortenedToItsRoom(t *testing.T) {
	t.Parallel()
	p := newPage(vgimg.NewWith(vgimg.UseWH(100, 100), vgimg.UseDPI(10)))
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abc W é,–")), 0, 80, -1).Draw(r, "s")
		room := vg.Length(rapid.Float64Range(20, 400).Draw(r, "room"))
		limit := rapid.IntRange(1, 4).Draw(r, "limit")
		if got := p.shorten(s, tickWords, room); p.width(got, tickWords) > room {
			r.Fatalf("%q is wider than %v", got, room)
		}
		lines := p.wrap(s, tickWords, room, limit)
		if len(lines) > limit {
			r.Fatalf("%d lines, want %d at most", len(lines), limit)
		}
		for _, line := range lines {
			if p.width(line, tickWords) > room {
				r.Fatalf("%q is wider than %v", line, room)
			}
		}
		if !strings.Contains(strings.Join(lines, ""), "…") && strings.Join(lines, " ") != strings.Join(strings.Fields(s), " ") {
			r.Fatalf("words are lost: %q became %q", s, lines)
		}
	})
}

func TestNoLineBreaksBetweenANumberAndItsUnit(t *testing.T) {
	t.Parallel()
	p := newPage(vgimg.NewWith(vgimg.UseWH(100, 100), vgimg.UseDPI(10)))
	const unit = "12.4\u202f%"
	for room := vg.Length(60); room < 300; room += 5 {
		lines := p.wrap("about "+unit+" of the clocks are late", tickWords, room, 9)
		if !strings.Contains(strings.Join(lines, " "), unit) {
			t.Errorf("in %v points: %q", room, lines)
		}
	}
}

func TestNotesWithoutRoomAreCounted(t *testing.T) {
	t.Parallel()
	p := newPage(vgimg.NewWith(vgimg.UseWH(100, 100), vgimg.UseDPI(10)))
	long := Text{Caption: "What the lines mean."}
	for range 20 {
		long.Notes = append(long.Notes, "A doubt that takes about half a line, because it goes on for a while.")
	}
	lines := p.caption(long, 890)
	all := strings.Join(lines, " ")
	if len(lines) > captionLines || !strings.Contains(all, "no room here") || !strings.Contains(all, "What the lines mean.") {
		t.Errorf("got %q", lines)
	}
	short := Text{Caption: "What.", Notes: []string{"One doubt."}}
	if got := strings.Join(p.caption(short, 890), " "); got != "What. Note: One doubt." {
		t.Errorf("got %q", got)
	}
}
