package targets

import (
	"math"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Binned is a distribution of times in bins: how many lie in each, up to its upper bound in seconds.
type Binned struct {
	Upper []float64
	Count []uint64
}

// N is how many times there are.
func (b *Binned) N() (n uint64) {
	for _, c := range b.Count {
		n += c
	}
	return n
}

// Quantile is the upper bound of the bin that holds the p-quantile; NaN of nothing.
func (b *Binned) Quantile(p float64) float64 {
	rest := uint64(math.Ceil(p * float64(b.N())))
	for i, c := range b.Count {
		if c >= rest && c > 0 {
			return b.Upper[i]
		}
		rest -= min(c, rest)
	}
	return math.NaN()
}

// Within is the share of times up to a limit, by the bins that end by then; NaN of nothing.
func (b *Binned) Within(seconds float64) float64 {
	var in uint64
	for i, c := range b.Count {
		if b.Upper[i] <= seconds {
			in += c
		}
	}
	return float64(in) / float64(b.N())
}

// ProposeBinned is Propose from a distribution of a simulation, of which there are no days. quantiles are the
// percentiles with their intervals over replications, by Percentiles, with NaN for those that are not known. The interval
// of the share that is kept follows from that of the percentile: were all times longer by what it may be, so much
// less would be kept.
func ProposeBinned(b *Binned, quantiles []estimate.Estimate) []Proposal {
	if b.N() < Fewest {
		return nil
	}
	var out []Proposal
	for i, p := range Percentiles {
		x := Proposal{Percentile: p, Quantile: quantiles[i], Kept: nothing(quantiles[i].Level), TightenedKept: nothing(quantiles[i].Level)}
		if math.IsNaN(x.Quantile.Value) {
			x.Quantile = nothing(quantiles[i].Level)
			x.Quantile.Value = b.Quantile(p)
		}
		x.Target = Above(x.Quantile.Value)
		x.Tightened = Below(x.Target)
		x.Fitted = b.kept(x.Target.Seconds(), x.Quantile)
		x.TightenedKept = b.kept(x.Tightened.Seconds(), x.Quantile)
		out = append(out, x)
	}
	return out
}

func nothing(level float64) estimate.Estimate {
	return estimate.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), Level: level}
}

// kept is the share within a limit, with an interval by how far the quantile may be off.
func (b *Binned) kept(limit float64, q estimate.Estimate) estimate.Estimate {
	e := nothing(q.Level)
	e.N, e.Value = q.N, b.Within(limit)
	if q.Low > 0 && !math.IsInf(q.High, 1) {
		e.Low, e.High = b.Within(limit*q.Value/q.High), b.Within(limit*q.Value/q.Low)
	}
	return e
}
