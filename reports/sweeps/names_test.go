package sweeps

import (
	"slices"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
)

func TestShortNamesOfAxes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ paths, want []string }{
		{[]string{"spikes.black-friday.factor", "teams.front.shifts.temps.heads"}, []string{"black-friday factor", "temps heads"}},
		{[]string{"teams.front.shifts.day.heads", "teams.back.shifts.day.heads"}, []string{"front shifts day heads", "back shifts day heads"}},
		{[]string{"teams.desk.shifts[1].heads"}, []string{"shifts 1 heads"}},
		{[]string{"seed"}, []string{"seed"}},
	} {
		var axes []outcome.Axis
		for _, p := range row.paths {
			axes = append(axes, outcome.Axis{Path: p})
		}
		if got := shortNames(axes); !slices.Equal(got, row.want) {
			t.Errorf("%v are called %q, want %q", row.paths, got, row.want)
		}
	}
}
