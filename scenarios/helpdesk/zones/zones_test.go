package zones

import (
	"testing"
	"time"
	_ "time/tzdata" // as the program does
)

func TestEveryZoneOfTheTableExists(t *testing.T) {
	t.Parallel()
	if len(rails) != 153 {
		t.Errorf("the table has %d zones, want the 151 of Rails and two older spellings", len(rails))
	}
	for name, iana := range rails {
		if _, err := time.LoadLocation(iana); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestZonesAreFoundByTheNamesThatHelpDesksGiveThem(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, want string }{
		{"Pacific Time (US & Canada)", "America/Los_Angeles"},
		{"(GMT-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"},
		{"New Caledonia", "Pacific/Noumea"},
		{"Nuku'alofa", "Pacific/Tongatapu"},
		{"Europe/Berlin", "Europe/Berlin"},
		{"US/Pacific", "US/Pacific"},
		{"Chicago", "America/Chicago"},
		{"Los Angeles", "America/Los_Angeles"},
		{" Berlin ", "Europe/Berlin"},
		{"", ""}, {"Local", ""}, {"Atlantis", ""}, {"(GMT+01:00)", ""}, {"+01:00", ""}, {"../etc", ""},
	} {
		if got, ok := Find(row.name); got != row.want || ok != (row.want != "") {
			t.Errorf("Find(%q) = %q, %v; want %q", row.name, got, ok, row.want)
		}
	}
}

func TestDaylightSavingComesWithTheZone(t *testing.T) {
	t.Parallel()
	iana, _ := Find("Pacific Time (US & Canada)")
	zone, err := time.LoadLocation(iana)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		day  time.Month
		want int
	}{{time.January, -8}, {time.July, -7}} {
		if _, offset := time.Date(2026, row.day, 1, 12, 0, 0, 0, zone).Zone(); offset != row.want*3600 {
			t.Errorf("in %s the offset is %d s", row.day, offset)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"Berlin", "(GMT", "(UTC+00:00) UTC", "America/Chicago", "a/../b", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		iana, ok := Find(name)
		if !ok {
			return
		}
		if zone, err := time.LoadLocation(iana); err != nil || zone == time.Local {
			t.Errorf("Find(%q) = %q, which is no zone: %v", name, iana, err)
		}
	})
}
