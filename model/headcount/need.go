package headcount

import (
	"slices"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
)

// spread is how many heads at work a month of a team asks for when demand is at a level that so large a share of all years stay below. All
// streams are at the same level at once, as in the simulator.
type spread []float64 // by the levels of the nodes

// nodes are the levels at which work is worked out; between them it grows with demand, by its largest forecast error, in a straight line.
var nodes = [...]float64{0.005, 0.1, 0.3, 0.5, 0.7, 0.9, 0.995}

// parts is how many equally likely levels stand for all.
const parts = 200

// forecast is the law of the stream that may be furthest from what is written; zero if none may be.
func forecast(s *model.Scenario) (law dist.Dist, err error) {
	cv := 0.
	for i := range s.Streams {
		cv = max(cv, s.Streams[i].Forecast)
	}
	if cv > 0 {
		return dist.Gamma(1, cv)
	}
	return law, nil
}

// spread works out a month at each of the nodes.
func (p *Plan) spread(s *model.Scenario, m *Month, capacity, paid []float64) error {
	nets := make([]spread, len(p.Teams))
	for _, level := range nodes {
		at := *s
		at.Streams = slices.Clone(s.Streams)
		for i := range at.Streams {
			if st := &at.Streams[i]; st.Forecast > 0 {
				law, err := dist.Gamma(1, st.Forecast)
				if err != nil {
					return err
				}
				st.Volume.Count *= law.Quantile(level)
			}
		}
		hours, err := asked(&at, m, capacity)
		if err != nil {
			return err
		}
		for i := range nets {
			nets[i] = append(nets[i], hours[i]/paid[i])
		}
	}
	for i := range nets {
		p.Teams[i].spread = append(p.Teams[i].spread, nets[i])
	}
	return nil
}

// at is the net heads at a level of demand, which is of a law.
func (x spread) at(law *dist.Dist, level float64) float64 {
	k := 1
	for k < len(nodes)-1 && nodes[k] < level {
		k++
	}
	from, to := law.Quantile(nodes[k-1]), law.Quantile(nodes[k])
	return max(0, x[k-1]+(law.Quantile(level)-from)/(to-from)*(x[k]-x[k-1]))
}

// needs are equally likely numbers of gross heads that a month asks for: one where demand is certain.
func (p *Plan) needs(t *Team, month int) []float64 {
	if t.spread == nil {
		return []float64{p.Gross(t, month)}
	}
	gross := (1 + p.Margin) / (1 - t.Lost[month])
	out := make([]float64, parts)
	for k := range out {
		out[k] = t.spread[month].at(&p.forecast, (float64(k)+0.5)/parts) * gross
	}
	return out
}

// between are the ends of the middle 95 % of the gross heads that a month asks for.
func (p *Plan) between(t *Team, month int) (least, most float64) {
	if t.spread == nil {
		g := p.Gross(t, month)
		return g, g
	}
	gross := (1 + p.Margin) / (1 - t.Lost[month])
	return t.spread[month].at(&p.forecast, 0.025) * gross, t.spread[month].at(&p.forecast, 0.975) * gross
}

// short is the chance that a month has fewer heads than it asks for, if it had so many more.
func (p *Plan) short(l *law, t *Team, month int, more float64) (chance float64) {
	needs := p.needs(t, month)
	for _, need := range needs {
		chance += l.below(need-more) / float64(len(needs))
	}
	return chance
}
