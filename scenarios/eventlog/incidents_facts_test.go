package eventlog_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// incidentRow is a row of the incident log, as far as facts are known of it.
type incidentRow struct {
	number, state, priority, group, category, contact string
	reopened, reassigned, modified                    int
	kept                                              bool
	updated, opened, resolved, closed                 time.Time
}

// incidentRows are the rows of the log by incident, in the order of the file, read by the scanner and the clock of this project and by nothing
// else of it; and how often ? stands in each column.
func incidentRows(t *testing.T, text []byte) (list [][]incidentRow, unknown map[string]int, values map[string]map[string]bool) {
	t.Helper()
	rows, err := ticketlog.NewRows(bytes.NewReader(text), ',')
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows.Header() {
		column[name] = i
	}
	unknown, values = map[string]int{}, map[string]map[string]bool{}
	clock := ticketlog.NewClock("2/1/2006 15:04", time.UTC)
	cell := func(name string) string { return string(rows.Cell(column[name])) }
	instant := func(name string) (at time.Time) {
		if text := cell(name); text != "?" {
			var ok bool
			if at, ok = clock.Parse(text); !ok {
				t.Fatalf("row %d: %s is %q", rows.Line(), name, text)
			}
		}
		return at
	}
	number := func(name string) (n int) {
		if _, err := fmt.Sscan(cell(name), &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	seen := map[string]bool{}
	for rows.Next() {
		if rows.Fault() != nil {
			t.Fatal(rows.Fault())
		}
		for name := range column {
			text := cell(name)
			if text == "?" {
				unknown[name]++
			}
			if values[name] == nil {
				values[name] = map[string]bool{}
			}
			values[name][text] = true
		}
		u := incidentRow{
			number: cell("number"), state: cell("incident_state"), priority: cell("priority"), group: cell("assignment_group"), category: cell("category"), contact: cell("contact_type"),
			reopened: number("reopen_count"), reassigned: number("reassignment_count"), modified: number("sys_mod_count"), kept: cell("made_sla") == "true",
			updated: instant("sys_updated_at"), opened: instant("opened_at"), resolved: instant("resolved_at"), closed: instant("closed_at"),
		}
		if n := len(list); n == 0 || list[n-1][0].number != u.number {
			if seen[u.number] {
				t.Fatalf("the rows of %s do not stand together", u.number)
			}
			seen[u.number] = true
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], u)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return list, unknown, values
}

// Each is a fact that others have found in the incident log (Amaral, Fantinato, Peres 2018) with other programs.
func TestFactsOfUCIIncidentsAreFoundAgain(t *testing.T) {
	t.Parallel()
	list, unknown, values := incidentRows(t, incidents(t))
	facts := map[string]float64{}
	count := func(fact string, is bool) {
		if is {
			facts[fact]++
		}
	}
	var resolve, autoClose, dwell []float64
	perDay, perHour, days := map[string]float64{}, map[int]float64{}, map[string]time.Weekday{}
	first, last := list[0][0].opened, list[0][0].opened
	months, mondays := map[string]int{}, map[string]bool{}
	for _, of := range list {
		final := of[len(of)-1]
		count("incidents", true)
		opened := final.opened
		if opened.Before(first) {
			first = opened
		}
		if opened.After(last) {
			last = opened
		}
		months[opened.Format("2006-01")]++
		if m := opened.Format("2006-01"); m >= "2016-03" && m <= "2016-05" {
			perDay[opened.Format("2006-01-02")]++
			days[opened.Format("2006-01-02")] = opened.Weekday()
		}
		if day := opened.Format("2006-01-02"); opened.Weekday() == time.Monday && day >= "2016-03-01" && day < "2016-05-30" { // the twelve whole weeks
			perHour[opened.Hour()]++
			mondays[opened.Format("2006-01-02")] = true
		}
		ever := map[string]bool{}
		priority, group, category, back, modified := false, false, false, false, false
		var firstResolved, lastResolved time.Time
		turned, turnedAtClosing := false, false
		for i, u := range of {
			count("rows", true)
			count("rows "+u.state, true)
			count("rows "+u.priority, true)
			count("rows by "+u.contact, true)
			ever[u.state] = true
			if u.state == "Resolved" {
				if firstResolved.IsZero() {
					firstResolved = u.updated
				}
				lastResolved = u.updated
			}
			if i == 0 {
				continue
			}
			p := of[i-1]
			count("pairs", true)
			count("pairs of one minute", u.updated.Equal(p.updated))
			back, modified = back || u.updated.Before(p.updated), modified || u.modified < p.modified
			priority, group, category = priority || u.priority != p.priority, group || u.group != p.group, category || u.category != p.category
			if p.state == "Awaiting User Info" {
				dwell = append(dwell, u.updated.Sub(p.updated).Hours())
			}
			if p.kept && !u.kept {
				turned, turnedAtClosing = true, p.state == "Resolved" && u.state == "Closed"
			}
		}
		count("end Closed", final.state == "Closed")
		awaited := ever["Awaiting User Info"] || ever["Awaiting Vendor"] || ever["Awaiting Problem"] || ever["Awaiting Evidence"]
		count("ever awaiting", awaited)
		for _, s := range []string{"Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence"} {
			count("ever "+s, ever[s])
		}
		count("priority changes", priority)
		count("group changes", group)
		count("category changes", category)
		count("updated goes back", back)
		count("modified goes back", modified)
		count("first update before opening", of[0].updated.Before(of[0].opened))
		count("missed", !final.kept)
		count("missed at closing", turned && turnedAtClosing)
		count("reopened", final.reopened > 0)
		count("never reassigned", final.reassigned == 0)
		count("reassigned once", final.reassigned == 1)
		count("closed at the last update", final.closed.Equal(final.updated))
		if final.resolved.IsZero() {
			count("never resolved", true)
			continue
		}
		count("resolved "+final.priority, true)
		count("missed "+final.priority, !final.kept)
		count("resolved at the last Resolved", final.resolved.Equal(lastResolved))
		count("resolved at the first Resolved", final.resolved.Equal(firstResolved))
		resolve = append(resolve, final.resolved.Sub(opened).Hours())
		autoClose = append(autoClose, final.closed.Sub(final.resolved).Hours())
	}
	for name, n := range unknown {
		facts["? in "+name] = float64(n)
	}
	for fact, want := range map[string]float64{
		"rows": 141_712, "incidents": 24_918, "end Closed": 24_918,
		"? in sys_created_by": 53_076, "? in sys_created_at": 53_076, "? in cmdb_ci": 141_267, "? in u_symptom": 32_964, "? in assigned_to": 27_496, "? in assignment_group": 14_213,
		"? in opened_by": 4_835, "? in resolved_at": 3_141, "never resolved": 1_556, "? in closed_code": 714, "? in caller_id": 29,
		"rows Active": 38_716, "rows New": 36_407, "rows Resolved": 25_751, "rows Closed": 24_985, "rows Awaiting User Info": 14_642, "rows Awaiting Vendor": 707,
		"rows Awaiting Problem": 461, "rows Awaiting Evidence": 38, "rows -100": 5,
		"ever awaiting": 5_825, "ever Awaiting User Info": 5_471, "ever Awaiting Vendor": 259, "ever Awaiting Problem": 247, "ever Awaiting Evidence": 21,
		"rows 3 - Moderate": 132_452, "rows 4 - Low": 4_030, "rows 2 - High": 2_972, "rows 1 - Critical": 2_258,
		"priority changes": 383, "group changes": 11_344, "category changes": 1_216,
		"missed": 9_115, "missed at closing": 9_113, "resolved 1 - Critical": 270, "missed 1 - Critical": 265, "resolved 2 - High": 408, "missed 2 - High": 406,
		"resolved 3 - Moderate": 22_010, "missed 3 - Moderate": 8_136, "resolved 4 - Low": 674, "missed 4 - Low": 123,
		"resolved at the last Resolved": 23_362, "resolved at the first Resolved": 22_804, "closed at the last update": 24_918,
		"reopened": 275, "never reassigned": 13_549, "reassigned once": 6_238,
		"pairs": 116_794, "pairs of one minute": 14_118, "updated goes back": 1, "modified goes back": 4, "first update before opening": 5,
	} {
		if facts[fact] != want {
			t.Errorf("%s: %v, want %v", fact, facts[fact], want)
		}
	}
	for column, want := range map[string]int{"assignment_group": 79, "assigned_to": 235, "resolved_by": 217} {
		if n := len(values[column]); n != want {
			t.Errorf("%s has %d values, want %d", column, n, want)
		}
	}
	if share := facts["rows by Phone"] / facts["rows"]; math.Abs(share-0.99) > 0.005 {
		t.Errorf("%.3f of the rows are by phone", share)
	}
	if got, want := first.Format(time.DateTime)+" "+last.Format(time.DateTime), "2016-02-29 01:16:00 2017-02-16 14:17:00"; got != want {
		t.Errorf("opened from %s, want %s", got, want)
	}
	for month, n := range months {
		if month > "2016-05" && (n < 5 || n > 94) {
			t.Errorf("%s: %d incidents, want 5 to 94", month, n)
		}
	}
	if diff := cmp.Diff([]int{207, 8995, 7934, 7508}, []int{months["2016-02"], months["2016-03"], months["2016-04"], months["2016-05"]}); diff != "" {
		t.Errorf("by month (-want +got):\n%s", diff)
	}
	var weekdays, weekend []float64
	for day, n := range perDay {
		switch days[day] {
		case time.Saturday, time.Sunday:
			weekend = append(weekend, n)
		default:
			weekdays = append(weekdays, n)
		}
	}
	near := func(what string, got, want, by float64) {
		if math.Abs(got-want) > by {
			t.Errorf("%s: %.2f, want %v", what, got, want)
		}
	}
	quantile := func(sample []float64, p float64) float64 {
		slices.Sort(sample)
		return sample[min(int(p*float64(len(sample))), len(sample)-1)]
	}
	near("a weekday, median", quantile(weekdays, 0.5), 364, 3)
	near("a weekday, p10", quantile(weekdays, 0.1), 284, 10)
	near("a weekday, p90", quantile(weekdays, 0.9), 445, 6)
	near("a day of a weekend", quantile(weekend, 0.5), 50, 12)
	near("a Monday at 9", perHour[9]/float64(len(mondays)), 60.8, 0.1)
	near("a Monday at 12", perHour[12]/float64(len(mondays)), 25, 0.5)
	for _, holiday := range []string{"2016-03-25", "2016-04-21", "2016-05-26"} {
		if perDay[holiday] > 0.3*364 {
			t.Errorf("%v incidents on %s, a holiday in Brazil", perDay[holiday], holiday)
		}
	}
	for p, want := range map[float64]float64{0.25: 0.42, 0.5: 22.1, 0.75: 148, 0.9: 382, 0.95: 711, 0.99: 2_852} {
		near(fmt.Sprintf("opening to resolved, p%g", 100*p), quantile(resolve, p), want, 0.005*want+0.01)
	}
	near("opening to resolved, most", quantile(resolve, 1), 8_070, 1)
	if quantile(resolve, 0) < 0 {
		t.Error("resolved before it was opened")
	}
	near("resolved to closed, p5", quantile(autoClose, 0.05), 120, 0.05)
	near("resolved to closed, p75", quantile(autoClose, 0.75), 120.8, 0.1)
	near("awaiting user info, median", quantile(dwell, 0.5), 17.9, 0.1)
	near("awaiting user info, p90", quantile(dwell, 0.9), 170, 1)
}
