package selection_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/sim/selection"
)

// normals are alternatives with normal observations. Observation r of each is mean +
// deviation × (√common × z(r) + √(1−common) × z(i, r)).
type normals struct {
	means, deviations []float64
	common            float64
	shared            []float64
	num               [][]float64
	random            *rand.Rand
	spent             int
	weights           bool // denominators that vary, with the same ratio
	den               [][]float64
}

func newNormals(seed uint64, means, deviations []float64, common float64) *normals {
	return &normals{
		means: means, deviations: deviations, common: common, random: rand.New(rand.NewPCG(seed, 7)),
		num: make([][]float64, len(means)), den: make([][]float64, len(means)),
	}
}

func (s *normals) Extend(i, n int) (num, den []float64, err error) {
	for r := len(s.num[i]); r < n; r++ {
		for len(s.shared) <= r {
			s.shared = append(s.shared, s.random.NormFloat64())
		}
		z := math.Sqrt(s.common)*s.shared[r] + math.Sqrt(1-s.common)*s.random.NormFloat64()
		x, weight := s.means[i]+s.deviations[i]*z, 1.0
		if s.weights {
			weight = 0.5 + s.random.Float64()
		}
		s.num[i] = append(s.num[i], x*weight)
		s.den[i] = append(s.den[i], weight)
		s.spent++
	}
	return s.num[i], s.den[i], nil
}

func question() selection.Question {
	return selection.Question{Indifference: 1, Confidence: 0.95, First: 15, Step: 5, Most: 100_000}
}

// The least favourable case: the best is better than all others by just what
// matters. In macro-replications it must be chosen as often as promised.
func TestKNChoosesRightAsOftenAsPromised(t *testing.T) {
	t.Parallel()
	const macro = 600
	bound := 0.95 - 3*math.Sqrt(0.95*0.05/macro)
	spent := map[string]float64{}
	for _, row := range []struct {
		name     string
		common   float64
		smallest bool
		weights  bool
		devs     []float64
	}{
		{"independent", 0, false, false, []float64{4, 4, 4, 4, 4}},
		{"common random numbers", 0.8, false, false, []float64{4, 4, 4, 4, 4}},
		{"the smallest, unequal variances", 0.5, true, false, []float64{6, 2, 3, 4, 5}},
		{"ratios of totals", 0.5, false, true, []float64{4, 4, 4, 4, 4}},
	} {
		means := []float64{10, 10, 11, 10, 10}
		if row.smallest {
			means = []float64{10, 10, 9, 10, 10}
		}
		right, naive := 0, 0
		for m := range macro {
			s := newNormals(uint64(m), means, row.devs, row.common)
			s.weights = row.weights
			q := question()
			q.Smallest = row.smallest
			got, err := selection.KN(q, len(means), s)
			if err != nil {
				t.Fatal(err)
			}
			if got.Sure != 0.95 || got.By[got.Best] >= 0 {
				t.Fatalf("%s: %+v", row.name, got)
			}
			if got.Best == 2 {
				right++
			}
			if first(s, q.First, row.smallest) == 2 {
				naive++
			}
			spent[row.name] += float64(s.spent) / macro
		}
		if share := float64(right) / macro; share < bound {
			t.Errorf("%s: right in %.3f of the cases, want %.3f", row.name, share, bound)
		}
		// Else the promise would be kept by doing nothing.
		if row.common < 0.8 && float64(naive)/macro > bound {
			t.Errorf("%s: the first look is right in %d of %d cases: the test shows nothing", row.name, naive, macro)
		}
	}
	if spent["common random numbers"] > 0.5*spent["independent"] {
		t.Errorf("common random numbers spare too little: %v", spent)
	}
}

// first is what the means of the first n observations would choose.
func first(s *normals, n int, smallest bool) int {
	best, top := 0, math.Inf(-1)
	for i := range s.num {
		num, den := 0.0, 0.0
		for r := range n {
			num += s.num[i][r]
			den += s.den[i][r]
		}
		mean := num / den
		if smallest {
			mean = -mean
		}
		if mean > top {
			best, top = i, mean
		}
	}
	return best
}

func TestKNDropsTheFarOnesEarly(t *testing.T) {
	t.Parallel()
	s := newNormals(3, []float64{0, 1.2, 40}, []float64{5, 5, 5}, 0)
	q := question()
	q.Smallest = true
	got, err := selection.KN(q, 3, s)
	if err != nil {
		t.Fatal(err)
	}
	if got.Best != 0 || got.N[2] != q.First || got.By[2] < 0 || got.N[0] <= q.First {
		t.Errorf("%+v", got)
	}
}

func TestKNSaysWhenTheMaximumWasTooSmall(t *testing.T) {
	t.Parallel()
	q := question()
	q.Most = 20
	got, err := selection.KN(q, 2, newNormals(3, []float64{0, 0.1}, []float64{9, 9}, 0))
	if err != nil || got.Sure != 0 || got.N[0] != 20 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Alternatives that never vary are told apart at once, and twins are no endless task.
func TestKNWithoutChance(t *testing.T) {
	t.Parallel()
	got, err := selection.KN(question(), 3, newNormals(1, []float64{3, 5, 5}, []float64{0, 0, 0}, 0))
	if err != nil || got.Best != 1 || got.Sure != 0.95 || got.N[2] != 15 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Worked by hand: with equal deviations N is as 1/d²: 1/1, 1/4, 1/9, and the best
// gets √(1 + 1/16 + 1/81).
func TestAllocate(t *testing.T) {
	t.Parallel()
	best := math.Sqrt(1 + 1./16 + 1./81)
	sum := best + 1 + 1./4 + 1./9
	got := selection.Allocate([]float64{9, 10, 8, 7}, []float64{2, 2, 2, 2}, 0.1, 1000)
	for i, want := range []float64{1, best, 1. / 4, 1. / 9} {
		if want *= 1000 / sum; math.Abs(got[i]-want) > 1e-9 {
			t.Errorf("alternative %d gets %v, want %v", i, got[i], want)
		}
	}
	// Twice the deviation is four times the trials.
	got = selection.Allocate([]float64{10, 9, 9}, []float64{1, 2, 1}, 0.1, 100)
	if math.Abs(got[1]/got[2]-4) > 1e-12 {
		t.Errorf("%v", got)
	}
	// What is nearer than matters counts as if it were not.
	got = selection.Allocate([]float64{10, 10, 9}, []float64{1, 1, 1}, 1, 100)
	if math.Abs(got[1]-got[2]) > 1e-12 {
		t.Errorf("%v", got)
	}
	for _, x := range selection.Allocate([]float64{1, 2}, []float64{0, 0}, 1, 10) {
		if x != 5 {
			t.Errorf("without chance one gets %v of 10", x)
		}
	}
}

func TestOCBAIsRightMoreOftenThanEqualParts(t *testing.T) {
	t.Parallel()
	const macro, budget = 400, 400
	means := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	devs := []float64{6, 6, 6, 6, 6, 6, 6, 6, 6, 6}
	right, equal, sure := 0, 0, 0.0
	for m := range macro {
		q := question()
		q.First, q.Step, q.Indifference = 10, 20, 0.2
		s := newNormals(uint64(m), means, devs, 0)
		got, err := selection.OCBA(q, len(means), budget, s)
		if err != nil {
			t.Fatal(err)
		}
		if s.spent != budget {
			t.Fatalf("%d trials were spent", s.spent)
		}
		if got.Best == 9 {
			right++
		}
		sure += got.Sure / macro
		same := newNormals(uint64(m), means, devs, 0)
		for i := range means {
			same.Extend(i, budget/len(means))
		}
		if first(same, budget/len(means), false) == 9 {
			equal++
		}
	}
	if right <= equal+macro/20 {
		t.Errorf("right in %d of %d cases, equal parts in %d", right, macro, equal)
	}
	// A sum of bounds is cautious, but not idle.
	if share := float64(right) / macro; sure > share+0.03 || sure < share-0.2 {
		t.Errorf("it takes itself to be right in %.3f of the cases and is in %.3f", sure, share)
	}
}

type broken struct{ err error }

func (b broken) Extend(_, n int) ([]float64, []float64, error) {
	return make([]float64, n), make([]float64, n), b.err
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	with := func(change func(q *selection.Question)) selection.Question {
		q := question()
		change(&q)
		return q
	}
	lost := errors.New("the line is down")
	for _, row := range []struct {
		q      selection.Question
		k      int
		source selection.Source
		want   string
	}{
		{question(), 1, broken{}, "two alternatives"},
		{with(func(q *selection.Question) { q.Indifference = 0 }), 2, broken{}, "above 0"},
		{with(func(q *selection.Question) { q.Confidence = 1 }), 2, broken{}, "between 0 and 1"},
		{with(func(q *selection.Question) { q.Confidence = 0.3 }), 3, broken{}, "a guess among 3"},
		{with(func(q *selection.Question) { q.First = 1 }), 2, broken{}, "at first"},
		{question(), 2, broken{lost}, lost.Error()},
		{question(), 2, broken{}, "nothing to measure"},
	} {
		if _, err := selection.KN(row.q, row.k, row.source); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v, want %q", err, row.want)
		}
	}
}
