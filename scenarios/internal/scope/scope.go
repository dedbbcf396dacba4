package scope

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

// Scope is what all sections of a scenario share while it is read: what is known so far, and
// how values are read that more than one section has. Whatever is wrong is reported, and left out
// of the scenario.
type Scope struct {
	Top yamltree.Value // the whole tree
	Out *model.Scenario

	Settings []Setting
	noted    map[string]int  // the place of each path in settings
	Taken    map[string]bool // the keys of the table that were asked for

	Zone              *time.Location
	Axis              calendar.Axis
	FirstDay, LastDay calendar.Date // for which holidays are looked up

	Known    known
	Currency currency
}

// New is the scope of a scenario that is about to be read from a tree.
func New(top yamltree.Value, name string) *Scope {
	return &Scope{Top: top, Out: &model.Scenario{Name: name}, noted: map[string]int{}, Taken: map[string]bool{}}
}

// known are the names that sections may speak of.
type known struct {
	Tiers, Priorities, Channels, Issues, Skills, Accounts, Calendars, Teams, Streams Words
}

// currency is the one of all money, with the place that said it first.
type currency struct {
	Code string
	at   yamltree.Span
}

// Stretch reads from and until, in whole days.
func (d *Scope) Stretch(s Section) (from, until calendar.Date) {
	v := s.Key("from")
	if v.Exists() {
		from, _ = scalar.Date(v)
	}
	w := s.Key("until")
	if w.Exists() {
		until, _ = scalar.Date(w)
	}
	if !from.IsZero() && !until.IsZero() && until.Compare(from) < 0 {
		w.Failf(fmt.Sprintf("from is %v", from), "%v lies before it starts", until)
	}
	return from, until
}

// Only is the name under key, or the only one there is.
func (d *Scope) Only(s Section, key string, known Words) (int, bool) {
	v := s.Key(key)
	if v.Exists() {
		return known.Find(v)
	}
	if len(known.List) != 1 {
		if len(known.List) > 1 && s.OK() {
			v.Failf(known.Plural+": "+ClipList(known.List), "%s is missing, and there is more than one", key)
		}
		return 0, false
	}
	s.Assumed(key, known.List[0])
	return 0, true
}

type indexShare struct {
	Index int
	Share float64
}

// Shares reads one name, or a map from names to shares that add up to 100%.
func (d *Scope) Shares(s Section, key string, known Words) []indexShare {
	v := s.Key(key)
	if !v.Exists() || v.Node.Kind == yamltree.Scalar {
		if i, ok := d.Only(s, key, known); ok {
			return []indexShare{{i, 1}}
		}
		return nil
	}
	var out []indexShare
	total, good := 0., true
	for _, e := range v.Entries(fmt.Sprintf("the name of a %s, or a map from names to percentages", known.Noun)) {
		i, ok := known.Find(e.Name)
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
		out[i].Share /= total
	}
	return out
}

// ShareOf reads "3% of orders-by-email", the share of a stream.
func (d *Scope) ShareOf(v yamltree.Value) (share float64, stream int, ok bool) {
	text, ok := v.Text("a share of a stream, such as 3% of mail")
	if !ok {
		return 0, 0, false
	}
	head, name, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf("write such as 3% of "+cmp.Or(first(d.Known.Streams.List), "mail"), "%q does not say of which stream", scalar.Clip(text))
		return 0, 0, false
	}
	share, ok1 := scalar.Percent(v.Within(0, len(head)).WithText(head), 0, 1)
	at := len(head) + len(" of ")
	stream, ok2 := d.Known.Streams.Find(v.Within(at, len(name)).WithText(strings.TrimSpace(name)))
	return share, stream, ok1 && ok2
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// Match reads which tickets are meant, from a map with the keys of every match; all of them where
// nothing was written.
func (d *Scope) Match(v yamltree.Value, pattern string) sla.Match {
	var m sla.Match
	if !v.Exists() {
		return m
	}
	s := d.Section(v, pattern)
	m = d.Matching(s)
	s.Done()
	return m
}

// Matching reads the keys that every match has.
func (d *Scope) Matching(s Section) (m sla.Match) {
	m.Tiers = List(s.Key("tier"), d.Known.Tiers.Find, func(i int) ticket.Tier { return ticket.Tier(i) })
	m.Issues = List(s.Key("issue"), d.Known.Issues.Find, func(i int) ticket.Issue { return ticket.Issue(i) })
	m.Channels = List(s.Key("channel"), d.Known.Channels.Find, func(i int) ticket.Channel { return ticket.Channel(i) })
	m.Priorities = List(s.Key("priority"), d.Known.Priorities.Find, func(i int) ticket.Priority { return ticket.Priority(i) })
	m.Accounts = List(s.Key("account"), d.Known.Accounts.Find, func(i int) ticket.Account { return ticket.Account(i) })
	return m
}

// Since is an instant on the clocks of the scenario, since its start.
func (d *Scope) Since(v yamltree.Value) time.Duration {
	if !v.Exists() {
		return 0
	}
	at, ok := scalar.Moment(v, d.Zone)
	if !ok {
		return 0
	}
	return d.Axis.Since(at)
}

// Show writes an instant on the clocks of the scenario.
func (d *Scope) Show(t time.Duration) string {
	return d.Axis.At(t).Format("2006-01-02 15:04")
}

// Holidays are dates off: a country, a date, or a list of these.
func (d *Scope) Holidays(v yamltree.Value) []calendar.Date {
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
		list, err := calendar.Holidays(text, d.FirstDay, d.LastDay)
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
	MostSmall = 1<<8 - 1
	MostLarge = 10_000
)
