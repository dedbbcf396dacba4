package scenarios_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/scenarios"
)

func TestHoursOfAWeekAreRead(t *testing.T) {
	t.Parallel()
	days, span, err := scenarios.ParseHours(" mon-wed, sat 22:00-06:00 ")
	if err != nil || days != [7]bool{1: true, 2: true, 3: true, 6: true} || span.From != 1320 || span.To != 1800 {
		t.Errorf("%v %v %v", days, span, err)
	}
	for text, want := range map[string]string{
		"": "no hours of a week", "mon": "no hours of a week", "mon 9-17": "17", "monday-sunday 25:00-26:00": "25:00", "mon-fri 09:00-09:00": "ends when it starts", "blue 09:00-17:00": "blue",
	} {
		if _, _, err := scenarios.ParseHours(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if zone, err := scenarios.ParseZone("Europe/Berlin"); err != nil || zone.String() != "Europe/Berlin" {
		t.Errorf("%v %v", zone, err)
	}
	for _, text := range []string{"", "Local", "Mars/Olympus", "../etc/passwd"} {
		if _, err := scenarios.ParseZone(text); err == nil {
			t.Errorf("%q is taken for a zone", text)
		}
	}
}

func FuzzHours(f *testing.F) {
	for _, text := range []string{"mon-fri 09:00-17:00", "sat,sun 22:00-06:00", " ", "mon", "mon-fri 24:00-24:00", "\xff 09:00-10:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		days, span, err := scenarios.ParseHours(text)
		if err != nil {
			return
		}
		if days == [7]bool{} || span.From < 0 || span.From >= 1440 || span.To <= span.From || span.To > 2880 {
			t.Errorf("%q reads as %v %v", text, days, span)
		}
	})
}
