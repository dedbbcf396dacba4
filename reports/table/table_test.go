package table_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/table"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const overdue = "Still open at the end and past due: counted as breached."

// promises is a table with everything in it: notes, intervals, missing cells.
func promises() *table.Table {
	t := &table.Table{
		Title: "Promises",
		Columns: []table.Column{
			{Head: "first_reply"},
			{Head: "clocks", Align: table.Right},
			{Head: "breached", Unit: "share", Align: table.Right},
			{Head: "open, overdue", Align: table.Right},
		},
	}
	t.Add(table.Text("enterprise"), table.Num("1 204", 1204), table.Num("1.9 % ± 0.3", 0.019), table.Num("0", 0))
	t.Add(table.Text("starter"), table.Num("21 880", 21880), table.Num("23.44 % ± 0.14", 0.2344), table.Num("140", 140, overdue))
	t.Add(table.Text("nobody"), table.Num("0", 0), table.Num("–", math.NaN()))
	return t
}

func same(t *testing.T, name, got string) {
	t.Helper()
	golden.Text(t, filepath.Join("testdata", name), []byte(got), *update)
}

func textOf(t *testing.T, tab *table.Table, style table.Style) string {
	t.Helper()
	var b bytes.Buffer
	var notes table.Notes
	if err := tab.WriteText(&b, style, &notes); err != nil {
		t.Fatal(err)
	}
	if err := notes.WriteText(&b, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRenderings(t *testing.T) {
	t.Parallel()
	same(t, "plain.txt", textOf(t, promises(), table.Style{Indent: 2}))
	same(t, "narrow.txt", textOf(t, promises(), table.Style{Width: 46}))
	same(t, "list.txt", textOf(t, promises(), table.Style{Width: 24}))
	same(t, "bold.txt", textOf(t, promises(), table.Style{Colour: true}))
	var md, csv bytes.Buffer
	var notes table.Notes
	if err := promises().WriteMarkdown(&md, &notes); err != nil {
		t.Fatal(err)
	}
	if err := notes.WriteMarkdown(&md); err != nil {
		t.Fatal(err)
	}
	same(t, "table.md", md.String())
	if err := promises().WriteCSV(&csv); err != nil {
		t.Fatal(err)
	}
	same(t, "table.csv", csv.String())
}

func TestTextLinesUpAndHoldsItsWidth(t *testing.T) {
	t.Parallel()
	lines := strings.Split(textOf(t, promises(), table.Style{}), "\n")
	column := -1
	for _, line := range lines {
		if before, _, ok := strings.Cut(line, "±"); ok {
			w := text.StringWidthWithoutEscSequences(before)
			if column >= 0 && w != column {
				t.Errorf("± stands in column %d and %d:\n%s", column, w, strings.Join(lines, "\n"))
			}
			column = w
		}
	}
	if column < 0 {
		t.Fatal("no interval in the table")
	}
	rapid.Check(t, func(r *rapid.T) {
		tab := promises()
		word := rapid.StringOfN(rapid.RuneFrom([]rune("ab c-_é中")), 1, 60, -1)
		tab.Rows[0][0] = table.Text(word.Draw(r, "name"))
		tab.Columns[1].Head = word.Draw(r, "head")
		width := rapid.IntRange(16, 120).Draw(r, "width")
		got := textOf(t, tab, table.Style{Width: width, Indent: rapid.IntRange(0, 3).Draw(r, "indent")})
		for line := range strings.Lines(got) {
			if w := text.StringWidthWithoutEscSequences(strings.TrimRight(line, "\n")); w > width {
				r.Fatalf("a line of %d columns where there are %d:\n%s", w, width, got)
			}
		}
	})
}

func TestWrappingTearsNoNumberFromItsUnit(t *testing.T) {
	t.Parallel()
	const sentence = "about 12.4\u202f% of 21\u202f880 clocks are late"
	for width := 10; width < 60; width++ {
		var b bytes.Buffer
		if err := table.Paragraph(&b, sentence, table.Style{Width: width}, 0); err != nil {
			t.Fatal(err)
		}
		for _, whole := range []string{"12.4\u202f%", "21\u202f880"} {
			if !strings.Contains(b.String(), whole) {
				t.Errorf("at %d columns %q is torn apart: %q", width, whole, b.String())
			}
		}
		if got := strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", " "); got != sentence {
			t.Errorf("at %d columns words are lost: %q", width, got)
		}
	}
}

func TestNothingForeignReachesTheTerminal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		evil := rapid.String().Draw(r, "cell") + "\x1b[2J" + rapid.String().Draw(r, "more")
		tab := &table.Table{Title: evil, Columns: []table.Column{{Head: evil}, {Head: "n", Align: table.Right}}}
		tab.Add(table.Text(evil), table.Num(evil, 1, evil))
		got := textOf(t, tab, table.Style{Width: rapid.SampledFrom([]int{0, 20, 80}).Draw(r, "width")})
		for _, c := range got {
			if unicode.IsControl(c) && c != '\n' {
				r.Fatalf("%q reaches the terminal in %q", c, got)
			}
		}
	})
}

func TestColourOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	if s := textOf(t, promises(), table.Style{}); strings.Contains(s, "\x1b") {
		t.Errorf("escape sequence in %q", s)
	}
	if s := textOf(t, promises(), table.Style{Colour: true}); strings.Count(s, "\x1b[1m") != 2 || strings.Count(s, "\x1b[0m") != 2 {
		t.Errorf("want a bold title and a bold head in %q", s)
	}
}

func TestNotesAreNumberedOnce(t *testing.T) {
	t.Parallel()
	var n table.Notes
	got := []string{n.Mark("a"), n.Mark("b"), n.Mark("a")}
	for i := range 9 {
		got = append(got, n.Mark(strconv.Itoa(i)))
	}
	if want := []string{"¹", "²", "¹", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "¹⁰", "¹¹"}; !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	if n.Len() != 11 || n.Texts()[1] != "b" {
		t.Errorf("got %q", n.Texts())
	}
}

func TestDropRemovesColumnsThatSayNothing(t *testing.T) {
	t.Parallel()
	tab := &table.Table{Columns: []table.Column{{Head: "a"}, {Head: "b"}, {Head: "c"}, {Head: "d"}}}
	tab.Add(table.Text(""), table.Text("–"), table.Text("1"), table.Text("–"))
	tab.Add(table.Text(""), table.Text(""), table.Text("–"))
	tab.Drop("–")
	if len(tab.Columns) != 2 || tab.Columns[0].Head != "a" || tab.Columns[1].Head != "c" {
		t.Errorf("got %v", tab.Columns)
	}
	if tab.Rows[0][1].Text != "1" || tab.Rows[1][1].Text != "–" {
		t.Errorf("got %v", tab.Rows)
	}
}

func TestMarkdownReadsAsItself(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain name":                "plain name",
		"a|b":                       "a&#124;b",
		"**bold** _it_":             `\*\*bold\*\* \_it\_`,
		"<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
		"[x](javascript:y)":         `\[x\](javascript:y)`,
		"https://evil.example":      "https&#58;//evil.example",
		"`code`":                    "\\`code\\`",
		"# head":                    `\# head`,
		"- item":                    `\- item`,
		"1. item":                   `1\. item`,
		"12.5":                      "12.5",
		"-5 %":                      `\-5 %`,
		"back\\slash":               `back\\slash`,
		"a&amp;b":                   "a&amp;amp;b",
		"two\nlines":                "two lines",
		"me@example.com":            "me&#64;example.com",
	} {
		if got := table.Markdown(in); got != want {
			t.Errorf("Markdown(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownKeepsItsColumns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		tab := &table.Table{Columns: []table.Column{{Head: rapid.String().Draw(r, "head")}, {Head: "n", Align: table.Right}}}
		tab.Add(table.Text(rapid.String().Draw(r, "cell")), table.Num("1", 1))
		var b bytes.Buffer
		var notes table.Notes
		if err := tab.WriteMarkdown(&b, &notes); err != nil {
			r.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
		if len(lines) != 3 {
			r.Fatalf("want three lines, got %q", lines)
		}
		for _, line := range lines {
			if strings.Count(line, "|") != 3 {
				r.Fatalf("want three bars in %q", line)
			}
		}
	})
}

func TestSafeCellsForSpreadsheets(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"acme":                "acme",
		"":                    "",
		"=1+1":                "'=1+1",
		"+1-1":                "'+1-1",
		"-2+3":                "'-2+3",
		"@SUM(A1)":            "'@SUM(A1)",
		"\t=1":                "' =1",
		"\r=1":                "' =1",
		"＝1":                  "'＝1",
		"-5":                  "-5",
		"-0.25":               "-0.25",
		"+3":                  "+3",
		"-1e-7":               "-1e-7",
		"-":                   "'-",
		"-5 %":                "'-5 %",
		"-inf":                "'-inf",
		"a=b":                 "a=b",
		`=HYPERLINK("x")`:     `'=HYPERLINK("x")`,
		"x\x1b[31m":           "x�[31m",
		"-1\n=cmd|' /C calc'": "'-1 =cmd|' /C calc'",
		"\u200b=1":            "'=1",
		"\ufeff\u202e@x":      "'@x",
		" =1":                 "' =1",
		"\u00a0\u3000+x":      "'\u00a0\u3000+x",
		" 5":                  " 5",
	} {
		if got := table.Safe(in); got != want {
			t.Errorf("Safe(%q): got %q, want %q", in, got, want)
		}
	}
}

func TestNumbersForMachines(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", -5: "-5", 0.1: "0.1", 1e6: "1000000", -1234567.25: "-1234567.25", 1.23457e+15: "1234570000000000", 1e-7: "0.0000001", 1e21: "1e+21", 1e-12: "1e-12", math.Inf(1): "", math.Inf(-1): "", 1.0 / 3: "0.3333333333333333",
	} {
		if got := table.Number(x); got != want {
			t.Errorf("Number(%v): got %q, want %q", x, got, want)
		}
	}
	if got := table.Number(math.NaN()); got != "" {
		t.Errorf("got %q for NaN", got)
	}
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.Float64().Draw(r, "x")
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return
		}
		if back, err := strconv.ParseFloat(table.Number(x), 64); err != nil || back != x {
			r.Fatalf("%v is written as %q", x, table.Number(x))
		}
	})
}

func TestNumbersWithAnIntervalAreShort(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]string{
		0: "0", 1.0 / 3: "0.333333", 200000.0 / 3: "66666.7", 1234567: "1234567", -7654321.4: "-7654321", 0.1 + 0.2: "0.3", -2.0 / 3e7: "-0.0000000666667", math.MaxFloat64: "1.79769e+308",
		math.NaN(): "", math.Inf(1): "",
	} {
		if got := table.Rounded(x); got != want {
			t.Errorf("%v is %q, want %q", x, got, want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.Float64Range(-1e12, 1e12).Draw(r, "x")
		got, err := strconv.ParseFloat(table.Rounded(x), 64)
		if err != nil || math.Abs(got-x) > 1e-5*math.Abs(x) {
			r.Fatalf("%v is written %q", x, table.Rounded(x))
		}
	})
}

func TestCSVKeepsNumbersWhole(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := promises().WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"first_reply", "clocks", "breached_share", "open_overdue"},
		{"enterprise", "1204", "0.019", "0"},
		{"starter", "21880", "0.2344", "140"},
		{"nobody", "0", "", ""},
	}
	if diff := cmp.Diff(want, records); diff != "" {
		t.Error(diff)
	}
}

// For machines a column of estimates has the ends of its intervals beside it, and its name the unit.
func TestEstimatesKeepTheirIntervals(t *testing.T) {
	t.Parallel()
	x := &table.Table{Columns: []table.Column{{Head: "Tier"}, {Head: "late", Unit: "share"}, {Head: "credit, mean, GBP"}, {Head: "late", Unit: "share"}, {Head: "=1+1"}, {Head: ""}}}
	x.Add(table.Text("gold"), table.Estimated(estimate.Estimate{Value: 0.25, Low: 0.2, High: math.Inf(1)}, outcome.UnitShare), table.Num("12", 12.5), table.Num("3 %", 0.03))
	x.Add(table.Text("-1+2"), table.Num(format.Missing, math.NaN()), table.Text(format.Missing))
	var b strings.Builder
	if err := x.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	const want = "tier,late_share,late_ci_low_share,late_ci_high_share,credit_mean_GBP,late_share_2,1_1,name\n" +
		"gold,0.25,0.2,,12.5,0.03,,\n'-1+2,,,,,,,\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

// A value and its interval are not parted at the end of a line.
func TestAnIntervalStaysOnItsLine(t *testing.T) {
	t.Parallel()
	for limit := 20; limit < 60; limit++ {
		var b bytes.Buffer
		if err := table.Paragraph(&b, "answer 19\u202f% ± 4 late, first reply 0.6\u202f% ± 0.4 late and resolution 1.5\u202f% ± 0.9 ± late", table.Style{Width: limit}, 0); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if s := strings.TrimSpace(line); strings.HasSuffix(s, "%") || strings.HasSuffix(s, "±") || strings.HasPrefix(s, "±") {
				t.Errorf("%d columns: %q", limit, b.String())
			}
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > limit {
				t.Errorf("%d columns: a line of %d", limit, n)
			}
		}
	}
}
