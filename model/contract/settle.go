package contract

import (
	"math/big"
)

// Settlement is what a contract pays back over a stretch of time.
type Settlement struct {
	Lines []Line
	Total Money // all credits less what is earned back
}

// Line is one period of a settlement.
type Line struct {
	Span
	Levels []Working // by level
	Points int64     // of all levels
	Due    Money     // what levels and points pay together, before the contract's limits
	Limit  Limit     // which of these made it less
	Credit Money     // what is paid
	// EarnedBack is what returns to the provider in this period, of credits paid for earlier ones.
	EarnedBack Money
	Missed     bool // at least one level was missed
	Exit       bool // the customer may terminate after it
}

// Limit is what made a credit less than its levels say.
type Limit uint8

// The limits, in the order in which they apply. The last one that made the credit less is named.
const (
	NoLimit Limit = iota
	LimitPool
	LimitCap
	LimitLeast
	LimitYear
)

// Settle works out what a contract pays, period by period. There is a tally for each
// period and level. Nothing is known of the time before the first period.
//
// In each period a level pays by itself what its scheme says of the counts, or its repeats if
// that is more, at most its own cap. Then, in this order:
//
//  1. Levels add up, or the dearest alone counts; what the points of all levels cost is added.
//  2. The sum is at most the pool, and at most the cap of the period.
//  3. If that is less than the least amount, nothing is paid.
//  4. All periods of a calendar year pay at most the cap of the year, the earlier ones first.
//  5. What a level was paid, after all this, is earned back once it has done well for long enough. If
//     limits made a credit less, each of its levels has lost in proportion. What is earned back does not
//     make room under the cap of the year.
//
// Amounts are rounded to the nearest minor unit where a level pays, halves away from zero, and limits are
// rounded down, so that none is ever exceeded. A contract that Check refuses may panic, and
// so do counts that cannot be.
func (k *Contract) Settle(spans []Span, counts [][]Tally) Settlement {
	s := Settlement{Lines: make([]Line, len(spans)), Total: Money{Currency: k.Fee.Currency}}
	paid := map[string]int64{} // by year
	for p := range s.Lines {
		line := &s.Lines[p]
		line.Span = spans[p]
		for i := range k.Levels {
			l := &k.Levels[i]
			w := k.work(l, &counts[p][i], 1+s.misses(p, l.Repeats.Window, func(x *Line) bool { return x.Levels[i].Missed }))
			line.Levels = append(line.Levels, w)
			line.Points += w.Points
			line.Missed = line.Missed || w.Missed
		}
		year := spans[p].Name[:4]
		k.limit(line, paid[year])
		paid[year] += line.Credit.Minor
		line.EarnedBack.Currency = k.Fee.Currency
		line.Exit = k.Exit.Misses > 0 && line.Missed && s.misses(p+1, k.Exit.Periods+1, func(x *Line) bool { return x.Missed }) >= k.Exit.Misses
	}
	for i := range k.Levels {
		if k.Levels[i].EarnBack.Periods > 0 {
			k.earnBack(s.Lines, i)
		}
	}
	for p := range s.Lines {
		s.Total.Minor += s.Lines[p].Credit.Minor - s.Lines[p].EarnedBack.Minor
	}
	return s
}

// Scales reports whether credits are shares of the fee throughout, so that another fee changes them in
// proportion, but for rounding. A least amount does not, nor do amounts for single tickets.
func (k *Contract) Scales() bool {
	for i := range k.Levels {
		if _, ok := k.Levels[i].Scheme.(charging); ok {
			return false
		}
	}
	return k.Least.Minor == 0
}

// misses counts the lines before p that were missed, among those in one window with it.
func (s *Settlement) misses(p, window int, missed func(*Line) bool) (n int) {
	for q := max(p-window+1, 0); q < p; q++ {
		if missed(&s.Lines[q]) {
			n++
		}
	}
	return n
}

// limit adds the levels of a line up and holds them to the contract's limits, of which the year's has
// been used in part.
func (k *Contract) limit(line *Line, used int64) {
	fee := k.PeriodFee()
	due := new(big.Int)
	for i := range line.Levels {
		credit := big.NewInt(line.Levels[i].Credit.Minor)
		if k.Several != Dearest {
			due.Add(due, credit)
		} else if credit.Cmp(due) > 0 {
			due = credit
		}
	}
	for i := len(k.Points) - 1; i >= 0; i-- {
		if line.Points >= k.Points[i].From {
			cost := new(big.Rat).Mul(new(big.Rat).SetInt64(fee.Minor), k.Points[i].Credit.Rat())
			if k.Pool > 0 {
				cost.Mul(cost, k.Pool.Rat())
			}
			due.Add(due, nearest(cost))
			break
		}
	}
	// The sum may leave 64 bits only where it is far above the fee.
	line.Due = Money{Currency: fee.Currency, Minor: fee.Minor}
	if due.IsInt64() {
		line.Due.Minor = due.Int64()
	}
	if k.Pool > 0 && atMost(due, fee, k.Pool) {
		line.Limit = LimitPool
	}
	if atMost(due, fee, k.Cap) {
		line.Limit = LimitCap
	}
	if due.Sign() > 0 && due.Cmp(big.NewInt(k.Least.Minor)) < 0 {
		line.Limit = LimitLeast
		due.SetInt64(0)
	}
	if k.YearCap > 0 {
		left := down(new(big.Rat).Mul(new(big.Rat).SetInt64(k.Fee.Minor), new(big.Rat).Mul(big.NewRat(12, 1), k.YearCap.Rat())))
		left.Sub(left, big.NewInt(used))
		if due.Cmp(left) > 0 {
			line.Limit = LimitYear
			due = left
		}
	}
	line.Credit = Money{due.Int64(), fee.Currency}
}

// part is what was paid for a level of a line: its part of the credit, rounded down.
func (k *Contract) part(line *Line, level int) int64 {
	of, dearest := new(big.Int), 0
	for i := range line.Levels {
		of.Add(of, big.NewInt(line.Levels[i].Credit.Minor))
		if line.Levels[i].Credit.Minor > line.Levels[dearest].Credit.Minor {
			dearest = i
		}
	}
	if k.Several == Dearest {
		if level != dearest {
			return 0
		}
		of.SetInt64(line.Levels[dearest].Credit.Minor)
	}
	mine := big.NewInt(line.Levels[level].Credit.Minor)
	if paid := big.NewInt(line.Credit.Minor); paid.Cmp(of) < 0 {
		mine.Quo(mine.Mul(mine, paid), of)
	}
	return mine.Int64()
}

// earnBack returns the credits of a level once the periods after them did well.
func (k *Contract) earnBack(lines []Line, level int) {
	terms := &k.Levels[level].EarnBack
	for p := range lines {
		amount := k.part(&lines[p], level)
		if amount == 0 {
			continue
		}
		well := 0
		for q := p + 1; q < len(lines); q++ {
			w := &lines[q].Levels[level]
			if w.Judged == 0 || w.Few {
				continue
			}
			if !w.attained(terms.Target) {
				break
			}
			if well++; well == terms.Periods {
				lines[q].EarnedBack.Minor += amount
				break
			}
		}
	}
}

var limitNames = [...]string{"", "the pool at risk", "the cap", "too small to be paid", "the cap of the year"}

// String says the limit in words; empty for none.
func (l Limit) String() string { return word(limitNames[:], int(l)) }
