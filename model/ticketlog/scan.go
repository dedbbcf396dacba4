package ticketlog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"unicode/utf8"
)

// MaxRow is the most bytes that one row may have, line ends within quotes included.
const MaxRow = 1 << 20

// scanner cuts CSV (RFC 4180) into rows of cells. It differs from encoding/csv in
// what a reader of strangers' files needs: a bound on the length of a row, carriage
// returns kept as they are inside quotes, faults that cost one row and not the file,
// and no allocation per row.
type scanner struct {
	src   *watcher
	in    *bufio.Reader
	zip   bool // the input is compressed
	comma byte

	line  int      // of the file, where the current row starts; from 1
	lines int      // read so far
	raw   []byte   // the current row as it stands in the file, with its line end
	cells [][]byte // of the current row, unquoted; valid until the next row
	width int      // how many cells the current row has
	most  int      // that are wanted of a row, from the first on: the others may be counted only; 0 for all
	fault *Problem // what is wrong with the current row, if anything
	open  bool     // the line that was read last has no line end

	spill []byte // backs a line that is longer than the buffer of in

	long []byte // backs raw for rows with quotes
	text []byte // backs cells for rows with quotes
	ends []int  // of the cells within text

	stop *Problem // why the content could not be read on
	err  error    // why the source could not be read on
}

// watcher remembers why the source failed, so that a broken disk is told from a
// broken file.
type watcher struct {
	r   io.Reader
	err error
}

func (w *watcher) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// newScanner looks at the first bytes and unpacks gzip.
func newScanner(r io.Reader, comma byte) *scanner {
	s := &scanner{src: &watcher{r: r}, comma: comma}
	packed := bufio.NewReader(s.src)
	var plain io.Reader = packed
	head, err := packed.Peek(2)
	if err != nil && err != io.EOF {
		s.fail(err)
		return s
	}
	if bytes.Equal(head, []byte{0x1f, 0x8b}) {
		s.zip = true
		unzip, err := gzip.NewReader(packed)
		if err != nil {
			s.fail(err)
			return s
		}
		plain = unzip
	}
	s.in = bufio.NewReaderSize(plain, 1<<16)
	s.sniff()
	return s
}

// sniff passes over a byte order mark and refuses what is no text at all.
func (s *scanner) sniff() {
	head, err := s.in.Peek(4)
	if err != nil && err != io.EOF {
		s.fail(err)
		return
	}
	switch {
	case len(head) == 0:
		s.stop = &Problem{Text: "the file is empty"}
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.in.Discard(3) // they were peeked, so they are there
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		s.stop = &Problem{Line: 1, Text: "the file is in UTF-16", Hint: "save it as CSV in UTF-8"}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		s.stop = &Problem{Line: 1, Text: "the file is a ZIP archive or a spreadsheet, not text", Hint: "save it as CSV, or compress it with gzip"}
	case bytes.IndexByte(head, 0) >= 0:
		s.stop = &Problem{Line: 1, Text: "the file is not text"}
	}
}

// fail notes why reading ended: the source's fault or the content's.
func (s *scanner) fail(err error) {
	switch {
	case s.src.err != nil:
		s.err = s.src.err
	case errors.Is(err, bufio.ErrBufferFull):
		s.stop = &Problem{Line: s.line, Text: fmt.Sprintf("the row is longer than %d bytes", MaxRow),
			Hint: "is a quotation mark not closed, or are there no line ends?"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		s.stop = &Problem{Line: s.lines + 1, Text: "the compressed data ends too early: the file was cut off"}
	case s.zip:
		s.stop = &Problem{Line: s.lines + 1, Text: fmt.Sprintf("the compressed data is damaged: %v", err)}
	default:
		s.err = err
	}
}

// next reads the next row that is not blank. It is false at the end, and when stop or
// err are set. A row with a fault has no cells.
func (s *scanner) next() bool {
	for s.stop == nil && s.err == nil {
		s.line = s.lines + 1
		line, ok := s.readLine()
		if !ok {
			return false
		}
		s.raw, s.fault = line, nil
		s.cells = s.cells[:0]
		body := trimEnd(line)
		switch {
		case len(body) == 0:
			continue
		case bytes.IndexByte(body, '"') >= 0:
			s.quoted(line)
			s.width = len(s.cells)
			return s.stop == nil && s.err == nil
		}
		s.cut(body)
		return true
	}
	return false
}

// cut parts a row without quotation marks into its cells.
func (s *scanner) cut(row []byte) {
	cells, rest := split(s.cells, row, s.comma, s.most)
	s.cells, s.width = cells, len(cells)
	if rest != nil {
		s.width += 1 + bytes.Count(rest, []byte{s.comma})
	}
}

// split appends the cells of a row without quotation marks. It looks at eight bytes at once: cells are short, and
// looking for the end of each by itself costs more than the cell. Beyond the wanted number of cells, if there is one, it
// gives the rest of the row as it is.
func split(cells [][]byte, row []byte, comma byte, most int) (list [][]byte, rest []byte) {
	const low, ones = 0x7f7f7f7f7f7f7f7f, 0x0101010101010101
	from, at := 0, 0
	for ; at+8 <= len(row); at += 8 {
		x := binary.LittleEndian.Uint64(row[at:]) ^ ones*uint64(comma)
		// The highest bit of each byte that is zero (Warren 2013, Hacker's Delight, section 6-1).
		for found := ^((x&low + low) | x | low); found != 0; found &= found - 1 {
			end := at + bits.TrailingZeros64(found)/8
			cells = append(cells, row[from:end:end])
			if from = end + 1; len(cells) == most {
				return cells, row[from:]
			}
		}
	}
	for ; at < len(row); at++ {
		if row[at] == comma {
			cells = append(cells, row[from:at:at])
			if from = at + 1; len(cells) == most {
				return cells, row[from:]
			}
		}
	}
	return append(cells, row[from:]), nil
}

// readLine is the next line with its line end, valid until the next call. It is
// false at the end of the input, and when stop or err are set.
func (s *scanner) readLine() ([]byte, bool) {
	line, err := s.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) { // longer than nearly all lines are
		s.spill = append(s.spill[:0], line...)
		for errors.Is(err, bufio.ErrBufferFull) && len(s.spill) <= MaxRow {
			line, err = s.in.ReadSlice('\n')
			s.spill = append(s.spill, line...)
		}
		line = s.spill
	}
	switch {
	case err == nil, err == io.EOF && len(line) > 0:
	case err == io.EOF:
		return nil, false
	default:
		s.fail(err)
		if s.stop != nil && s.zip && !errors.Is(err, bufio.ErrBufferFull) { // the data end within the line
			s.stop.Col = utf8.RuneCount(line) + 1
		}
		return nil, false
	}
	if len(trimEnd(line)) > MaxRow {
		s.fail(bufio.ErrBufferFull)
		return nil, false
	}
	s.open = err == io.EOF
	s.lines++
	return line, true
}

// quoted parses a row in which there is a quotation mark; line is its first line.
func (s *scanner) quoted(line []byte) {
	s.long = append(s.long[:0], line...)
	s.raw = s.long
	s.text, s.ends = s.text[:0], s.ends[:0]
	at := 0
	for more := true; more; {
		if at < len(s.long) && s.long[at] == '"' {
			at, more = s.quotedCell(at + 1)
		} else {
			at, more = s.plainCell(at)
		}
		s.ends = append(s.ends, len(s.text))
	}
	if s.fault != nil {
		return
	}
	start := 0
	for _, end := range s.ends {
		s.cells = append(s.cells, s.text[start:end:end])
		start = end
	}
}

// plainCell takes a cell without quotes that starts at the given byte of the row.
// It gives the start of the next cell, and whether there is one.
func (s *scanner) plainCell(at int) (int, bool) {
	rest := trimEnd(s.long[at:])
	end := bytes.IndexByte(rest, s.comma)
	more := end >= 0
	if !more {
		end = len(rest)
	}
	if q := bytes.IndexByte(rest[:end], '"'); q >= 0 {
		s.faultAt(at+q, "a quotation mark inside a cell that does not begin with one",
			"quote the whole cell, and write a quotation mark within it twice")
		return at, false
	}
	s.text = append(s.text, rest[:end]...)
	return at + end + 1, more
}

// quotedCell is plainCell for a cell whose opening quote stands just before at. It
// reads further lines until the cell is closed.
func (s *scanner) quotedCell(at int) (int, bool) {
	open := at - 1
	for {
		q := bytes.IndexByte(s.long[at:], '"')
		if q < 0 {
			s.text = append(s.text, s.long[at:]...)
			at = len(s.long)
			if !s.moreLines(open) {
				return at, false
			}
			continue
		}
		s.text = append(s.text, s.long[at:at+q]...)
		at += q + 1
		rest := trimEnd(s.long[at:])
		switch {
		case len(rest) == 0:
			return at, false
		case rest[0] == s.comma:
			return at + 1, true
		case rest[0] == '"':
			s.text = append(s.text, '"')
			at++
		default:
			s.faultAt(at, "text after a closing quotation mark", "write a quotation mark within a cell twice")
			return at, false
		}
	}
}

// moreLines appends the next line to the row.
func (s *scanner) moreLines(open int) bool {
	line, ok := s.readLine()
	if !ok {
		if s.stop == nil && s.err == nil {
			p := s.place(open)
			p.Text = "a quotation mark is never closed"
			s.stop = &p
		}
		return false
	}
	if len(s.long)+len(line) > MaxRow {
		s.fail(bufio.ErrBufferFull)
		return false
	}
	s.long = append(s.long, line...)
	s.raw = s.long
	return true
}

// faultAt marks the row as faulty at a byte of it.
func (s *scanner) faultAt(at int, text, hint string) {
	p := s.place(at)
	p.Text, p.Hint = text, hint
	s.fault = &p
}

// place is a problem without text at a byte of the row.
func (s *scanner) place(at int) Problem {
	before := s.raw[:min(at, len(s.raw))]
	return Problem{
		Line: s.line + bytes.Count(before, []byte("\n")),
		Col:  utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
	}
}

// cellPlace is a problem without text at a cell of the row. It walks the row once
// more, since places are only needed when something is wrong.
func (s *scanner) cellPlace(cell int) Problem {
	inside := false
	at := 0
	for ; at < len(s.raw) && cell > 0; at++ {
		switch s.raw[at] {
		case '"':
			inside = !inside
		case s.comma:
			if !inside {
				cell--
			}
		}
	}
	return s.place(at)
}

// trimEnd cuts the line end off, LF or CRLF.
func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
		if n > 1 && line[n-2] == '\r' {
			line = line[:n-2]
		}
	}
	return line
}
