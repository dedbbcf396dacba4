package yamltree

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// File is one text that was read.
type File struct {
	Name  string // as people would write it
	lines []string
}

// NewFile splits data into lines.
func NewFile(name string, data []byte) *File {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	return &File{Name: name, lines: strings.Split(text, "\n")}
}

// Line is the text of line n, counted from 1, or "" when there is none.
func (f *File) Line(n int) string {
	if f == nil || n < 1 || n > len(f.lines) {
		return ""
	}
	return f.lines[n-1]
}

// Comment is the comment that opens the file, without the number signs.
func (f *File) Comment() string {
	var lines []string
	for _, line := range f.lines {
		text, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimPrefix(text, " "))
	}
	return strings.Join(lines, "\n")
}

// Span is a place in a file. Lines and columns count from 1, columns and Width
// in characters. The zero Span is nowhere.
type Span struct {
	File         *File
	Line, Column int
	Width        int
}

// Kind is the kind of a node.
type Kind uint8

// The kinds.
const (
	Null   Kind = iota // written, but empty
	Scalar             // a single value
	List
	Map
)

// String names k in prose.
func (k Kind) String() string {
	return [...]string{"nothing", "a single value", "a list", "a map"}[k]
}

// Node is one value of the tree.
type Node struct {
	Kind  Kind
	Text  string // of a Scalar or Null, as written, without its quotes
	At    Span
	Items []*Node // of a List
	Pairs []Pair  // of a Map, in the order of the file
}

// Pair is a key of a map and its value.
type Pair struct {
	Key   string
	At    Span // of the key
	Value *Node
}

// Get is the value of key in a map; nil if there is none.
func (n *Node) Get(key string) *Node {
	if i := n.index(key); i >= 0 {
		return n.Pairs[i].Value
	}
	return nil
}

// Without is a map without some of its keys.
func (n *Node) Without(keys ...string) *Node {
	out := &Node{Kind: n.Kind, At: n.At}
	for _, pair := range n.Pairs {
		if !slices.Contains(keys, pair.Key) {
			out.Pairs = append(out.Pairs, pair)
		}
	}
	return out
}

// index is the place of key among the pairs, or -1.
func (n *Node) index(key string) int {
	if n == nil {
		return -1
	}
	for i := range n.Pairs {
		if n.Pairs[i].Key == key {
			return i
		}
	}
	return -1
}

// String writes the value on one line, in flow style.
func (n *Node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *Node) write(b *strings.Builder) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Scalar:
		b.WriteString(n.Text)
	case List:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			item.write(b)
		}
		b.WriteByte(']')
	case Map:
		b.WriteByte('{')
		for i, pair := range n.Pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(pair.Key)
			b.WriteString(": ")
			pair.Value.write(b)
		}
		b.WriteByte('}')
	}
}

// spanOf measures the token that starts at line and column: text itself, or
// text in quotes, or one character when it goes on over several lines.
func (f *File) spanOf(line, column int, text string) Span {
	at := Span{File: f, Line: line, Column: column, Width: 1}
	rest := after(f.Line(line), column-1)
	switch {
	case text != "" && strings.HasPrefix(rest, text):
		at.Width = utf8.RuneCountInString(text)
	case strings.HasPrefix(rest, `"`) || strings.HasPrefix(rest, `'`):
		at.Width = quotedWidth(rest)
	}
	return at
}

// after drops n characters of s.
func after(s string, n int) string {
	for ; n > 0 && s != ""; n-- {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// quotedWidth is the width of the quoted string that s starts with; all of s
// when it ends on a later line.
func quotedWidth(s string) int {
	runes := []rune(s)
	quote := runes[0]
	for i := 1; i < len(runes); i++ {
		switch {
		case runes[i] == '\\' && quote == '"':
			i++
		case runes[i] == quote && quote == '\'' && i+1 < len(runes) && runes[i+1] == quote:
			i++ // a quote that is written twice is one within the text
		case runes[i] == quote:
			return i + 1
		}
	}
	return len(runes)
}
