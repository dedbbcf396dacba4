package scenarios

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/library"
)

// A place is where a file stands, so that paths in it can be followed: a folder
// of the disk, or the shipped library.
type place struct {
	shipped bool
	dir     string
}

// shippedDir is how files of the library are called in messages.
const shippedDir = "library"

// open opens a file that is named in a file at p. name is how to call it.
func (p place) open(file string) (r io.ReadCloser, name string, err error) {
	if p.shipped {
		name = path.Join(shippedDir, file)
		f, err := library.Files.Open(path.Clean(file))
		return f, name, err
	}
	name = file
	if !filepath.IsAbs(file) {
		name = filepath.Join(p.dir, file)
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return nil, name, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a folder")}
	}
	f, err := os.Open(name)
	return f, name, err
}

// read reads a whole scenario file, or a little more than is allowed of it.
func (p place) read(file string) (data []byte, name string, err error) {
	r, name, err := p.open(file)
	if err != nil {
		return nil, name, err
	}
	defer r.Close()
	data, err = io.ReadAll(io.LimitReader(r, yamltree.MaxBytes+1))
	return data, name, err
}

// A reference is a scenario that a user or another scenario names.
type reference struct {
	place    place
	file     string
	name     string // without folder and ending
	variants []string
}

// resolve finds what a reference in a file at p means: the name of a shipped
// scenario, or a path. Variants follow after @.
func (p place) resolve(ref string) (reference, error) {
	base, rest, hasVariants := strings.Cut(ref, "@")
	if !p.shipped && fileExists(p, ref) {
		base, hasVariants = ref, false // a file with @ in its name
	}
	r := reference{place: p, file: base, name: stem(base)}
	if hasVariants {
		r.variants = strings.Split(rest, "@")
	}
	if library.Has(base) {
		r.place, r.file = place{shipped: true}, library.File(base)
		return r, nil
	}
	if p.shipped || !fileExists(p, base) {
		return r, p.notFound(base)
	}
	if !filepath.IsAbs(base) {
		base = filepath.Join(p.dir, base)
	}
	r.place, r.file = place{dir: filepath.Dir(base)}, filepath.Base(base)
	return r, nil
}

func fileExists(p place, file string) bool {
	if !filepath.IsAbs(file) {
		file = filepath.Join(p.dir, file)
	}
	_, err := os.Stat(file)
	return err == nil
}

// stem is the name of a file without folder and ending.
func stem(file string) string {
	file = filepath.Base(file)
	for _, ending := range []string{".yaml", ".yml"} {
		file = strings.TrimSuffix(file, ending)
	}
	return file
}

func (p place) notFound(ref string) error {
	text := fmt.Sprintf("%q is neither a file nor a shipped scenario", scalar.Clip(ref))
	if strings.ContainsAny(ref, `/\.`) {
		text = fmt.Sprintf("there is no file %q", scalar.Clip(ref))
	}
	if nearest, ok := yamltree.Nearest(stem(ref), library.Names()); ok {
		return fmt.Errorf("%s; did you mean %s?", text, nearest)
	}
	return fmt.Errorf("%s; shipped are %s", text, strings.Join(library.Names(), ", "))
}

// histories are the files that scenarios read besides scenarios, each read once for all variants
// that want the same of it.
type histories struct {
	places map[*yamltree.File]place // where each scenario file stands
	tables map[string]*table        // by file and mapping
	cuts   map[string]*cutLog       // open tickets, by file and start
	faults []fault
	seen   map[fault]bool // those in faults
}

func newHistories() *histories {
	return &histories{places: map[*yamltree.File]place{}, tables: map[string]*table{}, cuts: map[string]*cutLog{}, seen: map[fault]bool{}}
}

// fault is something that is wrong with a file that is no YAML.
type fault struct {
	file         string // as the user would name it
	line, column int    // from 1; 0 when it is about the file as a whole
	path         string // the column that it is about; may be empty
	text, hint   string
}

// blame adds a fault, once.
func (l *histories) blame(f fault) {
	if !l.seen[f] {
		l.seen[f] = true
		l.faults = append(l.faults, f)
	}
}

// A table is a history as it was read.
type table struct {
	name     string
	rows     []ticketlog.Row
	problems ticketlog.Problems
	err      error
}

// table reads the file that v names, once for all variants that replay it in the
// same way.
func (l *histories) table(v yamltree.Value, file string, m ticketlog.Mapping) *table {
	at := l.places[v.Place().File]
	key := fmt.Sprintf("%v %q %+v", at, file, m)
	if t := l.tables[key]; t != nil {
		return t
	}
	t := &table{}
	l.tables[key] = t
	r, name, err := at.open(file)
	t.name, t.err = name, err
	if err == nil {
		defer r.Close()
		t.rows, t.problems, t.err = ticketlog.ReadTable(r, m)
	}
	return t
}

// A cutLog is a log of Headroom's own as it was read, cut at an instant.
type cutLog struct {
	ticketlog.Snapshot
	name     string
	problems ticketlog.Problems
	err      error
}

// cutLog reads the log that v names, once for all variants that start at one time.
func (l *histories) cutLog(v yamltree.Value, file string, at time.Time) *cutLog {
	from := l.places[v.Place().File]
	key := fmt.Sprintf("%v %q %v", from, file, at)
	if c := l.cuts[key]; c != nil {
		return c
	}
	c := &cutLog{}
	l.cuts[key] = c
	r, name, err := from.open(file)
	c.name, c.err = name, err
	if err == nil {
		defer r.Close()
		c.Snapshot, c.problems, c.err = ticketlog.OpenAt(r, at)
	}
	return c
}

// reason is an error of the file system without the path that the message names.
func reason(err error) string {
	var path interface{ Unwrap() error }
	if errors.As(err, &path) && path.Unwrap() != nil {
		return path.Unwrap().Error()
	}
	return err.Error()
}
