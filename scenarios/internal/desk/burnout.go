package desk

import (
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Burnout reads what is assumed about overload.
func (d *Decoder) Burnout(v yamltree.Value) {
	if !v.Exists() {
		return
	}
	b := &d.Out.Burnout
	s := d.Section(v, "burnout")
	b.Above, _ = scalar.Percent(s.Key("above"), 0.01, 0.999)
	if v := s.Need("over", "write over: 5d"); v.Exists() {
		b.Over, _ = scalar.PositiveDuration(v)
	}
	b.Handle, _ = scalar.Percent(s.Key("handle"), -0.9, 10)
	b.Reopen = points(s.Key("reopen"), "+")
	b.Quality = points(s.Key("quality"), "-")
	s.Done()
}

// points reads "+5 points" or "-5 points", which are five hundredths more or less, as
// the sign says that they must be.
func points(v yamltree.Value, sign string) float64 {
	text, ok := v.Text("a number of percentage points, such as " + sign + "5 points")
	if !ok {
		return 0
	}
	head, isPoints := strings.CutSuffix(text, " points")
	x, isNumber := scalar.ParseNumber(strings.TrimPrefix(head, sign))
	switch {
	case !isPoints || !isNumber:
		v.Failf("want percentage points, such as "+sign+"5 points", "%q is not a number of points", scalar.Clip(text))
		return 0
	case x < 0 || x > 99:
		v.Failf("want "+scalar.Between("0 points", "99 points"), "%s is out of range", scalar.Clip(text))
		return 0
	}
	return x / 100
}
