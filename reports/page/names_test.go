package page_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/html"
)

// drawn is a name that a chart has on its canvas, in pixels of that.
type drawn struct {
	Text                    string
	Left, Right, Top, Width float64
}

// Names in a chart are where nothing goes through them: that of a level where the curve is not, those of marks that stand close together
// one below the other, and that of the last tick as a whole.
func TestNamesInChartsCanBeRead(t *testing.T) {
	nan := math.NaN()
	c := &html.Curves{
		Title: "Names", X: html.Axis{Name: "place"}, Y: html.Axis{Name: "days of the year", Unit: "%"}, Bound: &html.Mark{At: 10, Name: "as it should be"},
		Marks: []html.Mark{{At: 4.6, Name: "promised: 40 h"}, {At: 4, Name: "promised: 4 h"}, {At: 4.3, Name: "promised: 8 h"}},
	}
	for i := range 7 {
		x, y := float64(i), 5.
		if i < 2 {
			y = 10.6 // on the left the curve lies where the name of the level would stand
		}
		c.Curves = append(c.Curves[:0], html.Curve{Name: "curve", Steps: true, Points: append(pointsOf(c), html.Point{X: x, Y: y, Low: nan, High: nan, XText: "x", Text: "y"})})
		c.X.Ticks = append(c.X.Ticks, html.Mark{At: x, Name: "week"})
	}
	c.X.Ticks[6].Name = "the last category of them all"
	path := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := html.Write(f, &html.Page{Title: "Names", Sections: []html.Section{{Title: "Chart", Blocks: []html.Block{c}}}}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t)
	b.load(path)
	names := map[string]drawn{}
	value[bool](b, `(() => {
		const fill = CanvasRenderingContext2D.prototype.fillText;
		window.names = [];
		CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
			const long = this.measureText(text).width, left = this.getTransform().transformPoint({ x, y }).x - { left: 0, center: long / 2, right: long }[this.textAlign];
			window.names.push({ text, left, right: left + long, top: y, width: this.canvas.width });
			return fill.apply(this, arguments);
		};
		document.getElementById("theme").click();
		return true;
	})()`)
	b.do()
	for _, w := range value[[]drawn](b, `window.names`) {
		names[w.Text] = w
	}
	if got := value[string](b, `document.querySelector("figure .yname").innerText`); got != "days of the year" {
		t.Errorf("the vertical axis is %q", got)
	}
	last, level := names["the last category of them all"], names["as it should be"]
	if last.Text == "" || last.Right > last.Width {
		t.Errorf("the last tick is cut: %+v", last)
	}
	if level.Text == "" || level.Left < names["week"].Width/4 {
		t.Errorf("the curve goes through the name of the level: %+v", level)
	}
	var rows []string
	for _, name := range []string{"promised: 4 h", "promised: 8 h", "promised: 40 h"} {
		rows = append(rows, name)
		if names[name].Text == "" {
			t.Fatalf("there is no %s in %v", name, names)
		}
	}
	// Behind their lines the first stands highest, before them the last, so that no line begins above a name that it would cross.
	behind := names[rows[0]].Top < names[rows[2]].Top
	for i := range 2 {
		if a, b := names[rows[i]].Top, names[rows[i+1]].Top; (a < b) != behind || math.Abs(a-b) < 12 {
			t.Errorf("%s stands at %v, %s at %v", rows[i], a, rows[i+1], b)
		}
	}
	if s := b.said.take(); strings.TrimSpace(s) != "" {
		t.Error(s)
	}
}

// pointsOf are those of the one curve so far.
func pointsOf(c *html.Curves) []html.Point {
	if len(c.Curves) == 0 {
		return nil
	}
	return c.Curves[0].Points
}
