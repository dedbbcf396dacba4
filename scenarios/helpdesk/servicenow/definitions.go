package servicenow

import (
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// definition is an SLA definition, as far as flags need it.
type definition struct {
	name   string
	metric sla.Metric
}

// Duration reads a duration as ServiceNow writes it: the time since 1970-01-01 00:00:00 UTC.
func Duration(text string) (time.Duration, bool) {
	at, ok := new(records.Instants).Read([]byte(text))
	if !ok || at.Before(time.Unix(0, 0)) || at.Year() > 2100 {
		return 0, false
	}
	return at.Sub(time.Unix(0, 0)), true
}

// definitions reads what is promised. All that match attach.
func (r *reader) definitions() error {
	r.Book.Resolve = sla.All
	return r.Each(func(_ string, rec *records.Record) error {
		d := &definition{name: rec.Text("name"), metric: sla.Resolution}
		switch target := strings.ToLower(rec.Text("target")); {
		case target == "response":
			d.metric = sla.FirstReply
		case target != "resolution":
			d.metric = r.guess(d.name, rec.Place)
		}
		if len(r.slas) < 10_000 {
			r.slas[ref(rec, "sys_id")] = d
		}
		r.define(d, rec)
		return nil
	}, definitions)
}

// guess takes the metric from a name, where nothing else says it.
func (r *reader) guess(name string, at intake.Place) sla.Metric {
	metric, word := sla.Resolution, "a resolution"
	if lower := strings.ToLower(name); strings.Contains(lower, "response") || strings.Contains(lower, "respond") {
		metric, word = sla.FirstReply, "a first reply"
	}
	r.In.Odd(desk.Inferred, "by its name "+terms.Name(name)+" is "+word, at)
	return metric
}

// define writes a definition into the book, if a scenario can say it.
func (r *reader) define(d *definition, rec *records.Record) {
	if active, said := rec.Bool("active"); said && !active {
		return
	}
	var foreign []string
	if kind := rec.Text("type"); kind != "" && kind != "SLA" {
		foreign = append(foreign, "it is of type "+kind)
	}
	within, ok := Duration(rec.Text("duration"))
	if !ok || within <= 0 {
		foreign = append(foreign, "its duration is relative or missing")
	}
	p := terms.Policy{Name: d.name, Match: terms.Match{}, Why: "SLA definition of ServiceNow"}
	start, strange := conditions(rec.Text("start_condition"))
	for _, s := range strange {
		if v := r.In.Values(s, []string{s}); v[0] != s {
			s = "a condition on a person or a customer holds"
		}
		foreign = append(foreign, "it starts if "+s)
	}
	for field, values := range start {
		switch field {
		case "priority":
			for _, v := range values {
				p.Match["priority"] = append(p.Match["priority"], priority(v))
			}
		case "category":
			p.Match["issue"] = values
		case "active", "sys_class_name":
		default:
			foreign = append(foreign, "it starts if "+field+" is "+strings.Join(r.In.Values(field, values), " or "))
		}
	}
	t := terms.Target{Metric: d.metric, Within: within}
	var wrong string
	if t.Pauses, wrong = pauses(rec.Text("pause_condition")); wrong != "" {
		foreign = append(foreign, "it pauses if "+wrong)
	}
	if id := ref(rec, "schedule"); id != "" {
		t.Calendar = r.Names[schedules][id]
		if t.Calendar == "" {
			foreign = append(foreign, "its schedule "+id+" is not there")
		}
	}
	if len(foreign) > 0 {
		slices.Sort(foreign)
		r.Refuse(rec.Place, "SLA definition %s, since %s", d.name, strings.Join(foreign, " and "))
		return
	}
	p.Targets = []terms.Target{t}
	r.Book.Policies = append(r.Book.Policies, p)
}

// conditions are the fields of an encoded query with the values of which they must have one, and what
// cannot be said so.
func conditions(query string) (fields map[string][]string, strange []string) {
	fields = map[string][]string{}
	for _, term := range strings.Split(query, "^") {
		if term == "" || term == "EQ" {
			continue
		}
		field, value, ok := strings.Cut(term, "=")
		if in, list, is := strings.Cut(term, "IN"); is && !ok {
			field, value, ok = in, list, true
		}
		if !ok || strings.HasPrefix(field, "OR") || strings.HasPrefix(field, "NQ") || strings.ContainsAny(field, "!<>") || fields[field] != nil {
			strange = append(strange, term)
			continue
		}
		fields[field] = strings.Split(value, ",")
	}
	return fields, strange
}

// pauses are the statuses in which a pause condition holds; wrong is what of it cannot be said.
func pauses(query string) (statuses []ticket.Status, wrong string) {
	fields, strange := conditions(query)
	if len(strange) > 0 {
		return nil, strings.Join(strange, " and ")
	}
	held := func(word string) []ticket.Status {
		s, ok := incidentStates[strings.ToLower(word)]
		switch {
		case !ok || desk.Closed(s):
			return nil
		case s == ticket.OnHold && len(word) == 1: // on hold for whatever reason
			return []ticket.Status{ticket.Pending, ticket.OnHold}
		}
		return []ticket.Status{s}
	}
	for _, field := range []string{"state", "incident_state"} {
		for _, word := range fields[field] {
			of := held(word)
			if of == nil {
				return nil, field + " is " + word
			}
			statuses = append(statuses, of...)
		}
		delete(fields, field)
	}
	if reasons := fields["hold_reason"]; len(reasons) > 0 {
		statuses = nil
		for _, word := range reasons {
			s, ok := holdReasons[strings.ToLower(word)]
			if !ok {
				return nil, "hold_reason is " + word
			}
			statuses = append(statuses, s)
		}
		delete(fields, "hold_reason")
	}
	for field := range fields {
		return nil, field + " is " + strings.Join(fields[field], " or ")
	}
	slices.Sort(statuses)
	return slices.Compact(statuses), ""
}

// marks reads what ServiceNow itself has recorded of each promise. Where it has not, made has taken what the tasks say.
func (r *reader) marks() error {
	return r.Each(func(_ string, rec *records.Record) error {
		id := ref(rec, "sla")
		d := r.slas[id]
		if d == nil {
			d = &definition{name: id, metric: r.guess(id, rec.Place)}
		}
		m := intake.Mark{Ticket: ref(rec, "task"), Metric: d.metric, Policy: d.name, Round: records.Sum(ref(rec, "sys_id"))}
		breached, said := rec.Bool("has_breached")
		stage := strings.ToLower(rec.Text("stage"))
		switch {
		case breached:
			m.Kind, m.At = intake.Broken, r.Time(rec, "planned_end_time")
		case !said || stage != "completed" && stage != "achieved":
			return nil // open, or cancelled: no verdict
		default:
			m.Kind, m.At = intake.Fulfilled, r.Time(rec, "end_time")
		}
		return r.Verdict(m, rec.Place)
	}, taskSLAs)
}

// made is what a task says of all its promises.
func (r *reader) made(rec *records.Record) error {
	kept, said := rec.Bool("made_sla")
	closed := r.Time(rec, "closed_at")
	if !said || closed.IsZero() {
		return nil
	}
	m := intake.Mark{Ticket: ref(rec, "sys_id"), Metric: sla.Resolution, Policy: "made_sla", Kind: intake.Broken, At: closed}
	if kept {
		m.Kind = intake.Fulfilled
	}
	return r.Verdict(m, rec.Place)
}
