package shapley_test

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/shapley"
)

// The glove game: one player has a left glove, two have a right one; a pair is worth 1. By hand over
// the six orders the left one is worth 4/6, the others 1/6 each.
func TestTheGloveGame(t *testing.T) {
	t.Parallel()
	v := make([]int64, 8)
	for s := range v {
		if s&1 != 0 && s != 1 {
			v[s] = 1
		}
	}
	if got := shapley.Numerators(3, v); !slices.Equal(got, []int64{4, 1, 1}) {
		t.Errorf("of 6 orders: %v", got)
	}
}

// byOrders is the definition: what each adds to those before, over all orders.
func byOrders(n int, v []int64) []int64 {
	out := make([]int64, n)
	var come func(before uint, left int)
	come = func(before uint, left int) {
		if left == 0 {
			return
		}
		orders := shapley.Orders(left - 1)
		for i := range n {
			if before>>i&1 == 0 {
				out[i] += orders * (v[before|1<<i] - v[before])
				come(before|1<<i, left-1)
			}
		}
	}
	come(0, n)
	return out
}

func TestTheAxiomsHoldExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(r, "players")
		v := rapid.SliceOfN(rapid.Int64Range(-1e9, 1e9), 1<<n, 1<<n).Draw(r, "values")
		got := shapley.Numerators(n, v)
		var sum int64
		for _, x := range got {
			sum += x
		}
		if sum != shapley.Orders(n)*(v[len(v)-1]-v[0]) {
			r.Fatalf("they add up to %d of %d", sum, v[len(v)-1]-v[0])
		}
		if want := byOrders(n, v); !slices.Equal(got, want) {
			r.Fatalf("%v, over all orders %v", got, want)
		}
		floats := make([]float64, len(v))
		for s := range v {
			floats[s] = float64(v[s])
		}
		for i, x := range shapley.Values(n, floats) {
			if want := float64(got[i]) / float64(shapley.Orders(n)); math.Abs(x-want) > 1e-3 {
				r.Fatalf("player %d: %v, exactly %v", i, x, want)
			}
		}
	})
}

// An additive game is its own value, an idler gets nothing, and players whom no coalition tells apart get
// the same.
func TestAdditiveGamesIdlersAndEquals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		const n = 5
		worth := rapid.SliceOfN(rapid.Int64Range(-1000, 1000), n, n).Draw(r, "worth")
		bySize := rapid.SliceOfN(rapid.Int64Range(-1000, 1000), n+1, n+1).Draw(r, "by size")
		additive, equal, idle := make([]int64, 1<<n), make([]int64, 1<<n), make([]int64, 1<<n)
		for s := range additive {
			for i := range n {
				if s>>i&1 != 0 {
					additive[s] += worth[i]
				}
			}
			equal[s] = bySize[bits.OnesCount(uint(s))]
			idle[s] = bySize[bits.OnesCount(uint(s)&^1)] // player 0 changes nothing
		}
		for i, x := range shapley.Numerators(n, additive) {
			if x != shapley.Orders(n)*worth[i] {
				r.Fatalf("player %d adds %d and gets %d/120", i, worth[i], x)
			}
		}
		got := shapley.Numerators(n, equal)
		for i := range got {
			if got[i] != got[0] {
				r.Fatalf("equals get %v", got)
			}
		}
		if got := shapley.Numerators(n, idle); got[0] != 0 {
			r.Fatalf("an idler gets %d/120", got[0])
		}
	})
}
