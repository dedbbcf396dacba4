package headcount

import (
	"math"
	"sort"
)

// law is how many heads a month has, by chance: each person leaves or stays whatever the others
// do. Whoever leaves within a month counts for all of it or for none, by the share of it for
// which he is expected; so its mean is that of Line.Heads. People of a cohort are a
// binomial number of alike ones; a fraction of a head is one more, who works as little.
type law struct {
	full  []float64 // chance of so many full heads, from 0 on
	parts []part    // of who works less than that, by work, with the chances added up
	sure  float64   // heads that nobody doubts
}

type part struct{ work, chance float64 }

const (
	grid = 1000 // parts of a head to which work of who learns is rounded, for the law alone
	dust = 1e-12
)

// law works it out for a month.
func (t *Team) law(cohorts []Cohort, m *Month) *law {
	l := &law{full: []float64{1}}
	small := []float64{1} // by work, in parts of the grid
	for i := range cohorts {
		c := &cohorts[i]
		x := t.present(c, m)
		if x.there <= 0 || x.work <= 0 {
			continue
		}
		// Who begins within the month is there for a part of it at most, and that for sure.
		stays := x.there * float64(m.Days()) / float64(m.To-max(c.Day, m.From))
		if c.Until > 0 || stays > 1-1e-9 {
			l.sure += c.Heads * x.work
			continue
		}
		work := x.work / stays // of one who stays
		whole := math.Floor(c.Heads + 1e-9)
		if work > 1-0.5/grid {
			l.full = convolve(l.full, binomial(int(whole), stays))
		} else {
			small = convolve(small, apart(binomial(int(whole), stays), work))
		}
		if rest := c.Heads - whole; rest > 1e-9 {
			small = convolve(small, apart([]float64{1 - stays, stays}, rest*work))
		}
	}
	for at, chance := range small {
		if chance > dust {
			l.parts = append(l.parts, part{float64(at) / grid, chance})
		}
	}
	for i := 1; i < len(l.full); i++ {
		l.full[i] += l.full[i-1]
	}
	return l
}

// below is the chance that heads are fewer than so many.
func (l *law) below(heads float64) (p float64) {
	for _, x := range l.parts {
		// Full heads are fewer than the rest: at most one less than it, rounded up.
		k := int(math.Ceil(heads-l.sure-x.work-1e-9)) - 1
		if k >= 0 {
			p += x.chance * l.full[min(k, len(l.full)-1)]
		}
	}
	return min(p, 1)
}

// quantile is the least number of heads within which a share of the chances lies.
func (l *law) quantile(share float64) float64 {
	most := float64(len(l.full))
	if n := len(l.parts); n > 0 {
		most += l.parts[n-1].work
	}
	k := sort.Search(int(math.Ceil(most*grid)), func(k int) bool { return l.below(l.sure+(float64(k)+0.5)/grid) >= share })
	return l.sure + float64(k)/grid
}

// binomial is the chances of 0 to n successes.
func binomial(n int, p float64) []float64 {
	out := make([]float64, n+1)
	if p >= 1 {
		out[n] = 1
		return out
	}
	logN, _ := math.Lgamma(float64(n + 1))
	for k := range out {
		a, _ := math.Lgamma(float64(k + 1))
		b, _ := math.Lgamma(float64(n - k + 1))
		out[k] = math.Exp(logN - a - b + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	}
	return out
}

// convolve is the law of a sum.
func convolve(a, b []float64) []float64 {
	out := make([]float64, len(a)+len(b)-1)
	for i, x := range a {
		if x < dust {
			continue
		}
		for k, y := range b {
			if y > dust {
				out[i+k] += x * y
			}
		}
	}
	return out
}

// apart is chances of so many, by what they work, in parts of the grid.
func apart(many []float64, work float64) []float64 {
	at := func(k int) int { return int(math.Round(float64(k) * work * grid)) }
	out := make([]float64, at(len(many)-1)+1)
	for k, chance := range many {
		out[at(k)] += chance
	}
	return out
}
