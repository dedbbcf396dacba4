package freshdesk_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/freshdesk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func imported(t testing.TB) rehearsal.Result {
	t.Helper()
	return rehearsal.Import(t, freshdesk.Format, intake.Options{}, rehearsal.Folder(t, "testdata/api")...)
}

func TestStatisticsAndConversationsBecomeEvents(t *testing.T) {
	t.Parallel()
	r := imported(t)
	for id, want := range map[string][]string{
		"1": {
			"03-02 08:00 created new portal Incident Acme Inc Urgent Acme, Inc. - -", "03-02 08:00 assigned new portal Incident Acme Inc Urgent Acme, Inc. Network -",
			"03-02 08:30 replied open portal Incident Acme Inc Urgent Acme, Inc. Network Ada", "03-02 09:00 message open portal Incident Acme Inc Urgent Acme, Inc. - -",
			"03-02 10:00 replied open portal Incident Acme Inc Urgent Acme, Inc. Network Ada", "03-02 11:00 status solved portal Incident Acme Inc Urgent Acme, Inc. - -",
			"03-05 08:00 status closed portal Incident Acme Inc Urgent Acme, Inc. - -",
		},
		"2": {
			"03-02 09:00 created new email request customer Low - - -", "03-02 09:10 replied open email request customer Low - - Ada", "03-02 09:20 message open email request customer Low - - -",
			"03-02 09:25 note open email request customer Low - - Ada", "03-02 09:30 status pending email request customer Low - - -",
		},
	} {
		if diff := cmp.Diff(want, r.Of(id)); diff != "" {
			t.Errorf("ticket %s (-want +got):\n%s", id, diff)
		}
	}
	odd := []string{
		"closed later: 1 tickets.json:1", "no history: 1 tickets.json:2", "not translated: hours of Default on friday from noon to 5:00 pm: 1 business_hours.json:1",
		"not translated: policy By group, since it is for group_ids 21: 1 sla_policies.json:3", "unknown status: 12: 1 tickets.json:3",
	}
	if diff := cmp.Diff(odd, r.Odd); diff != "" {
		t.Errorf("odd (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1 first_reply - true 03-02 08:15", "1 resolution - false 03-02 11:00", "2 first_reply - false 03-02 09:10"}, r.Flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}

func TestActivitiesTellChangesWithTheirTimes(t *testing.T) {
	t.Parallel()
	r := rehearsal.Import(t, freshdesk.Format, intake.Options{},
		rehearsal.Text("t.json", `[{"id":1,"requester_id":9,"responder_id":7,"source":3,"status":4,"priority":4,"created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T11:00:00Z","stats":{"resolved_at":"2026-03-02T11:00:00Z"}}]`),
		rehearsal.Text("a.json", `{"activities_data":[
		 {"performed_at":"02-03-2026 08:00:00 +0000","ticket_id":1,"performer_type":"user","performer_id":9,"activity":{"new_ticket":true,"status":"Open","priority":"Low","source":"Phone"}},
		 {"performed_at":"02-03-2026 09:00:00 +0000","ticket_id":1,"performer_type":"user","performer_id":7,"activity":{"status":"Waiting on Third Party","priority":"Urgent","group":"Network"}},
		 {"performed_at":"02-03-2026 11:00:00 +0000","ticket_id":1,"performer_type":"user","performer_id":7,"activity":{"status":"Resolved"}}]}`))
	want := []string{
		"03-02 08:00 created open phone request customer Low - - -",
		"03-02 08:00 assigned open phone request customer Low - Network -", // no activity says which group had it before
		"03-02 09:00 reclassified open phone request customer Urgent - - -", "03-02 09:00 status on-hold phone request customer Urgent - - -",
		"03-02 11:00 status solved phone request customer Urgent - - -",
	}
	if diff := cmp.Diff(want, r.Of("1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPoliciesBecomePromises(t *testing.T) {
	t.Parallel()
	r := imported(t)
	want, err := os.ReadFile("testdata/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), r.Terms); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c := r.Calendar(t, "Default")
	for at, open := range map[string]bool{
		"2026-01-12T13:00:00Z": true, "2026-01-12T12:59:00Z": false, "2026-07-13T12:00:00Z": true, "2026-07-13T11:59:00Z": false, // by the clocks of New York
		"2026-01-12T04:59:00Z": true, "2026-01-12T05:00:00Z": false, // Sundays until midnight
	} {
		if rehearsal.OpenAt(t, c, at) != open {
			t.Errorf("at %s it should be open: %v", at, open)
		}
	}
}

func FuzzFreshdesk(f *testing.F) {
	for _, file := range rehearsal.Folder(f, "testdata/api") {
		f.Add(rehearsal.Content(f, file), "")
	}
	f.Add(`[{"id":1,"requester_id":1,"responder_id":1,"source":1,"status":1}]`, `{"activities_data":[{"ticket_id":1,"activity":{"status":4}}]}`)
	f.Fuzz(func(t *testing.T, one, other string) {
		rehearsal.Hostile(t, freshdesk.Format, rehearsal.Text("one", one), rehearsal.Text("other", other))
	})
}
