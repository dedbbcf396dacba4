package records

import (
	"bytes"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Record is one record of an export: the fields of a JSON object, or the cells of a row.
// It is valid until the next one is read.
type Record struct {
	Table string // what the file calls the table, if it does
	Place intake.Place

	pool   *pool
	raw    jsontext.Value // of an object whose fields nobody has asked for yet
	fields []field
	names  uint64 // a bit for each name of a field, which several may share
	double func(at intake.Place, name string)

	columns map[string]int
	cell    func(i int) []byte
}

// Has reports whether there is such a field, with or without a value.
func (r *Record) Has(field string) bool {
	if r.columns != nil {
		_, ok := r.columns[field]
		return ok
	}
	return r.find(field) != nil
}

// Text is the value of a field, or of a field within fields, as it is written, without the space
// around it; empty where there is none, and for null, lists and objects.
func (r *Record) Text(path ...string) string {
	if r.columns != nil {
		if i, ok := r.columns[strings.Join(path, ".")]; ok {
			return string(r.cell(i))
		}
		return ""
	}
	f := r.at(path)
	if f == nil {
		return ""
	}
	return text(f.value)
}

// Mentions reports whether a word may stand anywhere in the record, which is told before its fields are known. It is true of
// more than those in which it does.
func (r *Record) Mentions(word string) bool {
	if r.raw == nil {
		return true
	}
	return bytes.Contains(r.raw, []byte(word)) || bytes.Contains(r.raw, []byte(`\u`))
}

// First is the first of several fields that has a value.
func (r *Record) First(fields ...string) string {
	for _, f := range fields {
		if t := r.Text(f); t != "" {
			return t
		}
	}
	return ""
}

// Within is the object in a field; without fields if there is none.
func (r *Record) Within(path ...string) *Record {
	for _, name := range path {
		if f := r.find(name); f != nil {
			r = r.inner(f)
		} else {
			r = r.within(nil)
		}
	}
	return r
}

// Fields are the names of all fields of a JSON object, in the order of the alphabet.
func (r *Record) Fields() []string {
	r.find("")
	names := make([]string, 0, len(r.fields))
	for i := range r.fields {
		names = append(names, string(r.fields[i].name))
	}
	slices.Sort(names)
	return names
}

// List are the objects in the list of a field. A cell of CSV may hold such a list as JSON.
func (r *Record) List(path ...string) (list []*Record) {
	for v := range r.each(path) {
		if v.Kind() == '{' {
			list = append(list, r.within(v))
		}
	}
	return list
}

// Texts are the single values in the list of a field.
func (r *Record) Texts(path ...string) (list []string) {
	for v := range r.each(path) {
		if t := text(v); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// each goes through the list of a field. A cell of CSV that is damaged is no list.
func (r *Record) each(path []string) iter.Seq[jsontext.Value] {
	return func(yield func(jsontext.Value) bool) {
		var list jsontext.Value
		if f := r.at(path); f != nil {
			list = f.value
		} else if r.columns != nil {
			if list = jsontext.Value(r.Text(path...)); !list.IsValid(lenient...) {
				return
			}
		}
		if list.Kind() != '[' {
			return
		}
		s := scan{text: list}
		for s.open(); !s.end(); s.next() {
			if !yield(s.value()) {
				return
			}
		}
	}
}

// Bool is true or false, in whatever letters: true, TRUE, 1, yes. It is not ok for anything else.
func (r *Record) Bool(path ...string) (value, ok bool) {
	switch strings.ToLower(r.Text(path...)) {
	case "true", "1", "yes", "t":
		return true, true
	case "false", "0", "no", "f":
		return false, true
	}
	return false, false
}

// Number is a number of any kind. It is not ok for anything else.
func (r *Record) Number(path ...string) (float64, bool) {
	x, err := strconv.ParseFloat(r.Text(path...), 64)
	return x, err == nil && x-x == 0
}

// Sum is a hash by which a record that is there twice is known: the same key in the same table. It is FNV-1a of 64 bits
// (Fowler, Noll, Vo), with a zero after each text.
func Sum(key ...string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, k := range key {
		for i := range len(k) {
			h = (h ^ uint64(k[i])) * prime
		}
		h *= prime
	}
	return max(h, 1)
}

// layouts are how help desks write instants; those that name no zone mean UTC, as exports
// over interfaces and into warehouses do.
var layouts = []string{
	time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "02-01-2006 15:04:05 -0700",
}

// clocks read the layouts; those of them that are nothing but numbers quickly. Each has been asked once, since a clock
// of UTC changes nothing after that, and may be asked by anybody.
var clocks = func() (list []ticketlog.Clock) {
	for _, layout := range layouts {
		c := ticketlog.NewClock(layout, time.UTC)
		c.Quick(time.Unix(0, 0).UTC().Format(layout))
		list = append(list, c)
	}
	return list
}()

// Instant reads an instant as help desks write it.
func Instant(text string) (time.Time, bool) {
	for i := range clocks {
		if at, ok := clocks[i].Quick(text); ok {
			return at, true
		}
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			if strings.HasSuffix(layout, "MST") && !strings.HasSuffix(text, "UTC") && !strings.HasSuffix(text, "GMT") {
				return time.Time{}, false // an abbreviation is no offset
			}
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}
