package fit

import (
	"testing"

	"github.com/headroom-sim/headroom/model/lives"
)

// Ten days on which hardly anybody waits and one on which all do for a day: the mean is uncertain, but never below nothing.
func TestNobodyWaitsLessThanNothing(t *testing.T) {
	t.Parallel()
	w := &lives.Waits{ByDay: map[int][2]float64{}}
	for day := range 11 {
		wait := 1.0
		if day == 4 {
			wait = 86400
		}
		w.First = append(w.First, wait)
		w.ByDay[day] = [2]float64{wait, 1}
	}
	h := &history{o: Options{Level: 0.95}}
	if m := h.waited(w).Mean; m.Low != 0 || m.High < m.Value || m.Value < 7000 {
		t.Errorf("%+v", m)
	}
}
