package html

import (
	"slices"
	"testing"
)

func TestPeriodsAreNamedWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	named := func(periods ...string) (names []string) {
		for _, m := range PeriodTicks(periods) {
			if periods[int(m.At)][len(periods[int(m.At)])-2:] != m.Name[len(m.Name)-2:] {
				t.Errorf("%q stands at %v", m.Name, m.At)
			}
			names = append(names, m.Name)
		}
		return names
	}
	for _, row := range []struct{ periods, want []string }{
		{[]string{"2026-W47", "2026-W48", "2026-W49"}, []string{"2026-W47", "W48", "W49"}},
		{[]string{"2026-11", "2026-12", "2027-01", "2027-02"}, []string{"2026-11", "12", "2027-01", "02"}},
		{[]string{"2026-11", "2026-12", "2027-01"}, []string{"2026-11", "12", "01"}}, // no room for a year at the end
		{[]string{"2026-Q4"}, []string{"2026-Q4"}},
		{nil, nil},
	} {
		if got := named(row.periods...); !slices.Equal(got, row.want) {
			t.Errorf("%v are named %v, want %v", row.periods, got, row.want)
		}
	}
	if n := len(PeriodTicks(make([]string, 53))); n > mostTicks {
		t.Errorf("%d of 53 weeks are named", n)
	}
}
