package scenarios

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// axis is an axis of a sweep with the place of its values in the text.
type axis struct {
	outcome.Axis
	at    yamltree.Span // of the path
	whole *yamltree.Node
	nodes map[string]*yamltree.Node // the values of a list, by how they are written
}

// The bounds of a sweep. A point is a whole experiment, so more than these is a mistake.
const (
	mostValues = 1000
	mostPoints = 10000
)

// node is a value of the axis in the tree.
func (a *axis) node(value string) *yamltree.Node {
	if n := a.nodes[value]; n != nil {
		return n
	}
	return &yamltree.Node{Kind: yamltree.Scalar, Text: value, At: a.whole.At}
}

// readAxis reads the values of an axis: a range, one value, or a list.
func readAxis(path string, at yamltree.Span, v yamltree.Value) (*axis, bool) {
	a := &axis{at: at, whole: v.Node, nodes: map[string]*yamltree.Node{}}
	a.Path = path
	if v.Node.Kind == yamltree.Scalar && strings.Contains(v.Node.Text, "..") {
		return a, a.readRange(v)
	}
	if v.Node.Kind == yamltree.Map {
		v.Failf("write a range such as 5..10 or 20..40/5, or a list", "an axis is a range or a list, not a map")
		return nil, false
	}
	for _, item := range v.Items() {
		text := item.Node.String()
		if a.nodes[text] != nil {
			item.Failf("", "%s is there twice", scalar.Clip(text))
			return nil, false
		}
		a.nodes[text] = item.Node
		a.Values = append(a.Values, text)
	}
	switch {
	case len(a.Values) == 0:
		v.Failf("write a range such as 5..10 or 20..40/5, or a list", "there are no values to try")
		return nil, false
	case len(a.Values) > mostValues:
		v.Failf("", "there are more than %d values", mostValues)
		return nil, false
	}
	a.measure()
	return a, true
}

// measure finds the numbers of a list, if all its values are numbers of one unit.
func (a *axis) measure() {
	for i, text := range a.Values {
		m := oneNumber.FindStringSubmatch(text)
		if m == nil || i > 0 && m[2] != a.Unit {
			a.Unit, a.Numbers, a.Places = "", nil, 0
			return
		}
		x, ok := scalar.ParseNumber(m[1])
		if !ok {
			a.Unit, a.Numbers, a.Places = "", nil, 0
			return
		}
		a.Unit, a.Numbers, a.Places = m[2], append(a.Numbers, x), max(a.Places, decimals(m[1]))
	}
}

// A number, the unit behind it, and a range of these: 5..10, 20..40/5, 10%..30%/5%,
// 80..160/20/day.
const (
	numberForm = `(-?[0-9]+(?:\.[0-9]+)?)`
	unitForm   = `( ?%?(?:/?[A-Za-z]+)?(?:/[A-Za-z]+)?)`
)

var (
	oneNumber = regexp.MustCompile(`^` + numberForm + unitForm + `$`)
	rangeForm = regexp.MustCompile(`^` + numberForm + unitForm + `\.\.` + numberForm + unitForm + `(?:/` + numberForm + unitForm + `)?$`)
)

const rangeHint = "write LOW..HIGH or LOW..HIGH/STEP, such as 5..10, 20..40/5, 10%..30%/5% or 80..160/20/day"

// readRange reads a range. Its unit may stand behind any of its numbers.
func (a *axis) readRange(v yamltree.Value) bool {
	text := v.Node.Text
	m := rangeForm.FindStringSubmatch(text)
	if m == nil {
		v.Failf(rangeHint, "%q is not a range", scalar.Clip(text))
		return false
	}
	for _, unit := range []string{m[2], m[4], m[6]} {
		switch {
		case unit == "" || unit == a.Unit:
		case a.Unit == "":
			a.Unit = unit
		default:
			v.Failf("write all of it in one unit", "%q has two units, %s and %s", scalar.Clip(text), strings.TrimSpace(a.Unit), strings.TrimSpace(unit))
			return false
		}
	}
	low, ok1 := scalar.ParseNumber(m[1])
	high, ok2 := scalar.ParseNumber(m[3])
	step, ok3 := 1.0, true
	if m[5] != "" {
		step, ok3 = scalar.ParseNumber(m[5])
	}
	switch {
	case !ok1 || !ok2 || !ok3:
		v.Failf(rangeHint, "%q is not a range", scalar.Clip(text))
		return false
	case high < low:
		v.Failf("write the smaller number first", "%q is an empty range", scalar.Clip(text))
		return false
	case !(step > 0):
		v.Failf("", "the step of %q is not above 0", scalar.Clip(text))
		return false
	case (high-low)/step >= mostValues:
		v.Failf("write a larger step: LOW..HIGH/STEP", "%q has more than %d values", scalar.Clip(text), mostValues)
		return false
	}
	a.Between = m[5] == ""
	a.Places = max(decimals(m[1]), decimals(m[3]), decimals(m[5]))
	a.steps(low, high, step)
	return true
}

// steps fills the values of a range: from low in steps as far as high, and high itself where
// no step is written.
func (a *axis) steps(low, high, step float64) {
	k := math.Pow10(a.Places)
	n := int(math.Floor((high-low)/step + 1e-9))
	for i := range n + 1 {
		a.add(math.Round((low+float64(i)*step)*k) / k)
	}
	if a.Between && a.Numbers[len(a.Numbers)-1] < high {
		a.add(high)
	}
}

func (a *axis) add(x float64) {
	a.Numbers = append(a.Numbers, x)
	a.Values = append(a.Values, writeOn(&a.Axis, x))
}

// writeOn is a number of an axis as it would be written in the scenario.
func writeOn(a *outcome.Axis, x float64) string {
	return strconv.FormatFloat(x, 'f', -1, 64) + a.Unit
}

// decimals is the number of digits behind the point.
func decimals(number string) int {
	_, behind, _ := strings.Cut(number, ".")
	return len(behind)
}

// readSample reads grid, or latin_hypercube and a number of points; 0 is the grid.
func readSample(v yamltree.Value) (int, bool) {
	const hint = "write grid, or latin_hypercube and a number of points, such as latin_hypercube 40"
	text, ok := v.Text("grid or latin_hypercube 40")
	if !ok {
		return 0, false
	}
	if text == "grid" {
		return 0, true
	}
	rest, ok := strings.CutPrefix(text, "latin_hypercube")
	n, err := strconv.Atoi(strings.TrimSpace(rest))
	if !ok || err != nil || rest != "" && rest[0] != ' ' {
		v.Failf(hint, "%q is not a way to choose points", scalar.Clip(text))
		return 0, false
	}
	if n < 2 || n > mostPoints {
		v.Failf(hint, "a Latin hypercube of %d points is out of range", n)
		return 0, false
	}
	return n, true
}

// readGoal reads breach_rate(first_reply, tier=enterprise) < 5%, as in the list expect.
func (d *decoder) readGoal(v yamltree.Value) *outcome.Goal {
	e, ok := measures.Expectation(d.Scope, v)
	if !ok {
		return nil
	}
	return &outcome.Goal{Expectation: e, Text: v.Node.Text}
}
