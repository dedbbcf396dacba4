package page_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// lateList is a page with the list of late clocks of a compliance pack and the clauses of a contract: words beside numbers.
func lateList(t *testing.T) string {
	t.Helper()
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	late := &table.Table{Columns: []table.Column{{Head: "ticket"}, {Head: "created"}, {Head: "clock"}, right("promised"), right("took"), right("over by"), {Head: "late since"}, {Head: "cause"}}}
	clauses := &table.Table{Columns: []table.Column{{Head: "contract"}, {Head: "credit"}, right("credits a month"), right("credits a year"), right("of the fees"), right("periods that pay"), right("years that pay")}}
	for i := range 4 {
		late.Add(table.Text(fmt.Sprintf("t010000330000000%d", i)), table.Text("Wed 11 Feb 2026 10:53:30 GMT"), table.Text("resolution"), table.Num("30 min on office", 1800), table.Num("4 h 37 min 55 s", 16675),
			table.Num("2 h 37 min 55 s", 9475), table.Text("Wed 11 Feb 2026 12:53:30 GMT"), table.Text("in work of engineers 4 h 15 min 45 s, waiting for a first touch 1 h 30 min, waiting for the next touch 8 min 41 s"))
		clauses.Add(table.Text("northwind"), table.Text("10% of the fee for each started 1% below target, at most 25% of the fee of a month"), table.Num("6 517 ± 790", 1), table.Num("76 200 ± 9 500", 1), table.Num("22.2 % ± 0.3", 1),
			table.Num("11 % ± 2", 1), table.Num("100 % (94–100)", 1))
	}
	swept := &table.Table{Columns: []table.Column{{Head: "recovery after black-friday by black-friday factor"}, right("temps heads 10"), right("temps heads 20"), right("temps heads 30"), right("temps heads 40")}}
	swept.Add(table.Text("5"), table.Num("41 h ± 18", 1), table.Num("24 h ± 14", 1), table.Num("13 h ± 13", 1), table.Num("6 h ± 3", 1))
	d := &paper.Document{Title: "A list", Head: "of what was late", Verdict: "Much was late.", Birth: "born here", Sections: []paper.Section{
		{Name: "late", Title: "Broken promises", Words: []string{"Four clocks were late."}, Table: late}, {Name: "clauses", Title: "What is paid back", Table: clauses},
		{Name: "swept", Title: "What was tried", Table: swept},
	}}
	var b bytes.Buffer
	if err := d.WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Words wrap before a table is cut; what has no room all the same is seen to go on; paper has room for all.
func TestNoColumnIsCutUnseen(t *testing.T) {
	b := open(t)
	b.load(fileOf(t, lateList(t)))
	defer b.do(chromedp.EmulateViewport(1280, 900))
	const over = `[...document.querySelectorAll(".scroll")].map(e => e.scrollWidth - e.clientWidth)`
	for i, width := range []int64{1200, 1000} { // of the first table, and of the second
		b.do(chromedp.EmulateViewport(width, 900))
		if n := value[[]float64](b, over)[i]; n > 0 {
			t.Errorf("%d pixels wide: %v pixels of table %d are cut", width, n, i)
		}
	}
	b.do(chromedp.EmulateViewport(360, 740))
	if n := value[[]float64](b, over); n[0] < 100 {
		t.Fatalf("only %v pixels of a wide table are cut on a phone", n)
	}
	if lines := value[float64](b, `(() => { const e = [...document.querySelectorAll("thead")].pop(); return e.clientHeight / parseFloat(getComputedStyle(e).lineHeight) })()`); lines > 4.5 {
		t.Errorf("on a phone the head of a table takes %.1f lines", lines)
	}
	// The shade at the edge stays while what covers it scrolls away.
	const shade = `[...document.querySelectorAll(".scroll")].map(e => { const s = getComputedStyle(e); return s.backgroundAttachment + " " + (s.backgroundImage.match(/linear-gradient/g) || []).length })`
	for _, s := range value[[]string](b, shade) {
		if s != "local, local, scroll, scroll 4" {
			t.Errorf("a table that goes on does not look it: %s", s)
		}
	}
	// A4 within its margins.
	b.do(chromedp.EmulateViewport(703, 1000))
	b.medium("print")
	defer b.medium("")
	for i, n := range value[[]float64](b, `[...document.querySelectorAll("table")].map(e => e.offsetWidth - document.querySelector("main").clientWidth)`) {
		if n > 0 {
			t.Errorf("on paper %v pixels of table %d are cut", n, i)
		}
	}
	if s := value[string](b, `(() => { const s = getComputedStyle(document.querySelector(".text")); return s.breakInside + " " + s.breakAfter + " " + getComputedStyle(document.querySelector(".scroll")).backgroundImage })()`); s != "avoid avoid none" {
		t.Errorf("words part from what they are about: %s", s)
	}
}
