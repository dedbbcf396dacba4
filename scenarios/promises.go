package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/scenarios/internal/promises"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/tickets"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// promising are the sections that say what is promised to whom, and when. They are read for
// promises; of teams and issues there are only the names.
var promising = []string{
	"name", "title", "extends", "time", "tiers", "priorities", "calendars", "channels", "issues", "demand", "teams",
	"backlog", "sla", "contracts", "exceptions",
}

// Stretch is the time of a log: from its first ticket to its last event.
type Stretch struct{ From, To time.Time }

// Promises is what a scenario promises, to hold a log against.
type Promises struct {
	// Scenario has names, time, channels, calendars, policies, contracts and exceptions, and no demand, no
	// staff and no work: it cannot be simulated.
	Scenario *model.Scenario
	// Own says that its time is the one that the file states, which holds the beginning of the log.
	// Else it is that of the log, in whole local days, without a warm-up.
	Own bool
}

// LoadPromises reads the promises of a scenario, which need not be whole: a file with nothing
// but calendars and sla will do. set changes values before they are read, each as PATH=VALUE in the
// terms of variants.
func LoadPromises(ref string, log Stretch, set ...string) (*Promises, error) {
	r, err := source.Place{}.Resolve(ref)
	if err != nil {
		return nil, err
	}
	data, name, err := r.Place.Read(r.File)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %s", name, source.Reason(err))
	}
	l := newLoader()
	root := l.tree(r, name, data)
	if root == nil {
		return nil, l.problems()
	}
	if root, err = l.choose(root, r.Variants); err != nil {
		return nil, err
	}
	if root = l.changed(root, set); root == nil {
		return nil, l.problems()
	}
	l.unknownSections(root)
	root = only(root, promising)
	own := l.holds(root, log.From)
	if !own {
		root = l.during(root, log)
	}
	d := l.decodePromises(root, strings.Join(append([]string{r.Name}, r.Variants...), "@"))
	if err := l.problems(); err != nil {
		return nil, err
	}
	for _, p := range d.Out.CheckPromises() {
		l.reader.Report(placed(root, p))
	}
	if err := l.problems(); err != nil {
		return nil, err
	}
	return &Promises{d.Out, own}, nil
}

// changed applies what is set to a tree; nil if there is something wrong with it.
func (l *loader) changed(root *yamltree.Node, set []string) *yamltree.Node {
	good := true
	for _, text := range set {
		v := l.option("--set", text)
		path, value, ok := strings.Cut(text, "=")
		if !ok || path == "" || value == "" {
			v.Failf("write PATH=VALUE, such as sla.policies.all.first_reply=2h", "%q sets nothing", scalar.Clip(text))
			good = false
			continue
		}
		held := v.Within(len(path)+1, len(value)).WithText(value).Node
		root = change(root, []yamltree.Pair{{Key: path, At: v.Within(0, len(path)).Node.At, Value: held}}, "--set", func(p yamltree.Problem) {
			good = false
			l.reader.Report(p)
		})
	}
	if !good {
		return nil
	}
	return root
}

// unknownSections reports keys that no scenario has.
func (l *loader) unknownSections(root *yamltree.Node) {
	var known []string
	for _, k := range language.Keys() {
		if !strings.Contains(k.Path, ".") {
			known = append(known, k.Path)
		}
	}
	for _, pair := range root.Pairs {
		if language.At(pair.Key) == nil {
			l.reader.Report(yamltree.Problem{At: pair.At, Path: pair.Key, Text: fmt.Sprintf("unknown key %q", scalar.Clip(pair.Key)), Hint: yamltree.Suggest(pair.Key, known)})
		}
	}
}

// only is a map with some of its keys.
func only(n *yamltree.Node, keys []string) *yamltree.Node {
	out := &yamltree.Node{Kind: n.Kind, At: n.At}
	for _, pair := range n.Pairs {
		if slices.Contains(keys, pair.Key) {
			out.Pairs = append(out.Pairs, pair)
		}
	}
	return out
}

// holds reports whether the time that a tree states holds an instant. What is wrong with it
// is said later.
func (l *loader) holds(root *yamltree.Node, at time.Time) bool {
	if v := root.Get("time"); root.Get("demand") == nil && (v == nil || v.Get("start") == nil) {
		return false // nothing but promises, which hold at any time
	}
	t := l.timeOf(root)
	since := calendar.Axis{Origin: t.Start}.Since(at)
	return since >= 0 && since < t.Length
}

// timeOf is the time that a tree states, read for itself.
func (l *loader) timeOf(root *yamltree.Node) model.Time {
	scratch := newLoader()
	d := &decoder{Scope: scope.New(scratch.reader.Root(root), ""), loader: scratch, root: root}
	d.time(d.Section(d.Top, "").Key("time"))
	return d.Out.Time
}

// during gives a tree the time of a log, in its zone.
func (l *loader) during(root *yamltree.Node, log Stretch) *yamltree.Node {
	zone := l.timeOf(root).Start.Location()
	first, last := calendar.DateOf(log.From.In(zone)), calendar.DateOf(log.To.In(zone))
	days := min(3660, 1+int(last.At(12*60, time.UTC).Sub(first.At(12*60, time.UTC)).Hours()/24))
	f := yamltree.NewFile("the time of the log", nil)
	value := func(text string) *yamltree.Node {
		return &yamltree.Node{Kind: yamltree.Scalar, Text: text, At: yamltree.Span{File: f, Line: 1, Column: 1}}
	}
	at := yamltree.Span{File: f, Line: 1, Column: 1}
	merge := yamltree.Merge{Names: language.ListNames, Whole: isMixture, Report: func(yamltree.Problem) {}}
	return merge.Over(root, yamltree.Overlay([]string{"time"}, at, &yamltree.Node{Kind: yamltree.Map, At: at, Pairs: []yamltree.Pair{
		{Key: "start", At: at, Value: value(first.String())},
		{Key: "length", At: at, Value: value(fmt.Sprintf("%dd", days))},
		{Key: "warmup", At: at, Value: value("0s")},
	}}))
}

// decodePromises reads the promises of a tree.
func (l *loader) decodePromises(root *yamltree.Node, name string) *decoder {
	d := &decoder{Scope: scope.New(l.reader.Root(root), name), loader: l, root: root}
	arriving := tickets.Decoder{Scope: d.Scope, Histories: l.histories}
	promised := promises.Decoder{Scope: d.Scope}
	top := d.Section(d.Top, "")
	d.head(top)
	d.time(top.Key("time"))
	arriving.Names(top)
	d.readCalendars(top.Key("calendars"))
	arriving.Channels(top.Key("channels"))
	for _, e := range top.Key("issues").Entries("a map from names to issues") {
		if _, ok := d.Known.Issues.Add(e.Name, scope.MostLarge); ok {
			d.Out.Issues = append(d.Out.Issues, work.Issue{Name: e.Key})
		}
	}
	for _, e := range top.Key("teams").Entries("a map from names to teams") {
		if _, ok := d.Known.Teams.Add(e.Name, scope.MostLarge); ok {
			d.Out.Teams = append(d.Out.Teams, staffing.Team{Name: e.Key})
		}
	}
	promised.SLA(top.Key("sla"))
	promised.Contracts(withoutShares(top.Key("contracts")))
	promised.Exceptions(top.Key("exceptions"))
	d.fill()
	return d
}

// withoutShares leaves out how many tickets of the demand contracts bring.
func withoutShares(v yamltree.Value) yamltree.Value {
	if !v.Exists() || v.Node.Kind != yamltree.List {
		return v
	}
	list := &yamltree.Node{Kind: yamltree.List, At: v.Node.At}
	for _, item := range v.Node.Items {
		if item.Kind == yamltree.Map {
			item = item.Without("share")
		}
		list.Items = append(list.Items, item)
	}
	return v.At(list)
}
