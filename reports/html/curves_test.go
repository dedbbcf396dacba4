package html

import (
	"slices"
	"strings"
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

// A page that holds the library of its charts holds its licence.
func TestTheLicenceOfTheChartsIsShipped(t *testing.T) {
	t.Parallel()
	curve := Curve{Name: "kept", Points: []Point{{X: 0, Y: 1}, {X: 1, Y: 2}}}
	for _, charts := range []bool{true, false} {
		p := &Page{Title: "A page", Sections: []Section{{Title: "One", Blocks: []Block{Words("Words.")}}}}
		if charts {
			p.Sections[0].Blocks = append(p.Sections[0].Blocks, &Curves{Title: "A chart", Curves: []Curve{curve}})
		}
		var b strings.Builder
		if err := Write(&b, p); err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"Charts by uPlot, MIT licence", "Copyright (c) 2022 Leon Sorokin", "The above copyright notice and this permission notice shall be included"} {
			if strings.Contains(b.String(), words) != charts {
				t.Errorf("with charts %v, there is %q: %v", charts, words, !charts)
			}
		}
	}
}
