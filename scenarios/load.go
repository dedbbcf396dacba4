package scenarios

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Load reads a scenario: the name of a shipped one, or the path of a file. A
// variant of it is chosen by NAME@VARIANT, several by NAME@FIRST@SECOND. A shipped name
// wins over a file of the same name; write ./NAME for the file.
//
// A scenario that comes back is sound: model.Scenario.Check finds nothing in it.
// The error is Problems if the file was read and something is wrong with it, its
// variants included, whichever is chosen.
func Load(ref string) (*model.Scenario, error) {
	d, err := load(ref)
	if err != nil {
		return nil, err
	}
	return d.Out, nil
}

// load reads the scenario with everything that is known about it.
func load(ref string) (*decoder, error) {
	r, err := source.Place{}.Resolve(ref)
	if err != nil {
		return nil, err
	}
	data, name, err := r.Place.Read(r.File)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %s", name, source.Reason(err))
	}
	return newLoader().load(r, name, data)
}

// loader reads one scenario with the files that it stands on.
type loader struct {
	reader    *yamltree.Reader
	histories *source.Histories
	chain     []string // the files that extend one another, to find circles
}

func newLoader() *loader {
	return &loader{reader: &yamltree.Reader{}, histories: source.NewHistories()}
}

// problems are all problems so far, or nil.
func (l *loader) problems() error {
	var all Problems
	for _, f := range l.histories.Faults {
		all = append(all, Problem{File: f.File, Line: f.Line, Column: f.Column, Path: f.Path, Text: f.Text, Hint: f.Hint})
	}
	for _, p := range l.reader.Problems() {
		all = append(all, problemOf(p))
	}
	if len(all) == 0 {
		return nil
	}
	all.sort()
	if more := len(all) - mostProblems; more > 0 {
		all = append(all[:mostProblems], Problem{File: all[0].File, Line: math.MaxInt, Text: fmt.Sprintf("and %d more problems", more)})
	}
	return all
}

// mostProblems are as many as somebody might read.
const mostProblems = 1000

// load reads the tree and all its variants.
func (l *loader) load(r source.Reference, name string, data []byte) (*decoder, error) {
	root := l.tree(r, name, data)
	if root == nil {
		return nil, l.problems()
	}
	chosen := l.decoded(root, r.Name)
	l.tried(root, chosen, r.Name)
	for _, pair := range variantsOf(root) {
		changed, ok := l.vary(root, pair)
		if ok {
			l.reader.Context = fmt.Sprintf(" (in the variant %s)", pair.Key)
			l.decoded(changed, r.Name+"@"+pair.Key)
			l.reader.Context = ""
		}
	}
	changed, err := l.choose(root, r.Variants)
	if err != nil {
		return nil, err
	}
	if len(r.Variants) > 0 {
		l.reader.Context = fmt.Sprintf(" (in the variant %s)", strings.Join(r.Variants, "@"))
		chosen = l.decoded(changed, r.Name+"@"+strings.Join(r.Variants, "@"))
	}
	if err := l.problems(); err != nil {
		return nil, err
	}
	return chosen, nil
}

// decoded reads a scenario from a tree and checks it.
func (l *loader) decoded(root *yamltree.Node, name string) *decoder {
	before := l.reader.Count() + len(l.histories.Faults)
	d := l.decode(root, name)
	// A scenario with holes would be reproached for them a second time.
	if l.reader.Count()+len(l.histories.Faults) == before {
		for _, p := range d.Out.Check() {
			l.reader.Report(placed(root, p))
		}
	}
	return d
}

// unnamed are the names that elements of lists get when they have none.
var unnamed = regexp.MustCompile(`\[(?:stream|shift|policy|contract) (\d+)\]`)

// placed finds the place in the files that a problem of the model is about: the
// value at its path, or the nearest part of the path that was written.
func placed(root *yamltree.Node, p model.Problem) yamltree.Problem {
	path := yamltree.SplitPath(p.Path)
	if len(path) == 2 && path[0] == "calendars" {
		path = append(path, "hours") // what the model calls a calendar, people call its hours
	}
	at, _, _ := yamltree.Names(language.ListNames).Find(root, path)
	return yamltree.Problem{At: at, Path: unnamed.ReplaceAllString(p.Path, "[$1]"), Text: p.Text, Hint: p.Hint}
}

// tree reads a file and lays it over the one that it extends. It is nil when
// reading cannot go on.
func (l *loader) tree(r source.Reference, name string, data []byte) *yamltree.Node {
	root, problems := yamltree.Parse(name, data)
	for _, p := range problems {
		l.reader.Report(p)
	}
	if root == nil {
		return nil
	}
	l.histories.Places[root.At.File] = r.Place
	if root.Kind != yamltree.Map {
		l.reader.Root(root).Failf("write key: value lines, such as name: hello", "a scenario is a map of keys, not %s", root.Kind)
		return nil
	}
	base := root.Get("extends")
	if base == nil {
		return root
	}
	parent := l.parent(r, l.reader.Root(root).Sub("extends").At(base))
	if parent == nil {
		return nil
	}
	merge := yamltree.Merge{Names: language.ListNames, Whole: isMixture, Report: l.reader.Report}
	return merge.Over(parent.Without("name", "title", "extends"), root)
}

const mostExtends = 16

// parent reads the tree that a file extends; v holds its reference.
func (l *loader) parent(child source.Reference, v yamltree.Value) *yamltree.Node {
	ref, ok := v.Text("the name of a shipped scenario or the path of a file")
	if !ok {
		return nil
	}
	r, err := child.Place.Resolve(ref)
	if err != nil {
		v.Failf("", "%v", err)
		return nil
	}
	data, name, err := r.Place.Read(r.File)
	if err != nil {
		v.Failf("", "%s cannot be read: %s", name, source.Reason(err))
		return nil
	}
	l.chain = append(l.chain, v.Place().File.Name)
	for i, above := range l.chain {
		if above == name {
			v.Failf("", "the files extend one another in a circle: %s", strings.Join(append(l.chain[i:], name), " → "))
			return nil
		}
	}
	if len(l.chain) > mostExtends {
		v.Failf("", "more than %d files extend one another", mostExtends)
		return nil
	}
	root := l.tree(r, name, data)
	if root == nil {
		return nil
	}
	root, err = l.choose(root, r.Variants)
	if err != nil {
		v.Failf("", "%v", err)
		return nil
	}
	return root
}

// isMixture reports whether a map is a distribution, or shares by distribution:
// its keys are percentages. Such a map has a meaning only as a whole.
func isMixture(n *yamltree.Node) bool {
	for _, pair := range n.Pairs {
		if _, ok := scalar.ParsePercent(pair.Key); !ok {
			return false
		}
	}
	return len(n.Pairs) > 0
}

// variantsOf are the variants of a tree, if they are written as they should be.
func variantsOf(root *yamltree.Node) []yamltree.Pair {
	if v := root.Get("variants"); v != nil && v.Kind == yamltree.Map {
		return v.Pairs
	}
	return nil
}

// choose applies variants by name, one after the other.
func (l *loader) choose(root *yamltree.Node, names []string) (*yamltree.Node, error) {
	var known []string
	pairs := variantsOf(root)
	for _, pair := range pairs {
		known = append(known, pair.Key)
	}
	w := scope.Words{Noun: "variant", Plural: "variants", List: known}
	for _, name := range names {
		i := w.Index(name)
		if i < 0 {
			return nil, fmt.Errorf("unknown variant %q: %s", scalar.Clip(name), w.Hint(name))
		}
		root, _ = l.vary(root, pairs[i])
	}
	return root, nil
}

// vary applies a variant to a tree. It is false when there is something wrong
// with the variant itself.
func (l *loader) vary(root *yamltree.Node, variant yamltree.Pair) (*yamltree.Node, bool) {
	good := true
	report := func(p yamltree.Problem) {
		good = false
		p.Path = strings.TrimSuffix(fmt.Sprintf("variants.%s: %s", variant.Key, p.Path), ": ")
		l.reader.Report(p)
	}
	v := variant.Value
	if v.Kind != yamltree.Map {
		report(yamltree.Problem{At: variant.At, Text: "a variant is a map from dotted paths to values, not " + v.Kind.String(),
			Hint: "write {spikes.black-friday.factor: 10}"})
		return root, false
	}
	root = change(root, v.Pairs, "a variant", report)
	return root, good
}

// change applies changes to a tree, each from a dotted path to a value. What makes them names
// it in problems.
func change(root *yamltree.Node, changes []yamltree.Pair, what string, report func(yamltree.Problem)) *yamltree.Node {
	names := yamltree.Names(language.ListNames)
	merge := yamltree.Merge{Names: names, Whole: isMixture, Report: report}
	for _, change := range changes {
		path := yamltree.SplitPath(change.Key)
		// All but the last segment must exist, since a variant changes what there is;
		// but sections of the language need not be written to be there.
		depth, known, _ := names.Missing(root, path[:len(path)-1])
		for depth < len(path)-1 && !strings.HasSuffix(language.Pattern(path[:depth+1]), "*") {
			depth, known = depth+1, nil
		}
		if depth < len(path)-1 {
			report(yamltree.Problem{At: change.At, Path: change.Key, Hint: yamltree.Suggest(path[depth], known),
				Text: fmt.Sprintf("there is no %s to change", strings.Join(path[:depth+1], "."))})
			continue
		}
		if path[0] == "variants" || path[0] == "extends" || path[0] == "name" || path[0] == "sweep" && what != "a variant" {
			report(yamltree.Problem{At: change.At, Path: change.Key, Text: what + " cannot change " + path[0]})
			continue
		}
		root = merge.Over(root, yamltree.Overlay(path, change.At, change.Value))
	}
	return root
}
