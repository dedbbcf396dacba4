package zendesk

import (
	"strconv"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// metricOf is the metric of an event: replies are told apart by their number.
func metricOf(word string, instance uint64) (sla.Metric, bool) {
	if word == "reply_time" {
		if instance > 1 {
			return sla.NextReply, true
		}
		return sla.FirstReply, true
	}
	m, ok := eventMetrics[word]
	return m, ok
}

var eventMetrics = map[string]sla.Metric{
	"agent_work_time": sla.AgentWork, "pausable_update_time": sla.PausableUpdate, "periodic_update_time": sla.PeriodicUpdate,
	"requester_wait_time": sla.RequesterWait, "resolution_time": sla.Resolution, "group_ownership_time": sla.GroupOwnership,
}

// marks reads what Zendesk itself has recorded of its promises, and which policy tickets had.
func (r *reader) marks() error {
	err := r.Each(func(_ string, rec *records.Record) error { return r.mark(rec) }, metricEvents)
	if err != nil || !r.byTier {
		return err
	}
	return r.Each(func(_ string, rec *records.Record) error {
		return r.applied(rec, rec.Text("ticket_id"), rec.Text("sla_policy_id"), "policy_applied_at")
	}, appliedRow)
}

func (r *reader) mark(rec *records.Record) error {
	instance, _ := strconv.ParseUint(rec.Text("instance_id"), 10, 64)
	metric, ok := metricOf(rec.Text("metric"), instance)
	if deleted, _ := rec.Bool("deleted"); !ok || deleted {
		return nil
	}
	m := intake.Mark{Ticket: rec.Text("ticket_id"), Metric: metric, Round: instance}
	policy := ""
	switch rec.Text("type") {
	case "apply_sla":
		policy = rec.Text("sla", "policy", "id")
		m.Kind, m.Policy = intake.Promised, rec.Text("sla", "policy", "title")
		if rec.Text("sla", "target") == "" && rec.Text("sla", "target_in_seconds") == "" {
			m.Kind = intake.Lifted
		}
	case "apply_group_sla":
		m.Kind, m.Policy = intake.Promised, rec.Text("group_sla", "policy", "title")
	case "breach":
		m.Kind = intake.Broken
	case "fulfill":
		m.Kind = intake.Fulfilled
	default:
		return nil
	}
	m.At = r.Time(rec, "time")
	if err := r.In.Mark(&m, rec.Place); err != nil || policy == "" || !r.byTier {
		return err
	}
	return r.applied(rec, m.Ticket, policy, "time")
}

// applied makes the policy that a ticket got its tier.
func (r *reader) applied(rec *records.Record, id, policy, field string) error {
	f := intake.Fact{
		Ticket: id, At: r.Time(rec, field), Kind: ticket.StatusSet, Silent: true, Tier: r.titleOf(policy), File: rec.Place.File, Row: rec.Place.Row,
		Sum: records.Sum(appliedRow, id, policy),
	}
	if f.At.IsZero() {
		return nil
	}
	// The first policy is there from the opening on.
	if err := r.Was(intake.Fact{Ticket: id, Tier: f.Tier}, f.At); err != nil {
		return err
	}
	return r.Add(&f)
}

// step is what an event of a metric means where nothing else tells what happened.
type step struct {
	metric, kind string
	event        ticket.EventKind
	status       ticket.Status
	has          bool
}

// steps are in the order in which what happens in one instant happens: pausing the work of agents and the wait
// of the customer is pending, the former alone is on hold; going on is the other way round.
var steps = []step{
	{"reply_time", "activate", ticket.Message, 0, false},
	{"reply_time", "fulfill", ticket.Replied, 0, false},
	{"agent_work_time", "pause", ticket.StatusSet, ticket.OnHold, true},
	{"requester_wait_time", "pause", ticket.StatusSet, ticket.Pending, true},
	{"requester_wait_time", "activate", ticket.StatusSet, ticket.OnHold, true},
	{"agent_work_time", "activate", ticket.StatusSet, ticket.Open, true},
	{"requester_wait_time", "fulfill", ticket.StatusSet, ticket.Solved, true},
}

// fromMetrics reads what happened from the events of metrics, where there is nothing better.
func (r *reader) fromMetrics() error {
	r.In.Odd(desk.Inferred, "there are no audits: replies and statuses are read from metric events", intake.Place{})
	for i, s := range steps {
		err := r.Each(func(_ string, rec *records.Record) error {
			if rec.Text("metric") != s.metric || rec.Text("type") != s.kind || s.kind == "activate" && rec.Text("instance_id") == "1" && s.metric == "reply_time" {
				return nil
			}
			return r.Add(&intake.Fact{
				Ticket: rec.Text("ticket_id"), At: r.Time(rec, "time"), Kind: s.event, Status: s.status, HasStatus: s.has, Opens: s.kind == "activate", Silent: true,
				File: rec.Place.File, Row: rec.Place.Row, Sum: records.Sum("step", strconv.Itoa(i), rec.Text("id")),
			})
		}, metricEvents)
		if err != nil {
			return err
		}
	}
	return nil
}
