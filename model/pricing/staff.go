package pricing

import (
	"cmp"
	"slices"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Change is some heads more or less in one shift, beside the plan as it stands. Differences are of a year, paired: the
// same customers have come. Money is in units of the currency.
type Change struct {
	Team, Shift string
	Heads       float64
	Cost        estimate.Difference // of all staff
	Credits     estimate.Difference // of the book
	// Net is what is won: less cost and less credits. Its interval holds together with those of all other changes that were
	// tried (Bonferroni).
	Net estimate.Difference
}

// Pays reports whether a change wins money, beyond chance.
func (c *Change) Pays() bool { return c.Net.Low > 0 }

// Loses reports whether it loses money, beyond chance.
func (c *Change) Loses() bool { return c.Net.High < 0 }

// Staff compares plans, each with what it changes, with the book as it stands.
func (b *Book) Staff(changes []Change, books []*Book, level float64) []Change {
	together := 1 - (1-level)/float64(max(len(changes), 1))
	_, was := b.together()
	for i, other := range books {
		_, is := other.together()
		n := min(len(was), len(is))
		var cost, credits, net [2][]float64
		for k, of := range [2][]line{was, is} {
			for y, l := range of[:n] {
				staff := [2]*Book{b, other}[k].Years[y].Cost
				cost[k], credits[k] = append(cost[k], staff), append(credits[k], l.total)
				net[k] = append(net[k], -staff-l.total)
			}
		}
		c := &changes[i]
		c.Cost, c.Credits = estimate.Paired(cost[0], cost[1], level), estimate.Paired(credits[0], credits[1], level)
		c.Net = estimate.Paired(net[0], net[1], together)
	}
	return changes
}

// Cheapest is the change that costs least among those with more heads that pay for themselves by the credits that they
// avoid; nil if there is none.
func Cheapest(changes []Change) *Change {
	return first(changes, func(c *Change) bool { return c.Heads > 0 && c.Pays() }, func(a, b *Change) int { return cmp.Compare(a.Cost.Value, b.Cost.Value) })
}

// Best is the change that wins most, of those that win anything beyond chance; nil if there is none.
func Best(changes []Change) *Change {
	return first(changes, (*Change).Pays, func(a, b *Change) int { return cmp.Compare(b.Net.Value, a.Net.Value) })
}

// Nearest is the change with more heads that loses least; nil if none has more heads.
func Nearest(changes []Change) *Change {
	return first(changes, func(c *Change) bool { return c.Heads > 0 }, func(a, b *Change) int { return cmp.Compare(b.Net.Value, a.Net.Value) })
}

func first(changes []Change, is func(*Change) bool, order func(a, b *Change) int) *Change {
	var all []*Change
	for i := range changes {
		if is(&changes[i]) {
			all = append(all, &changes[i])
		}
	}
	if len(all) == 0 {
		return nil
	}
	return slices.MinFunc(all, order)
}
