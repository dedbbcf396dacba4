package staffing_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

func TestAShiftSaysWhenItIs(t *testing.T) {
	t.Parallel()
	day := func(d int) calendar.Date { return calendar.Date{Year: 2026, Month: 11, Day: d} }
	weekdays := [7]bool{false, true, true, true, true, true, false}
	every := [7]bool{true, true, true, true, true, true, true}
	for _, row := range []struct {
		shift staffing.Shift
		want  string
	}{
		{staffing.Shift{Days: weekdays, From: 7 * 60, To: 15*60 + 30}, "Mon–Fri 07:00–15:30"},
		{staffing.Shift{Days: every, From: 22 * 60, To: 30 * 60}, "22:00–06:00"},
		{staffing.Shift{Days: every, From: 0, To: 24 * 60}, "00:00–24:00"},
		{staffing.Shift{Days: [7]bool{0: true, 1: true, 3: true, 4: true}, From: 60, To: 120}, "Mon, Wed–Thu, Sun 01:00–02:00"},
		{staffing.Shift{Days: every, From: 60, To: 120, First: day(25), Last: day(30)}, "01:00–02:00, 2026-11-25 to 2026-11-30"},
		{staffing.Shift{Days: every, From: 60, To: 120, First: day(26), Last: day(26), Holidays: true}, "01:00–02:00, 2026-11-26, holidays too"},
		{staffing.Shift{Days: every, From: 60, To: 120, First: day(26), Hires: []staffing.Hire{{On: day(27), Heads: 2}}}, "01:00–02:00, from 2026-11-26, +2 on 2026-11-27"},
		{staffing.Shift{Days: every, From: 60, To: 120, Last: day(26), HolidaysOnly: true, OnCall: &staffing.OnCall{}}, "01:00–02:00, until 2026-11-26, on holidays only, on call"},
	} {
		if got := row.shift.When(); got != row.want {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
}
