package ticketlog_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// TestRealIncidents reads 24,918 incidents of a real service desk (Amaral, Fantinato,
// Peres 2018, doi 10.24432/C57S4H), where a copy stands beside the project.
func TestRealIncidents(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.FromSlash("../../../shared/data/uci-incidents/incident_event_log.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no copy of the incident log")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, problems, err := ticketlog.ReadTable(f, ticketlog.Mapping{
		ID: "number", Created: "opened_at", Channel: "contact_type", Issue: "category", Priority: "priority", Account: "caller_id",
		Layout: "2/1/2006 15:04", Zone: zone(t, "America/Sao_Paulo"), Updates: true, Missing: []string{"?"},
	})
	if err != nil || problems.Err() != nil {
		t.Fatal(err, problems.Err())
	}
	if len(rows) != 24_918 {
		t.Errorf("%d tickets, want 24,918", len(rows))
	}
	months := map[string]int{}
	priorities := map[string]int{}
	first, last := rows[0].Created, rows[0].Created
	for _, r := range rows {
		months[r.Created.Format("2006-01")]++
		priorities[r.Priority]++
		if r.Created.Before(first) {
			first = r.Created
		}
		if r.Created.After(last) {
			last = r.Created
		}
	}
	for month, want := range map[string]int{"2016-02": 207, "2016-03": 8995, "2016-04": 7934, "2016-05": 7508} {
		if months[month] != want {
			t.Errorf("%s: %d tickets, want %d", month, months[month], want)
		}
	}
	if a, b := first.Format("2006-01-02 15:04"), last.Format("2006-01-02 15:04"); a != "2016-02-29 01:16" || b != "2017-02-16 14:17" {
		t.Errorf("tickets came from %s to %s", a, b)
	}
	// As they were when the tickets came, not as they became.
	want := map[string]int{"1 - Critical": 185, "2 - High": 311, "3 - Moderate": 23_681, "4 - Low": 741}
	if diff := cmp.Diff(want, priorities); diff != "" {
		t.Errorf("first priorities (-want +got):\n%s", diff)
	}
	if r := rows[0]; r.Line != 2 || r.ID != "INC0000045" || r.Channel != "Phone" || r.Issue != "Category 55" || r.Account != "Caller 2403" {
		t.Errorf("the first ticket is %+v", r)
	}
}
