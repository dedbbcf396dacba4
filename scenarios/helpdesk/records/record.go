package records

import (
	"bytes"
	"iter"
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

	pool   *pool
	tape   *tape  // nil for a record without fields
	node   uint32 // the object in the tape
	double func(at intake.Place, name string)

	columns map[string]int
	cell    func(i int) []byte
}

// Has reports whether there is such a field, with or without a value.
func (r *Record) Has(field string) bool {
	if r.columns != nil {
		return r.column(field) >= 0
	}
	return r.find(r.node, field) != missing
}

// column is that of a field; below zero if there is none.
func (r *Record) column(name string) int {
	f, known := r.pool.columns.of(name)
	if !known {
		if i, ok := r.columns[name]; ok {
			f.last = uint32(i + 1)
		}
	}
	return int(f.last) - 1
}

// Text is the value of a field, or of a field within fields, as it is written, without the space
// around it; empty where there is none, and for null, lists and objects.
func (r *Record) Text(path ...string) string { return r.pool.string(r.Bytes(path...)) }

// Bytes is Text, valid until the next field is asked for.
func (r *Record) Bytes(path ...string) []byte {
	if r.columns == nil {
		return r.bytes(r.at(path))
	}
	if i := r.column(strings.Join(path, ".")); i >= 0 {
		return r.cell(i)
	}
	return nil
}

// Mentions reports whether a word may stand anywhere in the record, which is told before its fields are known. It is true of
// more than those in which it does.
func (r *Record) Mentions(word string) bool {
	if r.columns != nil {
		return true
	}
	if r.tape == nil {
		return false
	}
	n := &r.tape.nodes[r.node]
	return r.tape.unicode || bytes.Contains(r.tape.text[n.from:n.to], []byte(word))
}

// First is the value of the first of several fields that has one.
func (r *Record) First(fields ...string) string { return r.Text(r.Filled(fields...)) }

// Filled is the name of the first of several fields that has a value, or that of the last.
func (r *Record) Filled(fields ...string) string {
	for _, f := range fields {
		if len(r.Bytes(f)) > 0 {
			return f
		}
	}
	return fields[len(fields)-1]
}

// Within is the object in a field; without fields if there is none.
func (r *Record) Within(path ...string) *Record { return r.within(r.at(path)) }

// Fields are the names of all fields of a JSON object, in the order of the alphabet.
func (r *Record) Fields() (names []string) {
	if r.tape == nil {
		return nil
	}
	t := r.tape
	if t.nodes[r.node].marks&checked == 0 {
		r.check(r.node)
	}
	for at, end := r.node+1, t.nodes[r.node].next; at < end; at = t.nodes[at+1].next {
		names = append(names, unquote(t, at))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// List are the objects in the list of a field. A cell of CSV may hold such a list as JSON.
func (r *Record) List(path ...string) []*Record {
	from := len(r.pool.lists)
	for of, at := range r.each(path) {
		if of.tape.nodes[at].kind == '{' {
			r.pool.lists = append(r.pool.lists, of.within(at))
		}
	}
	return r.pool.lists[from:len(r.pool.lists):len(r.pool.lists)]
}

// Texts are the single values in the list of a field.
func (r *Record) Texts(path ...string) (list []string) {
	for of, at := range r.each(path) {
		if t := of.text(at); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// each goes through the list of a field: the record and the node of each value. A cell of CSV that is damaged is no list.
func (r *Record) each(path []string) iter.Seq2[*Record, uint32] {
	return func(yield func(*Record, uint32) bool) {
		of, list := r, uint32(0)
		if r.columns == nil {
			if list = r.at(path); list == missing {
				return
			}
		} else if of = r.listed(r.Text(path...)); of == nil {
			return
		}
		t := of.tape
		if t == nil || t.nodes[list].kind != '[' {
			return
		}
		for at, end := list+1, t.nodes[list].next; at < end; at = t.nodes[at].next {
			if !yield(of, at) {
				return
			}
		}
	}
}

// listed is what a cell holds if that is JSON; nil if it is not.
func (r *Record) listed(cell string) *Record {
	if cell == "" {
		return nil
	}
	if r.pool.tape.names == nil {
		r.pool.tape.names = newNames() // of all cells
	}
	t := &tape{names: r.pool.tape.names}
	if end, v := t.read([]byte(cell), 0, true); v != whole || end != len(cell) {
		return nil
	}
	of := r.pool.record()
	of.Place, of.double, of.tape = r.Place, r.double, t
	return of
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

// Sum is a hash by which a record that is there twice is known: the same key in the same table.
func Sum(key ...string) uint64 {
	h := uint64(0)
	for _, k := range key {
		h = hashed(h, k)
	}
	return max(h, 1)
}

// Sum is that of the values of some fields in a table.
func (r *Record) Sum(table string, fields ...string) uint64 {
	h := hashed(0, table)
	for _, f := range fields {
		h = hashed(h, r.Bytes(f))
	}
	return max(h, 1)
}

// hashed adds a text to a hash. It takes eight bytes at once, and mixes them as SplitMix64 does (Steele, Lea and Flood 2014,
// OOPSLA), with the length of the text.
func hashed[T string | []byte](h uint64, text T) uint64 {
	h = mixed(h ^ uint64(len(text)))
	for ; len(text) >= 8; text = text[8:] {
		h = mixed(h ^ (uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 | uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56))
	}
	rest := uint64(0)
	for i := range len(text) {
		rest = rest<<8 | uint64(text[i])
	}
	return mixed(h ^ rest)
}

func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
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

// Instants reads instants as help desks write them, which are mostly written as the one before was.
type Instants struct{ last int }

// Read reads an instant.
func (i *Instants) Read(instant []byte) (time.Time, bool) {
	if at, ok := clocks[i.last].Quick(string(instant)); ok {
		return at, true
	}
	text := string(instant)
	for k := range clocks {
		if at, ok := clocks[k].Quick(text); ok {
			i.last = k
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
