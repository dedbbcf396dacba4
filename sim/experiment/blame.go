package experiment

import (
	"math"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/counterfactual"
	"github.com/headroom-sim/headroom/model/elapsed"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/shapley"
	"github.com/headroom-sim/headroom/sim/causes"
)

const players = counterfactual.Number

// account turns the trials of the first n replications, drawn in sets, into estimates.
type account struct {
	*inquiry
	n, set int
	late   [][]float64 // by world, by set of replications
	judged [][]float64
	base   []float64 // late, as the scenario is
}

// column is a number of each replication, added up by sets.
func (a *account) column(of func(r int) float64) []float64 {
	xs := make([]float64, a.n)
	for r := range xs {
		xs[r] = of(r)
	}
	return estimate.Sets(xs, a.set)
}

// mean is the mean over replications of a column.
func (a *account) mean(xs []float64) estimate.Estimate {
	size := make([]float64, len(xs))
	for i := range size {
		size[i] = float64(a.set)
	}
	return estimate.Ratio(xs, size, Level)
}

func (q *inquiry) report(n, set int, tool string) *breach.Report {
	a := &account{inquiry: q, n: n, set: set}
	for w := range q.worlds {
		a.late = append(a.late, a.column(func(r int) float64 { return float64(q.trials[r][w].Late) }))
		a.judged = append(a.judged, a.column(func(r int) float64 { return float64(q.trials[r][w].Judged) }))
	}
	none, all := q.of[0], q.of[counterfactual.All]
	a.base = a.late[none]
	x := &breach.Report{
		Name: q.s.Name, Title: q.s.Title, Digest: q.s.Digest(), Tool: tool, Start: q.s.Time.Start, Length: q.s.Time.Length, Warmup: q.s.Time.Warmup,
		Seed: q.s.Run.Seed, Level: Level, Planned: len(q.trials), Replications: n, Set: set, Trials: n * len(q.worlds), Metric: q.metric.String(),
		Late: a.mean(a.base), Rate: estimate.Ratio(a.base, a.judged[none], Level),
		Rest: estimate.Ratio(a.late[all], a.base, Level), RestLate: a.mean(a.late[all]),
	}
	x.Saved = a.mean(a.saved(none, all))
	a.went(x)
	a.spells(x)
	for k := range players {
		x.Switches = append(x.Switches, a.blame(counterfactual.Switch(k)))
	}
	x.Tiers = a.groups(q.s.Names.Tiers, func(l *causes.Ledger) []causes.Count { return l.Tiers })
	if len(q.s.Names.Accounts) > 0 {
		x.Accounts = a.groups(append(append([]string{}, q.s.Names.Accounts...), ""), func(l *causes.Ledger) []causes.Count { return l.Accounts })
	}
	for h := range x.Hourly {
		for r := range n {
			x.Hourly[h].Late += float64(q.trials[r][none].HourlyLate[h]) / float64(n)
			x.Hourly[h].Judged += float64(q.trials[r][none].HourlyJudged[h]) / float64(n)
		}
	}
	return x
}

// saved is how many fewer clocks are late in one world than in another.
func (a *account) saved(from, to int) []float64 {
	out := make([]float64, len(a.base))
	for i := range out {
		out[i] = a.late[from][i] - a.late[to][i]
	}
	return out
}

// went says where the time of clocks went.
func (a *account) went(x *breach.Report) {
	of := func(r, which int) *causes.Ledger { return a.books[r][which] }
	late := a.column(func(r int) float64 { return of(r, 0).Late.Sum().Seconds() })
	whole := a.column(func(r int) float64 { return of(r, 0).All.Sum().Seconds() })
	var rest elapsed.Parts
	for r := range a.n {
		rest.Add(&of(r, 1).Late)
	}
	for p := range elapsed.Number {
		if sum := rest.Sum(); sum > 0 {
			x.RestWent[p] = rest[p].Seconds() / sum.Seconds()
		}
		part := a.column(func(r int) float64 { return of(r, 0).Late[p].Seconds() })
		inAll := a.column(func(r int) float64 { return of(r, 0).All[p].Seconds() })
		w := breach.Went{
			Part: elapsed.Part(p), OfLate: estimate.Ratio(part, late, Level), OfAll: estimate.Ratio(inAll, whole, Level),
			Main:            estimate.Ratio(a.column(func(r int) float64 { return float64(of(r, 0).Main[p]) }), a.base, Level),
			MeanLateSeconds: estimate.Ratio(part, a.base, Level),
		}
		if w.OfLate.Value != 0 && !math.IsNaN(w.OfLate.Value) || w.OfAll.Value != 0 && !math.IsNaN(w.OfAll.Value) {
			x.Went = append(x.Went, w)
		}
	}
}

// blame is what a switch would have saved.
func (a *account) blame(k counterfactual.Switch) breach.Switch {
	bit := 1 << k
	orders := shapley.Orders(players)
	x := breach.Switch{Name: k.String(), Says: k.Says(), Changes: a.changes[k], Orders: orders}
	weights := shapley.Weights(players, int(k))
	numerator := make([]float64, a.n) // of each replication, times orders; whole numbers
	byWorld := make([]float64, len(a.worlds))
	for set, w := range weights {
		world := a.of[set]
		byWorld[world] -= float64(w)
		for r := range a.n {
			t := a.trials[r][world]
			numerator[r] -= float64(w * t.Late)
			x.Numerator -= w * t.Late
			for h := range x.Hourly {
				x.Hourly[h] -= float64(w*t.HourlyLate[h]) / float64(orders) / float64(a.n)
			}
		}
	}
	for w := range byWorld {
		byWorld[w] /= float64(orders)
	}
	value := a.column(func(r int) float64 { return numerator[r] / float64(orders) })
	none, all := a.of[0], a.of[counterfactual.All]
	x.Value, x.Share = a.mean(value), estimate.Ratio(value, a.base, Level)
	x.Points = estimate.Combined(byWorld, a.late, a.judged, Level)
	x.Alone = estimate.Ratio(a.saved(none, a.of[bit]), a.base, Level)
	x.Last = estimate.Ratio(a.saved(a.of[int(counterfactual.All)&^bit], all), a.base, Level)
	return x
}

// groups are the clocks by tier or account.
func (a *account) groups(names []string, of func(*causes.Ledger) []causes.Count) (out []breach.Group) {
	for i, name := range names {
		late := a.column(func(r int) float64 { return float64(of(a.books[r][0])[i].Late) })
		all := a.column(func(r int) float64 { return float64(of(a.books[r][0])[i].All) })
		g := breach.Group{Name: name, Late: a.mean(late), Rate: estimate.Ratio(late, all, Level), Part: estimate.Ratio(late, a.base, Level)}
		if !math.IsNaN(g.Rate.Value) {
			out = append(out, g)
		}
	}
	return out
}
