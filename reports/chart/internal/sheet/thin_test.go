package sheet

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/plot/vg"
)

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
	kept := Thin(points)
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
	if got := Thin(few); len(got) != 50 {
		t.Errorf("of 50 points far apart %d are kept", len(got))
	}
}
