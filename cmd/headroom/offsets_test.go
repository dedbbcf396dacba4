package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Days and hours that are counted on other clocks than those of the log are doubted, and not where nothing speaks against them.
func TestAZoneThatTheLogDoesNotHaveIsDoubted(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	row := func(at ...string) string {
		return "ticket,at,event\nA," + strings.Join(at, ",created\nA,") + ",created\n"
	}
	for _, x := range []struct {
		name, log string
		zone      *time.Location
		want      string
	}{
		{"another offset", row("2026-01-05T09:00:00-03:00", "nonsense"), time.UTC, "written with -03:00, and days and hours are counted in UTC"},
		{"two of them, in summer", row("2026-01-05T09:00:00+01:00", "2026-07-05T09:00:00+02:00"), time.UTC, "written with +01:00 and +02:00"},
		{"its own", row("2026-01-05T09:00:00+01:00", "2026-07-05T09:00:00+02:00"), berlin, ""},
		{"none", row("2026-01-05T09:00:00Z"), berlin, ""},
		{"no times", "ticket,when\nA,1\n", time.UTC, ""},
		{"no log", "", time.UTC, ""},
	} {
		path := filepath.Join(t.TempDir(), "log.csv")
		if err := os.WriteFile(path, []byte(x.log), 0o666); err != nil {
			t.Fatal(err)
		}
		got := strings.Join(foreignOffsets(path, x.zone), "\n")
		if (x.want == "") != (got == "") || !strings.Contains(got, x.want) {
			t.Errorf("%s: %q", x.name, got)
		}
	}
	if got := foreignOffsets(filepath.Join(t.TempDir(), "none.csv"), time.UTC); got != nil {
		t.Errorf("of no file: %q", got)
	}
}
