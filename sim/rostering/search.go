package rostering

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/roster"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/sim/lateness"
	"github.com/headroom-sim/headroom/sim/optimize"
)

// finder is a search under way.
type finder struct {
	q      *Question
	space  *space
	aims   *lateness.Aims
	seed   uint64 // of the search
	sure   float64
	best   *tried
	solved roster.Solved
	needs  [][]float64 // by which the best was covered
	tried  map[string]*tried
	steps  []roster.Step
	trials int
	solver optimize.Solver
	extra  *block // one head more than the slots have; nil for none
	// scaling is that the scale of the requirement is looked for, for which covers need not be good.
	scaling bool
}

// try simulates heads on the search's random numbers, and keeps them if they are the best so far.
func (f *finder) try(ctx context.Context, heads []int, what string) (*tried, error) {
	key := name(heads)
	if t, ok := f.tried[key]; ok {
		return t, nil
	}
	t, err := f.simulate(ctx, heads, f.seed, f.q.Trials, true)
	if err != nil {
		return nil, err
	}
	t.what = what
	f.trials += f.q.Trials
	f.tried[key] = t
	f.steps = append(f.steps, t.step(f))
	t.outcome = nil // what is needed of it has been worked out
	if t.better(f.best, f.q.Wish.Budget) {
		f.best = t
	}
	if f.q.Progress != nil {
		f.q.Progress(what, f.best.pay)
	}
	return t, nil
}

// name is a key for heads.
func name(heads []int) string {
	b := make([]byte, 0, 2*len(heads))
	for _, n := range heads {
		b = append(b, byte(n), byte(n>>8))
	}
	return string(b)
}

// scaled is the needs by formula, times something.
func (sp *space) scaled(by float64) [][]float64 {
	out := make([][]float64, len(sp.needs))
	for i := range out {
		out[i] = make([]float64, len(sp.needs[i].base))
		for k, x := range sp.needs[i].base {
			out[i][k] = x * by
		}
	}
	return out
}

// How far and how finely requirements are scaled.
const (
	mostScale  = 16.0
	leastScale = 1.0 / 16
	scalings   = 6
)

// cover staffs needs and tries the roster.
func (f *finder) cover(ctx context.Context, needs [][]float64, what string) (*tried, error) {
	var start []int
	if f.best != nil {
		start = f.best.heads
	}
	heads, solved, err := f.space.solve(ctx, f.solver, needs, start)
	if err != nil {
		return nil, err
	}
	best := f.best
	if f.scaling && f.space.slow && f.q.Quick != nil {
		f.solver = f.q.Quick
	}
	t, err := f.try(ctx, heads, what)
	if err == nil && f.best != best {
		f.solved, f.needs = solved, needs
	}
	return t, err
}

// scale looks for the smallest scale of the needs by formula at which the targets are kept, or
// for the largest that the budget pays for.
func (f *finder) scale(ctx context.Context) (by float64, err error) {
	// good reports whether a scale is enough, or too much for the budget.
	good := func(by float64) (bool, error) {
		t, err := f.cover(ctx, f.space.scaled(by), fmt.Sprintf("requirement × %.2f", by))
		if err != nil {
			return false, err
		}
		if b := f.q.Wish.Budget; b > 0 {
			return t.pay > b, nil
		}
		return t.excess == 0, nil
	}
	low, high := 0., 1.
	for {
		ok, err := good(high)
		if err != nil {
			return 0, err
		}
		if ok {
			break
		}
		if low = high; high >= mostScale {
			f.settle() // more does not help
			return high, nil
		}
		high *= 2
	}
	for low == 0 && high > leastScale {
		ok, err := good(high / 2)
		if err != nil {
			return 0, err
		}
		if !ok {
			low = high / 2
			break
		}
		high /= 2
	}
	for range scalings {
		mid := math.Sqrt(max(low, leastScale) * high)
		ok, err := good(mid)
		if err != nil {
			return 0, err
		}
		if ok {
			high = mid
		} else {
			low = mid
		}
		if high/max(low, leastScale) < 1.03 {
			break
		}
	}
	if f.q.Wish.Budget > 0 {
		return low, nil
	}
	return high, nil
}

// settle takes the cheapest roster that misses the targets by hardly more than any: where no number
// of heads keeps them, those that help nothing are not worth showing.
func (f *finder) settle() {
	least := f.best.excess
	for _, key := range slices.Sorted(maps.Keys(f.tried)) {
		if t := f.tried[key]; t.excess <= hardly*least && t.pay < f.best.pay {
			f.best = t
		}
	}
}

// hardly is how much more than the least is no more.
const hardly = 1.1

// refine covers the requirement at a scale that a quick solver has found as well as can be, and at larger
// ones until the targets are kept: who covers it with fewer heads has less to spare.
func (f *finder) refine(ctx context.Context, by float64) (float64, error) {
	f.solver = f.q.Solver
	for range refinements {
		t, err := f.cover(ctx, f.space.scaled(by), fmt.Sprintf("requirement × %.2f, as cheap as can be", by))
		if err != nil || t.excess == 0 {
			return by, err
		}
		by *= 1.04
	}
	return by, nil
}

// refinements is how often the scale is raised.
const refinements = 5

// Iterations of the methods, at most.
const (
	iterations = 12
	shrinks    = 0.12 // by which the requirement of quiet hours falls at first
)

// iterate lets the requirement fall in the hours in which late clocks do not wait, and rise in
// those in which they do.
func (f *finder) iterate(ctx context.Context, by float64) error {
	needs := f.space.scaled(by)
	at := f.best
	step := shrinks
	for range iterations {
		if step < 0.01 {
			return nil
		}
		next := f.shifted(needs, at, step)
		t, err := f.cover(ctx, next, fmt.Sprintf("iteration: quiet hours %.0f %% less", 100*step))
		if err != nil {
			return err
		}
		if t.better(at, f.q.Wish.Budget) {
			needs, at = next, t
			continue
		}
		step /= 2
	}
	return nil
}

// shifted is needs with less where nothing late has waited, and more where most of it has.
func (f *finder) shifted(needs [][]float64, at *tried, step float64) [][]float64 {
	out := make([][]float64, len(needs))
	for i := range needs {
		weight := f.space.smoothed(at.weight[i])
		top := slices.Max(weight)
		out[i] = make([]float64, len(needs[i]))
		for k, x := range needs[i] {
			share := 0.
			if top > 0 {
				share = weight[k] / top * at.binding[i]
			}
			out[i][k] = x * (1 - step*(1-2*math.Sqrt(share)))
		}
	}
	return out
}

// smoothed is weights by interval, of which each stands for those around it, in all weeks where
// the roster is the same in each.
func (sp *space) smoothed(weight []float64) []float64 {
	n := len(weight)
	folded := slices.Clone(weight)
	perWeek := int(7 * 24 / sp.q.Scenario.Time.Interval.Hours())
	if sp.q.Weekly && n > perWeek {
		sums := make([]float64, perWeek)
		for k, x := range weight {
			sums[k%perWeek] += x
		}
		for k := range folded {
			folded[k] = sums[k%perWeek]
		}
	}
	out := make([]float64, n)
	for k := range out {
		for d := -2; d <= 2; d++ {
			if k+d >= 0 && k+d < n {
				out[k] += folded[k+d] / 5
			}
		}
	}
	return out
}

// worth is what heads on each slot are worth to late clocks: the waiting of theirs that the slot
// is there for.
func (sp *space) worth(t *tried) []float64 {
	out := make([]float64, len(sp.slots))
	for i := range sp.needs {
		smooth := sp.smoothed(t.weight[i])
		for j := range sp.slots {
			if !sp.serves(i, sp.slots[j].team) {
				continue
			}
			for _, c := range sp.slots[j].covers {
				out[j] += c.heads * smooth[c.at]
			}
		}
	}
	return out
}

// serves reports whether a team does the work of a need.
func (sp *space) serves(need, team int) bool {
	for _, t := range sp.needs[need].teams {
		if int(t) == team {
			return true
		}
	}
	return false
}

// trim takes heads out, most of them at a time first, those whose going is felt least for what
// they are paid; then it puts one in where it helps most and tries to take out more than that.
func (f *finder) trim(ctx context.Context) error {
	if f.q.Wish.Budget > 0 {
		if err := f.spend(ctx); err != nil {
			return err
		}
	}
	if err := f.drop(ctx, failures); err != nil {
		return err
	}
	stuck := map[int]bool{} // slots that were put in without gain
	for f.best.kept(f.q.Wish.Budget) {
		m, some := f.mostUrgent(f.best, stuck)
		if !some {
			return nil
		}
		before := f.best
		for n := 1; n <= f.space.together(m) && f.best == before; n++ {
			if err := f.exchange(ctx, before, m, n); err != nil {
				return err
			}
		}
		if f.best == before {
			stuck[m.key] = true
			if len(stuck) >= exchanges {
				return nil
			}
			continue
		}
		clear(stuck)
		if err := f.drop(ctx, failures); err != nil {
			return err
		}
	}
	return nil
}

// spend puts what is left of the budget where it helps late clocks most, head by head.
func (f *finder) spend(ctx context.Context) error {
	stuck := map[int]bool{} // moves that did not help, or that the rest does not pay for
	for len(stuck) < exchanges {
		before := f.best
		m, some := f.mostUrgent(before, stuck)
		if !some {
			return nil
		}
		heads := slices.Clone(before.heads)
		if f.space.move(heads, m, 1); f.space.pay(heads) <= f.q.Wish.Budget {
			if _, err := f.try(ctx, heads, counted(len(m.slots))+" more"); err != nil {
				return err
			}
		}
		if f.best == before {
			stuck[m.key] = true
		} else {
			clear(stuck)
		}
	}
	return nil
}

// failures is how many heads in a row may turn out to be needed, those first that seemed to be
// needed least, until the others are taken to be so too.
const failures = 10

// exchanges is how many exchanges in a row may fail.
const exchanges = 6

// drop takes heads out of the best roster as long as that makes it better: from one team after
// another, since what one can spare says nothing of what another can, and from each until so many
// single heads in a row have turned out to be needed.
func (f *finder) drop(ctx context.Context, failures int) error {
	if f.q.Wish.Budget > 0 {
		return nil // money that is not spent buys nothing
	}
	batch := make([]int, len(f.q.Scenario.Teams)) // 0: nothing more
	for j, n := range f.best.heads {
		batch[f.space.slots[j].team] += n
	}
	for t, n := range batch {
		if n > 0 {
			batch[t] = max(1, n/8)
		}
		if f.space.full(t) && batch[t] > 0 {
			batch[t] = max(1, batch[t]/staffing.DefaultInARow) // whole weeks at a time
		}
	}
	stuck := map[int]bool{}
	failed := make([]int, len(batch)) // single heads in a row
	for left := true; left; {
		left = false
		for t := range batch {
			if batch[t] == 0 {
				continue
			}
			left = true
			out, better, err := f.dropFrom(ctx, t, batch[t], stuck)
			switch {
			case err != nil:
				return err
			case len(out) == 0:
				batch[t] = 0
			case better:
				failed[t] = 0
				batch[t] = max(batch[t], batch[t]*3/2)
			case len(out) > 1:
				batch[t] = max(1, len(out)/3)
			default:
				stuck[out[0].key] = true
				if failed[t]++; failed[t] >= failures {
					batch[t] = 0
				}
			}
		}
	}
	return nil
}

// dropFrom takes heads out of a team by up to n moves that are not stuck, and says by which and whether that
// made the best roster.
func (f *finder) dropFrom(ctx context.Context, team, n int, stuck map[int]bool) (out []move, better bool, err error) {
	at := f.best
	heads := slices.Clone(at.heads)
	gone := 0
	for _, m := range f.ranked(at) {
		if len(out) == n {
			break
		}
		if stuck[m.key] || f.space.teamOf(m) != team || !f.space.move(heads, m, -1) {
			continue
		}
		out = append(out, m)
		gone += len(m.slots)
	}
	if len(out) == 0 {
		return nil, false, nil
	}
	_, err = f.try(ctx, heads, counted(gone)+" less")
	return out, f.best != at, err
}

// exchange makes a move n times and takes out as many other heads as can be, cheapest loss first. The
// best roster becomes the result if it is better.
func (f *finder) exchange(ctx context.Context, at *tried, in move, n int) error {
	heads := slices.Clone(at.heads)
	for range n {
		if !f.space.move(heads, in, 1) {
			return nil
		}
	}
	if f.q.Wish.Budget > 0 {
		return f.afford(ctx, at, heads, in)
	}
	what := counted(n*len(in.slots)) + " elsewhere"
	t, err := f.try(ctx, heads, what)
	if err != nil {
		return err
	}
	needed := map[int]bool{in.key: true}
	for left := exchanges * n; left > 0; left-- {
		ranked := f.ranked(t)
		k := slices.IndexFunc(ranked, func(m move) bool { return !needed[m.key] })
		if k < 0 {
			return nil
		}
		out := ranked[k]
		needed[out.key] = true
		next := slices.Clone(t.heads)
		if !f.space.move(next, out, -1) {
			continue
		}
		u, err := f.try(ctx, next, what)
		if err != nil {
			return err
		}
		if u.excess <= at.excess {
			t = u
			delete(needed, out.key)
		}
	}
	return nil
}

// afford takes heads out until the budget pays for the rest, in a few ways.
func (f *finder) afford(ctx context.Context, at *tried, heads []int, in move) error {
	ranked := f.ranked(at)
	for skip := range exchanges / 2 {
		next := slices.Clone(heads)
		for _, m := range ranked[min(skip, len(ranked)):] {
			if f.space.pay(next) <= f.q.Wish.Budget {
				break
			}
			if m.key != in.key {
				f.space.move(next, m, -1)
			}
		}
		if f.space.pay(next) > f.q.Wish.Budget {
			return nil
		}
		if _, err := f.try(ctx, next, counted(len(in.slots))+" elsewhere"); err != nil {
			return err
		}
		if f.best != at {
			return nil
		}
	}
	return nil
}

// counted is a number of heads in words.
func counted(n int) string {
	if n == 1 {
		return "one head"
	}
	return fmt.Sprintf("%d heads", n)
}

// ended reports whether an error is only that time is over.
func ended(ctx context.Context, err error) bool {
	return err != nil && (ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled))
}
