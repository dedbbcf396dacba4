package zendesk

import (
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// stand reads how tickets were created and how they stand.
func (r *reader) stand() error {
	return r.Each(func(_ string, rec *records.Record) error {
		id, at := rec.Text("id"), rec.Place
		created := r.Time(rec, "created_at")
		channel := rec.First("via_channel")
		if channel == "" {
			channel = rec.Text("via", "channel")
		}
		org := rec.Text("organization_id")
		f := intake.Fact{
			Ticket: id, At: created, Kind: ticket.Created, Channel: channel, Account: r.Name(orgs, org, at), Tier: r.tierOf(org),
			File: at.File, Row: at.Row, Sum: records.Sum(tickets, id),
		}
		if err := r.Add(&f); err != nil {
			return err
		}
		now := intake.Fact{
			Ticket: id, Priority: priority(rec.Text("priority")), Issue: rec.Text("type"), Team: r.Name(groups, rec.Text("group_id"), at), File: at.File, Row: at.Row,
		}
		if err := r.Was(now, intake.AtTheEnd); err != nil {
			return err
		}
		if err := r.embedded(rec, created); err != nil {
			return err
		}
		return r.last(rec)
	}, tickets)
}

// last takes the final status where nothing else tells of it.
func (r *reader) last(rec *records.Record) error {
	word := rec.Text("status")
	s, ok := r.In.StatusOf(word, statuses, rec.Place)
	if word == "deleted" {
		r.In.Odd(desk.Deleted, "", rec.Place)
	} else if r.audits || r.history || r.metrics {
		return nil
	}
	if !ok || s == ticket.New {
		return nil
	}
	if word != "deleted" {
		r.In.Odd(desk.NoHistory, "", rec.Place)
	}
	return r.Add(&intake.Fact{
		Ticket: rec.Text("id"), At: r.Time(rec, "updated_at"), Kind: ticket.StatusSet, Status: s, HasStatus: true,
		File: rec.Place.File, Row: rec.Place.Row, Sum: records.Sum("status", rec.Text("id")),
	})
}

// embedded takes the comments within a ticket, as account exports have them.
func (r *reader) embedded(rec *records.Record, created time.Time) error {
	if r.audits || r.comments {
		return nil
	}
	for _, c := range rec.List("comments") {
		if err := r.comment(rec.Text("id"), c, created); err != nil {
			return err
		}
	}
	return nil
}

// happened reads what happened: the updates, or comments and changes each by themselves. Comments
// come first, since a reply and a status of one instant are one update.
func (r *reader) happened() error {
	if r.audits {
		return r.Each(func(_ string, rec *records.Record) error { return r.audit(rec) }, audits)
	}
	if r.comments {
		err := r.Each(func(_ string, rec *records.Record) error { return r.comment(rec.Text("ticket_id"), rec, time.Time{}) }, comments)
		if err != nil {
			return err
		}
	}
	if r.history {
		return r.Each(func(_ string, rec *records.Record) error { return r.change(rec) }, historyRow)
	}
	if r.metrics {
		return r.fromMetrics()
	}
	return nil
}

// comment is a comment that stands by itself.
func (r *reader) comment(id string, c *records.Record, created time.Time) error {
	author := c.First("author_id", "user_id")
	when := r.Time(c, "created_at")
	if when.IsZero() {
		when = r.Time(c, "created")
	}
	f := intake.Fact{Ticket: id, At: when, Kind: ticket.Noted, File: c.Place.File, Row: c.Place.Row, Sum: records.Sum(comments, id, c.Text("id"))}
	public, _ := c.Bool("public")
	switch {
	case r.agents[author]:
		f.Agent = r.agent(author)
		if public {
			f.Kind = ticket.Replied
		}
		if public && when.Equal(created) {
			r.In.Odd(desk.ByAgent, "", c.Place)
		}
	case public:
		f.Kind, f.Opens = ticket.Message, true
	}
	return r.Add(&f)
}

// agent is what an agent is called.
func (r *reader) agent(id string) string {
	if name := r.Names[users][id]; name != "" {
		return name
	}
	return id
}

// change is a change of one field, as warehouses have it.
func (r *reader) change(rec *records.Record) error {
	f := intake.Fact{
		Ticket: rec.Text("ticket_id"), At: r.Time(rec, "updated"), Kind: ticket.StatusSet, Opens: true, Silent: true, File: rec.Place.File, Row: rec.Place.Row,
		Sum: rec.Sum(historyRow, "field_name", "value"),
	}
	if !r.set(&f, rec.Text("field_name"), rec.Text("value"), rec.Place) {
		return nil
	}
	// The first row of a field is its value at the opening.
	was := intake.Fact{Ticket: f.Ticket, Priority: f.Priority, Issue: f.Issue, Team: f.Team, Status: f.Status, HasStatus: f.HasStatus && f.Status < ticket.Solved}
	if err := r.Was(was, f.At); err != nil {
		return err
	}
	if author := rec.Text("user_id"); r.agents[author] {
		f.Agent = r.agent(author)
	}
	return r.Add(&f)
}

// set takes the value of a field; it is false for fields that are not read.
func (r *reader) set(f *intake.Fact, field, value string, at intake.Place) bool {
	switch field {
	case "status":
		s, ok := r.In.StatusOf(value, statuses, at)
		if ok {
			f.Status, f.HasStatus = s, true
		}
		return ok
	case "priority":
		f.Priority = priority(value)
	case "type":
		f.Issue = value
	case "group_id":
		f.Team = r.Name(groups, value, at)
	default:
		return false
	}
	return true
}

// audit is one update of a ticket.
func (r *reader) audit(rec *records.Record) error {
	id, when := rec.Text("ticket_id"), r.Time(rec, "created_at")
	f := intake.Fact{Ticket: id, At: when, Kind: ticket.StatusSet, Silent: true, File: rec.Place.File, Row: rec.Place.Row, Sum: rec.Sum(audits, "id")}
	was := intake.Fact{Ticket: id}
	created, changed, earlier := false, false, false
	author := rec.Text("author_id")
	for _, e := range rec.List("events") {
		field, value, before := e.Text("field_name"), e.Text("value"), e.Text("previous_value")
		switch kind := e.Text("type"); {
		case kind == "Create":
			created = true
			earlier = r.set(&was, field, value, rec.Place) || earlier
		case kind == "Change":
			changed = r.set(&f, field, value, rec.Place) || changed
			earlier = r.set(&was, field, before, rec.Place) || earlier
		case strings.HasSuffix(kind, "Comment"):
			r.said(&f, rec, e, author)
		}
	}
	if earlier {
		was.HasStatus = was.HasStatus && !desk.Closed(was.Status)
		if err := r.Was(was, when); err != nil {
			return err
		}
	}
	if r.agents[author] {
		f.Agent = r.agent(author)
	}
	if created && f.Kind == ticket.Message {
		f.Kind = ticket.StatusSet // it opened the ticket
	}
	if created && f.Kind == ticket.Replied {
		r.In.Odd(desk.ByAgent, "", rec.Place)
	}
	if !changed && f.Kind == ticket.StatusSet {
		return nil
	}
	return r.Add(&f)
}

// said takes a comment of an update. A public one of an agent weighs most.
func (r *reader) said(f *intake.Fact, audit, e *records.Record, author string) {
	if own := e.Text("author_id"); own != "" {
		author = own
	}
	merge := audit.Text("via", "source", "rel") == "merge" || e.Text("via", "source", "rel") == "merge"
	public, _ := e.Bool("public")
	switch {
	case merge:
		r.In.Odd(desk.Merged, "", audit.Place)
		if f.Kind == ticket.StatusSet {
			f.Kind = ticket.Noted
		}
	case public && r.agents[author]:
		f.Kind = ticket.Replied
	case public && f.Kind != ticket.Replied:
		f.Kind = ticket.Message
	case f.Kind == ticket.StatusSet:
		f.Kind = ticket.Noted
	}
}
