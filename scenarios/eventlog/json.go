package eventlog

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/maphash"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/internal/intern"
)

// eachLine gives the objects of a file that has one on each line.
func eachLine(in *unpacked, give func(*record) error) error {
	rec := &record{}
	var o objects
	var long []byte
	for {
		line, err := in.ReadSlice('\n')
		long = append(long[:0], line...)
		for err != nil && err.Error() == "bufio: buffer full" && len(long) <= ticketlog.MaxRow {
			line, err = in.ReadSlice('\n')
			long = append(long, line...)
		}
		rec.line++
		switch {
		case len(long) > ticketlog.MaxRow:
			return &ticketlog.Problem{Line: rec.line, Text: fmt.Sprintf("the row is longer than %d bytes", ticketlog.MaxRow), Hint: "write each object on a line of its own"}
		case err != nil && err != io.EOF:
			return in.broken(rec.line, err)
		}
		if text := bytes.TrimSpace(long); len(text) > 0 {
			rec.raw = text
			rec.pairs, rec.fault = o.read(rec.pairs[:0], text, rec.line)
			// A line without an end that is no whole object was cut off.
			if rec.fault != nil && err == io.EOF && !bytes.HasSuffix(text, []byte("}")) {
				rec.fault.Text = "the file ends in the middle of an object: it was cut off"
				return rec.fault
			}
			if err := give(rec); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// maxDepth is how deep objects may lie in one another.
const maxDepth = 20

// objects reads objects; the names of one within another are parted by points.
type objects struct {
	dec   jsontext.Decoder
	in    bytes.Buffer
	names intern.Table[string]
	path  []byte
}

// mostNames is how many names of fields are kept from line to line.
const mostNames = 10_000

// read adds what a line holds.
func (o *objects) read(pairs []pair, text []byte, line int) ([]pair, *ticketlog.Problem) {
	fault := func(text string) ([]pair, *ticketlog.Problem) {
		return nil, &ticketlog.Problem{Line: line, Text: text}
	}
	o.in, o.path = *bytes.NewBuffer(text), o.path[:0]
	o.dec.Reset(&o.in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if o.dec.PeekKind() != '{' {
		return fault("the line is no JSON object")
	}
	pairs, err := o.flatten(pairs, 0)
	if errors.Is(err, errDeep) {
		return fault(fmt.Sprintf("objects lie more than %d deep in one another", maxDepth))
	} else if err != nil {
		return fault("the line is no JSON object")
	}
	if _, err := o.dec.ReadToken(); err != io.EOF {
		return fault("something follows the object on its line")
	}
	return pairs, nil
}

// errDeep means that objects lie too deep in one another.
var errDeep = errors.New("too deep")

// flatten adds the fields of an object.
func (o *objects) flatten(pairs []pair, depth int) ([]pair, error) {
	if depth > maxDepth {
		return pairs, errDeep
	}
	if _, err := o.dec.ReadToken(); err != nil {
		return pairs, err
	}
	outer := len(o.path)
	for o.dec.PeekKind() != '}' {
		quoted, err := o.dec.ReadValue()
		if err != nil {
			return pairs, err
		}
		o.path = o.path[:outer]
		if outer > 0 {
			o.path = append(o.path, '.')
		}
		o.path, _ = jsontext.AppendUnquote(o.path, quoted) // damaged characters are replaced
		if o.dec.PeekKind() == '{' {
			pairs, err = o.flatten(pairs, depth+1)
		} else {
			pairs, err = o.single(pairs)
		}
		if err != nil {
			return pairs, err
		}
	}
	o.path = o.path[:outer]
	_, err := o.dec.ReadToken()
	return pairs, err
}

// single adds a value that is no object. No column holds several values.
func (o *objects) single(pairs []pair) ([]pair, error) {
	value, err := o.dec.ReadValue()
	if err != nil {
		return pairs, err
	}
	switch value.Kind() {
	case '[':
		return pairs, nil
	case 'n':
		return append(pairs, pair{o.name(), ""}), nil
	case '"':
		text, _ := jsontext.AppendUnquote(nil, value)
		return append(pairs, pair{o.name(), string(text)}), nil
	}
	return append(pairs, pair{o.name(), string(value)}), nil
}

// name is the name of the field that is being read.
func (o *objects) name() string {
	name, known := o.names.Get(o.path)
	if !known {
		name = string(o.path)
		if o.names.Len() < mostNames {
			o.names.Put(name, name)
		}
	}
	return name
}

// isDeflate reports whether compressed data is damaged.
func isDeflate(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}

// sumOf is a hash of a whole record, for rows that are there twice.
func sumOf(seed maphash.Seed, rec *record) uint64 {
	if rec.raw != nil {
		return maphash.Bytes(seed, rec.raw) | 1
	}
	var h maphash.Hash
	h.SetSeed(seed)
	for _, p := range rec.pairs {
		h.WriteString(p.name)
		h.WriteByte(0)
		h.WriteString(p.value)
		h.WriteByte(0)
	}
	return h.Sum64() | 1
}
