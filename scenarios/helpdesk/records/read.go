package records

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// MaxRecord is the most bytes of one record.
const MaxRecord = 16 << 20

// reader reads one file.
type reader struct {
	src    intake.Source
	arrays []string // the names of arrays that hold records
	visit  func(*Record) error
	fault  func(intake.Place, string)
	double func(at intake.Place, name string) // a column or a field that has the name of another one
	open   func(at intake.Place)              // the last row of a table that has no line end
	skip   func(table string) bool            // nobody asks for the records of an array; nil if somebody does
	pool   pool
}

// errStop ends reading without an error.
var errStop = errors.New("enough")

// read hands each record on. The error is that of visit, a *ticketlog.Problem, or that of the disk.
func (r *reader) read() error {
	file, err := r.src.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return intake.In(r.src.Name, &ticketlog.Problem{Text: "the compressed file cannot be read: " + err.Error()})
	}
	head, err := in.Peek(4096)
	if err != nil && err != io.EOF {
		return r.broken(err, -1)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(head) == 0:
		return intake.In(r.src.Name, &ticketlog.Problem{Text: "the file is empty"})
	case head[0] == '{' || head[0] == '[':
		return r.json(in)
	}
	return r.csv(in, comma(head))
}

// unpack is what a file holds, compressed or not.
func unpack(file io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(file, 1<<16)
	if head, _ := in.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	plain, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(plain, 1<<16), nil
}

// comma is what parts the cells of a header.
func comma(head []byte) byte {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if bytes.Count(line, []byte{c}) > bytes.Count(line, []byte{best}) {
			best = c
		}
	}
	return best
}

func (r *reader) csv(in io.Reader, comma byte) error {
	rows, err := ticketlog.NewRows(in, comma)
	if err != nil {
		return r.broken(err, -1)
	}
	columns := map[string]int{}
	for i, name := range rows.Header() {
		if _, twice := columns[name]; twice {
			r.double(intake.Place{File: r.src.Name, Row: 1}, name)
			continue
		}
		columns[name] = i
	}
	rec := Record{columns: columns, cell: rows.Cell, pool: &r.pool}
	for rows.Next() {
		rec.Place = intake.Place{File: r.src.Name, Row: rows.Line()}
		if p := rows.Fault(); p != nil {
			r.fault(rec.Place, p.Text)
			continue
		}
		if err := r.visit(&rec); err != nil {
			return err
		}
		if rows.Open() {
			r.open(rec.Place)
		}
	}
	if err := rows.Err(); err != nil {
		return r.broken(err, -1)
	}
	return nil
}

// broken says where a file cannot be read on. at is as far as it was read, below zero where its problems say it themselves.
func (r *reader) broken(err error, at int64) error {
	var p *ticketlog.Problem
	if errors.As(err, &p) {
		return intake.In(r.src.Name, p)
	}
	switch {
	case errors.Is(err, errLong):
		p = &ticketlog.Problem{Text: fmt.Sprintf("a record is longer than %d MB", MaxRecord>>20)}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		p, at = &ticketlog.Problem{Text: "the file breaks off in the middle of a record", Hint: "export it again; what was written before the end is not used"}, math.MaxInt64
	case errors.Is(err, errSyntax):
		p = &ticketlog.Problem{Text: err.Error()}
	case at < 0:
		return fmt.Errorf("%s: %w", r.src.Name, err)
	default:
		p = &ticketlog.Problem{Text: "this cannot be read: " + err.Error()}
	}
	if at >= 0 {
		p.Line, p.Col = r.position(at)
	}
	return intake.In(r.src.Name, p)
}

// position is the line and the character of a byte, counted by reading the file once more.
func (r *reader) position(at int64) (line, col int) {
	file, err := r.src.Open()
	if err != nil {
		return 0, 0
	}
	defer file.Close()
	in, err := unpack(file)
	if err != nil {
		return 0, 0
	}
	line, col = 1, 1
	for range at {
		b, err := in.ReadByte()
		if err != nil {
			break
		}
		switch {
		case b == '\n':
			line, col = line+1, 1
		case b&0xc0 != 0x80: // characters, not bytes
			col++
		}
	}
	return line, col
}
