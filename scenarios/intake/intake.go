package intake

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// Options are what an import is told beside the files.
type Options struct {
	// Zone is that of the instants in the log; nil for UTC.
	Zone *time.Location
	// Pseudonyms replace tickets, accounts and agents; nil for none.
	Pseudonyms *Key
	// Priorities are in order, the highest first; those that are not named come after them.
	Priorities []string
	// Statuses is what the statuses of the desk's own mean, by their words in small letters.
	Statuses map[string]ticket.Status
	// Memory is about how many bytes the sorting may take; 0 for DefaultMemory.
	Memory int
	// TempDir is where what does not fit into memory is kept meanwhile; empty for the system's
	// folder for such.
	TempDir string
	// Context ends the import when it is done; nil for none.
	Context context.Context
}

// DefaultMemory is what sorting takes unless the options say otherwise: facts of about 600,000 rows.
const DefaultMemory = 64 << 20

// Intake gathers facts and writes them as a log. Whoever makes one must close it.
type Intake struct {
	// Parts are what an importer found of a scenario beside the tickets, by its key: calendars, sla, teams.
	// Draft makes a scenario of them.
	Parts *draft.Map

	options      Options
	facts        *extsort.Sorter
	marks        *extsort.Sorter
	marked       int
	record       []byte
	added        uint64
	dictionaries [attributes]dictionary
	files        []string

	ticket   string // the last one, and what it became
	ticketID uint64
	source   string

	oddities []*Tally
	tallies  map[tallyKey]*Tally
}

// New is an empty intake.
func New(o Options) *Intake {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.Context == nil {
		o.Context = context.Background()
	}
	in := &Intake{Parts: draft.New(), options: o, facts: extsort.New(o.TempDir, o.Memory/2), marks: extsort.New(o.TempDir, o.Memory/16), tallies: map[tallyKey]*Tally{}}
	for i := range in.dictionaries {
		in.dictionaries[i].numbers = map[string]uint32{}
	}
	return in
}

// Close removes what is left on the disk.
func (in *Intake) Close() error { return errors.Join(in.facts.Close(), in.marks.Close()) }

// Zone is the zone of the log.
func (in *Intake) Zone() *time.Location { return in.options.Zone }

// The instants that a log can hold.
var (
	earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2116, 1, 1, 0, 0, 0, 0, time.UTC)
)

// AtTheEnd is the At of facts that say how tickets stood when they were exported, with Until.
var AtTheEnd = latest.Add(-1)

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

// Add takes a fact. What is wrong with it is an oddity and no error; the error is that of the disk,
// or of the context.
func (in *Intake) Add(f *Fact) error {
	if in.added++; in.added%4096 == 0 && in.options.Context.Err() != nil {
		return context.Cause(in.options.Context)
	}
	at := Place{f.File, f.Row}
	switch {
	case f.Ticket == "":
		in.Odd(NoTicket, "", at)
		return nil
	case f.At.IsZero():
		in.Odd(NoTime, "", at)
		return nil
	case f.At.Before(earliest) || !f.At.Before(latest):
		in.Odd(BadTime, "outside the years 1900 to 2115", at)
		return nil
	}
	in.identify(f.Ticket, at)
	when := instant(f.At)
	switch {
	case f.Until:
		when >>= 2 // before all that happens
	case f.Kind != ticket.Created:
		when |= notCreated
	}
	b := in.record[:0]
	b = binary.BigEndian.AppendUint64(b, in.ticketID)
	b = binary.BigEndian.AppendUint64(b, when)
	b = binary.BigEndian.AppendUint64(b, in.added)
	b = binary.LittleEndian.AppendUint64(b, f.Sum)
	flags := byte(0)
	if f.HasStatus {
		flags |= flagStatus
	}
	if f.Until {
		flags |= flagUntil
	}
	if f.Opens {
		flags |= flagOpens
	}
	if f.Silent {
		flags |= flagSilent
	}
	known := !f.Opened.IsZero() && !f.Opened.Before(earliest) && f.Opened.Before(latest)
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
	b = append(b, in.source...)
	in.record = b
	return in.facts.Add(b)
}

// identify finds what a ticket is called in the log. Rows of a ticket mostly stand together.
func (in *Intake) identify(text string, at Place) {
	if text == in.ticket && in.source != "" {
		return
	}
	in.ticket = text
	if k := in.options.Pseudonyms; k != nil {
		in.source = k.Name("ticket", text)
	} else {
		in.source = in.tidy(text, "ticket", at)
		if in.source != text {
			in.source += " (" + shortHash(text) + ")"
		}
	}
	in.ticketID = uint64(TicketID(in.source))
}

// TicketID is the ID in a log of a ticket that its source calls by a text. It depends on the text
// alone, and is one of a first contact: no two of them are taken for one customer's matter.
func TicketID(source string) ticket.ID {
	h := fnv.New64a()
	h.Write([]byte(source))
	// The finaliser of SplitMix64 (Steele, Lea, Flood 2014) spreads similar texts.
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return ticket.ID(x ^ x>>31).Family()
}

func (in *Intake) fileNumber(name string) int {
	for i := len(in.files) - 1; i >= 0; i-- {
		if in.files[i] == name {
			return i
		}
	}
	in.files = append(in.files, name)
	return len(in.files) - 1
}

// errRecord is a bug: a record that was not written by Add.
var errRecord = errors.New("a record of the sorter cannot be read")

// stored is a fact as Add has written it.
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

// read is the inverse of what Add writes.
func (s *stored) read(b []byte) error {
	if len(b) < 35 {
		return errRecord
	}
	when := binary.BigEndian.Uint64(b[8:])
	s.id, s.created, s.at = binary.BigEndian.Uint64(b), when&notCreated == 0, fromInstant(when)
	s.added, s.sum = binary.BigEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:])
	s.kind, s.status, s.flags = ticket.EventKind(b[32]), ticket.Status(b[33]), b[34]
	b = b[35:]
	if s.flags&flagOpened != 0 {
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
	s.file, s.row, s.source = int(numbers[attributes]), int(numbers[attributes+1]), b
	return nil
}
