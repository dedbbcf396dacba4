package intake

import (
	"context"
	"encoding/binary"
	"io"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// Summary is what an import has found.
type Summary struct {
	Tickets, Events int
	Reopened        int       // tickets that came back after they were solved
	First, Last     time.Time // of all events, in the zone of the log; zero if there are none
	// Names are the words of the log. Agents are those behind its numbers.
	Names    ticket.Names
	Agents   []string
	Oddities []*Tally // in the order in which they were met
	// Created are the tickets by what they were when they were created: by channel, issue, tier
	// and priority, in the order of Names.
	Created [4][]int
	// Disk is the most bytes that were in the temporary folder at once.
	Disk int64
	// FirstCreated and LastCreated are when the first and the last ticket was.
	FirstCreated, LastCreated time.Time

	first, last, born, lastBorn int64
	counts                      [4]map[uint32]int // by number of the dictionary
}

// count takes note of a new ticket.
func (s *Summary) count(l *life) {
	if s.Tickets == 0 {
		s.born, s.lastBorn = l.opened, l.opened
	}
	s.Tickets++
	s.born, s.lastBorn = min(s.born, l.opened), max(s.lastBorn, l.opened)
	for kind := range s.counts {
		if s.counts[kind] == nil {
			s.counts[kind] = map[uint32]int{}
		}
		s.counts[kind][l.words[kind]]++
	}
}

// settle puts what was counted in the order of the names.
func (s *Summary) settle(zone *time.Location, places *[attributes][]int) {
	if s.Events == 0 {
		return
	}
	at := func(nanoseconds int64) time.Time { return time.Unix(0, nanoseconds).In(zone) }
	s.First, s.Last, s.FirstCreated, s.LastCreated = at(s.first), at(s.last), at(s.born), at(s.lastBorn)
	for kind, list := range [...][]string{s.Names.Channels, s.Names.Issues, s.Names.Tiers, s.Names.Priorities} {
		s.Created[kind] = make([]int, len(list))
		for number, n := range s.counts[kind] {
			s.Created[kind][places[kind][number]] += n
		}
	}
}

// span takes note of an instant.
func (s *Summary) span(at int64) {
	if s.Events == 1 {
		s.first, s.last = at, at
	}
	s.first, s.last = min(s.first, at), max(s.last, at)
}

// Odd is the number of oddities that are not harmless.
func (s *Summary) Odd() (n int) {
	for _, t := range s.Oddities {
		if !t.Harmless {
			n += t.Count
		}
	}
	return n
}

// WriteLog writes all that was added as a log, in the order of time; of one instant in the order
// in which it was added. Nothing can be added afterwards. The error is that of the disk, of w or
// of the context.
func (in *Intake) WriteLog(w io.Writer) (*Summary, error) {
	sum := &Summary{}
	events := extsort.New(in.options.TempDir, in.options.Memory/2)
	defer events.Close()
	f := &folder{in: in, events: events, sum: sum}
	loose := extsort.New(in.options.TempDir, in.options.Memory/16)
	defer loose.Close()
	tickets := &binder{take: f.take, loose: loose}
	if err := in.endSheaf(); err != nil {
		return nil, err
	}
	n := 0
	err := in.facts.Each(func(sheaf []byte) error {
		if n++; n%4096 == 0 && in.options.Context.Err() != nil {
			return context.Cause(in.options.Context)
		}
		if n == 1 {
			sum.Disk = in.facts.Spilled() + in.marks.Spilled()
		}
		return tickets.add(sheaf)
	})
	if err == nil {
		err = tickets.end()
	}
	sum.Disk += events.Spilled()
	if err != nil {
		return nil, err
	}
	if err := in.facts.Close(); err != nil {
		return nil, err
	}
	names, places := in.finalNames(f.unknown)
	sum.Names, sum.Agents = names, slices.Clone(in.dictionaries[agent].names)
	sum.settle(in.options.Zone, &places)
	for _, t := range in.oddities {
		t.Detail = in.Veil(t.Detail)
	}
	sum.Oddities = in.oddities
	return sum, in.write(w, events, &names, places)
}

// write writes the events as they come from the sorter.
func (in *Intake) write(w io.Writer, events *extsort.Sorter, names *ticket.Names, places [attributes][]int) error {
	origin := time.Unix(0, 0).In(in.options.Zone)
	out, err := ticketlog.NewWriter(w, names, calendar.Axis{Origin: origin})
	if err != nil {
		return err
	}
	out.KeepSource()
	n := 0
	err = events.Each(func(b []byte) error {
		if n++; n%4096 == 0 && in.options.Context.Err() != nil {
			return context.Cause(in.options.Context)
		}
		if len(b) < 26 {
			return errRecord
		}
		e := ticket.Event{
			Ticket: ticket.ID(binary.BigEndian.Uint64(b[16:])), At: time.Duration(fromInstant(binary.BigEndian.Uint64(b))),
			Kind: ticket.EventKind(b[24]), Status: ticket.Status(b[25]), Team: ticket.NoTeam, Agent: -1,
		}
		var words [attributes]int
		b = b[26:]
		for i := range words {
			number, size := binary.Uvarint(b)
			if size <= 0 {
				return errRecord
			}
			words[i], b = int(number), b[size:]
		}
		e.Class = ticket.Class{
			Channel: ticket.Channel(places[channel][words[channel]]), Issue: ticket.Issue(places[issue][words[issue]]),
			Tier: ticket.Tier(places[tier][words[tier]]), Priority: ticket.Priority(places[priority][words[priority]]),
			Account: ticket.Anonymous,
		}
		if words[account] > 0 {
			e.Class.Account = ticket.Account(places[account][words[account]])
		}
		if words[team] > 0 {
			e.Team = ticket.Team(places[team][words[team]])
		}
		if words[agent] > 0 {
			e.Agent = int32(words[agent] - 1)
		}
		return out.WriteFrom(e, string(b))
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
