package servicenow

import (
	"strings"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// The tables.
const (
	tasks       = "task"
	incidents   = "incident" // what incidents have beyond tasks, in a warehouse
	taskSLAs    = "task_sla"
	definitions = "contract_sla"
	schedules   = "cmn_schedule"
	spans       = "cmn_schedule_span"
	audits      = "sys_audit"
	journal     = "sys_journal_field"
	users       = "sys_user"
	groups      = "sys_user_group"
	updates     = "enriched log"
	other       = "other"
)

// Shapes are how the tables of ServiceNow are known.
var Shapes = []records.Shape{
	{Kind: updates, Needs: []string{"number", "incident_state", "sys_updated_at", "sys_mod_count"}},
	{Kind: taskSLAs, Names: []string{"task_sla"}, Needs: []string{"stage", "has_breached", "planned_end_time"}},
	{Kind: definitions, Names: []string{"contract_sla"}, Needs: []string{"name", "duration", "start_condition"}},
	{Kind: spans, Names: []string{"cmn_schedule_span"}, Needs: []string{"start_date_time", "end_date_time", "repeat_type"}},
	{Kind: schedules, Names: []string{"cmn_schedule"}, Needs: []string{"sys_id", "name", "time_zone"}},
	{Kind: audits, Names: []string{"sys_audit"}, Needs: []string{"documentkey", "fieldname", "oldvalue", "newvalue"}},
	{Kind: journal, Names: []string{"sys_journal_field"}, Needs: []string{"element_id", "element", "sys_created_by"}},
	{Kind: users, Names: []string{"sys_user"}, Needs: []string{"sys_id", "user_name"}},
	{Kind: groups, Names: []string{"sys_user_group"}, Needs: []string{"sys_id", "name", "include_members"}},
	{Kind: tasks, Names: []string{"task", "incident"}, Needs: []string{"sys_id", "number", "opened_at"}},
	{Kind: incidents, Needs: []string{"sys_id", "incident_state"}},
	{Kind: other, Names: []string{"sys_choice"}, Needs: []string{"element", "label", "sequence"}},
}

// Format is the export of ServiceNow.
var Format = intake.Format{Name: "servicenow", Title: "ServiceNow: incident, task_sla, contract_sla, schedules, sys_audit", Read: read}

// reader is the import of an export of ServiceNow.
type reader struct {
	*desk.Import
	agents          map[string]bool // user names
	audits, journal bool
	slas            map[string]*definition
}

func read(in *intake.Intake, files []intake.Source) error {
	r := &reader{Import: desk.Begin(in, files, Shapes), agents: map[string]bool{}, slas: map[string]*definition{}}
	for _, step := range []func() error{r.learn, r.schedules, r.definitions, r.stand, r.happened, r.marks} {
		if err := step(); err != nil {
			return err
		}
	}
	r.End()
	return nil
}

// ref is what a reference points to: the value of a pair of link and value, in either of its forms.
func ref(rec *records.Record, field string) string {
	if v := rec.First(field+"_value", field); v != "" {
		return v
	}
	return rec.Text(field, "value")
}

// learn reads who there is. Agents are those to whom tasks were assigned and those who write work notes.
func (r *reader) learn() error {
	err := r.Each(func(kind string, rec *records.Record) error {
		switch kind {
		case users:
			r.LearnWho("agent", users, ref(rec, "sys_id"), rec.Text("user_name"), rec.Text("name"), rec.Text("email"))
		case groups:
			r.Learn(groups, ref(rec, "sys_id"), rec.Text("name"))
		case updates:
			return intake.In(rec.Place.File, &ticketlog.Problem{
				Text: "this is the enriched log of incidents, with a row for each update", Hint: "import it with --mapping servicenow-incident-log",
			})
		}
		return nil
	}, users, groups, updates)
	if err != nil {
		return err
	}
	r.audits, r.journal = r.Set.Holds(audits), r.Set.Holds(journal)
	if !r.journal {
		return nil
	}
	agent := func(name string) {
		if name != "" && len(r.agents) < 1<<20 {
			r.agents[name] = true
		}
	}
	return r.Each(func(kind string, rec *records.Record) error {
		switch {
		case kind == tasks:
			agent(r.Names[users][ref(rec, "assigned_to")])
		case rec.Text("element") == "work_notes":
			agent(rec.Text("sys_created_by"))
		}
		return nil
	}, tasks, journal)
}

// The states, by number and by word.
var (
	incidentStates = map[string]ticket.Status{
		"1": ticket.New, "new": ticket.New, "2": ticket.Open, "in progress": ticket.Open, "active": ticket.Open, "3": ticket.OnHold, "on hold": ticket.OnHold,
		"awaiting user info": ticket.Pending, "awaiting vendor": ticket.OnHold, "awaiting problem": ticket.OnHold, "awaiting evidence": ticket.OnHold, "awaiting change": ticket.OnHold,
		"6": ticket.Solved, "resolved": ticket.Solved, "7": ticket.Closed, "closed": ticket.Closed, "8": ticket.Closed, "canceled": ticket.Closed,
	}
	taskStates = map[string]ticket.Status{
		"-5": ticket.OnHold, "pending": ticket.OnHold, "1": ticket.New, "open": ticket.New, "2": ticket.Open, "work in progress": ticket.Open,
		"3": ticket.Closed, "closed complete": ticket.Closed, "4": ticket.Closed, "closed incomplete": ticket.Closed, "7": ticket.Closed, "closed skipped": ticket.Closed,
	}
	holdReasons = map[string]ticket.Status{
		"1": ticket.Pending, "awaiting caller": ticket.Pending, "2": ticket.OnHold, "awaiting change": ticket.OnHold, "3": ticket.OnHold, "awaiting problem": ticket.OnHold,
		"4": ticket.OnHold, "awaiting vendor": ticket.OnHold, "5": ticket.OnHold, "awaiting evidence": ticket.OnHold,
	}
)

// statesOf are the states of a class of tasks.
func statesOf(class string) map[string]ticket.Status {
	if class == "" || class == "incident" {
		return incidentStates
	}
	return taskStates
}

var priorities = map[string]string{"1": "1 - Critical", "2": "2 - High", "3": "3 - Moderate", "4": "4 - Low", "5": "5 - Planning"}

// priority is a priority with its word, whether the export has the number alone or both.
func priority(text string) string {
	if p := priorities[strings.TrimSpace(text)]; p != "" {
		return p
	}
	return text
}
