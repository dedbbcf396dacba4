package contract

import (
	"fmt"
	"math/big"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Span is one period on the axis of a scenario, as far as the scenario sees it.
type Span struct {
	// Name is 2026-11 for a month, 2026-W48 for a week (ISO 8601: the week's year
	// is that of its Thursday), 2026-Q4 for a quarter and 2026 for a year.
	Name     string
	From, To time.Duration // half-open, since the scenario's start
	// Partial says that the period began before From or ends after To: its
	// attainment is not that of the whole period, and a credit worked out
	// from it is no forecast of what that period pays.
	Partial bool
}

// Split cuts [from, to) at the boundaries of the periods, which lie on local
// midnights of the scenario's zone (that of x.Origin). The first and the last span
// may be partial.
func (p Period) Split(x calendar.Axis, from, to time.Duration) []Span {
	if from >= to {
		return nil
	}
	zone := x.Origin.Location()
	start := p.first(calendar.DateOf(x.At(from)))
	var spans []Span
	for {
		next := p.next(start)
		a, b := x.Local(start, 0, zone), x.Local(next, 0, zone)
		if a >= to {
			return spans
		}
		s := Span{Name: p.name(start), From: max(a, from), To: min(b, to)}
		s.Partial = s.From > a || s.To < b
		if s.From < s.To {
			spans = append(spans, s)
		}
		start = next
	}
}

// first is the first day of the period that holds d.
func (p Period) first(d calendar.Date) calendar.Date {
	switch p {
	case Weekly:
		return d.AddDays(-((int(d.Weekday()) + 6) % 7)) // back to Monday
	case Quarterly:
		return calendar.Date{Year: d.Year, Month: (d.Month-1)/3*3 + 1, Day: 1}
	case Yearly:
		return calendar.Date{Year: d.Year, Month: time.January, Day: 1}
	default:
		return calendar.Date{Year: d.Year, Month: d.Month, Day: 1}
	}
}

// next is the first day of the period after the one that starts on d.
func (p Period) next(d calendar.Date) calendar.Date {
	months := time.Month(1)
	switch p {
	case Weekly:
		return d.AddDays(7)
	case Quarterly:
		months = 3
	case Yearly:
		months = 12
	}
	if d.Month += months; d.Month > time.December {
		d.Year++
		d.Month -= 12
	}
	return d
}

// name is the name of the period that starts on d.
func (p Period) name(d calendar.Date) string {
	switch p {
	case Weekly:
		year, week := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", d.Year, (d.Month+2)/3)
	case Yearly:
		return fmt.Sprintf("%04d", d.Year)
	default:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
}

// PeriodFee is the fee of one whole period: the monthly fee, three of them for a
// quarter, twelve for a year, and 12/52 of it for a week, rounded to the nearest minor unit, halves up.
// A fee that leaves 64 bits, which Check refuses, panics.
func (k *Contract) PeriodFee() Money {
	ratio := big.NewRat(1, 1)
	switch k.Period {
	case Weekly:
		ratio.SetFrac64(12, 52)
	case Quarterly:
		ratio.SetInt64(3)
	case Yearly:
		ratio.SetInt64(12)
	}
	fee, err := k.Fee.Times(ratio)
	if err != nil {
		panic(fmt.Sprintf("contract %s: %v; Check was not asked", k.Name, err))
	}
	return fee
}

var periodNames = [...]string{"month", "week", "quarter", "year"}

// String is the word of the scenario language: month, week, quarter, year.
func (p Period) String() string { return word(periodNames[:], int(p)) }

// ParsePeriod is the inverse of String.
func ParsePeriod(name string) (Period, bool) {
	i, ok := index(periodNames[:], name)
	return Period(i), ok
}

// PeriodNames lists the words of all periods, by Period.
func PeriodNames() []string { return append([]string(nil), periodNames[:]...) }
