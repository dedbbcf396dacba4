// Package draft writes scenario YAML in which every value can say where it comes from.
//
// A draft is put together key by key and written at once. Texts are quoted where they need
// it, whatever they hold, so that the reader of scenarios reads back what was put in; comments
// are for people and the reader passes over them.
//
//	doc := draft.New()
//	doc.Map("time", "").Set("start", "2026-03-02", "the first ticket of tickets.csv")
//	doc.List("demand", "").Map("").Set("stream", "email", "")
//	data, err := doc.Encode("Drafted by headroom import.")
//
// gives
//
//	# Drafted by headroom import.
//
//	time:
//	  start: 2026-03-02 # the first ticket of tickets.csv
//	demand:
//	  - stream: email
package draft

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Map is a map of a draft: keys in the order in which they were set.
type Map struct{ node *yaml.Node }

// List is a list of a draft.
type List struct{ node *yaml.Node }

// New is an empty draft.
func New() *Map { return &Map{&yaml.Node{Kind: yaml.MappingNode}} }

// Set gives a key a single value, in place of one that it has; why stands beside it as a
// comment, and may be empty.
func (m *Map) Set(key, value, why string) *Map {
	m.put(key, scalar(value), why)
	return m
}

// Null takes a key of what a scenario extends away.
func (m *Map) Null(key, why string) {
	m.put(key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, why)
}

// Flow gives a key a list of single values, on one line if their texts can stand there.
func (m *Map) Flow(key string, values []string, why string) *Map {
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, v := range values {
		if strings.ContainsAny(v, "()") { // between which the reader takes no comma for the end of a value
			list.Style = 0
		}
		list.Content = append(list.Content, scalar(v))
	}
	if list.Style == 0 {
		m.put(key, list, "")
		m.node.Content[m.index(key)].HeadComment = comment(why)
		return m
	}
	m.put(key, list, why)
	return m
}

// Map is the map under a key, which is made if it is not there; why stands above it.
func (m *Map) Map(key, why string) *Map {
	return &Map{m.under(key, why, yaml.MappingNode)}
}

// List is the list under a key, which is made if it is not there; why stands above it.
func (m *Map) List(key, why string) *List {
	return &List{m.under(key, why, yaml.SequenceNode)}
}

// OneLine writes a map, with all that is in it, on one line. What it holds has no comments.
func (m *Map) OneLine() *Map {
	m.node.Style = yaml.FlowStyle
	return m
}

// Has reports whether a key is set.
func (m *Map) Has(key string) bool { return m.index(key) >= 0 }

// Len is the number of keys.
func (m *Map) Len() int { return len(m.node.Content) / 2 }

// Take puts all keys of another map behind those of m, in place of those that m has. The
// other must not be used afterwards.
func (m *Map) Take(other *Map) {
	for i := 0; i < len(other.node.Content); i += 2 {
		key, value := other.node.Content[i], other.node.Content[i+1]
		if at := m.index(key.Value); at >= 0 {
			m.node.Content[at], m.node.Content[at+1] = key, value
			continue
		}
		m.node.Content = append(m.node.Content, key, value)
	}
}

// Add appends a single value.
func (l *List) Add(value, why string) {
	n := scalar(value)
	n.LineComment = comment(why)
	l.node.Content = append(l.node.Content, n)
}

// Map appends a map; why stands above it.
func (l *List) Map(why string) *Map {
	n := &yaml.Node{Kind: yaml.MappingNode, HeadComment: comment(why)}
	l.node.Content = append(l.node.Content, n)
	return &Map{n}
}

// Encode writes the draft. head is the comment that opens the file; it may have several lines.
func (m *Map) Encode(head string) ([]byte, error) {
	var out bytes.Buffer
	for line := range strings.Lines(clean(head)) {
		out.WriteString(strings.TrimSpace("# "+strings.ReplaceAll(line, "\r", "")) + "\n")
	}
	if out.Len() > 0 {
		out.WriteByte('\n')
	}
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(m.node); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}

func (m *Map) index(key string) int {
	key = clean(key)
	for i := 0; i < len(m.node.Content); i += 2 {
		if m.node.Content[i].Value == key {
			return i
		}
	}
	return -1
}

func (m *Map) put(key string, value *yaml.Node, why string) {
	value.LineComment = comment(why)
	if i := m.index(key); i >= 0 {
		m.node.Content[i+1] = value
		return
	}
	m.node.Content = append(m.node.Content, scalar(key), value)
}

// under is the collection under a key.
func (m *Map) under(key, why string, kind yaml.Kind) *yaml.Node {
	if i := m.index(key); i >= 0 && m.node.Content[i+1].Kind == kind {
		return m.node.Content[i+1]
	}
	n := &yaml.Node{Kind: kind}
	m.put(key, n, "")
	// A comment of the collection itself would stand between it and its key.
	m.node.Content[m.index(key)].HeadComment = comment(why)
	return n
}

// scalar is a single value, quoted where the reader would not take it for a text.
func scalar(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: clean(text)}
	plain := !strings.ContainsAny(n.Value, "\n\r\t") && n.Value == strings.TrimSpace(n.Value)
	if !plain || slices.Contains([]string{"", "~", "null", "Null", "NULL", "<<", "="}, n.Value) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// clean is a text that the reader of scenarios takes: what it refuses becomes the character for
// what cannot be shown.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\n' && r != '\t' && r != '\r', r >= 0x7f && r < 0xa0,
			r == '\u2028', r == '\u2029', r == '\ufeff', r == '\ufffe', r == '\uffff':
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// comment is a comment on one line.
func comment(text string) string {
	text = strings.Join(strings.Fields(clean(text)), " ")
	if text == "" {
		return ""
	}
	return "# " + text
}
