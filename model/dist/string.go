package dist

import (
	"slices"
	"strconv"
)

// String states the distribution with its parameters in full precision, such
// as
//
//	lognormal(mean 540, cv 0.8)
//	mixture(0.1 constant(0), 0.9 exponential(mean 1000))
//
// Equal distributions have equal strings and others have not, so that the
// string can stand for the distribution in a digest. The zero Dist is "none".
func (d Dist) String() string { return string(d.append(nil)) }

func (d Dist) append(b []byte) []byte {
	kind, values := d.Stated()
	b = append(b, kind...)
	if d.kind == none {
		return b
	}
	b = append(b, '(')
	for i, v := range values {
		if i > 0 {
			b = append(b, ", "...)
		}
		if v.Name != "" {
			b = append(append(b, v.Name...), ' ')
		}
		b = number(b, v.Value)
	}
	for i, p := range d.Parts() {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(number(b, p.Weight), ' ')
		b = p.Dist.append(b)
	}
	return append(b, ')')
}

func number(b []byte, x float64) []byte { return strconv.AppendFloat(b, x, 'g', -1, 64) }

// Value is a parameter of a distribution with its name; the only one of a constant has none.
type Value struct {
	Name  string
	Value float64
}

// Stated is the kind of a distribution and its parameters, as String has them; those
// of a mixture are its Parts.
func (d Dist) Stated() (kind string, values []Value) {
	switch d.kind {
	case constant:
		return "constant", []Value{{"", d.a}}
	case exponential:
		return "exponential", []Value{{"mean", d.a}}
	case lognormal:
		return "lognormal", []Value{{"mean", d.a}, {"cv", d.b}}
	case lognormalMedian:
		return "lognormal", []Value{{"median", d.a}, {"cv", d.b}}
	case gamma:
		return "gamma", []Value{{"mean", d.a}, {"cv", d.b}}
	case weibull:
		return "weibull", []Value{{"scale", d.a}, {"shape", d.b}}
	case uniform:
		return "uniform", []Value{{"min", d.a}, {"max", d.b}}
	case triangular:
		return "triangular", []Value{{"min", d.a}, {"mode", d.b}, {"max", d.c}}
	case mixed:
		return "mixture", nil
	}
	return "none", nil
}

// Parts are the components of a mixture, with weights that add up to 1; nil for any other
// distribution.
func (d Dist) Parts() []Part {
	if d.mix == nil {
		return nil
	}
	return slices.Clone(d.mix.parts)
}
