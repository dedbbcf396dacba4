package servicenow

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// stand reads how tasks were opened, and how they stand.
func (r *reader) stand() error {
	return r.Each(func(kind string, rec *records.Record) error {
		if kind == incidents {
			return r.ends(rec)
		}
		id, at := ref(rec, "sys_id"), rec.Place
		class := rec.Text("sys_class_name")
		f := intake.Fact{
			Ticket: id, At: r.Time(rec, "opened_at"), Kind: ticket.Created, Channel: rec.Text("contact_type"), Account: ref(rec, "company"),
			File: at.File, Row: at.Row, Sum: records.Sum(tasks, id),
		}
		if err := r.Add(&f); err != nil {
			return err
		}
		issue := rec.First("category")
		if issue == "" && class != "incident" {
			issue = class
		}
		now := intake.Fact{Ticket: id, Priority: priority(ref(rec, "priority")), Issue: issue, Team: r.Name(groups, ref(rec, "assignment_group"), at), File: at.File, Row: at.Row}
		if err := r.Was(now, intake.AtTheEnd); err != nil {
			return err
		}
		if !r.Set.Holds(taskSLAs) {
			if err := r.made(rec); err != nil {
				return err
			}
		}
		return r.ends(rec)
	}, tasks, incidents)
}

// ends takes when a task was resolved and closed, where nothing else tells what happened.
func (r *reader) ends(rec *records.Record) error {
	if r.audits {
		return nil
	}
	done := false
	for _, end := range []struct {
		field  string
		status ticket.Status
	}{{"resolved_at", ticket.Solved}, {"closed_at", ticket.Closed}} {
		when := r.Time(rec, end.field)
		if when.IsZero() {
			continue
		}
		done = true
		if err := r.state(rec, intake.Fact{At: when, Status: end.status, HasStatus: true}); err != nil {
			return err
		}
	}
	if done {
		return nil
	}
	word := rec.First("incident_state", "state")
	s, ok := r.In.StatusOf(word, statesOf(rec.Text("sys_class_name")), rec.Place)
	if reason, held := holdReasons[strings.ToLower(ref(rec, holdReason))]; held && s == ticket.OnHold {
		s = reason
	}
	if !ok || s == ticket.New {
		return nil
	}
	r.In.Odd(desk.NoHistory, "", rec.Place)
	return r.state(rec, intake.Fact{At: r.Time(rec, "sys_updated_on"), Status: s, HasStatus: true})
}

func (r *reader) state(rec *records.Record, f intake.Fact) error {
	f.Ticket, f.Kind, f.Silent = ref(rec, "sys_id"), ticket.StatusSet, true
	f.File, f.Row = rec.Place.File, rec.Place.Row
	return r.Add(&f)
}

// happened reads comments first, since a reply and a state of one instant are one update, then changes, and
// what a task is held for after that it is held.
func (r *reader) happened() error {
	if r.journal {
		if err := r.Each(func(_ string, rec *records.Record) error { return r.entry(rec) }, journal); err != nil {
			return err
		}
	}
	held := false
	err := r.Each(func(_ string, rec *records.Record) error {
		if rec.Text("fieldname") == holdReason {
			held = true
			return nil
		}
		return r.change(rec)
	}, audits)
	if err != nil || !held {
		return err
	}
	return r.Each(func(_ string, rec *records.Record) error {
		if !rec.Mentions(holdReason) || rec.Text("fieldname") != holdReason {
			return nil
		}
		return r.change(rec)
	}, audits)
}

// holdReason is the field that says what a task is held for.
const holdReason = "hold_reason"

// entry is a comment or a work note.
func (r *reader) entry(rec *records.Record) error {
	who := rec.Text("sys_created_by")
	f := intake.Fact{
		Ticket: rec.Text("element_id"), At: r.Time(rec, "sys_created_on"), File: rec.Place.File, Row: rec.Place.Row,
		Sum: rec.Sum(journal, rec.Filled("sys_id", "sys_created_on")),
	}
	switch element := rec.Text("element"); {
	case element == "work_notes":
		f.Kind, f.Agent = ticket.Noted, who
	case element != "comments":
		return nil
	case r.agents[who]:
		f.Kind, f.Agent = ticket.Replied, who
	default:
		f.Kind, f.Opens = ticket.Message, true
	}
	return r.Add(&f)
}

// change is a change of one field.
func (r *reader) change(rec *records.Record) error {
	f := intake.Fact{
		Ticket: rec.Text("documentkey"), At: r.Time(rec, "sys_created_on"), Kind: ticket.StatusSet, Silent: true, File: rec.Place.File, Row: rec.Place.Row,
		Sum: rec.Sum(audits, rec.Filled("sys_id", "fieldname"), "newvalue"),
	}
	was := intake.Fact{Ticket: f.Ticket}
	field := rec.Text("fieldname")
	if !r.set(&f, rec, field, rec.Text("newvalue")) {
		return nil
	}
	if old := rec.Text("oldvalue"); old != "" && r.set(&was, rec, field, old) {
		was.HasStatus = was.HasStatus && !desk.Closed(was.Status)
		if err := r.Was(was, f.At); err != nil {
			return err
		}
	}
	if who := rec.First("user", "sys_created_by"); r.agents[who] {
		f.Agent = who
	}
	return r.Add(&f)
}

// set takes the value of a field; it is false for fields that are not read, and for values that say nothing.
func (r *reader) set(f *intake.Fact, rec *records.Record, field, value string) bool {
	if value == "" {
		return false
	}
	switch field {
	case "state", "incident_state":
		f.Status, f.HasStatus = r.In.StatusOf(value, statesOf(rec.Text("tablename")), rec.Place)
		return f.HasStatus
	case holdReason:
		f.Status, f.HasStatus = holdReasons[strings.ToLower(value)]
		return f.HasStatus
	case "priority":
		f.Priority = priority(value)
	case "category":
		f.Issue = value
	case "assignment_group":
		f.Team = r.Name(groups, value, rec.Place)
	default:
		return false
	}
	return true
}
