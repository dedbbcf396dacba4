package survival_test

import (
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/survival"
)

// Durations that are always the same, but for whole seconds, are a constant; those that vary by little are not, nor are those of which one
// is known to last longer.
func TestWhatIsAlwaysTheSameIsRecognised(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	narrow := dist.Must(dist.Gamma(480, 0.03))
	rows := []struct {
		name string
		draw func(i int) float64
		cut  float64 // a duration that was not seen to the end; 0 for none
		want survival.Family
	}{
		{"exactly", func(int) float64 { return 480 }, 0, survival.Constant},
		{"to the second", func(i int) float64 { return 479 + float64(i%3) }, 0, survival.Constant},
		{"with one that was cut off before", func(int) float64 { return 480 }, 100, survival.Constant},
		{"with one that lasts longer", func(int) float64 { return 480 }, 900, survival.Exponential},
		{"seconds that matter", func(i int) float64 { return 3 + float64(i%3) }, 0, survival.Exponential},
		{"narrow", func(int) float64 { return narrow.Sample(r) }, 0, survival.Exponential},
	}
	for _, row := range rows {
		s := &survival.Sample{}
		for i := range 300 {
			s.Add(row.draw(i))
		}
		if row.cut > 0 {
			s.Beyond(row.cut)
		}
		laws, err := survival.Choose(s, 0.95)
		if err != nil {
			if row.want == survival.Constant {
				t.Errorf("%s: %v", row.name, err)
			}
			continue
		}
		l := laws[0]
		if (l.Family == survival.Constant) != (row.want == survival.Constant) {
			t.Errorf("%s: %v", row.name, l.Dist)
			continue
		}
		if row.want != survival.Constant {
			continue
		}
		g, err := survival.Judge(s, l, r, 9)
		if l.Dist.Mean() != 480 || l.Mean.Low > 480 || l.Mean.High < 480 || err != nil || g.P != 1 {
			t.Errorf("%s: %v, %+v, %+v, %v", row.name, l.Dist, l.Mean, g, err)
		}
	}
	back := &survival.Return{Never: 20}
	for range 60 {
		back.Came.Add(3600)
	}
	for i := range 40 {
		back.Came.Beyond(60 * float64(i+40)) // half of them would be back by now
	}
	list, err := survival.ChooseReturn(back, 0.95)
	if err != nil || list[0].After.Family != survival.Constant || list[0].Share.Value < 0.59 || list[0].Share.Value > 0.61 {
		t.Errorf("60 of 100 come back after an hour: %+v, %v", list[0].Share, err)
	}
}
