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

// StatusOf is what a word of the source means for a status: what the options say, else what is
// usual there. Unless it is either, it is told as a word without a meaning and is not ok.
func (in *Intake) StatusOf(word string, usual map[string]ticket.Status, at Place) (ticket.Status, bool) {
	if word == "" {
		return 0, false
	}
	key := strings.ToLower(word)
	if s, ok := in.options.Statuses[key]; ok {
		return s, true
	}
	s, ok := usual[key]
	if !ok {
		in.Odd(UnknownStatus, word, at)
	}
	return s, ok
}

// UnknownStatus asks for the meaning of a status.
var UnknownStatus = &Oddity{
	Name: "unknown status", Text: "statuses of the desk's own",
	Done: "taken as no change; say what they mean, such as --status \"waiting for parts=on-hold\"",
}

// Flag takes what a source has recorded of a promise to a ticket; the ticket is what the source
// calls it. The error is that of the disk.
func (in *Intake) Flag(ticket string, f ticketlog.Flag, at Place) error {
	if ticket == "" {
		in.Odd(NoTicket, "", at)
		return nil
	}
	in.identify(ticket, at)
	when := uint64(0)
	if !f.At.IsZero() && !f.At.Before(earliest) && f.At.Before(latest) {
		when = instant(f.At)
	}
	b := binary.BigEndian.AppendUint64(nil, in.ticketID)
	b = binary.BigEndian.AppendUint64(b, when)
	b = append(b, byte(f.Metric), 0)
	if f.Breached {
		b[len(b)-1] = 1
	}
	in.flagged++
	return in.flags.Add(append(b, in.tidy(f.Policy, "policy", at)...))
}

// Flags is how many flags there are.
func (in *Intake) Flags() int { return in.flagged }

// WriteFlags writes all flags as a file, in the order of tickets. No flag can be taken afterwards.
func (in *Intake) WriteFlags(w io.Writer) error {
	out := ticketlog.NewFlagWriter(w)
	err := in.flags.Each(func(b []byte) error {
		if len(b) < 18 {
			return errRecord
		}
		f := ticketlog.Flag{Ticket: ticket.ID(binary.BigEndian.Uint64(b)), Metric: sla.Metric(b[16]), Breached: b[17] == 1, Policy: string(b[18:])}
		if when := binary.BigEndian.Uint64(b[8:]); when != 0 {
			f.At = time.Unix(0, fromInstant(when)).In(in.options.Zone)
		}
		return out.Write(f)
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
