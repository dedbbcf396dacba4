package ticketlog

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// Rows reads anybody's CSV, compressed or not, row by row in constant memory, for readers that
// take from it more than ReadTable does. A row that cannot be read costs that row.
type Rows struct {
	rows   *scanner
	header []string
	ragged *Problem
}

// NewRows reads the header. comma parts the cells. The error is a *Problem, or that of the
// source.
func NewRows(r io.Reader, comma byte) (*Rows, error) {
	rows := &Rows{rows: newScanner(r, comma)}
	header, p, err := rows.rows.header()
	if p != nil {
		return nil, p
	}
	rows.header = header
	return rows, err
}

// Header are the names of the columns, without the space around them.
func (r *Rows) Header() []string { return r.header }

// Column is the place of a column that the header names once.
func (r *Rows) Column(name string) (int, *Problem) {
	i, p := findColumn(r.header, name)
	if p != nil {
		p.Line = r.rows.line
	}
	return i, p
}

// Only says that of the rows that follow no cell after the last of some columns will be asked for, so that those after it
// need only be counted.
func (r *Rows) Only(columns []int) { r.rows.most = 1 + max(0, slices.Max(columns)) }

// Next goes on to the next row. It is false after the last one and where reading cannot go on:
// Err tells the two apart.
func (r *Rows) Next() bool {
	if !r.rows.next() {
		return false
	}
	r.ragged = nil
	if r.rows.fault == nil && r.rows.width != len(r.header) {
		r.ragged = r.rows.ragged(len(r.header))
		if r.rows.width < len(r.header) && !bytes.HasSuffix(r.rows.raw, []byte("\n")) {
			p := r.rows.place(len(r.rows.raw))
			p.Text, p.Hint = "the file ends in the middle of a row: it was cut off", "export it again"
			r.rows.stop = &p
			return false
		}
	}
	return true
}

// Fault is why the current row cannot be read; nil if it can.
func (r *Rows) Fault() *Problem {
	if r.rows.fault != nil {
		return r.rows.fault
	}
	return r.ragged
}

// Line is where the current row starts, counted from 1.
func (r *Rows) Line() int { return r.rows.line }

// Open reports whether the current row has no line end: it is the last one, and nothing tells whether the file was cut off within it.
func (r *Rows) Open() bool { return r.rows.open }

// Raw is the current row as it stands in the file, valid until the next one.
func (r *Rows) Raw() []byte { return r.rows.raw }

// Cell is a cell of a row without a fault: without the space around it, and freed from the
// apostrophe that keeps spreadsheets from running it. It is valid until the next row.
func (r *Rows) Cell(i int) []byte { return tidy(r.rows.cells[i]) }

// Problem says what is wrong with a cell of the current row, and quotes it.
func (r *Rows) Problem(cell int, text string) Problem {
	return r.rows.cellProblem(cell, r.header[cell], text)
}

// Err is nil after the last row. Else it is a *Problem, as of a file that was cut off, or the
// error of the source.
func (r *Rows) Err() error {
	if err := r.rows.end(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// tidy is a cell without the space around it and without its shield.
func tidy(cell []byte) []byte {
	if n := len(cell); n > 0 && (cell[0] <= ' ' || cell[n-1] <= ' ' || cell[0] == '\'') {
		return bytes.TrimSpace(bare(cell))
	}
	return cell
}
