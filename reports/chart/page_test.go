package chart

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
	_ "time/tzdata"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/reports/chart/internal/palette"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
)

func TestTextIsShortenedToItsRoom(t *testing.T) {
	t.Parallel()
	p := newPage(vgimg.NewWith(vgimg.UseWH(100, 100), vgimg.UseDPI(10)))
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abc W é,–")), 0, 80, -1).Draw(r, "s")
		room := vg.Length(rapid.Float64Range(20, 400).Draw(r, "room"))
		limit := rapid.IntRange(1, 4).Draw(r, "limit")
		if got := p.Shorten(s, tickWords, room); p.Width(got, tickWords) > room {
			r.Fatalf("%q is wider than %v", got, room)
		}
		lines := p.Wrap(s, tickWords, room, limit)
		if len(lines) > limit {
			r.Fatalf("%d lines, want %d at most", len(lines), limit)
		}
		for _, line := range lines {
			if p.Width(line, tickWords) > room {
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
		lines := p.Wrap("about "+unit+" of the clocks are late", tickWords, room, 9)
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

// Whoever sees faint shades badly still sees where they end: on each way across the picture from
// white into a shade of an ink there is a pixel that stands out from white by three to one.
func TestFaintAreasHaveOutlines(t *testing.T) {
	t.Parallel()
	light := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		sum := 0.0
		for i, v := range []uint32{r, g, b} {
			x := float64(v) / 0xffff
			if x = (x + 0.055) / 1.055; x > 0.1 {
				x = math.Pow(x, 2.4)
			}
			sum += x * [3]float64{0.2126, 0.7152, 0.0722}[i]
		}
		return sum
	}
	for ink := range palette.Inks {
		pixels := vgimg.NewWith(vgimg.UseWH(pageWidth, pageHeight), vgimg.UseDPI(pen.DPI))
		newPage(pixels).Area(ink, bandOpacity, pen.Box(300.3, 100.4, 700.2, 300.1))
		img := pixels.Image()
		for _, way := range []image.Point{{1, 0}, {0, 1}} {
			least := 1.0
			for at := image.Pt(500*way.Y, 500*way.X); at.In(img.Bounds()); at = at.Add(way) {
				least = min(least, light(img.At(at.X, at.Y)))
			}
			if got := 1.05 / (least + 0.05); got < 3 {
				t.Errorf("the edge of ink %d has a contrast of %.2f to one", ink, got)
			}
		}
	}
}
