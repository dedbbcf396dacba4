package dist_test

import (
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
)

// first is a source whose first word is given; how many were taken is counted.
type first struct {
	word  uint64
	rest  *rand.PCG
	taken int
}

func (s *first) Uint64() uint64 {
	if s.taken++; s.taken == 1 {
		return s.word
	}
	return s.rest.Uint64()
}

func TestQuickIsWhatSampleDraws(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		d     dist.Dist
		known float64 // the least share of words that are enough
	}{
		{dist.Must(dist.Exponential(3)), 0.97},
		{dist.Must(dist.Lognormal(3, 0.7)), 0.97},
		{dist.Must(dist.LognormalMedian(3, 0.7)), 0.97},
		{dist.Must(dist.Constant(3)), 1},
		{dist.Must(dist.Uniform(1, 3)), 1},
		{dist.Must(dist.Gamma(3, 0.7)), 0},
		{dist.Must(dist.Weibull(3, 0.7)), 0},
		{dist.Must(dist.Triangular(1, 2, 3)), 0},
		{dist.Dist{}, 0},
	} {
		const draws = 1 << 20
		words := rand.NewPCG(1, 2)
		rest := rand.NewPCG(3, 4)
		known := 0
		for range draws {
			s := &first{word: words.Uint64(), rest: rest}
			x, ok := row.d.Quick(s.word)
			if !ok {
				continue
			}
			known++
			if want := row.d.Sample(s); x != want || s.taken > 1 {
				t.Fatalf("%v, word %x: %v, sampled %v by %d words", row.d, s.word, x, want, s.taken)
			}
		}
		if share := float64(known) / draws; share < row.known || row.known == 0 && known > 0 {
			t.Errorf("%v: knew %v of the draws", row.d, share)
		}
	}
}

// Where a strip's inside ends, to the very word.
func TestQuickAtTheEdgesOfTheStrips(t *testing.T) {
	t.Parallel()
	for _, d := range []dist.Dist{dist.Must(dist.Exponential(1)), dist.Must(dist.Lognormal(1, 1))} {
		for strip := range uint64(256) {
			low, high := uint64(0), uint64(1<<31) // in low it is known, in high not: for the first words of each sign
			if d.Equal(dist.Must(dist.Exponential(1))) {
				high = 1<<32 - 1
			}
			known := func(j uint64) bool {
				_, ok := d.Quick(strip<<32 | j&(1<<32-1))
				return ok
			}
			enough := func(j uint64) bool {
				s := &first{word: strip<<32 | j&(1<<32-1), rest: rand.NewPCG(1, 2)}
				d.Sample(s)
				return s.taken == 1
			}
			if !known(0) {
				if enough(0) {
					t.Fatalf("%v, strip %d: one word is enough", d, strip)
				}
				continue
			}
			for high-low > 1 {
				if mid := (low + high) / 2; known(mid) {
					low = mid
				} else {
					high = mid
				}
			}
			if !enough(low) || enough(high) {
				t.Errorf("%v, strip %d: edge at %x, which is not that of Sample", d, strip, low)
			}
		}
	}
}
