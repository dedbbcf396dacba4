package records

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// MaxRecord is the most bytes of one record.
const MaxRecord = 16 << 20

// reader reads one file.
type reader struct {
	src    intake.Source
	arrays []string // the names of arrays that hold records
	visit  func(*Record) error
	fault  func(intake.Place, string)
	double func(name string) // a column that has the name of another one
}

// errStop ends reading without an error.
var errStop = errors.New("enough")

// read hands each record on. The error is that of visit, a *ticketlog.Problem, or that of the disk.
func (r *reader) read() error {
	file, err := r.src.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return intake.In(r.src.Name, &ticketlog.Problem{Text: "the compressed file cannot be read: " + err.Error()})
	}
	head, err := in.Peek(4096)
	if err != nil && err != io.EOF {
		return r.broken(err, nil)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(head) == 0:
		return intake.In(r.src.Name, &ticketlog.Problem{Text: "the file is empty"})
	case head[0] == '{' || head[0] == '[':
		return r.json(in)
	}
	return r.csv(in, comma(head))
}

// unpack is what a file holds, compressed or not.
func unpack(file io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(file, 1<<16)
	if head, _ := in.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	plain, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(plain, 1<<16), nil
}

// comma is what parts the cells of a header.
func comma(head []byte) byte {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{c}) > bytes.Count(line, []byte{best}) {
			best = c
		}
	}
	return best
}

func (r *reader) csv(in io.Reader, comma byte) error {
	rows, err := ticketlog.NewRows(in, comma)
	if err != nil {
		return r.broken(err, nil)
	}
	columns := map[string]int{}
	for i, name := range rows.Header() {
		if _, twice := columns[name]; twice {
			r.double(name)
			continue
		}
		columns[name] = i
	}
	rec := Record{columns: columns, cell: rows.Cell}
	for rows.Next() {
		rec.Place = intake.Place{File: r.src.Name, Row: rows.Line()}
		if p := rows.Fault(); p != nil {
			r.fault(rec.Place, p.Text)
			continue
		}
		if err := r.visit(&rec); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return r.broken(err, nil)
	}
	return nil
}

// broken says where a file cannot be read on.
func (r *reader) broken(err error, dec *json.Decoder) error {
	var p *ticketlog.Problem
	if errors.As(err, &p) {
		return intake.In(r.src.Name, p)
	}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, errLong):
		p = &ticketlog.Problem{Text: fmt.Sprintf("a record is longer than %d MB", MaxRecord>>20)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		p = &ticketlog.Problem{Text: "the file breaks off in the middle of a record", Hint: "export it again; what was written before the end is not used"}
	case errors.As(err, &syntax):
		p = &ticketlog.Problem{Text: "this is not JSON: " + syntax.Error()}
	case dec == nil:
		return fmt.Errorf("%s: %w", r.src.Name, err)
	default:
		p = &ticketlog.Problem{Text: "this cannot be read: " + err.Error()}
	}
	if dec != nil {
		at := dec.InputOffset()
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			at = math.MaxInt64 // the end
		case syntax != nil:
			at = r.mistake(at)
		}
		p.Line, p.Col = r.position(at)
	}
	return intake.In(r.src.Name, p)
}

// mistake is the byte that is wrong in a value that begins after a byte. A decoder that has read
// values and tokens by turns counts only the former.
func (r *reader) mistake(after int64) int64 {
	file, err := r.src.Open()
	if err != nil {
		return after
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return after
	}
	if _, err := io.CopyN(io.Discard, in, after); err != nil {
		return after
	}
	for {
		b, err := in.ReadByte()
		if err != nil || !bytes.ContainsRune([]byte(" \t\r\n,:"), rune(b)) {
			break
		}
		after++
	}
	if in.UnreadByte() != nil {
		return after
	}
	var syntax *json.SyntaxError
	var v any
	if errors.As(json.NewDecoder(io.LimitReader(in, MaxRecord)).Decode(&v), &syntax) {
		after += syntax.Offset - 1
	}
	return after
}

// position is the line and the character of a byte, counted by reading the file once more.
func (r *reader) position(at int64) (line, col int) {
	file, err := r.src.Open()
	if err != nil {
		return 0, 0
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return 0, 0
	}
	line, col = 1, 1
	for range at {
		b, err := in.ReadByte()
		if err != nil {
			break
		}
		switch {
		case b == '\n':
			line, col = line+1, 1
		case b&0xc0 != 0x80: // characters, not bytes
			col++
		}
	}
	return line, col
}

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

// walk reads JSON.
type walk struct {
	*reader
	dec   *json.Decoder
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
	w := &walk{reader: r, dec: json.NewDecoder(g), guard: g}
	w.dec.UseNumber()
	for {
		w.allow()
		token, err := w.dec.Token()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			switch token {
			case json.Delim('['):
				err = w.array("")
			case json.Delim('{'):
				err = w.page()
			default:
				w.odd("a single value in place of a record")
			}
		}
		if v := (visitError{}); errors.As(err, &v) {
			return v.error
		}
		if err != nil {
			return w.broken(err, w.dec)
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

// array reads the records of an array whose bracket has been read.
func (w *walk) array(table string) error {
	for w.dec.More() {
		w.allow()
		var v any
		if err := w.dec.Decode(&v); err != nil {
			return err
		}
		object, ok := v.(map[string]any)
		if !ok {
			w.odd("a single value in place of a record")
			continue
		}
		if err := w.give(table, object); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

// give hands a record on. One whose only field is an object is that object, under the name of the
// field: {"ticket": {…}}.
func (w *walk) give(table string, object map[string]any) error {
	if len(object) == 1 {
		for name, v := range object {
			if inner, ok := v.(map[string]any); ok {
				table, object = name, inner
			}
		}
	}
	w.row++
	if err := w.visit(&Record{Table: table, Place: w.place(), object: object}); err != nil {
		return visitError{err}
	}
	return nil
}

// keys are fields that a record has and a page of records has not.
var keys = []string{"id", "Id", "key", "url", "sys_id", "number", "attributes"}

// page reads an object whose brace has been read: a page, whose arrays hold records, or one
// record.
func (w *walk) page() error {
	object, paged := map[string]any{}, false
	for w.dec.More() {
		token, err := w.dec.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		isRecord := slices.ContainsFunc(keys, func(k string) bool { _, ok := object[k]; return ok })
		if isRecord || !slices.Contains(w.arrays, name) {
			var v any
			if err := w.dec.Decode(&v); err != nil {
				return err
			}
			object[name] = v
			continue
		}
		if paged, err = w.named(name, object, paged); err != nil {
			return err
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return err
	}
	if paged {
		return nil
	}
	return w.give("", object)
}

// named reads the value of a field that may hold records.
func (w *walk) named(name string, object map[string]any, paged bool) (bool, error) {
	token, err := w.dec.Token()
	if err != nil {
		return false, err
	}
	switch token {
	case json.Delim('['):
		return true, w.array(name)
	case json.Delim('{'):
		v, err := w.rest()
		if err != nil {
			return false, err
		}
		object[name] = v
		return paged, nil
	}
	object[name] = token
	return paged, nil
}

// rest reads the fields of an object whose brace has been read.
func (w *walk) rest() (map[string]any, error) {
	object := map[string]any{}
	for w.dec.More() {
		token, err := w.dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string)
		var v any
		if err := w.dec.Decode(&v); err != nil {
			return nil, err
		}
		object[name] = v
	}
	_, err := w.dec.Token()
	return object, err
}
