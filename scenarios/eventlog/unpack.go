package eventlog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// pair is a name and what a record has under it.
type pair struct{ name, value string }

// record is a row of a format in which rows have names and no header.
type record struct {
	line  int
	pairs []pair
	raw   []byte             // the row as it stands in the file, where it has a line of its own
	fault *ticketlog.Problem // why it cannot be read; nil if it can
}

// unpacked is a file, decompressed if it is compressed.
type unpacked struct {
	*bufio.Reader
	packed bool
}

// unpack recognises gzip by its first bytes.
func unpack(r io.Reader) (*unpacked, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	head, err := in.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == 0 {
		return nil, &ticketlog.Problem{Text: "the file is empty"}
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return &unpacked{Reader: in}, nil
	}
	unzip, err := gzip.NewReader(in)
	if err != nil {
		return nil, &ticketlog.Problem{Text: fmt.Sprintf("the compressed data is damaged: %v", err)}
	}
	return &unpacked{bufio.NewReaderSize(unzip, 1<<16), true}, nil
}

// broken tells an error of reading at a line: a file that was cut off or damaged, or the source's own.
func (u *unpacked) broken(line int, err error) error {
	switch {
	case u.packed && errors.Is(err, io.ErrUnexpectedEOF):
		return &ticketlog.Problem{Line: line, Text: "the compressed data ends too early: the file was cut off"}
	case u.packed && (errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || isDeflate(err)):
		return &ticketlog.Problem{Line: line, Text: fmt.Sprintf("the compressed data is damaged: %v", err)}
	}
	return err
}

// readRecords takes the records of a format.
func (p *plan) readRecords(r io.Reader, each func(*unpacked, func(*record) error) error) error {
	in, err := unpack(r)
	if err != nil {
		return err
	}
	where := make(map[string]int, len(p.columns))
	for i, name := range p.columns {
		where[name] = i
	}
	seen := make([]bool, len(p.columns))
	cells := make([][]byte, len(p.columns))
	n := 0
	err = each(in, func(rec *record) error {
		if rec.fault != nil {
			p.unreadable(rec.fault)
			return nil
		}
		n++
		for i := range cells {
			cells[i] = nil
		}
		for _, x := range rec.pairs {
			if i, wanted := where[x.name]; wanted {
				cells[i], seen[i] = bytes.TrimSpace([]byte(x.value)), true
			}
		}
		return p.row(cells, rec.line, sumOf(p.seed, rec))
	})
	if err != nil {
		return err
	}
	// Cells without an attribute are counted as missing; without these there is no log.
	for _, i := range []int{p.ticket, p.at, p.opened, p.status, p.event} {
		if i >= 0 && !seen[i] && n > 0 {
			return &ticketlog.Problem{Column: p.columns[i], Text: fmt.Sprintf("no row has %q", clip(p.columns[i])), Hint: "headroom import --guess shows what the rows have"}
		}
	}
	return nil
}
