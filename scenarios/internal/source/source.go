package source

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

// A Place is where a file stands, so that paths in it can be followed: a folder
// of the disk, or the shipped library.
type Place struct {
	shipped bool
	Dir     string
}

// shippedDir is how files of the library are called in messages.
const shippedDir = "library"

// open opens a file that is named in a file at p. name is how to call it.
func (p Place) open(file string) (r io.ReadCloser, name string, err error) {
	if p.shipped {
		name = path.Join(shippedDir, file)
		f, err := library.Files.Open(path.Clean(file))
		return f, name, err
	}
	name = file
	if !filepath.IsAbs(file) {
		name = filepath.Join(p.Dir, file)
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return nil, name, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a folder")}
	}
	f, err := os.Open(name)
	return f, name, err
}

// Read reads a whole scenario file, or a little more than is allowed of it.
func (p Place) Read(file string) (data []byte, name string, err error) {
	r, name, err := p.open(file)
	if err != nil {
		return nil, name, err
	}
	defer r.Close()
	data, err = io.ReadAll(io.LimitReader(r, yamltree.MaxBytes+1))
	return data, name, err
}

// A Reference is a scenario that a user or another scenario names.
type Reference struct {
	Place    Place
	File     string
	Name     string // without folder and ending
	Variants []string
}

// Resolve finds what a reference in a file at p means: the name of a shipped
// scenario, or a path. Variants follow after @.
func (p Place) Resolve(ref string) (Reference, error) {
	base, rest, hasVariants := strings.Cut(ref, "@")
	if !p.shipped && fileExists(p, ref) {
		base, hasVariants = ref, false // a file with @ in its name
	}
	r := Reference{Place: p, File: base, Name: Stem(base)}
	if hasVariants {
		r.Variants = strings.Split(rest, "@")
	}
	if library.Has(base) {
		r.Place, r.File = Place{shipped: true}, library.File(base)
		return r, nil
	}
	if p.shipped || !fileExists(p, base) {
		return r, p.notFound(base)
	}
	if !filepath.IsAbs(base) {
		base = filepath.Join(p.Dir, base)
	}
	r.Place, r.File = Place{Dir: filepath.Dir(base)}, filepath.Base(base)
	return r, nil
}

func fileExists(p Place, file string) bool {
	if !filepath.IsAbs(file) {
		file = filepath.Join(p.Dir, file)
	}
	_, err := os.Stat(file)
	return err == nil
}

// Stem is the name of a file without folder and ending.
func Stem(file string) string {
	file = filepath.Base(file)
	for _, ending := range []string{".yaml", ".yml"} {
		file = strings.TrimSuffix(file, ending)
	}
	return file
}

func (p Place) notFound(ref string) error {
	text := fmt.Sprintf("%q is neither a file nor a shipped scenario", scalar.Clip(ref))
	if strings.ContainsAny(ref, `/\.`) {
		text = fmt.Sprintf("there is no file %q", scalar.Clip(ref))
	}
	if nearest, ok := yamltree.Nearest(Stem(ref), library.Names()); ok {
		return fmt.Errorf("%s; did you mean %s?", text, nearest)
	}
	return fmt.Errorf("%s; shipped are %s", text, strings.Join(library.Names(), ", "))
}

// Histories are the files that scenarios read besides scenarios, each read once for all variants
// that want the same of it.
type Histories struct {
	Places map[*yamltree.File]Place // where each scenario file stands
	tables map[string]*table        // by file and mapping
	cuts   map[string]*cutLog       // open tickets, by file and start
	Faults []Fault
	seen   map[Fault]bool // those in faults
}

// NewHistories begins with no file read.
func NewHistories() *Histories {
	return &Histories{Places: map[*yamltree.File]Place{}, tables: map[string]*table{}, cuts: map[string]*cutLog{}, seen: map[Fault]bool{}}
}

// Fault is something that is wrong with a file that is no YAML.
type Fault struct {
	File         string // as the user would name it
	Line, Column int    // from 1; 0 when it is about the file as a whole
	Path         string // the column that it is about; may be empty
	Text, Hint   string
}

// Blame adds a fault, once.
func (l *Histories) Blame(f Fault) {
	if !l.seen[f] {
		l.seen[f] = true
		l.Faults = append(l.Faults, f)
	}
}

// A table is a history as it was read.
type table struct {
	Name     string
	Rows     []ticketlog.Row
	Problems ticketlog.Problems
	Err      error
}

// Table reads the file that v names, once for all variants that replay it in the
// same way.
func (l *Histories) Table(v yamltree.Value, file string, m ticketlog.Mapping) *table {
	at := l.Places[v.Place().File]
	key := fmt.Sprintf("%v %q %+v", at, file, m)
	if t := l.tables[key]; t != nil {
		return t
	}
	t := &table{}
	l.tables[key] = t
	r, name, err := at.open(file)
	t.Name, t.Err = name, err
	if err == nil {
		defer r.Close()
		t.Rows, t.Problems, t.Err = ticketlog.ReadTable(r, m)
	}
	return t
}

// A cutLog is a log of Headroom's own as it was read, cut at an instant.
type cutLog struct {
	ticketlog.Snapshot
	Name     string
	Problems ticketlog.Problems
	Err      error
}

// CutLog reads the log that v names, once for all variants that start at one time.
func (l *Histories) CutLog(v yamltree.Value, file string, at time.Time) *cutLog {
	from := l.Places[v.Place().File]
	key := fmt.Sprintf("%v %q %v", from, file, at)
	if c := l.cuts[key]; c != nil {
		return c
	}
	c := &cutLog{}
	l.cuts[key] = c
	r, name, err := from.open(file)
	c.Name, c.Err = name, err
	if err == nil {
		defer r.Close()
		c.Snapshot, c.Problems, c.Err = ticketlog.OpenAt(r, at)
	}
	return c
}

// Reason is an error of the file system without the path that the message names.
func Reason(err error) string {
	var path interface{ Unwrap() error }
	if errors.As(err, &path) && path.Unwrap() != nil {
		return path.Unwrap().Error()
	}
	return err.Error()
}
