package zendesk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// book is what is promised, as Zendesk has it.
type book struct {
	list   []policy
	titles map[string]string // names of policies that are their own, by ID
	byTier bool              // the tier of a ticket is the policy that it had
	byOrg  map[string]bool   // IDs of organizations that a policy asks for: the tier of their tickets
	hours  string            // the schedule that counts
	by     choice            // where another one counts
}

// policy is one policy of Zendesk.
type policy struct {
	id, title string
	position  float64
	match     terms.Match
	orgs      []string // IDs of organizations
	foreign   []string // what the filter asks for and a scenario cannot say
	metrics   []metric
	at        intake.Place
	updated   time.Time // of the rows that count, in a warehouse
}

type metric struct {
	metric   sla.Metric
	priority string
	within   time.Duration
	business bool
}

// policyMetrics are the words of policies, which differ from those of events.
var policyMetrics = map[string]sla.Metric{
	"first_reply_time": sla.FirstReply, "next_reply_time": sla.NextReply, "periodic_update_time": sla.PeriodicUpdate,
	"pausable_update_time": sla.PausableUpdate, "requester_wait_time": sla.RequesterWait, "agent_work_time": sla.AgentWork,
	"total_resolution_time": sla.Resolution, "resolution_time": sla.Resolution, "group_ownership_time": sla.GroupOwnership,
}

// policies reads what is promised to whom.
func (r *reader) policies() error {
	rows := map[string]*policy{}
	var order []string
	applied := r.Set.Holds(appliedRow)
	err := r.Each(func(kind string, rec *records.Record) error {
		if kind == policies {
			r.list = append(r.list, r.policy(rec))
			return nil
		}
		id := rec.Text("sla_policy_id")
		p := rows[id]
		if p == nil {
			if len(rows) == 10_000 {
				return nil
			}
			p = &policy{id: id, title: "policy " + id, position: float64(len(rows)), at: rec.Place}
			rows[id], order = p, append(order, id)
		}
		r.policyRow(p, rec)
		return nil
	}, policies, policyRow)
	if err != nil {
		return err
	}
	for _, id := range order {
		if !slices.ContainsFunc(r.list, func(p policy) bool { return p.id == id }) {
			p := rows[id]
			p.foreign = []string{"its filter, which the table does not hold"}
			r.list = append(r.list, *p)
		}
	}
	slices.SortStableFunc(r.list, func(a, b policy) int { return cmp.Compare(a.position, b.position) })
	r.name()
	if slices.ContainsFunc(r.list, func(p policy) bool { return len(p.foreign) > 0 }) {
		r.byTier = applied || r.appliesBySomething()
	}
	for i := range r.list {
		for _, org := range r.list[i].orgs {
			if r.byOrg == nil {
				r.byOrg = map[string]bool{}
			}
			r.byOrg[org] = true
		}
	}
	return nil
}

// appliesBySomething reports whether metric events tell which policy tickets had.
func (r *reader) appliesBySomething() bool {
	found := false
	err := r.Each(func(_ string, rec *records.Record) error {
		found = found || rec.Text("type") == "apply_sla" && rec.Text("sla", "policy", "id") != ""
		return nil
	}, metricEvents)
	return found && err == nil
}

// name gives each policy a name of its own.
func (r *reader) name() {
	r.titles = map[string]string{}
	for i := range r.list {
		p := &r.list[i]
		same := slices.ContainsFunc(r.list, func(o policy) bool { return o.id != p.id && terms.Name(o.title) == terms.Name(p.title) })
		if same {
			p.title += " " + p.id
		}
		r.titles[p.id] = terms.Name(p.title)
	}
}

// titleOf is the name of a policy; one that is there no longer has its ID.
func (r *reader) titleOf(id string) string {
	if t := r.titles[id]; t != "" {
		return t
	}
	return "policy " + id
}

// tierOf is the tier of an organization's tickets.
func (r *reader) tierOf(org string) string {
	if r.byTier || !r.byOrg[org] {
		return ""
	}
	if name := r.Names[orgs][org]; name != "" {
		org = name
	}
	return terms.Name(r.In.AccountName(org))
}

func (r *reader) policy(rec *records.Record) policy {
	p := policy{id: rec.Text("id"), title: rec.Text("title"), at: rec.Place, match: terms.Match{}}
	if p.title == "" {
		p.title = "policy " + p.id
	}
	p.position, _ = rec.Number("position")
	filter := rec.Within("filter")
	for _, c := range filter.List("all") {
		r.condition(&p, c, false)
	}
	anyOf := filter.List("any")
	for _, c := range anyOf {
		r.condition(&p, c, len(anyOf) > 1)
	}
	for _, m := range rec.List("policy_metrics") {
		r.target(&p, m, m.Text("metric"))
	}
	return p
}

// condition takes one of a filter. Of several of which any one is enough, a scenario can say
// those that are about one field.
func (r *reader) condition(p *policy, c *records.Record, anyOne bool) {
	field, operator := c.Text("field"), c.Text("operator")
	values := c.Texts("value")
	if v := c.Text("value"); v != "" {
		values = []string{v}
	}
	is := operator == "is" || operator == "includes" && len(values) == 1
	key, known := map[string]string{"type": "issue", "ticket_type_id": "issue", "priority": "priority", "via_id": "channel", "via": "channel", "organization_id": "tier"}[field]
	fits := known && is && len(values) > 0
	if anyOne && (len(p.match) > 1 || len(p.match) == 1 && p.match[key] == nil) {
		fits = false
	}
	if !anyOne && p.match[key] != nil {
		fits = false
	}
	if !fits {
		p.foreign = append(p.foreign, strings.TrimSpace(fmt.Sprintf("%s %s %s", field, strings.ReplaceAll(operator, "_", " "), strings.Join(r.In.Values(field, values), " or "))))
		return
	}
	if key == "tier" {
		p.orgs = append(p.orgs, values...)
		for i, v := range values {
			values[i] = r.In.AccountName(r.Name(orgs, v, p.at))
		}
	}
	p.match[key] = append(p.match[key], values...)
}

// policyRow is a target as warehouses have it, with its history: the latest state counts.
func (r *reader) policyRow(p *policy, rec *records.Record) {
	updated := r.Time(rec, "sla_policy_updated_at")
	switch {
	case updated.Before(p.updated):
		return
	case updated.After(p.updated):
		p.metrics, p.updated = nil, updated
	}
	r.target(p, rec, rec.Text("metric"))
}

// target reads one target: minutes, or seconds where the field says so.
func (r *reader) target(p *policy, rec *records.Record, word string) {
	m, ok := policyMetrics[word]
	if !ok {
		r.Refuse(rec.Place, "policy %s: the metric %s", p.title, word)
		return
	}
	within := time.Minute
	n, ok := rec.Number("target")
	if s, seconds := rec.Number("target_in_seconds"); seconds {
		n, ok, within = s, true, time.Second
	}
	if !ok || n <= 0 || n > 1e8 {
		r.Refuse(rec.Place, "policy %s: the target of %s, which is no number of minutes", p.title, word)
		return
	}
	business, _ := rec.Bool("business_hours")
	p.metrics = append(p.metrics, metric{m, rec.Text("priority"), time.Duration(n * float64(within)), business})
}

// promise writes the policies into the book, once the schedule is known.
func (r *reader) promise() {
	r.Book.Resolve = sla.FirstMatch
	for _, p := range r.list {
		match := p.match
		switch {
		case r.byTier:
			match = terms.Match{"tier": {p.title}}
		case len(p.foreign) > 0:
			r.Refuse(p.at, "policy %s, since it asks for %s", p.title, strings.Join(p.foreign, " and "))
			continue
		}
		turns := []turn{{r.hours, match}}
		if slices.ContainsFunc(p.metrics, func(m metric) bool { return m.business }) {
			turns = r.turns(match)
		}
		for _, turn := range turns {
			r.Book.Policies = append(r.Book.Policies, r.on(&p, turn, len(turns) > 1))
		}
	}
}

// on is a policy for the tickets of a schedule.
func (r *reader) on(p *policy, turn turn, several bool) terms.Policy {
	out := terms.Policy{Name: p.title, Match: turn.match, Why: "SLA policy " + p.id + " of Zendesk"}
	if several && turn.schedule != r.hours {
		out.Name += " by " + turn.schedule
	}
	for _, m := range p.metrics {
		t := terms.Target{Metric: m.metric, Priority: m.priority, Within: m.within}
		if m.business {
			t.Calendar = turn.schedule
		}
		if m.business && turn.schedule == "" {
			r.Refuse(p.at, "business hours of policy %s, since there is no schedule: counted by the clock on the wall", p.title)
		}
		out.Targets = append(out.Targets, t)
	}
	return out
}

// number reads a whole number of minutes of a week.
func number(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= 7*24*60
}
