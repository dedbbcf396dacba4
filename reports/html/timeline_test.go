package html

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zone must exist on every machine

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/table"
)

func TestThinningKeepsTheLowestAndTheHighestOfEachStretch(t *testing.T) {
	t.Parallel()
	nan := outcome.Float(math.NaN())
	a := []outcome.Float{5, 1, 9, 5, 5, 5, nan, nan, nan, nan, nan, nan}
	b := []outcome.Float{0, 0, 0, 7, 0, 0, nan, nan, nan, nan, nan, nan}
	// Two stretches of six: of the first the lowest and the highest of each line, of the second, which is
	// empty, its beginning.
	if got := thin([]Line{{Values: a}, {Values: b}}, 12, 8); !slices.Equal(got, []int{0, 1, 2, 3, 6}) {
		t.Errorf("kept %v", got)
	}
	if got := thin([]Line{{Values: a}}, 12, 12); got != nil {
		t.Errorf("what has room is thinned to %v", got)
	}
}

func TestOffsetsTellWhenClocksChange(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 28, 0, 0, 0, 0, zone)
	spring := time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC).Unix()
	if got := offsets(start, 72*time.Hour); !slices.Equal(got, [][2]int64{{start.Unix(), 3600}, {spring, 7200}}) {
		t.Errorf("got %v", got)
	}
}

func TestNumbersAreThoseThatPeopleRead(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		x    float64
		unit outcome.Unit
		want string
	}{
		{0.12377, outcome.UnitShare, "12.4"}, {0.9997, outcome.UnitShare, "99.97"}, {12345.6, outcome.UnitTickets, "12346"},
		{-3.21, outcome.UnitHeads, "-3.21"}, {math.NaN(), outcome.UnitShare, "null"}, {math.Inf(1), outcome.UnitHeads, "null"},
	} {
		if got := string(number(row.x, row.unit)); got != row.want {
			t.Errorf("%v %s: %s, want %s", row.x, row.unit, got, row.want)
		}
	}
}

func TestTheShareOfAChartFallsWithTheirNumber(t *testing.T) {
	t.Parallel()
	p := func(lines int) *Page {
		l := Line{Values: []outcome.Float{1}, Low: []outcome.Float{0}, High: []outcome.Float{2}}
		return &Page{Sections: []Section{{Blocks: []Block{&Timeline{Lines: slices.Repeat([]Line{l}, lines)}}}}}
	}
	if few, many, all := p(10).share(), p(100).share(), p(10_000).share(); few != budget/30 || many != budget/300 || all != fewest {
		t.Errorf("%d, %d, %d", few, many, all)
	}
}

func TestWhatIsEmptyIsAnError(t *testing.T) {
	t.Parallel()
	for _, b := range []Block{&Timeline{Title: "x", Interval: time.Hour}, &Timeline{Title: "x", Lines: []Line{{Values: []outcome.Float{1}}}}, &Curves{Title: "x"}} {
		err := Write(new(bytes.Buffer), &Page{Sections: []Section{{Title: "s", Blocks: []Block{b}}}})
		if err == nil || !strings.Contains(err.Error(), `"x"`) {
			t.Errorf("%T: %v", b, err)
		}
	}
}

func TestSectionsWithoutBlocksAreLeftOutAndNotesAreNumbered(t *testing.T) {
	t.Parallel()
	tab := &table.Table{Columns: []table.Column{{Head: "a"}, {Head: "b", Align: table.Right}}}
	tab.Add(table.Text("x"), table.Num("1", 1, "Doubtful.", "Very."))
	var b bytes.Buffer
	err := Write(&b, &Page{
		Title: "T", Verdicts: []Verdict{{Sentence: "It holds.", Doubts: []string{"Very."}}},
		Sections: []Section{{Title: "Empty"}, {Title: "Full", Blocks: []Block{Table{tab}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for want, n := range map[string]int{"Empty": 0, `<h2>Full</h2>`: 1, `id="note-1"`: 1, `id="note-2"`: 1, `href="#note-1"`: 2, `href="#note-2"`: 1, `id="note-3"`: 0} {
		if got := strings.Count(text, want); got != n {
			t.Errorf("%s is there %d times, want %d", want, got, n)
		}
	}
}

// Two curves with points of their own share an axis; where one has none there is a gap.
func TestCurvesShareTheirAxis(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	at := func(x, y float64) Point { return Point{X: x, Y: y, Low: nan, High: nan, XText: "x", Text: "y"} }
	s := &setter{}
	c := &Curves{Title: "c", X: Axis{Log: true}, Curves: []Curve{{Name: "a", Points: []Point{at(1, 5), at(100, 6)}}, {Name: "b", Points: []Point{at(10, 7)}}}}
	if _, err := c.set(s); err != nil {
		t.Fatal(err)
	}
	d := s.charts[0].(curveData)
	var x, a, b []any
	for _, one := range []struct {
		from json.RawMessage
		to   *[]any
	}{{d.X, &x}, {d.Lines[0].Values, &a}, {d.Lines[1].Values, &b}} {
		if err := json.Unmarshal(one.from, one.to); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(x, []any{0.0, 1.0, 2.0}) || !slices.Equal(a, []any{5.0, nil, 6.0}) || !slices.Equal(b, []any{nil, 7.0, nil}) {
		t.Errorf("%v, %v, %v", x, a, b)
	}
}
