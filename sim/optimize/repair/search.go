package repair

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/headroom-sim/headroom/model/program"
)

// search is a choice that is being changed, with its sums.
type search struct {
	p       *program.Program
	r       *rand.Rand
	rows    [][]program.Entry // by row: its columns (as Entry.Row) and their coefficients
	x, sums []float64
	weights []float64 // of rows, the higher the harder to keep
	broken  []int     // rows that are missed, each once, some of them perhaps mended
	listed  []bool    // rows that are in broken
	seen    []int     // the last visit to each column
	visit   int
}

func newSearch(p *program.Program, r *rand.Rand) *search {
	s := &search{
		p: p, r: r, rows: make([][]program.Entry, len(p.Rows)), x: make([]float64, len(p.Columns)),
		weights: make([]float64, len(p.Rows)), listed: make([]bool, len(p.Rows)), seen: make([]int, len(p.Columns)),
	}
	for j := range p.Columns {
		s.x[j] = p.Columns[j].Lower
		for _, e := range p.Columns[j].Entries {
			s.rows[e.Row] = append(s.rows[e.Row], program.Entry{Row: j, Coef: e.Coef})
		}
	}
	for i := range s.weights {
		s.weights[i] = 1
	}
	s.set(s.x)
	return s
}

// set takes over a choice.
func (s *search) set(x []float64) {
	s.x = slices.Clone(x)
	s.sums = s.p.Sums(x)
	s.broken = s.broken[:0]
	clear(s.listed)
	for i := range s.sums {
		s.list(i)
	}
}

// list puts a row on the list of those that are missed, if it is.
func (s *search) list(i int) {
	if !s.listed[i] && s.missed(i, s.sums[i]) > 0 {
		s.listed[i] = true
		s.broken = append(s.broken, i)
	}
}

// missed is by how much a row would be missed with a sum, leaving out what is rounding.
func (s *search) missed(i int, sum float64) float64 {
	row := &s.p.Rows[i]
	if by := max(row.Lower-sum, sum-row.Upper); by > program.Tolerance/2*max(1, math.Abs(sum)) {
		return by
	}
	return 0
}

// move changes a column by an amount.
func (s *search) move(j int, by float64) {
	s.x[j] += by
	for _, e := range s.p.Columns[j].Entries {
		s.sums[e.Row] += e.Coef * by
		s.list(e.Row)
	}
}

// gain is by how much a move lessens what is missed, by weight.
func (s *search) gain(j int, by float64) (gain float64) {
	for _, e := range s.p.Columns[j].Entries {
		sum := s.sums[e.Row]
		gain += s.weights[e.Row] * (s.missed(e.Row, sum) - s.missed(e.Row, sum+e.Coef*by))
	}
	return gain
}

// worst is a missed row, drawn at random; -1 if there is none.
func (s *search) worst() int {
	for len(s.broken) > 0 {
		k := s.r.IntN(len(s.broken))
		i := s.broken[k]
		if s.missed(i, s.sums[i]) > 0 {
			return i
		}
		s.broken[k] = s.broken[len(s.broken)-1]
		s.broken = s.broken[:len(s.broken)-1]
		s.listed[i] = false
	}
	return -1
}

// step is by how much a column is moved to mend a row that it has a coefficient in; 0 if
// it can't be.
func (s *search) step(i, j int, coef float64) float64 {
	c, row := &s.p.Columns[j], &s.p.Rows[i]
	by := (row.Lower - s.sums[i]) / coef
	if s.sums[i] > row.Upper {
		by = (row.Upper - s.sums[i]) / coef
	}
	if c.Integer {
		by = math.Copysign(1, by) // one by one: the next unit may be another's
	}
	by = min(max(s.x[j]+by, c.Lower), c.Upper) - s.x[j]
	if c.Integer && math.Abs(by) < 0.5 {
		return 0
	}
	return by
}

// mend moves columns until no row is missed; false if that takes too long. noise is how
// far chance may bend the order of what is worth its cost.
func (s *search) mend(noise float64, steps int) bool {
	for range steps {
		i := s.worst()
		if i < 0 {
			return true
		}
		best, bestBy, top := -1, 0., math.Inf(-1)
		for _, e := range s.rows[i] {
			by := s.step(i, e.Row, e.Coef)
			if by == 0 {
				continue
			}
			gain, price := s.gain(e.Row, by), s.p.Columns[e.Row].Cost*by
			score := gain / max(price, tiny)
			if gain <= 0 {
				score = gain - max(price, 0)*tiny // better than nothing
			}
			score *= 1 + math.Copysign(noise, score)*s.r.Float64()
			if score > top {
				best, bestBy, top = e.Row, by, score
			}
		}
		if best < 0 {
			return false
		}
		if top <= 0 {
			s.weights[i] *= 2 // others go first the next time
		}
		s.move(best, bestBy)
	}
	return s.worst() < 0
}

// tiny stands for a cost of nothing.
const tiny = 1e-6

// begin finds a choice that keeps all conditions.
func (s *search) begin(ctx context.Context) ([]float64, float64) {
	empty := slices.Clone(s.x)
	steps := 10 * (len(s.x) + len(s.sums))
	for _, b := range s.p.Rows {
		if !math.IsInf(b.Lower, 0) {
			steps += int(min(math.Abs(b.Lower), 1e4))
		}
	}
	for attempt := range 30 {
		if s.mend(0.1*float64(attempt), steps) {
			s.prune(nil)
			return slices.Clone(s.x), s.p.Cost(s.x)
		}
		if ctx.Err() != nil {
			break
		}
		if attempt%5 == 4 {
			for i := range s.weights {
				s.weights[i] = 1
			}
		}
		s.set(empty)
	}
	return nil, 0
}

// prune takes back what can go without missing a row, from columns (nil: all) in an order that
// chance decides, the dear ones rather first.
func (s *search) prune(columns []int) {
	if columns == nil {
		columns = make([]int, len(s.x))
		for j := range columns {
			columns[j] = j
		}
	}
	keys := make(map[int]float64, len(columns))
	order := make([]int, 0, len(columns))
	for _, j := range columns {
		if _, twice := keys[j]; !twice && s.p.Columns[j].Cost > 0 && s.x[j] > s.p.Columns[j].Lower {
			keys[j] = s.p.Columns[j].Cost * (0.5 + s.r.Float64())
			order = append(order, j)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case keys[a] > keys[b]:
			return -1
		case keys[a] < keys[b]:
			return 1
		}
		return a - b
	})
	for _, j := range order {
		if by := s.spare(j); by > 0 {
			s.move(j, -by)
		}
	}
}

// spare is how much of a column can go.
func (s *search) spare(j int) float64 {
	c := &s.p.Columns[j]
	by := s.x[j] - c.Lower
	for _, e := range c.Entries {
		row := &s.p.Rows[e.Row]
		room := program.Tolerance / 2 * max(1, math.Abs(s.sums[e.Row]))
		switch {
		case e.Coef > 0:
			by = min(by, (s.sums[e.Row]-row.Lower+room)/e.Coef)
		case e.Coef < 0:
			by = min(by, (row.Upper-s.sums[e.Row]+room)/-e.Coef)
		}
	}
	if c.Integer {
		return max(math.Floor(by+1e-9), 0)
	}
	return max(by, 0)
}

// improve tears out and mends, round by round. What is a little dearer than the present
// choice is accepted at first, less and less (threshold accepting: Dueck and Scheuer 1990).
func (s *search) improve(ctx context.Context, best []float64, cost, bound float64, rounds int) ([]float64, float64) {
	s.set(best)
	now, nowCost := slices.Clone(best), cost
	for round := range rounds {
		if cost-bound <= program.Tolerance*max(1, math.Abs(cost)) || ctx.Err() != nil {
			break
		}
		touched := s.tear()
		if len(touched) == 0 {
			break
		}
		before := len(s.broken)
		ok := s.mend(0.6*s.r.Float64(), 50*len(touched)+4*before+20)
		if ok {
			s.prune(s.near(touched))
		}
		costs := s.p.Cost(s.x)
		allowed := nowCost + (1-float64(round)/float64(rounds))*0.002*math.Abs(cost)
		if !ok || costs > allowed {
			s.set(now)
			continue
		}
		copy(now, s.x)
		nowCost = costs
		if costs < cost-1e-9*max(1, math.Abs(cost)) {
			best, cost = slices.Clone(s.x), costs
		}
	}
	return best, cost
}

// tear takes units out of some columns that share rows with one of them, and names those
// columns.
func (s *search) tear() (touched []int) {
	var used []int
	for j := range s.x {
		if s.x[j] > s.p.Columns[j].Lower {
			used = append(used, j)
		}
	}
	if len(used) == 0 {
		return nil
	}
	seed := used[s.r.IntN(len(used))]
	most := 2 + s.r.IntN(12)
	share := 0.2 + 0.6*s.r.Float64()
	for _, j := range s.near([]int{seed}) {
		c := &s.p.Columns[j]
		if len(touched) >= most {
			break
		}
		if s.x[j] <= c.Lower || j != seed && s.r.Float64() > share {
			continue
		}
		by := s.x[j] - c.Lower
		if c.Integer {
			by = math.Ceil(by * s.r.Float64())
		}
		if by > 0 {
			s.move(j, -by)
			touched = append(touched, j)
		}
	}
	return touched
}

// near lists the columns that share a row with some columns, those themselves among them,
// each once, in an order that chance decides.
func (s *search) near(columns []int) (list []int) {
	s.visit++
	for _, j := range columns {
		if s.seen[j] != s.visit {
			s.seen[j] = s.visit
			list = append(list, j)
		}
		for _, e := range s.p.Columns[j].Entries {
			for _, other := range s.rows[e.Row] {
				if k := other.Row; s.seen[k] != s.visit && s.x[k] > s.p.Columns[k].Lower {
					s.seen[k] = s.visit
					list = append(list, k)
				}
			}
		}
	}
	s.r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	return list
}
