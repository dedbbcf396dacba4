package scenarios

import (
	"fmt"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// decoder turns one tree into one scenario. It reports whatever it finds, goes
// on, and leaves out of the scenario what it could not read.
type decoder struct {
	loader *loader
	root   *yamltree.Node
	out    *model.Scenario

	settings []Setting
	noted    map[string]int  // the place of each path in settings
	taken    map[string]bool // the keys of the table that were asked for

	zone              *time.Location
	axis              calendar.Axis
	firstDay, lastDay calendar.Date // for which holidays are looked up

	tiers, priorities, channels, issues, skills, accounts, calendars, teams words
	streams                                                                 words
	spikes                                                                  spikeBook
	sent                                                                    []sent
	asked                                                                   sweep

	currency struct {
		code string
		at   yamltree.Span
	}
}

// decode reads a whole tree. It reports problems of the language only: what does
// not fit together is found by model.Scenario.Check.
func (l *loader) decode(root *yamltree.Node, name string) *decoder {
	d := &decoder{loader: l, root: root, out: &model.Scenario{Name: name}, noted: map[string]int{}, taken: map[string]bool{}}
	top := d.section(l.reader.Root(root), "")
	d.head(top)
	d.time(top.take("time"))
	d.run(top.take("run"))
	d.names(top)
	d.readCalendars(top.take("calendars"))
	d.readChannels(top.take("channels"))
	d.readIssues(top.take("issues"))
	d.triage(top.take("triage"))
	d.readSpikes(top.take("spikes"))
	d.readDemand(top.take("demand"))
	d.readBursts(top.take("bursts"))
	d.deflection(top.take("deflection"))
	d.readTeams(top.take("teams"))
	d.sendTo()
	d.readBacklog(top.take("backlog"))
	d.slowTools(top.take("slow_tools"))
	d.outages(top.take("outages"))
	d.burnout(top.take("burnout"))
	d.routing(top.take("routing"))
	d.sla(top.take("sla"))
	d.escalations(top.take("escalations"))
	d.readContracts(top.take("contracts"))
	d.availability(top.take("availability"))
	d.quality(top.take("quality"))
	d.exceptions(top.take("exceptions"))
	d.readExpect(top.take("expect"))
	d.sweep(top.take("sweep"))
	top.take("variants")
	top.close()
	d.unusedSpikes()
	d.fill()
	return d
}

// fill writes the names and the currency, which are complete only now.
func (d *decoder) fill() {
	n := &d.out.Names
	n.Channels, n.Issues, n.Tiers = d.channels.list, d.issues.list, d.tiers.list
	n.Priorities, n.Accounts = d.priorities.list, d.accounts.list
	n.Skills, n.Teams = d.skills.list, d.teams.list
	d.out.Currency = d.currency.code
}

// head is what identifies the scenario.
func (d *decoder) head(top section) {
	if v := top.take("name"); v.Exists() {
		if name, ok := fileName(v); ok {
			d.out.Name = name + d.out.Name[len(baseOf(d.out.Name)):]
		}
	} else {
		top.assumed("name", d.out.Name)
	}
	if v := top.take("title"); v.Exists() {
		d.out.Title, _ = v.Text("a line of text")
	}
	top.take("extends")
}

// baseOf is a name without its variants.
func baseOf(name string) string {
	base, _, _ := strings.Cut(name, "@")
	return base
}

// section is a map of known keys while it is read: each key is in the table of
// keys, which has its default.
type section struct {
	*yamltree.Table
	d       *decoder
	pattern string // the path of the section in the table of keys
}

func (d *decoder) section(v yamltree.Value, pattern string) section {
	want := "a map of keys"
	if v.Exists() && v.Node.Kind != yamltree.Map && pattern != "" {
		want = fmt.Sprintf("a map with the keys of %s", pattern)
	}
	return section{Table: v.Table(want), d: d, pattern: pattern}
}

// take is the value of key, or its default.
func (s section) take(key string) yamltree.Value {
	path := s.pathOf(key)
	k := byPath[path]
	if k == nil {
		panic("scenarios: " + path + " is not in the table of keys")
	}
	s.d.taken[path] = true
	v := s.Take(key)
	if k.Default != "" && s.OK() {
		v = v.Assume(k.Default)
	}
	switch {
	case v.Exists() && k.Form != "" && path != "variants":
		s.d.note(v, k)
	case !v.Exists() && s.OK() && k.Otherwise != "" && k.Otherwise != itsDefaults:
		s.d.note(v.Assume(k.Otherwise), k)
	}
	return v
}

// need is take for a key that must be there.
func (s section) need(key, hint string) yamltree.Value {
	v := s.take(key)
	if !v.Exists() && s.OK() {
		v.Failf(hint, "%s is missing", key)
	}
	return v
}

// assumed notes a default that has been worked out, in place of the words of the
// table of keys.
func (s section) assumed(key, text string) {
	if s.OK() {
		s.d.note(s.Value().Sub(key).Assume(text), byPath[s.pathOf(key)])
	}
}

// pathOf is the path of a key of the section in the table of keys.
func (s section) pathOf(key string) string {
	if s.pattern == "" {
		return key
	}
	return s.pattern + "." + key
}

func (s section) close() { s.Close(homes) }

func (d *decoder) note(v yamltree.Value, k *Key) {
	at := v.Place()
	setting := Setting{Path: v.Path, Value: v.Node.String(), Default: v.Assumed, Meaning: k.Meaning}
	if !v.Assumed && at.File != nil {
		setting.File, setting.Line = at.File.Name, at.Line
	}
	// What is noted twice is a default that has been worked out since.
	if i, again := d.noted[v.Path]; again {
		d.settings[i] = setting
		return
	}
	d.noted[v.Path] = len(d.settings)
	d.settings = append(d.settings, setting)
}

// filled reports a section of names that has none.
func filled(v yamltree.Value, what string) {
	if v.Exists() && (v.Node.Kind == yamltree.Map && len(v.Node.Pairs) == 0 || v.Node.Kind == yamltree.List && len(v.Node.Items) == 0) {
		v.Failf("", "there are no %s", what)
	}
}

// words are the names of one kind.
type words struct {
	noun, plural string
	list         []string
}

// index is the place of a name, or -1.
func (w words) index(name string) int {
	for i, known := range w.list {
		if known == name {
			return i
		}
	}
	return -1
}

// find is the place of the name that v holds. An unknown one is reported.
func (w words) find(v yamltree.Value) (int, bool) {
	text, ok := v.Text("the name of a " + w.noun)
	if !ok {
		return 0, false
	}
	if i := w.index(text); i >= 0 {
		return i, true
	}
	v.Failf(w.hint(text), "unknown %s %q", w.noun, scalar.Clip(text))
	return 0, false
}

func (w words) hint(text string) string {
	if len(w.list) == 0 {
		return "there are no " + w.plural
	}
	list := w.plural + ": " + clipList(w.list)
	if nearest, ok := yamltree.Nearest(text, w.list); ok {
		return fmt.Sprintf("did you mean %s? %s", nearest, list)
	}
	return list
}

func clipList(list []string) string {
	const most = 20
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// add is the place of a name, which becomes known. Beyond the limit nothing is added.
func (w *words) add(name yamltree.Value, limit int) (int, bool) {
	text, ok := goodName(name)
	if !ok {
		return 0, false
	}
	if i := w.index(text); i >= 0 {
		return i, true
	}
	if len(w.list) == limit {
		name.Failf("", "there are more than %d %s", limit, w.plural)
		return 0, false
	}
	w.list = append(w.list, text)
	return len(w.list) - 1, true
}

// list is one name or a list of names, each found or refused by each.
func list[T any](v yamltree.Value, each func(yamltree.Value) (int, bool), as func(int) T) []T {
	var out []T
	for _, item := range v.Items() {
		if i, ok := each(item); ok {
			out = append(out, as(i))
		}
	}
	return out
}

const longestName = 60

// goodName is a name that the user chooses. What has a meaning in paths or
// measures is kept out of names, so that those can be written without quotes.
func goodName(v yamltree.Value) (string, bool) {
	text, ok := v.Text("a name")
	switch {
	case !ok:
		return "", false
	case text == "" || text != strings.TrimSpace(text):
		v.Failf("", "a name cannot be empty, nor start or end with a space")
		return "", false
	case len(text) > longestName:
		v.Failf("", "the name is longer than %d bytes", longestName)
		return "", false
	}
	if i := strings.IndexAny(text, ".,:;=@()[]{}<>\"'`*&!|\\\n\r\t"); i >= 0 {
		v.Failf("use letters, digits, - and _", "a name cannot contain %q", text[i])
		return "", false
	}
	return text, true
}

// fileName is a name that is also the name of a folder of results.
func fileName(v yamltree.Value) (string, bool) {
	text, ok := goodName(v)
	if ok && strings.ContainsAny(text, "/?#%") {
		v.Failf("use letters, digits, - and _", "the name of a scenario cannot contain any of / ? # %%")
		return "", false
	}
	return text, ok
}

// choice is the place of a word in a list of words.
func choice(v yamltree.Value, list []string) (int, bool) {
	text, ok := v.Text("one of " + strings.Join(list, ", "))
	if !ok {
		return 0, false
	}
	for i, word := range list {
		if text == word {
			return i, true
		}
	}
	hint := "want " + strings.Join(list, ", ")
	if nearest, ok := yamltree.Nearest(text, list); ok {
		hint = fmt.Sprintf("did you mean %s? %s", nearest, hint)
	}
	v.Failf(hint, "%q is not known here", scalar.Clip(text))
	return 0, false
}

func truth(v yamltree.Value) bool {
	i, ok := choice(v, []string{"true", "false"})
	return ok && i == 0
}
