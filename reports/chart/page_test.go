package chart

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"pgregory.net/rapid"
)

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
