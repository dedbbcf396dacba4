package yamltree

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The effort spent on finding the line of a syntax error.
const (
	maxTries      = 1000
	maxTriedBytes = 8 << 20
)

var saidLine = regexp.MustCompile(`line (\d+): `)

// syntax turns an error of the YAML library into a problem. The library names
// the line at which a construct began, the line before the mistake or none at all,
// depending on the mistake, and never a column. So the line is found by reading
// beginnings of the file: the longest one that is whole YAML ends above the mistake.
func (f *File) syntax(data []byte, err error) Problem {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := f.lastWhole(data) + 1
	if line == 0 {
		line = 1
		if m := saidLine.FindStringSubmatch(text); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
	}
	for line < len(f.lines) && blank(f.Line(line)) {
		line++
	}
	text = saidLine.ReplaceAllString(text, "")
	return f.explain(text, line)
}

func blank(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// lastWhole is how many lines the longest readable beginning of the file has,
// -1 when the search was given up.
func (f *File) lastWhole(data []byte) int {
	ends := lineEnds(data[:reach(data)])
	tried := 0
	for k := len(ends) - 1; k > 0; k-- {
		tried += ends[k-1]
		if len(ends)-k > maxTries || tried > maxTriedBytes {
			return -1
		}
		if whole(data[:ends[k-1]]) {
			return k
		}
	}
	return 0
}

// lineEnds are the offsets just after each line of data.
func lineEnds(data []byte) []int {
	var ends []int
	for i, b := range data {
		if b == '\n' || b == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			ends = append(ends, i+1)
		}
	}
	return append(ends, len(data))
}

// An explanation says in plain words what a message of the YAML library means,
// and finds the column.
type explanation struct {
	fragment   string // of the library's message
	text, hint string
	column     func(line string) int // counted in bytes from 0; -1 for the start
}

var explanations = []explanation{
	{"tab character", "a tab indents this line", "indent with spaces", tab},
	{"cannot start any token", "this character cannot start a value", "put the value in quotes", odd},
	{"mapping values are not allowed", "a second colon on this line, or a key that is indented too far",
		"one key per line, keys of one map at the same column; quote a text that holds a colon and a space", secondColon},
	{"unexpected end of stream", "a quote that is opened here is not closed", "", openQuote},
	{"expected ',' or ']'", "a [ that is opened here is not closed, or a comma is missing", "", openBracket},
	{"expected ',' or '}'", "a { that is opened here is not closed, or a comma is missing", "", openBracket},
	{"expected '-' indicator", "a list goes on here with something that is no list item", "start it with \"- \", at the column of the other items", nil},
	{"expected key", "a key was expected here", "keys of one map start at the same column; close every bracket and quote", nil},
	{"expected ':'", "a colon is missing after this key", "write key: value, with a space after the colon", nil},
	{"unknown escape", "a backslash is followed by a character that means nothing there", "use single quotes, or double the backslash", backslash},
	{"unknown anchor", "", "define it with & before", star},
	{"expected node content", "a value is missing, or a bracket that is opened here is not closed", "", openBracket},
	{"expected <document start>", "this does not go on with what stands above it", "keys of one map start at the same column", nil},
	{"block sequence entries", "a list cannot start here", "write its items on lines of their own, or in brackets: [a, b]", nil},
	{"alphabetic or numeric", "& and * have a meaning of their own at the start of a value", "put the value in quotes", nil},
	{"tag", "! has a meaning of its own at the start of a value", "put the value in quotes", nil},
	{"exceeded max depth", "the nesting is far too deep", "", nil},
	{"incompatible YAML", "this version of YAML is not read", "remove the line", nil},
}

func (f *File) explain(text string, line int) Problem {
	source := f.Line(line)
	start := len(source) - len(strings.TrimLeft(source, " \t"))
	p := Problem{Text: text}
	for _, e := range explanations {
		if !strings.Contains(text, e.fragment) {
			continue
		}
		p.Text, p.Hint = e.text, e.hint
		if e.text == "" {
			p.Text = text
		}
		if e.column != nil {
			if at := e.column(source); at >= 0 {
				start = at
			}
		}
		if strings.HasPrefix(source[start:], "\t") {
			p.Text, p.Hint = "a tab indents this line", "indent with spaces"
		}
		break
	}
	p.At = Span{File: f, Line: line, Column: utf8.RuneCountInString(source[:start]) + 1, Width: 1}
	return p
}

func tab(line string) int       { return strings.IndexByte(line, '\t') }
func backslash(line string) int { return strings.IndexByte(line, '\\') }
func star(line string) int      { return strings.IndexByte(line, '*') }

// odd finds a character that YAML keeps for itself at the start of a value.
func odd(line string) int {
	if lead := line[:len(line)-len(strings.TrimLeft(line, " \t"))]; strings.Contains(lead, "\t") {
		return strings.IndexByte(lead, '\t')
	}
	for i := range line {
		if strings.IndexByte("@`%", line[i]) >= 0 && (i == 0 || line[i-1] == ' ') {
			return i
		}
	}
	return -1
}

func secondColon(line string) int {
	first := strings.Index(line, ": ")
	if first < 0 {
		return -1
	}
	rest := line[first+2:]
	if second := strings.Index(rest, ": "); second >= 0 {
		return first + 2 + second
	}
	if strings.HasSuffix(rest, ":") {
		return len(line) - 1
	}
	return -1
}

// openQuote is the start of the first quoted text that the line does not close.
func openQuote(line string) int {
	for i := 0; i < len(line); i++ {
		if line[i] != '"' && line[i] != '\'' {
			continue
		}
		end := strings.IndexByte(line[i+1:], line[i])
		if end < 0 {
			return i
		}
		i += end + 1
	}
	return -1
}

// openBracket is the place of the last bracket that the line does not close.
func openBracket(line string) int {
	var open []int
	for i := range line {
		switch line[i] {
		case '[', '{':
			open = append(open, i)
		case ']', '}':
			open = open[:max(0, len(open)-1)]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

// whole reports whether data is readable YAML.
func whole(data []byte) bool {
	var node yaml.Node
	next := documents(bytes.NewReader(data))
	for {
		if err := next(&node); err != nil {
			return err == io.EOF
		}
	}
}

// reach is how much of data the library takes in before it gives up.
func reach(data []byte) int {
	var node yaml.Node
	drop := &dropper{data: data}
	next := documents(drop)
	for next(&node) == nil {
	}
	return drop.given
}

// A dropper gives its data byte by byte, so that its reader is never far ahead.
type dropper struct {
	data  []byte
	given int
}

func (d *dropper) Read(p []byte) (int, error) {
	if d.given == len(d.data) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = d.data[d.given]
	d.given++
	return 1, nil
}
