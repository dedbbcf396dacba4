package records

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// tape is a value of JSON, read once: what stands in it in the order of the text, each with its end, so that whoever asks for a
// field steps from sibling to sibling and reads nothing again (the tape of Langdale and Lemire 2019, The VLDB Journal 28(6)).
// A member of an object is its name, then its value.
type tape struct {
	text    []byte
	nodes   []node
	masks   []uint64 // which names may be in an object, one bit for each: the first is for objects of which it is not known
	open    []opened // objects and lists that have not ended, after what they are all in
	names   *names
	unicode bool // there is an escape by number, so that a word may be written otherwise
}

// node is a value, or the name of a member.
type node struct {
	from, to uint32 // in the text
	next     uint32 // the node after all that stands within this one; of a name, the object that it is in
	number   uint16 // of a name, or 0; of an object, that of its mask
	kind     byte   // the first byte of the value; 0 for all numbers
	marks    byte
}

// The marks of nodes.
const (
	escaped  byte = 1 << iota // a string with a backslash
	doubtful                  // an object of which two names may be the same
	checked                   // an object whose names have been compared with each other
	doubled                   // and of which two are the same
	member                    // the name of a member
)

// opened is an object or a list that has not ended.
type opened struct {
	node  uint32
	kind  byte
	marks byte
	mask  uint64
}

// take takes note of a name, by its number.
func (o *opened) take(number uint16) {
	bit := uint64(1) << (number & 63)
	if number == 0 {
		bit = ^uint64(0)
	}
	if o.mask&bit != 0 {
		o.marks |= doubtful
	}
	o.mask |= bit
}

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
	t.text, t.unicode = text, false
	t.open, t.masks = append(t.open[:0], opened{}), append(t.masks[:0], ^uint64(0))
	if t.names == nil {
		t.names = newNames()
	}
	t.nodes, end, v = t.scan(t.nodes[:0], at, last)
	return end, v
}

// scan is read, with all in hand that each node needs: a detour for each would cost as much as the node.
func (t *tape) scan(nodes []node, at int, last bool) (_ []node, end int, v verdict) {
	text, in, before := t.text, &t.open[0], uint16(0)
	for {
		if len(nodes)+2 > cap(nodes) { // a name and a value
			nodes = slices.Grow(nodes, max(len(nodes), 64))
		}
		if in.kind == '{' {
			nodes = nodes[:len(nodes)+1]
			n := &nodes[len(nodes)-1]
			*n = node{}
			n.from, n.next, n.kind, n.marks = uint32(at), in.node, '"', member
			guess := &t.names.after[(int(before)<<3+len(t.open))%guesses]
			if k := &t.names.known[*guess]; k.fits(text, at) {
				before = *guess
				n.number = before
				at += k.size
			} else if at, v = t.name(n, guess); v != whole {
				return nodes, at, v
			}
			n.to, before = uint32(at), n.number
			in.take(before)
			if at = space(text, at); at == len(text) {
				return nodes, at, short
			}
			if text[at] != ':' {
				return nodes, at, broken
			}
			if at = space(text, at+1); at == len(text) {
				return nodes, at, short
			}
		}
		nodes = nodes[:len(nodes)+1]
		n := &nodes[len(nodes)-1]
		*n = node{}
		n.from, n.next, n.kind = uint32(at), uint32(len(nodes)), text[at]
		if n.kind == '{' || n.kind == '[' {
			if len(t.open) > deepest {
				return nodes, at, broken
			}
			t.open = append(t.open, opened{})
			in = &t.open[len(t.open)-1]
			in.node, in.kind = uint32(len(nodes)-1), n.kind
			if at = space(text, at+1); at == len(text) {
				return nodes, at, short
			}
			if text[at] != in.kind+2 {
				continue
			}
		} else {
			if at, v = t.single(n, last); v != whole {
				return nodes, at, v
			}
			n.to = uint32(at)
		}
		for {
			if len(t.open) == 1 {
				return nodes, at, whole
			}
			if at = space(text, at); at == len(text) {
				return nodes, at, short
			}
			if text[at] == ',' {
				break
			}
			if text[at] != in.kind+2 { // the closing bracket or brace
				return nodes, at, broken
			}
			at++
			in = t.close(nodes, in, at)
		}
		if at = space(text, at+1); at == len(text) {
			return nodes, at, short
		}
	}
}

// close ends an object or a list, and goes back to the one that it is in.
func (t *tape) close(nodes []node, in *opened, end int) *opened {
	n := &nodes[in.node]
	n.to, n.next, n.marks = uint32(end), uint32(len(nodes)), in.marks
	if in.kind == '{' && len(t.masks) <= math.MaxUint16 {
		n.number = uint16(len(t.masks))
		t.masks = append(t.masks, in.mask)
	}
	t.open = t.open[:len(t.open)-1]
	return &t.open[len(t.open)-1]
}

// single reads a value that holds no others.
func (t *tape) single(n *node, last bool) (end int, v verdict) {
	text, at := t.text, int(n.from)
	switch n.kind {
	case '"':
		if at+9 <= len(text) {
			if found := special(binary.LittleEndian.Uint64(text[at+1:])); found != 0 {
				if end = at + 1 + bits.TrailingZeros64(found)/8; text[end] == '"' {
					return end + 1, whole
				}
			}
		}
		end, n.marks, v = t.quoted(at)
	case 't':
		end, v = literal(text, at, "true")
	case 'f':
		end, v = literal(text, at, "false")
	case 'n':
		end, v = literal(text, at, "null")
	default:
		n.kind = 0
		end, v = number(text, at, last)
	}
	return end, v
}

// name reads the name of a member that is not the one that was expected.
func (t *tape) name(n *node, guess *uint16) (end int, v verdict) {
	at := int(n.from)
	if t.text[at] != '"' {
		return at, broken
	}
	end, marks, v := t.quoted(at)
	n.marks |= marks
	if v == whole && marks&escaped == 0 {
		n.number = t.names.number(t.text[at+1 : end-1])
		*guess = n.number
	}
	return end, v
}

// quoted reads a string.
func (t *tape) quoted(from int) (end int, marks byte, v verdict) {
	text := t.text
	for at := from + 1; ; {
		if at = plain(text, at); at == len(text) {
			return at, marks, short
		}
		switch text[at] {
		case '"':
			return at + 1, marks, whole
		case '\\':
			marks = escaped
			if at, v = t.escape(at); v != whole {
				return at, marks, v
			}
		default:
			return at, marks, broken
		}
	}
}

// escape reads what begins with a backslash.
func (t *tape) escape(at int) (int, verdict) {
	text := t.text
	if at+1 == len(text) {
		return at, short
	}
	switch text[at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return at + 2, whole
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
		return at + 6, whole
	}
	return at, broken
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

// plain steps over what needs no look in a string, eight bytes at once: to a quote, a backslash or a control character.
func plain(text []byte, at int) int {
	for ; at+8 <= len(text); at += 8 {
		if found := special(binary.LittleEndian.Uint64(text[at:])); found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(text) && text[at] != '"' && text[at] != '\\' && text[at] >= ' ' {
		at++
	}
	return at
}

// special has the highest bit of the first of eight bytes that is a quote, a backslash or a control character, and of none before
// it (the tests for bytes of a word in Warren 2013, Hacker's Delight, section 6-1).
func special(x uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, slash := x^('"'*ones), x^('\\'*ones)
	return ((quote-ones)&^quote | (slash-ones)&^slash | (x-' '*ones)&^x) & tops
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
