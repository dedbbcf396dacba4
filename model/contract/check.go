package contract

import (
	"fmt"
	"math/big"

	"github.com/headroom-sim/headroom/model/sla"
)

// Problem is something that makes a contract impossible to work out or to keep.
type Problem struct {
	Level int    // -1: of the contract as a whole
	Field string // of Contract or Level, in the words of the scenario language
	Text  string
}

// Check finds all problems of a contract, or none. It does not look at Match, which only means something
// beside the rest of a scenario.
func (k *Contract) Check() []Problem {
	var found []Problem
	at := -1
	in := func(field string) func(string, ...any) {
		return func(format string, args ...any) {
			found = append(found, Problem{at, field, fmt.Sprintf(format, args...)})
		}
	}
	k.checkWhole(in)
	for at = range k.Levels {
		k.checkLevel(&k.Levels[at], in)
	}
	return found
}

func (k *Contract) checkWhole(in func(string) func(string, ...any)) {
	switch fee := new(big.Int).Mul(big.NewInt(k.Fee.Minor), big.NewInt(12)); {
	case k.Fee.Minor < 0:
		in("fee")("the fee must not be negative, it is %v", k.Fee)
	case !fee.IsInt64():
		in("fee")("the fee is too large: %v", k.Fee)
	}
	if k.Period > Yearly {
		in("per")("unknown period %d", k.Period)
	}
	if k.Several > Once {
		in("several")("unknown value %d", k.Several)
	}
	share := func(field, what string, s Share) {
		if s < 0 || s > One {
			in(field)("%s must be between 0%% and 100%%, it is %v", what, s)
		}
	}
	share("cap", "the cap", k.Cap)
	share("year_cap", "the cap of the year", k.YearCap)
	share("pool", "the pool", k.Pool)
	if k.Least.Minor < 0 {
		in("least")("the least amount must not be negative, it is %v", k.Least)
	}
	if k.ClaimWithin < 0 {
		in("claim_within")("the days to claim must not be negative: %d", k.ClaimWithin)
	}
	if x := k.Exit; x.Misses < 0 || x.Misses > 0 && x.Periods < x.Misses {
		in("exit")("%d misses cannot happen within %d periods", x.Misses, x.Periods)
	}
	k.checkPoints(in("points"))
	if len(k.Levels) == 0 {
		in("levels")("there are no service levels")
	}
	for i := range k.Levels {
		for j := range i {
			if title := k.Levels[i].Title(); k.Levels[j].Title() == title {
				in("levels")("two levels are called %s: give them names", title)
			}
		}
	}
}

// checkPoints checks the table of points, and that it is there if, and only if, points are given.
func (k *Contract) checkPoints(add func(string, ...any)) {
	given := false
	for i := range k.Levels {
		var rates []Rate
		switch s := k.Levels[i].Scheme.(type) {
		case Bands:
			rates = s.Bands
		case Counts:
			rates = s.Counts
		}
		for _, r := range rates {
			given = given || r.Points > 0
		}
	}
	switch {
	case given && len(k.Points) == 0:
		add("levels give points, but it is not said what points cost")
	case !given && len(k.Points) > 0:
		add("no level gives points")
	case given:
		rising(k.Points, add)
	}
	for i, p := range k.Points {
		if p.Points != 0 || p.From < 1 || i > 0 && p.From <= k.Points[i-1].From {
			add("points must rise from 1: %d", p.From)
		}
	}
}

func (k *Contract) checkLevel(l *Level, in func(string) func(string, ...any)) {
	if l.Metric >= sla.Metrics {
		in("promise")("unknown metric %d", l.Metric)
	}
	if l.Measure > Mean {
		in("promise")("unknown measure %d", l.Measure)
	}
	if l.Measure != Mean && (l.Target <= 0 || l.Target > One) {
		in("promise")("the target must be above 0%% and at most 100%%, it is %v", l.Target)
	}
	if l.Within < 0 || l.Within == 0 && l.Measure != Attained {
		in("promise")("the limit must be above 0s, it is %v", l.Within)
	}
	if l.Scheme == nil {
		in("credit")("it is not said what a miss costs")
	} else {
		l.Scheme.check(l, in("credit"))
	}
	if l.Cap < 0 || l.Cap > One {
		in("cap")("the cap must be between 0%% and 100%%, it is %v", l.Cap)
	}
	if l.MinVolume < 0 {
		in("at_least")("the least volume must not be negative: %d", l.MinVolume)
	}
	if l.Allocation < 0 || l.Allocation > One {
		in("allocation")("the allocation must be between 0%% and 100%%, it is %v", l.Allocation)
	}
	if (k.Pool > 0) != (l.Allocation > 0) {
		in("allocation")("a level has a part of the pool if, and only if, there is one: the pool is %v, the level's part %v", k.Pool, l.Allocation)
	}
	l.checkRepeats(in("repeats"))
	l.checkEarnBack(in("earn_back"))
}

func (l *Level) checkRepeats(add func(string, ...any)) {
	r := &l.Repeats
	if (r.Window > 0) != (len(r.Credits) > 0) {
		add("repeats need both credits and a window: %d credits, %d periods", len(r.Credits), r.Window)
	} else if r.Window == 1 || r.Window < 0 {
		add("the window of repeats must be at least 2 periods, it is %d", r.Window)
	}
	for i, c := range r.Credits {
		checkCredit(c, add)
		if i > 0 && c < r.Credits[i-1] {
			add("a further miss must not cost less: %v after %v", c, r.Credits[i-1])
		}
	}
}

func (l *Level) checkEarnBack(add func(string, ...any)) {
	e := &l.EarnBack
	switch {
	case e.Periods < 0:
		add("the periods to earn a credit back must not be negative: %d", e.Periods)
	case e.Periods > 0 && (e.Target <= 0 || e.Target > One):
		add("the target to earn a credit back must be above 0%% and at most 100%%, it is %v", e.Target)
	case e.Periods > 0 && l.Measure == Attained && e.Target < l.Target:
		add("the target to earn a credit back, %v, is below that of the level, %v", e.Target, l.Target)
	}
}
