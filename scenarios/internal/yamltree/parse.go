package yamltree

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The bounds of a file. They are far above what a scenario needs and far below
// what would hurt.
const (
	MaxBytes   = 8 << 20 // of a file
	maxLine    = 64 << 10
	maxDepth   = 50
	maxAliased = 100_000 // nodes that aliases may add
)

// Parse reads one document. What is wrong with it comes back as problems; the
// node is nil when nothing could be read.
func Parse(name string, data []byte) (*Node, []Problem) {
	if problem, bad := checkText(name, data); bad {
		return nil, []Problem{problem}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	file := NewFile(name, data)
	var root, second yaml.Node
	next := documents(bytes.NewReader(data))
	err := next(&root)
	if err == io.EOF || err == nil && empty(&root) {
		return nil, []Problem{{At: Span{File: file, Line: 1, Column: 1}, Text: "the file is empty",
			Hint: "a scenario needs at least demand and teams"}}
	}
	if err != nil {
		return nil, []Problem{file.syntax(data, err)}
	}
	switch err := next(&second); {
	case err == nil:
		at := Span{File: file, Line: second.Line, Column: second.Column, Width: 1}
		return nil, []Problem{{At: at, Text: "a second document starts here", Hint: "a file holds one scenario; remove the line ---"}}
	case err != io.EOF:
		return nil, []Problem{file.syntax(data, err)}
	}
	c := converter{file: file, open: map[*yaml.Node]bool{}}
	node := c.convert(root.Content[0], 0)
	if c.fatal {
		node = nil
	}
	return node, c.problems
}

func empty(document *yaml.Node) bool {
	return len(document.Content) == 0 ||
		document.Content[0].Kind == yaml.ScalarNode && document.Content[0].ShortTag() == "!!null"
}

// documents gives the documents of a text one by one. A panic of the YAML library
// becomes an error: whatever its bugs are, a file must not stop the program.
func documents(text io.Reader) func(*yaml.Node) error {
	decoder := yaml.NewDecoder(text)
	return func(node *yaml.Node) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("yaml: this cannot be read (%v)", r)
			}
		}()
		return decoder.Decode(node)
	}
}

// checkText finds what makes data no text that can be read.
func checkText(name string, data []byte) (Problem, bool) {
	at := Span{File: NewFile(name, nil), Line: 1, Column: 1}
	if len(data) > MaxBytes {
		return Problem{At: at, Text: fmt.Sprintf("the file is larger than %d MiB", MaxBytes>>20)}, true
	}
	start := 0 // of the line
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		text := ""
		switch {
		case r == utf8.RuneError && size == 1:
			text = fmt.Sprintf("byte 0x%02x is not UTF-8", data[i])
		case r == '\n' || r == '\r' && (i+1 == len(data) || data[i+1] != '\n'):
			at.Line, at.Column, start = at.Line+1, 0, i+1
		case r < ' ' && r != '\t' && r != '\r', r == 0x7f, r >= 0x80 && r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfffe, r == 0xffff:
			text = fmt.Sprintf("character %U is not allowed", r)
		case i-start > maxLine:
			text = fmt.Sprintf("the line is longer than %d KiB", maxLine>>10)
		}
		if text != "" {
			at.File = NewFile(name, data[:min(len(data), i+maxLine)])
			at.Width = 1
			return Problem{At: at, Text: text, Hint: hintFor(text)}, true
		}
		at.Column++
		i += size
	}
	return Problem{}, false
}

func hintFor(text string) string {
	if strings.Contains(text, "UTF-8") {
		return "save the file as UTF-8"
	}
	return ""
}

// A converter turns the library's nodes into ours.
type converter struct {
	file     *File
	problems []Problem
	open     map[*yaml.Node]bool // anchors being expanded
	aliased  int                 // nodes that aliases have added
	outer    *yaml.Node          // the alias that is being expanded, the outermost if there are several
	fatal    bool                // the tree is not worth reading
}

func (c *converter) fail(n *yaml.Node, hint, format string, args ...any) {
	c.problems = append(c.problems, Problem{At: c.span(n), Text: fmt.Sprintf(format, args...), Hint: hint})
}

func (c *converter) span(n *yaml.Node) Span { return c.file.spanOf(n.Line, n.Column, n.Value) }

func (c *converter) convert(n *yaml.Node, depth int) *Node {
	node := &Node{At: c.span(n)}
	if c.fatal {
		return node
	}
	if depth > maxDepth {
		c.fail(n, "", "the nesting is deeper than %d levels", maxDepth)
		c.fatal = true
		return node
	}
	if len(c.open) > 0 {
		c.aliased++
		if c.aliased > maxAliased {
			c.fail(c.outer, "", "the aliases add more than %d values", maxAliased)
			c.fatal = true
			return node
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return c.alias(n, depth)
	case yaml.ScalarNode:
		c.scalar(n, node)
	case yaml.SequenceNode:
		c.list(n, node, depth)
	case yaml.MappingNode:
		c.mapping(n, node, depth)
	}
	return node
}

func (c *converter) alias(n *yaml.Node, depth int) *Node {
	if c.open[n.Alias] {
		c.fail(n, "", "the anchor %q contains itself", n.Value)
		c.fatal = true
		return &Node{At: c.span(n)}
	}
	if len(c.open) == 0 {
		c.outer = n
	}
	c.open[n.Alias] = true
	node := c.convert(n.Alias, depth)
	delete(c.open, n.Alias)
	return node
}

func (c *converter) scalar(n *yaml.Node, node *Node) {
	switch n.ShortTag() {
	case "!!null":
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
			node.Text = n.Value
			return // node is a Null
		}
	case "!!str", "!!int", "!!float", "!!bool", "!!timestamp", "!!merge":
	default:
		c.fail(n, "write the value without a tag", "the tag %s is not known here", n.Tag)
	}
	node.Kind, node.Text = Scalar, n.Value
}

func (c *converter) list(n *yaml.Node, node *Node, depth int) {
	node.Kind = List
	for _, child := range n.Content {
		item := c.convert(child, depth+1)
		if n.Style&yaml.FlowStyle != 0 && len(node.Items) > 0 && plain(child) {
			if last := tail(node.Items[len(node.Items)-1]); last.unclosed() {
				last.join(item.Text, item.At)
				continue
			}
		}
		node.Items = append(node.Items, item)
	}
}

// tail is the text that a following piece would continue: the item itself, or
// the value of a map of one pair, such as "10%: uniform(0s".
func tail(item *Node) *Node {
	if item.Kind == Map && len(item.Pairs) == 1 {
		return item.Pairs[0].Value
	}
	return item
}

func plain(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Style == 0 }

func (c *converter) mapping(n *yaml.Node, node *Node, depth int) {
	node.Kind = Map
	flow := n.Style&yaml.FlowStyle != 0
	var included []*Node // under the key "<<"
	seen := make(map[string]Span, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			c.fail(key, "", "a key must be a word, not %s", c.convert(key, depth+1).Kind)
			continue
		}
		at := c.span(key)
		if flow && len(node.Pairs) > 0 && plain(key) && plain(value) && value.Value == "" {
			if last := node.Pairs[len(node.Pairs)-1].Value; last.unclosed() {
				last.join(key.Value, at)
				continue
			}
		}
		child := c.convert(value, depth+1)
		if key.ShortTag() == "!!merge" {
			included = append(included, child)
			continue
		}
		if first, twice := seen[key.Value]; twice && !strings.HasSuffix(key.Value, "%") {
			c.fail(key, "", "%q is given twice, first on line %d", key.Value, first.Line)
			continue
		}
		seen[key.Value] = at
		if value.Kind == yaml.ScalarNode && value.Value == "" && child.Kind == Null {
			child.At = at // an empty value has no place of its own
		}
		node.Pairs = append(node.Pairs, Pair{Key: key.Value, At: at, Value: child})
	}
	for _, child := range included {
		c.include(child, node)
	}
}

// include adds the pairs of a map, or of a list of maps: those that the map
// itself does not give.
func (c *converter) include(from, into *Node) {
	sources := []*Node{from}
	if from.Kind == List {
		sources = from.Items
	}
	for _, source := range sources {
		if source.Kind != Map {
			c.problems = append(c.problems, Problem{At: source.At, Text: "<< wants a map, found " + source.Kind.String()})
			return
		}
		for _, pair := range source.Pairs {
			if into.index(pair.Key) < 0 {
				into.Pairs = append(into.Pairs, pair)
			}
		}
	}
}

// unclosed reports whether a parenthesis is open at the end of a value.
func (n *Node) unclosed() bool {
	return n.Kind == Scalar && strings.Count(n.Text, "(") > strings.Count(n.Text, ")")
}

// join appends a piece that YAML has split off at a comma, with what the file has
// between the two.
func (n *Node) join(piece string, at Span) {
	if at.Line != n.At.Line {
		n.Text += ", " + piece
		return
	}
	n.At.Width = at.Column + at.Width - n.At.Column
	n.Text = first(after(n.At.File.Line(n.At.Line), n.At.Column-1), n.At.Width)
}

// first is the first n characters of s.
func first(s string, n int) string {
	return strings.TrimSuffix(s, after(s, n))
}
