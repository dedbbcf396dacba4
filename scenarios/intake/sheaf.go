package intake

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// Facts go to the sorter in sheaves: those of one ticket that were added one after the other. Most files hold
// the rows of a ticket together, and then there is one sheaf for each ticket and little to sort.
//
// A sheaf is the ticket's ID, by which sheaves are sorted, the number of its first fact, so that those of a
// ticket stay in the order of the files, whether its facts are in order, the ticket's name, and the facts.

// fullSheaf is from how many bytes on a sheaf takes no further fact.
const fullSheaf = extsort.MaxRecord / 4

// sheafHead is how many bytes stand before the name of the ticket, the last of them for whether its facts are in
// order.
const sheafHead = 8 + 8 + 1

const (
	mixed byte = iota
	inOrder
)

// The flags of a fact.
const (
	flagStatus = 1 << iota
	flagOpened
	flagUntil
	flagOpens
	flagSilent
)

// instant writes an instant so that its bytes are in order; the highest bit is free.
func instant(at time.Time) uint64 { return uint64(at.UnixNano() + 1<<62) }

// fromInstant is its inverse.
func fromInstant(x uint64) int64 { return int64(x&^(1<<63)) - 1<<62 }

const notCreated = 1 << 63

// gather adds a fact to the sheaf of its ticket. Of a ticket, facts are sorted by what is first: before all that
// happens what held until then, then the creation.
func (in *Intake) gather(f *Fact, at Place) error {
	when := instant(f.At)
	switch {
	case f.Until:
		when >>= 2
	case f.Kind != ticket.Created:
		when |= notCreated
	}
	if len(in.sheaf) > fullSheaf {
		if err := in.endSheaf(); err != nil {
			return err
		}
	}
	b := in.sheaf
	if len(b) == 0 {
		b = binary.BigEndian.AppendUint64(b, in.ticketID)
		b = binary.BigEndian.AppendUint64(b, in.added)
		b = append(binary.AppendUvarint(append(b, inOrder), uint64(len(in.source))), in.source...)
		in.latest, in.stoodUntil = 0, math.MaxUint64
	}
	if f.Until && f.HasStatus {
		if f.statusAlone() && when >= in.stoodUntil {
			return nil // an earlier change has said it already
		}
		in.stoodUntil = min(in.stoodUntil, when)
	}
	if when < in.latest {
		b[sheafHead-1] = mixed
	}
	in.latest = when
	from := len(b)
	b = append(b, 0, 0) // the length
	b = binary.BigEndian.AppendUint64(b, when)
	b = binary.BigEndian.AppendUint64(b, in.added)
	b = binary.LittleEndian.AppendUint64(b, f.Sum)
	flags := byte(0)
	for i, set := range [...]bool{f.HasStatus, false, f.Until, f.Opens, f.Silent} {
		if set {
			flags |= 1 << i
		}
	}
	known := Holds(f.Opened)
	if known {
		flags |= flagOpened
	}
	b = append(b, byte(f.Kind), byte(f.Status), flags)
	if known {
		b = binary.BigEndian.AppendUint64(b, instant(f.Opened))
	}
	for kind, text := range [attributes]string{f.Channel, f.Issue, f.Tier, f.Priority, f.Account, f.Team, f.Agent} {
		b = binary.AppendUvarint(b, uint64(in.number(kind, text, at)))
	}
	b = binary.AppendUvarint(b, uint64(in.fileNumber(f.File)))
	b = binary.AppendUvarint(b, uint64(max(f.Row, 0)))
	binary.BigEndian.PutUint16(b[from:], uint16(len(b)-from-2))
	in.sheaf = b
	return nil
}

// endSheaf hands the sheaf to the sorter.
func (in *Intake) endSheaf() error {
	if len(in.sheaf) == 0 {
		return nil
	}
	err := in.facts.Add(in.sheaf)
	in.sheaf = in.sheaf[:0]
	return err
}

// errRecord is a bug: a record that was not written here.
var errRecord = errors.New("a record of the sorter cannot be read")

// stored is a fact as it was gathered.
type stored struct {
	id      uint64
	created bool // it is the ticket's creation
	at      int64
	added   uint64
	sum     uint64
	kind    ticket.EventKind
	status  ticket.Status
	flags   byte
	opened  int64
	words   [attributes]uint32
	file    int
	row     int
	source  []byte // valid until the next record
}

// read is the inverse of what gather writes.
func (s *stored) read(b []byte) error {
	if len(b) < 27 {
		return errRecord
	}
	when := binary.BigEndian.Uint64(b)
	s.created, s.at = when&notCreated == 0, fromInstant(when)
	s.added, s.sum = binary.BigEndian.Uint64(b[8:]), binary.LittleEndian.Uint64(b[16:])
	s.kind, s.status, s.flags = ticket.EventKind(b[24]), ticket.Status(b[25]), b[26]
	b = b[27:]
	s.opened = 0
	if s.flags&flagOpened != 0 {
		if len(b) < 8 {
			return errRecord
		}
		s.opened = fromInstant(binary.BigEndian.Uint64(b))
		b = b[8:]
	}
	var numbers [attributes + 2]uint64
	for i := range numbers {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return errRecord
		}
		numbers[i], b = n, b[size:]
	}
	for i := range s.words {
		s.words[i] = uint32(numbers[i])
	}
	s.file, s.row = int(numbers[attributes]), int(numbers[attributes+1])
	return nil
}

// binder gives the facts of sheaves one by one, those of a ticket in order.
type binder struct {
	take   func(*stored) error
	fact   stored
	held   []byte          // a sheaf that is in order, and the only one of its ticket so far
	loose  *extsort.Sorter // the facts of a ticket that has several sheaves, or one that is not in order
	names  [][]byte        // of tickets whose facts are loose: several only where hashes fall together
	record []byte
}

// add takes the next sheaf, in the order of their sorter.
func (d *binder) add(sheaf []byte) error {
	if len(sheaf) < sheafHead {
		return errRecord
	}
	if id := binary.BigEndian.Uint64(sheaf); id != d.fact.id {
		if err := d.end(); err != nil {
			return err
		}
		d.fact.id = id
	}
	if len(d.held) == 0 && len(d.names) == 0 && sheaf[sheafHead-1] == inOrder {
		d.held = append(d.held, sheaf...)
		return nil
	}
	if len(d.held) > 0 {
		if err := d.loosen(d.held); err != nil {
			return err
		}
		d.held = d.held[:0]
	}
	return d.loosen(sheaf)
}

// end gives the facts of the ticket that ends here.
func (d *binder) end() error {
	if len(d.held) > 0 {
		name, facts, err := cut(d.held)
		d.fact.source, d.held = name, d.held[:0]
		for len(facts) > 0 && err == nil {
			var one []byte
			if one, facts, err = first(facts); err == nil {
				err = d.give(one)
			}
		}
		return err
	}
	if len(d.names) == 0 {
		return nil
	}
	err := d.loose.Each(func(b []byte) error {
		n := len(b) - 4
		d.fact.source = d.names[binary.BigEndian.Uint32(b[n:])]
		return d.give(b[:n])
	})
	d.names = d.names[:0]
	return err
}

func (d *binder) give(fact []byte) error {
	if err := d.fact.read(fact); err != nil {
		return err
	}
	return d.take(&d.fact)
}

// loosen sorts the facts of a sheaf among those of others.
func (d *binder) loosen(sheaf []byte) error {
	name, facts, err := cut(sheaf)
	which := slices.IndexFunc(d.names, func(n []byte) bool { return bytes.Equal(n, name) })
	if which < 0 {
		which = len(d.names)
		d.names = append(d.names, bytes.Clone(name))
	}
	for len(facts) > 0 && err == nil {
		var one []byte
		if one, facts, err = first(facts); err == nil {
			d.record = binary.BigEndian.AppendUint32(append(d.record[:0], one...), uint32(which))
			err = d.loose.Add(d.record)
		}
	}
	return err
}

// cut parts a sheaf into the name of its ticket and its facts.
func cut(sheaf []byte) (name, facts []byte, err error) {
	length, size := binary.Uvarint(sheaf[sheafHead:])
	rest := sheaf[sheafHead+max(size, 0):]
	if size <= 0 || length > uint64(len(rest)) {
		return nil, nil, errRecord
	}
	return rest[:length], rest[length:], nil
}

// first parts facts into the first one and the others.
func first(facts []byte) (one, others []byte, err error) {
	if len(facts) < 2 {
		return nil, nil, errRecord
	}
	end := 2 + int(binary.BigEndian.Uint16(facts))
	if end > len(facts) {
		return nil, nil, errRecord
	}
	return facts[2:end], facts[end:], nil
}
