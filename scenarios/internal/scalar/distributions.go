package scalar

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// A family is a kind of distribution and the ways to state one.
type family struct {
	name  string
	forms []form
}

// A form is one list of parameters. Those named cv and shape are bare numbers,
// the others durations.
type form struct {
	parameters []string
	unnamed    bool // the parameters may be given by their order alone
	build      func(x []float64) (dist.Dist, error)
}

// families is the table of distributions.
var families = []family{
	{"constant", []form{{[]string{"value"}, true, func(x []float64) (dist.Dist, error) { return dist.Constant(x[0]) }}}},
	{"exponential", []form{{[]string{"mean"}, false, func(x []float64) (dist.Dist, error) { return dist.Exponential(x[0]) }}}},
	{"lognormal", []form{
		{[]string{"mean", "cv"}, false, func(x []float64) (dist.Dist, error) { return dist.Lognormal(x[0], x[1]) }},
		{[]string{"median", "cv"}, false, func(x []float64) (dist.Dist, error) { return dist.LognormalMedian(x[0], x[1]) }},
	}},
	{"gamma", []form{{[]string{"mean", "cv"}, false, func(x []float64) (dist.Dist, error) { return dist.Gamma(x[0], x[1]) }}}},
	{"weibull", []form{
		{[]string{"mean", "cv"}, false, func(x []float64) (dist.Dist, error) { return dist.WeibullMean(x[0], x[1]) }},
		{[]string{"scale", "shape"}, false, func(x []float64) (dist.Dist, error) { return dist.Weibull(x[0], x[1]) }},
	}},
	{"uniform", []form{{[]string{"min", "max"}, true, func(x []float64) (dist.Dist, error) { return dist.Uniform(x[0], x[1]) }}}},
	{"triangular", []form{{[]string{"min", "mode", "max"}, true, func(x []float64) (dist.Dist, error) { return dist.Triangular(x[0], x[1], x[2]) }}}},
}

func familyNames() []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.name
	}
	return names
}

// usage is how a family is written: "lognormal(mean 9m, cv 0.8)".
func (f family) usage() string {
	examples := map[string]string{"cv": "0.8", "shape": "1.5", "value": "3m", "min": "1m", "mode": "2m", "max": "6m"}
	var ways []string
	for _, form := range f.forms {
		var parts []string
		for _, p := range form.parameters {
			example := examples[p]
			switch {
			case example == "":
				parts = append(parts, p+" 9m")
			case form.unnamed:
				parts = append(parts, example)
			default:
				parts = append(parts, p+" "+example)
			}
		}
		ways = append(ways, f.name+"("+strings.Join(parts, ", ")+")")
	}
	return strings.Join(ways, " or ")
}

const distributionHint = "want a duration such as 9m, or a distribution such as lognormal(mean 9m, cv 0.8)"

// Distribution is a distribution of durations, in seconds: an expression, or a
// mixture as a map or list of shares.
func Distribution(v yamltree.Value) (dist.Dist, bool) {
	if !v.Exists() {
		return dist.Dist{}, false
	}
	switch v.Node.Kind {
	case yamltree.Map:
		return mixture(v, v.Entries(""))
	case yamltree.List:
		var entries []yamltree.Entry
		for _, item := range v.Items() {
			entries = append(entries, item.Entries("a share and a distribution, such as 10%: 0s")...)
		}
		return mixture(v, entries)
	}
	text, ok := v.Text("a distribution")
	if !ok {
		return dist.Dist{}, false
	}
	open := strings.IndexByte(text, '(')
	if open < 0 {
		return justDuration(v, text)
	}
	return expression(v, text, open)
}

func justDuration(v yamltree.Value, text string) (dist.Dist, bool) {
	text = strings.TrimSpace(text)
	for _, f := range families {
		if text == f.name {
			v.Failf("write "+f.usage(), "%s lacks its parameters", text)
			return dist.Dist{}, false
		}
	}
	if text != "" && unicode.IsLetter([]rune(text)[0]) && text[0] != 'P' {
		v.Failf(distributionHint, "%q is not a distribution", Clip(text))
		return dist.Dist{}, false
	}
	d, ok := Duration(v)
	if !ok {
		return dist.Dist{}, false
	}
	return build(v, dist.Constant, d.Seconds())
}

func build(v yamltree.Value, of func(float64) (dist.Dist, error), x float64) (dist.Dist, bool) {
	d, err := of(x)
	if err != nil {
		v.Failf("", "%v", err)
	}
	return d, err == nil
}

// expression reads name(arguments); open is the place of the parenthesis.
func expression(v yamltree.Value, text string, open int) (dist.Dist, bool) {
	name := strings.TrimSpace(text[:open])
	f, known := familyOf(name)
	if !known {
		hint := "known: " + strings.Join(familyNames(), ", ")
		if nearest, ok := yamltree.Nearest(name, familyNames()); ok {
			hint = fmt.Sprintf("did you mean %s? %s", nearest, hint)
		}
		v.Within(0, open).Failf(hint, "%q is not a distribution", Clip(name))
		return dist.Dist{}, false
	}
	if !strings.HasSuffix(text, ")") {
		v.Failf("write "+f.usage(), "the parenthesis after %s is not closed", name)
		return dist.Dist{}, false
	}
	args, ok := arguments(v, text, open+1, f)
	if !ok {
		return dist.Dist{}, false
	}
	return f.build(v, args)
}

func familyOf(name string) (family, bool) {
	for _, f := range families {
		if f.name == name {
			return f, true
		}
	}
	return family{}, false
}

// argument is one parameter of an expression.
type argument struct {
	name  string // empty when it is given by order
	value yamltree.Value
}

// arguments cuts the text between the parentheses at its commas.
func arguments(v yamltree.Value, text string, start int, f family) ([]argument, bool) {
	var args []argument
	at := start
	for _, part := range strings.Split(text[start:len(text)-1], ",") {
		trimmed := strings.TrimSpace(part)
		if trimmed == "" {
			v.Failf("write "+f.usage(), "a parameter of %s is empty", f.name)
			return nil, false
		}
		offset := at + strings.Index(part, trimmed)
		arg := argument{}
		if word := strings.IndexByte(trimmed, ' '); word > 0 && unicode.IsLetter(rune(trimmed[0])) {
			arg.name = trimmed[:word]
			value := strings.TrimSpace(trimmed[word:])
			offset += strings.LastIndex(trimmed, value)
			trimmed = value
		}
		arg.value = v.Within(offset, len(trimmed)).WithText(trimmed)
		args = append(args, arg)
		at += len(part) + 1
	}
	return args, true
}

// build finds the form that the arguments fill, reads them, and makes the
// Distribution.
func (f family) build(v yamltree.Value, args []argument) (dist.Dist, bool) {
	form, ok := f.match(args)
	if !ok {
		v.Failf("write "+f.usage(), "these are not the parameters of %s", f.name)
		return dist.Dist{}, false
	}
	x := make([]float64, len(args))
	for i, name := range form.parameters {
		for j, arg := range args {
			if arg.name != name && (arg.name != "" || j != i) {
				continue
			}
			if name == "cv" || name == "shape" {
				x[i], ok = Number(arg.value, 0, math.MaxFloat64)
			} else {
				d, good := Duration(arg.value)
				x[i], ok = d.Seconds(), good
			}
			if !ok {
				return dist.Dist{}, false
			}
		}
	}
	if f.name == "uniform" || f.name == "triangular" {
		for i := 1; i < len(x); i++ {
			if x[i] < x[i-1] || x[0] == x[len(x)-1] {
				v.Failf("write "+f.usage(), "the parameters of %s must rise", f.name)
				return dist.Dist{}, false
			}
		}
	}
	d, err := form.build(x)
	if err != nil {
		v.Failf("", "%v", err)
	}
	return d, err == nil
}

// match is the form whose parameters the arguments name, each once.
func (f family) match(args []argument) (form, bool) {
	for _, form := range f.forms {
		if len(form.parameters) == len(args) && form.takes(args) {
			return form, true
		}
	}
	return form{}, false
}

func (f form) takes(args []argument) bool {
	named := map[string]bool{}
	for _, arg := range args {
		if arg.name != "" {
			named[arg.name] = true
		}
	}
	if len(named) == 0 {
		return f.unnamed
	}
	for _, p := range f.parameters {
		if !named[p] {
			return false
		}
	}
	return len(named) == len(args)
}

// mixture is a distribution with shares, which must add up to 100%.
func mixture(v yamltree.Value, entries []yamltree.Entry) (dist.Dist, bool) {
	parts := make([]dist.Part, 0, len(entries))
	good, total := true, 0.
	for _, e := range entries {
		weight, ok := Percent(e.Name, 0, 1)
		part, ok2 := Distribution(e.Value)
		good = good && ok && ok2
		total += weight
		parts = append(parts, dist.Part{Weight: weight, Dist: part})
	}
	switch {
	case !good:
		return dist.Dist{}, false
	case len(entries) == 0 || !IsWhole(total):
		v.Failf("write {10%: 0s, 90%: exponential(mean 1000s)}", "the shares of the mixture add up to %s%%, not 100%%", RoundPercent(total))
		return dist.Dist{}, false
	}
	d, err := dist.Mixture(parts...)
	if err != nil {
		v.Failf("", "%v", err)
	}
	return d, err == nil
}

// IsWhole reports whether shares add up to one, give or take the roundings of
// 33.33%.
func IsWhole(total float64) bool { return math.Abs(total-1) <= 1e-4 }

// RoundPercent writes a share in per cent, to two decimals.
func RoundPercent(x float64) string { return Plain(math.Round(x*1e4) / 1e2) }
