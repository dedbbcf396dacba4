package intake

import (
	"context"
	"errors"
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

// DefaultMemory is what sorting takes unless the options say otherwise: facts of about 100,000 rows. With more, what is
// sorted no longer fits into the caches of a processor, and costs a third more.
const DefaultMemory = 16 << 20

// Intake gathers facts and writes them as a log. Whoever makes one must close it.
type Intake struct {
	// Parts are what an importer found of a scenario beside the tickets, by its key: calendars, sla, teams.
	// Draft makes a scenario of them.
	Parts *draft.Map

	options      Options
	facts        *extsort.Sorter
	marks        *extsort.Sorter
	marked       int
	sheaf        []byte // the latest facts of one ticket
	latest       uint64 // by which the last of them is sorted
	stoodUntil   uint64 // until when the earliest of them that says how the ticket stood says it
	added        uint64
	dictionaries [attributes]dictionary
	files        []string

	ticket   string // the last one, and what it became
	ticketID uint64
	source   string

	lower    map[string]string // words of statuses in small letters
	veil     veil
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

// Holds reports whether a log can hold an instant.
func Holds(at time.Time) bool { return !at.Before(earliest) && at.Before(latest) }

// AtTheEnd is the At of facts that say how tickets stood when they were exported, with Until.
var AtTheEnd = latest.Add(-1)

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
	case !Holds(f.At):
		in.Odd(BadTime, "outside the years 1900 to 2115", at)
		return nil
	}
	if err := in.identify(f.Ticket, at); err != nil {
		return err
	}
	return in.gather(f, at)
}

// identify finds what a ticket is called in the log. Rows of a ticket mostly stand together.
func (in *Intake) identify(text string, at Place) error {
	if text == in.ticket && in.source != "" {
		return nil
	}
	err := in.endSheaf()
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
	return err
}

// TicketID is the ID in a log of a ticket that its source calls by a text. It depends on the text
// alone, and is one of a first contact: no two of them are taken for one customer's matter.
func TicketID(source string) ticket.ID {
	x := uint64(0xcbf29ce484222325) // FNV-1a (Fowler, Noll, Vo 1991)
	for i := range len(source) {
		x = (x ^ uint64(source[i])) * 0x100000001b3
	}
	// The finaliser of SplitMix64 (Steele, Lea, Flood 2014) spreads similar texts.
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
