package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// Checks of what is written, each by reading it as the program would that it is for.

// judge is told of what is harmful.
type judge interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
}

// checks are by the ending of a file's name; that of a terminal has none.
var checks = map[string]func(t judge, what, text string){
	"": checkScreen, "table": checkScreen, ".csv": checkCells, ".md": checkMarkdown, ".html": checkPage, ".svg": checkDrawing, ".json": checkTree,
}

// checkScreen lets line ends through, and of all control characters nothing but the two sequences for
// bold type.
func checkScreen(t judge, what, screen string) {
	t.Helper()
	screen = strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(screen)
	if !utf8.ValidString(screen) {
		t.Errorf("%s is not UTF-8", what)
	}
	for i, r := range screen {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || r == '\u2028' || r == '\u2029') {
			t.Errorf("%s: %+q in %q", what, r, screen[max(0, i-30):min(len(screen), i+30)])
			return
		}
	}
}

var decimal = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// checkCells reads a table strictly: lines are equally long, and no cell is a formula, not even behind
// white space or what is invisible.
func checkCells(t judge, what, text string) {
	t.Helper()
	checkScreen(t, what, text)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Errorf("%s: %d lines, %v", what, len(rows), err)
		return
	}
	for _, row := range rows {
		for _, cell := range row {
			bare := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) })
			first, _ := utf8.DecodeRuneInString(bare)
			if bare != "" && strings.ContainsRune("=+-@＝＋－＠", first) && !decimal.MatchString(cell) {
				t.Errorf("%s: a spreadsheet runs %q", what, cell)
			}
		}
	}
}

// checkMarkdown reads a page as GitHub does: there is no HTML in it, no link, no code, and no picture but
// those beside it; and tables are as wide as their heads.
func checkMarkdown(t judge, what, page string) {
	t.Helper()
	checkScreen(t, what, page)
	source := []byte(page)
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser().Parse(text.NewReader(source))
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Image:
			if dest := string(n.Destination); filepath.Base(dest) != dest || filepath.Ext(dest) != ".png" {
				t.Errorf("%s: the picture %q", what, dest)
			}
		case *ast.RawHTML, *ast.HTMLBlock, *ast.Link, *ast.AutoLink, *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			t.Errorf("%s: %s in %.200q", what, n.Kind(), lineOf(n, source))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Error(err)
	}
	bars := 0
	for line := range strings.Lines(page) {
		n := strings.Count(line, "|")
		if bars > 0 && n > 0 && n != bars {
			t.Errorf("%s: a line of %d bars in a table of %d: %s", what, n, bars, line)
		}
		bars = n
	}
}

// lineOf is the text around a node.
func lineOf(n ast.Node, source []byte) string {
	for ; n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return string(n.Lines().Value(source))
		}
	}
	return ""
}

// What a page may consist of. None of it runs anything, loads anything or leads elsewhere.
var (
	pageElements = strings.Fields(`html head meta title style body a header div span button h1 h2 h3 p nav ul ol li main section noscript
		table caption thead tbody tr th td figure figcaption svg line rect circle text g path details summary dl dt dd pre script`)
	pageAttributes = strings.Fields(`lang charset http-equiv content name class href id type aria-pressed aria-label aria-hidden aria-live aria-roledescription aria-labelledby
		role tabindex scope data-chart data-line data-do disabled width height x y x1 x2 y1 y2 d viewBox viewbox cx cy r fill-opacity transform`)
)

func checkPage(t judge, what, page string) {
	t.Helper()
	for _, r := range page {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\u0085' || r == '\u202e' || r == '\u2066' {
			t.Errorf("%s: %+q on the page", what, r)
			break
		}
	}
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	policy := ""
	for n := range tree.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("%s: the comment %q", what, n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(pageElements, n.Data) {
			t.Errorf("%s: element %s", what, n.Data)
		}
		of := map[string]string{}
		for _, a := range n.Attr {
			of[a.Key] = a.Val
			if !slices.Contains(pageAttributes, a.Key) || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("%s: attribute %s=%q of %s", what, a.Key, a.Val, n.Data)
			}
		}
		switch {
		case n.Data == "meta" && of["http-equiv"] == "Content-Security-Policy":
			policy = of["content"]
		case n.Data == "script" && of["type"] == "application/json":
			if !json.Valid([]byte(n.FirstChild.Data)) {
				t.Errorf("%s: the data of the page are no JSON", what)
			}
		case n.Data == "script":
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
				t.Errorf("%s: a script that is not the page's: %.80q", what, n.FirstChild.Data)
			}
		}
	}
}

// checkDrawing reads a picture as XML: it draws, and does nothing else.
func checkDrawing(t judge, what, drawing string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(drawing))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", what, err)
			return
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(strings.Fields("svg g path rect line circle text tspan title desc defs clipPath use polyline polygon ellipse"), e.Name.Local) {
			t.Errorf("%s: element %s", what, e.Name.Local)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") {
				t.Errorf("%s: attribute %s=%q", what, a.Name.Local, a.Value)
			}
		}
	}
}

// checkTree reads JSON; its strings are escaped as far as HTML and terminals care.
func checkTree(t judge, what, tree string) {
	t.Helper()
	if !strings.Contains(what, outcomeFile+":") && !strings.Contains(what, comparisonFile+":") { // those are files, and never shown
		checkScreen(t, what, tree)
	}
	d := json.NewDecoder(strings.NewReader(tree))
	var v any
	if err := d.Decode(&v); err != nil || d.More() {
		t.Errorf("%s: %v", what, err)
	}
	if strings.Contains(tree, "<") {
		t.Errorf("%s: markup in %.60q", what, tree[max(0, strings.Index(tree, "<")-30):])
	}
}

// The checks find what they are there for.
func TestHarmIsFound(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ kind, text string }{
		{"", "a\x1b[31mb"}, {"", "a\u202eb"}, {"", "a\x00"}, {"", "a\xff"}, {"", "a\rb"},
		{".csv", "a,b\n=1+1,2\n"}, {".csv", "a,b\n\" =1+1\",2\n"}, {".csv", "a,b\n\u200b@x,2\n"}, {".csv", "a,b\n1\n"}, {".csv", "a\n＝1\n"},
		{".md", "<b>x</b>"}, {".md", "[x](y)"}, {".md", "http://evil.invalid"}, {".md", "`x`"}, {".md", "![x](http://evil.invalid/x.png)"}, {".md", "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n"},
		{".html", "<p><img src=x></p>"}, {".html", `<p onclick="x">`}, {".html", `<a href="javascript:x">x</a>`}, {".html", "<script>1</script>"}, {".html", "<!-- x -->"},
		{".svg", "<svg><script/></svg>"}, {".svg", `<svg onload="x"/>`}, {".svg", "<svg><g></svg>"}, {".svg", `<svg><use href="http://x"/></svg>`},
		{".json", "{"}, {".json", `{} {}`}, {".json", `"<script>"`},
	} {
		var found counter
		if checks[row.kind](&found, "it", row.text); found == 0 {
			t.Errorf("%s: nothing is found in %q", row.kind, row.text)
		}
	}
}

// counter is a judge that counts.
type counter int

func (c *counter) Helper()               {}
func (c *counter) Error(...any)          { *c++ }
func (c *counter) Errorf(string, ...any) { *c++ }
