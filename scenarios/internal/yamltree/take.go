package yamltree

import (
	"fmt"
	"slices"
	"strings"
)

// Reader collects what is wrong while a tree is read.
type Reader struct {
	// Context is added to the text of every problem, so that a reader who looks at
	// several versions of a tree can say which one has it.
	Context string

	problems []Problem
	seen     map[said]bool
}

// said is what was said about a place, whatever its path.
type said struct {
	at   Span
	text string
}

// Report adds a problem. Saying the same about the same place twice says it once.
func (r *Reader) Report(p Problem) {
	key := said{p.At, p.Text}
	if r.seen[key] {
		return
	}
	if r.seen == nil {
		r.seen = map[said]bool{}
	}
	r.seen[key] = true
	p.Text += r.Context
	r.problems = append(r.problems, p)
}

// Count is how many problems there are so far.
func (r *Reader) Count() int { return len(r.problems) }

// Problems are all problems so far, by place.
func (r *Reader) Problems() []Problem {
	slices.SortStableFunc(r.problems, Problem.Compare)
	return r.problems
}

// Root is the value to start with.
func (r *Reader) Root(n *Node) Value {
	v := Value{Node: n, r: r}
	if n != nil {
		v.owner = n.At
	}
	return v
}

// Value is a node at its path, in the hands of a reader. A value that is absent
// has no node; what is said about it points at the map that lacks it.
type Value struct {
	Node    *Node
	Path    string
	Assumed bool // nobody wrote it: it is a default

	owner Span // of the key that leads here, else of the map that lacks it
	r     *Reader
}

// Exists reports whether there is a value.
func (v Value) Exists() bool { return v.Node != nil }

// Place is where problems of the value point: at a single value, else at the
// key that leads to it.
func (v Value) Place() Span {
	if v.Node == nil || v.Node.At.File == nil || v.Node.Kind != Scalar {
		return v.owner
	}
	return v.Node.At
}

// Failf reports a problem of the value. The hint may be empty.
func (v Value) Failf(hint, format string, args ...any) {
	v.r.Report(Problem{At: v.Place(), Path: v.Path, Text: fmt.Sprintf(format, args...), Hint: hint})
}

// Within is v for a part of its text: problems point at the part that starts
// at byte offset and is length bytes long. It is v itself unless the text stands in
// the file as it is.
func (v Value) Within(offset, length int) Value {
	if v.Node == nil || v.Node.Kind != Scalar || offset < 0 || offset+length > len(v.Node.Text) {
		return v
	}
	line := after(v.Node.At.File.Line(v.Node.At.Line), v.Node.At.Column-1)
	quote := 0
	if strings.HasPrefix(line, `"`) || strings.HasPrefix(line, "'") {
		quote = 1
	}
	if !strings.HasPrefix(line[min(quote, len(line)):], v.Node.Text) {
		return v
	}
	part := *v.Node
	part.At.Column += quote + len([]rune(part.Text[:offset]))
	part.Text = part.Text[offset : offset+length]
	part.At.Width = max(1, len([]rune(part.Text)))
	v.Node = &part
	return v
}

// WithText is v as a single value with another text in the same place, for a part
// of a text, or for a name that is not written.
func (v Value) WithText(text string) Value {
	if v.Node == nil {
		return v
	}
	v.Node = &Node{Kind: Scalar, Text: text, At: v.Node.At}
	return v
}

// Text is the text of a single value; ok is false, and a problem is reported,
// when it is something else.
func (v Value) Text(want string) (text string, ok bool) {
	if v.Node == nil {
		return "", false
	}
	if v.Node.Kind != Scalar {
		v.wrongKind(want)
		return "", false
	}
	return v.Node.Text, true
}

func (v Value) wrongKind(want string) {
	if v.Node.Kind == Null {
		v.Failf("write a value, or leave the key out", "there is no value here; want %s", want)
		return
	}
	v.Failf("", "want %s, found %s", want, v.Node.Kind)
}

// Items are the elements of a list; a value that is no list is a list of itself.
func (v Value) Items() []Value {
	if v.Node == nil {
		return nil
	}
	if v.Node.Kind != List {
		return []Value{v}
	}
	items := make([]Value, len(v.Node.Items))
	for i, item := range v.Node.Items {
		items[i] = Value{Node: item, Path: fmt.Sprintf("%s[%d]", v.Path, i+1), Assumed: v.Assumed, owner: item.At, r: v.r}
		if item.At.File == nil {
			items[i].owner = v.owner
		}
	}
	return items
}

// Entries are the values of a map whose keys are names, in the order of the file.
// They all count as taken.
func (v Value) Entries(want string) []Entry {
	if v.Node == nil {
		return nil
	}
	if v.Node.Kind != Map {
		v.wrongKind(want)
		return nil
	}
	entries := make([]Entry, len(v.Node.Pairs))
	for i, pair := range v.Node.Pairs {
		child := v.child(pair)
		entries[i] = Entry{Key: pair.Key, Name: child.as(pair), Value: child}
	}
	return entries
}

// Entry is a named value. Name is its name as a value, to complain about.
type Entry struct {
	Key   string
	Name  Value
	Value Value
}

func (v Value) child(pair Pair) Value {
	child := Value{Node: pair.Value, Path: join(v.Path, pair.Key), Assumed: v.Assumed, owner: pair.At, r: v.r}
	if pair.At.File == nil {
		child.owner = v.owner
	}
	return child
}

// as is the key of a pair as a value.
func (v Value) as(pair Pair) Value {
	v.Node = &Node{Kind: Scalar, Text: pair.Key, At: pair.At}
	return v
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Named are the elements of a list whose elements carry a name under one of the
// given keys, or of a map from name to element. An element without a name is
// called after noun and its place, counted from 1. Two of one name are a problem.
func (v Value) Named(noun string, keys ...string) []Entry {
	if v.Node == nil {
		return nil
	}
	var entries []Entry
	if v.Node.Kind == Map {
		entries = v.Entries("")
		for i := range entries {
			entries[i].Value.Path = fmt.Sprintf("%s[%s]", v.Path, entries[i].Key)
		}
	} else {
		for i, item := range v.Items() {
			entries = append(entries, v.named(item, i, noun, keys))
		}
	}
	first := map[string]Span{}
	for _, e := range entries {
		if at, twice := first[e.Key]; twice {
			e.Name.Failf("", "there are two with the name %q, the first on line %d", e.Key, at.Line)
			continue
		}
		first[e.Key] = e.Name.Place()
	}
	return entries
}

func (v Value) named(item Value, i int, noun string, keys []string) Entry {
	e := Entry{Key: fmt.Sprintf("%s %d", noun, i+1), Name: item, Value: item}
	if v.Node.Kind == List && item.Node.Kind != Map {
		return e
	}
	for _, key := range keys {
		if name := item.Node.Get(key); name != nil && name.Kind == Scalar {
			e.Key = name.Text
			e.Value.Path = fmt.Sprintf("%s[%s]", v.Path, e.Key)
			e.Name = Value{Node: name, Path: e.Value.Path, owner: name.At, r: v.r}
			return e
		}
	}
	return e
}

// A Table is a map of known keys while it is read.
type Table struct {
	value Value
	asked []string
	ok    bool
}

// Table starts the reading of a map of known keys. Of a value that is no map,
// which is reported, it has no keys.
func (v Value) Table(want string) *Table {
	t := &Table{value: v}
	if v.Node != nil {
		if v.Node.Kind == Map {
			t.ok = true
		} else {
			v.wrongKind(want)
		}
	}
	return t
}

// OK reports whether there is a map to read.
func (t *Table) OK() bool { return t.ok }

// Value is the map itself.
func (t *Table) Value() Value { return t.value }

// Take is the value of key, which becomes a known key. An absent one does not
// exist, but knows its path and place.
func (t *Table) Take(key string) Value {
	t.asked = append(t.asked, key)
	absent := Value{Path: join(t.value.Path, key), owner: t.value.Place(), r: t.value.r}
	if !t.ok {
		return absent
	}
	if i := t.value.Node.index(key); i >= 0 {
		return t.value.child(t.value.Node.Pairs[i])
	}
	return absent
}

// Assume is v, or, when v does not exist, the value that text stands for: a
// single value, or a list of them such as [a, b].
func (v Value) Assume(text string) Value {
	if v.Node != nil {
		return v
	}
	v.Assumed = true
	inside, ok := strings.CutPrefix(text, "[")
	if !ok {
		v.Node = &Node{Kind: Scalar, Text: text}
		return v
	}
	v.Node = &Node{Kind: List}
	for item := range strings.SplitSeq(strings.TrimSuffix(inside, "]"), ", ") {
		v.Node.Items = append(v.Node.Items, &Node{Kind: Scalar, Text: item})
	}
	return v
}

// Close reports every key that nobody took. elsewhere may tell where a key
// that is unknown here belongs; it may be nil.
func (t *Table) Close(elsewhere func(key string) string) {
	if !t.ok {
		return
	}
	for _, pair := range t.value.Node.Pairs {
		if slices.Contains(t.asked, pair.Key) {
			continue
		}
		hint := "known here: " + strings.Join(t.asked, ", ")
		if nearest, ok := Nearest(pair.Key, t.asked); ok {
			hint = fmt.Sprintf("did you mean %s? %s", nearest, hint)
		} else if elsewhere != nil {
			if home := elsewhere(pair.Key); home != "" {
				hint = fmt.Sprintf("%s belongs to %s; %s", pair.Key, home, hint)
			}
		}
		t.value.r.Report(Problem{At: pair.At, Path: join(t.value.Path, pair.Key),
			Text: fmt.Sprintf("unknown key %q", pair.Key), Hint: hint})
	}
}

// Sub is the place of a key of v, without a value.
func (v Value) Sub(key string) Value {
	return Value{Path: join(v.Path, key), owner: v.Place(), r: v.r}
}

// AssumeMap is a default: a map of names without anything under them.
func (v Value) AssumeMap(names ...string) Value {
	v.Node, v.Assumed = &Node{Kind: Map}, true
	for _, name := range names {
		v.Node.Pairs = append(v.Node.Pairs, Pair{Key: name, Value: &Node{Kind: Map}})
	}
	return v
}

// At is v with a node, which stands where the node stands.
func (v Value) At(n *Node) Value {
	v.Node = n
	return v
}
