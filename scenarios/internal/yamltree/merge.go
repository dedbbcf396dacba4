package yamltree

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Names says under which keys the elements of a list carry their name, by the
// key of the list: "shifts" → ["name"].
type Names map[string][]string

// Merge lays one tree over another and returns the result; both stay as they
// are. Maps merge key by key, null removes a key, and everything else replaces what
// was there. A map over a list of maps merges with the elements of those names, and
// adds those that are new; an element without a name goes by its number. Whole says
// of a map that it replaces instead of merging.
type Merge struct {
	Names  Names
	Whole  func(n *Node) bool
	Report func(Problem)
}

// Over is the tree over on top of base.
func (m Merge) Over(base, over *Node) *Node { return m.merge(base, over, "", "") }

func (m Merge) merge(base, over *Node, key, path string) *Node {
	if over.Kind != Map || m.Whole != nil && m.Whole(over) {
		return over
	}
	switch {
	case base.Kind == Map && !(m.Whole != nil && m.Whole(base)):
		return m.maps(base, over, path)
	case base.Kind == List && m.Names[key] != nil && allMaps(base):
		return m.list(base, over, key, path)
	}
	return over
}

func (m Merge) maps(base, over *Node, path string) *Node {
	out := &Node{Kind: Map, At: over.At, Pairs: append([]Pair(nil), base.Pairs...)}
	for _, pair := range over.Pairs {
		i, here := out.index(pair.Key), join(path, pair.Key)
		switch {
		case i < 0 && pair.Value.Kind == Null:
			m.Report(Problem{At: pair.At, Path: here, Text: "there is nothing to remove here", Hint: m.near(pair.Key, out)})
		case i < 0:
			out.Pairs = append(out.Pairs, pair)
		case pair.Value.Kind == Null:
			out.Pairs = append(out.Pairs[:i:i], out.Pairs[i+1:]...)
		default:
			out.Pairs[i] = Pair{Key: pair.Key, At: pair.At, Value: m.merge(out.Pairs[i].Value, pair.Value, pair.Key, here)}
		}
	}
	return out
}

func (m Merge) near(key string, in *Node) string {
	var known []string
	for _, pair := range in.Pairs {
		known = append(known, pair.Key)
	}
	return Suggest(key, known)
}

// Suggest is a hint with the nearest of the known words, or all of them.
func Suggest(word string, known []string) string {
	if nearest, ok := Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %s?", nearest)
	}
	if len(known) == 0 {
		return ""
	}
	return "there are " + strings.Join(known, ", ")
}

// allMaps reports whether every element of a list is a map.
func allMaps(list *Node) bool {
	return !slices.ContainsFunc(list.Items, func(item *Node) bool { return item.Kind != Map })
}

// of is the name of an element of the list under key, or nil.
func (names Names) of(item *Node, key string) *Node {
	if item.Kind != Map {
		return nil
	}
	for _, k := range names[key] {
		if name := item.Get(k); name != nil && name.Kind == Scalar {
			return name
		}
	}
	return nil
}

func (m Merge) list(base, over *Node, key, path string) *Node {
	out := &Node{Kind: List, At: over.At, Items: append([]*Node(nil), base.Items...)}
	for _, pair := range over.Pairs {
		i, here := m.Names.index(out, key, pair.Key), join(path, pair.Key)
		switch {
		case pair.Value.Kind == Null && i < 0:
			m.Report(Problem{At: pair.At, Path: here, Text: "there is nothing to remove here",
				Hint: Suggest(pair.Key, m.Names.all(out, key))})
		case pair.Value.Kind == Null:
			out.Items = append(out.Items[:i:i], out.Items[i+1:]...)
		case i < 0:
			out.Items = append(out.Items, withName(pair, m.Names[key][0]))
		default:
			merged := *m.merge(out.Items[i], pair.Value, "", here)
			merged.At = pair.At
			out.Items[i] = &merged
		}
	}
	return out
}

// withName is a new element of a list, with the key of the pair as its name.
func withName(pair Pair, key string) *Node {
	if pair.Value.Kind != Map || pair.Value.Get(key) != nil {
		return pair.Value
	}
	name := Pair{Key: key, At: pair.At, Value: &Node{Kind: Scalar, Text: pair.Key, At: pair.At}}
	return &Node{Kind: Map, At: pair.At, Pairs: append([]Pair{name}, pair.Value.Pairs...)}
}

// index is the place of the element with a name, or with a number from 1 in
// brackets, in a list; -1 if there is none.
func (names Names) index(list *Node, key, name string) int {
	for i, item := range list.Items {
		if n := names.of(item, key); n != nil && n.Text == name {
			return i
		}
	}
	// An element without a name is known by its number: "3", "shift 3" or "[3]".
	number := name[strings.LastIndexAny(name, " [")+1:]
	n, err := strconv.Atoi(strings.TrimSuffix(number, "]"))
	if err != nil || n < 1 || n > len(list.Items) || names.of(list.Items[n-1], key) != nil {
		return -1
	}
	return n - 1
}

func (names Names) all(list *Node, key string) []string {
	var all []string
	for _, item := range list.Items {
		if n := names.of(item, key); n != nil {
			all = append(all, n.Text)
		}
	}
	return all
}

// Find walks from root along the segments of a path, through maps and named
// lists, as far as it goes. It returns the place of what it reached last, and how
// many segments led there.
func (names Names) Find(root *Node, path []string) (at Span, node *Node, depth int) {
	node, at = root, root.At
	key := ""
	for depth < len(path) {
		segment := path[depth]
		switch {
		case node.Kind == Map && node.index(segment) >= 0:
			pair := node.Pairs[node.index(segment)]
			at, node, key = pair.At, pair.Value, segment
		case node.Kind == List:
			i := names.index(node, key, segment)
			if i < 0 {
				return at, node, depth
			}
			node = node.Items[i]
			at = node.At
			if name := names.of(node, key); name != nil {
				at = name.At
			}
		default:
			return at, node, depth
		}
		depth++
	}
	if node.Kind == Scalar && node.At.File != nil {
		at = node.At
	}
	return at, node, depth
}

// Overlay is the tree that says value at path: {a: {b: value}} for a.b.
func Overlay(path []string, at Span, value *Node) *Node {
	for i := len(path) - 1; i >= 0; i-- {
		value = &Node{Kind: Map, At: at, Pairs: []Pair{{Key: path[i], At: at, Value: value}}}
	}
	return value
}

// Missing finds the first segment of a path that root does not have, and what
// there is in its place. ok is true when the whole path exists.
func (names Names) Missing(root *Node, path []string) (depth int, known []string, ok bool) {
	_, node, depth := names.Find(root, path)
	if depth == len(path) {
		return depth, nil, true
	}
	switch node.Kind {
	case Map:
		for _, pair := range node.Pairs {
			known = append(known, pair.Key)
		}
	case List:
		if depth > 0 {
			known = names.all(node, path[depth-1])
		}
	}
	return depth, known, false
}
