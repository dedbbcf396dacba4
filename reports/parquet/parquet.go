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

// Column is a column of a table: words if Words is not nil, else numbers. A number that is not
// finite, and an empty word, are missing cells.
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
	group := parquet.Group{}
	byName := map[string]*Column{}
	rows := 0
	for i := range columns {
		c := &columns[i]
		if byName[c.Name] != nil {
			return fmt.Errorf("parquet: two columns are called %q", c.Name)
		}
		if i > 0 && c.len() != rows {
			return fmt.Errorf("parquet: column %q has %d cells, others have %d", c.Name, c.len(), rows)
		}
		rows = c.len()
		byName[c.Name] = c
		if c.Words != nil {
			group[c.Name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		} else {
			group[c.Name] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
		}
	}
	schema := parquet.NewSchema(name, group)
	out := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Snappy))
	ordered := make([]*Column, 0, len(columns))
	for _, path := range schema.Columns() {
		ordered = append(ordered, byName[path[0]])
	}
	row := make(parquet.Row, len(ordered))
	for i := range rows {
		for k, c := range ordered {
			row[k] = c.cell(i).Level(0, 0, k)
			if !row[k].IsNull() {
				row[k] = row[k].Level(0, 1, k)
			}
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return fmt.Errorf("parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return nil
}

func (c *Column) cell(i int) parquet.Value {
	if c.Words != nil {
		if c.Words[i] == "" {
			return parquet.NullValue()
		}
		return parquet.ByteArrayValue([]byte(c.Words[i]))
	}
	if x := c.Numbers[i]; !math.IsNaN(x) && !math.IsInf(x, 0) {
		return parquet.DoubleValue(x)
	}
	return parquet.NullValue()
}
