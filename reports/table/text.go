package table

import (
	"io"
	"strings"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/headroom-sim/headroom/reports/format"
)

// Style says how text looks.
type Style struct {
	Colour bool // bold heads and titles by escape sequences
	Width  int  // columns of the terminal; 0 for no limit
	Indent int  // columns to the left of everything
}

// gap is the space between columns.
const gap = "  "

// WriteText writes the table as aligned text. Notes of the cells are marked and
// added to notes. A table that is too wide has the heads wrapped first, then its
// columns of words; when even that does not fit, or is longer, its columns are folded into blocks,
// one below the other, that repeat those by which a row is found; records become a list. In a room where nothing goes beside that, it
// becomes a list, one line per cell.
func (t *Table) WriteText(w io.Writer, style Style, notes *Notes) error {
	grid := t.cells(notes)
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = format.Clean(c.Head)
	}
	room := 0
	if style.Width > 0 {
		room = max(style.Width-style.Indent, 1)
	}
	var b strings.Builder
	if t.Title != "" {
		title := format.Clean(t.Title)
		if room > 0 {
			title = wrap(title, room)
		}
		for line := range strings.SplitSeq(title, "\n") {
			b.WriteString(bold(line, style.Colour) + "\n")
		}
	}
	b.WriteString(t.laidOut(heads, grid, room, style.Colour))
	return indented(w, b.String(), style.Indent)
}

// laidOut sets the grid in one of three ways: all columns side by side, in blocks where those do not
// fit or would be so narrow that blocks are shorter, or as a list.
func (t *Table) laidOut(heads []string, grid [][]string, room int, colour bool) string {
	widths, fits := fit(heads, grid, t.Columns, room)
	side, parts := "", 1
	if fits {
		side, parts = t.aligned(heads, grid, widths, colour), 2
		high := 2 // lines of a row, at the most usual
		if t.Records {
			high = 4
		}
		if bodyLines(grid, widths) <= high*len(grid) {
			return side
		}
	}
	if t.Records {
		return listed(heads, grid, room, colour)
	}
	if blocks := t.fold(heads, grid, room, parts); blocks != nil {
		var b strings.Builder
		for i, k := range blocks {
			if i > 0 {
				b.WriteByte('\n')
			}
			part := Table{Columns: k.columns}
			b.WriteString(part.aligned(k.heads, k.grid, k.widths, colour))
		}
		if folded := b.String(); !fits || strings.Count(folded, "\n") < strings.Count(side, "\n") {
			return folded
		}
	}
	if fits {
		return side
	}
	return listed(heads, grid, room, colour)
}

// cells cleans and marks all cells, and lines up what is flush right.
func (t *Table) cells(notes *Notes) [][]string {
	for _, row := range t.Rows {
		for c := range min(len(row), len(t.Columns)) {
			row[c].marks(notes) // numbers are in the order in which a table is read
		}
	}
	grid := make([][]string, len(t.Rows))
	for r, row := range t.Rows {
		grid[r] = make([]string, len(t.Columns))
		for c := range min(len(row), len(t.Columns)) {
			s := format.Clean(row[c].Text)
			if t.Columns[c].Align == Left {
				if m := row[c].marks(notes); m != "" {
					s += " " + m
				}
			}
			grid[r][c] = s
		}
	}
	for c, column := range t.Columns {
		if column.Align == Right {
			lineUp(grid, c)
			hang(grid, t.Rows, c, notes)
		}
	}
	return grid
}

// lineUp pads the parts behind a ± so that the signs of a column stand below
// one another.
func lineUp(grid [][]string, c int) {
	const sign = " ± "
	widest := 0
	for _, row := range grid {
		if _, after, ok := strings.Cut(row[c], sign); ok {
			widest = max(widest, width(after))
		}
	}
	if widest == 0 {
		return
	}
	for _, row := range grid {
		if _, after, ok := strings.Cut(row[c], sign); ok {
			row[c] += strings.Repeat(" ", widest-width(after))
		}
	}
}

// hang appends the marks of a column flush right, and the same room to cells
// without marks, so that marks hang to the right of the digits.
func hang(grid [][]string, rows [][]Cell, c int, notes *Notes) {
	marks := make([]string, len(rows))
	widest := 0
	for r, row := range rows {
		if c < len(row) {
			marks[r] = row[c].marks(notes)
			widest = max(widest, width(marks[r]))
		}
	}
	if widest == 0 {
		return
	}
	for r := range grid {
		grid[r][c] += " " + text.Pad(marks[r], widest, ' ')
	}
}

// A column of words may become as narrow as least, or as the longest of its words where that is no
// longer than whole: names and numbers of tickets are not torn.
const (
	least = 12
	whole = 24
)

// measure is how wide text that runs on may be, however wide the window: eyes lose longer lines.
const measure = 140

// fit finds the widths of the columns, and whether they go into the room.
func fit(heads []string, grid [][]string, columns []Column, room int) ([]int, bool) {
	widths := make([]int, len(columns))
	cells := make([]int, len(columns)) // and the longest word of the head
	floor := make([]int, len(columns))
	for c := range columns {
		cells[c] = longestWord(heads[c])
		floor[c] = least
		for _, row := range grid {
			cells[c] = max(cells[c], width(row[c]))
			if longest := longestPiece(row[c]); longest <= whole {
				floor[c] = max(floor[c], longest)
			}
		}
		widths[c] = max(cells[c], width(heads[c]))
	}
	if room == 0 || total(widths) <= room {
		return widths, true
	}
	// First the heads are wrapped, from the right, as far as it is needed.
	for c := len(columns) - 1; c >= 0 && total(widths) > room; c-- {
		widths[c] = max(cells[c], widths[c]-(total(widths)-room))
	}
	for total(widths) > room {
		widest := -1
		for c, column := range columns {
			if column.Align == Left && widths[c] > floor[c] && (widest < 0 || widths[c] > widths[widest]) {
				widest = c
			}
		}
		if widest < 0 {
			return widths, false
		}
		widths[widest]--
	}
	return widths, true
}

func total(widths []int) int {
	sum := len(gap) * max(len(widths)-1, 0)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// aligned renders the grid in columns of the given widths.
func (t *Table) aligned(heads []string, grid [][]string, widths []int, colour bool) string {
	style := pretty.Style{Options: pretty.OptionsNoBordersAndSeparators}
	style.Box.PaddingRight = gap
	style.Format.HeaderVAlign = text.VAlignBottom
	w := pretty.NewWriter()
	w.SetStyle(style)
	configs := make([]pretty.ColumnConfig, len(t.Columns))
	header := make(pretty.Row, len(t.Columns))
	for c, column := range t.Columns {
		align := text.AlignLeft
		if column.Align == Right {
			align = text.AlignRight
		}
		configs[c] = pretty.ColumnConfig{
			Number: c + 1, Align: align, AlignHeader: align, VAlignHeader: text.VAlignBottom,
			WidthMin: widths[c], WidthMax: widths[c], WidthMaxEnforcer: wrap,
		}
		header[c] = heads[c]
	}
	w.SetColumnConfigs(configs)
	w.AppendHeader(header)
	for _, row := range grid {
		r := make(pretty.Row, len(row))
		for c, cell := range row {
			r[c] = cell
		}
		w.AppendRow(r)
	}
	lines := strings.Split(w.Render(), "\n")
	headLines := len(lines) - bodyLines(grid, widths)
	var b strings.Builder
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		if i < headLines {
			line = bold(line, colour)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// bodyLines is the number of lines that the rows take once they are wrapped.
func bodyLines(grid [][]string, widths []int) int {
	n := 0
	for _, row := range grid {
		high := 1
		for c, cell := range row {
			high = max(high, 1+strings.Count(wrap(cell, widths[c]), "\n"))
		}
		n += high
	}
	return n
}

// listed renders the grid as records, one line per cell, the first of which names the record.
func listed(heads []string, grid [][]string, room int, colour bool) string {
	var b strings.Builder
	for r, row := range grid {
		if r > 0 {
			b.WriteByte('\n')
		}
		for c, cell := range row {
			line := strings.Join(fields(cell), " ") // without the padding of columns
			switch {
			case line == "":
				continue
			case c > 0:
				line = heads[c] + ": " + line
			}
			for part := range strings.SplitSeq(wrap(line, room), "\n") {
				b.WriteString(bold(part, colour && c == 0) + "\n")
			}
		}
	}
	return b.String()
}

// Paragraph writes s wrapped to the style's width, or to measure where that is less. Hang is the number of columns
// by which lines after the first are indented further.
func Paragraph(w io.Writer, s string, style Style, hang int) error {
	s = format.Clean(s)
	room := min(style.Width, measure) - style.Indent - hang
	if style.Width > 0 && room > 0 {
		s = strings.ReplaceAll(wrap(s, room), "\n", "\n"+strings.Repeat(" ", hang))
	}
	return indented(w, s+"\n", style.Indent)
}

// Heading writes s as the title of what follows: bold where there is colour, wrapped to
// the style's width.
func Heading(w io.Writer, s string, style Style) error {
	s = format.Clean(s)
	if room := style.Width - style.Indent; style.Width > 0 && room > 0 {
		s = wrap(s, room)
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(bold(line, style.Colour) + "\n")
	}
	return indented(w, b.String(), style.Indent)
}

// WriteText writes the notes, one below the other, each behind its mark.
func (n *Notes) WriteText(w io.Writer, style Style) error {
	for i, note := range n.texts {
		mark := superscript(i + 1)
		if err := Paragraph(w, mark+" "+note, style, width(mark)+1); err != nil {
			return err
		}
	}
	return nil
}

func indented(w io.Writer, s string, columns int) error {
	if columns > 0 {
		var b strings.Builder
		for line := range strings.Lines(s) {
			if line != "\n" {
				b.WriteString(strings.Repeat(" ", columns))
			}
			b.WriteString(line)
		}
		s = b.String()
	}
	_, err := io.WriteString(w, s)
	return err
}

func bold(s string, colour bool) string {
	if !colour || s == "" {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}
