package records

import (
	"bytes"
	"encoding/binary"

	"github.com/go-json-experiment/json/jsontext"
)

// pool holds what is valid until the next record of a file is read, so that it is made once.
type pool struct {
	tape    tape
	records []*Record
	used    int
	lists   []*Record   // those that were handed out, one after the other
	fields  fields      // of JSON
	columns fields      // of a table, whose cells may hold JSON
	known   [512]string // texts that were met before, by their hash: most come again soon
	plain   []byte      // the last text that had escapes
}

// field is a field that was asked for: where it was.
type field struct {
	name   string
	number uint16 // of the name; 0 for none
	last   uint32 // how far behind its object it was; of a table, the number of its column, or 0
}

// fields are those that were asked for, by a hash of their names.
type fields [256]field

func (p *pool) clear() { p.used, p.lists = 0, p.lists[:0] }

// of is what is known of a field, and whether anything is.
func (fs *fields) of(name string) (f *field, known bool) {
	place := 0
	if n := len(name); n > 0 {
		place = n + 5*int(name[0]) + 3*int(name[n-1])
	}
	f = &fs[place%len(fs)]
	if known = f.name == name && name != ""; !known {
		*f = field{name: name}
	}
	return f, known
}

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
	o := &t.nodes[object]
	if o.marks&(doubtful|checked) == doubtful {
		r.check(object)
	}
	f, known := r.pool.fields.of(name)
	if !known {
		f.number = t.names.number([]byte(name))
	}
	if f.number != 0 && t.masks[o.number]>>(f.number&63)&1 == 0 {
		return missing
	}
	// Records of a table are mostly alike: the field is where it was in the one before.
	if at := object + f.last; int(at) < len(t.nodes) && o.marks&doubled == 0 {
		if n := &t.nodes[at]; n.marks&member != 0 && n.next == object && t.is(at, f) {
			return at + 1
		}
	}
	for at, end := object+1, o.next; at < end; at = t.nodes[at+1].next {
		if t.is(at, f) {
			f.last = at - object
			return at + 1
		}
	}
	return missing
}

// is reports whether a name is that of a field.
func (t *tape) is(at uint32, f *field) bool {
	n := &t.nodes[at]
	if n.number != 0 && f.number != 0 {
		return n.number == f.number
	}
	return unquote(t, at) == f.name
}

// check tells of the names that are in an object twice. One bit for each name says mostly at once that it is new.
func (r *Record) check(object uint32) {
	t, all := r.tape, opened{}
	t.nodes[object].marks |= checked
	if r.double == nil {
		return
	}
	for at, end := object+1, t.nodes[object].next; at < end; at = t.nodes[at+1].next {
		n := &t.nodes[at]
		all.marks = 0
		if all.take(n.number); all.marks == 0 {
			continue
		}
		same := field{name: unquote(t, at), number: n.number}
		for other := object + 1; other < at; other = t.nodes[other+1].next {
			if t.is(other, &same) {
				t.nodes[object].marks |= doubled
				r.double(r.Place, same.name)
				break
			}
		}
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
func (r *Record) text(at uint32) string { return r.pool.string(r.bytes(at)) }

// bytes is text, valid until the next value is asked for.
func (r *Record) bytes(at uint32) []byte {
	if at == missing {
		return nil
	}
	n := &r.tape.nodes[at]
	switch n.kind {
	case '"':
		text := r.tape.text[n.from+1 : n.to-1]
		if n.marks&escaped != 0 {
			r.pool.plain = unescape(r.pool.plain[:0], r.tape, at)
			text = r.pool.plain
		}
		if end := len(text) - 1; end >= 0 && (text[0]-'!' > '~'-'!' || text[end]-'!' > '~'-'!') {
			return bytes.TrimSpace(text)
		}
		return text
	case 0, 't', 'f':
		return r.tape.text[n.from:n.to]
	}
	return nil
}

// unquote is the text of a string.
func unquote(t *tape, at uint32) string {
	n := &t.nodes[at]
	if n.marks&escaped == 0 {
		return string(t.text[n.from+1 : n.to-1])
	}
	return string(unescape(nil, t, at))
}

// unescape appends the text of a string with escapes.
func unescape(b []byte, t *tape, at uint32) []byte {
	n := &t.nodes[at]
	b, _ = jsontext.AppendUnquote(b, t.text[n.from:n.to]) // damaged characters are replaced
	return b
}
