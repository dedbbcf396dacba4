package zendesk

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The tables. Those with the ending Row are of warehouses.
const (
	tickets      = "ticket"
	audits       = "audit"
	historyRow   = "field history"
	comments     = "comment"
	metricEvents = "metric event"
	policies     = "SLA policy"
	policyRow    = "SLA policy metric"
	appliedRow   = "SLA policy of a ticket"
	schedules    = "schedule"
	intervalRow  = "schedule interval"
	holidays     = "holiday"
	scheduledRow = "schedule of a ticket"
	users        = "user"
	groups       = "group"
	orgs         = "organization"
	other        = "other"
)

// Shapes are how the tables of Zendesk are known.
var Shapes = []records.Shape{
	{Kind: audits, Names: []string{"audits", "audit", "ticket_audits"}, Needs: []string{"ticket_id", "events", "author_id"}},
	{Kind: metricEvents, Names: []string{"ticket_metric_events", "metric_events"}, Needs: []string{"ticket_id", "metric", "instance_id", "type", "time"}},
	{Kind: historyRow, Needs: []string{"field_name", "ticket_id", "updated", "value"}},
	{Kind: comments, Names: []string{"comments"}, Needs: []string{"ticket_id", "public", "user_id"}},
	{Kind: policies, Names: []string{"sla_policies", "sla_policy"}, Needs: []string{"policy_metrics", "filter"}},
	{Kind: policyRow, Needs: []string{"sla_policy_id", "metric", "priority", "target", "business_hours"}},
	{Kind: appliedRow, Needs: []string{"ticket_id", "sla_policy_id", "policy_applied_at"}},
	{Kind: schedules, Names: []string{"schedules", "schedule"}, Needs: []string{"intervals", "time_zone"}},
	{Kind: intervalRow, Needs: []string{"id", "start_time", "end_time", "time_zone"}},
	{Kind: holidays, Names: []string{"holidays"}, Needs: []string{"start_date", "end_date", "name"}},
	{Kind: scheduledRow, Needs: []string{"ticket_id", "schedule_id"}},
	{Kind: tickets, Names: []string{"tickets", "ticket"}, Needs: []string{"id", "requester_id", "status", "created_at", "group_id"}},
	{Kind: users, Names: []string{"users", "user"}, Needs: []string{"id", "role"}},
	{Kind: orgs, Names: []string{"organizations", "organization"}, Needs: []string{"id", "shared_tickets"}},
	{Kind: groups, Names: []string{"groups", "group"}, Needs: []string{"id", "name", "url"}},
	{Kind: other, Names: []string{"metric_sets", "ticket_fields", "ticket_forms", "brands", "custom_statuses", "macros", "triggers", "satisfaction_ratings"}},
}

// Format is the export of Zendesk.
var Format = intake.Format{Name: "zendesk", Title: "Zendesk: tickets, audits, metric events, SLA policies, schedules", Read: read}

// statuses are the words of Zendesk.
var statuses = map[string]ticket.Status{
	"new": ticket.New, "open": ticket.Open, "pending": ticket.Pending, "hold": ticket.OnHold, "on-hold": ticket.OnHold,
	"solved": ticket.Solved, "closed": ticket.Closed, "deleted": ticket.Closed,
}

// noPriority is the priority of tickets that have none.
const noPriority = "no priority"

func priority(word string) string {
	if word == "" {
		return noPriority
	}
	return word
}

// reader is the import of an export of Zendesk.
type reader struct {
	*desk.Import
	agents map[string]bool
	// told is whether the export has the tables that tell what happened.
	audits, history, comments, metrics bool
	book
}

func read(in *intake.Intake, files []intake.Source) error {
	r := &reader{Import: desk.Begin(in, files, Shapes), agents: map[string]bool{}}
	for _, step := range []func() error{r.learn, r.policies, r.schedules, r.stand, r.happened, r.marks} {
		if err := step(); err != nil {
			return err
		}
	}
	r.End()
	return nil
}

// learn reads who and what there is.
func (r *reader) learn() error {
	err := r.Each(func(kind string, rec *records.Record) error {
		id := rec.Text("id")
		switch kind {
		case groups:
			r.Learn(groups, id, rec.Text("name"))
		case orgs:
			r.LearnWho("account", orgs, id, rec.Text("name"))
		case users:
			attribute := "account"
			if role := rec.Text("role"); role == "agent" || role == "admin" {
				r.agents[id], attribute = true, "agent"
			}
			r.LearnWho(attribute, users, id, rec.Text("name"), rec.Text("email"))
		}
		return nil
	}, groups, orgs, users)
	if err != nil {
		return err
	}
	// All files have been read once.
	r.audits, r.history, r.metrics = r.Set.Holds(audits), r.Set.Holds(historyRow), r.Set.Holds(metricEvents)
	r.comments = r.Set.Holds(comments) && !r.audits
	if len(r.agents) > 0 {
		return nil
	}
	return r.inferAgents()
}

// assignees are those to whom tickets were assigned.
type assignees map[string]bool

func (a assignees) add(id string) {
	if id != "" && id != "0" && len(a) < 1<<20 {
		a[id] = true
	}
}

// update takes whom an update has assigned a ticket to.
func (a assignees) update(audit *records.Record) {
	if !audit.Mentions("assignee_id") {
		return
	}
	for _, e := range audit.List("events") {
		if e.Text("field_name") == "assignee_id" {
			a.add(e.Text("value"))
		}
	}
}

// inferAgents takes those for agents to whom tickets were assigned.
func (r *reader) inferAgents() error {
	assigned := assignees{}
	r.agents = assigned
	err := r.Each(func(kind string, rec *records.Record) error {
		switch {
		case kind == audits:
			assigned.update(rec)
		case kind == tickets:
			assigned.add(rec.Text("assignee_id"))
		case rec.Text("field_name") == "assignee_id":
			assigned.add(rec.Text("value"))
		}
		return nil
	}, tickets, audits, historyRow)
	if err == nil && (r.audits || r.comments) {
		r.In.Odd(desk.Inferred, "there are no users with a role: whoever was assigned a ticket is taken for an agent", intake.Place{})
	}
	return err
}
