package extsort

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
)

// merge reads all runs at once. The readers share the memory that the runs have had.
func (s *Sorter) merge(give func([]byte) error) error {
	buffer := min(max(s.memory/len(s.runs), 4<<10), 256<<10)
	var heads []*head
	for _, r := range s.runs {
		h := &head{file: s.file, rest: r, buf: make([]byte, 0, buffer)}
		switch ok, err := h.next(); {
		case err != nil:
			return err
		case ok:
			heads = append(heads, h)
		}
	}
	for i := len(heads)/2 - 1; i >= 0; i-- {
		sink(heads, i)
	}
	for len(heads) > 0 {
		if err := give(heads[0].record); err != nil {
			return err
		}
		ok, err := heads[0].next()
		if err != nil {
			return err
		}
		if !ok {
			heads[0] = heads[len(heads)-1]
			heads = heads[:len(heads)-1]
		}
		sink(heads, 0)
	}
	return nil
}

// head is the first record of a run that has not been given yet.
type head struct {
	file   *os.File
	rest   run    // what has not been read into the buffer
	buf    []byte // what has been read
	at     int    // the record after the first one
	record []byte // the first one, within the buffer
	first  uint64 // its first bytes, which settle most comparisons
	second uint64 // those after them
}

// next goes on to the next record; false at the end of the run.
func (h *head) next() (bool, error) {
	length, size := binary.Uvarint(h.buf[h.at:])
	if size <= 0 || length > uint64(len(h.buf)-h.at-size) {
		if h.at == len(h.buf) && h.rest.from == h.rest.to {
			return false, nil
		}
		if err := h.fill(); err != nil {
			return false, err
		}
		if length, size = binary.Uvarint(h.buf[h.at:]); size <= 0 || length > uint64(len(h.buf)-h.at-size) {
			return false, fmt.Errorf("the temporary file has changed: %w", io.ErrUnexpectedEOF)
		}
	}
	from := h.at + size
	h.at = from + int(length)
	h.record = h.buf[from:h.at]
	h.first, h.second = prefix(h.record)
	return true, nil
}

// fill reads on, so far that the next record is in the buffer.
func (h *head) fill() error {
	h.buf = h.buf[:copy(h.buf[:cap(h.buf)], h.buf[h.at:])]
	h.at = 0
	for h.rest.from < h.rest.to {
		length, size := binary.Uvarint(h.buf)
		switch {
		case size < 0 || size > 0 && length > MaxRecord:
			return fmt.Errorf("the temporary file has changed: a record of %d bytes", length)
		case size > 0 && int(length) <= len(h.buf)-size:
			return nil
		case size > 0:
			h.buf = slices.Grow(h.buf, size+int(length)-len(h.buf))
		}
		n, err := h.file.ReadAt(h.buf[len(h.buf):min(cap(h.buf), len(h.buf)+int(h.rest.to-h.rest.from))], h.rest.from)
		h.buf = h.buf[:len(h.buf)+n]
		h.rest.from += int64(n)
		if err != nil && h.rest.from < h.rest.to {
			return err
		}
	}
	return nil
}

// before reports whether the first record of a run comes before that of another one.
func (h *head) before(other *head) bool {
	switch {
	case h.first != other.first:
		return h.first < other.first
	case h.second != other.second:
		return h.second < other.second
	}
	return bytes.Compare(h.record, other.record) < 0
}

// sink moves a head down to its place in the heap, of which the first has the least record.
func sink(heads []*head, i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heads); child++ {
			if heads[child].before(heads[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		heads[i], heads[least] = heads[least], heads[i]
		i = least
	}
}
