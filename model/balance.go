package model

import (
	"fmt"
	"slices"
)

// Balance says how the replications of a run are drawn: each by itself, or in sets of
// which one makes up for the chance of another. Every single replication has the same
// distribution in all of them; only those of a set depend on one another.
type Balance uint8

// The balances.
const (
	NoBalance Balance = iota
	// BalancedDays spreads the busyness of every day of every stream evenly over its
	// distribution: of the five replications of a set one has it in the lowest fifth, one in
	// the next and so on, in another order for each day and stream (a Latin hypercube; McKay,
	// Beckman and Conover 1979, Technometrics 21(2)). It pays where busy days
	// make the difference, and not where the spread is that of single arrivals. What it buys is
	// told in sim/experiment.
	BalancedDays
	// Mirrored makes the second replication of a pair the mirror image of the first, in the gaps
	// between arrivals, the busyness of days, how long touches take and whether they solve:
	// where one has the p-quantile the other has the (1−p)-quantile (antithetic variates; Hammersley
	// and Morton 1956). It pays for what rises or falls steadily with the load, such as occupancy,
	// overtime and what is late in hours that are short of people, little for what chance from
	// minute to minute makes, and not for what is bad on either side.
	Mirrored
)

// BalanceNames are the balances in the language.
var BalanceNames = []string{"none", "days", "mirrored"}

func (b Balance) String() string {
	if int(b) < len(BalanceNames) {
		return BalanceNames[b]
	}
	return fmt.Sprintf("balance number %d", uint8(b))
}

// BalanceNamed is the balance of a name of BalanceNames; none where there is no such name.
func BalanceNamed(name string) Balance { return Balance(max(slices.Index(BalanceNames, name), 0)) }

// Set is the number of consecutive replications that are drawn together: set k holds the
// replications from k·Set on.
func (b Balance) Set() int {
	switch b {
	case BalancedDays:
		// The spread that is left within a stratum falls with the square of their number,
		// and the degrees of freedom of intervals with the number itself: five take nine
		// tenths of the spread of a normal factor, and go into 30, 50 and 100.
		return 5
	case Mirrored:
		return 2
	}
	return 1
}

// Whole is n rounded up to whole sets.
func (b Balance) Whole(n int) int { return (n + b.Set() - 1) / b.Set() * b.Set() }

// leastSets is the number of sets below which an interval from them is a rough guess.
const leastSets = 10

// Takes is an error if a run cannot have n replications: with a balance they come in whole
// sets, of which an interval takes ten.
func (r *Run) Takes(n int) error {
	least := leastSets * r.Balance.Set()
	switch {
	case r.Balance == NoBalance || n == r.Balance.Whole(n) && n >= least:
		return nil
	case n < least:
		return fmt.Errorf("with balance: %v the intervals come from sets of %d replications, of which %d are needed; want %d or more",
			r.Balance, r.Balance.Set(), leastSets, least)
	}
	return fmt.Errorf("with balance: %v replications come in sets of %d; want such as %d", r.Balance, r.Balance.Set(), r.Balance.Whole(n))
}

// balance checks that there is something to balance, and that there are whole sets.
func (c *checker) balance() {
	r := &c.s.Run
	switch {
	case r.Balance == NoBalance:
		return
	case int(r.Balance) >= len(BalanceNames):
		c.report("run.balance", fmt.Sprintf("%v does not exist", r.Balance), "")
		return
	case r.Balance == BalancedDays && !c.s.busy():
		c.report("run.balance", "no stream has busier and calmer days, so there is nothing to balance",
			"leave the balance out, or give a stream such as busyness: {cv: 0.15}")
	}
	set := r.Balance.Set()
	least, why := leastSets*set, ""
	if len(r.Precisions()) > 0 {
		least, why = LeastForPrecision*set, ", since fewer do not tell how wide it is"
	}
	if r.Min < least {
		c.report("run.replications", fmt.Sprintf("with balance: %v an interval rests on sets of %d replications, so a run cannot have or start with %d%s", r.Balance, set, r.Min, why),
			fmt.Sprintf("let it be %d or more", least))
	}
	for _, n := range []int{r.Min, r.Max} {
		if n >= least && n != r.Balance.Whole(n) {
			c.report("run.replications", fmt.Sprintf("%d replications do not make whole sets of %d, as balance: %v takes them", n, set, r.Balance),
				fmt.Sprintf("want a multiple of %d, such as %d", set, r.Balance.Whole(n)))
		}
	}
}

// busy reports whether the days of any stream differ from what is planned.
func (s *Scenario) busy() bool {
	for i := range s.Streams {
		if s.Streams[i].Busyness > 0 && s.Streams[i].Replay == nil {
			return true
		}
	}
	return false
}
