package fit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
)

// A desk that is nearly empty on five public holidays of Germany: whose they are is said where no country was named, and not once one is, nor
// where the quiet days are nobody's.
func TestQuietDaysAreSaidToBePublicHolidays(t *testing.T) {
	t.Parallel()
	day := func(text string) calendar.Date {
		d, err := calendar.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	german := []calendar.Date{day("2026-04-03"), day("2026-04-06"), day("2026-05-01"), day("2026-05-14"), day("2026-05-25")}
	gap := func(quiet []calendar.Date, country string) string {
		x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
		l := &fit.Log{Names: words(), Axis: x, Last: 100 * 24 * time.Hour}
		for i := range 100 {
			n := 95 + i*7%11
			if slices.Contains(quiet, day("2026-03-02").AddDays(i)) {
				n = 10
			}
			for k := range n {
				at := time.Duration(i)*24*time.Hour + time.Duration(k)*10*time.Minute
				l.Tickets = append(l.Tickets, []ticket.Event{{Ticket: ticket.ID(len(l.Tickets)), At: at, Class: ticket.Class{Account: ticket.Anonymous}, Team: ticket.NoTeam, Agent: -1}})
			}
		}
		f, err := fit.History(l, fit.Options{Country: country})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range f.Gaps {
			if strings.HasPrefix(g.What, "public holidays: ") {
				return g.What + "; " + g.Fill
			}
		}
		return ""
	}
	said := gap(german, "")
	_, country, _ := strings.Cut(said, "--country ")
	list, err := calendar.Holidays(country, day("2026-03-02"), day("2026-06-09"))
	if !strings.Contains(said, "5 of 5 days with far too few tickets") || err != nil {
		t.Fatalf("%q, %v", said, err)
	}
	for _, d := range german {
		if !slices.Contains(list, d) {
			t.Errorf("%v is none of %s", d, country)
		}
	}
	if s := gap(german, "de"); s != "" {
		t.Errorf("the country is named, and %q", s)
	}
	if s := gap([]calendar.Date{day("2026-03-11"), day("2026-04-22"), day("2026-05-20")}, ""); s != "" {
		t.Errorf("days of nobody: %q", s)
	}
}
