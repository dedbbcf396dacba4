package fit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/calendar"
)

// quietDay is a special day with so small a share of what was expected that it may be a public holiday.
const quietDay = 0.6

// unnamedHolidays says whose public holidays the quiet days of a history are, where no country was named: then those ahead are taken for
// ordinary days, and too much is expected of them.
func (h *history) unnamedHolidays(f *Fitted) (Gap, bool) {
	if h.o.Country != "" || len(f.Streams) == 0 {
		return Gap{}, false
	}
	var quiet []calendar.Date
	for _, s := range f.Streams[0].Special {
		if s.Factor.Value < quietDay {
			quiet = append(quiet, s.Date)
		}
	}
	type match struct {
		country string
		days    int
		all     int
	}
	var best []match
	for _, country := range calendar.Countries() {
		list, err := calendar.Holidays(country, f.From, f.Until)
		if err != nil {
			continue
		}
		m := match{country: country, all: len(list)}
		for _, d := range quiet {
			if slices.Contains(list, d) {
				m.days++
			}
		}
		best = append(best, m)
	}
	// Of countries with as many, the one that has the fewest other holidays.
	slices.SortStableFunc(best, func(a, b match) int { return cmp.Or(b.days-a.days, a.all-b.all) })
	if len(best) == 0 || best[0].days < 2 || 2*best[0].days < len(quiet) {
		return Gap{}, false
	}
	return Gap{
		fmt.Sprintf("public holidays: %d of %d days with far too few tickets are those of %s, and the ones ahead are taken for ordinary days", best[0].days, len(quiet), best[0].country),
		"name the country, such as --country " + best[0].country,
	}, true
}
