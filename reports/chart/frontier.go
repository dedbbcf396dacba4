package chart

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart/internal/axis"
	"github.com/headroom-sim/headroom/reports/chart/internal/pen"
	"github.com/headroom-sim/headroom/reports/format"
)

// Frontier is what several plans cost and what they give for it. The efficient ones,
// of which none gives more for as little, are joined.
type Frontier struct {
	Text  Text
	Cost  string // what is on the horizontal axis, with its currency; less is better
	Gain  string // what is on the vertical axis, a share; more is better
	Spots []Spot
	Bound Bound // the least that is wanted
}

// Spot is a plan. The ends of its intervals may be NaN.
type Spot struct {
	Name              string
	Cost              float64
	CostLow, CostHigh float64
	Gain              float64
	GainLow, GainHigh float64
	Role              Role
}

// Role is why a plan stands out.
type Role uint8

// The roles, each of which has a mark of its own.
const (
	Ordinary Role = iota
	Chosen
	Reference // what others do, to be compared with
)

// roles are the marks of those who have one.
var roles = [...]Line{Chosen: {Name: "chosen", Ink: Vermilion, spots: diamonds}, Reference: {Name: "for comparison", Ink: Green, spots: squares}}

// mostWhiskers is up to how many plans those that are not efficient show their intervals.
const mostWhiskers = 40

func (s Spot) whole() bool {
	return !math.IsNaN(s.Cost) && !math.IsInf(s.Cost, 0) && !math.IsNaN(s.Gain) && !math.IsInf(s.Gain, 0)
}

// Efficient lists the plans, by rising cost, of which no other gives at least as much for
// at most the cost and is better in one of both. Of plans that are alike it lists all.
func Efficient(spots []Spot) []int {
	var all []int
	for i, s := range spots {
		if s.whole() && !slices.ContainsFunc(spots, func(o Spot) bool {
			return o.whole() && o.Cost <= s.Cost && o.Gain >= s.Gain && (o.Cost < s.Cost || o.Gain > s.Gain)
		}) {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(spots[a].Cost, spots[b].Cost) })
	return all
}

func (f Frontier) draw(p *page) {
	r := p.frame(f.Text)
	if !slices.ContainsFunc(f.Spots, Spot.whole) {
		p.empty(r, "There is nothing to show.")
		return
	}
	low, high := f.reach(func(s Spot) []float64 { return []float64{s.Cost, s.CostLow, s.CostHigh} }, 0.03)
	least, most := f.reach(func(s Spot) []float64 { return []float64{s.Gain, s.GainLow, s.GainHigh} }, 0.04)
	if f.Bound.Name != "" {
		least, most = math.Min(least, f.Bound.Value), math.Max(most, f.Bound.Value)
	}
	xs := axis.New(low, high, outcome.UnitMoney, 9)
	ys := axis.New(math.Max(least, 0), math.Min(math.Max(most, least+0.02), 1), outcome.UnitShare, 5)
	left := r.Left + p.widest(ys.Labels) + 10
	r.Top -= p.panelHead(Panel{Name: f.Gain, Lines: f.keys()}, left, r.Right, r.Top, mostKeyRows)
	box := pen.Box(left, r.Bottom+2*tickWords.Size+14, r.Right-14, r.Top-headHeight-4)
	x := cross{Values: xs, low: xs.Low(), high: xs.High()}.over(box)
	y := scale{ys.Low(), ys.High(), box.Bottom, box.Top}
	p.levels(ys, y, box)
	p.ruler(xs, x, box)
	if f.Bound.Name != "" {
		at := y.clamped(f.Bound.Value)
		p.Polyline(boundLine, vg.Point{X: box.Left, Y: at}, vg.Point{X: box.Right, Y: at})
	}
	f.spots(p, x, y, box)
	p.Polyline(axisLine, vg.Point{X: box.Left, Y: pen.Snap(box.Bottom)}, vg.Point{X: box.Right, Y: pen.Snap(box.Bottom)})
	p.Write(p.Shorten(format.Clean(f.Cost), keyWords, box.Width()), box.MiddleX(), box.Bottom-2*tickWords.Size-12, keyWords, pen.Middle)
}

// keys are the marks of the plans: discs joined by a line, and rings.
func (f Frontier) keys() []Line {
	lines := []Line{{Name: "efficient", Ink: Blue, spots: discs}}
	efficient := Efficient(f.Spots)
	if i := 0; slices.ContainsFunc(f.Spots, func(s Spot) bool { i++; return s.Role == Ordinary && !slices.Contains(efficient, i-1) }) {
		lines = append(lines, Line{Name: "another gives more for less", Ink: Slate, spots: rings})
	}
	for role, line := range roles {
		if role > 0 && slices.ContainsFunc(f.Spots, func(s Spot) bool { return s.Role == Role(role) }) {
			lines = append(lines, line)
		}
	}
	if f.Bound.Name != "" {
		lines = append(lines, Line{Name: f.Bound.Name, bound: true})
	}
	return lines
}

// reach is from the least to the largest of some numbers of the plans, with a margin
// of a share. Intervals wider than all the plans lie apart do not count.
func (f Frontier) reach(of func(Spot) []float64, margin float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range f.Spots {
		if s.whole() {
			low, high = math.Min(low, of(s)[0]), math.Max(high, of(s)[0])
		}
	}
	room := math.Max(high-low, 0.02*math.Abs(high))
	if room == 0 {
		room = 0.02
	}
	from, to := low, high
	for _, s := range f.Spots {
		for _, v := range of(s)[1:] {
			if s.whole() && v > from-room && v < to+room {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	if from >= 0 {
		return math.Max(low-margin*room, 0), high + margin*room
	}
	return low - margin*room, high + margin*room
}

// spots draws the plans with their intervals and as many names as have room.
func (f Frontier) spots(p *page, x func(float64) vg.Length, y scale, box pen.Rect) {
	efficient := Efficient(f.Spots)
	var line []vg.Point
	for _, i := range efficient {
		line = append(line, vg.Point{X: x(f.Spots[i].Cost), Y: y.clamped(f.Spots[i].Gain)})
	}
	p.Polyline(pen.Stroke{Colour: Blue.Colour(), Width: 1.8}, line...)
	order := slices.Clone(efficient)
	for i, s := range f.Spots {
		if s.whole() && !slices.Contains(efficient, i) {
			order = append(order, i)
		}
	}
	var taken, marks []pen.Rect
	for i := 1; i < len(line); i++ {
		taken = append(taken, along(line[i-1], line[i])...)
	}
	if f.Bound.Name != "" {
		at := y.clamped(f.Bound.Value)
		taken = append(taken, pen.Box(box.Left, at-1, box.Right, at+1))
	}
	for rank, i := range order {
		s, ink := f.Spots[i], Blue
		if rank >= len(efficient) {
			ink = Slate
		}
		at := vg.Point{X: x(s.Cost), Y: y.clamped(s.Gain)}
		if s.Role != Ordinary {
			ink = roles[s.Role].Ink
		}
		whisker := pen.Stroke{Colour: ink.Colour(), Width: 1}
		if ink == Slate && len(order) > mostWhiskers {
			whisker.Width = 0 // they would hide the plans
		}
		if !math.IsNaN(s.GainLow) && !math.IsNaN(s.GainHigh) {
			p.Polyline(whisker, vg.Point{X: at.X, Y: y.clamped(s.GainLow)}, vg.Point{X: at.X, Y: y.clamped(s.GainHigh)})
			taken = append(taken, pen.Box(at.X-1, y.clamped(s.GainLow), at.X+1, y.clamped(s.GainHigh)))
		}
		if !math.IsNaN(s.CostLow) && !math.IsNaN(s.CostHigh) {
			p.Polyline(whisker, vg.Point{X: x(s.CostLow), Y: at.Y}, vg.Point{X: x(s.CostHigh), Y: at.Y})
		}
		switch {
		case s.Role != Ordinary:
			p.spot(roles[s.Role].spots, ink.Colour(), at)
		case ink == Blue:
			p.Dot(ink.Colour(), at, 4)
		default:
			p.ring(ink.Colour(), at, 3.6)
		}
		marks = append(marks, pen.Box(at.X-5, at.Y-5, at.X+5, at.Y+5))
	}
	taken = append(taken, marks...)
	for rank, i := range order {
		style := tickWords
		if rank < len(efficient) || f.Spots[i].Role != Ordinary {
			style.Colour = black
		}
		name := p.Shorten(format.Clean(f.Spots[i].Name), style, 0.3*box.Width())
		if place, ok := p.room(name, style, marks[rank], taken, box); ok {
			p.Write(name, place.Left, place.Bottom+2, style, pen.Left)
			taken = append(taken, place)
		}
	}
}

// along is a straight line as small squares, which names keep away from.
func along(a, b vg.Point) (squares []pen.Rect) {
	n := int(math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y))/5) + 1
	for i := range n {
		t := vg.Length(i) / vg.Length(n)
		x, y := a.X+t*(b.X-a.X), a.Y+t*(b.Y-a.Y)
		squares = append(squares, pen.Box(x-2, y-2, x+2, y+2))
	}
	return squares
}

// room finds a place for a name beside a mark where it covers nothing.
func (p *page) room(name string, w pen.Words, mark pen.Rect, taken []pen.Rect, box pen.Rect) (pen.Rect, bool) {
	if name == "" {
		return pen.Rect{}, false
	}
	width, height := p.Width(name, w), w.Size+1
	for _, at := range []vg.Point{
		{X: mark.Right + 2, Y: mark.Bottom - height + 2}, {X: mark.Right + 2, Y: mark.Top - 2}, {X: mark.Right + 4, Y: mark.MiddleY() - height/2},
		{X: mark.Left - 2 - width, Y: mark.Top - 2}, {X: mark.Left - 2 - width, Y: mark.Bottom - height + 2},
		{X: mark.MiddleX() - width/2, Y: mark.Top + 3}, {X: mark.MiddleX() - width/2, Y: mark.Bottom - height - 3},
	} {
		place := pen.Box(at.X, at.Y, at.X+width, at.Y+height)
		inside := place.Left >= box.Left && place.Right <= box.Right && place.Bottom >= box.Bottom && place.Top <= box.Top
		if inside && !slices.ContainsFunc(taken, func(t pen.Rect) bool {
			return place.Left < t.Right && place.Right > t.Left && place.Bottom < t.Top && place.Top > t.Bottom
		}) {
			return place, true
		}
	}
	return pen.Rect{}, false
}
