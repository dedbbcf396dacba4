package staffing_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

func TestSpeedOfNewcomers(t *testing.T) {
	t.Parallel()
	steps := staffing.Learning{{From: 0.6, To: 0.6, For: 3 * day}, {From: 0.8, To: 0.8, For: 7 * day}}
	line := staffing.Learning{{From: 0.6, To: 1, For: 10 * day}}
	for _, row := range []struct {
		curve staffing.Learning
		age   time.Duration
		want  float64
	}{
		{nil, 0, 1}, {steps, 0, 0.6}, {steps, 3*day - 1, 0.6}, {steps, 3 * day, 0.8}, {steps, 10*day - 1, 0.8}, {steps, 10 * day, 1},
		{line, 0, 0.6}, {line, 5 * day, 0.8}, {line, 10 * day, 1}, {line, 1000 * day, 1},
	} {
		if got := row.curve.Speed(row.age); math.Abs(got-row.want) > 1e-9 {
			t.Errorf("%v after %v: %v, want %v", row.curve, row.age, got, row.want)
		}
	}
}

// A week of an office: four heads of which a quarter are planned shrinkage, two more
// from Wednesday on, a holiday on Friday with people of its own, half of all stay two hours
// longer on Thursday, and one is on call at night.
func office(t *testing.T) (staffing.Team, calendar.Axis) {
	t.Helper()
	return staffing.Team{
		Name: "front", Shrinkage: 0.25, Holidays: []calendar.Date{date(t, "2026-01-09")},
		Cost:     staffing.Cost{PerHour: 20, Overtime: 0.5, Holiday: 1},
		Overtime: []staffing.Overtime{{Name: "rush", First: date(t, "2026-01-08"), Last: date(t, "2026-01-09"), Stay: 2 * time.Hour, Share: 0.5}},
		Shifts: []staffing.Shift{
			{Name: "day", Heads: 4, Days: weekdays, From: 540, To: 1020, Hires: []staffing.Hire{{On: date(t, "2026-01-07"), Heads: 2}}},
			{Name: "half", Heads: 4, Days: weekdays, From: 540, To: 780, PartTime: 0.5},
			{Name: "fest", Heads: 2, Days: everyDay, From: 600, To: 720, HolidaysOnly: true},
			{Name: "pager", Heads: 1, Days: weekdays, From: 1200, To: 1440, OnCall: &staffing.OnCall{PerHour: 5}},
		},
	}, axis(t, "UTC", "2026-01-05")
}

func TestDutiesOfPeople(t *testing.T) {
	t.Parallel()
	team, x := office(t)
	got := map[string][2]float64{}
	for _, d := range staffing.Duties([]staffing.Team{team}, x, 0, 7*day) {
		name := team.Shifts[d.Shift].Name
		if d.Overtime {
			name += " late"
		}
		got[stretch(x, d.From, d.To)+" "+name] = [2]float64{d.Gross, d.Net}
	}
	want := map[string][2]float64{
		"01-05 09:00 to 01-05 17:00 day": {4, 3}, "01-06 09:00 to 01-06 17:00 day": {4, 3},
		"01-07 09:00 to 01-07 17:00 day": {6, 4.5}, "01-08 09:00 to 01-08 17:00 day": {6, 4.5},
		"01-08 17:00 to 01-08 19:00 day late": {3, 2.25},
		// Of four part-time people, three after shrinkage, half are paid and there.
		"01-05 09:00 to 01-05 13:00 half": {2, 3}, "01-06 09:00 to 01-06 13:00 half": {2, 3}, "01-07 09:00 to 01-07 13:00 half": {2, 3},
		"01-08 09:00 to 01-08 13:00 half": {2, 3}, "01-08 13:00 to 01-08 15:00 half late": {1, 1.5},
		"01-09 10:00 to 01-09 12:00 fest": {2, 1.5}, "01-09 12:00 to 01-09 14:00 fest late": {1, 0.75},
		"01-05 20:00 to 01-06 00:00 pager": {1, 1}, "01-06 20:00 to 01-07 00:00 pager": {1, 1},
		"01-07 20:00 to 01-08 00:00 pager": {1, 1}, "01-08 20:00 to 01-09 00:00 pager": {1, 1},
	}
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("duties, gross and net (-want +got):\n%s", diff)
	}
}

func TestPayOfPeople(t *testing.T) {
	t.Parallel()
	team, x := office(t)
	duties := staffing.Duties([]staffing.Team{team}, x, 0, 7*day)
	got := staffing.Pay(&team, x, duties, 0, 7*day)
	// Day 2×32 + 2×48 hours, half 4×8, fest 4; overtime 6 + 2 + 2, of which the last on
	// the holiday.
	want := staffing.Bill{
		Hours: 64 + 96 + 32 + 4 + 10, OvertimeHours: 10, HolidayHours: 6, StandbyHours: 16,
		Base: 20 * 206, Overtime: 100, Holiday: 120, Standby: 80,
	}
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("bill (-want +got):\n%s", diff)
	}
	if total := got.Total(); math.Abs(total-(4120+100+120+80)) > 1e-9 {
		t.Errorf("total %v", total)
	}
	if zero := got.Plus(got.Minus()); zero != (staffing.Bill{}) {
		t.Errorf("a bill less itself is %+v", zero)
	}
}

func TestACallIsPaidForItsMinimum(t *testing.T) {
	t.Parallel()
	team, x := office(t)
	tariff := team.Tariff(x, day, 3*day)
	for _, row := range []struct {
		at, took time.Duration
		hours    float64
	}{{day + time.Hour, 30 * time.Minute, 0.5}, {day + time.Hour, time.Hour, 0}, {day + time.Hour, 2 * time.Hour, 0}, {day - 1, 0, 0}, {3*day + 1, 0, 0}} {
		want := staffing.Bill{Hours: row.hours, OvertimeHours: row.hours, Base: 20 * row.hours, Overtime: 10 * row.hours}
		if got := tariff.Callout(row.at, row.took, time.Hour); got != want {
			t.Errorf("a call of %v: %+v, want %+v", row.took, got, want)
		}
	}
}
