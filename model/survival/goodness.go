package survival

import (
	"errors"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/dist"
)

// Goodness says how well a law fits its sample.
type Goodness struct {
	// Distance is the largest distance between the share that the sample says has ended by
	// some time (Kaplan–Meier) and the one that the law says (Kolmogorov, Smirnov).
	Distance float64
	// P is the probability that a sample that was drawn from the law, and to which the law was
	// fitted again, is as far off or farther (parametric bootstrap; Stute, Gonzáles Manteiga, Presedo
	// Quindimil 1993).
	P     float64
	Draws int // bootstrap samples
	N     int // of the observations that were compared
}

// pointsToCompare is how many observations are compared: with very many of them any law is found
// to be wrong, however little it matters.
const pointsToCompare = 500

// Judge tells how well a law fits, with so many bootstrap samples from a source. What was cut off in the
// sample is cut off in the draws too.
func Judge(s *Sample, l *Law, source dist.Source, draws int) (*Goodness, error) {
	if l.Family == Constant {
		return &Goodness{P: 1, N: s.N()}, nil // it was seen to be
	}
	if l.Family == TwoLognormals {
		draws = min(draws, 60) // each takes long
	}
	used := s.some(pointsToCompare)
	own, err := Fit(used, l.Family, 0.95)
	if err != nil {
		return nil, err
	}
	g := &Goodness{Distance: distance(used, own.Dist), N: used.N()}
	farther := 0
	for range draws {
		drawn := redraw(used, own.Dist, source)
		again, err := Fit(drawn, l.Family, 0.95)
		if errors.Is(err, ErrFew) {
			continue
		}
		if err != nil {
			return nil, err
		}
		g.Draws++
		if distance(drawn, again.Dist) >= g.Distance {
			farther++
		}
	}
	// Counting the sample itself keeps a p from 0 (Davison, Hinkley 1997, section 4.2).
	g.P = float64(farther+1) / float64(g.Draws+1)
	return g, nil
}

// some is at most so many observations, every k-th as they came: those that are evenly spaced in
// size would fit better than chance allows.
func (s *Sample) some(most int) *Sample {
	every := max(1, (s.N()+most-1)/most)
	pick := func(xs []float64) (kept []float64) {
		for i := every / 2; i < len(xs); i += every {
			kept = append(kept, xs[i])
		}
		return kept
	}
	return &Sample{Exact: pick(s.Exact), Censored: pick(s.Censored)}
}

// redraw draws a sample like another from a law: durations from the law, and limits from what
// the sample says about when people were lost from sight, which is a Kaplan–Meier curve with the roles
// of the two changed (Efron 1981).
func redraw(s *Sample, law dist.Dist, source dist.Source) *Sample {
	drawn := &Sample{}
	var limits []Step
	if len(s.Censored) > 0 {
		limits = KaplanMeier(&Sample{Exact: s.Censored, Censored: s.Exact}, 0.95)
	}
	for range s.N() {
		x, limit := law.Sample(source), math.Inf(1)
		if u := unit(source); len(limits) > 0 {
			if i := slices.IndexFunc(limits, func(step Step) bool { return step.Survives <= u }); i >= 0 {
				limit = limits[i].Seconds
			}
		}
		if x <= limit {
			drawn.Add(x)
		} else {
			drawn.Beyond(limit)
		}
	}
	return drawn
}

// unit is a number from 0 up to 1.
func unit(source dist.Source) float64 { return float64(source.Uint64()>>11) / (1 << 53) }

// distance is that of Kolmogorov and Smirnov between a law and a sample.
func distance(s *Sample, law dist.Dist) float64 {
	most, before := 0., 0.
	for _, step := range KaplanMeier(s, 0.95) {
		want := law.CDF(step.Seconds)
		ended := 1 - step.Survives
		most = max(most, math.Abs(want-before), math.Abs(want-ended))
		before = ended
	}
	return most
}
