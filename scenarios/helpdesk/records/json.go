package records

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/headroom-sim/headroom/scenarios/intake"
)

// lenient reads what help desks write: a name twice costs that field, and what is no UTF-8 the name that it is in.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// walk reads JSON.
type walk struct {
	*reader
	window
	row int
}

// json reads a file that holds JSON.
func (r *reader) json(in *bufio.Reader) error {
	mark, err := pastMark(in)
	if err != nil {
		return err
	}
	w := &walk{reader: r, window: window{in: in, offset: mark}}
	for {
		c, err := w.peek()
		if err == io.EOF {
			return nil
		}
		switch {
		case err != nil:
		case c == '[':
			err = w.array("")
		case c == '{':
			err = w.object()
		default:
			if err = w.value(&w.pool.tape); err == nil {
				w.odd("a single value in place of a record")
			}
		}
		if v := (visitError{}); errors.As(err, &v) {
			return v.error
		}
		if err != nil {
			at := w.offset + int64(w.at)
			if errors.Is(err, errSyntax) {
				at, err = r.syntax(at)
			}
			return w.broken(err, at)
		}
	}
}

// pastMark steps over a byte order mark, and says how many bytes it has.
func pastMark(in *bufio.Reader) (int64, error) {
	const mark = "\ufeff"
	if head, _ := in.Peek(len(mark)); !bytes.Equal(head, []byte(mark)) {
		return 0, nil
	}
	n, err := in.Discard(len(mark))
	return int64(n), err
}

// syntax finds out what is wrong in a file, and where, by a decoder that reads it once more from its beginning.
func (r *reader) syntax(at int64) (int64, error) {
	file, err := r.src.Open()
	if err != nil {
		return at, err
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return at, err
	}
	mark, err := pastMark(in)
	if err != nil {
		return at, err
	}
	for dec := jsontext.NewDecoder(in, lenient...); ; {
		err := dec.SkipValue()
		var wrong *jsontext.SyntacticError
		switch {
		case errors.As(err, &wrong):
			return mark + wrong.ByteOffset, fmt.Errorf("%w: %w", errSyntax, wrong.Err)
		case err != nil: // values that stand too far within each other
			return at, errSyntax
		}
	}
}

// visitError is an error of whoever takes the records, and none of the file.
type visitError struct{ error }

func (w *walk) place() intake.Place { return intake.Place{File: w.src.Name, Row: w.row} }

func (w *walk) odd(text string) {
	w.row++
	w.fault(w.place(), text)
}

// array reads the records of an array.
func (w *walk) array(table string) error {
	w.at++ // its bracket
	c, err := w.within()
	for ; err == nil && c != ']'; c, err = w.further(']') {
		if c == '{' && w.skip != nil && w.skip(table) { // it is not looked at before somebody asks for it
			if err = w.pass(); err != nil {
				return err
			}
			w.row++
			continue
		}
		if err = w.value(&w.pool.tape); err != nil {
			return err
		}
		if c != '{' {
			w.odd("a single value in place of a record")
		} else if err = w.give(w.begin(table)); err != nil {
			return err
		}
	}
	if err == nil {
		w.at++
	}
	return err
}

// further goes on to the next member of what ends with a bracket or a brace, or to that. It gives the first byte of either.
func (w *walk) further(end byte) (byte, error) {
	c, err := w.within()
	switch {
	case err != nil || c == end:
		return c, err
	case c != ',':
		return 0, errSyntax
	}
	w.at++
	if c, err = w.within(); err == nil && c == end {
		return 0, errSyntax
	}
	return c, err
}

// begin is the record of the object that was read. All others are over.
func (w *walk) begin(table string) *Record {
	w.pool.clear()
	rec := w.pool.record()
	w.row++
	rec.Table, rec.Place, rec.double, rec.tape = table, w.place(), w.double, &w.pool.tape
	return rec
}

// give hands a record on. One whose only field is an object is that object, under the name of the
// field: {"ticket": {…}}.
func (w *walk) give(rec *Record) error {
	if name, ok := rec.wraps(); ok {
		rec.Table, rec.node = unquote(rec.tape, name), name+1
	}
	if err := w.visit(rec); err != nil {
		return visitError{err}
	}
	return nil
}

// wraps reports whether the only field of a record is an object.
func (r *Record) wraps() (name uint32, ok bool) {
	nodes, name := r.tape.nodes, r.node+1
	if name == nodes[r.node].next {
		return 0, false
	}
	return name, nodes[name+1].kind == '{' && nodes[name+1].next == nodes[r.node].next
}

// keys are fields that a record has and a page of records has not.
var keys = []string{"id", "Id", "key", "url", "sys_id", "number", "attributes"}

// object reads an object: a record, or a page of them.
func (w *walk) object() error {
	if w.beginsWithRecords() {
		return w.page()
	}
	if end, ok := w.here(&w.pool.tape); ok && !w.paged() {
		w.at = end
		return w.give(w.begin(""))
	}
	return w.page()
}

// beginsWithRecords reports whether it can be seen at once that an object is a page: its first member is an array of records.
func (w *walk) beginsWithRecords() bool {
	from := space(w.text, w.at+1) + 1
	to := plain(w.text, min(from, len(w.text)))
	if to == len(w.text) || w.text[from-1] != '"' || w.text[to] != '"' {
		return false
	}
	colon := space(w.text, to+1)
	bracket := space(w.text, colon+1)
	return bracket < len(w.text) && w.text[colon] == ':' && w.text[bracket] == '[' && slices.Contains(w.arrays, string(w.text[from:to]))
}

// paged reports whether the object that was read is a page.
func (w *walk) paged() bool {
	t := &w.pool.tape
	for name := uint32(1); name < t.nodes[0].next; name = t.nodes[name+1].next {
		called := unquote(t, name)
		switch {
		case t.nodes[name+1].kind == '[' && slices.Contains(w.arrays, called):
			return true
		case slices.Contains(keys, called):
			return false
		}
	}
	return false
}

// page reads an object member by member: a page, whose arrays hold records, or one record.
func (w *walk) page() error {
	w.at++ // its brace
	text, t := []byte("{"), &w.pool.tape
	row, isRecord, paged := w.row, false, false
	c, err := w.within()
	for ; err == nil && c != '}'; c, err = w.further('}') {
		if c != '"' {
			return errSyntax
		}
		if err = w.value(t); err != nil {
			return err
		}
		name, quoted := unquote(t, 0), len(text)
		text = append(append(text, t.text[t.nodes[0].from:t.nodes[0].to]...), ':')
		if c, err = w.within(); err != nil {
			return err
		} else if c != ':' {
			return errSyntax
		}
		w.at++
		if c, err = w.within(); err != nil {
			return err
		}
		if !isRecord && c == '[' && slices.Contains(w.arrays, name) {
			text = text[:quoted]
			if !paged { // a page counts its records, and is none
				paged, w.row = true, row
			}
			if err = w.array(name); err != nil {
				return err
			}
			continue
		}
		if err = w.value(t); err != nil {
			return err
		}
		if paged {
			text = text[:quoted]
			continue
		}
		text = append(append(text, t.text[t.nodes[0].from:t.nodes[0].to]...), ',')
		isRecord = isRecord || slices.Contains(keys, name)
	}
	if err != nil {
		return err
	}
	w.at++
	if paged {
		return nil
	}
	if n := len(text) - 1; text[n] == ',' {
		text = text[:n]
	}
	if _, v := t.read(append(text, '}'), 0, true); v != whole {
		return errSyntax
	}
	return w.give(w.begin(""))
}
