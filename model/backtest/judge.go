package backtest

import (
	"math"
	"slices"
)

// level is that of intervals of what is worked out here.
const level = 0.95

// Judge holds the forecasts of a measure against what came.
func Judge(m Measure, all []Forecast) *Track {
	t := &Track{Measure: m}
	trials := 0
	if len(all) > 0 {
		trials = len(all[0].Runs)
	}
	r := newRanks(trials)
	for i := range all {
		f := &all[i]
		for d, day := range f.Days {
			y := f.Observed[m][d]
			if math.IsNaN(y) {
				continue
			}
			values := make([]float64, trials)
			for j, run := range f.Runs {
				values[j] = run[m][d]
			}
			sorted := known(values)
			if len(sorted) == 0 {
				continue
			}
			entry := Day{Date: day.Date, Origin: i, Observed: y, Median: Quantile(sorted, 0.5)}
			for k, p := range Levels {
				entry.Bands[k] = [2]float64{Quantile(sorted, (1-p)/2), Quantile(sorted, (1+p)/2)}
			}
			lowest, highest := r.add(values, y, int(day.Date.Weekday()))
			entry.Rank = (lowest + highest) / 2
			for k, p := range Levels {
				entry.Inside[k] = inside(entry.Rank, p)
			}
			t.spread(lowest, highest)
			t.Days = append(t.Days, entry)
		}
	}
	if !t.Known() {
		return t
	}
	for b := range t.PIT {
		t.PIT[b] /= float64(len(t.Days))
	}
	r.judge(t)
	t.scores(all)
	return t
}

// spread adds a day to the PIT: where values tie, evenly over the ranks that they share (Czado, Gneiting and Held
// 2009, Biometrics 65(4)).
func (t *Track) spread(lowest, highest float64) {
	for b := range t.PIT {
		from, to := float64(b)/PITBins, float64(b+1)/PITBins
		t.PIT[b] += max(0, min(to, highest)-max(from, lowest)) / (highest - lowest)
	}
}

// inside reports whether a rank is within the middle share p.
func inside(rank, p float64) bool {
	const rounding = 1e-9
	return rank > (1-p)/2-rounding && rank < (1+p)/2+rounding
}

// ranks follows every trial, and the log as the last, through all days: each is ranked
// among all of them.
type ranks struct {
	inside   [len(Levels)][]int
	off      []float64    // sum of ranks less one half
	weekdays [7][]float64 // the same by weekday
}

func newRanks(trials int) *ranks {
	r := &ranks{off: make([]float64, trials+1)}
	for k := range r.inside {
		r.inside[k] = make([]int, trials+1)
	}
	for w := range r.weekdays {
		r.weekdays[w] = make([]float64, trials+1)
	}
	return r
}

// add takes a day, and gives the ranks between which the log lies. A trial without a value on the day
// counts as being in the middle.
func (r *ranks) add(values []float64, y float64, weekday int) (lowest, highest float64) {
	all := append(slices.Clone(values), y)
	sorted := known(all)
	n := float64(len(sorted))
	for j, x := range all {
		rank := 0.5
		if !math.IsNaN(x) {
			below, _ := slices.BinarySearch(sorted, x)
			upTo, _ := slices.BinarySearch(sorted, math.Nextafter(x, math.Inf(1)))
			lowest, highest = float64(below)/n, float64(upTo)/n
			rank = (lowest + highest) / 2
		}
		for k, p := range Levels {
			if inside(rank, p) {
				r.inside[k][j]++
			}
		}
		r.off[j] += rank - 0.5
		r.weekdays[weekday][j] += rank - 0.5
	}
	return lowest, highest
}

// judge works out what a right model would do.
func (r *ranks) judge(t *Track) {
	for k, p := range Levels {
		counts := r.inside[k]
		c := Coverage{Level: p, Inside: counts[len(counts)-1], Of: len(t.Days)}
		c.TooFew, c.TooMany = extreme(counts)
		sorted := slices.Clone(counts[:len(counts)-1]) // what the trials do, without the log
		slices.Sort(sorted)
		c.Low, c.High = nearest(sorted, (1-level)/2), nearest(sorted, (1+level)/2)
		t.Coverage[k] = c
	}
	t.Below, t.Above = extreme(r.off)
	r.find(t)
}

// extreme is the share of a list whose entries are at most, and at least, the last one. Where the last
// is as good as any other these are p-values.
func extreme[T int | float64](list []T) (most, least float64) {
	last := list[len(list)-1]
	for _, x := range list {
		if x <= last {
			most++
		}
		if x >= last {
			least++
		}
	}
	n := float64(len(list))
	return most / n, least / n
}

// find names what is wrong: each way to be wrong is measured in standard deviations of what the trials and
// the log do, and is found where the log is further off than nearly every one of them is in its own worst
// way. So a right model is found fault with in one measure of a hundred, however many ways are
// looked at.
func (r *ranks) find(t *Track) {
	n := len(r.off)
	off, narrowest, middle, widest := deviations(r.off), deviations(floats(r.inside[0])), deviations(floats(r.inside[1])), deviations(floats(r.inside[2]))
	ways := map[Fault][][]float64{TooLow: {off}, TooHigh: {minus(off)}, Narrow: {minus(middle), minus(widest)}, Wide: {middle, narrowest}}
	worst := make([]float64, n)
	for _, list := range ways {
		for _, z := range list {
			r.worsen(worst, z)
		}
	}
	var days [7][]float64
	for w := range days {
		days[w] = deviations(r.weekdays[w])
		r.worsen(worst, days[w])
		r.worsen(worst, minus(days[w]))
	}
	p := func(z float64) float64 {
		beyond := 0
		for _, x := range worst {
			if x >= z {
				beyond++
			}
		}
		return float64(beyond) / float64(n)
	}
	limit := max(Doubtful, 1/float64(n)) // with few trials, further off than all of them
	for fault := TooLow; fault <= Wide; fault++ {
		for _, z := range ways[fault] {
			if p(z[n-1]) <= limit && !slices.Contains(t.Faults, fault) {
				t.Faults = append(t.Faults, fault)
			}
		}
	}
	for w, z := range days {
		if own := p(math.Abs(z[n-1])); own <= limit {
			t.Off = append(t.Off, Off{Weekday: w, Above: z[n-1] > 0, P: own})
		}
	}
	t.P = p(worst[n-1])
}

// worsen keeps the larger of two for each trial.
func (r *ranks) worsen(worst, z []float64) {
	for j := range worst {
		worst[j] = max(worst[j], z[j])
	}
}

// deviations are how far values lie from their mean, in standard deviations; 0 if they do not vary.
func deviations(xs []float64) []float64 {
	n, sum, square := float64(len(xs)), 0., 0.
	for _, x := range xs {
		sum += x
	}
	for _, x := range xs {
		square += (x - sum/n) * (x - sum/n)
	}
	out := make([]float64, len(xs))
	if square > 0 {
		for j, x := range xs {
			out[j] = (x - sum/n) / math.Sqrt(square/n)
		}
	}
	return out
}

func minus(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = -x
	}
	return out
}

func floats(xs []int) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = float64(x)
	}
	return out
}
