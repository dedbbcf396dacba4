package freshdesk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/desk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/records"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/terms"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

var days = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// hours reads the business hours. Those that are the default count.
func (r *reader) hours() error {
	n := 0
	err := r.Each(func(_ string, rec *records.Record) error {
		name := rec.Text("name")
		s := terms.Schedule{Name: name, Zone: r.Zone(rec.Text("time_zone"), rec.Place), Why: "business hours " + rec.Text("id") + " of Freshdesk"}
		for day, word := range days {
			if from, to := rec.Text("business_hours", word, "start_time"), rec.Text("business_hours", word, "end_time"); from != "" || to != "" {
				a, ok1 := minute(from)
				b, ok2 := minute(to)
				if b == 0 && ok2 {
					b = 24 * 60
				}
				if !ok1 || !ok2 || a >= b {
					r.Refuse(rec.Place, "hours of %s on %s from %s to %s", name, word, from, to)
					continue
				}
				terms.Open(&s.Week, day*24*60+a, day*24*60+b)
			}
		}
		for _, h := range rec.List("list_of_holidays") {
			when, err := time.Parse(time.DateOnly, h.Text("date"))
			if err != nil {
				r.Refuse(rec.Place, "the holiday %s of %s, whose date is %q", h.Text("name"), name, h.Text("date"))
				continue
			}
			s.Closed = append(s.Closed, calendar.DateOf(when))
		}
		r.Book.Schedules = append(r.Book.Schedules, s)
		if standard, _ := rec.Bool("is_default"); standard || n == 0 {
			r.calendar = name
		}
		n++
		return nil
	}, hours)
	if n > 1 {
		r.In.Odd(desk.Unsettled, "there are several business hours: promises count on the default, "+r.calendar, intake.Place{})
	}
	return err
}

// minute reads a time of day such as 8:00 am.
func minute(text string) (int, bool) {
	for _, layout := range []string{"3:04 pm", "15:04", "15:04:05"} {
		if t, err := time.Parse(layout, strings.ToLower(strings.TrimSpace(text))); err == nil {
			return t.Hour()*60 + t.Minute(), true
		}
	}
	return 0, false
}

// targets are the promises of a policy, in seconds.
var targets = []struct {
	field  string
	metric sla.Metric
	pauses []ticket.Status
}{
	{"respond_within", sla.FirstReply, nil}, {"next_respond_within", sla.NextReply, nil},
	{"resolve_within", sla.Resolution, []ticket.Status{ticket.Pending, ticket.OnHold}},
}

// policies reads what is promised to whom. The first by position counts.
func (r *reader) policies() error {
	type placed struct {
		terms.Policy
		position float64
	}
	var list []placed
	err := r.Each(func(_ string, rec *records.Record) error {
		if active, said := rec.Bool("active"); said && !active {
			return nil
		}
		p := placed{Policy: terms.Policy{Name: rec.Text("name"), Match: terms.Match{}, Why: "SLA policy " + rec.Text("id") + " of Freshdesk"}}
		p.position, _ = rec.Number("position")
		if standard, _ := rec.Bool("is_default"); standard {
			p.position = 1e9
		}
		if foreign := r.applicable(&p.Policy, rec); len(foreign) > 0 {
			r.Refuse(rec.Place, "policy %s, since it is for %s", p.Name, strings.Join(foreign, " and "))
			return nil
		}
		for number := 4; number >= 1; number-- {
			r.target(&p.Policy, rec.Within("sla_target", fmt.Sprintf("priority_%d", number)), priorities[fmt.Sprint(number)])
		}
		if len(list) < 1000 {
			list = append(list, p)
		}
		return nil
	}, policies)
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.position, b.position) })
	r.Book.Resolve = sla.FirstMatch
	for _, p := range list {
		r.Book.Policies = append(r.Book.Policies, p.Policy)
	}
	return err
}

// applicable takes whom a policy is for; what a scenario cannot say is given back.
func (r *reader) applicable(p *terms.Policy, rec *records.Record) (foreign []string) {
	of := rec.Within("applicable_to")
	for _, field := range of.Fields() {
		values := of.Texts(field)
		switch {
		case len(values) == 0:
		case field == "ticket_types":
			p.Match["issue"] = values
		case field == "sources":
			for _, v := range values {
				p.Match["channel"] = append(p.Match["channel"], channelOf(v))
			}
		case field == "company_ids":
			for _, v := range values {
				r.byCompany[v] = true
				p.Match["tier"] = append(p.Match["tier"], r.In.AccountName(r.Name(companies, v, rec.Place)))
			}
		default:
			foreign = append(foreign, field+" "+strings.Join(r.In.Values(field, values), " or "))
		}
	}
	return foreign
}

func (r *reader) target(p *terms.Policy, rec *records.Record, priority string) {
	business, _ := rec.Bool("business_hours")
	for _, t := range targets {
		seconds, ok := rec.Number(t.field)
		if !ok || seconds <= 0 || seconds > 1e9 {
			continue
		}
		target := terms.Target{Metric: t.metric, Priority: priority, Within: time.Duration(seconds * float64(time.Second)), Pauses: t.pauses}
		if business {
			target.Calendar = r.calendar
		}
		if business && r.calendar == "" {
			r.Refuse(rec.Place, "business hours of policy %s, since the export has none: counted by the clock on the wall", p.Name)
		}
		p.Targets = append(p.Targets, target)
	}
}

// verdicts are what Freshdesk itself has recorded.
func (r *reader) verdicts(id string, rec *records.Record) error {
	for _, v := range []struct {
		flag, due, done string
		metric          sla.Metric
	}{{"fr_escalated", "fr_due_by", "first_responded_at", sla.FirstReply}, {"is_escalated", "due_by", "resolved_at", sla.Resolution}} {
		broken, said := rec.Bool(v.flag)
		if !said || rec.Text(v.due) == "" {
			continue
		}
		m := intake.Mark{Ticket: id, Metric: v.metric, Kind: intake.Broken, At: r.Time(rec, v.due)}
		if !broken {
			m.Kind, m.At = intake.Fulfilled, r.Time(rec, "stats", v.done)
			if m.At.IsZero() {
				continue // not yet
			}
		}
		if err := r.Verdict(m, rec.Place); err != nil {
			return err
		}
	}
	return nil
}
