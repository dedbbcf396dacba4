package promises

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Decoder reads what is promised, to whom, and what it costs to fail.
type Decoder struct{ *scope.Scope }

// SLA reads the section sla.
func (d *Decoder) SLA(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	s := d.Section(v, "sla")
	resolve, _ := scope.Choice(s.Key("resolve"), sla.ResolveNames())
	d.Out.SLA.Resolve = sla.Resolve(resolve)
	change, _ := scope.Choice(s.Key("change"), sla.ChangeNames())
	d.Out.SLA.Change = sla.Change(change)
	for _, e := range s.Key("policies").Named("policy", language.ListNames["policies"]...) {
		d.Out.SLA.Policies = append(d.Out.SLA.Policies, d.policy(e))
	}
	d.relaxations(s.Key("relaxations"))
	s.Done()
}

func (d *Decoder) policy(e yamltree.Entry) sla.Policy {
	p := sla.Policy{Name: e.Key}
	s := d.Section(e.Value, "sla.policies.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	p.Match = d.Match(s.Key("match"), "sla.policies.*.match")
	p.Calendar, _ = d.Known.Calendars.Find(s.Key("calendar"))
	for m := range sla.Metrics {
		if v := s.Key(m.String()); v.Exists() {
			if t, ok := d.target(v, m, d.Out.Calendars[p.Calendar]); ok {
				p.Targets = append(p.Targets, t)
			}
		}
	}
	s.Done()
	return p
}

// target reads a promise in one of its three forms: one time for all, a map from
// priorities to times, or a map of within, share, pauses_in, reopen, boundary,
// team and until.
func (d *Decoder) target(v yamltree.Value, metric sla.Metric, cal *calendar.Calendar) (sla.Target, bool) {
	t := sla.Target{Metric: metric, Within: make([]time.Duration, len(d.Known.Priorities.List))}
	if v.Node.Kind != yamltree.Map || !structured(v.Node) {
		return t, d.within(v, &t, cal)
	}
	s := v.Table("")
	within, share, pauses := s.Take("within"), s.Take("share"), s.Take("pauses_in")
	reopen, boundary := s.Take("reopen"), s.Take("boundary")
	d.owner(s.Take("team"), s.Take("until"), &t)
	ok := within.Exists()
	if !ok {
		within.Failf("write within: 4h", "within is missing")
	} else {
		ok = d.within(within, &t, cal)
	}
	if share.Exists() {
		if t.Share != 0 {
			share.Failf("", "the share is given twice")
		}
		t.Share, _ = scalar.Percent(share, 0, 1)
	}
	for _, item := range pauses.Items() {
		text, isText := item.Text("a status")
		status, known := ticket.ParseStatus(text)
		if isText && !(known && slices.Contains(pausing, text)) {
			item.Failf(scope.Words{Plural: "statuses", List: pausing}.Hint(text), "%q is not a status in which a clock can pause", scalar.Clip(text))
			continue
		}
		t.Pauses = t.Pauses.With(status)
	}
	if reopen.Exists() {
		i, _ := scope.Choice(reopen, sla.ReopenNames())
		t.Reopen = sla.Reopen(i)
	}
	if boundary.Exists() {
		i, _ := scope.Choice(boundary, sla.BoundaryNames())
		t.Boundary = sla.Boundary(i)
	}
	s.Close(nil)
	return t, ok
}

// pausing are the statuses of a ticket that is neither new, nor solved.
var pausing = []string{ticket.Pending.String(), ticket.OnHold.String(), ticket.Open.String(), ticket.New.String()}

func structured(n *yamltree.Node) bool {
	return slices.ContainsFunc([]string{"within", "pauses_in", "share", "reopen", "boundary", "team", "until"}, func(key string) bool { return n.Get(key) != nil })
}

// within reads one time for all priorities or a map from priorities to times.
// Priorities that the map leaves out are best effort.
func (d *Decoder) within(v yamltree.Value, t *sla.Target, cal *calendar.Calendar) bool {
	if v.Node.Kind != yamltree.Map {
		all, ok := d.promise(v, t, cal)
		for i := range t.Within {
			t.Within[i] = all
		}
		return ok
	}
	for i := range t.Within {
		t.Within[i] = sla.None
	}
	good := true
	for _, e := range v.Entries("") {
		i, ok := d.Known.Priorities.Find(e.Name)
		time, ok2 := d.promise(e.Value, t, cal)
		good = good && ok && ok2
		if ok {
			t.Within[i] = time
		}
	}
	return good
}

const bestEffort = "best effort"

// promise reads "4h", "80% within 20s" or "best effort".
func (d *Decoder) promise(v yamltree.Value, t *sla.Target, cal *calendar.Calendar) (time.Duration, bool) {
	text, ok := v.Text("a time, such as 4h")
	if !ok {
		return sla.None, false
	}
	if text == bestEffort {
		return sla.None, true
	}
	if head, tail, shared := strings.Cut(text, " within "); shared {
		share, ok := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
		switch {
		case !ok:
			return sla.None, false
		case t.Share != 0 && t.Share != share:
			v.Failf("", "the promise has one share for all priorities; another is given above")
			return sla.None, false
		}
		t.Share = share
		return d.workingTime(v.Within(len(text)-len(tail), len(tail)).WithText(tail), cal)
	}
	return d.workingTime(v, cal)
}

// workingTime is a time on a calendar. Days of 24 hours and business time are
// told apart: on a calendar with closed hours "2d" might mean either.
func (d *Decoder) workingTime(v yamltree.Value, cal *calendar.Calendar) (time.Duration, bool) {
	l, ok := scalar.AnyDuration(v)
	if !ok {
		return sla.None, false
	}
	text := v.Node.Text
	if cal.Always {
		if l.IsBusiness() {
			v.Failf("write clock time, such as 4h or 2d, or give the policy a calendar", "%q is business time, but the policy's calendar is always open", text)
			return sla.None, false
		}
		return positive(v, l.Clock)
	}
	if l.Days > 0 {
		v.Failf(fmt.Sprintf("write bd for working days of %s, or hours of its open time", cal.Name),
			"%q might mean days of 24 hours or working days", text)
		return sla.None, false
	}
	total := l.Clock + l.Business
	if l.Workdays > 0 {
		workday, equal := cal.WorkingDay()
		if !equal {
			v.Failf("write hours of its open time, such as 16bh", "%q cannot be counted: the working days of %s are not equally long", text, cal.Name)
			return sla.None, false
		}
		total += time.Duration(l.Workdays * float64(workday))
	}
	return positive(v, total)
}

func positive(v yamltree.Value, d time.Duration) (time.Duration, bool) {
	if d <= 0 {
		v.Failf("", "%q must be longer than nothing", v.Node.Text)
		return sla.None, false
	}
	return d, true
}

// owner reads which team a promise is about, and which moment keeps it.
func (d *Decoder) owner(team, until yamltree.Value, t *sla.Target) {
	if team.Exists() {
		if i, ok := d.Known.Teams.Find(team); ok {
			t.Owner = sla.OwnedBy(ticket.Team(i))
		}
	}
	if until.Exists() {
		i, _ := scope.Choice(until, sla.UntilNames())
		t.Until = sla.Until(i)
	}
}
