package table

import "strings"

// block is a part of a table that fits into its room: the first column, and some of the others.
type block struct {
	columns []Column
	heads   []string
	grid    [][]string
	widths  []int
}

// fold parts the columns of a table that is too wide into blocks that stand below one
// another, each with the first column, so that a row is still found by its name and a column
// of numbers still read downwards. It is nil if the first column leaves no room for another.
func (t *Table) fold(heads []string, grid [][]string, room int) []block {
	most := len(t.Columns) - 1
	blocks := t.blocks(heads, grid, room, most)
	if len(blocks) == 0 {
		return nil
	}
	// As many columns in each, rather than all but one in the first.
	if even := t.blocks(heads, grid, room, (most+len(blocks)-1)/len(blocks)); len(even) == len(blocks) {
		return even
	}
	return blocks
}

// blocks makes blocks of at most so many columns beside the first.
func (t *Table) blocks(heads []string, grid [][]string, room, most int) (out []block) {
	for c := 1; c < len(t.Columns); {
		n := 0
		var last block
		for n < most && c+n < len(t.Columns) {
			b := t.part(heads, grid, c, c+n+1)
			widths, ok := fit(b.heads, b.grid, b.columns, room)
			if !ok {
				break
			}
			b.widths = widths
			last = b
			n++
		}
		if n == 0 {
			return nil
		}
		out = append(out, last)
		c += n
	}
	return out
}

// part is the first column and those from one to before another.
func (t *Table) part(heads []string, grid [][]string, from, to int) block {
	b := block{
		columns: append([]Column{t.Columns[0]}, t.Columns[from:to]...),
		heads:   append([]string{heads[0]}, heads[from:to]...),
	}
	if from > 1 {
		b.heads[0] = strings.TrimSpace(heads[0] + " (continued)")
	}
	for _, row := range grid {
		b.grid = append(b.grid, append([]string{row[0]}, row[from:to]...))
	}
	return b
}
