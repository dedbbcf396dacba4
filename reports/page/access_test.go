package page_test

import (
	"bytes"
	_ "embed" // of the search for defects
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

//go:embed testdata/defects.js
var defects string

// A page can be used by whoever does not see it, not well, or not without a keyboard: in both themes, with
// all that is folded open.
func TestPagesCanBeUsedByEverybody(t *testing.T) {
	b := open(t)
	for _, p := range []struct {
		name string
		path string
	}{
		{"a run", pageOf(t, sample.Experiment(sample.Options{Replications: 3, Days: 7}))},
		{"a comparison", fileOf(t, comparison(t))},
		{"a sweep", fileOf(t, sweepPage(t))},
		{"a paper", fileOf(t, paperPage(t))},
	} {
		t.Run(p.name, func(t *testing.T) {
			b := b.in(t)
			for _, theme := range []string{"light", "dark"} {
				b.system(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: theme})
				b.load(p.path)
				value[bool](b, `(() => { for (const d of document.querySelectorAll("details")) d.open = true; return true })()`)
				b.do()
				got := value[struct {
					Found                 []string
					Texts, Digits, Tables int
				}](b, defects)
				for _, s := range got.Found {
					t.Errorf("%s: %s", theme, s)
				}
				if got.Texts < 20 || got.Tables < 1 || p.name != "a paper" && got.Digits < 6 {
					t.Errorf("%s: only %+v were looked at", theme, got)
				}
			}
			b.system()
			if p.name != "a comparison" { // it has what the others have
				b.load(p.path)
				stops(b)
			}
			if s := b.said.take(); s != "" {
				t.Error(s)
			}
		})
	}
}

// stops goes through a page by the Tab key: everything that can be used is reached in the order of the page, and
// shows that it is.
func stops(b tab) {
	value[bool](b, `(() => { window.reached = []; document.addEventListener("focusin", e => {
		const s = getComputedStyle(e.target); reached.push([e.target, e.target.matches(":focus-visible") && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2]) }); return true })()`)
	const usable = `[...document.querySelectorAll("a, button:enabled, summary, [tabindex='0']")].filter(e => e.checkVisibility())`
	n := int(value[float64](b, usable+`.length`))
	var keys []chromedp.Action[chromedp.Void]
	for range n {
		keys = append(keys, chromedp.KeyEvent(kb.Tab))
	}
	b.do(keys...)
	missed := value[[]string](b, `(() => { const want = `+usable+`, got = reached.map(r => r[0]);
		return want.filter((e, i) => got[i] !== e).map(e => e.outerHTML.slice(0, 80)) })()`)
	if len(missed) > 0 {
		b.Errorf("%d of %d stops are missed or out of order, first %s", len(missed), n, missed[0])
	}
	if dim := value[[]string](b, `reached.filter(r => !r[1]).map(r => r[0].outerHTML.slice(0, 80))`); len(dim) > 0 {
		b.Errorf("%d stops do not show, first %s", len(dim), dim[0])
	}
}

// A search that finds nothing anywhere would prove nothing.
func TestTheSearchFindsDefects(t *testing.T) {
	b := open(t)
	b.load(pageOf(t, sample.Experiment(sample.Options{Replications: 3, Days: 7})))
	for _, harm := range []struct{ name, script, want string }{
		{"faint words", `document.querySelector(".head").style.color = "#999999"`, "contrast of 2.85"},
		{"faint digits", `document.querySelectorAll("rect.cell").forEach(r => { r.style.fill = "#777777"; r.style.fillOpacity = 1 })`, "contrast of"},
		{"a faint line", `document.documentElement.style.setProperty("--ink4", "#e69f00")`, "lines of ink 4"},
		{"a button without a name", `document.querySelector('[data-do="in"]').outerHTML = "<button></button>"`, "has no name"},
		{"a level of headings passed over", `document.querySelector("h2").outerHTML = "<h4>x</h4>"`, "a heading of level 4 after one of level 1"},
		{"a head without a scope", `document.querySelector("thead th").removeAttribute("scope")`, "a head without"},
		{"a link by colour alone", `document.querySelector("a.mark").style.textDecoration = "none"`, "only its colour"},
		{"an id twice", `document.querySelector("h1").id = "main"`, "the same id twice"},
	} {
		value[bool](b, "("+harm.script+", true)")
		got := value[struct{ Found []string }](b, defects)
		if !strings.Contains(strings.Join(got.Found, "\n"), harm.want) {
			t.Errorf("%s is not found: %q", harm.name, got.Found)
		}
	}
}

func fileOf(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func comparison(t *testing.T) string {
	t.Helper()
	xs := []*outcome.Experiment{
		sample.Experiment(sample.Options{Replications: 3, Name: "few", Days: 7}),
		sample.Experiment(sample.Options{Replications: 3, Name: "many", Days: 7, Staff: 1.5}),
	}
	var b bytes.Buffer
	if err := page.Comparison(&b, compared(t, xs...), xs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sweepPage(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Sweep(&b, launch()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// paperPage is a page of words, a table with a head that says nothing, and a picture.
func paperPage(t *testing.T) string {
	t.Helper()
	one := &table.Table{Columns: []table.Column{{Head: "metric"}, {Head: "", Align: table.Right}}}
	one.Add(table.Text("first reply"), table.Num("12 %", 0.12, "A doubt."))
	curve := html.Curve{Name: "kept", Dots: true}
	for i := range 10 {
		x := float64(i)
		curve.Points = append(curve.Points, html.Point{X: x, Y: 10 * x, Low: 9 * x, High: 11 * x, XText: "x", Text: "y"})
	}
	d := &paper.Document{Title: "A paper", Head: "of words", Verdict: "It says something.", Birth: "born here"}
	for _, title := range []string{"One", "Two"} {
		d.Sections = append(d.Sections, paper.Section{Name: title, Title: title, Words: []string{strings.Repeat("Words and words. ", 20), "And more."}, Table: one,
			Pictures: []html.Block{&html.Curves{Title: "How much " + title, Caption: "Dots: numbers.", X: html.Axis{Name: "x"}, Y: html.Axis{Name: "y", Unit: "%"}, Curves: []html.Curve{curve}}}})
	}
	var b bytes.Buffer
	if err := d.WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
