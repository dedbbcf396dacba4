package table

import (
	"slices"
	"strings"
)

// block is a part of a table that fits into its room: the columns that name a row, and some of the
// others.
type block struct {
	columns []Column
	heads   []string
	grid    [][]string
	widths  []int
}

// fold parts the columns of a table that is too wide into blocks that stand below one
// another, each with the columns that name its rows, so that a row is still found and a column
// of numbers still read downwards. There are at least so many blocks. It is nil if the first
// column leaves no room for another.
func (t *Table) fold(heads []string, grid [][]string, room, least int) []block {
	for keys := t.keys(grid); keys > 0; keys-- {
		rest := len(t.Columns) - keys
		most := (rest + least - 1) / least
		blocks := t.blocks(heads, grid, room, keys, most)
		if len(blocks) == 0 {
			continue
		}
		// As many columns in each, rather than all but one in the first.
		if even := t.blocks(heads, grid, room, keys, (rest+len(blocks)-1)/len(blocks)); len(even) == len(blocks) {
			return even
		}
		return blocks
	}
	return nil
}

// keys is how many columns of words from the left name a row: as few as tell all rows apart, and
// one where none do.
func (t *Table) keys(grid [][]string) int {
	for n := 1; n < len(t.Columns) && t.Columns[n-1].Align == Left; n++ {
		seen := map[string]bool{}
		for _, row := range grid {
			seen[strings.Join(row[:n], "\n")] = true
		}
		if len(seen) == len(grid) {
			return n
		}
	}
	return 1
}

// blocks makes blocks of at most so many columns beside the keys.
func (t *Table) blocks(heads []string, grid [][]string, room, keys, most int) (out []block) {
	for c := keys; c < len(t.Columns); {
		n := 0
		var last block
		for n < most && c+n < len(t.Columns) {
			b := t.part(heads, grid, keys, c, c+n+1)
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

// part is the keys and the columns from one to before another.
func (t *Table) part(heads []string, grid [][]string, keys, from, to int) block {
	b := block{
		columns: slices.Concat(t.Columns[:keys], t.Columns[from:to]),
		heads:   slices.Concat(heads[:keys], heads[from:to]),
	}
	if from > keys {
		b.heads[0] = strings.TrimSpace(heads[0] + " (continued)")
	}
	for _, row := range grid {
		b.grid = append(b.grid, slices.Concat(row[:keys], row[from:to]))
	}
	return b
}
