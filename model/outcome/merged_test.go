package outcome_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// breachOver merges the breach rate of trials, given by trial and interval.
func breachOver(late, judged [][]float64, set int) outcome.Series {
	m := outcome.NewMerger(&outcome.Catalog{
		Series: []outcome.Series{{Name: outcome.SeriesBreach, Unit: outcome.UnitShare}}, Spread: []bool{false}, Intervals: len(late[0]),
	}, 0.95)
	m.InSets(set)
	for r := range late {
		m.Add(&outcome.Run{Replication: r, Series: []outcome.Track{{Num: late[r], Den: judged[r]}}})
	}
	var x outcome.Experiment
	m.Fill(&x)
	return x.Series[0]
}

// Two quiet half-hours of a clock or two in each of four trials stand beside busy ones.
func TestQuietIntervalsArePutTogether(t *testing.T) {
	t.Parallel()
	s := breachOver(
		[][]float64{{20, 1, 0, 5}, {22, 0, 1, 5}, {18, 2, 1, 5}, {20, 1, 0, 5}},
		[][]float64{{100, 2, 2, 50}, {100, 2, 1, 50}, {100, 3, 2, 50}, {100, 2, 1, 50}}, 1)
	if want := []uint64{80, 4, 2, 20}; !slices.Equal(s.Breached, want) {
		t.Errorf("breached %v, want %v", s.Breached, want)
	}
	if want := []uint64{400, 9, 6, 200}; !slices.Equal(s.Judged, want) {
		t.Errorf("judged %v, want %v", s.Judged, want)
	}
	// The first two make a pair, and so do the last two.
	if len(s.Merged) != 2 || s.Merged[0].From != 0 || s.Merged[0].Intervals != 2 || s.Merged[1].From != 2 || s.Merged[1].Intervals != 2 {
		t.Fatalf("merged %+v", s.Merged)
	}
	// 84 of 409, and not the mean of 20 % and 44 %; the interval is that of the totals of each trial.
	want := estimate.Ratio([]float64{21, 22, 20, 21}, []float64{102, 102, 103, 102}, 0.95)
	got := s.Merged[0]
	if math.Abs(float64(got.Mean)-84.0/409) > 1e-12 || math.Abs(float64(got.High-got.Low)/2-want.HalfWidth()) > 0.02*want.HalfWidth() {
		t.Errorf("%+v, want %+v", got, want)
	}
	told := s.Told()
	if told.Left != 0 || told.Together() != 4 || told.Mean[0] != told.Mean[1] || told.Breached[1] != 84 || told.Judged[1] != 409 {
		t.Errorf("told %+v", told)
	}
}

func TestWhatIsBusyIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := breachOver([][]float64{{1, 9, 0}, {2, 8, 0}, {1, 9, 0}}, [][]float64{{10, 10, 0}, {10, 10, 0}, {11, 10, 0}}, 1)
	told := s.Told()
	if len(s.Merged) != 0 || told.Left != 0 || told.Mean[1] != s.Mean[1] || !math.IsNaN(float64(told.Mean[2])) {
		t.Errorf("merged %+v, told %+v", s.Merged, told)
	}
}

func TestTooFewClocksAreBlankWhateverIsPutTogether(t *testing.T) {
	t.Parallel()
	late, judged := make([]float64, 40), make([]float64, 40)
	late[3], judged[3] = 1, 1
	s := breachOver([][]float64{late, late, late}, [][]float64{judged, judged, judged}, 1)
	told := s.Told()
	if len(s.Merged) != 0 || told.Left != 1 || !math.IsNaN(float64(told.Mean[3])) {
		t.Errorf("three clocks, all late: merged %+v, told %+v", s.Merged, told)
	}
}

// Files of programs that kept no counts have their intervals; the widest say nothing.
func TestAFileWithoutCountsIsToldByItsIntervals(t *testing.T) {
	t.Parallel()
	s := outcome.Series{
		Name: outcome.SeriesBreach, Mean: []outcome.Float{0.1, 0.5}, Low: []outcome.Float{0.05, 0.1}, High: []outcome.Float{0.15, 0.9},
	}
	told := s.Told()
	if told.Judged != nil || told.Left != 1 || told.Mean[0] != 0.1 || !math.IsNaN(float64(told.Mean[1])) {
		t.Errorf("told %+v", told)
	}
}

// Whatever the trials, no clock is lost or counted twice, what is put together is the ratio of its totals
// with the interval of the totals of trials, and what is shown says something.
func TestPuttingTogetherKeepsTheCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		trials, n := rapid.IntRange(1, 6).Draw(t, "trials"), rapid.IntRange(1, 70).Draw(t, "intervals")
		most := rapid.SampledFrom([]float64{1, 5, 40}).Draw(t, "most clocks")
		set := rapid.IntRange(1, 2).Draw(t, "set")
		late, judged := make([][]float64, trials), make([][]float64, trials)
		for r := range trials {
			late[r], judged[r] = make([]float64, n), make([]float64, n)
			for i := range n {
				judged[r][i] = math.Floor(most * rapid.Float64Range(0, 1).Draw(t, "clocks"))
				late[r][i] = math.Floor(judged[r][i] * rapid.Float64Range(0, 1).Draw(t, "late"))
			}
		}
		s := breachOver(late, judged, set)
		counted := trials / set * set
		total := func(lists [][]float64, from, to int) (sums []float64, all float64) {
			for r := range counted {
				sum := 0.0
				for _, v := range lists[r][from:to] {
					sum += v
				}
				sums, all = append(sums, sum), all+sum
			}
			return sums, all
		}
		for i := range n {
			_, l := total(late, i, i+1)
			_, j := total(judged, i, i+1)
			if float64(s.Breached[i]) != l || float64(s.Judged[i]) != j {
				t.Fatalf("interval %d: %d of %d, want %v of %v", i, s.Breached[i], s.Judged[i], l, j)
			}
		}
		told := s.Told()
		covered := make([]bool, n)
		for _, span := range s.Merged {
			from, to := span.From, span.From+span.Intervals
			if span.Intervals < 1 || span.Intervals > 16 || from%2 != 0 {
				t.Fatalf("span %+v", span)
			}
			lates, l := total(late, from, to)
			judgeds, j := total(judged, from, to)
			if math.Abs(float64(span.Mean)-l/j) > 1e-12 {
				t.Fatalf("span %+v, want %v of %v", span, l, j)
			}
			if groups := counted / set; groups > 1 {
				var m estimate.Moments
				nums, dens := estimate.Sets(lates, set), estimate.Sets(judgeds, set)
				for g := range groups {
					m.Add(nums[g], dens[g])
				}
				if want := estimate.Ratios([]estimate.Moments{m}, 0.95)[0]; math.Abs(float64(span.High)-want.High) > 1e-9 {
					t.Fatalf("span %+v, want %+v", span, want)
				}
			}
			for i := from; i < to; i++ {
				if covered[i] {
					t.Fatalf("interval %d is put together twice", i)
				}
				covered[i] = true
				if told.Mean[i] != span.Mean || float64(told.Judged[i]) != j {
					t.Fatalf("interval %d is told as %v of %d", i, told.Mean[i], told.Judged[i])
				}
			}
		}
		left := 0
		for i := range n {
			switch blank := math.IsNaN(float64(told.Mean[i])); {
			case !blank && (told.High[i]-told.Low[i] > 0.5 || told.Judged[i] < 10):
				t.Fatalf("interval %d is told by %d clocks, %v–%v", i, told.Judged[i], told.Low[i], told.High[i])
			case blank && s.Judged[i] > 0:
				left++
			}
		}
		if left != told.Left {
			t.Fatalf("%d are left, said %d", left, told.Left)
		}
	})
}
