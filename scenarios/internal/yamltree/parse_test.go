package yamltree

import (
	"strings"
	"testing"
)

func parse(t *testing.T, text string) *Node {
	t.Helper()
	root, problems := Parse("t.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatalf("%q: %+v", text, problems)
	}
	return root
}

func TestValuesStayAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: 1\nb: [x, 'y', \"z\"]\n":              "{a: 1, b: [x, y, z]}",
		"a: 010\nb: yes\nc: 1e3\nd: 2026-11-16\n": "{a: 010, b: yes, c: 1e3, d: 2026-11-16}",
		"a: ~\nb:\nc: null\nd: 'null'\n":          "{a: null, b: null, c: null, d: null}",
		"a: 09:00-17:00\nb: 5% of x\n":            "{a: 09:00-17:00, b: 5% of x}",
		"a: |\n  one\n  two\n":                    "{a: one\ntwo\n}",
		"{a: f(x, y), b: g(1,2 , 3)}\n":           "{a: f(x, y), b: g(1,2 , 3)}",
		"[f(x, y), 2, {10%: g(a, b), 90%: 1}]\n":  "[f(x, y), 2, {10%: g(a, b), 90%: 1}]",
		"[10%: f(x, y), 90%: 1]\n":                "[{10%: f(x, y)}, {90%: 1}]",
		"{a: f(x,\n  y), b: 1}\n":                 "{a: f(x, y), b: 1}",
		"{a: 'f(x', y: 1}\n":                      "{a: f(x, y: 1}",
		"{a: {b: f(1, 2)}, c: 1}\n":               "{a: {b: f(1, 2)}, c: 1}",
		"a: &x {p: 1}\nb: *x\n":                   "{a: {p: 1}, b: {p: 1}}",
		"a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n": "{a: {p: 1, q: 2}, b: {q: 3, p: 1}}",
		"b: {<<: [{p: 1}, {p: 2, r: 3}], q: 3}\n": "{b: {q: 3, p: 1, r: 3}}",
		"{50%: a, 50%: b}\n":                      "{50%: a, 50%: b}",
		"\ufeffa: 1\r\nb: 2\r\n":                  "{a: 1, b: 2}",
		"---\na: 1\n":                             "{a: 1}",
		"a: !!str 5\n":                            "{a: 5}",
	} {
		if got := parse(t, text).String(); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	root := parse(t, "aé: {b: \"x y\", c: f(1, 2)}\nlist:\n  - 'it''s'\n  - one\nnone:\n")
	place := func(n *Node) [3]int { return [3]int{n.At.Line, n.At.Column, n.At.Width} }
	list := root.Get("list")
	for name, c := range map[string]struct {
		got, want [3]int
	}{
		"a quoted value":            {place(root.Get("aé").Get("b")), [3]int{1, 9, 5}},
		"a value with a comma":      {place(root.Get("aé").Get("c")), [3]int{1, 19, 7}},
		"a quoted item":             {place(list.Items[0]), [3]int{3, 5, 7}},
		"a plain item":              {place(list.Items[1]), [3]int{4, 5, 3}},
		"an empty value is its key": {place(root.Get("none")), [3]int{5, 1, 4}},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
	if at := root.Pairs[0].At; at.Column != 1 || at.Width != 2 {
		t.Errorf("the key é is at %+v", at)
	}
}

func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 60) + strings.Repeat("]", 60)
	laughs := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 'b'; i <= 'j'; i++ {
		laughs += strings.Replace("L: &L [*P, *P, *P, *P, *P, *P, *P, *P, *P, *P]\n", "P", string(i-1), -1)
		laughs = strings.ReplaceAll(laughs, "L", string(i))
	}
	for name, c := range map[string]struct {
		text         string
		line, column int
		want         string
	}{
		"nothing":                              {"", 1, 1, "the file is empty"},
		"only comments":                        {"# a\n# b\n", 1, 1, "the file is empty"},
		"only a document mark":                 {"---\n", 1, 1, "the file is empty"},
		"a tab":                                {"a:\n\tb: 1\n", 2, 1, "a tab indents this line"},
		"a tab after spaces":                   {"a:\n  \tb: 1\n", 2, 3, "a tab indents this line"},
		"a tab in the middle of a map":         {"a:\n  b: 1\n\tc: 2\nd: 3\n", 3, 1, "a tab indents this line"},
		"two documents":                        {"a: 1\n---\nb: 2\n", 2, 1, "a second document starts here"},
		"latin letters":                        {"a: 1\nb: caf\xe9\n", 2, 7, "byte 0xe9 is not UTF-8"},
		"two-byte text":                        {"\xff\xfea\x00", 1, 1, "byte 0xff is not UTF-8"},
		"a control character":                  {"a: 1\nb: \x00\n", 2, 4, "character U+0000 is not allowed"},
		"a line separator":                     {"a: 1\u2028b: 2\n", 1, 5, "character U+2028 is not allowed"},
		"a key twice":                          {"a: 1\nb: 2\na: 3\n", 3, 1, `"a" is given twice, first on line 1`},
		"too deep":                             {"a: " + deep, 1, 54, "the nesting is deeper than 50 levels"},
		"far too deep":                         {"a: " + strings.Repeat("[", 20000), 1, 1, "the nesting is far too deep"},
		"too deep in blocks":                   {deepBlocks(60), 52, 52, "the nesting is deeper than 50 levels"},
		"a billion laughs":                     {laughs, 5, 36, "the aliases add more than 100000 values"},
		"an anchor in itself":                  {"a: &x [1, *x]\n", 1, 11, `the anchor "x" contains itself`},
		"an anchor that is not there":          {"a: 1\nb: *x\nc: 2\n", 2, 4, "unknown anchor 'x' referenced"},
		"a foreign tag":                        {"a: 1\nb: !date 2026\n", 2, 4, "the tag !date is not known here"},
		"a list as a key":                      {"? [a, b]\n: 1\n", 1, 3, "a key must be a word, not a list"},
		"a bracket that stays open":            {"a: 1\nb: [1, 2\nc: 3\nd: 4\n", 2, 4, "a [ that is opened here is not closed, or a comma is missing"},
		"a brace that stays open":              {"a: 1\nb: {x: [1], y: 2\nc: 3\n", 2, 4, "a { that is opened here is not closed, or a comma is missing"},
		"a quote that stays open":              {"a: 1\nb: \"it's\nc: 3\nd: 4\n", 2, 4, "a quote that is opened here is not closed"},
		"a quote too many":                     {"a: 1\nb: 'it's'\n", 2, 1, "a key was expected here"},
		"a value after a value":                {"a: 1\nb: 2\n   c: 3\n", 3, 4, "a second colon on this line, or a key that is indented too far"},
		"two colons":                           {"a: 1\nb: c: d\n", 2, 5, "a second colon on this line, or a key that is indented too far"},
		"a word alone":                         {"a: 1\nword\nb: 2\n", 2, 1, "a colon is missing after this key"},
		"indented too little":                  {"a:\n    b: 1\n  c: 2\n", 3, 3, "a key was expected here"},
		"a map within a list":                  {"a:\n  - x\n  b: 1\n", 3, 3, "a list goes on here with something that is no list item"},
		"an at sign":                           {"a: 1\nb: @x\n", 2, 4, "this character cannot start a value"},
		"a percent sign":                       {"a: 1\nb: %x\n", 2, 4, "this character cannot start a value"},
		"a backslash":                          {"a: \"x\\qy\"\n", 1, 6, "a backslash is followed by a character that means nothing there"},
		"a bracket too many":                   {"a: 1\nb: {c: 1}}\nd: 2\n", 2, 1, "a key was expected here"},
		"another YAML":                         {"%YAML 9.9\n---\na: 1\n", 1, 1, "this version of YAML is not read"},
		"a bracket that stays open at the end": {"a: 1\nb: [\n", 2, 4, "a value is missing, or a bracket that is opened here is not closed"},
		"a map after a value":                  {"a\nb: 1\n", 2, 1, "a second colon on this line, or a key that is indented too far"},
		"a list after a key":                   {"a: 1\nb: - c\n", 2, 1, "a list cannot start here"},
		"an ampersand alone":                   {"a: 1\nb: & c\n", 2, 1, "& and * have a meaning of their own at the start of a value"},
		"an exclamation mark":                  {"a: 1\nb: !x! c\n", 2, 1, "! has a meaning of its own at the start of a value"},
		"text after a list":                    {"[a]\nb: 1\n", 2, 1, "this does not go on with what stands above it"},
		"a merge of no map":                    {"a: {<<: 5}\n", 1, 9, "<< wants a map, found a single value"},
		"a line of letters":                    {"a: " + strings.Repeat("x", 100<<10), 1, 65538, "the line is longer than 64 KiB"},
		"nine megabytes":                       {strings.Repeat("a\n", 9<<19), 1, 1, "the file is larger than 8 MiB"},
	} {
		root, problems := Parse("t.yaml", []byte(c.text))
		if len(problems) == 0 {
			t.Errorf("%s: was read as %v", name, root)
			continue
		}
		p := problems[0]
		if p.At.Line != c.line || p.At.Column != c.column || c.want != "" && p.Text != c.want || p.At.File.Name != "t.yaml" {
			t.Errorf("%s: got %d:%d %s, want %d:%d %s", name, p.At.Line, p.At.Column, p.Text, c.line, c.column, c.want)
		}
	}
}

func deepBlocks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// A mistake far down a large file is still found on its line.
func TestTheLineOfAMistakeInALargeFile(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("key: [1,\n  2]\n", 20_000)
	lines := strings.Count(text, "\n")
	_, problems := Parse("t.yaml", []byte(text+"bad: [1, 2\nnext: 1\nafter: 2\n"))
	if len(problems) == 0 || problems[0].At.Line != lines+1 {
		t.Errorf("got %+v, want line %d", problems[:min(1, len(problems))], lines+1)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: 1\n", "a: [f(x, y), {b: 'c'}]\n", "a: &x [*x]\n", "? a\n: b\n", "a: \"\\u263a\"\n", "- - - a\n", "a: |\n  b\n", "<<: {a: 1}\n", "a: b: c\n", "\t", "{a, b}", "[10%: f(x, y), 90%: 1]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, problems := Parse("t.yaml", []byte(text))
		if root == nil && len(problems) == 0 {
			t.Fatal("neither a tree nor a problem")
		}
		for _, p := range problems {
			if p.At.Line < 1 || p.At.Column < 1 || p.Text == "" || p.At.File == nil {
				t.Fatalf("a problem without a place: %+v", p)
			}
		}
		if root != nil {
			check(t, root)
		}
	})
}

// check walks a tree: every place lies in the file.
func check(t *testing.T, n *Node) {
	if n.At.Line < 1 || n.At.Column < 1 || n.At.Line > len(n.At.File.lines) {
		t.Fatalf("%v is at %d:%d", n, n.At.Line, n.At.Column)
	}
	for _, item := range n.Items {
		check(t, item)
	}
	for _, pair := range n.Pairs {
		check(t, pair.Value)
	}
}
