package eventlog

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// eachLine gives the objects of a file that has one on each line.
func eachLine(in *unpacked, give func(*record) error) error {
	rec := &record{}
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
			rec.pairs, rec.fault = object(rec.pairs[:0], text, rec.line)
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

// object reads an object; the names of one within another are parted by points.
func object(pairs []pair, text []byte, line int) ([]pair, *ticketlog.Problem) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	fault := func(format string, args ...any) ([]pair, *ticketlog.Problem) {
		return nil, &ticketlog.Problem{Line: line, Text: fmt.Sprintf(format, args...)}
	}
	var value map[string]any
	if err := dec.Decode(&value); err != nil || value == nil {
		return fault("the line is no JSON object")
	}
	if dec.More() {
		return fault("something follows the object on its line")
	}
	pairs, deep := flatten(pairs, "", value, 0)
	if deep {
		return fault("objects lie more than %d deep in one another", maxDepth)
	}
	slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	return pairs, nil
}

func flatten(pairs []pair, name string, value any, depth int) (_ []pair, deep bool) {
	if depth > maxDepth {
		return pairs, true
	}
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			path := key
			if name != "" {
				path = name + "." + key
			}
			if pairs, deep = flatten(pairs, path, inner, depth+1); deep {
				return pairs, true
			}
		}
	case []any: // no column holds several values
	case nil:
		pairs = append(pairs, pair{name, ""})
	case string:
		pairs = append(pairs, pair{name, v})
	default:
		pairs = append(pairs, pair{name, fmt.Sprint(v)})
	}
	return pairs, false
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
