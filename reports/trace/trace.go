// Package trace writes what a single trial was like, ticket by ticket and interval by
// interval, for programs: as Parquet, or as CSV for spreadsheets.
//
// Heads carry units, shares are fractions, instants are RFC 3339 in the scenario's zone, and
// what is missing is empty. A trace is one of the replications behind an outcome: what chance
// did once, not what is to be expected. Rows are written as they come, so that memory does not grow
// with them.
package trace

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"

	"github.com/headroom-sim/headroom/reports/parquet"
	"github.com/headroom-sim/headroom/reports/table"
)

// Columns are those of a table of things of a kind, one row for each.
type Columns[T any] []column[T]

// column is one of them: words or numbers.
type column[T any] struct {
	head   string
	word   func(row *T) string
	number func(row *T) float64
}

// Known reports by its name whether a file can be written.
func Known(path string) error {
	switch filepath.Ext(path) {
	case ".parquet", ".csv":
		return nil
	}
	return fmt.Errorf("%q is neither .parquet nor .csv", path)
}

// Writer writes rows into a file. Close ends it.
type Writer[T any] struct {
	columns Columns[T]
	cells   []parquet.Cell
	out     sink
}

// sink takes rows.
type sink interface {
	Write(cells []parquet.Cell) error
	Close() error
}

// NewWriter writes rows to w in the format that the name of its file says.
func NewWriter[T any](w io.Writer, path string, columns Columns[T]) (*Writer[T], error) {
	heads := make([]parquet.Head, len(columns))
	for i, c := range columns {
		heads[i] = parquet.Head{Name: c.head, Words: c.word != nil}
	}
	x := &Writer[T]{columns: columns, cells: make([]parquet.Cell, len(columns))}
	err := Known(path)
	switch filepath.Ext(path) {
	case ".parquet":
		x.out, err = parquet.NewWriter(w, "trace", heads)
	case ".csv":
		x.out, err = newCells(w, heads)
	}
	return x, err
}

// Write writes a row.
func (x *Writer[T]) Write(row *T) error {
	for i := range x.columns {
		if c := &x.columns[i]; c.word != nil {
			x.cells[i].Word = c.word(row)
		} else {
			x.cells[i].Number = c.number(row)
		}
	}
	return x.out.Write(x.cells)
}

// Close ends the file.
func (x *Writer[T]) Close() error { return x.out.Close() }

// cells is CSV that is safe for spreadsheets.
type cells struct {
	out    *csv.Writer
	heads  []parquet.Head
	record []string
}

func newCells(w io.Writer, heads []parquet.Head) (*cells, error) {
	c := &cells{csv.NewWriter(w), heads, make([]string, len(heads))}
	for i, h := range heads {
		c.record[i] = h.Name
	}
	return c, c.out.Write(c.record)
}

func (c *cells) Write(row []parquet.Cell) error {
	for i := range row {
		if c.heads[i].Words {
			c.record[i] = table.Safe(row[i].Word)
		} else {
			c.record[i] = table.Number(row[i].Number)
		}
	}
	return c.out.Write(c.record)
}

func (c *cells) Close() error {
	c.out.Flush()
	return c.out.Error()
}
