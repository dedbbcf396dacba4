// Package parquet writes tidy tables as Parquet files, for programs that read columns. It is
// the only place where the Parquet library is known.
//
// A column holds numbers or words, and any of its cells may be missing. Columns come in
// alphabetical order, as the library has it; readers go by their names.
package parquet

import (
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
)

// rowsTogether is how many rows of a file are kept in memory before they are written, as one row group.
const rowsTogether = 1 << 14

// Head is a column of a table: its name, and whether it holds words or numbers.
type Head struct {
	Name  string
	Words bool
}

// Cell is an entry of a row: a word or a number, as its column has it. A number that is not
// finite, and an empty word, are missing.
type Cell struct {
	Word   string
	Number float64
}

// Writer writes a table row by row. It keeps a bounded number of rows in memory. Close ends the file,
// which is none without it.
type Writer struct {
	out   *parquet.GenericWriter[any]
	heads []Head
	from  []int // by column of the file, the place in heads
	row   parquet.Row
}

// NewWriter is a table of columns that have different names.
func NewWriter(w io.Writer, name string, heads []Head) (*Writer, error) {
	group := parquet.Group{}
	place := map[string]int{}
	for i, h := range heads {
		if _, ok := place[h.Name]; ok {
			return nil, fmt.Errorf("parquet: two columns are called %q", h.Name)
		}
		place[h.Name] = i
		if h.Words {
			group[h.Name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		} else {
			group[h.Name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		}
	}
	schema := parquet.NewSchema(name, group)
	x := &Writer{
		out:   parquet.NewGenericWriter[any](w, schema, parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(rowsTogether)),
		heads: heads, row: make(parquet.Row, len(heads)),
	}
	for _, path := range schema.Columns() {
		x.from = append(x.from, place[path[0]])
	}
	return x, nil
}

// Write writes a row, which has a cell for each head.
func (x *Writer) Write(cells []Cell) error {
	if len(cells) != len(x.heads) {
		return fmt.Errorf("parquet: a row of %d cells in a table of %d columns", len(cells), len(x.heads))
	}
	for k, i := range x.from {
		x.row[k] = cells[i].value(x.heads[i].Words).Level(0, 0, k)
		if !x.row[k].IsNull() {
			x.row[k] = x.row[k].Level(0, 1, k)
		}
	}
	if _, err := x.out.WriteRows([]parquet.Row{x.row}); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return nil
}

// Close writes what is still in memory, and ends the file.
func (x *Writer) Close() error {
	if err := x.out.Close(); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return nil
}

func (c *Cell) value(word bool) parquet.Value {
	switch {
	case word && c.Word != "":
		return parquet.ByteArrayValue([]byte(c.Word))
	case !word && !math.IsNaN(c.Number) && !math.IsInf(c.Number, 0):
		return parquet.DoubleValue(c.Number)
	}
	return parquet.NullValue()
}

// Column is a column of a table in memory: words if Words is not nil, else numbers.
type Column struct {
	Name    string
	Numbers []float64
	Words   []string
}

func (c *Column) len() int {
	if c.Words != nil {
		return len(c.Words)
	}
	return len(c.Numbers)
}

// Write writes a table whose columns are equally long and have different names.
func Write(w io.Writer, name string, columns []Column) error {
	var heads []Head
	rows := 0
	for i := range columns {
		c := &columns[i]
		if i > 0 && c.len() != rows {
			return fmt.Errorf("parquet: column %q has %d cells, others have %d", c.Name, c.len(), rows)
		}
		rows = c.len()
		heads = append(heads, Head{c.Name, c.Words != nil})
	}
	out, err := NewWriter(w, name, heads)
	if err != nil {
		return err
	}
	row := make([]Cell, len(columns))
	for i := range rows {
		for k := range columns {
			if c := &columns[k]; c.Words != nil {
				row[k].Word = c.Words[i]
			} else {
				row[k].Number = c.Numbers[i]
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return out.Close()
}
