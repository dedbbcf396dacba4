package records

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Record is one record of an export: the fields of a JSON object, or the cells of a row.
// It is valid until the next one is read.
type Record struct {
	Table string // what the file calls the table, if it does
	Place intake.Place

	object  map[string]any
	columns map[string]int
	cell    func(i int) []byte
}

// within is a record of the fields of a JSON object that stands within another one; the place
// is that of the outer one.
func (r *Record) within(object map[string]any) *Record {
	return &Record{Place: r.Place, object: object}
}

// Has reports whether there is such a field, with or without a value.
func (r *Record) Has(field string) bool {
	if r.columns != nil {
		_, ok := r.columns[field]
		return ok
	}
	_, ok := r.object[field]
	return ok
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
	return text(r.value(path))
}

func (r *Record) value(path []string) any {
	var v any = r.object
	for _, field := range path {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[field]
	}
	return v
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
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
	object, _ := r.value(path).(map[string]any)
	return r.within(object)
}

// Fields are the names of all fields of a JSON object, in the order of the alphabet.
func (r *Record) Fields() []string {
	names := make([]string, 0, len(r.object))
	for name := range r.object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// List are the objects in the list of a field. A cell of CSV may hold such a list as JSON.
func (r *Record) List(path ...string) []*Record {
	var list []*Record
	for _, v := range r.list(path) {
		if object, ok := v.(map[string]any); ok {
			list = append(list, r.within(object))
		}
	}
	return list
}

// Texts are the single values in the list of a field.
func (r *Record) Texts(path ...string) []string {
	var list []string
	for _, v := range r.list(path) {
		if t := text(v); t != "" {
			list = append(list, t)
		}
	}
	return list
}

func (r *Record) list(path []string) []any {
	if r.columns == nil {
		list, _ := r.value(path).([]any)
		return list
	}
	var list []any
	if t := r.Text(path...); strings.HasPrefix(t, "[") {
		dec := json.NewDecoder(strings.NewReader(t))
		dec.UseNumber()
		if dec.Decode(&list) != nil {
			return nil
		}
	}
	return list
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

// Clone is the record for longer than until the next one.
func (r *Record) Clone() *Record {
	if r.columns == nil {
		c := *r // each object is decoded anew
		return &c
	}
	cells := make([][]byte, len(r.columns))
	for _, i := range r.columns {
		cells[i] = append([]byte(nil), r.cell(i)...)
	}
	return &Record{Table: r.Table, Place: r.Place, columns: r.columns, cell: func(i int) []byte { return cells[i] }}
}

// Sum is a hash by which a record that is there twice is known: the same key in the same table.
func Sum(key ...string) uint64 {
	h := fnv.New64a()
	for _, k := range key {
		h.Write([]byte(k))
		h.Write([]byte{0})
	}
	return max(h.Sum64(), 1)
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
