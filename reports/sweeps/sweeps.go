// Package sweeps shows what a grid or a sample of scenarios does to a measure: where a target breaks,
// how the measure runs along each axis, and all numbers of all points for programs.
package sweeps

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/format"
)

// Text writes the report of a sweep for a terminal: where the target breaks, and the measure that it is
// about at every point.
func Text(w io.Writer, s *outcome.Sweep, o document.Options) error {
	return newSurvey(s).document().WriteText(w, o)
}

// survey is a sweep with what its tables and pictures share.
type survey struct {
	*outcome.Sweep
	short  []string // names of the axes, by their last words
	along  int      // the axis that lines run along: that of the break, else the first
	name   string   // of the measure that is shown
	labels outcome.Labels
	unit   outcome.Unit
	lines  [][]*outcome.Point
}

func newSurvey(s *outcome.Sweep) *survey {
	v := &survey{Sweep: s, short: shortNames(s.Axes), along: max(s.Along, 0)}
	lined := *s
	lined.Along = v.along
	v.lines = lined.Lines()
	v.choose()
	return v
}

// choose picks the measure to show: the target's, else a breach rate of all tickets, else the first.
func (v *survey) choose() {
	if g := v.Goal; g != nil {
		v.name = g.Measure
		for i := range v.Points {
			if r, ok := v.Points[i].Measured(g.Measure); ok {
				v.name, v.labels = r.Name, r.Labels
				break
			}
		}
	} else {
		for _, p := range v.Points[:min(1, len(v.Points))] {
			for i := range p.Results {
				r := &p.Results[i]
				if i == 0 || r.Name == outcome.BreachRate && r.Labels == (outcome.Labels{Metric: r.Labels.Metric}) {
					v.name, v.labels = r.Name, r.Labels
				}
				if v.name == outcome.BreachRate {
					break
				}
			}
		}
	}
	for i := range v.Points {
		if r, ok := v.Points[i].Result(v.name, v.labels); ok {
			v.unit = r.Unit
			return
		}
	}
}

// shown is the name of the measure that is shown.
func (v *survey) shown() string {
	m := outcome.Measure{Name: v.name, Labels: v.labels}
	return format.Clean(m.Describe())
}

// words is the shown measure in words: breach rate of first reply, tier enterprise.
func (v *survey) words() string { return inWords(v.name, v.labels) }

func inWords(name string, l outcome.Labels) string {
	text := format.Words(name)
	if l.Metric != "" {
		text += " of " + format.Words(l.Metric)
		l.Metric = ""
	}
	if l.Spike != "" {
		text += " after " + format.Clean(l.Spike)
		l.Spike = ""
	}
	if rest := l.String(); rest != "" {
		text += ", " + strings.ReplaceAll(format.Clean(rest), "=", " ")
	}
	return text
}

// estimate is the shown measure at a point; NaN where it was not measured.
func (v *survey) estimate(p *outcome.Point) estimate.Estimate {
	if r, ok := p.Result(v.name, v.labels); ok {
		return r.Estimate
	}
	return nothing()
}

func nothing() estimate.Estimate {
	return estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
}

// shortNames are the last two words of each path, or as many more as tell the axes apart;
// a number alone, as in shifts[1].heads, does not begin a name.
func shortNames(axes []outcome.Axis) []string {
	names := make([]string, len(axes))
	for words := 2; ; words++ {
		seen, twice, longest := map[string]bool{}, false, 0
		for i := range axes {
			parts := strings.FieldsFunc(axes[i].Path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
			longest = max(longest, len(parts))
			first := max(0, len(parts)-words)
			for _, err := strconv.Atoi(parts[first]); err == nil && first > 0; _, err = strconv.Atoi(parts[first]) {
				first--
			}
			names[i] = format.Words(strings.Join(parts[first:], " "))
			twice = twice || seen[names[i]]
			seen[names[i]] = true
		}
		if !twice || words >= longest {
			return names
		}
	}
}

// document makes the report of a sweep.
func (v *survey) document() *document.Report {
	d := &document.Report{Head: v.head(), Verdict: v.verdict()}
	if len(v.Breaks) > 0 {
		d.Tables = append(d.Tables, v.breaks())
		d.Doubts = append(d.Doubts, v.breakNote())
	}
	if v.scattered() {
		if note := v.noBreak(); note != "" {
			d.Doubts = append(d.Doubts, note)
		}
	}
	d.Tables = append(d.Tables, v.values()...)
	d.Doubts = append(d.Doubts, v.warned()...)
	var paths []string
	for i := range v.Axes {
		paths = append(paths, v.short[i]+": "+format.Clean(v.Axes[i].Path))
	}
	d.Birth = format.Join(append(paths, format.Clean(v.Scenario)+" "+format.Short(v.Digest), fmt.Sprintf("seed %d", v.Seed), format.Clean(v.Tool))...)
	return d
}

func (v *survey) head() string {
	least, most := math.MaxInt, 0
	for i := range v.Points {
		least, most = min(least, v.Points[i].N), max(most, v.Points[i].N)
	}
	runs := format.Plural(most, "replication each", "replications each")
	if least < most {
		runs = fmt.Sprintf("%d to %d replications each", least, most)
	}
	how := "sweep of " + format.Plural(len(v.Points), "point", "points")
	if v.Sample > 0 {
		how += ", a Latin hypercube over " + format.Plural(v.Varied(), "axis", "axes")
	} else if len(v.Axes) > 1 {
		var sizes []string
		for i := range v.Axes {
			sizes = append(sizes, fmt.Sprint(len(v.Axes[i].Values)))
		}
		how += ", " + strings.Join(sizes, " × ")
	}
	return format.Join(format.Clean(v.Scenario), how, runs, fmt.Sprintf("seed %d", v.Seed))
}

// mostSaid is how many findings the verdict speaks of one by one.
const mostSaid = 4

func (v *survey) verdict() string {
	if v.Goal == nil {
		return "There is no target to judge by: add --target, such as \"" + v.shown() + " < " + example(v.unit) + "\"."
	}
	goal := format.Clean(v.Goal.Text)
	if len(v.Breaks) == 0 {
		return v.counted(goal)
	}
	// Plans of which the same is to be said are named together.
	var order []string
	plans := map[string][]string{}
	for i := range v.Breaks {
		text := v.says(&v.Breaks[i])
		if plans[text] == nil {
			order = append(order, text)
		}
		plans[text] = append(plans[text], v.plan(v.Breaks[i].Others))
	}
	var parts []string
	for _, text := range order[:min(mostSaid, len(order))] {
		parts = append(parts, text+v.with(plans[text]))
	}
	text := "The target " + goal + " " + strings.Join(parts, "; it ")
	if more := len(order) - mostSaid; more > 0 {
		text += "; and so on, see the table"
	}
	return text + "."
}

// with names some plans: " with day heads 3 and 4".
func (v *survey) with(plans []string) string {
	if plans[0] == "" {
		return ""
	}
	const most = 4
	var names []string
	for i, name := range plans {
		if i == most && len(plans) > most+1 {
			names = append(names, format.Plural(len(plans)-most, "other", "others"))
			break
		}
		// The name of the axis once is enough, where there is one.
		switch axis, only := v.onlyOther(); {
		case !only:
			name = "(" + name + ")"
		case i > 0:
			name = strings.TrimPrefix(name, v.short[axis]+" ")
		}
		names = append(names, name)
	}
	return " with " + format.List(names)
}

// onlyOther is the axis besides that of the lines, if there is exactly one with several values.
func (v *survey) onlyOther() (axis int, only bool) {
	n := 0
	for i := range v.Axes {
		if i != v.along && len(v.Axes[i].Values) > 1 {
			axis = i
			n++
		}
	}
	return axis, n == 1
}

func example(u outcome.Unit) string {
	switch u {
	case outcome.UnitShare:
		return "5%"
	case outcome.UnitSeconds:
		return "2h"
	}
	return "100"
}

// counted is the verdict where there is no break point.
func (v *survey) counted(goal string) string {
	met, missed := 0, 0
	for i := range v.Points {
		switch v.judge(&v.Points[i]) {
		case outcome.ExpectationMet:
			met++
		case outcome.ExpectationMissed:
			missed++
		}
	}
	text := fmt.Sprintf("The target %s is met at %d of %d points and missed at %d", goal, met, len(v.Points), missed)
	if open := len(v.Points) - met - missed; open > 0 {
		text += fmt.Sprintf("; at %d the replications cannot tell", open)
	}
	text += "."
	if v.scattered() {
		text += v.envelope()
	}
	return text
}

// judge is what a point says about the target.
func (v *survey) judge(p *outcome.Point) outcome.Verdict { return v.Goal.Judge(v.estimate(p)) }

// says is one break point in words.
func (v *survey) says(b *outcome.Break) string {
	along := v.short[v.Along]
	tried := v.tried()
	first, last := slices.Min(tried), slices.Max(tried)
	far, end := "up to ", last
	if b.Smallest {
		far, end = "from ", first
	}
	switch {
	case b.Holds == "":
		return "holds beyond doubt at no value of " + along + " that was tried"
	case v.numberOf(b.Holds) == end:
		return "holds at every value of " + along + " that was tried"
	}
	return "holds " + far + along + " " + format.Clean(b.Holds)
}

func (v *survey) numberOf(value string) float64 {
	a := &v.Axes[v.Along]
	if i := slices.Index(a.Values, value); i >= 0 {
		return a.Numbers[i]
	}
	for i := range v.Points { // a sample has values of its own
		if p := &v.Points[i]; p.Values[v.Along] == value {
			return float64(p.Numbers[v.Along])
		}
	}
	return math.NaN()
}

// tried are the numbers of the axis of the break that were tried.
func (v *survey) tried() []float64 {
	if v.Sample == 0 {
		return v.Axes[v.Along].Numbers
	}
	var all []float64
	for i := range v.Points {
		all = append(all, float64(v.Points[i].Numbers[v.Along]))
	}
	return all
}

// plan is the name of a line: the values of all axes but the one it runs along.
func (v *survey) plan(values []string) string {
	var parts []string
	for i, value := range values {
		if i != v.along && len(v.Axes[i].Values) > 1 {
			parts = append(parts, v.short[i]+" "+format.Clean(value))
		}
	}
	return strings.Join(parts, ", ")
}

// places are the decimals that a place between two points of an axis is known to.
func places(numbers []float64) int {
	step := math.Inf(1)
	sorted := slices.Sorted(slices.Values(numbers))
	for i := 1; i < len(sorted); i++ {
		if d := sorted[i] - sorted[i-1]; d > 0 {
			step = min(step, d)
		}
	}
	if math.IsInf(step, 1) {
		return 0
	}
	return min(max(int(math.Ceil(1-math.Log10(step))), 0), 6)
}

// edge writes a place on the axis of the break, or beyond what was tried.
func (v *survey) edge(e outcome.Edge) string {
	a := &v.Axes[v.Along]
	x := float64(e)
	write := func(x float64, places int) string { return format.Decimal(x, places) }
	switch {
	case math.IsNaN(x):
		return format.Missing
	case math.IsInf(x, 1):
		return "> " + write(slices.Max(v.tried()), a.Places)
	case math.IsInf(x, -1):
		return "< " + write(slices.Min(v.tried()), a.Places)
	}
	return write(x, places(v.tried()))
}
