package records

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// pool holds what is valid until the next record of a file is read, so that it is made once.
type pool struct {
	tape    tape
	records []*Record
	used    int
	lists   []*Record           // those that were handed out, one after the other
	fields  [fieldsKnown]uint32 // how far behind its object a field was, by a hash of its name
	known   [512]string         // texts that were met before, by their hash: most come again soon
}

func (p *pool) clear() { p.used, p.lists = 0, p.lists[:0] }

// record is a record without fields.
func (p *pool) record() *Record {
	if p.used == len(p.records) {
		p.records = append(p.records, &Record{})
	}
	r := p.records[p.used]
	p.used++
	*r = Record{pool: p}
	return r
}

// longestKnown is the most bytes of a text that is remembered.
const longestKnown = 64

// string is a text, the same one as before if it was met of late.
func (p *pool) string(text []byte) string {
	n := len(text)
	if n == 0 || n > longestKnown {
		return string(text)
	}
	var x uint64
	if n >= 8 {
		x = binary.LittleEndian.Uint64(text[n-8:]) ^ binary.LittleEndian.Uint64(text)>>1
	} else {
		for _, c := range text {
			x = x<<8 | uint64(c)
		}
	}
	known := &p.known[(x+uint64(n))*0x9e3779b97f4a7c15>>(64-9)] // multiplicative hashing (Knuth 1998, volume 3, section 6.4)
	if *known != string(text) {
		*known = string(text)
	}
	return *known
}

// missing is the node of what is not there.
const missing = ^uint32(0)

// find is the value of the field of an object; missing if there is none, or if the node is no object.
func (r *Record) find(object uint32, name string) uint32 {
	t := r.tape
	if t == nil || t.nodes[object].kind != '{' {
		return missing
	}
	if t.nodes[object].marks&checked == 0 {
		r.check(object)
	}
	// Records of a table are mostly alike: the field is where it was in the one before.
	place := 0
	if n := len(name); n > 0 {
		place = n + 5*int(name[0]) + 3*int(name[n-1])
	}
	last := &r.pool.fields[place%fieldsKnown]
	if at := object + *last; int(at) < len(t.nodes) && t.nodes[object].marks&doubled == 0 {
		if n := &t.nodes[at]; n.marks&member != 0 && n.next == object && t.is(at, name) {
			return at + 1
		}
	}
	for at, end := object+1, t.nodes[object].next; at < end; at = t.nodes[at+1].next {
		if t.is(at, name) {
			*last = at - object
			return at + 1
		}
	}
	return missing
}

// fieldsKnown is of how many fields it is remembered where they were.
const fieldsKnown = 128

// is reports whether a string is a text.
func (t *tape) is(at uint32, text string) bool {
	n := &t.nodes[at]
	if n.marks&escaped != 0 {
		return unquote(t, at) == text
	}
	return int(n.to-n.from) == len(text)+2 && string(t.text[n.from+1:n.to-1]) == text
}

// check tells of the names that are in an object twice. One bit for each name says mostly at once that it is new.
func (r *Record) check(object uint32) {
	t, names := r.tape, uint64(0)
	t.nodes[object].marks |= checked
	for at, end := object+1, t.nodes[object].next; at < end; at = t.nodes[at+1].next {
		n := &t.nodes[at]
		bit := ^uint64(0)
		if n.marks&escaped == 0 && n.to > n.from+2 {
			bit = 1 << ((n.to - n.from + 7*uint32(t.text[n.from+1]) + 31*uint32(t.text[n.to-2])) & 63)
		}
		if names&bit != 0 && r.double != nil {
			name := unquote(t, at)
			for other := object + 1; other < at; other = t.nodes[other+1].next {
				if t.is(other, name) {
					t.nodes[object].marks |= doubled
					r.double(r.Place, name)
					break
				}
			}
		}
		names |= bit
	}
}

// within is the record of an object that stands within this one; without fields if the node is none. The place is that of the
// outer one.
func (r *Record) within(node uint32) *Record {
	of := r.pool.record()
	of.Place, of.double = r.Place, r.double
	if node != missing && r.tape.nodes[node].kind == '{' {
		of.tape, of.node = r.tape, node
	}
	return of
}

// at is the value at the end of a path, each within the one before.
func (r *Record) at(path []string) uint32 {
	node := r.node
	for _, name := range path {
		if node = r.find(node, name); node == missing {
			return missing
		}
	}
	return node
}

// text is a single value as it is written, without the space around it.
func (r *Record) text(at uint32) string {
	if at == missing {
		return ""
	}
	n := &r.tape.nodes[at]
	switch n.kind {
	case '"':
		if n.marks&escaped != 0 {
			return strings.TrimSpace(unquote(r.tape, at))
		}
		return r.pool.string(bytes.TrimSpace(r.tape.text[n.from+1 : n.to-1]))
	case 0, 't', 'f':
		return r.pool.string(r.tape.text[n.from:n.to])
	}
	return ""
}

// unquote is the text of a string.
func unquote(t *tape, at uint32) string {
	n := &t.nodes[at]
	if n.marks&escaped == 0 {
		return string(t.text[n.from+1 : n.to-1])
	}
	text, _ := jsontext.AppendUnquote(nil, t.text[n.from:n.to]) // damaged characters are replaced
	return string(text)
}
