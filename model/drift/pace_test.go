package drift

import (
	"math/rand/v2"
	"testing"
)

// drawn are weeks of a desk that solves so many of a hundred tickets soon in the first week and in the last, and a straight line between.
// The weeks differ by more than chance if they have a spread.
func drawn(random *rand.Rand, weeks, tickets int, first, last, spread float64) (list []pastWeek) {
	for k := range weeks {
		p := last + (first-last)*float64(k)/float64(weeks-1) + spread*random.NormFloat64()
		w := pastWeek{n: float64(tickets)}
		for range tickets {
			if random.Float64() < p {
				w.soon++
			}
		}
		list = append(list, w)
	}
	return list
}

// A desk that stays as it is has hardly ever a trend, also where its weeks differ by more than chance; one that becomes faster or slower
// has one, and the line through its weeks is where it was drawn.
func TestATrendIsToldFromChance(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	for _, row := range []struct {
		name                string
		first, last, spread float64
		fewest, most        int // of 400 desks in which a trend is found
	}{
		{"as it was", 0.5, 0.5, 0, 0, 1}, {"weeks that differ", 0.5, 0.5, 0.06, 0, 24}, {"ever sooner", 0.4, 0.6, 0, 396, 400},
		{"ever later", 0.6, 0.4, 0.01, 360, 400}, {"a little sooner", 0.5, 0.55, 0, 0, 4},
	} {
		found, off := 0, 0.
		for range 400 {
			first, last, certain := line(drawn(random, 6, 1500, row.first, row.last, row.spread))
			if certain {
				found++
			}
			off += (last - first - (row.last - row.first)) / 400
		}
		if found < row.fewest || found > row.most {
			t.Errorf("%s: a trend in %d of 400 desks, want %d to %d", row.name, found, row.fewest, row.most)
		}
		if off > 0.01 || off < -0.01 {
			t.Errorf("%s: the line is off by %.3f", row.name, off)
		}
	}
	for _, weeks := range [][]pastWeek{nil, make([]pastWeek, 9), drawn(random, 3, 500, 0.1, 0.9, 0), drawn(random, 6, 0, 0.5, 0.5, 0), drawn(random, 6, 50, 1, 1, 0)} {
		if _, _, certain := line(weeks); certain {
			t.Errorf("a trend is found in %v", weeks)
		}
	}
}
