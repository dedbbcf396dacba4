package records

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// pool holds the records that are valid until the next one of a file is read, so that they are made once.
type pool struct {
	records []*Record
	used    int
	text    []byte // of the one that was read field by field
}

func (p *pool) clear() { p.used, p.text = 0, p.text[:0] }

// record is an empty record.
func (p *pool) record() *Record {
	if p.used == len(p.records) {
		p.records = append(p.records, &Record{})
	}
	r := p.records[p.used]
	p.used++
	*r = Record{pool: p, fields: r.fields[:0]}
	return r
}

// keep is a text for as long as the records are valid.
func (p *pool) keep(text []byte) []byte {
	from := len(p.text)
	p.text = append(p.text, text...)
	return p.text[from:len(p.text):len(p.text)]
}

// field is a field of a JSON object: its name, and its value as it is written.
type field struct {
	name  []byte
	value jsontext.Value
	inner *Record // of the value, once it was asked for
}

// index finds the fields of an object.
func (r *Record) index() {
	s := scan{text: r.raw}
	r.raw = nil
	for s.open(); !s.end(); s.next() {
		name := s.value()
		s.colon()
		r.add(name, s.value())
	}
}

// add takes a field, unless there is one of its name.
func (r *Record) add(quoted []byte, value jsontext.Value) {
	name := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		name = []byte(unquote(quoted))
	}
	// One bit for each name says mostly at once that it is new.
	bit := uint64(1) << (len(name) & 63)
	if len(name) > 0 {
		bit = 1 << ((uint(len(name)) + 7*uint(name[0]) + 31*uint(name[len(name)-1])) & 63)
	}
	if r.names&bit != 0 && r.find(string(name)) != nil {
		if r.double != nil {
			r.double(r.Place, string(name))
		}
		return
	}
	r.names |= bit
	r.fields = append(r.fields, field{name: name, value: value})
}

// find is the field of a name; nil if there is none.
func (r *Record) find(name string) *field {
	if r.raw != nil {
		r.index()
	}
	for i := range r.fields {
		if string(r.fields[i].name) == name {
			return &r.fields[i]
		}
	}
	return nil
}

// inner is the object that is the value of a field; without fields if the value is none.
func (r *Record) inner(f *field) *Record {
	if f.inner == nil {
		f.inner = r.within(f.value)
	}
	return f.inner
}

// within is the record of an object that stands within this one; the place is that of the outer one.
func (r *Record) within(object jsontext.Value) *Record {
	of := r.pool.record()
	of.Place, of.double = r.Place, r.double
	if object.Kind() == '{' {
		of.raw = object
	}
	return of
}

// at is the field at the end of a path, each within the one before; nil if there is none.
func (r *Record) at(path []string) *field {
	for i, name := range path {
		f := r.find(name)
		switch {
		case f == nil || i == len(path)-1:
			return f
		case f.value.Kind() != '{':
			return nil
		}
		r = r.inner(f)
	}
	return nil
}

// text is a single value as it is written, without the space around it.
func text(v jsontext.Value) string {
	switch v.Kind() {
	case '"':
		return strings.TrimSpace(unquote(v))
	case '0', 't', 'f':
		return string(v)
	}
	return ""
}

// unquote is the text of a string.
func unquote(quoted []byte) string {
	if within := quoted[1 : len(quoted)-1]; bytes.IndexByte(within, '\\') < 0 {
		return string(within)
	}
	text, _ := jsontext.AppendUnquote(nil, quoted) // damaged characters are replaced
	return string(text)
}
