package contract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
)

func axis(t testing.TB, zone, start string) calendar.Axis {
	t.Helper()
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	origin, err := time.ParseInLocation("2006-01-02 15:04", start, z)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Axis{Origin: origin}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	const h = time.Hour
	tests := []struct {
		name   string
		period contract.Period
		zone   string
		start  string
		from   time.Duration
		length time.Duration
		want   []string
	}{
		{"a whole month with the clock going back is an hour longer", contract.Monthly, "America/New_York", "2026-11-01 00:00", 0, 30*24*h + h,
			[]string{"2026-11 0s 721h0m0s"}},
		{"a whole month with the clock going forward is an hour shorter", contract.Monthly, "Europe/Berlin", "2026-03-01 00:00", 0, 31*24*h - h,
			[]string{"2026-03 0s 743h0m0s"}},
		{"an hour too few leaves the month partial", contract.Monthly, "America/New_York", "2026-11-01 00:00", 0, 30 * 24 * h,
			[]string{"2026-11 0s 720h0m0s partial"}},
		{"partial at both ends, whole in the middle", contract.Monthly, "Europe/Berlin", "2026-09-15 00:00", 0, 61 * 24 * h,
			[]string{"2026-09 0s 384h0m0s partial", "2026-10 384h0m0s 1129h0m0s", "2026-11 1129h0m0s 1464h0m0s partial"}},
		{"from December to January", contract.Monthly, "UTC", "2026-12-31 12:00", 0, 24 * h,
			[]string{"2026-12 0s 12h0m0s partial", "2027-01 12h0m0s 24h0m0s partial"}},
		{"February of a leap year", contract.Monthly, "UTC", "2028-02-01 00:00", 0, 29 * 24 * h,
			[]string{"2028-02 0s 696h0m0s"}},
		{"weeks start on Monday, here at the end of a clock change's Sunday", contract.Weekly, "Europe/Berlin", "2026-03-23 00:00", 0, 14*24*h - h,
			[]string{"2026-W13 0s 167h0m0s", "2026-W14 167h0m0s 335h0m0s"}},
		{"a week that starts on Sunday starts partial", contract.Weekly, "UTC", "2026-11-29 00:00", 0, 3 * 24 * h,
			[]string{"2026-W48 0s 24h0m0s partial", "2026-W49 24h0m0s 72h0m0s partial"}},
		{"the week of New Year belongs to the year of its Thursday", contract.Weekly, "UTC", "2026-12-28 00:00", 0, 14 * 24 * h,
			[]string{"2026-W53 0s 168h0m0s", "2027-W01 168h0m0s 336h0m0s"}},
		{"a quarter over a clock change", contract.Quarterly, "America/New_York", "2026-10-01 00:00", 0, 92*24*h + h,
			[]string{"2026-Q4 0s 2209h0m0s"}},
		{"quarters over New Year", contract.Quarterly, "UTC", "2026-12-01 00:00", 0, 32 * 24 * h,
			[]string{"2026-Q4 0s 744h0m0s partial", "2027-Q1 744h0m0s 768h0m0s partial"}},
		{"the warm-up is not judged", contract.Monthly, "UTC", "2026-10-30 00:00", 2 * 24 * h, 32 * 24 * h,
			[]string{"2026-11 48h0m0s 768h0m0s"}},
		{"a warm-up that ends inside a month leaves it partial", contract.Monthly, "UTC", "2026-11-01 00:00", h, 30 * 24 * h,
			[]string{"2026-11 1h0m0s 720h0m0s partial"}},
		{"nothing of nothing", contract.Monthly, "UTC", "2026-11-01 00:00", h, h, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, s := range tt.period.Split(axis(t, tt.zone, tt.start), tt.from, tt.length) {
				text := fmt.Sprintf("%s %v %v", s.Name, s.From, s.To)
				if s.Partial {
					text += " partial"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSplitCoversTheWindow: spans follow one another from end to end, have names of
// their own, and only the first and the last may be partial.
func TestSplitCoversTheWindow(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "America/Sao_Paulo", "Pacific/Apia"}
	rapid.Check(t, func(r *rapid.T) {
		// 2008 to 2027 holds midnights that clocks skipped (São Paulo) and a date
		// that a zone left out (Apia, 2011-12-30).
		start := time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 20*365*24).Draw(r, "start")) * time.Hour)
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(r, "zone"))
		if err != nil {
			r.Fatal(err)
		}
		x := calendar.Axis{Origin: start.In(z)}
		from := time.Duration(rapid.Int64Range(0, int64(100*24*time.Hour)).Draw(r, "from"))
		to := from + time.Duration(rapid.Int64Range(1, int64(400*24*time.Hour)).Draw(r, "length"))
		p := contract.Period(rapid.IntRange(0, 2).Draw(r, "period"))
		spans := p.Split(x, from, to)
		if len(spans) == 0 || spans[0].From != from || spans[len(spans)-1].To != to {
			r.Fatalf("spans %v do not cover %v to %v", spans, from, to)
		}
		for i, s := range spans {
			switch {
			case s.From >= s.To:
				r.Fatalf("span %+v is empty", s)
			case i > 0 && (s.From != spans[i-1].To || s.Name == spans[i-1].Name):
				r.Fatalf("span %+v does not follow %+v", s, spans[i-1])
			case s.Partial && i > 0 && i < len(spans)-1:
				r.Fatalf("span %+v in the middle is partial", s)
			}
		}
	})
}
