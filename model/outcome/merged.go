package outcome

import (
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Span is a stretch of intervals of a breach rate that are put together, since one of them alone says
// too little. Its rate is the ratio of their totals; its interval is that of the whole stretch, estimated
// between replications as that of a single interval is, and not put together from theirs: the
// intervals of one replication depend on one another.
type Span struct {
	From      int   `json:"from"`      // the first interval, counted from 0
	Intervals int   `json:"intervals"` // how many
	Mean      Float `json:"mean"`      // ratio of totals over intervals and replications
	Low       Float `json:"low"`       // confidence interval of Mean
	High      Float `json:"high"`
}

// What a rate takes to say something: an interval no wider than half of all there is, and so many
// clocks. Fewer can all be late, or all in time, in every replication, and then seem to have no spread.
const (
	widestTold   = 0.5
	fewestClocks = 10
)

// mostMerged is how many intervals are put together at most: a power of 2.
const mostMerged = 16

// tells reports whether a rate of so many clocks says something. One replication has no interval.
func tells(low, high float64, judged uint64) bool {
	return judged >= fewestClocks && !(high-low > widestTold)
}

// grain gathers a series block by block of some intervals.
type grain struct {
	size     int
	moments  []estimate.Moments // by block
	num, den []float64          // by block, of the set that is not whole yet
}

// grainsOf are the grains in which a series is gathered: its intervals, and of a breach rate blocks of 2, 4
// and so on of them.
func grainsOf(s *Series, intervals int) []grain {
	most := 1
	if s.Name == SeriesBreach {
		most = mostMerged
	}
	var list []grain
	for size := 1; size <= most; size *= 2 {
		n := (intervals + size - 1) / size
		list = append(list, grain{size, make([]estimate.Moments, n), make([]float64, n), make([]float64, n)})
	}
	return list
}

// add adds what a trial has in each block, to the moments when a set of trials is whole.
func (g *grain) add(t *Track, whole bool) {
	for b := range g.moments {
		for j := b * g.size; j < min((b+1)*g.size, len(t.Num)); j++ {
			g.num[b] += t.Num[j]
			if t.Den == nil {
				g.den[b]++
			} else {
				g.den[b] += t.Den[j]
			}
		}
		if whole {
			g.moments[b].Add(g.num[b], g.den[b])
			g.num[b], g.den[b] = 0, 0
		}
	}
}

// count fills in the clocks behind a breach rate, and what is put together.
func (s *Series) count(grains []grain, level float64) {
	moments := grains[0].moments
	s.Breached, s.Judged = make([]uint64, len(moments)), make([]uint64, len(moments))
	for j := range moments {
		s.Breached[j], s.Judged[j] = uint64(moments[j].Num), uint64(moments[j].Den)
	}
	m := merging{make([][]estimate.Estimate, len(grains)), grains}
	for k := range grains {
		m.estimates[k] = estimate.Ratios(grains[k].moments, level)
	}
	top := len(grains) - 1
	for b := range grains[top].moments {
		spans, _ := m.block(top, b)
		s.Merged = append(s.Merged, spans...)
	}
}

// merging decides what is put together.
type merging struct {
	estimates [][]estimate.Estimate // by grain, by block
	grains    []grain
}

// block is how a block is told: by its halves where both say something, else as a whole, else by whichever
// half does. It reports whether nothing of it is left untold; where no clock is there is nothing to tell.
func (m *merging) block(k, b int) (spans []Span, whole bool) {
	g := &m.grains[k]
	if b >= len(g.moments) {
		return nil, true
	}
	e, judged := m.estimates[k][b], uint64(g.moments[b].Den)
	tells := judged == 0 || tells(e.Low, e.High, judged)
	if k == 0 {
		return nil, tells
	}
	left, leftWhole := m.block(k-1, 2*b)
	right, rightWhole := m.block(k-1, 2*b+1)
	if !tells || leftWhole && rightWhole {
		return append(left, right...), leftWhole && rightWhole
	}
	n := min((b+1)*g.size, len(m.grains[0].moments)) - b*g.size
	return []Span{{b * g.size, n, Float(e.Value), Float(e.Low), Float(e.High)}}, true
}

// Told is a breach rate over time at the finest grain at which it says something: one entry per
// interval, where those of a span have the span's. Intervals without clocks hold NaN, and so do those
// with too few that nothing near them makes up for, which Left counts.
type Told struct {
	Mean, Low, High  []Float
	Breached, Judged []uint64 // as of Mean; nil where the file has no counts
	Spans            []Span
	Left             int
}

// Together is how many intervals are in spans.
func (t *Told) Together() int {
	n := 0
	for _, span := range t.Spans {
		n += span.Intervals
	}
	return n
}

// Told is the series at the finest grain at which it says something. In files without counts it is the series
// without the intervals whose rate is not told to within half of all there is.
func (s *Series) Told() Told {
	n, none := len(s.Mean), Float(math.NaN())
	t := Told{Mean: make([]Float, n), Low: make([]Float, n), High: make([]Float, n)}
	if len(s.Judged) == n && len(s.Breached) == n {
		t.Breached, t.Judged, t.Spans = slices.Clone(s.Breached), slices.Clone(s.Judged), s.Merged
	}
	for i := range n {
		t.Mean[i], t.Low[i], t.High[i] = s.Mean[i], s.Low[i], s.High[i]
		judged := uint64(fewestClocks)
		if t.Judged != nil {
			judged = t.Judged[i]
		}
		if math.IsNaN(float64(s.Mean[i])) || tells(float64(s.Low[i]), float64(s.High[i]), judged) {
			continue
		}
		t.Mean[i], t.Low[i], t.High[i] = none, none, none
		t.Left++
	}
	for _, span := range t.Spans {
		var breached, judged uint64
		for i := span.From; i < span.From+span.Intervals; i++ {
			breached, judged = breached+s.Breached[i], judged+s.Judged[i]
			if math.IsNaN(float64(t.Mean[i])) && s.Judged[i] > 0 {
				t.Left--
			}
		}
		for i := span.From; i < span.From+span.Intervals; i++ {
			t.Mean[i], t.Low[i], t.High[i] = span.Mean, span.Low, span.High
			t.Breached[i], t.Judged[i] = breached, judged
		}
	}
	return t
}

// checkCounts finds counts and spans that do not fit n intervals.
func (s *Series) checkCounts(n int) error {
	name := func() string { return clip(s.Name) + " " + clip(s.Labels.String()) }
	if len(s.Breached) != len(s.Judged) || len(s.Judged) != 0 && len(s.Judged) != n || len(s.Judged) == 0 && len(s.Merged) > 0 {
		return fmt.Errorf("series %s has not the counts of %d intervals", name(), n)
	}
	for i := range s.Judged {
		if s.Breached[i] > s.Judged[i] {
			return fmt.Errorf("series %s has %d of %d clocks breached", name(), s.Breached[i], s.Judged[i])
		}
	}
	end := 0
	for _, span := range s.Merged {
		if span.From < end || span.Intervals < 1 || span.Intervals > n-span.From {
			return fmt.Errorf("series %s puts %d intervals together from number %d on", name(), span.Intervals, span.From)
		}
		end = span.From + span.Intervals
	}
	return nil
}
