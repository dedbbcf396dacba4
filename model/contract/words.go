package contract

import (
	"fmt"
	"strings"
)

// Words says what a contract pays: its levels, and what holds for them together.
func (k *Contract) Words() string {
	parts := make([]string, 0, len(k.Levels)+1)
	for i := range k.Levels {
		l := &k.Levels[i]
		if len(k.Levels) == 1 {
			return strings.Join(append(append([]string{l.Words()}, k.limits()...), k.further()...), ", ")
		}
		parts = append(parts, l.Title()+": "+l.Words())
	}
	if terms := k.Terms(); terms != "" {
		parts = append(parts, terms)
	}
	return strings.Join(parts, "; ")
}

// Terms says what holds for all levels of a contract together, empty if that is nothing.
func (k *Contract) Terms() string {
	var parts []string
	switch k.Several {
	case Dearest:
		parts = append(parts, "of levels missed together only the dearest pays")
	case Once:
		parts = append(parts, "a ticket that is late in several levels counts in the first of them only")
	}
	if k.Pool > 0 {
		parts = append(parts, fmt.Sprintf("%v of the fee at risk, of which levels have parts", k.Pool))
	}
	if len(k.Points) > 0 {
		var points []string
		for _, p := range k.Points {
			points = append(points, fmt.Sprintf("%v from %d points", p.Credit, p.From))
		}
		of := "the fee"
		if k.Pool > 0 {
			of = "the pool"
		}
		parts = append(parts, "of "+of+" "+strings.Join(points, ", "))
	}
	return strings.Join(append(append(parts, k.limits()...), k.further()...), ", ")
}

// limits say where credits end.
func (k *Contract) limits() []string {
	var parts []string
	if k.Cap == One {
		parts = append(parts, "at most the whole fee")
	} else {
		parts = append(parts, fmt.Sprintf("at most %v", k.Cap))
	}
	if k.YearCap > 0 {
		parts = append(parts, fmt.Sprintf("in a year at most %v of its fees", k.YearCap))
	}
	if k.Least.Minor > 0 {
		parts = append(parts, fmt.Sprintf("nothing below %v", k.Least))
	}
	return parts
}

// further are the terms that cost no money by themselves.
func (k *Contract) further() []string {
	var parts []string
	if k.ClaimWithin > 0 {
		parts = append(parts, fmt.Sprintf("to be claimed within %d days", k.ClaimWithin))
	}
	if k.Exit.Misses > 0 {
		parts = append(parts, fmt.Sprintf("reason to terminate: %s in %s", plural(k.Exit.Misses, "miss", "misses"), k.periods(k.Exit.Periods)))
	}
	return parts
}

// Words says what a level pays, and when.
func (l *Level) Words() string {
	parts := []string{l.Scheme.String()}
	if l.Allocation > 0 {
		parts[0] = strings.ReplaceAll(parts[0], "of the fee", fmt.Sprintf("of its %v of the pool", l.Allocation))
	}
	if l.Cap > 0 {
		parts = append(parts, fmt.Sprintf("at most %v for it", l.Cap))
	}
	if n := len(l.Repeats.Credits); n > 0 {
		var credits []string
		for _, c := range l.Repeats.Credits {
			credits = append(credits, c.String())
		}
		parts = append(parts, fmt.Sprintf("further misses within %d periods at least %s", l.Repeats.Window, strings.Join(credits, ", ")))
	}
	if l.EarnBack.Periods > 0 {
		parts = append(parts, fmt.Sprintf("earned back by %v in %s", l.EarnBack.Target, plural(l.EarnBack.Periods, "period", "periods")))
	}
	if l.MinVolume > 0 {
		parts = append(parts, fmt.Sprintf("not judged below %s", plural(int(l.MinVolume), "clock", "clocks")))
	}
	return strings.Join(parts, ", ")
}

func (k *Contract) periods(n int) string { return plural(n, k.Period.String(), k.Period.String()+"s") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
