package records

import (
	"encoding/binary"
	"math/bits"
)

// tape is a value of JSON, read once: what stands in it in the order of the text, each with its end, so that whoever asks for a
// field steps from sibling to sibling and reads nothing again (the tape of Langdale and Lemire 2019, The VLDB Journal 28(6)).
// A member of an object is its name, then its value.
type tape struct {
	text    []byte
	nodes   []node
	open    []uint32 // objects and lists that have not ended
	unicode bool     // there is an escape by number, so that a word may be written otherwise
}

// node is a value, or the name of a member.
type node struct {
	from, to uint32 // in the text
	next     uint32 // the node after all that stands within this one; of a name, the object that it is in
	kind     byte   // the first byte of the value; 0 for all numbers
	marks    byte
}

// The marks of nodes.
const (
	escaped byte = 1 << iota // a string with a backslash
	checked                  // an object whose names have been compared with each other
	doubled                  // and of which two are the same
	member                   // the name of a member
)

// verdict is what has become of reading a value.
type verdict byte

const (
	whole  verdict = iota
	short          // the text ends before the value does
	broken         // it is not JSON
)

// deepest is how far values may stand within each other.
const deepest = 1000

// read reads the value that begins at a place, which is no space, and gives the place after it. Nothing follows the text if it is
// the last; then a number may end with it.
func (t *tape) read(text []byte, at int, last bool) (end int, v verdict) {
	t.text, t.nodes, t.open, t.unicode = text, t.nodes[:0], t.open[:0], false
	for {
		begins := false // a container that has members
		if at, begins, v = t.value(at, last); v != whole {
			return at, v
		}
		if begins {
			continue
		}
		for {
			if len(t.open) == 0 {
				return at, whole
			}
			if at = space(text, at); at == len(text) {
				return at, short
			}
			top := &t.nodes[t.open[len(t.open)-1]]
			if text[at] == top.kind+2 { // the closing bracket or brace
				at++
				top.to, top.next = uint32(at), uint32(len(t.nodes))
				t.open = t.open[:len(t.open)-1]
				continue
			}
			if text[at] != ',' {
				return at, broken
			}
			if at = space(text, at+1); at == len(text) {
				return at, short
			}
			if top.kind == '{' {
				if at, v = t.name(at); v != whole {
					return at, v
				}
			}
			break
		}
	}
}

// value reads a single value, or the beginning of an object or a list and of its first member.
func (t *tape) value(at int, last bool) (end int, begins bool, v verdict) {
	c := t.text[at]
	switch c {
	case '"':
		end, v = t.quoted(at)
		return end, false, v
	case '{', '[':
		if len(t.open) == deepest {
			return at, false, broken
		}
		t.open = append(t.open, uint32(len(t.nodes)))
		t.nodes = append(t.nodes, node{from: uint32(at), kind: c})
		if at = space(t.text, at+1); at == len(t.text) {
			return at, false, short
		}
		if t.text[at] == c+2 {
			return at, false, whole
		}
		if c == '{' {
			at, v = t.name(at)
		}
		return at, true, v
	case 't':
		end, v = literal(t.text, at, "true")
	case 'f':
		end, v = literal(t.text, at, "false")
	case 'n':
		end, v = literal(t.text, at, "null")
	default:
		c = 0
		end, v = number(t.text, at, last)
	}
	t.nodes = append(t.nodes, node{from: uint32(at), to: uint32(end), next: uint32(len(t.nodes) + 1), kind: c})
	return end, false, v
}

// name reads the name of a member, and goes to its value.
func (t *tape) name(at int) (int, verdict) {
	if t.text[at] != '"' {
		return at, broken
	}
	at, v := t.quoted(at)
	if v != whole {
		return at, v
	}
	n := &t.nodes[len(t.nodes)-1]
	n.marks, n.next = n.marks|member, t.open[len(t.open)-1]
	if at = space(t.text, at); at == len(t.text) {
		return at, short
	}
	if t.text[at] != ':' {
		return at, broken
	}
	if at = space(t.text, at+1); at == len(t.text) {
		return at, short
	}
	return at, whole
}

// quoted reads a string.
func (t *tape) quoted(from int) (int, verdict) {
	text, marks := t.text, byte(0)
	for at := from + 1; ; {
		if at = plain(text, at); at == len(text) {
			return at, short
		}
		switch text[at] {
		case '"':
			at++
			t.nodes = append(t.nodes, node{from: uint32(from), to: uint32(at), next: uint32(len(t.nodes) + 1), kind: '"', marks: marks})
			return at, whole
		case '\\':
			marks = escaped
			if at+1 == len(text) {
				return at, short
			}
			switch text[at+1] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				at += 2
			case 'u':
				t.unicode = true
				for at, n := at+2, 0; n < 4; at, n = at+1, n+1 {
					if at == len(text) {
						return at, short
					}
					if c := text[at] | 0x20; (c < '0' || c > '9') && (c < 'a' || c > 'f') || text[at] < '0' {
						return at, broken
					}
				}
				at += 6
			default:
				return at, broken
			}
		default:
			return at, broken
		}
	}
}

// past is the place after an object or a list, as far as brackets and quotes tell: what stands in it is not looked at.
func past(text []byte, at int) (int, verdict) {
	for depth := 0; at < len(text); at++ {
		switch text[at] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return at + 1, whole
			}
		case '"':
			for at = plain(text, at+1); at < len(text) && text[at] != '"'; at = plain(text, at) {
				at++
				if text[at-1] == '\\' {
					at++
				}
				at = min(at, len(text))
			}
		}
	}
	return len(text), short
}

// plain steps over what needs no look in a string, eight bytes at once: to a quote, a backslash or a control character (the tests
// for bytes of a word in Warren 2013, Hacker's Delight, section 6-1).
func plain(text []byte, at int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; at+8 <= len(text); at += 8 {
		x := binary.LittleEndian.Uint64(text[at:])
		quote, slash := x^('"'*ones), x^('\\'*ones)
		if found := ((quote-ones)&^quote | (slash-ones)&^slash | (x-' '*ones)&^x) & tops; found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(text) && text[at] != '"' && text[at] != '\\' && text[at] >= ' ' {
		at++
	}
	return at
}

// space is the place of what follows after space.
func space(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
		at++
	}
	return at
}

func literal(text []byte, at int, word string) (int, verdict) {
	for i := range len(word) {
		if at+i == len(text) {
			return at + i, short
		}
		if text[at+i] != word[i] {
			return at + i, broken
		}
	}
	return at + len(word), whole
}

// number reads a number as JSON has it: no zeros in front, and digits on both sides of a point.
func number(text []byte, at int, last bool) (int, verdict) {
	if text[at] == '-' {
		at++
	}
	from := at
	if at = digits(text, at); at == from {
		return unfinished(text, at)
	}
	if text[from] == '0' {
		at = from + 1
	}
	if at < len(text) && text[at] == '.' {
		if from, at = at+1, digits(text, at+1); at == from {
			return unfinished(text, at)
		}
	}
	if at < len(text) && text[at]|0x20 == 'e' {
		if at++; at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		if from, at = at, digits(text, at); at == from {
			return unfinished(text, at)
		}
	}
	if at == len(text) && !last {
		return at, short
	}
	return at, whole
}

// unfinished is a number in which a digit has to come.
func unfinished(text []byte, at int) (int, verdict) {
	if at == len(text) {
		return at, short
	}
	return at, broken
}

func digits(text []byte, at int) int {
	for at < len(text) && text[at] >= '0' && text[at] <= '9' {
		at++
	}
	return at
}
