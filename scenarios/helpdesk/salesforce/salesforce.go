package salesforce

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The objects.
const (
	cases        = "Case"
	histories    = "CaseHistory"
	comments     = "CaseComment"
	emails       = "EmailMessage"
	milestones   = "CaseMilestone"
	types        = "MilestoneType"
	entitlements = "Entitlement"
	hours        = "BusinessHours"
	holidays     = "Holiday"
	users        = "User"
	groups       = "Group"
	accounts     = "Account"
)

// Shapes are how the objects of Salesforce are known.
var Shapes = []records.Shape{
	{Kind: milestones, Names: []string{milestones}, Needs: []string{"CaseId", "MilestoneTypeId", "IsViolated"}},
	{Kind: histories, Names: []string{histories}, Needs: []string{"CaseId", "Field", "OldValue", "NewValue"}},
	{Kind: comments, Names: []string{comments}, Needs: []string{"ParentId", "IsPublished", "CreatedDate"}},
	{Kind: emails, Names: []string{emails}, Needs: []string{"ParentId", "Incoming"}},
	{Kind: cases, Names: []string{cases}, Needs: []string{"Id", "CaseNumber", "CreatedDate"}},
	{Kind: types, Names: []string{types}, Needs: []string{"Id", "Name", "RecurrenceType"}},
	{Kind: entitlements, Names: []string{entitlements}, Needs: []string{"Id", "Name", "SlaProcessId"}},
	{Kind: hours, Names: []string{hours}, Needs: []string{"Id", "Name", "MondayStartTime", "TimeZoneSidKey"}},
	{Kind: holidays, Names: []string{holidays}, Needs: []string{"Name", "ActivityDate", "IsAllDay"}},
	{Kind: users, Names: []string{users}, Needs: []string{"Id", "Username"}},
	{Kind: groups, Names: []string{groups}, Needs: []string{"Id", "DeveloperName", "Type"}},
	{Kind: accounts, Names: []string{accounts}, Needs: []string{"Id", "Name", "BillingCity"}},
}

// Format is the export of Salesforce.
var Format = intake.Format{Name: "salesforce", Title: "Salesforce: Case, CaseHistory, CaseMilestone, Entitlement, BusinessHours", Read: read}

var statuses = map[string]ticket.Status{
	"new": ticket.New, "open": ticket.Open, "working": ticket.Open, "in progress": ticket.Open, "escalated": ticket.Open, "reopened": ticket.Open,
	"waiting on customer": ticket.Pending, "awaiting customer": ticket.Pending, "waiting for customer": ticket.Pending, "on hold": ticket.OnHold,
	"resolved": ticket.Solved, "solved": ticket.Solved, "closed": ticket.Closed,
}

// ID is what a record goes by: the first 15 characters, of which the last three of 18 repeat the case.
func ID(text string) string {
	if len(text) == 18 {
		return text[:15]
	}
	return text
}

// reader is the import of an export of Salesforce.
type reader struct {
	*desk.Import
	told       bool // there is a history
	promised   promises
	agreements map[agreementKey]*agreement
	order      []agreementKey
}

func read(in *intake.Intake, files []intake.Source) error {
	r := &reader{Import: desk.Begin(in, files, Shapes), promised: promises{of: map[uint64]uint32{}}, agreements: map[agreementKey]*agreement{}}
	for _, step := range []func() error{r.learn, r.hours, r.stand, r.happened, r.milestones} {
		if err := step(); err != nil {
			return err
		}
	}
	r.promise()
	r.End()
	return nil
}

func (r *reader) learn() error {
	err := r.Each(func(kind string, rec *records.Record) error {
		name := rec.Text("Name")
		if name == "" {
			name = rec.First("Username", "DeveloperName")
		}
		switch id := ID(rec.Text("Id")); kind {
		case users:
			r.LearnWho("agent", kind, id, name, rec.Text("Username"), rec.Text("Email"))
		case accounts:
			r.LearnWho("account", kind, id, name)
		default:
			r.Learn(kind, id, name)
		}
		return nil
	}, users, groups, accounts, types, entitlements)
	r.told = r.Set.Holds(histories)
	return err
}

// promised is what the promises to a case depend on.
type promised struct{ tier, priority string }

// promises remembers that of cases, for their milestones: a number for each, of the few things that there are.
type promises struct {
	of    map[uint64]uint32 // by the hash of a case
	list  []promised
	index map[promised]uint32
}

// mostCases bounds the cases that are remembered, with some 200 MB of memory for all of them.
const mostCases = 5_000_000

func (p *promises) put(id string, to promised) {
	if len(p.of) >= mostCases {
		return
	}
	n, known := p.index[to]
	if !known {
		if p.index == nil {
			p.index = map[promised]uint32{}
		}
		n = uint32(len(p.list))
		p.list, p.index[to] = append(p.list, to), n
	}
	p.of[records.Sum(id)] = n
}

// get is what was promised to a case; nothing is known of one that is not remembered.
func (p *promises) get(id string) (to promised, known bool) {
	n, known := p.of[records.Sum(id)]
	if known {
		to = p.list[n]
	}
	return to, known
}

// stand reads how cases were created, and how they stand.
func (r *reader) stand() error {
	held := r.Set.Holds(milestones)
	return r.Each(func(_ string, rec *records.Record) error {
		id, at := ID(rec.Text("Id")), rec.Place
		tier := r.Name(entitlements, ID(rec.Text("EntitlementId")), at)
		if held {
			r.promised.put(id, promised{tier, rec.Text("Priority")})
		}
		f := intake.Fact{
			Ticket: id, At: r.Time(rec, "CreatedDate"), Kind: ticket.Created, Channel: rec.Text("Origin"), Account: r.Name(accounts, ID(rec.Text("AccountId")), at), Tier: tier,
			File: at.File, Row: at.Row, Sum: records.Sum(cases, id),
		}
		if err := r.Add(&f); err != nil {
			return err
		}
		now := intake.Fact{Ticket: id, Priority: rec.Text("Priority"), Issue: rec.Text("Type"), Team: r.queue(ID(rec.Text("OwnerId"))), File: at.File, Row: at.Row}
		if err := r.Was(now, intake.AtTheEnd); err != nil {
			return err
		}
		return r.last(id, rec)
	}, cases)
}

// queue is the team of an owner that is a queue.
func (r *reader) queue(owner string) string { return r.Names[groups][owner] }

// last takes the end of a case where no history tells it.
func (r *reader) last(id string, rec *records.Record) error {
	if r.told {
		return nil
	}
	closed, _ := rec.Bool("IsClosed")
	when := r.Time(rec, "ClosedDate")
	s, ok := ticket.Closed, true
	if !closed {
		s, ok = r.In.StatusOf(rec.Text("Status"), statuses, rec.Place)
	}
	if !ok || s == ticket.New {
		return nil
	}
	if !closed || when.IsZero() {
		r.In.Odd(desk.NoHistory, "", rec.Place)
		when = r.Time(rec, "LastModifiedDate")
	}
	return r.Add(&intake.Fact{Ticket: id, At: when, Kind: ticket.StatusSet, Status: s, HasStatus: true, Silent: true, File: rec.Place.File, Row: rec.Place.Row})
}

// happened reads what was said first, since a reply and a status of one instant are one update.
func (r *reader) happened() error {
	err := r.Each(func(kind string, rec *records.Record) error { return r.said(kind, rec) }, comments, emails)
	if err != nil {
		return err
	}
	return r.Each(func(_ string, rec *records.Record) error { return r.change(rec) }, histories)
}

func (r *reader) said(kind string, rec *records.Record) error {
	who := ID(rec.Text("CreatedById"))
	agent := r.Names[users][who]
	f := intake.Fact{
		Ticket: ID(rec.Text("ParentId")), At: r.Time(rec, "CreatedDate"), Kind: ticket.Replied, File: rec.Place.File, Row: rec.Place.Row, Sum: rec.Sum(kind, "Id"),
	}
	if rec.Has("MessageDate") {
		f.At = r.Time(rec, "MessageDate")
	}
	incoming, _ := rec.Bool("Incoming")
	published, _ := rec.Bool("IsPublished")
	switch {
	case kind == comments && !published:
		f.Kind = ticket.Noted
	case incoming, kind == comments && agent == "" && len(r.Names[users]) > 0:
		f.Kind, f.Opens = ticket.Message, true
		return r.Add(&f)
	}
	if f.Agent = agent; agent == "" {
		f.Agent = who
	}
	return r.Add(&f)
}

// change is a change of one field.
func (r *reader) change(rec *records.Record) error {
	f := intake.Fact{
		Ticket: ID(rec.Text("CaseId")), At: r.Time(rec, "CreatedDate"), Kind: ticket.StatusSet, Silent: true, File: rec.Place.File, Row: rec.Place.Row, Sum: rec.Sum(histories, "Id"),
	}
	was := intake.Fact{Ticket: f.Ticket}
	field := rec.Text("Field")
	if !r.set(&f, field, rec.Text("NewValue"), rec.Place) {
		return nil
	}
	if r.set(&was, field, rec.Text("OldValue"), rec.Place) {
		was.HasStatus = was.HasStatus && !desk.Closed(was.Status)
		if err := r.Was(was, f.At); err != nil {
			return err
		}
	}
	f.Agent = r.Names[users][ID(rec.Text("CreatedById"))]
	return r.Add(&f)
}

// set takes the value of a field; it is false for fields that are not read. A change of the owner is there
// twice, with names and with IDs.
func (r *reader) set(f *intake.Fact, field, value string, at intake.Place) bool {
	switch field {
	case "Status":
		f.Status, f.HasStatus = r.In.StatusOf(value, statuses, at)
		return f.HasStatus
	case "Priority":
		f.Priority = value
	case "Type":
		f.Issue = value
	case "Owner":
		f.Team = r.queue(ID(value))
		return f.Team != ""
	default:
		return false
	}
	return value != ""
}
