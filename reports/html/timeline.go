package html

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// Timeline is a chart over time.
type Timeline struct {
	Title   string
	Caption string // what lines and bands mean
	Start   time.Time
	// Interval is how long each value holds.
	Interval time.Duration
	Unit     outcome.Unit
	Lines    []Line
	Windows  []Window
	Warmup   time.Duration // from the start: drawn, but veiled
	Goal     Range
	AtLeast  float64 // the axis reaches at least here
}

// Line is a series with its band: one entry per interval, NaN for none. Low and High may be empty.
type Line struct {
	Name              string
	Values, Low, High []outcome.Float
	Band              string // what Low and High are
	Steps             bool
	Told              *outcome.Told // of which clocks a breach rate is the ratio; nil for other lines
}

// Window is a stretch of time to point out, since Start. One that ends where it starts is an instant.
type Window struct {
	Name     string
	From, To time.Duration
}

// Range is where values should be; empty for none.
type Range struct {
	Name      string
	Low, High float64
}

// The most numbers that all charts over time of a page may hold together, and the fewest points that
// each of them keeps. A number takes about five bytes.
const (
	budget = 380_000
	fewest = 400
)

// share is how many points each chart over time may have, so that the page stays small.
func (p *Page) share() int {
	lists := 0
	for _, section := range p.Sections {
		lists += listsOf(section.Blocks)
	}
	return max(budget/max(lists, 1), fewest)
}

// listsOf counts the lists of numbers of the charts over time.
func listsOf(blocks []Block) (lists int) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Fold:
			lists += listsOf(b.Blocks)
		case *Timeline:
			for _, l := range b.Lines {
				lists++
				if len(l.Low) > 0 {
					lists += 2
				}
				if l.counted() {
					lists += 2
				}
			}
		}
	}
	return lists
}

// figure is a chart as the template takes it.
type figure struct {
	Index         int
	Title         string
	Caption       string
	YName         string // what the vertical axis counts; empty where its numbers say it
	Label         string // what a screen reader says of it
	Keys          []key
	Table         *grid // of the numbers behind it, or of their extremes
	Rows          bool  // the script adds the rows of what is in view
	Still, Warmup bool
}

// key is an entry of a legend. Its number gives colour and dashes.
type key struct {
	Number int
	Name   string
	Loose  bool // points without a line
	Plain  bool // a line to hold the others against
}

// timeData is what the script knows of a chart over time. Numbers are those that people read.
type timeData struct {
	Kind     string          `json:"kind"`
	Unit     string          `json:"unit"`
	Start    int64           `json:"start"`
	Step     int64           `json:"step"`
	At       []int           `json:"at,omitempty"` // the intervals that are drawn; empty for all
	Zone     [][2]int64      `json:"zone"`         // from when on which distance from UTC holds
	Lines    []lineData      `json:"lines"`
	Windows  []windowData    `json:"windows,omitempty"`
	Measured int64           `json:"measured"` // the end of the warm-up
	Goal     *goalData       `json:"goal,omitempty"`
	Least    json.RawMessage `json:"least"`
}

type lineData struct {
	Name   string          `json:"name"`
	Values json.RawMessage `json:"v"`
	Low    json.RawMessage `json:"lo,omitempty"`
	High   json.RawMessage `json:"hi,omitempty"`
	Band   string          `json:"band,omitempty"`
	Steps  bool            `json:"steps,omitempty"`
	Part   []uint64        `json:"part,omitempty"` // breached clocks
	Whole  []uint64        `json:"whole,omitempty"`
	Spans  [][2]int        `json:"spans,omitempty"` // intervals that are put together: the first, and how many
}

type windowData struct {
	Name string `json:"name"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
}

type goalData struct {
	Name string          `json:"name"`
	Low  json.RawMessage `json:"lo"`
	High json.RawMessage `json:"hi"`
}

func (t *Timeline) set(s *setter) (block, error) {
	n := 0
	for _, l := range t.Lines {
		n = max(n, len(l.Values))
	}
	if n == 0 || t.Interval <= 0 {
		return block{}, fmt.Errorf("a chart of %q without values", t.Title)
	}
	at := thin(t.Lines, n, s.share)
	d := timeData{
		Kind: "time", Unit: unitWord(t.Unit), Start: t.Start.Unix(), Step: int64(t.Interval / time.Second), At: at,
		Zone: offsets(t.Start, time.Duration(n)*t.Interval), Measured: t.Start.Add(t.Warmup).Unix(), Least: number(t.AtLeast, t.Unit),
	}
	f := &figure{Index: len(s.charts), Title: format.Clean(t.Title), Caption: t.Caption, Rows: true, YName: axisWord(t.Unit)}
	if at != nil {
		f.Caption += " Thinned for this page: of each " + format.Stated(time.Duration(math.Ceil(float64(n)/float64(buckets(len(t.Lines), s.share))))*t.Interval) +
			" only the intervals with the lowest and the highest value of a line are drawn, as they are."
	}
	for i, l := range t.Lines {
		line := lineData{Name: format.Clean(l.Name), Values: numbers(l.Values, at, t.Unit), Band: l.Band, Steps: l.Steps}
		if len(l.Low) == len(l.Values) && len(l.High) == len(l.Values) {
			line.Low, line.High = numbers(l.Low, at, t.Unit), numbers(l.High, at, t.Unit)
		}
		line.count(&l, at)
		d.Lines = append(d.Lines, line)
		f.Keys = append(f.Keys, key{Number: i, Name: line.Name})
	}
	for _, w := range t.Windows {
		d.Windows = append(d.Windows, windowData{format.Clean(w.Name), t.Start.Add(w.From).Unix(), t.Start.Add(w.To).Unix()})
	}
	if t.Goal.High > t.Goal.Low {
		d.Goal = &goalData{format.Clean(t.Goal.Name), number(t.Goal.Low, t.Unit), number(t.Goal.High, t.Unit)}
	}
	f.Table, f.Label = t.extremes()
	f.Table.Label = s.label(f.Table.Name)
	s.charts = append(s.charts, d)
	return block{Chart: f}, nil
}

// counted reports whether a line knows of which clocks it is the ratio.
func (l *Line) counted() bool { return l.Told != nil && len(l.Told.Judged) > 0 }

// count adds the clocks of the intervals at, or of all if it is nil.
func (d *lineData) count(l *Line, at []int) {
	if !l.counted() {
		return
	}
	d.Part, d.Whole = l.Told.Breached, l.Told.Judged
	if at != nil {
		d.Part, d.Whole = make([]uint64, len(at)), make([]uint64, len(at))
		for k, i := range at {
			d.Part[k], d.Whole[k] = l.Told.Breached[i], l.Told.Judged[i]
		}
	}
	for _, span := range l.Told.Spans {
		d.Spans = append(d.Spans, [2]int{span.From, span.Intervals})
	}
}

// extremes is the table of where each line is lowest and highest in the measured time, and the
// same in words.
func (t *Timeline) extremes() (*grid, string) {
	g := &grid{Name: format.Clean(t.Title)}
	for i, head := range []string{"line", "lowest", "at", "highest", "at"} {
		g.Heads = append(g.Heads, gridHead{head, i == 1 || i == 3})
	}
	words := []string{format.Clean(t.Title)}
	for _, l := range t.Lines {
		low, high := -1, -1
		for i, v := range l.Values {
			if math.IsNaN(float64(v)) || time.Duration(i)*t.Interval < t.Warmup {
				continue
			}
			if low < 0 || v < l.Values[low] {
				low = i
			}
			if high < 0 || v > l.Values[high] {
				high = i
			}
		}
		if low < 0 {
			continue
		}
		name := format.Clean(l.Name)
		when := func(i int) string { return format.Moment(t.Start.Add(time.Duration(i) * t.Interval)) }
		g.Rows = append(g.Rows, []gridCell{
			{Text: name, First: true},
			{Text: withUnit(float64(l.Values[low]), t.Unit), Right: true}, {Text: when(low)},
			{Text: withUnit(float64(l.Values[high]), t.Unit), Right: true}, {Text: when(high)},
		})
		words = append(words, name+" from "+withUnit(float64(l.Values[low]), t.Unit)+" to "+withUnit(float64(l.Values[high]), t.Unit)+", highest at "+when(high))
	}
	return g, strings.Join(words, ". ") + "."
}

// buckets is into how many stretches a chart of some lines is divided to keep to a number of points:
// each line has two points in each.
func buckets(lines, most int) int { return max(most/(2*max(lines, 1)), 1) }

// thin chooses the intervals to draw: nil for all. Of each stretch they are those in which a line has its
// lowest and its highest value, so that no peak is lost and every number that is drawn is one of the
// outcome; and the first, which keeps gaps.
func thin(lines []Line, n, most int) []int {
	if n <= most {
		return nil
	}
	size := int(math.Ceil(float64(n) / float64(buckets(len(lines), most))))
	var at []int
	for from := 0; from < n; from += size {
		to := min(from+size, n)
		kept := []int{}
		for _, l := range lines {
			low, high := -1, -1
			for i := from; i < min(to, len(l.Values)); i++ {
				if math.IsNaN(float64(l.Values[i])) {
					continue
				}
				if low < 0 || l.Values[i] < l.Values[low] {
					low = i
				}
				if high < 0 || l.Values[i] > l.Values[high] {
					high = i
				}
			}
			if low >= 0 {
				kept = append(kept, low, high)
			}
		}
		if len(kept) == 0 {
			kept = append(kept, from)
		}
		slices.Sort(kept)
		at = append(at, slices.Compact(kept)...)
	}
	return at
}

// offsets lists from when on, in seconds since 1970, which distance from UTC holds.
func offsets(start time.Time, length time.Duration) [][2]int64 {
	_, last := start.Zone()
	list := [][2]int64{{start.Unix(), int64(last)}}
	// Clocks change on whole quarters of an hour.
	for d := time.Duration(0); d <= length; d += 15 * time.Minute {
		t := start.Add(d)
		if _, now := t.Zone(); now != last {
			list = append(list, [2]int64{t.Unix(), int64(now)})
			last = now
		}
	}
	return list
}
