package workforce_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/workforce"
)

func berlin(t interface{ Fatal(...any) }) *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// loaded is a draft as a scenario.
func loaded(t interface{ Fatal(...any) }, dir string, doc *draft.Map) *model.Scenario {
	text, err := doc.Encode("A draft.")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "draft.yaml")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(path)
	if err != nil {
		t.Fatal(err, string(text))
	}
	return s
}

// The scenario of a forecast expects in every interval what the forecast has, over the change of the
// clocks too.
func TestAForecastIsExpectedIntervalByInterval(t *testing.T) {
	t.Parallel()
	zone, dir := berlin(t), t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		minutes := rapid.SampledFrom([]int{15, 30, 60}).Draw(r, "interval")
		first := time.Date(2026, 3, rapid.IntRange(1, 31).Draw(r, "first day"), 0, 0, 0, 0, zone)
		days := rapid.IntRange(1, 17).Draw(r, "days")
		want := map[string]map[time.Time]float64{"Billing: A": {}, "Sales": {}}
		var file strings.Builder
		file.WriteString("queue,start,volume\n")
		for d := range days {
			for range rapid.IntRange(2, 5).Draw(r, "intervals") {
				k := rapid.IntRange(24*60/minutes/2, 24*60/minutes-1).Draw(r, "interval of the day") // no hour that is skipped
				for queue := range want {
					at := time.Date(first.Year(), first.Month(), first.Day()+d, 0, k*minutes, 0, 0, zone)
					n := rapid.Float64Range(0, 90).Draw(r, "volume")
					want[queue][at] += n
					fmt.Fprintf(&file, "%s,%s,%v\n", queue, at.Format("2006-01-02 15:04"), n)
				}
			}
		}
		// Two neighbours say how long an interval is.
		for k := range 2 {
			at := time.Date(first.Year(), first.Month(), first.Day(), 12, k*minutes, 0, 0, zone)
			want["Sales"][at]++
			fmt.Fprintf(&file, "Sales,%s,1\n", at.Format("2006-01-02 15:04"))
		}
		f, err := workforce.ReadForecast(strings.NewReader(file.String()), zone)
		if err != nil {
			r.Fatal(err)
		}
		s := loaded(r, dir, f.Draft())
		axis := calendar.Axis{Origin: s.Time.Start}
		issues := map[string]string{"Billing: A": "Billing- A", "Sales": "Sales"}
		for queue, volumes := range want {
			total := 0.0
			for at, n := range volumes {
				got := 0.0
				for i := range s.Streams {
					if strings.HasPrefix(s.Streams[i].Name, issues[queue]) {
						c := s.Streams[i].Curve(axis, s.Time.Length)
						got += c.Expected(axis.Since(at), axis.Since(at.Add(time.Duration(minutes)*time.Minute)))
					}
				}
				if math.Abs(got-n) > 1e-6 {
					r.Fatalf("%s at %s: %v are expected, want %v", queue, at, got, n)
				}
				total += n
			}
			all := 0.0
			for i := range s.Streams {
				if strings.HasPrefix(s.Streams[i].Name, issues[queue]) {
					all += s.Streams[i].Curve(axis, s.Time.Length).Expected(0, s.Time.Length)
				}
			}
			if math.Abs(all-total) > 1e-6 {
				r.Fatalf("%s: %v in all, want %v", queue, all, total)
			}
		}
	})
}

// A shift of one person.
type shift struct {
	team     string
	from, to time.Time
}

// sameHeads compares at many instants who is at work by a scenario with who is by single shifts.
func sameHeads(r interface{ Fatalf(string, ...any) }, s *model.Scenario, shifts []shift) {
	axis := calendar.Axis{Origin: s.Time.Start}
	duties := staffing.Duties(s.Teams, axis, 0, s.Time.Length)
	for at := time.Duration(0); at < s.Time.Length; at += 7 * time.Minute {
		now := axis.At(at)
		for team := range s.Teams {
			want, got := 0, 0.0
			for _, x := range shifts {
				if draft.Name(x.team) == s.Names.Teams[team] && !now.Before(x.from) && now.Before(x.to) {
					want++
				}
			}
			for _, d := range duties {
				if d.Team == team && d.From <= at && at < d.To {
					got += d.Gross
				}
			}
			if math.Abs(got-float64(want)) > 1e-9 {
				r.Fatalf("%s at %s: %v at work, want %d", s.Names.Teams[team], now, got, want)
			}
		}
	}
}

func TestARosterHasAsManyAtWorkAsItsRows(t *testing.T) {
	t.Parallel()
	zone, dir := berlin(t), t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		var shifts []shift
		var file strings.Builder
		file.WriteString("team,start,end\n")
		for range rapid.IntRange(1, 40).Draw(r, "shifts") {
			day := rapid.IntRange(20, 45).Draw(r, "day") // over the change of the clocks, and two months
			hour := rapid.SampledFrom([]int{6, 8, 14, 22}).Draw(r, "hour")
			from := time.Date(2026, 3, day, hour, 0, 0, 0, zone)
			to := time.Date(2026, 3, day, hour+rapid.SampledFrom([]int{4, 8, 10}).Draw(r, "length"), 30, 0, 0, zone)
			x := shift{rapid.SampledFrom([]string{"Front", "Back (2nd)"}).Draw(r, "team"), from, to}
			shifts = append(shifts, x)
			fmt.Fprintf(&file, "%s,%s,%s\n", x.team, from.Format("2006-01-02 15:04"), to.Format("2006-01-02 15:04"))
		}
		x, err := workforce.ReadRoster(strings.NewReader(file.String()), zone, 0)
		if err != nil {
			r.Fatal(err)
		}
		if len(x.Oddities) > 0 || x.Shifts != len(shifts) {
			r.Fatalf("%d shifts, %v", x.Shifts, x.Oddities)
		}
		sameHeads(r, loaded(r, dir, x.Draft()), shifts)
	})
}

func TestACalendarRepeatsItsShifts(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	text := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Front\r\n" +
		"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260324T220000\r\nDTEND;TZID=Europe/Berlin:20260325T060000\r\nRRULE:FREQ=DAILY;UNTIL=20260331T200000Z\r\nEXDATE;TZID=Europe/Berlin:20260326T220000\r\nEND:VEVENT\r\n" +
		// One night is moved to the morning.
		"BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260327T220000\r\nDTSTART;TZID=Europe/Berlin:20260327T080000\r\nDTEND;TZID=Europe/Berlin:20260327T160000\r\nEND:VEVENT\r\n" +
		"BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260330T080000\r\nDTEND:20260330T160000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	x, err := workforce.ReadRoster(strings.NewReader(text), zone, 15*24*time.Hour)
	if err != nil || len(x.Oddities) > 0 {
		t.Fatal(err, x.Oddities)
	}
	var want []shift
	for _, day := range []int{24, 25, 28, 29, 30, 31} {
		want = append(want, shift{"Front", time.Date(2026, 3, day, 22, 0, 0, 0, zone), time.Date(2026, 3, day+1, 6, 0, 0, 0, zone)})
	}
	for _, day := range []int{27, 30, 37, 44} {
		want = append(want, shift{"Front", time.Date(2026, 3, day, 8, 0, 0, 0, zone), time.Date(2026, 3, day, 16, 0, 0, 0, zone)})
	}
	if x.Shifts != len(want) {
		t.Errorf("%d shifts, want %d", x.Shifts, len(want))
	}
	sameHeads(t, loaded(t, t.TempDir(), x.Draft()), want)
}

func TestWhatCannotBeReadIsAProblem(t *testing.T) {
	t.Parallel()
	forecast := func(text string) error {
		_, err := workforce.ReadForecast(strings.NewReader(text), time.UTC)
		return err
	}
	roster := func(text string) error {
		_, err := workforce.ReadRoster(strings.NewReader(text), time.UTC, 0)
		return err
	}
	for _, row := range []struct {
		read       func(string) error
		text, want string
	}{
		{forecast, "", "the file is empty"},
		{forecast, "start,volume\n", "no row under the header"},
		{forecast, "when,volume\n1,2\n", "no column looks like the start of an interval"},
		{forecast, "start,volume\n2026-03-02 09:00,5\n", "one interval, which does not say how long"},
		{forecast, "start,volume\n2026-03-02 09:00,5\n2026-03-02 09:07,5\n", "the intervals are 7m0s long (want 15, 30 or 60 minutes)"},
		{forecast, "start,volume\n3/2/2026 09:00,5\n3/2/2026 09:30,5\n", "day and month may be either way round"},
		{forecast, "start,volume\n2026-03-02 09:00,5\nnoon,5\nlater,5\n", `line 3, column start: "noon" is no time`},
		{forecast, "start,volume\n2026-03-02 09:00,5\n02.03.2026 09:30,5\n", "the column does not write all times as"},
		{forecast, "start,volume\nnoon,5\n", `"noon" is no time that is known here`},
		{forecast, "start,volume\n2026-03-02 09:00,0\n2026-03-02 09:30,-1\n", "no contact is expected"},
		{forecast, "start,volume\n2026-03-02 09:00,5\n2026-03-02 09:30,100000000\n", "line 3: a volume of 100000000 in one interval is beyond any desk"},
		{roster, "team,start,end\nA,2026-03-02 09:00,2026-03-02 09:00\n", "there is no shift in it"},
		{roster, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1", "the calendar cannot be read"},
		{roster, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "there is no shift in it"},
	} {
		err := row.read(row.text)
		var problem *ticketlog.Problem
		if !errors.As(err, &problem) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q gives %v, want %q", row.text, err, row.want)
		}
	}
}

// Whatever a file holds, it is refused or becomes a scenario that can be read.
func FuzzForecast(f *testing.F) {
	f.Add([]byte("queue;start;volume;aht\nA;2026-03-02 09:00;5;0:03:00\nA;2026-03-02 09:30;1e3;x\n"))
	f.Add([]byte("queue;start;volume;aht\nA;2026-03-02 09:00;900000;0:03:00\nA;2026-03-02 09:30;1e3;x\n")) // more people than a shift can have
	f.Add([]byte("date,time,calls,aht (min)\n2026-03-02,09:00,5,3\n2026-03-02,10:00,7,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := workforce.ReadForecast(bytes.NewReader(data), time.UTC)
		if err == nil && len(x.Queues) < 20 && x.Last.Compare(x.First.AddDays(100)) < 0 {
			loaded(t, t.TempDir(), x.Draft())
		}
	})
}

func FuzzRoster(f *testing.F) {
	f.Add([]byte("team,date,start,end,heads\nA,2026-03-02,22:00,06:00,3\n"))
	f.Add([]byte("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T170000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20260309T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := workforce.ReadRoster(bytes.NewReader(data), time.UTC, 30*24*time.Hour)
		if err == nil && x.Shifts < 1000 && x.Last.Compare(x.First.AddDays(100)) < 0 {
			loaded(t, t.TempDir(), x.Draft())
		}
	})
}

// A scenario takes a shift over midnight of twelve hours at most: a longer one is written as two.
func TestLongNightsAreTwoShifts(t *testing.T) {
	t.Parallel()
	x, err := workforce.ReadRoster(strings.NewReader("date,start,end,heads\n2026-03-02,18:00,07:00,2\n2026-03-03,20:00,08:00,1\n"), time.UTC, 366*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	loaded(t, t.TempDir(), x.Draft())
	text, err := x.Draft().Encode("A draft.")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hours: 18:00-24:00", "hours: 00:00-07:00", "hours: 20:00-08:00"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// One row whose time cannot be read does not cost the roster: it is told with its number, and the others are read.
func TestARowWithoutATimeIsToldAndTheOthersAreRead(t *testing.T) {
	t.Parallel()
	x, err := workforce.ReadRoster(strings.NewReader("team,date,start,end,heads\nA,2026-03-02,09:00,17:00,3\nA,2026-13-03,09:00,17:00,2\nA,2026-03-04,09:00,17:00,1\n"), time.UTC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if x.Shifts != 4 || len(x.Oddities) == 0 || !strings.Contains(x.Oddities[0].Text, "cannot be read") || x.Oddities[0].First != 3 {
		t.Errorf("%d shifts, %+v", x.Shifts, x.Oddities)
	}
}
