package paper_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// hostile are strings as they come from data.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title><svg onload=alert(1)>`, `' onmouseover='x`, `=cmd|'/C calc'!A0`, "\t=1+1", `+SUM(A1)`, `@x`, `-2+3`,
	"\x1b[31mred", "\u202Eevil", `[a](javascript:alert(1))`, "a|b", "two\nlines", `quote " and, comma`,
}

// document puts a string everywhere.
func document(s string) *paper.Document {
	t := &table.Table{Columns: []table.Column{{Head: s}, {Head: "n", Unit: "s", Align: table.Right}}}
	t.Add(table.Cell{Text: s, Number: table.Text("").Number, Notes: []string{s}}, table.Num("1", 1))
	t.Add(table.Text(s))
	return &paper.Document{Title: s, Head: s, Verdict: s, Birth: s, Sections: []paper.Section{{Name: "a", Title: s, Words: []string{s}, Table: t}, {Name: "b", Title: "only words"}}}
}

func TestNothingGetsThrough(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		d := document(s)
		var text, markdown, page, cells strings.Builder
		for _, err := range []error{d.WriteText(&text, table.Style{Width: 60}, false), d.WriteMarkdown(&markdown), d.WriteHTML(&page), d.WriteCSV(&cells)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for form, out := range map[string]string{"text": text.String(), "Markdown": markdown.String(), "HTML": page.String(), "CSV": cells.String()} {
			if strings.ContainsAny(out, "\x1b\u202E") {
				t.Errorf("%q as %s: an invisible character gets through", s, form)
			}
		}
		for _, tag := range []string{"<script>alert", "<img", "<svg", "</title><svg"} {
			if strings.Contains(page.String(), tag) || strings.Contains(markdown.String(), tag) {
				t.Errorf("%q: %s gets through", s, tag)
			}
		}
		// The page has its own scripts, its data, and no other.
		if n := strings.Count(page.String(), "<script"); n != 3 {
			t.Errorf("%q: %d scripts", s, n)
		}
		if strings.Contains(markdown.String(), "[a](") {
			t.Errorf("%q is a link", s)
		}
		// An attribute cannot be left: quotes are entities.
		if strings.ContainsAny(s, `"'`) && strings.Contains(page.String(), s) {
			t.Errorf("%q stands in the page as it is", s)
		}
		records, err := csv.NewReader(strings.NewReader(cells.String())).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for _, record := range records {
			for _, cell := range record {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%q is a formula in the cell %q", s, cell)
				}
			}
		}
	}
}

// Every word and number that is in the document is on the page.
func TestAPageHasAllThatIsInTheDocument(t *testing.T) {
	t.Parallel()
	d := &paper.Document{
		Title: "Pack & more", Head: "head", Verdict: "the verdict", Birth: "born here",
		Sections: []paper.Section{{Name: "x", Title: "a section", Words: []string{"first words", "second words"}, Table: &table.Table{
			Columns: []table.Column{{Head: "name"}, {Head: "value", Align: table.Right}},
			Rows:    [][]table.Cell{{table.Text("row one"), table.Num("12.5", 12.5, "a doubt")}, {table.Text("row two"), table.Num("7", 7)}},
		}}},
	}
	var page strings.Builder
	if err := d.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	text := html.UnescapeString(page.String())
	for _, want := range []string{"Pack & more", "head", "the verdict", "born here", "a section", "first words", "second words", "name", "value", "row one", "12.5", "12.5\u00a0<a", "a doubt</li>", "row two", ">7<"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<link", "src=", "@import", "url("} {
		if strings.Contains(text, bad) {
			t.Errorf("the page needs something else: %q", bad)
		}
	}
}

// A terminal gets the brief table, unless all is asked for; machines get the data.
func TestLongTablesAreBriefOnATerminal(t *testing.T) {
	t.Parallel()
	one := func(word string) *table.Table {
		x := &table.Table{Columns: []table.Column{{Head: "column"}}}
		x.Add(table.Text(word))
		return x
	}
	d := &paper.Document{Sections: []paper.Section{{Name: "s", Title: "t", Table: one("whole"), Brief: one("brief"), Data: one("data")}}}
	for full, want := range map[bool]string{false: "brief", true: "whole"} {
		var out strings.Builder
		if err := d.WriteText(&out, table.Style{}, full); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("full %v: %v, %s", full, err, out.String())
		}
	}
	var out strings.Builder
	if err := d.WriteCSV(&out); err != nil || !strings.Contains(out.String(), "data") || strings.Contains(out.String(), "whole") {
		t.Errorf("%v, %s", err, out.String())
	}
	if names, tables := d.Data(); len(names) != 1 || names[0] != "s" || len(tables) != 1 {
		t.Errorf("%v", names)
	}
}

// All tables of a document are one for machines: each line says its section, and is empty where its table
// has no such column.
// Nobody reads five thousand rows on a page: it shows the brief table and says where all of them are. A hundred it shows.
func TestVeryLongTablesAreBriefOnAPage(t *testing.T) {
	t.Parallel()
	for rows, whole := range map[int]bool{100: true, 101: false} {
		long := &table.Table{Columns: []table.Column{{Head: "who"}}}
		for i := range rows {
			long.Add(table.Text(fmt.Sprintf("caller-%d.", i)))
		}
		short := *long
		short.Rows, short.Title = long.Rows[:2], "the first 2 of many "+paper.WhereAll
		d := &paper.Document{Title: "t", Sections: []paper.Section{{Name: "by-account", Title: "By account", Table: long, Brief: &short}}}
		var page, markdown, cells strings.Builder
		for _, err := range []error{d.WriteHTML(&page), d.WriteMarkdown(&markdown), d.WriteCSV(&cells)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range map[string]string{"page": page.String(), "Markdown": markdown.String()} {
			if !strings.Contains(text, "caller-1.") || strings.Contains(text, "caller-99.") != whole || strings.Contains(text, "by-account.csv, with --out") == whole {
				t.Errorf("%d rows on a %s: whole is %v", rows, name, !whole)
			}
		}
		if n := strings.Count(cells.String(), "caller-"); n != rows {
			t.Errorf("%d of %d rows for machines", n, rows)
		}
	}
}

func TestTablesAreOneForMachines(t *testing.T) {
	t.Parallel()
	a := &table.Table{Columns: []table.Column{{Head: "period"}, {Head: "late", Unit: "share"}}}
	a.Add(table.Text("2026-01"), table.Num("25 %", 0.25))
	b := &table.Table{Columns: []table.Column{{Head: "name"}, {Head: "period"}}}
	b.Add(table.Text("outage"))
	b.Add(table.Text("storm"), table.Text("2026-02"))
	d := &paper.Document{Title: "T", Sections: []paper.Section{{Name: "first", Title: "F", Table: a}, {Name: "words", Words: []string{"only words"}}, {Name: "second", Table: b}}}
	var cells, tree strings.Builder
	if err := d.WriteCSV(&cells); err != nil {
		t.Fatal(err)
	}
	if want := "section,period,late_share,name\nfirst,2026-01,0.25,\nsecond,,,outage\nsecond,2026-02,,storm\n"; cells.String() != want {
		t.Errorf("got\n%swant\n%s", cells.String(), want)
	}
	if err := d.WriteJSON(&tree); err != nil {
		t.Fatal(err)
	}
	const want = `{"title":"T","head":"","verdict":"","sections":[` +
		`{"name":"first","title":"F","words":[],"columns":["period","late_share"],"rows":[["2026-01",0.25]]},` +
		`{"name":"words","title":"","words":["only words"],"columns":[],"rows":[]},` +
		`{"name":"second","title":"","words":[],"columns":["name","period"],"rows":[["outage",null],["storm","2026-02"]]}],"birth":""}`
	if got := strings.TrimSpace(tree.String()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
