package book_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/sim/book"
)

// A year begins with the first month that begins when the warm-up is over, and ends as a whole, with two weeks after it.
func TestYearsAreWholeCalendarMonthsAfterTheWarmUp(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := 24 * time.Hour
	for _, row := range []struct {
		name                string
		start               time.Time
		warmup              time.Duration
		months              int
		wantWarmup, wantEnd calendar.Date
		period              contract.Period
	}{
		{"the warm-up ends as a month begins", time.Date(2025, 12, 22, 0, 0, 0, 0, berlin), 10 * day, 12, calendar.Date{Year: 2026, Month: 1, Day: 1}, calendar.Date{Year: 2027, Month: 1, Day: 15}, contract.Monthly},
		{"a day too late", time.Date(2025, 12, 22, 0, 0, 0, 0, berlin), 11 * day, 12, calendar.Date{Year: 2026, Month: 2, Day: 1}, calendar.Date{Year: 2027, Month: 2, Day: 15}, contract.Monthly},
		{"a second too late", time.Date(2025, 12, 22, 0, 0, 0, 0, berlin), 10*day + time.Second, 1, calendar.Date{Year: 2026, Month: 2, Day: 1}, calendar.Date{Year: 2026, Month: 3, Day: 15}, contract.Monthly},
		{"no warm-up", time.Date(2026, 3, 1, 0, 0, 0, 0, berlin), 0, 2, calendar.Date{Year: 2026, Month: 3, Day: 1}, calendar.Date{Year: 2026, Month: 5, Day: 15}, contract.Monthly},
		{"across a clock change", time.Date(2026, 3, 10, 0, 0, 0, 0, berlin), 7 * day, 1, calendar.Date{Year: 2026, Month: 4, Day: 1}, calendar.Date{Year: 2026, Month: 5, Day: 15}, contract.Monthly},
		// A warm-up that ends at eight would cut the month: it ends on the day before.
		{"a start in the morning", time.Date(2026, 3, 10, 8, 0, 0, 0, berlin), 7 * day, 1, calendar.Date{Year: 2026, Month: 3, Day: 31}, calendar.Date{Year: 2026, Month: 5, Day: 15}, contract.Monthly},
		{"quarters begin in April", time.Date(2026, 1, 22, 0, 0, 0, 0, berlin), 0, 3, calendar.Date{Year: 2026, Month: 4, Day: 1}, calendar.Date{Year: 2026, Month: 7, Day: 15}, contract.Quarterly},
		{"years in January", time.Date(2026, 2, 1, 0, 0, 0, 0, berlin), 0, 12, calendar.Date{Year: 2027, Month: 1, Day: 1}, calendar.Date{Year: 2028, Month: 1, Day: 15}, contract.Yearly},
	} {
		s := &model.Scenario{Time: model.Time{Start: row.start, Warmup: row.warmup}}
		if row.period != contract.Monthly {
			s.Contracts = []contract.Contract{{Alternatives: []contract.Contract{{Period: row.period}}}}
		}
		warmup, length := book.Horizon(s, row.months)
		first := calendar.DateOf(row.start)
		if got := first.AddDays(warmup); got != row.wantWarmup {
			t.Errorf("%s: measuring begins on %v, want %v", row.name, got, row.wantWarmup)
		}
		if got := first.AddDays(length); got != row.wantEnd {
			t.Errorf("%s: it ends on %v, want %v", row.name, got, row.wantEnd)
		}
	}
}
