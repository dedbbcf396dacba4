package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
)

func TestPrecisionsAreOneList(t *testing.T) {
	t.Parallel()
	cost := model.Precision{Measure: "cost", Absolute: 500}
	rate := model.Precision{Measure: "breach_rate(first_reply)", Relative: 0.05}
	for _, want := range [][]model.Precision{nil, {cost}, {rate}, {rate, cost}, {cost, rate}} {
		r := model.Run{Seed: 3, Min: 20, Max: 400}
		r.SetPrecisions(want)
		if diff := cmp.Diff(want, append([]model.Precision(nil), r.Precisions()...)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		r.Exactly(12)
		if diff := cmp.Diff(model.Run{Seed: 3, Min: 12, Max: 12}, r); diff != "" {
			t.Errorf("exactly 12 (-want +got):\n%s", diff)
		}
	}
}
