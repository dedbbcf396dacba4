package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	draw2 "image/draw"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var nan = math.NaN()

// weekly is the shape of two busy weeks with a spike on the tenth day.
func weekly(scale float64) []outcome.Float {
	rng := rand.New(rand.NewPCG(3, 4))
	var values []outcome.Float
	for i := range 14 * 48 {
		hour := float64(i%48) / 2
		v := scale * (0.2 + math.Max(0, math.Sin((hour-7)/14*math.Pi))) * (1 + 0.05*rng.NormFloat64())
		if d := float64(i)/48 - 10; d > 0 && d < 1 {
			v *= 1 + 4*math.Sin(d*math.Pi)
		}
		values = append(values, outcome.Float(math.Max(v, 0)))
	}
	return values
}

func times(values []outcome.Float, k float64) []outcome.Float {
	scaled := make([]outcome.Float, len(values))
	for i, v := range values {
		scaled[i] = v * outcome.Float(k)
	}
	return scaled
}

func holes(values []outcome.Float) []outcome.Float {
	rng := rand.New(rand.NewPCG(5, 6))
	for i := range values {
		if rng.Float64() < 0.05 || i%48 < 14 {
			values[i] = outcome.Float(nan)
		}
	}
	return values
}

// timeline is a chart with everything that a timeline can have.
func timeline() chart.Timeline {
	capacity := make([]outcome.Float, 14*48)
	for i := range capacity {
		if h := i % 48 / 2; h >= 7 && h < 20 {
			capacity[i] = 90
		}
	}
	arrivals := weekly(60)
	rates := holes(times(weekly(0.1), 1))
	return chart.Timeline{
		Text: chart.Text{
			Title: "Arrivals and what became of them", Subtitle: "A made-up fortnight in Europe/Berlin, with a clock change",
			Caption: "Band: nine tenths of the line to eleven tenths.", Notes: []string{"Nothing of this has happened."}, Source: "made by a test",
		},
		Start:    time.Date(2026, 3, 23, 0, 0, 0, 0, time.FixedZone("CET", 3600)),
		Interval: 30 * time.Minute,
		Warmup:   48 * time.Hour,
		Windows: []chart.Window{
			{Name: "sale, 5×", From: 10 * 24 * time.Hour, To: 11 * 24 * time.Hour},
			{Name: "recovered", From: 272 * time.Hour, To: 272 * time.Hour},
		},
		Panels: []chart.Panel{
			{Name: "Tickets per hour", Unit: outcome.UnitPerHour, Lines: []chart.Line{
				{Name: "arrivals", Ink: chart.Blue, Values: arrivals, Low: times(arrivals, 0.9), High: times(arrivals, 1.1), Band: "band"},
				{Name: "capacity", Ink: chart.Slate, Values: capacity, Steps: true},
			}},
			{Name: "Breached", Unit: outcome.UnitShare, Goal: chart.Range{Name: "goal", High: 0.05, Low: 0.001}, Lines: []chart.Line{
				{Ink: chart.Vermilion, Values: rates, Low: times(rates, 0.9), High: times(rates, 1.1)},
			}},
		},
	}
}

func heat() chart.HeatMap {
	h := chart.HeatMap{Key: "breached", Text: chart.Text{Title: "Breach rate by hour of the week", Caption: "Hatched: no tickets."}}
	for day := range h.Cells {
		for hour := range h.Cells[day] {
			h.Cells[day][hour] = 0.45 * math.Max(0, math.Sin(float64(hour+3*day)/9))
			if day == 6 && hour < 7 {
				h.Cells[day][hour] = nan
			}
		}
	}
	return h
}

// credits are amounts that fall together at the cap, with all three marks close.
func credits() chart.Distribution {
	d := chart.Distribution{Text: chart.Text{Title: "Service credits"}, Head: "Credit, USD", Marks: []chart.Mark{
		{Name: "Mean", Value: 6300, Text: "6 300 ± 400", Ink: chart.Slate},
		{Name: "P95", Value: 9000, Text: "9 000 ± 0", Ink: chart.Vermilion},
		{Name: "CVaR95", Value: 9000, Text: "9 000 ± 0", Ink: chart.Purple},
	}}
	for i := range 64 {
		d.Values = append(d.Values, float64(min(5, i/8))*1800)
	}
	return d
}

func smooth() chart.Distribution {
	rng := rand.New(rand.NewPCG(7, 8))
	d := chart.Distribution{Text: chart.Text{Title: "Credits of many sizes"}, Head: "Credit, USD"}
	for i := range 1000 {
		d.Values = append(d.Values, 0)
		if i%3 > 0 {
			d.Values[i] = 4000 * rng.ExpFloat64()
		}
	}
	return d
}

func bars() chart.Bars {
	long := "everything-open-all-night-and-on-every-single-holiday-of-the-year"
	return chart.Bars{
		Text:      chart.Text{Title: "Comparison with office hours", Subtitle: "Night costs 2.3x and removes 91 % of the breaches."},
		Scenarios: []string{"office", "night", long},
		Groups: []chart.Group{
			{Name: "Cost, USD", Unit: outcome.UnitMoney, Bars: []chart.Bar{
				{Value: 41000, Low: 40800, High: 41200, Text: "41 000 ± 200"}, {Value: 94000, Low: 93000, High: 95000, Text: "94 000 ± 1 000 (2.3x)"},
				{Value: 120000, Low: nan, High: nan, Text: "120 000 ± ∞"},
			}},
			{Name: "Breach rate", Unit: outcome.UnitShare, Bars: []chart.Bar{
				{Value: 0.31, Low: 0.28, High: 0.34, Text: "31 % ± 3"}, {Value: 0.028, Low: 0.02, High: 0.036, Text: "2.8 % ± 0.8 (0.09x)"}, {Value: 0, Low: 0, High: 0, Text: "0 % ± 0"},
			}},
			{Name: "A change that may be negative", Unit: outcome.UnitMoney, Bars: []chart.Bar{
				{Value: -200, Low: -350, High: -50, Text: "-200 ± 150"}, {Value: 300, Low: 250, High: 350, Text: "300 ± 50"}, {Value: nan, Low: nan, High: nan, Text: "–"},
			}},
		},
	}
}

// curves are two plans with a target, points beyond what can be shown, and marks.
func curves() chart.Curves {
	c := chart.Curves{
		Text: chart.Text{Title: "Breach rate along the spike", Subtitle: "It holds up to 4 with 20 heads.", Caption: "Bands: 95 % intervals.", Source: "made by a test"},
		Name: "Breached", Unit: outcome.UnitShare, FromZero: true,
		X:     chart.Ruler{Name: "spike factor", Suffix: "x", Values: []float64{1, 2, 3, 4, 5, 6}},
		Bound: chart.Bound{Name: "target: 5 %", Value: 0.05},
	}
	for i, heads := range []string{"20 heads", "30 heads"} {
		curve := chart.Curve{Name: heads, Ink: chart.Ink(i)}
		for x := 1.0; x <= 6; x++ {
			y := 0.004 * x * x / float64(i+1)
			if i == 1 && x == 3 {
				y = nan
			}
			curve.Add(x, y, y-0.01, y+0.01)
			curve.Beyond = append(curve.Beyond, 0)
		}
		curve.Beyond[5] = 1 - 2*i
		c.Curves = append(c.Curves, curve)
	}
	dots := chart.Curve{Name: "a sample", Ink: chart.Purple, Dots: true}
	dots.Add(1.5, 0.1, 0.08, 0.12)
	dots.Add(4.2, 0.12, 0.08, 0.16)
	marks := chart.Curve{Name: "tried", Ink: chart.Slate, MarksOnly: true}
	marks.Add(3, 0.02, nan, nan)
	c.Curves = append(c.Curves, dots, marks)
	return c
}

func crowdedCurves() chart.Curves {
	c := curves()
	c.X.Values = nil
	for x := range 300 {
		c.X.Values = append(c.X.Values, float64(x)+0.123)
	}
	c.X.Name = strings.Repeat("axis ", 100)
	for range 20 {
		c.Curves = append(c.Curves, chart.Curve{Name: strings.Repeat("plan ", 30), X: []float64{1, 200}, Y: []float64{1e9, -1e9}})
	}
	return c
}

// gridMap is a break along two axes, with a hole.
func gridMap() chart.GridMap {
	g := chart.GridMap{
		Text:  chart.Text{Title: "Attainment by spike and heads", Caption: "Thick line: beyond it the target is kept."},
		XName: "spike factor", YName: "heads", Unit: outcome.UnitShare, Key: "attainment", HighIsGood: true,
	}
	for i := range 5 {
		g.Rows = append(g.Rows, string(rune('4'+i)))
		var cells []float64
		var met []bool
		for k := range 8 {
			v := 0.99 - 0.015*float64(k*(5-i))
			cells, met = append(cells, v), append(met, v >= 0.9)
		}
		g.Cells, g.Met = append(g.Cells, cells), append(g.Met, met)
	}
	for k := range 8 {
		g.Columns = append(g.Columns, string(rune('1'+k)))
	}
	g.Cells[0][7], g.Met[0][7] = nan, false
	return g
}

func wideGrid() chart.GridMap {
	g := chart.GridMap{XName: strings.Repeat("x ", 400), YName: strings.Repeat("y ", 400), Unit: outcome.UnitMoney, Key: strings.Repeat("key ", 50)}
	for i := range 60 {
		g.Rows = append(g.Rows, strings.Repeat("row ", 40))
		g.Cells = append(g.Cells, make([]float64, 200))
		g.Cells[i][i] = 1e7
	}
	for range 200 {
		g.Columns = append(g.Columns, strings.Repeat("column ", 9))
	}
	return g
}

func draw(t *testing.T, c chart.Chart) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := chart.WritePNG(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAmountsOfManySizesHaveBins(t *testing.T) {
	t.Parallel()
	golden.Picture(t, filepath.Join("testdata", "smooth.png"), draw(t, smooth()), *update)
}

// oddities are charts of data that nobody hopes for.
func oddities() map[string]chart.Chart {
	start := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
	one := func(unit outcome.Unit, values ...outcome.Float) chart.Timeline {
		return chart.Timeline{Start: start, Interval: 30 * time.Minute, Panels: []chart.Panel{{
			Name: strings.Repeat("a very long name ", 20), Unit: unit,
			Lines: []chart.Line{{Name: strings.Repeat("line ", 50), Band: "band", Values: values, Low: values, High: times(values, 2)}},
		}}}
	}
	year := make([]outcome.Float, 365*48)
	for i := range year {
		year[i] = outcome.Float(i % 48)
	}
	cells := chart.HeatMap{}
	for d := range cells.Cells {
		for h := range cells.Cells[d] {
			cells.Cells[d][h] = nan
		}
	}
	crowded := timeline()
	for i := range 30 {
		crowded.Windows = append(crowded.Windows, chart.Window{Name: strings.Repeat("spike ", i+1), From: time.Duration(10*i-40) * time.Hour, To: time.Duration(10*i) * time.Hour})
	}
	crowded.Text = chart.Text{Title: strings.Repeat("title ", 90), Subtitle: strings.Repeat("x", 900), Caption: strings.Repeat("caption ", 400), Source: strings.Repeat("source ", 90)}
	return map[string]chart.Chart{
		"a timeline without panels":      chart.Timeline{},
		"a timeline without intervals":   one(outcome.UnitShare),
		"a timeline without step":        chart.Timeline{Panels: one(outcome.UnitShare, 1).Panels},
		"one point":                      one(outcome.UnitShare, 0.3),
		"only gaps":                      one(outcome.UnitPerHour, outcome.Float(nan), outcome.Float(nan)),
		"only zeros":                     one(outcome.UnitSeconds, 0, 0, 0),
		"an infinite value":              one(outcome.UnitTickets, 1, outcome.Float(math.Inf(1)), 2),
		"tiny values":                    one(outcome.UnitMoney, 1e-300, 2e-300),
		"huge values":                    one(outcome.UnitMoney, 1e300, 2e300),
		"a year":                         one(outcome.UnitTickets, year...),
		"words without end":              crowded,
		"a heat map without data":        cells,
		"a heat map of zeros":            chart.HeatMap{},
		"no credits":                     chart.Distribution{Values: make([]float64, 40), Marks: credits().Marks[:1]},
		"no trials":                      chart.Distribution{},
		"one credit":                     chart.Distribution{Values: []float64{9000}},
		"credits without numbers":        chart.Distribution{Values: []float64{nan, math.Inf(1)}},
		"a mark without a number":        chart.Distribution{Values: []float64{1, 2}, Marks: []chart.Mark{{Name: "P95", Value: nan}}},
		"a comparison of nothing":        chart.Bars{},
		"bars without scenarios":         chart.Bars{Groups: bars().Groups},
		"fewer bars than scenarios":      chart.Bars{Scenarios: []string{"a", "b", "c", "d"}, Groups: bars().Groups[:1]},
		"twenty scenarios and 40 groups": manyBars(),
		"curves of nothing":              chart.Curves{},
		"curves without numbers":         chart.Curves{X: chart.Ruler{Values: []float64{1}}, Curves: []chart.Curve{{X: []float64{1}, Y: []float64{nan}}}},
		"one point of a curve":           chart.Curves{X: chart.Ruler{Values: []float64{1}}, Curves: []chart.Curve{{X: []float64{1}, Y: []float64{0}, Low: []float64{nan}, High: []float64{math.Inf(1)}}}},
		"curves with too many names":     crowdedCurves(),
		"a grid of nothing":              chart.GridMap{},
		"a grid without numbers":         chart.GridMap{Columns: []string{"a"}, Rows: []string{"b"}, Cells: [][]float64{{nan}}},
		"a grid of two hundred columns":  wideGrid(),
		"shares of nothing":              chart.Cumulative{},
		"shares without numbers":         chart.Cumulative{Steps: []chart.Steps{{Values: []float64{nan, math.Inf(1)}, Shares: []float64{1, nan}}}},
		"one time":                       chart.Cumulative{Unit: outcome.UnitSeconds, Steps: []chart.Steps{{Values: []float64{0}, Shares: []float64{1}}}},
		"times of centuries":             chart.Cumulative{Unit: outcome.UnitSeconds, Steps: []chart.Steps{{Values: []float64{1e-9, 1e12}, Shares: []float64{0.5, 1}}}},
		"one amount":                     chart.Cumulative{Unit: outcome.UnitMoney, Steps: []chart.Steps{{Before: 1, Values: []float64{0}, Shares: []float64{0}}}},
		"negative and huge amounts":      chart.Cumulative{Unit: outcome.UnitMoney, Steps: []chart.Steps{{Before: 1, Values: []float64{-1e15, 1e15}, Shares: []float64{0.5, 0}}}},
		"a hundred lines and targets":    manySteps(),
		"no plan":                        chart.Frontier{},
		"a plan without numbers":         chart.Frontier{Spots: []chart.Spot{{Cost: nan, Gain: 1}}},
		"one plan for nothing":           chart.Frontier{Spots: []chart.Spot{{CostLow: nan, CostHigh: math.Inf(1), GainLow: nan}}},
		"five hundred plans":             manyPlans(),
		"a funnel of nothing":            chart.Funnel{},
		"a funnel of zeros":              chart.Funnel{Stages: []chart.Stage{{Name: "a"}, {Name: "b"}}},
		"a funnel of forty stages":       manyStages(),
		"no differences":                 chart.Differences{},
		"a difference without rows":      chart.Differences{Groups: []chart.Contrast{{Name: "a"}}},
		"differences of all kinds":       oddDifferences(),
	}
}

func manyBars() chart.Bars {
	var b chart.Bars
	for range 20 {
		b.Scenarios = append(b.Scenarios, strings.Repeat("scenario ", 9))
	}
	for range 40 {
		g := chart.Group{Name: strings.Repeat("measure ", 30)}
		for i := range 20 {
			g.Bars = append(g.Bars, chart.Bar{Value: float64(i), Low: float64(i) - 1, High: float64(i) + 1, Text: strings.Repeat("9 ", 60)})
		}
		b.Groups = append(b.Groups, g)
	}
	return b
}

func manySteps() chart.Cumulative {
	c := chart.Cumulative{Unit: outcome.UnitSeconds, Name: strings.Repeat("name ", 60), Head: strings.Repeat("head ", 99)}
	for i := range 100 {
		s := chart.Steps{Name: strings.Repeat("line ", 20), Ink: chart.Ink(i)}
		for x := range 50 {
			s.Values, s.Shares = append(s.Values, float64(x*(i+1))), append(s.Shares, float64(x)/49)
		}
		c.Steps = append(c.Steps, s)
		c.Marks = append(c.Marks, chart.Mark{Name: strings.Repeat("target ", 30), Value: float64(7 * i)})
	}
	return c
}

func manyPlans() chart.Frontier {
	rng := rand.New(rand.NewPCG(9, 10))
	f := chart.Frontier{Cost: strings.Repeat("cost ", 99), Gain: strings.Repeat("gain ", 99), Bound: chart.Bound{Name: strings.Repeat("bound ", 99), Value: 2}}
	for range 500 {
		cost, gain := 1e9*rng.Float64(), rng.Float64()
		f.Spots = append(f.Spots, chart.Spot{Name: strings.Repeat("plan ", 40), Cost: cost, CostLow: -1e300, CostHigh: 1e300, Gain: gain, GainLow: gain - 3, GainHigh: gain + 3})
	}
	return f
}

func manyStages() chart.Funnel {
	f := chart.Funnel{Name: strings.Repeat("name ", 99)}
	for i := range 40 {
		f.Stages = append(f.Stages, chart.Stage{Name: strings.Repeat("stage ", 50), Detail: strings.Repeat("detail ", 50), Bar: chart.Bar{Value: 1e12 / float64(i+1), Low: math.Inf(-1), High: math.Inf(1), Text: strings.Repeat("9 ", 200)}})
	}
	return f
}

func oddDifferences() chart.Differences {
	rows := []chart.Change{
		{Name: strings.Repeat("scenario ", 30), Bar: chart.Bar{Value: nan, Low: nan, High: nan, Text: "–"}},
		{Name: "unbounded", Bar: chart.Bar{Value: 1e-9, Low: math.Inf(-1), High: math.Inf(1), Text: strings.Repeat("text ", 60)}},
		{Name: "nothing"}, {Name: "huge", Bar: chart.Bar{Value: 1e200, Low: 0, High: 2e200}},
	}
	for range 30 {
		rows = append(rows, rows[0], rows[3])
	}
	var d chart.Differences
	for _, unit := range []outcome.Unit{outcome.UnitShare, outcome.UnitMoney, outcome.UnitSeconds, "", outcome.UnitShare, outcome.UnitShare, outcome.UnitShare} {
		d.Groups = append(d.Groups, chart.Contrast{Name: strings.Repeat("measure ", 40), Unit: unit, Rows: rows})
	}
	d.Groups[1].Rows = rows[2:3]
	return d
}

func TestOddDataIsDrawnInsideThePage(t *testing.T) {
	t.Parallel()
	for name, c := range oddities() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img, err := png.Decode(bytes.NewReader(draw(t, c)))
			if err != nil {
				t.Fatal(err)
			}
			size := img.Bounds().Size()
			if size.X != 1280 || size.Y != 720 {
				t.Errorf("the picture has %v pixels", size)
			}
			page := image.NewRGBA(img.Bounds())
			draw2.Draw(page, page.Bounds(), img, image.Point{}, draw2.Src)
			ink := 0
			for i := 0; i < len(page.Pix); i += 4 {
				if page.Pix[i] == 0xff && page.Pix[i+1] == 0xff && page.Pix[i+2] == 0xff {
					continue
				}
				ink++
				if x, y := i/4%size.X, i/4/size.X; x < 8 || y < 8 || x >= size.X-8 || y >= size.Y-8 {
					t.Fatalf("something is drawn at the very edge, at %d, %d", x, y)
				}
			}
			if ink == 0 {
				t.Error("the picture is blank")
			}
		})
	}
}

// everything is the examples and the odd charts, and one with evil names.
func everything() map[string]chart.Chart {
	all := oddities()
	all["timeline"], all["heat"], all["credits"], all["bars"] = timeline(), heat(), credits(), bars()
	evil := timeline()
	evil.Text.Title = "</text><script>alert(1)</script> & \x00\x1b[31m \xff 😀 漢字"
	evil.Panels[0].Name = `"quoted" <b>`
	all["evil names"] = evil
	return all
}

func TestSVGIsWellFormedAndNeedsNoFont(t *testing.T) {
	t.Parallel()
	for name, c := range everything() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := chart.WriteSVG(&b, c); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
				t.Error("a coordinate is not a number")
			}
			d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
			known, words := map[string]bool{}, 0
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				e, ok := token.(xml.StartElement)
				if !ok {
					continue
				}
				switch e.Name.Local {
				case "script", "text", "style", "image":
					t.Errorf("there is a %s", e.Name.Local)
				}
				for _, a := range e.Attr {
					switch {
					case a.Name.Local == "id":
						if known[a.Value] {
							t.Errorf("two things are called %q", a.Value)
						}
						known[a.Value] = true
					case a.Name.Local == "href" && !known[strings.TrimPrefix(a.Value, "#")]:
						t.Errorf("the letter %q is nowhere", a.Value)
					case a.Name.Local == "aria-label" && a.Value != "":
						words++
					}
				}
			}
			if words == 0 {
				t.Error("there are no words")
			}
		})
	}
}

func TestPDFIsWholeAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	for name, c := range everything() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b, again bytes.Buffer
			if err := chart.WritePDF(&b, c); err != nil {
				t.Fatal(err)
			}
			if err := chart.WritePDF(&again, c); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("drawing twice gives two files (%v)", err)
			}
			if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(b.Bytes()), []byte("%%EOF")) {
				t.Error("it does not begin and end as a PDF")
			}
			if !bytes.Contains(b.Bytes(), []byte("/FontFile2")) {
				t.Error("the font is not in the file")
			}
			if len(b.Bytes()) > 1<<20 {
				t.Errorf("it has %d bytes", b.Len())
			}
		})
	}
}

func TestSameChartSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(draw(t, timeline()), draw(t, timeline())) {
		t.Error("drawing twice gives two pictures")
	}
}

func TestErrorsOfTheWriterAreReported(t *testing.T) {
	t.Parallel()
	if err := chart.WritePNG(full{}, heat()); err == nil {
		t.Error("PNG: want an error")
	}
	if err := chart.WriteSVG(full{}, heat()); err == nil {
		t.Error("SVG: want an error")
	}
	if err := chart.WritePDF(full{}, heat()); err == nil {
		t.Error("PDF: want an error")
	}
}

// full is a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func ExampleWritePNG() {
	week := chart.HeatMap{
		Text: chart.Text{Title: "Breach rate by hour of the week", Subtitle: "an example"},
		Key:  "breached",
	}
	week.Cells[0][9] = 0.25 // Monday from nine to ten
	file, err := os.CreateTemp("", "week-*.png")
	if err != nil {
		return
	}
	defer os.Remove(file.Name())
	if err := chart.WritePNG(file, week); err != nil {
		return
	}
	file.Close()
}
