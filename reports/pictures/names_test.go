package pictures

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headroom-sim/headroom/model/outcome"
)

func TestHoursOfTheWeek(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][3]int{
		"mon-00": {0, 0, 1}, "fri-09": {4, 9, 1}, "sun-23": {6, 23, 1},
		"": {}, "mon": {}, "mon-24": {}, "mon-9": {}, "Mon-09": {}, "mon-1x": {}, "mon-009": {},
	} {
		day, hour, ok := hourOfWeek(name)
		if got := [3]int{day, hour, map[bool]int{true: 1}[ok]}; got != want && (ok || want[2] == 1) {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func TestFileNamesAreHarmless(t *testing.T) {
	t.Parallel()
	a := &album{x: &outcome.Experiment{}, names: map[string]bool{}}
	for _, name := range []string{"credits-../../etc/passwd", "credits-..\\..\\etc", "credits-Ümläut", "credits-ACME", "credits-acme", "credits-acme", strings.Repeat("x", 300), "///"} {
		a.add(name, "", nil)
	}
	var got []string
	for _, p := range a.pictures {
		got = append(got, p.Name)
	}
	want := []string{"credits-------etc-passwd", "credits-------etc", "credits--ml-ut", "credits-acme", "credits-acme-2", "credits-acme-3", strings.Repeat("x", 80), "picture"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
