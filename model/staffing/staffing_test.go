package staffing_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
)

var (
	everyDay = [7]bool{true, true, true, true, true, true, true}
	weekdays = [7]bool{false, true, true, true, true, true, false}
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// axis starts at local midnight of a day.
func axis(t testing.TB, zoneName, day string) calendar.Axis {
	t.Helper()
	return calendar.Axis{Origin: date(t, day).At(0, zone(t, zoneName))}
}

func date(t testing.TB, day string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const day = 24 * time.Hour

// stretch writes an interval in UTC, which no clock change can blur.
func stretch(x calendar.Axis, from, to time.Duration) string {
	const layout = "01-02 15:04"
	return x.At(from).UTC().Format(layout) + " to " + x.At(to).UTC().Format(layout)
}

func TestDuties(t *testing.T) {
	t.Parallel()
	clock := func(h, m int) int { return h*60 + m }
	tests := []struct {
		name  string
		zone  string // of the scenario
		start string
		days  int
		team  staffing.Team
		want  []string // in UTC
	}{
		{
			name: "business hours leave the weekend out",
			zone: "Europe/Berlin", start: "2026-01-09", days: 4, // Friday to Monday
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 3, Days: weekdays, From: clock(9, 0), To: clock(17, 0)}}},
			want: []string{"01-09 08:00 to 01-09 16:00", "01-12 08:00 to 01-12 16:00"},
		},
		{
			name: "a seat round the clock has a duty for every day and no gap",
			zone: "UTC", start: "2026-01-09", days: 2,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, To: clock(24, 0)}}},
			want: []string{"01-09 00:00 to 01-10 00:00", "01-10 00:00 to 01-11 00:00"},
		},
		{
			name: "a night shift of the evening before reaches into the first day",
			zone: "UTC", start: "2026-01-09", days: 1,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: clock(22, 0), To: clock(30, 0)}}},
			want: []string{"01-08 22:00 to 01-09 06:00", "01-09 22:00 to 01-10 06:00"},
		},
		{
			name: "a shift may begin on one day and end late on the next",
			zone: "UTC", start: "2026-01-09", days: 1,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: clock(23, 0), To: clock(48, 0)}}},
			want: []string{"01-07 23:00 to 01-09 00:00", "01-08 23:00 to 01-10 00:00", "01-09 23:00 to 01-11 00:00"}[1:],
		},
		{
			name: "a day of 23 hours is worked in 23 hours",
			zone: "Europe/Berlin", start: "2026-03-29", days: 1,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, To: clock(24, 0)}}},
			want: []string{"03-28 23:00 to 03-29 22:00"},
		},
		{
			name: "a day of 25 hours is worked in 25 hours",
			zone: "America/New_York", start: "2026-11-01", days: 1,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, To: clock(24, 0)}}},
			want: []string{"11-01 04:00 to 11-02 05:00"},
		},
		{
			name: "shifts that meet in the skipped hour meet in time",
			zone: "Europe/Berlin", start: "2026-03-29", days: 1, // 02:00 to 03:00 does not exist
			team: staffing.Team{Shifts: []staffing.Shift{
				{Heads: 1, Days: everyDay, From: clock(0, 0), To: clock(2, 30)},
				{Heads: 1, Days: everyDay, From: clock(2, 30), To: clock(8, 0)},
			}},
			want: []string{"03-28 23:00 to 03-29 01:30", "03-29 01:30 to 03-29 06:00"},
		},
		{
			name: "a shift whose start moves past its end falls away",
			zone: "Europe/Berlin", start: "2026-03-29", days: 1,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: clock(2, 30), To: clock(3, 0)}}},
		},
		{
			name: "a team lives in its own zone",
			zone: "America/New_York", start: "2026-01-09", days: 1,
			team: staffing.Team{Zone: zone(t, "Asia/Manila"),
				Shifts: []staffing.Shift{{Heads: 1, Days: weekdays, From: clock(9, 0), To: clock(17, 0)}}},
			// Friday in New York is 05:00Z to 05:00Z; Manila's Friday shift began at 01:00Z, Saturday has none.
			want: []string{"01-09 01:00 to 01-09 09:00"},
		},
		{
			name: "no shift starts on a holiday unless it says so",
			zone: "UTC", start: "2026-12-24", days: 3,
			team: staffing.Team{
				Holidays: []calendar.Date{date(t, "2026-12-25")},
				Shifts: []staffing.Shift{
					{Heads: 1, Days: everyDay, From: clock(9, 0), To: clock(17, 0)},
					{Heads: 1, Days: everyDay, From: clock(10, 0), To: clock(12, 0), Holidays: true},
				}},
			want: []string{"12-24 09:00 to 12-24 17:00", "12-24 10:00 to 12-24 12:00", "12-25 10:00 to 12-25 12:00",
				"12-26 09:00 to 12-26 17:00", "12-26 10:00 to 12-26 12:00"},
		},
		{
			name: "temps come on their first day and go after their last",
			zone: "UTC", start: "2026-11-20", days: 10,
			team: staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: clock(9, 0), To: clock(17, 0),
				First: date(t, "2026-11-25"), Last: date(t, "2026-11-26")}}},
			want: []string{"11-25 09:00 to 11-25 17:00", "11-26 09:00 to 11-26 17:00"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := axis(t, tt.zone, tt.start)
			until := x.Local(date(t, tt.start).AddDays(tt.days), 0, x.Origin.Location())
			var got []string
			for _, d := range staffing.Duties([]staffing.Team{tt.team}, x, 0, until) {
				got = append(got, stretch(x, d.From, d.To))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("duties (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBreaks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		zone     string
		day      string
		from, to int
		breaks   []staffing.Break
		want     []string
	}{
		{"in the middle", "UTC", "2026-01-09", 540, 1020, []staffing.Break{{At: 720, Minutes: 30}}, []string{"01-09 12:00 to 01-09 12:30"}},
		{"sorted, and melted where they overlap or touch", "UTC", "2026-01-09", 540, 1020,
			[]staffing.Break{{At: 900, Minutes: 15}, {At: 720, Minutes: 30}, {At: 740, Minutes: 20}, {At: 760, Minutes: 5}},
			[]string{"01-09 12:00 to 01-09 12:45", "01-09 15:00 to 01-09 15:15"}},
		{"cut off at both ends of the shift", "UTC", "2026-01-09", 540, 1020,
			[]staffing.Break{{At: 530, Minutes: 20}, {At: 1010, Minutes: 20}, {At: 1020, Minutes: 20}, {At: 0, Minutes: 60}},
			[]string{"01-09 09:00 to 01-09 09:10", "01-09 16:50 to 01-09 17:00"}},
		{"after midnight", "UTC", "2026-01-09", 1320, 1800, []staffing.Break{{At: 1560, Minutes: 30}}, []string{"01-10 02:00 to 01-10 02:30"}},
		{"half an hour long in the night of a clock change", "Europe/Berlin", "2026-10-24", 1320, 1800,
			[]staffing.Break{{At: 1440 + 170, Minutes: 30}}, []string{"10-25 00:50 to 10-25 01:20"}}, // 02:50 to 02:20 on the wall
		{"none of no length", "UTC", "2026-01-09", 540, 1020, []staffing.Break{{At: 720}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := axis(t, tt.zone, tt.day)
			team := staffing.Team{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: tt.from, To: tt.to, Breaks: tt.breaks,
				First: date(t, tt.day), Last: date(t, tt.day)}}}
			duties := staffing.Duties([]staffing.Team{team}, x, 0, day)
			if len(duties) != 1 {
				t.Fatalf("%d duties, want 1", len(duties))
			}
			var got []string
			for _, b := range duties[0].Breaks {
				got = append(got, stretch(x, b.From, b.To))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("breaks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestShrinkageLowersNetHeadsOnly(t *testing.T) {
	t.Parallel()
	teams := []staffing.Team{{Shrinkage: 0.28, Shifts: []staffing.Shift{{Heads: 12.5, Days: everyDay, From: 0, To: 60}}}}
	d := staffing.Duties(teams, axis(t, "UTC", "2026-01-09"), 0, day)[0]
	if d.Gross != 12.5 || math.Abs(d.Net-9) > 1e-12 { // 12.5 × 0.72
		t.Errorf("gross %v and net %v, want 12.5 and 9", d.Gross, d.Net)
	}
}

func TestDutiesAreInOrder(t *testing.T) {
	t.Parallel()
	x := axis(t, "Europe/Berlin", "2026-01-05")
	shift := func(from int) staffing.Shift {
		return staffing.Shift{Heads: 1, Days: everyDay, From: from, To: from + 480}
	}
	teams := []staffing.Team{
		{Shifts: []staffing.Shift{shift(600), shift(540)}},
		{Shifts: []staffing.Shift{shift(540), shift(540)}},
	}
	var got []string
	for _, d := range staffing.Duties(teams, x, 0, day) {
		got = append(got, fmt.Sprintf("%v %d %d %v", d.From, d.Team, d.Shift, d.Date))
	}
	want := []string{"9h0m0s 0 1 2026-01-05", "9h0m0s 1 0 2026-01-05", "9h0m0s 1 1 2026-01-05", "10h0m0s 0 0 2026-01-05"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if lists := staffing.ByTeam(staffing.Duties(teams, x, 0, day), 3); len(lists) != 3 || len(lists[0]) != 2 || len(lists[1]) != 2 || lists[2] != nil {
		t.Errorf("by team: %v", lists)
	}
}

func TestDutiesOutsideTheWindowAreLeftOut(t *testing.T) {
	t.Parallel()
	x := axis(t, "UTC", "2026-01-09")
	teams := []staffing.Team{{Shifts: []staffing.Shift{{Heads: 1, Days: everyDay, From: 540, To: 1020}}}}
	for _, tt := range []struct {
		name        string
		from, until time.Duration
		want        int
	}{
		{"the window ends as the shift begins", 0, 9 * time.Hour, 0},
		{"the window begins as the shift ends", 17 * time.Hour, day, 0},
		{"the window lies inside the shift", 10 * time.Hour, 11 * time.Hour, 1},
		{"the window is empty", 10 * time.Hour, 10 * time.Hour, 0},
		{"the window lies before the scenario's start", -day, 0, 1},
	} {
		if got := len(staffing.Duties(teams, x, tt.from, tt.until)); got != tt.want {
			t.Errorf("%s: %d duties, want %d", tt.name, got, tt.want)
		}
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	x := axis(t, "Europe/Berlin", "2026-10-24")
	teams := []staffing.Team{{
		Holidays: []calendar.Date{date(t, "2026-10-26")},
		Shifts: []staffing.Shift{
			{Heads: 2, Days: everyDay, From: 0, To: 1440, Breaks: []staffing.Break{{At: 720, Minutes: 30}}},
			{Heads: 1, Days: everyDay, From: 540, To: 1020},
			{Heads: 1, Days: everyDay, From: 0, To: 1440, Holidays: true},
		}}}
	duties := staffing.Duties(teams, x, 0, 4*day)
	var got []string
	for _, d := range staffing.Join(duties) {
		got = append(got, fmt.Sprintf("%d: %s, %d breaks", d.Shift, stretch(x, d.From, d.To), len(d.Breaks)))
	}
	want := []string{ // the first and the last day are whole, the clock goes back on the 25th
		"0: 10-23 22:00 to 10-25 23:00, 2 breaks", // the holiday parts it from what follows
		"2: 10-23 22:00 to 10-27 23:00, 0 breaks",
		"1: 10-24 07:00 to 10-24 15:00, 0 breaks",
		"1: 10-25 08:00 to 10-25 16:00, 0 breaks",
		"0: 10-26 23:00 to 10-27 23:00, 1 breaks",
		"1: 10-27 08:00 to 10-27 16:00, 0 breaks",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("joined (-want +got):\n%s", diff)
	}
	// Joining must not write into what it was given.
	if len(duties[0].Breaks) != 1 {
		t.Errorf("the first duty now has %d breaks", len(duties[0].Breaks))
	}
}

// TestDutiesHoldTogether checks what must hold for every plan: duties lie in the
// window, are in order, have sorted breaks inside them, and windows side by side
// find the same duties as one window.
func TestDutiesHoldTogether(t *testing.T) {
	t.Parallel()
	zones := []*time.Location{time.UTC, zone(t, "Europe/Berlin"), zone(t, "America/New_York"), zone(t, "Asia/Kathmandu"), zone(t, "Australia/Lord_Howe")}
	rapid.Check(t, func(r *rapid.T) {
		x := calendar.Axis{Origin: date(t, "2026-01-01").AddDays(rapid.IntRange(0, 364).Draw(r, "start")).At(0, rapid.SampledFrom(zones).Draw(r, "zone"))}
		teams := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) staffing.Team { return drawTeam(r, zones) }), 1, 3).Draw(r, "teams")
		cut := time.Duration(rapid.IntRange(0, 10*24).Draw(r, "cut")) * time.Hour
		whole := staffing.Duties(teams, x, 0, 10*day)
		left, right := staffing.Duties(teams, x, 0, cut), staffing.Duties(teams, x, cut, 10*day)
		across := 0
		for i, d := range whole {
			if d.From >= d.To || d.To <= 0 || d.From >= 10*day {
				r.Fatalf("duty %+v is not in the window", d)
			}
			if i > 0 && whole[i-1].From > d.From {
				r.Fatalf("duties %d and %d are not in order", i-1, i)
			}
			at := d.From
			for _, b := range d.Breaks {
				if b.From < at || b.From >= b.To || b.To > d.To {
					r.Fatalf("breaks %v in duty %v to %v", d.Breaks, d.From, d.To)
				}
				at = b.To + 1 // breaks that touch should be one
			}
			if d.From < cut && d.To > cut && cut > 0 && cut < 10*day {
				across++
			}
		}
		if len(left)+len(right) != len(whole)+across {
			r.Fatalf("%d + %d duties in two windows, %d in one and %d across the cut", len(left), len(right), len(whole), across)
		}
		var before, after time.Duration
		for _, d := range whole {
			before += d.To - d.From
		}
		for _, d := range staffing.Join(whole) {
			after += d.To - d.From
		}
		if before != after {
			r.Fatalf("joining turned %v of duty into %v", before, after)
		}
	})
}

func drawTeam(r *rapid.T, zones []*time.Location) staffing.Team {
	shift := rapid.Custom(func(r *rapid.T) staffing.Shift {
		from := rapid.IntRange(0, 1439).Draw(r, "from")
		return staffing.Shift{
			Heads: float64(rapid.IntRange(1, 40).Draw(r, "heads")) / 2,
			Days:  [7]bool(rapid.SliceOfN(rapid.Bool(), 7, 7).Draw(r, "days")),
			From:  from,
			To:    rapid.IntRange(from+1, 2880).Draw(r, "to"),
			Breaks: rapid.SliceOfN(rapid.Custom(func(r *rapid.T) staffing.Break {
				return staffing.Break{At: rapid.IntRange(0, 2880).Draw(r, "at"), Minutes: rapid.IntRange(0, 90).Draw(r, "minutes")}
			}), 0, 3).Draw(r, "breaks"),
		}
	})
	return staffing.Team{
		Zone:      rapid.SampledFrom(zones).Draw(r, "team zone"),
		Shrinkage: rapid.SampledFrom([]float64{0, 0.1, 0.28}).Draw(r, "shrinkage"),
		Shifts:    rapid.SliceOfN(shift, 1, 3).Draw(r, "shifts"),
		Cost: staffing.Cost{PerHour: 24, Night: 0.25, Weekend: 0.5, Overtime: 0.4,
			NightFrom: rapid.IntRange(0, 1440).Draw(r, "night from"), NightTo: rapid.IntRange(0, 1440).Draw(r, "night to")},
	}
}

// Twelve gross heads, a quarter of them shrinkage, take half an hour at eleven in
// three turns: three crews of three, one after another.
func TestABreakInTurnsIsTakenByCrews(t *testing.T) {
	t.Parallel()
	origin := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	teams := []staffing.Team{{
		Name: "front", Shrinkage: 0.25,
		Shifts: []staffing.Shift{{
			Heads: 12, Days: [7]bool{1: true}, From: 9 * 60, To: 17 * 60,
			Breaks: []staffing.Break{{At: 11 * 60, Minutes: 30, Turns: 3}, {At: 15 * 60, Minutes: 15}},
		}},
	}}
	duties := staffing.Duties(teams, calendar.Axis{Origin: origin}, 0, 24*time.Hour)
	if len(duties) != 3 {
		t.Fatalf("%d duties", len(duties))
	}
	for i, d := range duties {
		first := 11*time.Hour + time.Duration(i)*30*time.Minute
		want := []staffing.Interval{{From: first, To: first + 30*time.Minute}, {From: 15 * time.Hour, To: 15*time.Hour + 15*time.Minute}}
		if d.Crew != i || d.Net != 3 || d.Before != float64(3*i) || d.Gross != 4 || !slices.Equal(d.Breaks, want) {
			t.Errorf("crew %d: %+v", i, d)
		}
	}
	bill := staffing.Pay(&teams[0], calendar.Axis{Origin: origin}, duties, 0, 24*time.Hour)
	if math.Abs(bill.Hours-12*8) > 1e-9 {
		t.Errorf("%v hours are paid, want 96", bill.Hours)
	}
}
