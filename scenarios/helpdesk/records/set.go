package records

import (
	"errors"
	"slices"

	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Shape is how the records of a table are known.
type Shape struct {
	Kind  string   // what the reader calls the table
	Names []string // of arrays in JSON, or of the record's type
	Needs []string // fields that only these records have together
}

// fits reports whether a record is of the shape.
func (s *Shape) fits(r *Record) bool {
	if r.Table != "" && slices.Contains(s.Names, r.Table) {
		return true
	}
	return len(s.Needs) > 0 && !slices.ContainsFunc(s.Needs, func(f string) bool { return !r.Has(f) })
}

// typed is the kind of a record that says itself what it is, as those of Salesforce do.
func typed(r *Record) string {
	if !r.Mentions("attributes") {
		return ""
	}
	return r.Text("attributes", "type")
}

// Set is the files of an export.
type Set struct {
	files  []intake.Source
	shapes []Shape
	arrays []string          // whose members are records
	named  map[string]bool   // tables by whose name alone it is known what their records are
	known  []map[string]bool // by file, the kinds that it holds; nil before it was read
	told   []int             // by file, up to which row what is wrong has been told
	double []Column
	open   []intake.Place
}

// Column is a column of a file, or a field of its records, and the first row in which it is.
type Column struct {
	Name string
	intake.Place
}

// Files are the files of an export whose tables have shapes. Of several shapes that a record
// fits, the first counts.
func Files(files []intake.Source, shapes []Shape) *Set {
	s := &Set{files: files, shapes: shapes, known: make([]map[string]bool, len(files)), told: make([]int, len(files)), arrays: []string{"result", "results", "records", "values"}, named: map[string]bool{}}
	for _, shape := range shapes {
		s.arrays = append(s.arrays, shape.Names...)
		for _, name := range shape.Names {
			s.named[name] = true
		}
	}
	return s
}

// kind is what a record is; empty if it is nothing that is known.
func (s *Set) kind(r *Record) string {
	if name := typed(r); name != "" {
		named := *r
		named.Table = name
		r = &named
	}
	for i := range s.shapes {
		if s.shapes[i].fits(r) {
			return s.shapes[i].Kind
		}
	}
	return ""
}

// Recognised is how many of the files begin with a record that has one of the shapes.
func (s *Set) Recognised() int {
	n := 0
	for _, file := range s.files {
		r := reader{src: file, arrays: s.arrays, fault: func(intake.Place, string) {}, double: func(intake.Place, string) {}, open: func(intake.Place) {}}
		r.visit = func(rec *Record) error {
			if s.kind(rec) != "" {
				n++
			}
			return errStop
		}
		// What cannot be read is not known, and whoever imports it is told why.
		_ = r.read()
	}
	return n
}

// Each visits the records of some kinds, file by file. The error is that of visit, that of a file
// that cannot be read on, or that of the disk. What is wrong with a single record is told to fault
// once, however often the files are read.
func (s *Set) Each(kinds []string, visit func(kind string, r *Record) error, fault func(at intake.Place, text string)) error {
	for i, file := range s.files {
		if s.known[i] != nil && !slices.ContainsFunc(kinds, func(k string) bool { return s.known[i][k] }) {
			continue
		}
		if err := s.each(i, file, kinds, visit, fault); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) each(i int, file intake.Source, kinds []string, visit func(string, *Record) error, fault func(intake.Place, string)) error {
	found := map[string]bool{}
	byTable := map[string]table{} // the records of an array or a table of CSV are of one kind
	r := reader{src: file, arrays: s.arrays, fault: func(at intake.Place, text string) {
		if at.Row > s.told[i] {
			s.told[i] = at.Row
			fault(at, text)
		}
	}, double: s.doubled, open: s.opened}
	last, of, plain := "", table{}, false
	r.skip = func(name string) bool {
		t := of
		if name != last || !plain {
			t = byTable[name]
		}
		return t.kind != "" && !t.wanted
	}
	r.visit = func(rec *Record) error {
		// Of an array whose records do not say what they are, none does.
		if name := rec.Table; name != last || !plain || of.kind == "" {
			kind := ""
			if !s.named[name] {
				kind = typed(rec)
			}
			last, plain = name, kind == ""
			var known bool
			of, known = byTable[name+kind]
			if !known || of.kind == "" && rec.columns == nil {
				of.kind = s.kind(rec)
				of.wanted = slices.Contains(kinds, of.kind)
				byTable[name+kind] = of
				found[of.kind] = true
			}
		}
		switch {
		case of.wanted:
			return visit(of.kind, rec)
		case rec.columns != nil:
			return errStop // a table of CSV holds one kind
		}
		return nil
	}
	err := r.read()
	if err != nil && !errors.Is(err, errStop) {
		return err
	}
	s.known[i] = found
	return nil
}

// table is what the records of an array or a table are, and whether anybody asks for them.
type table struct {
	kind   string
	wanted bool
}

// doubled takes note of a name that is there twice, once for each file.
func (s *Set) doubled(at intake.Place, name string) {
	if len(s.double) < 1000 && !slices.ContainsFunc(s.double, func(c Column) bool { return c.File == at.File && c.Name == name }) {
		s.double = append(s.double, Column{name, at})
	}
}

// opened takes note of a table whose last row has no line end, once.
func (s *Set) opened(at intake.Place) {
	if !slices.Contains(s.open, at) {
		s.open = append(s.open, at)
	}
}

// Open are the last rows of tables that have no line end, once the files have been read.
func (s *Set) Open() []intake.Place { return s.open }

// Strangers are the files of which nothing is known, once they have been read.
func (s *Set) Strangers() []string {
	var names []string
	for i, file := range s.files {
		if s.known[i] != nil && len(s.known[i]) <= 1 && s.known[i][""] {
			names = append(names, file.Name)
		}
	}
	return names
}

// Doubles are the columns that have the name of another one in their file, and the fields that have that of another one in their
// record, once the files have been read. The first of them is read.
func (s *Set) Doubles() []Column { return s.double }

// Holds reports whether a file holds records of a kind, once the files have been read.
func (s *Set) Holds(kind string) bool {
	return slices.ContainsFunc(s.known, func(k map[string]bool) bool { return k[kind] })
}
