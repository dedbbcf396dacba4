package counts

import "math"

// fewestTogether is how many days it takes to say anything about two streams.
const fewestTogether = 20

// Together is the correlation of the day factors of two streams, over the days that are ordinary for both. The counts of a day, over
// their means, have the covariance of the factors, and the variances of the factors with that of pure chance (the mean of 1/μ) on top:
//
//	S ~ Wishart(ν, Σ)/ν,  Σ = [ a² + c, r a b ; r a b, b² + d ]
//
// with ν days that are left after what was fitted to them. The value is the r of the highest likelihood; the bounds are where its profile,
// over all a and b, has fallen as far as that of a regression would (Pawitan 2001, In All Likelihood, chapters 3 and 9), so that
// it is told as doubtful how much of a day is chance as well. Student is the two-sided quantile of Student's law with so many degrees of
// freedom. False where there are too few days, or no busyness to go together.
func Together(a, b *Daily, student func(freedom int) float64) (value, low, high float64, days int, ok bool) {
	if a.Phi == 0 || b.Phi == 0 {
		return 0, 0, 0, 0, false
	}
	var p pair
	for i := range a.Days {
		if a.Special[i] || b.Special[i] || a.Mean[i] == 0 || b.Mean[i] == 0 {
			continue
		}
		x, y := a.Counts[i]/a.Mean[i]-1, b.Counts[i]/b.Mean[i]-1
		p.aa, p.bb, p.ab = p.aa+x*x, p.bb+y*y, p.ab+x*y
		p.chanceA, p.chanceB = p.chanceA+1/a.Mean[i], p.chanceB+1/b.Mean[i]
		days++
	}
	freedom := days - max(a.fitted, b.fitted)
	if days < fewestTogether || freedom < 2 {
		return 0, 0, 0, days, false
	}
	p.freedom = float64(freedom)
	p.aa, p.bb, p.ab = p.aa/p.freedom, p.bb/p.freedom, p.ab/p.freedom
	p.chanceA, p.chanceB = p.chanceA/float64(days), p.chanceB/float64(days)
	value = golden(p.loss, -1, 1)
	for _, edge := range []float64{-1, 1} { // the search never gets to an edge itself
		if p.loss(edge) <= p.loss(value) {
			value = edge
		}
	}
	t := student(freedom - 1)
	target := p.loss(value) + p.freedom/2*math.Log1p(t*t/float64(freedom-1))
	low, high = -1, 1
	if p.loss(-1) > target {
		low = crossing(p.loss, target, value, -1)
	}
	if p.loss(1) > target {
		high = crossing(p.loss, target, value, 1)
	}
	return value, low, high, days, true
}

// pair is what days say of two streams: variances and covariance of their counts over their means, and how much of the variances
// is chance.
type pair struct{ aa, bb, ab, chanceA, chanceB, freedom float64 }

// loss is how unlikely a correlation is, with the busyness of both that suits it best.
func (p pair) loss(r float64) float64 {
	most := func(variance float64) float64 { return 2 * math.Sqrt(variance) }
	ofA := func(a float64) float64 {
		ofB := func(b float64) float64 { return p.deviance(r, a, b) }
		return ofB(golden(ofB, 0, most(p.bb)))
	}
	return ofA(golden(ofA, 0, most(p.aa)))
}

// deviance is half of that of the Wishart law.
func (p pair) deviance(r, a, b float64) float64 {
	aa, bb, ab := a*a+p.chanceA, b*b+p.chanceB, r*a*b
	det := aa*bb - ab*ab
	return p.freedom / 2 * (math.Log(det) + (p.aa*bb+p.bb*aa-2*p.ab*ab)/det)
}
