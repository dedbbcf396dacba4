package servicenow_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/servicenow"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func imported(t testing.TB, dir string) rehearsal.Result {
	t.Helper()
	return rehearsal.Import(t, servicenow.Format, intake.Options{}, rehearsal.Folder(t, "testdata/"+dir)...)
}

func TestAuditsAndJournalBecomeEvents(t *testing.T) {
	t.Parallel()
	r := imported(t, "api")
	want := []string{
		"03-02 08:00 created new phone network customer 3 - Moderate c1 - -",
		"03-02 08:00 assigned new phone network customer 3 - Moderate c1 Service Desk -",
		"03-02 08:30 replied open phone network customer 3 - Moderate c1 Service Desk ada",
		"03-02 08:30 status on-hold phone network customer 3 - Moderate c1 - ada",
		"03-02 08:30 status pending phone network customer 3 - Moderate c1 - ada", // held for the caller, though that row came first
		"03-02 08:40 reclassified pending phone network customer 1 - Critical c1 - ada",
		"03-02 08:40 assigned pending phone network customer 1 - Critical c1 Network ada",
		"03-02 09:30 message open phone network customer 1 - Critical c1 - -",
		"03-02 10:00 note open phone network customer 1 - Critical c1 Network ben",
		"03-02 11:00 status solved phone network customer 1 - Critical c1 - ada",
		"03-06 08:00 status closed phone network customer 1 - Critical c1 - -",
	}
	if diff := cmp.Diff(want, r.Of("a1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"03-02 09:00 created new email request customer 3 - Moderate - - -"}, r.Of("a2")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutAuditsTheRowTellsTheEnd(t *testing.T) {
	t.Parallel()
	r := imported(t, "warehouse")
	want := []string{
		"03-02 08:00 created new phone request customer 2 - High - - -",
		"03-02 08:00 assigned new phone request customer 2 - High - g1 -",
		"03-02 12:00 status solved phone request customer 2 - High - - -",
		"03-05 08:00 status closed phone request customer 2 - High - - -",
	}
	if diff := cmp.Diff(want, r.Of("b1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := strings.Join(r.Of("b2"), "\n"); !strings.Contains(got, "change_request") || !strings.Contains(got, "09:30 status open") {
		t.Errorf("a task that is no incident has other states:\n%s", got)
	}
	if diff := cmp.Diff([]string{"b1 resolution Resolve in 2h true 03-02 10:00"}, r.Flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	r.Scenario(t)
}

func TestDefinitionsBecomePromises(t *testing.T) {
	t.Parallel()
	r := imported(t, "api")
	want, err := os.ReadFile("testdata/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), r.Terms); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	odd := []string{
		"closed later: 1 sys_audit.json:8",
		"inferred: by its name Between teams is a resolution: 1 contract_sla.json:5",
		"inferred: by its name s9 is a resolution: 1 task_sla.json:3",
		"not translated: SLA definition Between teams, since it is of type OLA and it pauses if state is 77 and its duration is relative or missing and its schedule h9 is not there: 1 contract_sla.json:5",
		"not translated: SLA definition VIPs, since it starts if ORpriority=1 and it starts if caller_id.vip is true: 1 contract_sla.json:4",
		"not translated: hours of 8-5 weekdays from 20250103T180000 to 20250103T190000, repeated monthly: 1 cmn_schedule_span.json:4",
		"same instant: 3 sys_audit.json:1 sys_audit.json:3 sys_audit.json:5",
		"unknown status: 42: 1 sys_audit.json:9",
	}
	if diff := cmp.Diff(odd, r.Odd); diff != "" {
		t.Errorf("odd (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a1 first_reply P1 response true 03-02 08:15", "a1 resolution P1 resolution false 03-02 11:00"}, r.Flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}

func TestSchedulesKeepTheClocksOfTheirZone(t *testing.T) {
	t.Parallel()
	r := imported(t, "api")
	c := r.Calendar(t, "8-5 weekdays")
	for at, open := range map[string]bool{
		"2026-01-12T14:00:00Z": true, "2026-01-12T13:59:00Z": false, // 08:00-06:00
		"2026-07-13T13:00:00Z": true, "2026-07-13T12:59:00Z": false, // 08:00-05:00
		"2026-07-12T15:30:00Z": true, "2026-07-11T15:30:00Z": false, // Sundays, 7, and not Saturdays
		"2026-12-25T15:00:00Z": false,
	} {
		if rehearsal.OpenAt(t, c, at) != open {
			t.Errorf("at %s it should be open: %v", at, open)
		}
	}
}

func TestDurationsAreTheTimeSince1970(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1970-01-01 02:37:03": 2*time.Hour + 37*time.Minute + 3*time.Second, "1970-01-02 00:00:00": 24 * time.Hour, "1970-01-01 00:00:00": 0,
	} {
		if got, ok := servicenow.Duration(text); !ok || got != want {
			t.Errorf("%q is %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "2 Hours", "1969-12-31 23:00:00", "9999-01-01 00:00:00"} {
		if got, ok := servicenow.Duration(text); ok {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestTheEnrichedLogHasAMappingOfItsOwn(t *testing.T) {
	t.Parallel()
	_, err := rehearsal.Try(t, servicenow.Format, intake.Options{}, rehearsal.Text("log.csv", "number,incident_state,sys_updated_at,sys_mod_count,opened_at\nINC1,New,2/3/2016 04:57,0,2/3/2016 04:57\n"))
	var p *ticketlog.Problem
	if !errors.As(err, &p) || !strings.Contains(p.Hint, "--mapping servicenow-incident-log") {
		t.Errorf("the error is %v", err)
	}
}

// Real shapes, where they are at hand.
func TestRealShapesAreRead(t *testing.T) {
	t.Parallel()
	const shared = "../../../../shared/data/export-formats/servicenow-warehouse"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared data are not here")
	}
	r := rehearsal.Import(t, servicenow.Format, intake.Options{}, rehearsal.Folder(t, shared)...)
	if r.Sum.Tickets == 0 {
		t.Error("no ticket")
	}
	r.Scenario(t)
	t.Log(strings.Join(r.Story, "\n"), r.Odd)
}

func FuzzServiceNow(f *testing.F) {
	for _, dir := range []string{"testdata/api", "testdata/warehouse"} {
		for _, file := range rehearsal.Folder(f, dir) {
			f.Add(rehearsal.Content(f, file), "")
		}
	}
	f.Add(`{"result":[{"sys_id":"a","number":"1","opened_at":"2026-03-02 08:00:00"}]}`, `{"result":[{"documentkey":"a","fieldname":"state","oldvalue":"3","newvalue":"8","sys_created_on":"2026-03-02 08:00:00"}]}`)
	f.Fuzz(func(t *testing.T, one, other string) {
		rehearsal.Hostile(t, servicenow.Format, rehearsal.Text("one", one), rehearsal.Text("other", other))
	})
}
