package jira

import (
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The tables.
const (
	issues = "issue"
	cycles = "request SLA"
)

// completed is the field of an SLA that holds the runs of its clock that are over.
const completed = "completedCycles"

// Shapes are how the tables of Jira are known.
var Shapes = []records.Shape{
	{Kind: issues, Names: []string{"issues"}, Needs: []string{"key", "fields"}},
	{Kind: cycles, Needs: []string{completed, "name"}},
}

// Format is the export of Jira Service Management.
var Format = intake.Format{Name: "jira", Title: "Jira Service Management: issues with changelog, request SLA cycles", Read: read}

// statuses are those that Jira Service Management brings along.
var statuses = map[string]ticket.Status{
	"open": ticket.Open, "to do": ticket.New, "new": ticket.New, "reopened": ticket.Open, "in progress": ticket.Open, "work in progress": ticket.Open,
	"waiting for support": ticket.Open, "escalated": ticket.Open, "under investigation": ticket.Open, "implementing": ticket.Open,
	"waiting for customer": ticket.Pending, "pending": ticket.OnHold, "waiting for approval": ticket.OnHold, "awaiting approval": ticket.OnHold, "waiting for vendor": ticket.OnHold,
	"resolved": ticket.Solved, "done": ticket.Solved, "completed": ticket.Solved, "closed": ticket.Closed, "canceled": ticket.Closed, "declined": ticket.Closed, "failed": ticket.Closed,
}

// reader is the import of an export of Jira.
type reader struct {
	*desk.Import
	statuses map[string]ticket.Status
	learned  bool // all that categories say of statuses
	slas     map[string]*agreement
	order    []string // the names of slas
}

func read(in *intake.Intake, files []intake.Source) error {
	r := &reader{Import: desk.Begin(in, files, Shapes), statuses: map[string]ticket.Status{}, slas: map[string]*agreement{}}
	for word, s := range statuses {
		r.statuses[word] = s
	}
	err := r.Each(func(kind string, rec *records.Record) error {
		if kind == cycles {
			return r.sla(rec, keyOf(rec), "")
		}
		return r.issue(rec)
	}, issues, cycles)
	if err != nil {
		return err
	}
	r.promise()
	r.End()
	return nil
}

// status is the meaning of a status. Where its word does not say it, all issues are asked once for the categories of theirs.
func (r *reader) status(word string, at intake.Place) (ticket.Status, bool, error) {
	s, ok := r.In.Meaning(word, r.statuses)
	if ok || word == "" {
		return s, ok, nil
	}
	if !r.learned {
		r.learned = true
		if err := r.Each(func(_ string, rec *records.Record) error { r.learn(rec); return nil }, issues); err != nil {
			return 0, false, err
		}
	}
	s, ok = r.In.StatusOf(word, r.statuses, at)
	return s, ok, nil
}

// learn takes the meaning of a status from its category, where that says it.
func (r *reader) learn(rec *records.Record) {
	word := strings.ToLower(rec.Text("fields", "status", "name"))
	if _, known := r.statuses[word]; known || word == "" || len(r.statuses) > 10_000 {
		return
	}
	switch rec.Text("fields", "status", "statusCategory", "key") {
	case "done":
		r.statuses[word] = ticket.Solved
	case "new":
		r.statuses[word] = ticket.New
	}
}

// issue reads an issue and all that happened to it.
func (r *reader) issue(rec *records.Record) error {
	key, at, fields := rec.Text("key"), rec.Place, rec.Within("fields")
	f := intake.Fact{
		Ticket: key, At: r.Time(fields, "created"), Kind: ticket.Created, Account: r.organization(fields), File: at.File, Row: at.Row, Sum: records.Sum(issues, key),
	}
	if err := r.Add(&f); err != nil {
		return err
	}
	now := intake.Fact{Ticket: key, Priority: fields.Text("priority", "name"), Issue: fields.Text("issuetype", "name"), File: at.File, Row: at.Row}
	if err := r.Was(now, intake.AtTheEnd); err != nil {
		return err
	}
	// A reply and a status of one instant are one update: the reply comes first.
	for _, c := range fields.List("comment", "comments") {
		if err := r.comment(key, c, fields.Text("reporter", "accountId")); err != nil {
			return err
		}
	}
	histories := rec.List("changelog", "histories")
	for _, h := range histories {
		if err := r.history(key, h); err != nil {
			return err
		}
	}
	if err := r.last(key, fields, len(histories) > 0 || rec.Has("changelog")); err != nil {
		return err
	}
	if !rec.Mentions(completed) {
		return nil
	}
	for _, name := range fields.Fields() {
		if sla := fields.Within(name); sla.Has(completed) {
			if err := r.sla(sla, key, fields.Text("priority", "name")); err != nil {
				return err
			}
		}
	}
	return nil
}

// organization is the first one of a request.
func (r *reader) organization(fields *records.Record) string {
	for _, o := range fields.List("organizations") {
		return o.Text("name")
	}
	return ""
}

// last takes the status of an issue without a changelog.
func (r *reader) last(key string, fields *records.Record, told bool) error {
	s, ok, err := r.status(fields.Text("status", "name"), fields.Place)
	if err != nil {
		return err
	}
	if told || !ok || s == ticket.New {
		return nil
	}
	when := r.Time(fields, "resolutiondate")
	if when.IsZero() || !desk.Closed(s) {
		r.In.Odd(desk.NoHistory, "", fields.Place)
		when = r.Time(fields, "updated")
	}
	return r.Add(&intake.Fact{Ticket: key, At: when, Kind: ticket.StatusSet, Status: s, HasStatus: true, Silent: true, File: fields.Place.File, Row: fields.Place.Row})
}

func (r *reader) comment(key string, c *records.Record, reporter string) error {
	author := c.Text("author", "accountId")
	f := intake.Fact{Ticket: key, At: r.Time(c, "created"), Kind: ticket.Replied, File: c.Place.File, Row: c.Place.Row, Sum: c.Sum("comment", "id")}
	public, said := c.Bool("jsdPublic")
	switch {
	case said && !public:
		f.Kind = ticket.Noted
	case author == reporter || c.Text("author", "accountType") == "customer":
		f.Kind, f.Opens = ticket.Message, true
		return r.Add(&f)
	}
	f.Agent = name(c.Within("author"))
	return r.Add(&f)
}

// name is what a person is called.
func name(who *records.Record) string { return who.First("displayName", "accountId") }

// history is one change of one or more fields.
func (r *reader) history(key string, h *records.Record) error {
	f := intake.Fact{Ticket: key, At: r.Time(h, "created"), Kind: ticket.StatusSet, Silent: true, File: h.Place.File, Row: h.Place.Row, Sum: h.Sum("history", "id")}
	was := intake.Fact{Ticket: key}
	changed := false
	for _, item := range h.List("items") {
		to, err := r.set(&f, item.Text("field"), item.Text("toString"), h.Place)
		if err != nil {
			return err
		}
		changed = changed || to
		if _, err = r.set(&was, item.Text("field"), item.Text("fromString"), h.Place); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	was.HasStatus = was.HasStatus && !desk.Closed(was.Status)
	if err := r.Was(was, f.At); err != nil {
		return err
	}
	if h.Text("author", "accountType") != "customer" {
		f.Agent = name(h.Within("author"))
	}
	return r.Add(&f)
}

// set takes the value of a field; it is false for fields that are not read, and for values that say nothing.
func (r *reader) set(f *intake.Fact, field, value string, at intake.Place) (said bool, err error) {
	switch field {
	case "status":
		f.Status, f.HasStatus, err = r.status(value, at)
		return f.HasStatus, err
	case "priority":
		f.Priority = value
	case "issuetype":
		f.Issue = value
	default:
		return false, nil
	}
	return value != "", nil
}

// keyOf is the issue of an SLA, which only its link names.
func keyOf(rec *records.Record) string {
	_, rest, _ := strings.Cut(rec.Text("_links", "self"), "/request/")
	key, _, _ := strings.Cut(rest, "/")
	return key
}

// millis is the instant in an object of several forms of one time.
func millis(rec *records.Record, field string) time.Time {
	n, err := strconv.ParseInt(rec.Text(field, "epochMillis"), 10, 64)
	if err != nil || n <= 0 || n > 1<<43 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
