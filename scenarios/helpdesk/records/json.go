package records

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/headroom-sim/headroom/scenarios/intake"
)

// errLong means that a record is longer than it may be.
var errLong = errors.New("a record is too long")

// guard ends a file whose record has too many bytes before they fill the memory.
type guard struct {
	in          io.Reader
	read, until int64
}

func (g *guard) Read(p []byte) (int, error) {
	if g.read >= g.until {
		return 0, errLong
	}
	n, err := g.in.Read(p[:min(int64(len(p)), g.until-g.read)])
	g.read += int64(n)
	return n, err
}

// lenient reads what help desks write: a name twice costs that field, and what is no UTF-8 the name that it is in.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// walk reads JSON, each byte of it once.
type walk struct {
	*reader
	dec   *jsontext.Decoder
	guard *guard
	row   int
}

func (r *reader) json(in *bufio.Reader) error {
	if head, _ := in.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
		if _, err := in.Discard(3); err != nil {
			return err
		}
	}
	g := &guard{in: in, until: MaxRecord}
	w := &walk{reader: r, dec: jsontext.NewDecoder(g, lenient...), guard: g}
	for {
		w.allow()
		var err error
		switch w.dec.PeekKind() {
		case '[':
			err = w.array("")
		case '{':
			err = w.page()
		default:
			if err = w.dec.SkipValue(); err == io.EOF {
				return nil
			} else if err == nil {
				w.odd("a single value in place of a record")
			}
		}
		if v := (visitError{}); errors.As(err, &v) {
			return v.error
		}
		switch {
		case errors.Is(err, errLong):
			return w.broken(err, g.until-MaxRecord) // where it begins
		case err != nil:
			return w.broken(err, w.dec.InputOffset())
		}
	}
}

// visitError is an error of whoever takes the records, and none of the file.
type visitError struct{ error }

// allow lets one more record be read.
func (w *walk) allow() { w.guard.until = w.dec.InputOffset() + MaxRecord }

func (w *walk) place() intake.Place { return intake.Place{File: w.src.Name, Row: w.row} }

func (w *walk) odd(text string) {
	w.row++
	w.fault(w.place(), text)
}

// array reads the records of an array.
func (w *walk) array(table string) error {
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for w.dec.PeekKind() != ']' {
		w.allow()
		kind := w.dec.PeekKind()
		raw, err := w.dec.ReadValue() // what is skipped too, since SkipValue goes token by token
		switch {
		case err != nil:
			return err
		case kind != '{':
			w.odd("a single value in place of a record")
		case w.skip != nil && w.skip(table):
			w.row++
		default:
			rec := w.begin(table)
			rec.raw = raw
			if err := w.give(rec); err != nil {
				return err
			}
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

// begin is a record that has no fields yet. All others are over.
func (w *walk) begin(table string) *Record {
	w.pool.clear()
	rec := w.pool.record()
	w.row++
	rec.Table, rec.Place, rec.double = table, w.place(), w.double
	return rec
}

// give hands a record on. One whose only field is an object is that object, under the name of the
// field: {"ticket": {…}}.
func (w *walk) give(rec *Record) error {
	if rec.wraps() {
		inner := rec.inner(&rec.fields[0])
		inner.Table = string(rec.fields[0].name)
		rec = inner
	}
	if err := w.visit(rec); err != nil {
		return visitError{err}
	}
	return nil
}

// wraps reports whether the only field of a record is an object.
func (r *Record) wraps() bool {
	if r.raw != nil {
		s := scan{text: r.raw}
		if s.open(); s.end() {
			return false
		}
		s.value()
		if s.colon(); s.text[s.at] != '{' {
			return false
		}
		r.index()
	}
	return len(r.fields) == 1 && r.fields[0].value.Kind() == '{'
}

// keys are fields that a record has and a page of records has not.
var keys = []string{"id", "Id", "key", "url", "sys_id", "number", "attributes"}

// page reads an object: a page, whose arrays hold records, or one record.
func (w *walk) page() error {
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	rec, isRecord, paged := w.begin(""), false, false
	row := w.row
	for w.dec.PeekKind() != '}' {
		name, err := w.dec.ReadValue()
		if err != nil {
			return err
		}
		name = w.pool.keep(name)
		if !isRecord && w.dec.PeekKind() == '[' && slices.Contains(w.arrays, unquote(name)) {
			if !paged { // a page counts its records, and is none
				paged, w.row = true, row-1
			}
			if err := w.array(unquote(name)); err != nil {
				return err
			}
			continue
		}
		value, err := w.dec.ReadValue()
		if err != nil {
			return err
		}
		if paged {
			continue
		}
		rec.add(name, w.pool.keep(value))
		isRecord = isRecord || slices.Contains(keys, string(rec.fields[len(rec.fields)-1].name))
	}
	if _, err := w.dec.ReadToken(); err != nil || paged {
		return err
	}
	return w.give(rec)
}
