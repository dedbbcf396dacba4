package page_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

// The page as a reader has it in front of him. One browser serves all the parts, in order.
func TestThePageInABrowser(t *testing.T) {
	b := open(t)
	x := sample.Experiment(sample.Options{Replications: 12})
	path := pageOf(t, x)
	b.load(path)
	for _, part := range []struct {
		name string
		test func(b tab)
	}{
		{"it loads without an error and asks nothing of a network", loads},
		{"what is not the page's own does not run", foreign},
		{"dragging zooms and reset zooms out", zooms},
		{"a tooltip shows the numbers of the outcome", func(b tab) { tells(b, x) }},
		{"the keyboard reads and zooms", types},
		{"a key hides its line", toggles},
		{"the table behind a chart follows the zoom", tabulates},
		{"dark where the system is dark, and by the switch", darkens},
		{"a window of 360 pixels does not scroll sideways", func(b tab) { narrow(b, path) }},
		{"it prints to PDF", func(b tab) { prints(b, path) }},
		{"what is folded opens by keyboard, by a link into it, all at once, and on paper", unfolds},
		{"hostile names do nothing", harmless},
		{"a year opens", opens},
	} {
		t.Run(part.name, func(t *testing.T) {
			part.test(b.in(t))
			if s := b.said.take(); s != "" {
				t.Error(s)
			}
		})
	}
}

func loads(b tab) {
	charts := value[float64](b, `document.querySelectorAll("figure.chart").length`)
	if drawn := value[float64](b, `+document.documentElement.dataset.ready`); charts < 6 || drawn != charts {
		b.Errorf("%v charts, drawn %v", charts, drawn)
	}
}

func foreign(b tab) {
	ran := value[bool](b, `(() => { const s = document.createElement("script"); s.textContent = "window.foreign = 1"; document.body.append(s);
		const i = new Image(); i.src = "https://example.invalid/x.png"; return window.foreign !== undefined })()`)
	if ran {
		b.Error("a foreign script ran")
	}
	b.do()
	if s := b.said.take(); strings.Count(s, "Content Security Policy") != 2 || !strings.Contains(s, "failed: csp") {
		b.Errorf("the policy let something through or said nothing: %q", s)
	}
}

// first is the first chart over time, which the one by day stands before.
const first = `figure.chart[data-chart="1"]`

// over is where the first chart lies, in pixels of the window.
func over(b tab) (left, top, width, height float64) {
	b.Helper()
	box := value[[]float64](b, `(() => { const o = document.querySelector('`+first+` .u-over'); o.scrollIntoView({block: "center", behavior: "instant"});
		const r = o.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`)
	return box[0], box[1], box[2], box[3]
}

// span is how much time the first chart shows, in seconds.
const span = `(() => { const d = document.querySelector('` + first + ` .plot').dataset; return d.to - d.from })()`

func zooms(b tab) {
	whole := value[float64](b, span)
	left, top, width, height := over(b)
	b.do(chromedp.DragAndDropXY(left+width*0.25, top+height/2, left+width*0.5, top+height/2, 4))
	if part := value[float64](b, span); part < 0.2*whole || part > 0.3*whole {
		b.Errorf("dragging over a quarter shows %.2f of the time", part/whole)
	}
	b.click(first + ` [data-do="reset"]`)
	if back := value[float64](b, span); back != whole {
		b.Errorf("reset shows %.2f of the time", back/whole)
	}
	b.click(first + ` [data-do="in"]`)
	if half := value[float64](b, span); half > 0.51*whole || half < 0.49*whole {
		b.Errorf("the button shows %.2f of the time", half/whole)
	}
	b.click(first + ` [data-do="reset"]`)
}

func tells(b tab, x *outcome.Experiment) {
	left, top, width, height := over(b)
	move := func(x float64) chromedp.Action[chromedp.Void] {
		return chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, left+width*x, top+height/2)
	}
	b.do(move(0.54), move(0.55))
	text := value[string](b, `(() => { const b = document.querySelector('`+first+` .tip'); return b.hidden ? "" : b.innerText })()`)
	moment, _, _ := strings.Cut(text, "–")
	zone, err := time.LoadLocation(x.Scenario.Zone)
	if err != nil {
		b.Fatal(err)
	}
	s, found := shown(seriesOf(x, "Breach rate of first reply, by tier", "Starter")), false
	for i := range s.Mean {
		if format.Moment(x.Scenario.Start.Add(time.Duration(i)*x.Scenario.Interval).In(zone)) != moment {
			continue
		}
		found = true
		trimmed := func(v outcome.Float) string { return strconv.FormatFloat(number(float64(v), s.Unit), 'f', -1, 64) }
		for _, want := range []string{"Starter: " + trimmed(s.Mean[i]) + "\u202f%", trimmed(s.Low[i]) + "–" + trimmed(s.High[i]) + "\u202f%, 95\u202f% interval",
			"interval; " + format.Count(float64(s.Breached[i])) + " of " + format.Count(float64(s.Judged[i])) + " clocks"} {
			if !strings.Contains(text, want) {
				b.Errorf("the tooltip has no %q: %q", want, text)
			}
		}
	}
	if !found {
		b.Errorf("the tooltip is of no interval: %q", text)
	}
}

func types(b tab) {
	whole := value[float64](b, span)
	b.do(chromedp.Focus(chromedp.CSS(first+` .plot`)), chromedp.KeyEvent("+"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if half := value[float64](b, span); half >= whole {
		b.Error("plus does not zoom")
	}
	if text := value[string](b, `document.getElementById("live").textContent`); !strings.Contains(text, "Starter: ") {
		b.Errorf("arrows read out %q", text)
	}
	b.do(chromedp.KeyEvent("0"))
	if value[float64](b, span) != whole {
		b.Error("0 does not reset")
	}
}

// inked counts the pixels of the first chart that are blue.
const inked = `(() => { const from = document.querySelector('` + first + ` canvas'), c = new OffscreenCanvas(from.width, from.height);
	const x = c.getContext("2d", { willReadFrequently: true }); x.drawImage(from, 0, 0); const d = x.getImageData(0, 0, c.width, c.height).data;
	let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 60 && d[i + 2] > 130) n++; return n })()`

func toggles(b tab) {
	before := value[float64](b, inked) // the first line is blue
	key := first + ` [data-line="0"]`
	b.click(key)
	if after := value[float64](b, inked); before < 50 || after > before/10 {
		b.Errorf("blue pixels: %v before, %v hidden", before, after)
	}
	if on := value[string](b, `document.querySelector('`+key+`').getAttribute("aria-pressed")`); on != "false" {
		b.Errorf("aria-pressed is %v", on)
	}
	b.click(key)
	if after := value[float64](b, inked); after < 0.9*before {
		b.Errorf("blue pixels: %v before, %v shown again", before, after)
	}
}

func tabulates(b tab) {
	behind := func(open string) { value[bool](b, `document.querySelector('`+first+` details').open = `+open); b.do() }
	behind("true")
	rows := `document.querySelectorAll('` + first + ` .rows tbody tr').length`
	if n := value[float64](b, rows); n != 400 {
		b.Errorf("%v rows", n)
	}
	for range 5 {
		b.click(first + ` [data-do="in"]`)
	}
	if n := value[float64](b, rows); n < 10 || n > 60 {
		b.Errorf("%v rows of a 32nd of three weeks in half-hours", n)
	}
	b.click(first + ` [data-do="reset"]`)
	behind("false")
}

func darkens(b tab) {
	ground := `getComputedStyle(document.body).backgroundColor`
	light := value[string](b, ground)
	b.system(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	b.do()
	dark := value[string](b, ground)
	if dark == light {
		b.Error("a dark system gets a light page")
	}
	if on := value[string](b, `document.getElementById("theme").getAttribute("aria-pressed")`); on != "true" {
		b.Errorf("the switch says %v", on)
	}
	b.click("#theme")
	if value[string](b, ground) != light {
		b.Error("the switch does not lighten")
	}
	b.system()
	b.click("#theme")
	if value[string](b, ground) != dark {
		b.Error("the switch does not darken")
	}
}

func narrow(b tab, path string) {
	b.do(chromedp.EmulateViewport(360, 740))
	b.load(path)
	if w := value[float64](b, `document.documentElement.scrollWidth`); w != 360 {
		b.Errorf("the page is %v pixels wide", w)
	}
	if w := value[float64](b, `Math.max(...[...document.querySelectorAll(".plot canvas")].map(c => c.getBoundingClientRect().right))`); w > 360 {
		b.Errorf("a chart reaches to %v", w)
	}
	b.do(chromedp.EmulateViewport(1280, 900))
}

// prints prints the page while it is dark: paper is light, and the charts are on it.
func prints(b tab, path string) {
	b.load(path)
	b.click("#theme")
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		b.Fatal(err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF")) || len(pdf) < 50_000 {
		b.Errorf("%d bytes that begin with %.8q", len(pdf), pdf)
	}
	if n := bytes.Count(pdf, []byte("/Type /Page\n")); n < 3 || n > 40 {
		b.Errorf("%d pages", n)
	}
	if theme := value[string](b, `document.documentElement.dataset.theme`); theme != "dark" {
		b.Errorf("after printing the page is %v", theme)
	}
	// What scrolls on a screen is whole on paper, and paper says what it lacks.
	b.medium("print")
	defer b.medium("")
	const lacking = `(() => { const cut = [...document.querySelectorAll(".scroll")].filter(e => e.checkVisibility()).
		filter(e => { const s = getComputedStyle(e); return s.overflow !== "visible" || s.maxHeight !== "none" }).length;
		return cut + " cut, " + getComputedStyle(document.querySelector(".printed")).display + ", " + [...document.querySelectorAll(".hint")].filter(e => e.checkVisibility()).length + " hints" })()`
	if got := value[string](b, lacking); got != "0 cut, block, 0 hints" {
		b.Errorf("on paper: %s", got)
	}
}

// unfolds opens what is folded, in each way that there is. A search in the page opens it as a link does: both are
// the revealing of HTML's details, which need what is folded to be in the page and in such an element.
func unfolds(b tab) {
	b.load(fileOf(b.T, comparison(b.T)))
	const open = `document.querySelectorAll("details.fold[open]").length`
	folds := value[float64](b, `document.querySelectorAll("details.fold").length`)
	if n := value[float64](b, open); folds < 10 || n != 0 {
		b.Fatalf("%v folds, %v open", folds, n)
	}
	if height := value[float64](b, `document.documentElement.scrollHeight / innerHeight`); height > 12 {
		b.Errorf("the page is %.1f screens tall before anything is opened", height)
	}
	b.do(chromedp.Focus(chromedp.CSS("details.fold > summary")), chromedp.KeyEvent(kb.Enter))
	if n := value[float64](b, open); n != 1 {
		b.Errorf("Enter leaves %v open", n)
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	value[bool](b, `(() => { document.documentElement.style.scrollBehavior = "auto"; const inside = document.querySelectorAll("details.fold")[3].querySelector("table, figure"); inside.id = "inside"; location.hash = "inside"; return true })()`)
	b.do()
	if n := value[float64](b, `document.getElementById("inside").closest("details.fold").open ? `+open+` : 0`); n != 1 {
		b.Errorf("a link into a fold leaves %v open", n)
	}
	// The switch is at the top: a click while the page still moves would miss it.
	value[bool](b, `(() => { scrollTo(0, 0); return true })()`)
	b.do()
	b.click("#unfold")
	if n := value[float64](b, open); n != folds {
		b.Errorf("%v of %v are open at once", n, folds)
	}
	if hidden := value[float64](b, `[...document.querySelectorAll("details.fold .plot")].filter(p => p.querySelector("canvas").getBoundingClientRect().width < 100).length`); hidden > 0 {
		b.Errorf("%v charts have no size when they are opened", hidden)
	}
	if on := value[string](b, `document.getElementById("unfold").getAttribute("aria-pressed")`); on != "true" {
		b.Errorf("the switch says %v", on)
	}
	b.click("#unfold")
	pages := func() int {
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			b.Fatal(err)
		}
		return bytes.Count(pdf, []byte("/Type /Page\n"))
	}
	folded := pages()
	if n := value[float64](b, open); n != 0 {
		b.Errorf("after printing %v are open", n)
	}
	b.click("#unfold")
	if unfolded := pages(); folded != unfolded || folded < 10 {
		b.Errorf("%d pages are printed where all is folded, %d where nothing is", folded, unfolded)
	}
}

// harmless loads a page on which every name would like to be a script.
func harmless(b tab) {
	b.load(pageOf(b.T, poison(b.T, sample.Experiment(sample.Options{Replications: 5, Days: 14}))))
	left, top, width, height := over(b)
	for _, x := range []float64{0.5, 0.8} {
		b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, left+width*x, top+height/2))
	}
	value[bool](b, `(() => { for (const d of document.querySelectorAll("details")) d.open = true; return true })()`)
	b.do()
	if n := value[float64](b, `document.querySelectorAll("script").length`); n != 4 {
		b.Errorf("%v scripts", n)
	}
	if n := value[float64](b, `document.querySelectorAll("img, iframe, [onload], [onerror], [onmouseover]").length`); n != 0 {
		b.Errorf("%v elements that could do harm", n)
	}
}

// opens loads a year in half-hours, and tells how long that takes. A limit would fail on a busy machine.
func opens(b tab) {
	b.load(pageOf(b.T, year()))
	b.Logf("a year is open after %.0f ms", value[float64](b, `performance.getEntriesByName("open")[0].startTime`))
}
