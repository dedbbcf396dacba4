package fit_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// incidents are 24,918 incidents of a real service desk (Amaral, Fantinato, Peres 2018, doi
// 10.24432/C57S4H), where a copy stands beside the project: when they came, by which channel.
func incidents(t *testing.T) *fit.Log {
	t.Helper()
	f, err := os.Open(filepath.FromSlash("../../../shared/data/uci-incidents/incident_event_log.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no copy of the incident log")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	rows, problems, err := ticketlog.ReadTable(f, ticketlog.Mapping{
		ID: "number", Created: "opened_at", Priority: "priority", Layout: "2/1/2006 15:04", Zone: zone, Updates: true, Missing: []string{"?"},
	})
	if err != nil || problems.Err() != nil {
		t.Fatal(err, problems.Err())
	}
	slices.SortStableFunc(rows, func(a, b ticketlog.Row) int { return a.Created.Compare(b.Created) })
	x := calendar.Axis{Origin: time.Date(2016, 3, 1, 0, 0, 0, 0, zone)}
	var times []time.Duration
	for _, r := range rows {
		times = append(times, x.Since(r.Created))
	}
	return logOf(x, times, func(int) ticket.Class { return ticket.Class{Account: ticket.Anonymous} })
}

// The facts are those of the publisher and of simple counts (see the source's notes): Mondays
// are the busiest, noon is a dip, a weekday has 364 in the median, and a weekend day about 50.
func TestDemandOfARealServiceDesk(t *testing.T) {
	t.Parallel()
	f, err := fit.History(incidents(t), fit.Options{
		From: calendar.Date{Year: 2016, Month: 3, Day: 1}, Until: calendar.Date{Year: 2016, Month: 5, Day: 31}, Country: "br",
	})
	if err != nil {
		t.Fatal(err)
	}
	st := &f.Streams[0]
	if f.Days != 92 || f.Tickets != 8995+7934+7508 {
		t.Errorf("%d tickets on %d days", f.Tickets, f.Days)
	}
	perDay := func(d time.Weekday) float64 { return st.Week.Value * st.Days[d].Value / 7 }
	mean := 0.
	for d := time.Monday; d <= time.Friday; d++ {
		mean += perDay(d) / 5
		if d != time.Monday && perDay(d) >= perDay(time.Monday) {
			t.Errorf("%v has %v tickets, Monday %v", d, perDay(d), perDay(time.Monday))
		}
	}
	if math.Abs(mean-364) > 25 {
		t.Errorf("a weekday has %v tickets in the mean, and 364 in the median", mean)
	}
	for _, d := range []time.Weekday{time.Saturday, time.Sunday} {
		if math.Abs(perDay(d)-50) > 15 {
			t.Errorf("%v has %v tickets, want about 50", d, perDay(d))
		}
	}
	rate := func(d time.Weekday, hour int) float64 { return perDay(d) * st.Cells[d][hour].Value / 24 }
	if got := perDay(time.Monday) * st.Cells[time.Monday][9].Raw / 24; math.Abs(got-60.8) > 2 {
		t.Errorf("Monday at nine had %v tickets an hour, want 60.8", got)
	}
	// What is peculiar to Mondays at nine is drawn towards nine o'clock of all weekdays.
	if got := rate(time.Monday, 9); !(got > 50 && got < 60.8) {
		t.Errorf("Monday at nine is expected to have %v tickets an hour", got)
	}
	for d := time.Monday; d <= time.Friday; d++ {
		if !(rate(d, 12) < 0.8*rate(d, 11) && rate(d, 12) < 0.8*rate(d, 14)) {
			t.Errorf("%v has no dip at noon: %v, %v, %v", d, rate(d, 11), rate(d, 12), rate(d, 14))
		}
	}
	if st.OneShape {
		t.Error("weekends have the shape of weekdays")
	}
	found := map[string]bool{}
	for _, s := range st.Special {
		found[s.Date.String()] = s.Holiday
	}
	for _, day := range []string{"2016-03-25", "2016-04-21", "2016-05-26"} {
		if holiday, ok := found[day]; !ok || !holiday {
			t.Errorf("%s is not found as a public holiday of Brazil", day)
		}
	}
}
