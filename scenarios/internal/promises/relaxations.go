package promises

import (
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// relaxations reads the announced times in which promises are longer.
func (d *Decoder) relaxations(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	for _, e := range v.Named("relaxation", language.ListNames["relaxations"]...) {
		d.Out.SLA.Relaxations = append(d.Out.SLA.Relaxations, d.relaxation(e))
	}
}

func (d *Decoder) relaxation(e yamltree.Entry) sla.Relaxation {
	x := sla.Relaxation{Name: e.Key}
	s := d.Section(e.Value, "sla.relaxations.*")
	if v := s.Key("name"); v.Exists() {
		scope.GoodName(v)
	} else {
		s.Assumed("name", e.Key)
	}
	announced := s.Key("announced")
	x.From = d.Since(s.Need("from", "write from: 2026-11-27"))
	x.Until = d.Since(s.Need("until", "write until: 2026-12-01"))
	if x.Announced = x.From; announced.Exists() {
		x.Announced = d.Since(announced)
	}
	x.Match = d.Match(s.Key("match"), "sla.relaxations.*.match")
	for m := range sla.Metrics {
		if v := s.Key(m.String()); v.Exists() {
			if t, ok := d.relaxed(v, m, &x.Match); ok {
				x.Targets = append(x.Targets, t)
			}
		}
	}
	if v := s.Key("patience"); v.Exists() {
		x.Patience, _ = scalar.Percent(v, -0.9, 10)
	}
	s.Done()
	return x
}

// relaxed reads one factor or time for all priorities, or a map from priorities to
// them. Priorities that the map leaves out keep their target.
func (d *Decoder) relaxed(v yamltree.Value, m sla.Metric, match *sla.Match) (sla.Relaxed, bool) {
	n := len(d.Known.Priorities.List)
	t := sla.Relaxed{Metric: m, Within: make([]time.Duration, n), Factor: make([]float64, n)}
	if v.Node.Kind != yamltree.Map {
		within, factor, ok := d.longer(v, m, match)
		for p := range n {
			t.Within[p], t.Factor[p] = within, factor
		}
		return t, ok
	}
	good := true
	for _, e := range v.Entries("") {
		p, ok := d.Known.Priorities.Find(e.Name)
		within, factor, ok2 := d.longer(e.Value, m, match)
		good = good && ok && ok2
		if ok {
			t.Within[p], t.Factor[p] = within, factor
		}
	}
	return t, good
}

// longer reads "x2", "+50%" or "48h".
func (d *Decoder) longer(v yamltree.Value, m sla.Metric, match *sla.Match) (time.Duration, float64, bool) {
	text, ok := v.Text("a factor such as x2, or a time such as 48h")
	if !ok {
		return 0, 0, false
	}
	if isFactor(text) {
		f, ok := factor(v)
		return 0, f, ok
	}
	cal, one := d.calendarOf(m, match)
	if !one {
		if l, _, err := scalar.ParseLength(text); err == nil && (l.IsBusiness() || l.Days > 0) {
			v.Failf("write hours, which each policy counts on its own calendar, or a factor such as x2",
				"%q is not the same on every calendar, and the policies that promise %s have several", scalar.Clip(text), m)
			return 0, 0, false
		}
		within, ok := scalar.PositiveDuration(v)
		return within, 0, ok
	}
	within, ok := d.workingTime(v, cal)
	return within, 0, ok
}

// calendarOf is the calendar of the policies that promise a metric to tickets of a match,
// false if they have several.
func (d *Decoder) calendarOf(m sla.Metric, match *sla.Match) (*calendar.Calendar, bool) {
	var found *calendar.Calendar
	for i := range d.Out.SLA.Policies {
		p := &d.Out.SLA.Policies[i]
		for _, t := range p.Targets {
			switch cal := d.Out.Calendars[p.Calendar]; {
			case t.Metric != m || !meet(&p.Match, match):
			case found != nil && found != cal:
				return nil, false
			default:
				found = cal
			}
		}
	}
	if found == nil { // which Check reports
		found = d.Out.Calendars[0]
	}
	return found, true
}

// meet reports whether a ticket can be of both matches.
func meet(a, b *sla.Match) bool {
	return share(a.Channels, b.Channels) && share(a.Issues, b.Issues) && share(a.Tiers, b.Tiers) &&
		share(a.Priorities, b.Priorities) && share(a.Accounts, b.Accounts)
}

// share reports whether two lists, of which an empty one holds everything, have anything
// in common.
func share[T comparable](a, b []T) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// isFactor tells x2 and +50% from a time.
func isFactor(text string) bool {
	return strings.HasPrefix(text, "x") || strings.HasPrefix(text, "×") || strings.HasSuffix(text, "%")
}

// factor reads how many times as long something is: x2, or +100% for the same.
func factor(v yamltree.Value) (float64, bool) {
	const want = "want a factor such as x2, or +100% for the same"
	text, ok := v.Text("a factor, such as x2")
	if !ok {
		return 0, false
	}
	if strings.HasSuffix(text, "%") {
		if !strings.HasPrefix(text, "+") {
			v.Failf("write +"+text+", or a factor such as x2", "%q does not say by how much it is longer", scalar.Clip(text))
			return 0, false
		}
		more, ok := scalar.Percent(v, 0, 99)
		return 1 + more, ok
	}
	x, isNumber := scalar.ParseNumber(strings.TrimSpace(strings.TrimLeft(text, "x×")))
	switch {
	case !isFactor(text) || !isNumber:
		v.Failf(want, "%q is not a factor", scalar.Clip(text))
	case x < 1 || x > 100:
		v.Failf("want x1 to x100", "%s is out of range", scalar.Clip(text))
	default:
		return x, true
	}
	return 0, false
}
