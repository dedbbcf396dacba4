package salesforce

import (
	"cmp"
	"maps"
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

var days = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// hours reads business hours, and the holidays that close them all: which they close is in no export.
func (r *reader) hours() error {
	err := r.Each(func(_ string, rec *records.Record) error {
		if active, said := rec.Bool("IsActive"); said && !active {
			return nil
		}
		s := terms.Schedule{Name: rec.Text("Name"), Zone: r.Zone(rec.Text("TimeZoneSidKey"), rec.Place), Why: "business hours of Salesforce"}
		for day, word := range days {
			from, to := rec.Text(word+"StartTime"), rec.Text(word+"EndTime")
			if from == "" && to == "" {
				continue
			}
			a, ok1 := minute(from)
			b, ok2 := minute(to)
			if b == 0 { // the midnight that ends the day; from 00:00 to 00:00 is all of it
				b = 24 * 60
			}
			if !ok1 || !ok2 || a >= b {
				r.Refuse(rec.Place, "hours of %s on %s from %s to %s", s.Name, word, from, to)
				continue
			}
			terms.Open(&s.Week, day*24*60+a, day*24*60+b)
		}
		r.Learn(hours, ID(rec.Text("Id")), s.Name)
		r.Book.Schedules = append(r.Book.Schedules, s)
		return nil
	}, hours)
	if err != nil {
		return err
	}
	return r.Each(func(_ string, rec *records.Record) error {
		date, _, _ := strings.Cut(rec.Text("ActivityDate"), "T")
		day, err := time.Parse(time.DateOnly, date)
		all, _ := rec.Bool("IsAllDay")
		if repeated, _ := rec.Bool("IsRecurrence"); repeated || !all || err != nil {
			r.Refuse(rec.Place, "the holiday %s, which is repeated or no whole day", rec.Text("Name"))
			return nil
		}
		if len(r.Book.Schedules) > 1 {
			r.In.Odd(desk.Unsettled, "holidays do not say which business hours they close: taken for all", rec.Place)
		}
		for i := range r.Book.Schedules {
			r.Book.Schedules[i].Closed = append(r.Book.Schedules[i].Closed, calendar.DateOf(day))
		}
		return nil
	}, holidays)
}

// minute reads a time of day such as 09:00:00.000Z, whose Z means nothing: it is by the clocks of the zone.
func minute(text string) (int, bool) {
	for _, layout := range []string{"15:04:05.000Z", "15:04:05Z", "15:04:05", "15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Hour()*60 + t.Minute(), true
		}
	}
	return 0, false
}

// agreementKey is a type of milestone under an entitlement.
type agreementKey struct{ tier, kind string }

// agreement is what milestones of a kind say.
type agreement struct {
	goals map[string]map[goal]int // milestones by the priority of their case
	at    intake.Place
}

type goal struct {
	within time.Duration
	hours  string
}

// metricOf takes the metric from the name of a type of milestone.
func metricOf(name string) (sla.Metric, bool) {
	lower := strings.ToLower(name)
	switch {
	case strings.Contains(lower, "response"), strings.Contains(lower, "respond"), strings.Contains(lower, "reply"):
		return sla.FirstReply, true
	case strings.Contains(lower, "resol"), strings.Contains(lower, "clos"):
		return sla.Resolution, true
	}
	return 0, false
}

// milestones reads what was promised to cases, and what became of it.
func (r *reader) milestones() error {
	return r.Each(func(_ string, rec *records.Record) error {
		id := ID(rec.Text("CaseId"))
		name := r.Name(types, ID(rec.Text("MilestoneTypeId")), rec.Place)
		metric, ok := metricOf(name)
		if !ok {
			r.Refuse(rec.Place, "milestones %q, whose name says neither response nor resolution", name)
			return nil
		}
		if of, known := r.promised.get(id); known || len(r.promised.of) < mostCases {
			r.learnGoal(agreementKey{of.tier, name}, of.priority, rec)
		}
		m := intake.Mark{Ticket: id, Metric: metric, Policy: name, Round: records.Sum(ID(rec.Text("Id")))}
		violated, _ := rec.Bool("IsViolated")
		completed, _ := rec.Bool("IsCompleted")
		switch {
		case violated:
			m.Kind, m.At = intake.Broken, r.Time(rec, "TargetDate")
		case completed:
			m.Kind, m.At = intake.Fulfilled, r.Time(rec, "CompletionDate")
		default:
			return nil
		}
		return r.Verdict(m, rec.Place)
	}, milestones)
}

// learnGoal counts the target of a milestone.
func (r *reader) learnGoal(key agreementKey, priority string, rec *records.Record) {
	minutes, ok := rec.Number("TargetResponseInMins")
	if !ok || minutes <= 0 || minutes > 1e7 {
		r.In.Odd(desk.NotTranslated, "milestones without a target in minutes", rec.Place)
		return
	}
	a := r.agreements[key]
	if a == nil {
		if len(r.agreements) == 10_000 {
			return
		}
		a = &agreement{goals: map[string]map[goal]int{}, at: rec.Place}
		r.agreements[key], r.order = a, append(r.order, key)
	}
	goals := a.goals[priority]
	if goals == nil {
		if len(a.goals) == mostPriorities {
			return
		}
		goals = map[goal]int{}
		a.goals[priority] = goals
	}
	if len(goals) < 1000 {
		goals[goal{time.Duration(minutes) * time.Minute, r.Names[hours][ID(rec.Text("BusinessHoursId"))]}]++
	}
}

// mostPriorities is how many priorities a log can tell apart.
const mostPriorities = 256

// promise writes a policy for each type of milestone under each entitlement.
func (r *reader) promise() {
	r.Book.Resolve = sla.All
	for _, key := range r.order {
		a := r.agreements[key]
		metric, _ := metricOf(key.kind)
		p := terms.Policy{Name: strings.TrimSpace(key.tier + " " + key.kind), Why: "read off its milestones"}
		if key.tier != "" {
			p.Match = terms.Match{"tier": {key.tier}}
		}
		var pauses []ticket.Status
		if metric == sla.Resolution {
			pauses = []ticket.Status{ticket.Pending}
			r.In.Odd(desk.Inferred, "milestones "+terms.Name(key.kind)+" are taken to stand still while the customer is waited for", a.at)
		}
		for _, priority := range slices.Sorted(maps.Keys(a.goals)) {
			if priority == "" && len(a.goals) > 1 {
				r.Refuse(a.at, "the targets of milestones %q of cases without a priority: those of the priorities are taken", p.Name)
				continue
			}
			goals := ranked(a.goals[priority])
			if len(goals) > 1 {
				r.Refuse(a.at, "%d further targets of milestones %q%s: most have %s", len(goals)-1, p.Name, desk.OfPriority(priority), goals[0].within)
			}
			p.Targets = append(p.Targets, terms.Target{Metric: metric, Priority: priority, Within: goals[0].within, Calendar: goals[0].hours, Pauses: pauses})
		}
		p.Targets = desk.Alike(p.Targets)
		r.Book.Policies = append(r.Book.Policies, p)
	}
}

// ranked are goals from the one of most milestones on, the shortest first among equals.
func ranked(goals map[goal]int) []goal {
	return slices.SortedFunc(maps.Keys(goals), func(x, y goal) int {
		return cmp.Or(goals[y]-goals[x], cmp.Compare(x.within, y.within), strings.Compare(x.hours, y.hours))
	})
}
