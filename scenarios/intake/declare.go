package intake

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// Know makes words known of which no fact may speak, since a promise does: a priority with a
// target that no ticket has. The attribute is channel, issue, tier, priority, account or team.
func (in *Intake) Know(attribute string, words ...string) {
	kind := slices.Index(attributeNames[:], attribute)
	for _, word := range words {
		in.number(kind, word, Place{})
	}
}

// mostStatuses bounds the words that are remembered.
const mostStatuses = 4096

// StatusOf is what a word of the source means for a status: what the options say, else what is
// usual there. Unless it is either, it is told as a word without a meaning and is not ok.
func (in *Intake) StatusOf(word string, usual map[string]ticket.Status, at Place) (ticket.Status, bool) {
	s, ok := in.Meaning(word, usual)
	if !ok && word != "" {
		in.Odd(UnknownStatus, word, at)
	}
	return s, ok
}

// Meaning is StatusOf for who can find out more of a word that has none yet.
func (in *Intake) Meaning(word string, usual map[string]ticket.Status) (ticket.Status, bool) {
	if word == "" {
		return 0, false
	}
	key, known := in.lower[word]
	if !known {
		key = strings.ToLower(word)
		if in.lower == nil {
			in.lower = map[string]string{}
		}
		if len(in.lower) < mostStatuses {
			in.lower[word] = key
		}
	}
	if s, ok := in.options.Statuses[key]; ok {
		return s, true
	}
	s, ok := usual[key]
	return s, ok
}

// UnknownStatus asks for the meaning of a status.
var UnknownStatus = &Oddity{
	Name: "unknown status", Text: "statuses of the desk's own",
	Done: "taken as no change; say what they mean, such as --status \"waiting for parts=on-hold\"",
}

// people are parts of the names of fields that hold accounts, agents, or those who write for accounts.
var people = []string{"requester", "submitter", "organization", "company", "companies", "contact", "customer", "account", "caller", "opened_by", "assign", "agent", "responder", "user", "owner", "author", "reporter"}

// Values are what a source asks for of a field, as they may be told.
func (in *Intake) Values(field string, values []string) []string {
	k := in.options.Pseudonyms
	if k == nil || !slices.ContainsFunc(people, func(p string) bool { return strings.Contains(strings.ToLower(field), p) }) {
		return values
	}
	veiled := make([]string, len(values))
	for i, v := range values {
		veiled[i] = k.Name(field, v)
	}
	return veiled
}

// AccountName is what a customer is called in the log, for readers that call other things after customers.
func (in *Intake) AccountName(text string) string {
	if k := in.options.Pseudonyms; k != nil && text != "" {
		return k.Name(attributeNames[account], text)
	}
	return text
}

// Mark is what a source has recorded of a promise to a ticket.
type Mark struct {
	Ticket string // what the source calls it
	Metric sla.Metric
	Policy string
	// Round tells the promises of a metric to a ticket apart: the rounds of its clock, or several policies.
	Round uint64
	Kind  MarkKind
	Kept  bool      // what Stands says
	At    time.Time // zero if it is not said
}

// MarkKind says what a mark is.
type MarkKind uint8

// Whether a promise was kept often stands in several records: that there is one, that it was broken, that
// it was fulfilled, early or late.
const (
	Promised  MarkKind = iota // there is a promise
	Fulfilled                 // what was promised was done
	Broken                    // it was not done in time
	Lifted                    // there is no promise any longer
	Stands                    // as it looks at that time it is kept or not; the latest word counts
)

// Mark takes what a source has recorded of a promise. All marks of a promise become one flag: broken
// if one says so, kept if it was promised and fulfilled, and none without either. The error is that
// of the disk.
func (in *Intake) Mark(m *Mark, at Place) error {
	if m.Ticket == "" {
		in.Odd(NoTicket, "", at)
		return nil
	}
	if err := in.identify(m.Ticket, at); err != nil {
		return err
	}
	when := uint64(0)
	if !m.At.IsZero() && !m.At.Before(earliest) && m.At.Before(latest) {
		when = instant(m.At)
	}
	b := binary.BigEndian.AppendUint64(nil, in.ticketID)
	b = append(b, byte(m.Metric))
	b = binary.BigEndian.AppendUint64(b, m.Round)
	b = binary.BigEndian.AppendUint64(b, when)
	b = append(b, byte(m.Kind))
	if m.Kind == Stands { // of one instant the last row counts
		b = binary.BigEndian.AppendUint64(b, uint64(in.marked))
		b = append(b, 0)
		if m.Kept {
			b[len(b)-1] = 1
		}
	}
	in.marked++
	return in.marks.Add(append(b, in.tidy(m.Policy, "policy", at)...))
}

// promise is what the marks of one promise say together.
type promise struct {
	key                         [17]byte // ticket, metric and round
	flag                        ticketlog.Flag
	promised, broken, fulfilled bool
}

// Flags is how many marks there are; without any there is no use in a file of flags.
func (in *Intake) Flags() int { return in.marked }

// WriteFlags writes a flag for each promise on which there is a verdict. No mark can be taken
// afterwards.
func (in *Intake) WriteFlags(w io.Writer) error {
	out := ticketlog.NewFlagWriter(w)
	var p promise
	settle := func() error {
		if !p.promised || !p.broken && !p.fulfilled {
			return nil
		}
		p.flag.Breached, p.flag.Policy = p.broken, in.Veil(p.flag.Policy)
		return out.Write(p.flag)
	}
	err := in.marks.Each(func(b []byte) error {
		if len(b) < 26 {
			return errRecord
		}
		if key := [17]byte(b); key != p.key {
			if err := settle(); err != nil {
				return err
			}
			p = promise{key: key, flag: ticketlog.Flag{Ticket: ticket.ID(binary.BigEndian.Uint64(b)), Metric: sla.Metric(b[8])}}
		}
		kind, rest := MarkKind(b[25]), b[26:]
		if kind == Stands {
			if len(rest) < 9 {
				return errRecord
			}
			p.stands(rest[8] == 1)
			rest = rest[9:]
		}
		p.take(kind, binary.BigEndian.Uint64(b[17:]), string(rest), in.options.Zone)
		return nil
	})
	if err == nil {
		err = settle()
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// stands takes what is said of a promise as a whole.
func (p *promise) stands(kept bool) { p.promised, p.fulfilled, p.broken = true, kept, !kept }

// take takes the next mark of a promise, in the order of time.
func (p *promise) take(kind MarkKind, when uint64, policy string, zone *time.Location) {
	if policy != "" && !p.broken {
		p.flag.Policy = policy
	}
	switch kind {
	case Promised:
		p.promised = true
	case Lifted:
		p.promised = p.broken && p.promised
	case Broken:
		p.promised = true
		if p.broken {
			return
		}
		p.broken = true
	case Fulfilled:
		p.fulfilled = true
		if p.broken {
			return
		}
	}
	if kind == Broken || kind == Fulfilled {
		p.flag.At = time.Time{}
		if when != 0 {
			p.flag.At = time.Unix(0, fromInstant(when)).In(zone)
		}
	}
}
