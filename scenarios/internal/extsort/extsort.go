// Package extsort puts more records in order than memory holds: it sorts runs in memory, keeps
// them in one temporary file and merges them (Knuth 1998, The Art of Computer Programming 3,
// section 5.4).
//
// A record is a text of bytes, and the order is that of bytes.Compare: whoever writes records
// writes what they are sorted by first, the highest byte of a number first. Records that are the
// same come out as often as they went in.
package extsort

import (
	"encoding/binary"
	"fmt"
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
	out  []byte // what is to be written

	next, ends []uint32 // count the entries of places while they are sorted
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
	b := s.blocks[s.used-1]
	if len(s.entries) == cap(s.entries) {
		s.entries = slices.Grow(s.entries, max(len(s.entries), 1024)) // growing by less copies more often
	}
	first, second := prefix(record)
	s.entries = append(s.entries, entry{
		first: first, second: second,
		block: uint16(s.used - 1), at: uint32(len(b)), length: uint16(len(record)),
	})
	s.blocks[s.used-1] = append(b, record...)
	return nil
}

// prefix is the first sixteen bytes of a record, as two numbers.
func prefix(record []byte) (first, second uint64) {
	if len(record) >= 16 {
		return binary.BigEndian.Uint64(record), binary.BigEndian.Uint64(record[8:])
	}
	var head [16]byte
	copy(head[:], record)
	return binary.BigEndian.Uint64(head[:8]), binary.BigEndian.Uint64(head[8:])
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
	s.sort(s.entries, false)
	r := run{from: s.size}
	out := s.out[:0]
	for _, e := range s.entries {
		out = append(binary.AppendUvarint(out, uint64(e.length)), s.record(e)...)
		if len(out) < spillBuffer {
			continue
		}
		if _, err := s.file.Write(out); err != nil {
			return err
		}
		s.size, out = s.size+int64(len(out)), out[:0]
	}
	_, err := s.file.Write(out)
	s.size += int64(len(out))
	s.out = out
	r.to = s.size
	s.runs = append(s.runs, r)
	s.used, s.entries = 0, s.entries[:0]
	return err
}

// spillBuffer is how much is written at once.
const spillBuffer = 1 << 17

// Each gives all records in order, each valid until the next, and is empty afterwards: it can be
// filled again. An error that give returns ends it.
func (s *Sorter) Each(give func(record []byte) error) error {
	if s.file == nil {
		s.sort(s.entries, false)
		for _, e := range s.entries {
			if err := give(s.record(e)); err != nil {
				return err
			}
		}
		s.used, s.entries = 0, s.entries[:0]
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.blocks, s.used, s.entries, s.out, s.next, s.ends = nil, 0, nil, nil, nil, nil // the merging needs the memory
	if err := s.merge(give); err != nil {
		return err
	}
	return s.Close()
}

// Spilled is how many bytes went through the temporary file.
func (s *Sorter) Spilled() int64 { return s.size }

// Close removes the temporary file, and forgets what is in it. It may be called at any time, and more than once.
func (s *Sorter) Close() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file, s.runs, s.size = nil, nil, 0
	err := f.Close()
	if gone := os.Remove(f.Name()); gone != nil && !os.IsNotExist(gone) {
		return gone
	}
	return err
}
