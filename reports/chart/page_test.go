package chart

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
)

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
		ruled := axis.New(0, values[len(values)-1], outcome.UnitMoney, 8)
		total := 0.0
		for _, b := range histogram(values, ruled) {
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
	got := histogram(values, axis.New(0, 9000, outcome.UnitMoney, 8))
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
