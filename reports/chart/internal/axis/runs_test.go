package axis

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/outcome"
)

func TestRunsAreTheStretchesWithoutGaps(t *testing.T) {
	t.Parallel()
	nan := outcome.Float(math.NaN())
	for _, c := range []struct {
		name  string
		lists [][]outcome.Float
		want  []Run
	}{
		{"nothing", [][]outcome.Float{nil}, nil},
		{"all gaps", [][]outcome.Float{{nan, nan}}, nil},
		{"whole", [][]outcome.Float{{1, 2, 3}}, []Run{{0, 3}}},
		{"a gap in the middle", [][]outcome.Float{{1, nan, 3, 4}}, []Run{{0, 1}, {2, 4}}},
		{"gaps at the ends", [][]outcome.Float{{nan, 2, nan}}, []Run{{1, 2}}},
		{"an infinite value is a gap", [][]outcome.Float{{1, outcome.Float(math.Inf(1)), 3}}, []Run{{0, 1}, {2, 3}}},
		{"bounds that have gaps of their own", [][]outcome.Float{{1, nan, 3}, {1, 2, nan}}, []Run{{0, 1}}},
		{"the shorter list counts", [][]outcome.Float{{1, 2, 3}, {1}}, []Run{{0, 1}}},
		{"no bounds", [][]outcome.Float{{1, 2}, nil}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Runs(c.lists...)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExtentIsOfNumbersAlone(t *testing.T) {
	t.Parallel()
	nan, inf := outcome.Float(math.NaN()), outcome.Float(math.Inf(1))
	if low, high, ok := Extent([]outcome.Float{nan, 3, -1}, nil, []outcome.Float{inf, 7, -inf}); low != -1 || high != 7 || !ok {
		t.Errorf("from %v to %v, %t; want from -1 to 7", low, high, ok)
	}
	if low, high, ok := Extent([]outcome.Float{nan, inf}); ok {
		t.Errorf("without a number, from %v to %v", low, high)
	}
}
