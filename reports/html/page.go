package html

import (
	"crypto/sha256"
	_ "embed" // of the page's parts
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// Page is a report.
type Page struct {
	Title    string
	Head     string // one line: what was simulated
	Verdicts []Verdict
	Sections []Section // those without blocks are left out
	Birth    []Fact    // where the numbers come from
}

// Verdict is the finding about one scenario.
type Verdict struct {
	Name     string // of the scenario; empty where there is one
	Sentence string
	Doubts   []string // each a full sentence
}

// Section answers one question.
type Section struct {
	Title  string
	Text   string // what it says, in a sentence or two; may be empty
	Blocks []Block
}

// Block is a piece of a section: a Heading, Words, a Table, a *Timeline, a *Curves, a *Heat,
// a *Map or *Differences.
type Block interface {
	set(s *setter) (block, error)
}

// Heading is a heading within a section, such as the name of a scenario.
type Heading string

// Words are a paragraph.
type Words string

// Fold is a part that is folded until somebody opens it: a click, a key, a search that finds something in it, a link
// into it, or a printer. Name is its heading, which what is in it stands below.
type Fold struct {
	Name   string
	Blocks []Block
}

// Table is a table with its footnotes.
type Table struct{ *table.Table }

// Fact is a line of the birth certificate.
type Fact struct{ Name, Value string }

var (
	//go:embed uplot/uPlot.iife.min.js
	libraryScript string
	//go:embed uplot/uPlot.min.css
	libraryStyle string
	//go:embed uplot/LICENSE
	libraryLicence string
	//go:embed page.js
	pageScript string
	//go:embed axes.js
	axesScript string
	//go:embed page.css
	pageStyle string
	//go:embed page.tmpl
	pageTemplate string
)

var page = template.Must(template.New("page").Parse(pageTemplate))

// block is a block as the template takes it: one field is set.
type block struct {
	Heading string
	Words   string
	Table   *grid
	Chart   *figure
	Heat    *heatFigure
	// Differences are those of scenarios.
	Differences *differenceFigure
	Stacked     *stackedFigure
	Fold        *fold
}

// fold is a Fold as the template takes it.
type fold struct {
	Name   string
	Hint   string // what is in it
	Blocks []block
}

// setter sets one page.
type setter struct {
	notes  table.Notes
	charts []any  // what the script draws, in the order of the figures
	share  int    // how many points a chart over time may have
	under  string // the heading that blocks stand below; empty for that of the section
	folds  int
}

// label is how a part of the page is called where it stands by itself, as in the list of a screen
// reader: below a heading its name alone may be that of others.
func (s *setter) label(name string) string {
	if s.under == "" {
		return name
	}
	return name + ", " + s.under
}

// Write writes the page. The same page gives the same bytes.
func Write(w io.Writer, p *Page) error {
	s := &setter{share: p.share()}
	type verdict struct {
		Name, Sentence string
		Marks          []mark
	}
	type section struct {
		ID, Title, Text string
		Blocks          []block
	}
	var v struct {
		Title, Head, Policy, Library string
		Verdicts                     []verdict
		Sections                     []section
		Folds                        bool
		Notes                        []note
		Birth                        []Fact
		Style                        template.CSS
		Scripts                      []template.JS
		Data                         template.JS
	}
	v.Title, v.Head = format.Clean(p.Title), p.Head
	for _, one := range p.Verdicts {
		v.Verdicts = append(v.Verdicts, verdict{format.Clean(one.Name), one.Sentence, s.marks(one.Doubts)})
	}
	for _, one := range p.Sections {
		if len(one.Blocks) == 0 {
			continue
		}
		sec := section{ID: fmt.Sprintf("section-%d", len(v.Sections)+1), Title: format.Clean(one.Title), Text: one.Text}
		s.under = ""
		for _, b := range one.Blocks {
			set, err := b.set(s)
			if err != nil {
				return fmt.Errorf("%s: %w", one.Title, err)
			}
			sec.Blocks = append(sec.Blocks, set)
		}
		v.Sections = append(v.Sections, sec)
	}
	for i, text := range s.notes.Texts() {
		v.Notes = append(v.Notes, note{fmt.Sprintf("note-%d", i+1), s.notes.Mark(text), format.Clean(text)})
	}
	v.Birth, v.Folds = p.Birth, s.folds > 0
	data, err := s.data()
	if err != nil {
		return err
	}
	v.Data = template.JS(data)
	v.Style = template.CSS("\n" + pageStyle)
	v.Scripts = []template.JS{template.JS("\n" + axesScript), template.JS("\n" + pageScript)}
	if len(s.charts) > 0 {
		v.Style = template.CSS("\n"+libraryStyle) + v.Style
		v.Scripts = append([]template.JS{template.JS("\n" + libraryScript)}, v.Scripts...)
		v.Library = libraryLicence
	}
	v.Policy = policy(v.Style, v.Scripts)
	return page.Execute(w, &v)
}

// policy allows the scripts and the style of the page, by their hashes, and nothing else.
func policy(style template.CSS, scripts []template.JS) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var hashes []string
	for _, s := range scripts {
		hashes = append(hashes, hash(string(s)))
	}
	return "default-src 'none'; script-src " + strings.Join(hashes, " ") + "; style-src " + hash(string(style)) +
		"; base-uri 'none'; form-action 'none'"
}

func (h Heading) set(s *setter) (block, error) {
	s.under = format.Clean(string(h))
	return block{Heading: s.under}, nil
}

func (f Fold) set(s *setter) (block, error) {
	above := s.under
	defer func() { s.under = above }()
	s.folds++
	set := &fold{Name: format.Clean(f.Name)}
	s.under = set.Name
	pictures, tables := 0, 0
	for _, b := range f.Blocks {
		one, err := b.set(s)
		if err != nil {
			return block{}, err
		}
		switch {
		case one.Table != nil:
			tables++
		case one.Chart != nil || one.Heat != nil || one.Differences != nil:
			pictures++
		}
		set.Blocks = append(set.Blocks, one)
	}
	var hints []string
	if pictures > 0 {
		hints = append(hints, format.Plural(pictures, "picture", "pictures"))
	}
	if tables > 0 {
		hints = append(hints, format.Plural(tables, "table", "tables"))
	}
	set.Hint = strings.Join(hints, ", ")
	return block{Fold: set}, nil
}

func (w Words) set(*setter) (block, error) { return block{Words: format.Clean(string(w))}, nil }

// mark is a reference to a note.
type mark struct{ ID, Mark string }

// note is a footnote of the page.
type note struct{ ID, Mark, Text string }

func (s *setter) marks(texts []string) []mark {
	var list []mark
	for _, text := range texts {
		m := s.notes.Mark(text)
		for i, known := range s.notes.Texts() {
			if known == text {
				list = append(list, mark{fmt.Sprintf("note-%d", i+1), m})
			}
		}
	}
	return list
}

// grid is a table as the template takes it.
type grid struct {
	Name  string
	Label string
	Heads []gridHead
	Rows  [][]gridCell
}

type gridHead struct {
	Text  string
	Right bool
}

// Words is the class of a head, as of a cell.
func (h gridHead) Words() string { return wordsClass(h.Text) }

// Room is the class of a head of a column of numbers that takes several lines where there is little room.
func (h gridHead) Room() string {
	switch n := utf8.RuneCountInString(h.Text); {
	case n > 14:
		return "roomy"
	case n > 9:
		return "room"
	}
	return ""
}

type gridCell struct {
	Text  string
	Right bool
	Words string // the class of words that may take several lines; empty for those that do not
	First bool   // the head of its row
	Marks []mark
}

// Words of more characters than these are wrapped where a table would otherwise be wider than its page: into narrow
// lines, as a date with its time is, or into wide ones.
const (
	oneLine = 24
	aFew    = 48
)

// wordsClass is the class of a cell that is not of numbers.
func wordsClass(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case n > aFew:
		return "prose"
	case n > oneLine:
		return "long"
	}
	return ""
}

func (t Table) set(s *setter) (block, error) {
	g := &grid{}
	for i, c := range t.Columns {
		if i == 0 {
			g.Name = format.Capital(format.Clean(c.Head))
		}
		g.Heads = append(g.Heads, gridHead{format.Clean(c.Head), c.Align == table.Right})
	}
	for _, row := range t.Rows {
		var cells []gridCell
		for i := range t.Columns {
			cell := gridCell{First: i == 0, Right: t.Columns[i].Align == table.Right}
			if i < len(row) {
				cell.Text, cell.Marks = format.Clean(row[i].Text), s.marks(row[i].Notes)
				cell.Words = wordsClass(cell.Text)
			}
			cells = append(cells, cell)
		}
		g.Rows = append(g.Rows, cells)
	}
	g.Label = s.label(g.Name)
	return block{Table: g}, nil
}
