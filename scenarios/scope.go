package scenarios

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// scope is what all sections of a scenario share while it is read: what is known so far, and
// how values are read that more than one section has. Whatever is wrong is reported, and left out
// of the scenario.
type scope struct {
	top yamltree.Value // the whole tree
	out *model.Scenario

	settings []Setting
	noted    map[string]int  // the place of each path in settings
	taken    map[string]bool // the keys of the table that were asked for

	zone              *time.Location
	axis              calendar.Axis
	firstDay, lastDay calendar.Date // for which holidays are looked up

	known    known
	currency currency
}

// newScope is the scope of a scenario that is about to be read from a tree.
func newScope(top yamltree.Value, name string) *scope {
	return &scope{top: top, out: &model.Scenario{Name: name}, noted: map[string]int{}, taken: map[string]bool{}}
}

// known are the names that sections may speak of.
type known struct {
	tiers, priorities, channels, issues, skills, accounts, calendars, teams, streams words
}

// currency is the one of all money, with the place that said it first.
type currency struct {
	code string
	at   yamltree.Span
}

// stretch reads from and until, in whole days.
func (d *scope) stretch(s section) (from, until calendar.Date) {
	v := s.take("from")
	if v.Exists() {
		from, _ = scalar.Date(v)
	}
	w := s.take("until")
	if w.Exists() {
		until, _ = scalar.Date(w)
	}
	if !from.IsZero() && !until.IsZero() && until.Compare(from) < 0 {
		w.Failf(fmt.Sprintf("from is %v", from), "%v lies before it starts", until)
	}
	return from, until
}

// only is the name under key, or the only one there is.
func (d *scope) only(s section, key string, known words) (int, bool) {
	v := s.take(key)
	if v.Exists() {
		return known.find(v)
	}
	if len(known.list) != 1 {
		if len(known.list) > 1 && s.OK() {
			v.Failf(known.plural+": "+clipList(known.list), "%s is missing, and there is more than one", key)
		}
		return 0, false
	}
	s.assumed(key, known.list[0])
	return 0, true
}

type indexShare struct {
	index int
	share float64
}

// shares reads one name, or a map from names to shares that add up to 100%.
func (d *scope) shares(s section, key string, known words) []indexShare {
	v := s.take(key)
	if !v.Exists() || v.Node.Kind == yamltree.Scalar {
		if i, ok := d.only(s, key, known); ok {
			return []indexShare{{i, 1}}
		}
		return nil
	}
	var out []indexShare
	total, good := 0., true
	for _, e := range v.Entries(fmt.Sprintf("the name of a %s, or a map from names to percentages", known.noun)) {
		i, ok := known.find(e.Name)
		share, ok2 := scalar.Percent(e.Value, 0, 1)
		good = good && ok && ok2
		if ok && ok2 {
			total += share
			out = append(out, indexShare{i, share})
		}
	}
	if good && v.Node.Kind == yamltree.Map && !scalar.IsWhole(total) {
		v.Failf("", "the shares add up to %s%%, not 100%%", scalar.RoundPercent(total))
		return nil
	}
	for i := range out {
		out[i].share /= total
	}
	return out
}

// shareOf reads "3% of orders-by-email", the share of a stream.
func (d *scope) shareOf(v yamltree.Value) (share float64, stream int, ok bool) {
	text, ok := v.Text("a share of a stream, such as 3% of mail")
	if !ok {
		return 0, 0, false
	}
	head, name, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf("write such as 3% of "+cmp.Or(first(d.known.streams.list), "mail"), "%q does not say of which stream", scalar.Clip(text))
		return 0, 0, false
	}
	share, ok1 := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
	at := len(head) + len(" of ")
	stream, ok2 := d.known.streams.find(v.Within(at, len(name)).WithText(strings.TrimSpace(name)))
	return share, stream, ok1 && ok2
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (d *scope) match(v yamltree.Value, pattern string) sla.Match {
	var m sla.Match
	if !v.Exists() {
		return m
	}
	s := d.section(v, pattern)
	m = d.matching(s)
	s.close()
	return m
}

// matching reads the keys that every match has.
func (d *scope) matching(s section) (m sla.Match) {
	m.Tiers = list(s.take("tier"), d.known.tiers.find, func(i int) ticket.Tier { return ticket.Tier(i) })
	m.Issues = list(s.take("issue"), d.known.issues.find, func(i int) ticket.Issue { return ticket.Issue(i) })
	m.Channels = list(s.take("channel"), d.known.channels.find, func(i int) ticket.Channel { return ticket.Channel(i) })
	m.Priorities = list(s.take("priority"), d.known.priorities.find, func(i int) ticket.Priority { return ticket.Priority(i) })
	m.Accounts = list(s.take("account"), d.known.accounts.find, func(i int) ticket.Account { return ticket.Account(i) })
	return m
}

// since is an instant on the clocks of the scenario, since its start.
func (d *scope) since(v yamltree.Value) time.Duration {
	if !v.Exists() {
		return 0
	}
	at, ok := scalar.Moment(v, d.zone)
	if !ok {
		return 0
	}
	return d.axis.Since(at)
}

// show writes an instant on the clocks of the scenario.
func (d *scope) show(t time.Duration) string {
	return d.axis.At(t).Format("2006-01-02 15:04")
}

// holidays are dates off: a country, a date, or a list of these.
func (d *scope) holidays(v yamltree.Value) []calendar.Date {
	var dates []calendar.Date
	for _, item := range v.Items() {
		text, ok := item.Text("a country such as us, or a date")
		if !ok {
			continue
		}
		if day, ok := scalar.ParseDate(text); ok {
			dates = append(dates, day)
			continue
		}
		list, err := calendar.Holidays(text, d.firstDay, d.lastDay)
		if err != nil {
			item.Failf(countryHint(text), "no public holidays are known for %q", scalar.Clip(text))
			continue
		}
		dates = append(dates, list...)
	}
	return dates
}

func countryHint(text string) string {
	if text == "uk" || text == "UK" {
		return "did you mean gb?"
	}
	known := calendar.Countries()
	if lower := strings.ToLower(text); lower != text {
		if _, err := calendar.Holidays(lower, calendar.Date{Year: 2026, Month: 1, Day: 1}, calendar.Date{Year: 2026, Month: 1, Day: 1}); err == nil {
			return fmt.Sprintf("did you mean %s?", lower)
		}
	}
	var countries []string
	for _, k := range known {
		if !strings.Contains(k, "-") {
			countries = append(countries, k)
		}
	}
	return "known: " + strings.Join(countries, ", ") + ", and regions such as de-by; other days off are given as dates"
}

// The most names of each kind. Attributes are small integers; and what is far
// above any desk is a file that was not meant to be read.
const (
	mostSmall = 1<<8 - 1
	mostLarge = 10_000
)
