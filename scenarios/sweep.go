package scenarios

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// sweep is what a scenario, with what the caller adds, asks of a sweep.
type sweep struct {
	axes   []*axis
	sample int
	goal   *outcome.Goal
	along  string
	at     yamltree.Value // of along
}

// sweep reads the section that headroom sweep goes by. It leaves nothing in the scenario.
func (d *decoder) sweep(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	s := d.Section(v, "sweep")
	for _, e := range s.Key("axes").Entries("a map from dotted paths to ranges or lists") {
		if a, ok := readAxis(e.Key, e.Name.Place(), e.Value); ok {
			d.asked.axes = append(d.asked.axes, a)
		}
	}
	d.asked.sample, _ = readSample(s.Key("sample"))
	if target := s.Key("target"); target.Exists() {
		d.asked.goal = d.readGoal(target)
	}
	if along := s.Key("break"); along.Exists() {
		d.asked.along, _ = along.Text("the path of an axis")
		d.asked.at = along
	}
	s.Done()
}

// tried reports what is wrong with the axes that a file names: paths that lead nowhere, and the first
// and the last value of each. All points are read only for a sweep.
func (l *loader) tried(root *yamltree.Node, d *decoder, name string) {
	for _, a := range d.asked.axes {
		for _, value := range []string{a.Values[0], a.Values[len(a.Values)-1]} {
			l.point(root, []*axis{a}, []string{value}, name)
		}
	}
}

// point reads the scenario in which the axes have some values; nil if it has problems.
func (l *loader) point(root *yamltree.Node, axes []*axis, values []string, name string) *decoder {
	good := true
	var changes []yamltree.Pair
	var label []string
	for i, a := range axes {
		changes = append(changes, yamltree.Pair{Key: a.Path, At: a.at, Value: a.node(values[i])})
		label = append(label, a.Path+"="+values[i])
	}
	root = change(root, changes, "a sweep", func(p yamltree.Problem) {
		good = false
		l.reader.Report(p)
	})
	if !good {
		return nil
	}
	before := l.reader.Context
	l.reader.Context = fmt.Sprintf(" (at %s)", strings.Join(label, ", "))
	defer func() { l.reader.Context = before }()
	return l.decoded(root, name+"@"+strings.Join(label, ","))
}

// SweepOptions are what a caller adds to the sweep section of a scenario, each in the
// section's own words. The zero value adds nothing.
type SweepOptions struct {
	Set    []string // PATH=VALUES; an axis of the same path is replaced
	Sample string
	Target string
	Break  string
}

// Sweep is a scenario with the values that are to be tried out in it.
type Sweep struct {
	// Scenario is the scenario as it stands, without any axis.
	Scenario *model.Scenario
	Axes     []outcome.Axis
	Sample   int           // points of a Latin hypercube; 0 for all combinations
	Goal     *outcome.Goal // nil for none
	Along    int           // the axis on which the break point is looked for; -1 for none

	loader *loader
	root   *yamltree.Node
	axes   []*axis
	name   string
}

// LoadSweep reads a scenario as Load does, and what is to be tried out in it. What is wrong in the
// options is a problem too, in a file called after the option.
func LoadSweep(ref string, o SweepOptions) (*Sweep, error) {
	d, err := load(ref)
	if err != nil {
		return nil, err
	}
	l := d.loader
	l.reader.Context = ""
	asked := d.asked
	for _, text := range o.Set {
		l.set(&asked, text)
	}
	if o.Sample != "" {
		asked.sample, _ = readSample(l.option("--sample", o.Sample))
	}
	if o.Target != "" {
		asked.goal = d.readGoal(l.option("--target", o.Target))
	}
	if expected := d.root.Get("expect"); asked.goal == nil && o.Target == "" && expected != nil {
		if items := l.reader.Root(expected).Items(); len(items) > 0 {
			asked.goal = d.readGoal(items[0])
		}
	}
	if o.Break != "" {
		asked.along, asked.at = o.Break, l.option("--break", o.Break)
	}
	s := &Sweep{Scenario: d.Out, Sample: asked.sample, Goal: asked.goal, loader: l, root: d.root, axes: asked.axes, name: d.Out.Name}
	for _, a := range asked.axes {
		s.Axes = append(s.Axes, a.Axis)
	}
	s.Along = l.along(&asked)
	if err := l.problems(); err != nil {
		return nil, err
	}
	return s, nil
}

// option is the text of an option as a value in a file of its own.
func (l *loader) option(name, text string) yamltree.Value {
	f := yamltree.NewFile(name, []byte(text))
	at := yamltree.Span{File: f, Line: 1, Column: 1, Width: max(1, len([]rune(text)))}
	return l.reader.Root(&yamltree.Node{Kind: yamltree.Scalar, Text: text, At: at})
}

// set adds an axis that is written PATH=VALUES.
func (l *loader) set(asked *sweep, text string) {
	v := l.option("--set", text)
	path, values, ok := strings.Cut(text, "=")
	if !ok || path == "" || values == "" {
		v.Failf("write PATH=VALUES, such as spikes.launch.factor=5..10", "%q sets nothing", scalar.Clip(text))
		return
	}
	at := v.Within(0, len(path)).Node.At
	list := &yamltree.Node{Kind: yamltree.List, At: v.Node.At}
	offset := len(path) + 1
	for _, part := range splitList(values) {
		item := v.Within(offset, len(part)).Node
		offset += len(part) + 1
		item.Text = strings.TrimSpace(part)
		if item.Text == "null" {
			item.Kind = yamltree.Null
		}
		list.Items = append(list.Items, item)
	}
	held := l.reader.Root(list)
	if len(list.Items) == 1 {
		held = l.reader.Root(list.Items[0])
	}
	a, ok := readAxis(path, at, held)
	if !ok {
		return
	}
	for i, other := range asked.axes {
		if other.Path == path {
			asked.axes[i] = a
			return
		}
	}
	asked.axes = append(asked.axes, a)
}

// splitList splits at the commas that stand outside of parentheses.
func splitList(text string) []string {
	var parts []string
	depth, begin := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, text[begin:i])
				begin = i + 1
			}
		}
	}
	return append(parts, text[begin:])
}

// along finds the axis on which the break point is looked for; -1 if there is none.
func (l *loader) along(asked *sweep) int {
	var paths []string
	first := -1
	for i, a := range asked.axes {
		paths = append(paths, a.Path)
		if first < 0 && a.Numeric() && len(a.Values) > 1 {
			first = i
		}
	}
	if asked.along == "" {
		return first
	}
	i := (scope.Words{List: paths}).Index(asked.along)
	switch {
	case i < 0:
		asked.at.Failf(yamltree.Suggest(asked.along, paths), "%q is not an axis of the sweep", scalar.Clip(asked.along))
	case !asked.axes[i].Numeric():
		asked.at.Failf("", "%s has no break point: its values are not numbers of one unit", asked.along)
	}
	return i
}

// Scenarios reads the scenario of every point: a list of values, one for each axis, as they
// would be written. It ends with the problems of the first point that has some: one mistake
// in an axis shows at each of its values.
func (s *Sweep) Scenarios(points [][]string) ([]*model.Scenario, error) {
	var out []*model.Scenario
	for _, values := range points {
		d := s.loader.point(s.root, s.axes, values, s.name)
		if err := s.loader.problems(); err != nil {
			return nil, err
		}
		out = append(out, d.Out)
	}
	return out, nil
}

// Size is the number of points. More than there may be is an error.
func (s *Sweep) Size() (int, error) {
	if s.Sample > 0 {
		return s.Sample, nil
	}
	n := 1
	for i := range s.Axes {
		n *= len(s.Axes[i].Values)
		if n > mostPoints {
			return 0, fmt.Errorf("the grid has more than %d points; write larger steps, or sample: latin_hypercube 100", mostPoints)
		}
	}
	return n, nil
}
