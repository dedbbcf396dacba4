package pricing

import (
	"strings"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Combination is one way to serve and to promise: a scenario, and for each contract what is promised. Money is of all the
// months, in units of the currency.
type Combination struct {
	Scenario string
	Chosen   []string // alternatives in place of their contracts, by name; none: all is as it stands
	Fees     float64
	Staff    estimate.Estimate // cost of the whole desk
	Credits  estimate.Estimate
	Outlay   estimate.Estimate // both
	// Against is by how much the outlay is more than that of the first combination, year by year: scenarios have seen the
	// same customers.
	Against estimate.Difference
	Tail    estimate.Estimate // CVaR of the outlay, at the level of the load
	// Efficient says that no other combination brings as much for less.
	Efficient bool
}

// Name is what a combination is called.
func (c *Combination) Name() string {
	if len(c.Chosen) == 0 {
		return c.Scenario
	}
	return c.Scenario + ", " + strings.Join(c.Chosen, ", ")
}

// mostCombinations is up to how many ways to promise are combined in each scenario; where there are more, only
// one contract at a time has an alternative.
const mostCombinations = 64

// Combine prices every combination of scenarios, which must have seen the same customers, and alternatives. Alternatives
// that leave out exceptions are what-ifs about the past, and not among them. The first is the first book as it stands.
func Combine(books []*Book, t Terms, level float64) []Combination {
	var all []Combination
	var outlays [][]float64
	for _, b := range books {
		for _, deals := range b.choices() {
			c := Combination{Scenario: b.Scenario}
			credits, staff := make([]float64, len(b.Years)), make([]float64, len(b.Years))
			for _, i := range deals {
				d := &b.Deals[i]
				if d.Of >= 0 {
					c.Chosen = append(c.Chosen, d.Name)
				}
				c.Fees += b.yearly(i)
				for y, credit := range b.credits(i, d.Fee.Minor) {
					credits[y] += credit
				}
			}
			outlay := make([]float64, len(b.Years))
			for y := range b.Years {
				staff[y] = b.Years[y].Cost
				outlay[y] = staff[y] + credits[y]
			}
			c.Staff, c.Credits, c.Outlay = estimate.Mean(staff, level), estimate.Mean(credits, level), estimate.Mean(outlay, level)
			c.Tail = estimate.CVaR(outlay, t.Tail, level)
			all, outlays = append(all, c), append(outlays, outlay)
		}
	}
	for i := range all {
		n := min(len(outlays[0]), len(outlays[i]))
		all[i].Against = estimate.Paired(outlays[0][:n], outlays[i][:n], level)
		all[i].Efficient = true
		for j := range all {
			a, z := &all[j], &all[i]
			if a.Fees >= z.Fees && a.Outlay.Value <= z.Outlay.Value && (a.Fees > z.Fees || a.Outlay.Value < z.Outlay.Value) {
				all[i].Efficient = false
			}
		}
	}
	return all
}

// choices are the ways to promise: for each contract, it or one of its alternatives.
func (b *Book) choices() [][]int {
	var options [][]int
	ways := 1
	for _, i := range b.own() {
		of := []int{i}
		for k := range b.Deals {
			if d := &b.Deals[k]; d.Of == i && !d.Plain {
				of = append(of, k)
			}
		}
		options = append(options, of)
		ways = min(ways*len(of), mostCombinations+1)
	}
	all := [][]int{nil}
	if ways <= mostCombinations {
		for _, of := range options {
			var longer [][]int
			for _, chosen := range all {
				for _, k := range of {
					longer = append(longer, append(chosen[:len(chosen):len(chosen)], k))
				}
			}
			all = longer
		}
		return all
	}
	all = [][]int{b.own()}
	for at, of := range options {
		for _, k := range of[1:] {
			chosen := b.own()
			chosen[at] = k
			all = append(all, chosen)
		}
	}
	return all
}
