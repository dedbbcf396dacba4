package ticketlog

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// header reads the first row: the names of the columns, without the space around them.
func (s *scanner) header() ([]string, *Problem, error) {
	if !s.next() {
		if s.stop == nil && s.err == nil {
			return nil, &Problem{Text: "the file has nothing but blank lines"}, nil
		}
		return nil, s.stop, s.err
	}
	if s.fault != nil {
		return nil, s.fault, nil
	}
	names := make([]string, len(s.cells))
	for i, cell := range s.cells {
		p := s.cellPlace(i)
		switch {
		case bytes.IndexByte(cell, 0) >= 0:
			p.Text = "the file is not text"
			return nil, &p, nil
		case !utf8.Valid(cell):
			p.Text, p.Hint = "the name of a column is not UTF-8", "save the file as CSV in UTF-8"
			return nil, &p, nil
		case bytes.IndexByte(cell, '\r') >= 0 && bytes.IndexByte(s.raw, '"') < 0:
			p.Text, p.Hint = "the lines end in a carriage return alone", "save the file with LF or CRLF line ends"
			return nil, &p, nil
		}
		names[i] = string(bytes.TrimSpace(bare(cell)))
	}
	return names, nil, nil
}

// findColumn is the place of a column in the header.
func findColumn(header []string, name string) (int, *Problem) {
	at := -1
	for i, h := range header {
		if h != name {
			continue
		}
		if at >= 0 {
			return 0, &Problem{Column: name, Text: fmt.Sprintf("there are two columns %q", clip(name)),
				Hint: fmt.Sprintf("the columns %d and %d of the table", at+1, i+1)}
		}
		at = i
	}
	if at >= 0 {
		return at, nil
	}
	p := &Problem{Column: name, Text: fmt.Sprintf("there is no column %q", clip(name)), Hint: suggest(name, header)}
	if len(header) == 1 {
		for _, comma := range []string{";", "\t", "|", ","} {
			if strings.Contains(header[0], comma) {
				p.Hint = fmt.Sprintf("the columns seem to be parted by %q", comma)
				break
			}
		}
	}
	return 0, p
}

// end is why there is no further row: io.EOF, a problem, or the source's error.
func (s *scanner) end() error {
	switch {
	case s.stop != nil:
		return s.stop
	case s.err != nil:
		return s.err
	}
	return io.EOF
}

// ragged says that the row does not have as many cells as the header.
func (s *scanner) ragged(width int) *Problem {
	return &Problem{Line: s.line, Text: fmt.Sprintf("the row has %d cells, the header has %d", s.width, width),
		Hint: "a cell that holds the separator must be quoted"}
}

// cellProblem says what is wrong with a cell of the current row, and quotes it.
func (s *scanner) cellProblem(cell int, column, text string) Problem {
	p := s.cellPlace(cell)
	p.Column = column
	p.Text = fmt.Sprintf("%q: %s", clip(string(s.cells[cell])), text)
	return p
}
