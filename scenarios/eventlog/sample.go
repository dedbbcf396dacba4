package eventlog

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// A sample is the beginning of a file.
type sample struct {
	from    string
	comma   byte
	columns []string
	rows    [][]string // by column
}

// sampled is how many rows are looked at for a guess.
const sampled = 2000

var errEnough = errors.New("enough rows")

// readSample reads the beginning of a file, of whatever format.
func readSample(file intake.Source) (s *sample, err error) {
	r, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	in, err := unpack(r)
	if err != nil {
		return nil, err
	}
	head, err := in.Peek(4096)
	if len(head) == 0 && err != nil {
		return nil, in.broken(1, err)
	}
	switch text := bytes.TrimLeft(head, "\ufeff \t\r\n"); {
	case bytes.HasPrefix(text, []byte("{")):
		s = &sample{from: "jsonl"}
		return s, s.gather(in, eachLine)
	case bytes.HasPrefix(text, []byte("<")):
		s = &sample{from: "xes"}
		return s, s.gather(in, eachEvent)
	}
	return sampleCSV(in, head)
}

// gather collects records until there are enough.
func (s *sample) gather(in *unpacked, each func(*unpacked, func(*record) error) error) error {
	err := each(in, func(rec *record) error {
		if rec.fault != nil {
			return nil
		}
		row := make([]string, len(s.columns))
		for _, x := range rec.pairs {
			i := slices.Index(s.columns, x.name)
			if i < 0 {
				i = len(s.columns)
				s.columns, row = append(s.columns, x.name), append(row, "")
			}
			row[i] = strings.TrimSpace(x.value)
		}
		if s.rows = append(s.rows, row); len(s.rows) == sampled {
			return errEnough
		}
		return nil
	})
	for i := range s.rows {
		s.rows[i] = append(s.rows[i], make([]string, len(s.columns)-len(s.rows[i]))...)
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// sampleCSV finds what parts the cells, and reads the first rows.
func sampleCSV(in io.Reader, head []byte) (*sample, error) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	s := &sample{from: "csv", comma: ','}
	for _, comma := range []byte{';', '\t', '|'} {
		if bytes.Count(line, []byte{comma}) > bytes.Count(line, []byte{s.comma}) {
			s.comma = comma
		}
	}
	rows, err := ticketlog.NewRows(in, s.comma)
	if err != nil {
		return nil, err
	}
	s.columns = rows.Header()
	for len(s.rows) < sampled && rows.Next() {
		if rows.Fault() != nil {
			continue
		}
		row := make([]string, len(s.columns))
		for i := range row {
			row[i] = string(rows.Cell(i))
		}
		s.rows = append(s.rows, row)
	}
	if len(s.rows) < sampled {
		return s, rows.Err()
	}
	return s, nil
}
