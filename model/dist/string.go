package dist

import "strconv"

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
	switch d.kind {
	case constant:
		return state(b, "constant", "", d.a)
	case exponential:
		return state(b, "exponential", "mean", d.a)
	case lognormal:
		return state(b, "lognormal", "mean", d.a, "cv", d.b)
	case lognormalMedian:
		return state(b, "lognormal", "median", d.a, "cv", d.b)
	case gamma:
		return state(b, "gamma", "mean", d.a, "cv", d.b)
	case weibull:
		return state(b, "weibull", "scale", d.a, "shape", d.b)
	case uniform:
		return state(b, "uniform", "min", d.a, "max", d.b)
	case triangular:
		return state(b, "triangular", "min", d.a, "mode", d.b, "max", d.c)
	case mixed:
		b = append(b, "mixture("...)
		for i, p := range d.mix.parts {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = number(b, p.Weight)
			b = append(b, ' ')
			b = p.Dist.append(b)
		}
		return append(b, ')')
	}
	return append(b, "none"...)
}

// state writes kind(name value, name value); pairs alternate names and numbers.
func state(b []byte, kind string, pairs ...any) []byte {
	b = append(b, kind...)
	b = append(b, '(')
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			b = append(b, ", "...)
		}
		if name := pairs[i].(string); name != "" {
			b = append(b, name...)
			b = append(b, ' ')
		}
		b = number(b, pairs[i+1].(float64))
	}
	return append(b, ')')
}

func number(b []byte, x float64) []byte { return strconv.AppendFloat(b, x, 'g', -1, 64) }
