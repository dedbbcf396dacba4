package staffing_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

// near compares money and hours; sums of halves and quarters are exact, sums of
// premiums are not.
var near = cmpopts.EquateApprox(1e-12, 1e-9)

func TestPay(t *testing.T) {
	t.Parallel()
	night := staffing.Cost{PerHour: 20, Night: 0.25, Weekend: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60}
	tests := []struct {
		name     string
		zone     string
		start    string
		days     int
		cost     staffing.Cost
		teamZone string
		from, to int // of the shift, every day
		heads    float64
		want     staffing.Bill
	}{
		{
			name: "plain hours at base rate, breaks and all",
			zone: "UTC", start: "2026-01-05", days: 1, cost: staffing.Cost{PerHour: 20}, from: 540, to: 1020, heads: 2.5,
			want: staffing.Bill{Hours: 20, Base: 400},
		},
		{
			name: "without a night in the price there are no night hours",
			zone: "UTC", start: "2026-01-05", days: 1, cost: staffing.Cost{PerHour: 20, Night: 0.25}, from: 0, to: 1440, heads: 1,
			want: staffing.Bill{Hours: 24, Base: 480},
		},
		{
			name: "a night that crosses midnight counts on both sides",
			zone: "UTC", start: "2026-01-06", days: 1, cost: night, from: 0, to: 1440, heads: 1, // Tuesday
			want: staffing.Bill{Hours: 24, NightHours: 8, Base: 480, Night: 40}, // 00–06 and 22–24
		},
		{
			name: "a night within one day",
			zone: "UTC", start: "2026-01-06", days: 1, cost: staffing.Cost{PerHour: 20, Night: 0.25, NightFrom: 0, NightTo: 5 * 60}, from: 0, to: 1440, heads: 1,
			want: staffing.Bill{Hours: 24, NightHours: 5, Base: 480, Night: 25},
		},
		{
			name: "premiums add: a Saturday night costs base, a quarter and a half",
			zone: "UTC", start: "2026-01-10", days: 1, cost: night, from: 0, to: 60, heads: 1,
			want: staffing.Bill{Hours: 1, NightHours: 1, WeekendHours: 1, Base: 20, Night: 5, Weekend: 10},
		},
		{
			name: "a week round the clock has 56 night hours and 48 on the weekend",
			zone: "UTC", start: "2026-01-05", days: 7, cost: night, from: 0, to: 1440, heads: 1,
			want: staffing.Bill{Hours: 168, NightHours: 56, WeekendHours: 48, Base: 3360, Night: 280, Weekend: 480},
		},
		{
			name: "a night shift is paid in the window only, on both ends",
			zone: "UTC", start: "2026-01-06", days: 1, cost: night, from: 22 * 60, to: 30 * 60, heads: 1,
			want: staffing.Bill{Hours: 8, NightHours: 8, Base: 160, Night: 40}, // 00–06 of the night before and 22–24
		},
		{
			name: "the night of the spring change is an hour shorter",
			zone: "Europe/Berlin", start: "2026-03-29", days: 1, cost: night, from: 0, to: 1440, heads: 1, // a Sunday of 23 hours
			want: staffing.Bill{Hours: 23, NightHours: 7, WeekendHours: 23, Base: 460, Night: 35, Weekend: 230},
		},
		{
			name: "the night of the autumn change is an hour longer",
			zone: "America/New_York", start: "2026-11-01", days: 1, cost: night, from: 0, to: 1440, heads: 1,
			want: staffing.Bill{Hours: 25, NightHours: 9, WeekendHours: 25, Base: 500, Night: 45, Weekend: 250},
		},
		{
			name: "night and weekend are told by the team's wall clock",
			zone: "UTC", start: "2026-01-09", days: 1, cost: night, teamZone: "Asia/Tokyo", from: 0, to: 1440, heads: 1,
			// Friday in UTC is Friday 09:00 to Saturday 09:00 in Tokyo: night 22–06, weekend 00–09.
			want: staffing.Bill{Hours: 24, NightHours: 8, WeekendHours: 9, Base: 480, Night: 40, Weekend: 90},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := axis(t, tt.zone, tt.start)
			team := staffing.Team{Cost: tt.cost, Shifts: []staffing.Shift{{Heads: tt.heads, Days: everyDay, From: tt.from, To: tt.to,
				Breaks: []staffing.Break{{At: (tt.from + tt.to) / 2, Minutes: 30}}}}}
			if tt.teamZone != "" {
				team.Zone = zone(t, tt.teamZone)
			}
			until := x.Local(date(t, tt.start).AddDays(tt.days), 0, x.Origin.Location())
			duties := staffing.Duties([]staffing.Team{team}, x, 0, until)
			got := staffing.Pay(&team, x, duties, 0, until)
			if diff := cmp.Diff(tt.want, got, near); diff != "" {
				t.Errorf("bill (-want +got):\n%s", diff)
			}
			if want := got.Base + got.Night + got.Weekend; math.Abs(got.Total()-want) > 1e-9 {
				t.Errorf("total %v, want %v", got.Total(), want)
			}
		})
	}
}

func TestOvertimeCostsItsPremiumOnTop(t *testing.T) {
	t.Parallel()
	x := axis(t, "UTC", "2026-01-10") // a Saturday
	team := staffing.Team{Cost: staffing.Cost{PerHour: 20, Night: 0.25, Weekend: 0.5, Overtime: 0.5, NightFrom: 22 * 60, NightTo: 6 * 60}}
	got := team.Tariff(x, 0, 7*day).Overtime(21*time.Hour+30*time.Minute, 22*time.Hour+30*time.Minute, 2)
	want := staffing.Bill{Hours: 2, NightHours: 1, WeekendHours: 2, OvertimeHours: 2, Base: 40, Night: 5, Weekend: 20, Overtime: 20}
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("bill (-want +got):\n%s", diff)
	}
	if got.Total() != 85 {
		t.Errorf("total %v, want 85", got.Total())
	}
	if got := team.Cost.OvertimePerHour(); got != 30 {
		t.Errorf("overtime per hour %v, want 30", got)
	}
}

// TestHoursAddUp: whatever the plan, the bills of two windows side by side are the
// bill of both, no hour is more than paid, and the gross hours are those of the duties.
func TestHoursAddUp(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{time.UTC, zone(t, "Europe/Berlin"), zone(t, "America/New_York"), zone(t, "Australia/Lord_Howe")}
	rapid.Check(t, func(r *rapid.T) {
		x := calendar.Axis{Origin: date(t, "2026-01-01").AddDays(rapid.IntRange(0, 364).Draw(r, "start")).At(0, rapid.SampledFrom(zones).Draw(r, "zone"))}
		team := drawTeam(r, zones)
		const end = 12 * day
		cut := time.Duration(rapid.Int64Range(0, int64(end)).Draw(r, "cut"))
		duties := staffing.Duties([]staffing.Team{team}, x, 0, end)
		whole := staffing.Pay(&team, x, duties, 0, end)
		parts := staffing.Pay(&team, x, duties, 0, cut).Plus(staffing.Pay(&team, x, duties, cut, end))
		if diff := cmp.Diff(whole, parts, cmpopts.EquateApprox(1e-9, 1e-6)); diff != "" {
			r.Fatalf("two windows differ from one (-one +two):\n%s", diff)
		}
		hours := 0.0
		for _, d := range duties {
			hours += (min(d.To, end) - max(d.From, 0)).Hours() * d.Gross
		}
		if math.Abs(hours-whole.Hours) > 1e-6 {
			r.Fatalf("paid %v hours, planned %v", whole.Hours, hours)
		}
		if whole.NightHours > whole.Hours+1e-6 || whole.WeekendHours > whole.Hours+1e-6 {
			r.Fatalf("more premium hours than hours: %+v", whole)
		}
		if joined := staffing.Pay(&team, x, staffing.Join(duties), 0, end); !cmp.Equal(whole, joined, cmpopts.EquateApprox(1e-9, 1e-6)) {
			r.Fatalf("joining changed the bill from %+v to %+v", whole, joined)
		}
	})
}
