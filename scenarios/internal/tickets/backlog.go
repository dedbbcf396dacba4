package tickets

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// statuses are the words for statuses.
var statuses = scope.Words{Noun: "status", Plural: "statuses", List: []string{
	ticket.New.String(), ticket.Open.String(), ticket.Pending.String(), ticket.OnHold.String(), ticket.Solved.String(), ticket.Closed.String(),
}}

// Backlog reads the tickets that are open at the start. Teams are known by now.
func (d *Decoder) Backlog(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	scope.Filled(v, "open tickets")
	for _, e := range v.Named("backlog", language.ListNames["backlog"]...) {
		d.Out.Backlog = append(d.Out.Backlog, d.backlog(e))
	}
}

func (d *Decoder) backlog(e yamltree.Entry) demand.Backlog {
	b := demand.Backlog{Name: e.Key}
	s := d.Section(e.Value, "backlog.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	stream, known := d.Only(s, "stream", d.Known.Streams)
	b.Stream = stream
	tickets, file := s.Key("tickets"), s.Key("file")
	switch {
	case tickets.Exists() && file.Exists():
		file.Failf("remove one of the two", "open tickets are so many, or those of a file, not both")
	case tickets.Exists():
		b.Tickets, _ = scalar.Count(tickets, 0, 1e7)
	case !file.Exists() && s.OK():
		tickets.Failf("write tickets: 420, or file: open.csv", "tickets is missing: how many are open?")
	}
	drawn := []yamltree.Value{s.Key("waits_for"), s.Key("age"), s.Key("since"), s.Key("issue"), s.Key("tier")}
	if file.Exists() && !tickets.Exists() {
		for _, v := range drawn {
			if v.Exists() && !v.Assumed {
				v.Failf("remove it", "the file says it of each ticket; this is for tickets that are drawn")
			}
		}
		h := &history{d: d, number: stream, zone: d.Zone, pattern: "backlog.*", section: s, file: file}
		h.readForm()
		if known && stream < len(d.Out.Streams) {
			h.stream = &d.Out.Streams[stream]
			b.Open = h.open()
		}
		s.Done()
		return b
	}
	d.drawn(s, &b, drawn)
	for _, key := range []string{"map", "dates", "zone", "missing", "values"} {
		if v := s.Take(key); v.Exists() && !file.Exists() {
			v.Failf("remove it, or name a file", "%s is about a file, and there is none", key)
		}
	}
	s.Done()
	return b
}

// drawn reads how tickets are drawn.
func (d *Decoder) drawn(s scope.Section, b *demand.Backlog, from []yamltree.Value) {
	waits, age, since, issue, tier := from[0], from[1], from[2], from[3], from[4]
	if i, ok := scope.Choice(waits, demand.WaitsForNames); ok {
		b.Waits = demand.WaitsFor(i)
	}
	switch {
	case age.Exists():
		b.Age, _ = scalar.Distribution(age)
	case b.Tickets > 0 && s.OK():
		age.Failf("write age: exponential(mean 2d), or uniform(1h, 3d)", "age is missing: how long ago were they created?")
	}
	if b.Since, _ = scalar.Distribution(since); since.Exists() && b.Waits == demand.FirstReply {
		since.Failf("remove it", "who waits for a first reply does so since the ticket was created")
	}
	if issue.Exists() {
		if i, ok := d.Known.Issues.Find(issue); ok {
			b.Issues = []demand.IssueShare{{Issue: ticket.Issue(i), Share: 1}}
		}
	}
	if tier.Exists() {
		if i, ok := d.Known.Tiers.Find(tier); ok {
			b.Tiers = []demand.TierShare{{Tier: ticket.Tier(i), Share: 1}}
		}
	}
}

// open reads the tickets of the file that are open at the start.
func (h *history) open() []demand.Open {
	var open []demand.Open
	var tickets int
	if h.native {
		open, tickets = h.openInLog()
	} else {
		open, tickets = h.openInTable()
	}
	if len(open) == 0 && h.problems == 0 && tickets > 0 {
		h.file.Failf("set time.start to the time of the snapshot", "none of the %d tickets of %s is open at %s",
			tickets, h.name, h.d.Axis.Origin.Format("2006-01-02 15:04"))
	}
	return open
}

// openInLog reads a log of Headroom's own, which is cut at the start.
func (h *history) openInLog() (open []demand.Open, tickets int) {
	path, ok := h.file.Text("the path of a file")
	if !ok {
		return nil, 0
	}
	log := h.d.Histories.CutLog(h.file, path, h.d.Axis.Origin)
	h.name = log.Name
	if log.Err != nil {
		h.unreadable(log.Name, log.Err)
		return nil, 0
	}
	if h.foreign(log.Problems) {
		return nil, 0
	}
	n := log.Names
	for _, o := range log.Open {
		class := o.Events[len(o.Events)-1].Class
		row := ticketlog.Row{
			Line: o.Line, ID: ticketlog.FormatID(o.ID), Channel: n.Channels[class.Channel], Issue: n.Issues[class.Issue],
			Tier: n.Tiers[class.Tier], Priority: n.Priorities[class.Priority], Account: n.AccountName(class.Account),
		}
		id := h.openID(row, o.First)
		c, ok := h.class(row, id)
		if !ok {
			continue
		}
		past := make([]demand.Past, 0, len(o.Events)+1)
		for _, e := range o.Events {
			team := ticket.NoTeam
			if e.Team >= 0 {
				team = ticket.Team(h.d.Known.Teams.Index(n.Teams[e.Team])) // -1, which is no team, if it is not known
			}
			if e.Kind == ticket.Assigned && team < 0 {
				continue
			}
			past = append(past, demand.Past{At: e.At, Kind: e.Kind, Status: e.Status, Team: team})
		}
		open = append(open, demand.Open{ID: id, Class: c, Past: h.back(past, c)})
	}
	return open, log.Tickets
}

// back lets a ticket that is on hold come back at the start where the scenario does not say how long
// it is held: who holds it is not known.
func (h *history) back(past []demand.Past, c ticket.Class) []demand.Past {
	held := slices.ContainsFunc(h.d.Out.Issues[c.Issue].Holds, func(x work.Hold) bool { return !x.Open })
	if held || past[len(past)-1].Status != ticket.OnHold {
		return past
	}
	return append(past, demand.Past{At: -1, Kind: ticket.StatusSet, Status: ticket.Open, Team: ticket.NoTeam})
}

// openID names an open ticket as a replay of its stream would, if it replays Headroom's own log.
// What descends from another ticket there does not descend here, and has a name of its own.
func (h *history) openID(row ticketlog.Row, first bool) ticket.ID {
	if h.native && first && h.stream.Replay != nil {
		return h.id(row)
	}
	sum := fnv.New64a()
	fmt.Fprintf(sum, "open\x00%d\x00%s", h.number, row.ID)
	return ticket.ID(scatter(sum.Sum64()))
}

// openInTable reads a table of tickets as they stand at the start.
func (h *history) openInTable() (open []demand.Open, tickets int) {
	rows := h.rows()
	for _, row := range rows {
		created := h.d.Axis.Since(row.Created)
		status, known := h.meaning("status", row.Status, statuses)
		if row.Status != "" && !known {
			h.unknown(row, h.mapping.Status, row.Status, "status", statuses)
			continue
		}
		if created >= 0 || known && ticket.Status(status) >= ticket.Solved {
			continue
		}
		id := h.openID(row, true)
		class, ok := h.class(row, id)
		if !ok {
			continue
		}
		s := stand{status: ticket.Status(status), told: known, created: created}
		if column, text, hint := s.read(h, row); text != "" {
			h.refuse(row, column, text, hint)
			continue
		}
		open = append(open, demand.Open{ID: id, Class: class, Past: h.back(s.past(), class)})
	}
	return open, len(rows)
}

// stand is how a ticket of a table stands at the start.
type stand struct {
	status               ticket.Status
	told                 bool // the file says the status
	created              time.Duration
	replied              bool
	first, last, message time.Duration // replies, and what the customer wrote last
	wrote                bool
}

// read takes over the times of a row, or says which column contradicts what.
func (s *stand) read(h *history, row ticketlog.Row) (column, text, hint string) {
	m := &h.mapping
	for _, x := range []struct {
		column string
		at     time.Time
		to     *time.Duration
		there  *bool
	}{{m.LastReply, row.LastReply, &s.last, &s.replied}, {m.FirstReply, row.FirstReply, &s.first, &s.replied}, {m.LastMessage, row.LastMessage, &s.message, &s.wrote}} {
		if x.at.IsZero() {
			continue
		}
		*x.to, *x.there = h.d.Axis.Since(x.at), true
		switch {
		case *x.to >= 0:
			return x.column, "this lies after the start", "the file must say how the tickets stand at time.start"
		case *x.to < s.created:
			return x.column, "this lies before the ticket was created", ""
		}
	}
	switch {
	case s.first == 0:
		s.first = s.last
	case s.last == 0:
		s.last = s.first
	case s.last < s.first:
		return m.LastReply, "the last reply lies before the first", ""
	}
	if s.told && s.status == ticket.Pending && !s.replied {
		return m.Status, "the ticket is pending, but nobody has replied", "say under map which column holds last_reply"
	}
	return "", "", ""
}

// past is what must have happened. What the file does not say is taken to have happened so that
// no clock stood still: between two replies the customer wrote right after the first.
func (s *stand) past() []demand.Past {
	p := []demand.Past{{At: s.created, Kind: ticket.Created, Status: ticket.New, Team: ticket.NoTeam}}
	tell := func(at time.Duration, kind ticket.EventKind, status ticket.Status) {
		p = append(p, demand.Past{At: at, Kind: kind, Status: status, Team: ticket.NoTeam})
	}
	reply := func(at time.Duration) {
		tell(at, ticket.Started, ticket.Open)
		tell(at, ticket.Replied, ticket.Pending)
	}
	since := s.created
	if s.replied {
		reply(s.first)
		if s.last > s.first {
			tell(s.first, ticket.Message, ticket.Open)
			reply(s.last)
		}
		since = s.last
		answered := s.wrote && s.message > s.last
		if s.told && s.status != ticket.Pending || !s.told && answered {
			if answered {
				since = s.message
			}
			tell(since, ticket.Message, ticket.Open)
		}
	}
	if s.status == ticket.OnHold {
		tell(since, ticket.StatusSet, ticket.OnHold)
	}
	return p
}

// refuse reports what is wrong with a row, as long as there is not too much.
func (h *history) refuse(row ticketlog.Row, column, text, hint string) {
	h.problems++
	if h.problems <= ticketlog.MaxListed {
		h.d.Histories.Blame(source.Fault{File: h.name, Line: row.Line, Path: columnPath(column), Text: text, Hint: hint})
	}
}

// foreign reports the problems of a file; false if there are none.
func (h *history) foreign(problems ticketlog.Problems) bool {
	for _, p := range problems.List {
		h.d.Histories.Blame(source.Fault{File: h.name, Line: p.Line, Column: p.Col, Path: columnPath(p.Column), Text: p.Text, Hint: tableHint(p)})
	}
	if problems.More > 0 {
		h.d.Histories.Blame(source.Fault{File: h.name, Line: math.MaxInt, Text: fmt.Sprintf("and %d more problems of this file", problems.More)})
	}
	return len(problems.List) > 0
}

func (h *history) unreadable(name string, err error) {
	h.file.Failf("the path counts from the folder of the file that says it", "%s cannot be read: %s", name, source.Reason(err))
}
