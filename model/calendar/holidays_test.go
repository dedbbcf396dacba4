package calendar

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHolidays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		country  string
		from, to string
		want     []string
	}{
		{"the United States at the end of 2026", "us", "2026-11-01", "2027-01-01", []string{"2026-11-11", "2026-11-26", "2026-12-25", "2027-01-01"}},
		{"a Saturday holiday is observed on Friday", "us", "2026-07-01", "2026-07-31", []string{"2026-07-03"}},
		{"New Year's Day of 2028 is observed in 2027", "us", "2027-12-01", "2027-12-31", []string{"2027-12-24", "2027-12-31"}},
		{"both ends are included", "us", "2026-11-26", "2026-12-25", []string{"2026-11-26", "2026-12-25"}},
		{"England moves Boxing Day on to Monday", "gb", "2026-12-01", "2026-12-31", []string{"2026-12-25", "2026-12-28"}},
		{"Easter in Germany", "de", "2026-04-01", "2026-06-01", []string{"2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"}},
		{"Corpus Christi in Bavaria", "de-by", "2026-06-01", "2026-06-30", []string{"2026-06-04"}},
		{"no time at all", "us", "2026-12-31", "2026-01-01", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dates, err := Holidays(tt.country, date(tt.from), date(tt.to))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range dates {
				got = append(got, d.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("holidays differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHolidaysOfAnUnknownCountry(t *testing.T) {
	t.Parallel()
	dates, err := Holidays("atlantis", date("2026-01-01"), date("2026-12-31"))
	if err == nil || dates != nil {
		t.Fatalf("got %v, %v", dates, err)
	}
	for _, part := range []string{`"atlantis"`, "de, de-bb", "gb", "us"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %s", err, part)
		}
	}
}

func TestEveryCountryHasHolidays(t *testing.T) {
	t.Parallel()
	countries := Countries()
	if !slices.IsSorted(countries) || !slices.Contains(countries, "us") {
		t.Errorf("the countries are %v", countries)
	}
	for _, country := range countries {
		dates, err := Holidays(country, date("2026-01-01"), date("2026-12-31"))
		if err != nil || len(dates) < 5 || len(dates) > 25 {
			t.Errorf("%s has %d holidays in 2026, %v", country, len(dates), err)
		}
		for i, d := range dates {
			if d.Year != 2026 || i > 0 && dates[i-1].Compare(d) >= 0 {
				t.Errorf("%s: %v is out of place in %v", country, d, dates)
			}
		}
	}
}

// The library computes in the machine's zone unless it is told otherwise, and
// there are zones in which some midnights do not exist.
func TestHolidaysDoNotDependOnTheMachine(t *testing.T) {
	t.Parallel()
	if _, err := Holidays("de", date("2026-01-01"), date("2026-12-31")); err != nil {
		t.Fatal(err)
	}
	for _, h := range holidayLists["de"] {
		if _, observed := h.Calc(2026); observed.Location() != time.UTC {
			t.Errorf("%s is computed in %v", h.Name, observed.Location())
		}
	}
}
