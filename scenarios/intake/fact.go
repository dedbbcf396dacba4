package intake

import (
	"cmp"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Fact is what a source says about a ticket at an instant. Texts that are empty are not said.
type Fact struct {
	Ticket string // what the source calls it
	At     time.Time
	// Kind is what happened; StatusSet for a row that says how the ticket stood from then on.
	Kind      ticket.EventKind
	Status    ticket.Status // after it, if HasStatus
	HasStatus bool
	// Until turns the meaning round: nothing happened, and what is said of the ticket held until then, from its
	// opening on, for all that no such fact with an earlier At says. So the old value of the first change is
	// that of the opening; and a final value, with AtTheEnd, is it where nothing has changed.
	Until bool
	// Opens is said of what belongs to the opening if it is at the same instant, or before: how the ticket stood
	// then, which says nothing new, and the first message of the customer, which opened it.
	Opens bool
	// Silent is said of a state that may be known already: if it says nothing new it is no note.
	Silent bool
	// Opened is when the ticket was opened, where the row of another fact says it.
	Opened time.Time

	Channel, Issue, Tier, Priority, Account string
	Team                                    string // responsible from then on
	Agent                                   string // who did it

	File string // where the row is, if there are several files
	Row  int    // counted from 1; 0 where there are none
	// Sum is a hash of the whole row, by which rows that are there twice are known; 0 for
	// none. One row may say several facts, of different kinds.
	Sum uint64
}

// statusAlone reports whether nothing is said but the status.
func (f *Fact) statusAlone() bool {
	return f.HasStatus && f.Channel == "" && f.Issue == "" && f.Tier == "" && f.Priority == "" && f.Account == "" && f.Team == "" && f.Agent == "" && !Holds(f.Opened)
}

// Place is where something is.
type Place struct {
	File string
	Row  int
}

// Oddity is something that files hold and should not, or that a reader should know. Importers may
// declare their own, as variables.
type Oddity struct {
	Name string // short, for a table
	Text string // what it is
	Done string // what is made of it
	// Harmless ones are told and counted, and no reason for a strict import to refuse.
	Harmless bool
}

// The oddities that every importer may meet.
var (
	Unreadable    = &Oddity{Name: "unreadable row", Text: "rows that cannot be read", Done: "left out"}
	NoTicket      = &Oddity{Name: "no ticket", Text: "rows that name no ticket", Done: "left out"}
	NoTime        = &Oddity{Name: "no time", Text: "rows without the time at which it happened", Done: "left out"}
	BadTime       = &Oddity{Name: "unreadable time", Text: "times that cannot be read", Done: "taken as not known"}
	UnknownWord   = &Oddity{Name: "unknown word", Text: "words of which the mapping says no meaning", Done: "taken as not known"}
	BadText       = &Oddity{Name: "damaged text", Text: "names that are not UTF-8 or longer than 200 bytes", Done: "damaged characters replaced, long names cut"}
	TooManyNames  = &Oddity{Name: "too many names", Text: "names beyond the number that a log can hold of a kind", Done: "taken as not known"}
	Duplicate     = &Oddity{Name: "duplicate row", Text: "rows that are there twice", Done: "taken once"}
	BeforeOpening = &Oddity{Name: "before opening", Text: "what happened before the ticket was opened", Done: "taken as at the opening"}
	Negative      = &Oddity{Name: "negative duration", Text: "tickets solved before they were opened", Done: "taken as solved at the opening"}
	TwoOpenings   = &Oddity{Name: "two openings", Text: "rows with another opening time than the ticket's", Done: "the earliest that is a row of its own counts, else that of the first row"}
	Backwards     = &Oddity{Name: "back in time", Text: "rows that stand after a later row of their ticket", Done: "put in the order of time"}

	SameInstant = &Oddity{Name: "same instant", Text: "rows with the time of the row before of their ticket", Done: "the order of the file is kept", Harmless: true}
	NoOpening   = &Oddity{Name: "no opening", Text: "tickets without the time at which they were opened", Done: "opened when something first happened", Harmless: true}
	NoChange    = &Oddity{Name: "nothing new", Text: "rows that change nothing that is read", Done: "kept as an internal note", Harmless: true}
	LaterClosed = &Oddity{Name: "closed later", Text: "tickets that are closed some time after they were solved", Done: "both are kept, and being solved is what promises look at", Harmless: true}
	NoLineEnd   = &Oddity{Name: "no line end", Text: "tables whose last row has no line end, as one that was cut off", Done: "the row is read as it stands", Harmless: true}
	Missing     = &Oddity{Name: "missing value", Text: "cells that say that nothing is known", Done: "taken as not known", Harmless: true}
)

// mostListed is how many places of an oddity are kept.
const mostListed = 20

// Tally is how often an oddity was met, and where first.
type Tally struct {
	*Oddity
	Detail string // what of: a column, a word
	Count  int
	First  []Place // at most 20, in the order of the file
}

// Odd counts an oddity. detail tells kinds of it apart, such as the column; the different details
// must be few, so it is no place for a cell.
func (in *Intake) Odd(o *Oddity, detail string, at Place) {
	t := in.tally(o, detail)
	t.Count++
	// The facts of tickets are gone through in no order that a person would know.
	i, _ := slices.BinarySearchFunc(t.First, at, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	if i < mostListed {
		t.First = slices.Insert(t.First, i, at)
		t.First = t.First[:min(len(t.First), mostListed)]
	}
}

// OddTimes counts an oddity that was met n more times, at places that nobody needs to know.
func (in *Intake) OddTimes(o *Oddity, detail string, n int) {
	if n > 0 {
		in.tally(o, detail).Count += n
	}
}

// tallyKey is what tells tallies apart.
type tallyKey struct {
	*Oddity
	detail string
}

func (in *Intake) tally(o *Oddity, detail string) *Tally {
	key := tallyKey{o, detail}
	t := in.tallies[key]
	if t == nil {
		t = &Tally{Oddity: o, Detail: detail}
		in.tallies[key] = t
		in.oddities = append(in.oddities, t)
	}
	return t
}

// Details is how many details of an oddity have been told apart.
func (in *Intake) Details(o *Oddity) (n int) {
	for _, t := range in.oddities {
		if t.Oddity == o {
			n++
		}
	}
	return n
}
