package outcome

import (
	"math"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Break is where, along one axis of a sweep, a goal is met no longer, with the other axes held.
//
// The estimates of the goal's measure along the axis, and the two ends of their intervals, are each
// made monotone by the least change that does it (isotonic regression by pooling adjacent
// violators; Ayer, Brunk, Ewing, Reid and Silverman 1955) and joined by straight lines. At is
// where the line of the estimates crosses the bound, and Low and High are where the lines of the
// two ends cross it: the values of the axis that the data cannot tell from the break, at the level
// of the intervals, for each value of the axis by itself. What the straight lines miss between two
// points is not in the interval: a finer step tells.
type Break struct {
	// Others are the values of the other axes, by axis; empty for the axis itself.
	Others []string `json:"others"`
	// Smallest says that the goal is met from the break on upwards (heads), not up to it (a
	// spike's factor).
	Smallest bool `json:"smallest,omitempty"`
	// Holds is the value furthest out, of those tried, at which the goal is met beyond doubt: there and
	// everywhere before it the whole interval is on the good side. Empty if there is none.
	Holds string `json:"holds,omitempty"`
	// At, Low and High are in the unit of the axis. Infinite means outside of what was
	// tried: +Inf above all of it, -Inf below. NaN: nothing was measured.
	At   Edge `json:"at"`
	Low  Edge `json:"low"`
	High Edge `json:"high"`
	// Recovery is the time to recover at the point that Holds names; Spike from which spike.
	Spike    string            `json:"spike,omitempty"`
	Recovery estimate.Estimate `json:"recovery"`
	Level    float64           `json:"level"`
}

// Edge is a place on an axis, or beyond its ends; in JSON these are "above" and "below".
type Edge float64

// MarshalJSON writes a number, "above", "below", or null for NaN.
func (e Edge) MarshalJSON() ([]byte, error) {
	switch x := float64(e); {
	case math.IsInf(x, 1):
		return []byte(`"above"`), nil
	case math.IsInf(x, -1):
		return []byte(`"below"`), nil
	}
	return Float(e).MarshalJSON()
}

// UnmarshalJSON is the inverse of MarshalJSON.
func (e *Edge) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case `"above"`:
		*e = Edge(math.Inf(1))
		return nil
	case `"below"`:
		*e = Edge(math.Inf(-1))
		return nil
	}
	return (*Float)(e).UnmarshalJSON(data)
}

// BreakPoints finds the break points of a sweep: one for each combination of the axes other than
// Along, in the order of the points. There are none without a goal, along an axis without
// numbers, and in a Latin hypercube over several axes, whose points share no values.
func (s *Sweep) BreakPoints() []Break {
	if s.Goal == nil || s.Along < 0 || s.Sample > 0 && s.Varied() > 1 || !s.Axes[s.Along].Numeric() {
		return nil
	}
	lines := s.Lines()
	smallest := s.improves(lines)
	var breaks []Break
	for _, line := range lines {
		breaks = append(breaks, s.breakOf(line, smallest))
	}
	return breaks
}

// Lines are the points with the same values of all axes but Along, by growing value of that.
func (s *Sweep) Lines() [][]*Point {
	index := map[string]int{}
	var lines [][]*Point
	for i := range s.Points {
		p := &s.Points[i]
		key := strings.Join(s.others(p), "\x00")
		at, ok := index[key]
		if !ok {
			at = len(lines)
			index[key] = at
			lines = append(lines, nil)
		}
		lines[at] = append(lines[at], p)
	}
	for _, line := range lines {
		slices.SortStableFunc(line, func(p, q *Point) int {
			switch x, y := p.Numbers[s.Along], q.Numbers[s.Along]; {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
	}
	return lines
}

// others are the values of a point on the other axes.
func (s *Sweep) others(p *Point) []string {
	values := slices.Clone(p.Values)
	if s.Along >= 0 {
		values[s.Along] = ""
	}
	return values
}

// excess is by how much a value is on the wrong side of the bound.
func (g *Goal) excess(e estimate.Estimate) (value, low, high float64) {
	if g.HighIsGood() {
		return g.Bound - e.Value, g.Bound - e.High, g.Bound - e.Low
	}
	return e.Value - g.Bound, e.Low - g.Bound, e.High - g.Bound
}

// improves reports whether more of the axis is better: the sum of the changes from the first
// value to the last of all lines decides.
func (s *Sweep) improves(lines [][]*Point) bool {
	sum := 0.0
	for _, line := range lines {
		_, y, _, _ := s.Goal.along(line, s.Along)
		if len(y) > 1 {
			sum += y[len(y)-1] - y[0]
		}
	}
	return sum < 0
}

// along are the values of the axis with their excess, where there is something to measure.
func (g *Goal) along(line []*Point, axis int) (x, value, low, high []float64) {
	for _, p := range line {
		r, ok := p.Measured(g.Measure)
		if !ok || math.IsNaN(r.Estimate.Value) {
			continue
		}
		v, l, h := g.excess(r.Estimate)
		if math.IsNaN(l) || math.IsNaN(h) {
			l, h = math.Inf(-1), math.Inf(1)
		}
		x = append(x, float64(p.Numbers[axis]))
		value, low, high = append(value, v), append(low, l), append(high, h)
	}
	return x, value, low, high
}

func (s *Sweep) breakOf(line []*Point, smallest bool) Break {
	b := Break{Others: s.others(line[0]), Smallest: smallest, Recovery: estimate.Estimate{
		Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Warnings: []estimate.Warning{estimate.NoInterval}}}
	x, value, low, high := s.Goal.along(line, s.Along)
	if len(x) == 0 {
		b.At, b.Low, b.High = Edge(math.NaN()), Edge(math.NaN()), Edge(math.NaN())
		return b
	}
	at, safe, hopeful := crossing(x, value, smallest), crossing(x, high, smallest), crossing(x, low, smallest)
	b.At, b.Low, b.High = Edge(at), Edge(min(at, safe, hopeful)), Edge(max(at, safe, hopeful))
	if smallest {
		slices.Reverse(line)
		defer slices.Reverse(line)
	}
	for _, p := range line {
		r, ok := p.Measured(s.Goal.Measure)
		if !ok {
			break
		}
		b.Level = r.Estimate.Level
		if s.Goal.Judge(r.Estimate) != ExpectationMet {
			break
		}
		b.Holds = p.Values[s.Along]
		b.Spike, b.Recovery = p.recovery(s.Axes[s.Along].Path)
	}
	return b
}

// Recovery is the time to recover after a spike: the one that the path names, else the first.
func (p *Point) recovery(path string) (spike string, e estimate.Estimate) {
	e = estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Warnings: []estimate.Warning{estimate.NoInterval}}
	for i := range p.Results {
		r := &p.Results[i]
		if r.Name != Recovery || r.Labels != (Labels{Spike: r.Labels.Spike}) {
			continue
		}
		if named := strings.HasPrefix(path, "spikes."+r.Labels.Spike+"."); named || spike == "" {
			spike, e = r.Labels.Spike, r.Estimate
			if named {
				break
			}
		}
	}
	return spike, e
}

// crossing is where y, made monotone, passes zero; x grows. With falling, y falls with x.
func crossing(x, y []float64, falling bool) float64 {
	y = slices.Clone(y)
	if falling {
		for i := range y {
			y[i] = -y[i]
		}
	}
	isotonic(y)
	for i, v := range y {
		if v < 0 {
			continue
		}
		switch {
		case i == 0:
			return math.Inf(-1)
		case math.IsInf(v, 1) || math.IsInf(y[i-1], -1):
			if math.IsInf(v, 1) {
				return x[i-1]
			}
			return x[i]
		}
		return x[i-1] + (x[i]-x[i-1])*(-y[i-1])/(v-y[i-1])
	}
	return math.Inf(1)
}

// isotonic makes y the nearest list, by least squares, that never falls.
func isotonic(y []float64) {
	type block struct {
		sum float64
		n   int
	}
	mean := func(b block) float64 { return b.sum / float64(b.n) }
	var blocks []block
	for _, v := range y {
		blocks = append(blocks, block{v, 1})
		for n := len(blocks); n > 1 && mean(blocks[n-2]) > mean(blocks[n-1]); n = len(blocks) {
			blocks[n-2] = block{blocks[n-2].sum + blocks[n-1].sum, blocks[n-2].n + blocks[n-1].n}
			blocks = blocks[:n-1]
		}
	}
	i := 0
	for _, b := range blocks {
		for range b.n {
			y[i] = mean(b)
			i++
		}
	}
}
