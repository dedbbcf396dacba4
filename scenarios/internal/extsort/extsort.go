// Package extsort puts more records in order than memory holds: it sorts runs in memory, keeps
// them in one temporary file and merges them (Knuth 1998, The Art of Computer Programming 3,
// section 5.4).
//
// A record is a text of bytes, and the order is that of bytes.Compare: whoever writes records
// writes what they are sorted by first, the highest byte of a number first. Records that are the
// same come out as often as they went in.
package extsort

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
)

// MaxRecord is the most bytes that a record may have.
const MaxRecord = 1<<16 - 1

// Sorter takes records, then gives them in order. The zero Sorter is not ready: see New.
type Sorter struct {
	dir    string
	memory int

	blocks  [][]byte // hold the records of the current run, each within one block
	used    int      // blocks that have been begun
	entries []entry

	file *os.File // nil while one run has been enough
	size int64
	runs []run
}

// entry is a record of the current run. Most comparisons are settled by its first bytes.
type entry struct {
	first, second uint64
	block         uint16
	length        uint16
	at            uint32 // within the block
}

// run is a sorted part of the file.
type run struct{ from, to int64 }

// Smallest is the least memory with which a sorter works.
const Smallest = 4 * MaxRecord

// New sorts with about as much memory as it is given, in bytes, and at least with Smallest; what
// does not fit goes into a temporary file in dir, the system's own folder for such if dir is
// empty.
func New(dir string, memory int) *Sorter {
	return &Sorter{dir: dir, memory: min(max(memory, Smallest), 1<<30)}
}

// Add takes a record, of which it keeps a copy. The error is that of the temporary file.
func (s *Sorter) Add(record []byte) error {
	if len(record) > MaxRecord {
		return fmt.Errorf("a record of %d bytes, of at most %d", len(record), MaxRecord)
	}
	const each = 24
	if entries := (len(s.entries) + 1) * each; s.used*blockSize+entries > s.memory && (!s.fits(len(record)) || entries > s.memory) {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if !s.fits(len(record)) {
		s.begin()
	}
	var head [16]byte
	copy(head[:], record)
	b := s.blocks[s.used-1]
	s.entries = append(s.entries, entry{
		first: binary.BigEndian.Uint64(head[:8]), second: binary.BigEndian.Uint64(head[8:]),
		block: uint16(s.used - 1), at: uint32(len(b)), length: uint16(len(record)),
	})
	s.blocks[s.used-1] = append(b, record...)
	return nil
}

// blockSize is that of a block, in which some records fit.
const blockSize = 2 * MaxRecord

// fits reports whether a record has room in the last block.
func (s *Sorter) fits(length int) bool {
	return s.used > 0 && len(s.blocks[s.used-1])+length <= blockSize
}

// begin takes another block into use.
func (s *Sorter) begin() {
	if s.used == len(s.blocks) {
		s.blocks = append(s.blocks, make([]byte, 0, blockSize))
	}
	s.blocks[s.used] = s.blocks[s.used][:0]
	s.used++
}

// sort puts the current run in order.
func (s *Sorter) sort() {
	slices.SortFunc(s.entries, func(a, b entry) int {
		switch {
		case a.first != b.first:
			return cmp.Compare(a.first, b.first)
		case a.second != b.second:
			return cmp.Compare(a.second, b.second)
		}
		return bytes.Compare(s.record(a), s.record(b))
	})
}

func (s *Sorter) record(e entry) []byte { return s.blocks[e.block][e.at : e.at+uint32(e.length)] }

// spill writes the current run to the file.
func (s *Sorter) spill() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "headroom-sort-")
		if err != nil {
			return err
		}
		s.file = f
		// Where a file can be used without a name, nobody has to clean up after a program that
		// was stopped; elsewhere Close does.
		_ = os.Remove(f.Name())
	}
	s.sort()
	out := bufio.NewWriterSize(s.file, 1<<16)
	r := run{from: s.size}
	var length [binary.MaxVarintLen32]byte
	for _, e := range s.entries {
		n := binary.PutUvarint(length[:], uint64(e.length))
		out.Write(length[:n]) // the error stays for Flush
		out.Write(s.record(e))
		s.size += int64(n) + int64(e.length)
	}
	r.to = s.size
	s.runs = append(s.runs, r)
	s.used, s.entries = 0, s.entries[:0]
	return out.Flush()
}

// Each gives all records in order, each valid until the next. An error that give returns ends
// it. Nothing can be added afterwards, and the memory of the runs is free.
func (s *Sorter) Each(give func(record []byte) error) error {
	s.sort()
	if s.file == nil {
		for _, e := range s.entries {
			if err := give(s.record(e)); err != nil {
				return err
			}
		}
		s.blocks, s.used, s.entries = nil, 0, nil
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.blocks, s.used, s.entries = nil, 0, nil
	return s.merge(give)
}

// merge reads all runs at once. The readers share the memory that the runs have had.
func (s *Sorter) merge(give func([]byte) error) error {
	buffer := min(max(s.memory/len(s.runs), 4<<10), 256<<10)
	var heads []*head
	for _, r := range s.runs {
		h := &head{in: bufio.NewReaderSize(io.NewSectionReader(s.file, r.from, r.to-r.from), buffer)}
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
	in     *bufio.Reader
	record []byte
}

// next reads the next record; false at the end of the run.
func (h *head) next() (bool, error) {
	length, err := binary.ReadUvarint(h.in)
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if length > MaxRecord {
		return false, fmt.Errorf("the temporary file has changed: a record of %d bytes", length)
	}
	h.record = slices.Grow(h.record[:0], int(length))[:length]
	_, err = io.ReadFull(h.in, h.record)
	return err == nil, err
}

// sink moves a head down to its place in the heap, of which the first has the least record.
func sink(heads []*head, i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(heads); child++ {
			if bytes.Compare(heads[child].record, heads[least].record) < 0 {
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

// Spilled is how many bytes went through the temporary file.
func (s *Sorter) Spilled() int64 { return s.size }

// Close removes the temporary file. It may be called at any time, and more than once.
func (s *Sorter) Close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	err := f.Close()
	if gone := os.Remove(f.Name()); gone != nil && !os.IsNotExist(gone) {
		return gone
	}
	return err
}
