package zendesk_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func api(t testing.TB) rehearsal.Result {
	t.Helper()
	return rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Folder(t, "testdata/api")...)
}

func TestUpdatesBecomeEvents(t *testing.T) {
	t.Parallel()
	r := api(t)
	for ticket, want := range map[string][]string{
		"101": {
			"03-02 08:00 created new email question customer normal Acme: Ltd - -",
			"03-02 08:00 assigned new email question customer normal Acme: Ltd Front -",
			"03-02 08:05 reclassified new email incident customer urgent Acme: Ltd - -",
			"03-02 08:05 assigned new email incident customer urgent Acme: Ltd Network -",
			"03-02 08:20 replied pending email incident customer urgent Acme: Ltd Network Ada",
			"03-02 09:20 message open email incident customer urgent Acme: Ltd - -",
			"03-02 09:25 note on-hold email incident customer urgent Acme: Ltd Network Ben",
			"03-02 11:00 replied solved email incident customer urgent Acme: Ltd Network Ada",
			"03-03 07:00 message open email incident customer urgent Acme: Ltd - -",
			"03-03 08:00 status solved email incident customer urgent Acme: Ltd - Ada",
			"03-04 10:00 status closed email incident customer urgent Acme: Ltd - -",
		},
		// Merged: closed without a reply, and the message of the merge is none.
		"102": {
			"03-02 09:00 created new web request customer no priority - - -",
			"03-02 09:00 assigned new web request customer no priority - Front -",
			"03-02 11:00 note closed web request customer no priority - Front Ben",
		},
		// Opened by an agent with a message to the customer.
		"103": {
			"03-02 10:00 created open api question customer normal Acme: Ltd - -",
			"03-02 10:00 assigned open api question customer normal Acme: Ltd 99 -",
			"03-02 10:00 replied open api question customer normal Acme: Ltd 99 Ada",
		},
		"104": {
			"03-02 10:30 created new email request customer low - - -",
			"03-02 10:30 assigned new email request customer low - Network -",
			"03-02 10:31 status closed email request customer low - - -",
		},
		// Of this one the export has an audit and no ticket.
		"777": {
			"03-02 12:30 created open email request customer normal - - -",
			"03-02 12:30 replied open email request customer normal - - Ada",
		},
	} {
		if diff := cmp.Diff(want, r.Of(ticket)); diff != "" {
			t.Errorf("ticket %s (-want +got):\n%s", ticket, diff)
		}
	}
}

func TestWhatIsOddIsTold(t *testing.T) {
	t.Parallel()
	want := []string{
		"closed later: 1 audits.json:9", "deleted: 1 tickets.json:4", "merged: 1 audits.json:11", "no opening: 1 audits.json:15",
		"opened by an agent: 1 audits.json:12", "unknown ID: group: 1 tickets.json:3", "unknown status: limbo: 1 audits.json:15",
	}
	if diff := cmp.Diff(want, api(t).Odd); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBreachesBecomeFlags(t *testing.T) {
	t.Parallel()
	// A breach that was taken back is none, a clock without a target has no verdict, nor has one whose target was taken away.
	want := []string{"101 first_reply Incidents true 03-02 08:15", "101 next_reply Incidents false 03-02 11:00"}
	if diff := cmp.Diff(want, api(t).Flags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPoliciesBecomePromises(t *testing.T) {
	t.Parallel()
	r := api(t)
	want, err := os.ReadFile("testdata/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), r.Terms); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHoursAreMinutesSinceSundayByTheClocksOfTheZone(t *testing.T) {
	t.Parallel()
	r := api(t)
	c := r.Calendar(t, "Office")
	for at, open := range map[string]bool{
		"2026-01-12T17:00:00Z": true, "2026-01-12T16:59:00Z": false, // a Monday in winter opens at 09:00-08:00
		"2026-07-13T16:00:00Z": true, "2026-07-13T15:59:00Z": false, // in summer at 09:00-07:00
		"2026-03-06T23:59:00Z": true, "2026-03-07T00:00:00Z": false, // Fridays until 16:00
		"2026-03-08T08:00:00Z": true, "2026-03-08T09:30:00Z": false, // Sundays from 00:00 until 01:30, also when the clocks change
		"2026-12-24T18:00:00Z": false, "2026-12-28T18:00:00Z": true, // the holidays are over
	} {
		if rehearsal.OpenAt(t, c, at) != open {
			t.Errorf("at %s it should be open: %v", at, open)
		}
	}
}

func TestTargetsAreMinutesOrSecondsWhereTheFieldSaysSo(t *testing.T) {
	t.Parallel()
	s := func() sla.Rules { r := api(t); return r.Scenario(t).SLA }()
	within := func(policy string, m sla.Metric, priority int) time.Duration {
		for _, p := range s.Policies {
			for _, target := range p.Targets {
				if p.Name == policy && target.Metric == m {
					return target.Within[priority]
				}
			}
		}
		return 0
	}
	// The priorities are urgent, high, normal, low, no priority.
	for _, row := range []struct {
		policy   string
		metric   sla.Metric
		priority int
		want     time.Duration
	}{
		{"Incidents", sla.FirstReply, 0, 15 * time.Minute}, {"Incidents on Office high", sla.FirstReply, 1, 30 * time.Minute},
		{"Incidents on the wall", sla.PausableUpdate, 0, 90 * time.Minute}, {"Incidents on the wall", sla.PeriodicUpdate, 0, 2 * time.Hour},
		{"Incidents on the wall", sla.RequesterWait, 0, 4 * time.Hour}, {"Everybody", sla.FirstReply, 3, 8 * time.Hour},
		{"Everybody", sla.FirstReply, 4, sla.None}, {"Everybody on the wall", sla.Resolution, 0, 24 * time.Hour},
	} {
		if got := within(row.policy, row.metric, row.priority); got != row.want {
			t.Errorf("%s of %s at priority %d is %v, want %v", row.metric, row.policy, row.priority, got, row.want)
		}
	}
}

// The tables of a warehouse: changes and comments stand apart, and there are no roles.
func TestAWarehouseReadsTheSame(t *testing.T) {
	t.Parallel()
	r := rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Folder(t, "testdata/warehouse")...)
	want := []string{
		"03-02 08:00 created new email request policy 71 normal - - -",
		"03-02 08:00 assigned new email request policy 71 normal - Front -",
		"03-02 08:20 replied open email request policy 71 normal - Front 7",
		"03-02 08:20 status pending email request policy 71 normal - - 7",
		"03-02 09:00 message open email request policy 71 normal - - -",
		"03-02 09:30 reclassified open email request policy 71 urgent - - 7",
		"03-02 10:00 status solved email request policy 71 urgent - - 7",
	}
	if diff := cmp.Diff(want, r.Of("201")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, text := range []string{"name: policy 71", "tier: policy 71", "calendar: SupportCA", "urgent: 45bm", "mon-tue: 09:00-17:00", "closed: [2026-12-26, 2026-12-27]"} {
		if !strings.Contains(r.Terms, text) {
			t.Errorf("%q is not in\n%s", text, r.Terms)
		}
	}
	if strings.Contains(r.Terms, "1bh\n") {
		t.Errorf("a target that was changed later is still there:\n%s", r.Terms)
	}
	r.Scenario(t)
}

func TestWithoutAuditsMetricEventsTellWhatHappened(t *testing.T) {
	t.Parallel()
	event := func(id int, metric, kind, instance, at string) string {
		return `{"id":` + string(rune('0'+id)) + `,"ticket_id":1,"metric":"` + metric + `","instance_id":` + instance + `,"type":"` + kind + `","time":"2026-03-02T` + at + `:00Z"}`
	}
	r := rehearsal.Import(t, zendesk.Format, intake.Options{},
		rehearsal.Text("t.json", `{"tickets":[{"id":1,"created_at":"2026-03-02T08:00:00Z","status":"solved","requester_id":5,"via":{"channel":"web"},"priority":"low"}]}`),
		rehearsal.Text("m.json", `{"ticket_metric_events":[`+strings.Join([]string{
			event(1, "agent_work_time", "activate", "1", "08:00"), event(2, "requester_wait_time", "activate", "1", "08:00"), event(3, "reply_time", "activate", "1", "08:00"),
			event(4, "requester_wait_time", "pause", "1", "09:00"), event(5, "agent_work_time", "pause", "1", "09:00"), event(6, "reply_time", "fulfill", "1", "09:00"),
			event(7, "requester_wait_time", "activate", "1", "10:00"), event(8, "agent_work_time", "activate", "1", "11:00"), event(9, "requester_wait_time", "fulfill", "1", "12:00"),
		}, ",")+`]}`))
	want := []string{
		"03-02 08:00 created new web request customer low - - -",
		"03-02 09:00 replied open web request customer low - - -",
		"03-02 09:00 status on-hold web request customer low - - -",
		"03-02 09:00 status pending web request customer low - - -",
		"03-02 10:00 status on-hold web request customer low - - -",
		"03-02 11:00 status open web request customer low - - -",
		"03-02 12:00 status solved web request customer low - - -",
	}
	if diff := cmp.Diff(want, r.Of("1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFilterThatAScenarioCannotSayIsTold(t *testing.T) {
	t.Parallel()
	ticket := `{"tickets":[{"id":1,"created_at":"2026-03-02T08:00:00Z","status":"new","requester_id":5,"priority":"low","organization_id":31},{"id":2,"created_at":"2026-03-02T08:00:00Z","status":"new","requester_id":5,"priority":"low"}]}`
	policies := `{"sla_policies":[{"id":1,"title":"VIP","position":1,"filter":{"all":[{"field":"current_tags","operator":"includes","value":["vip","gold"]}],"any":[]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":5}]},
	 {"id":2,"title":"Acme","position":2,"filter":{"all":[{"field":"organization_id","operator":"is","value":31}]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":10},{"priority":"low","metric":"mood","target":1},{"priority":"low","metric":"next_reply_time","target":"soon"}]}]}`
	r := rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Text("t.json", ticket), rehearsal.Text("p.json", policies))
	want := []string{
		"not translated: policy Acme: the metric mood: 1 p.json:2", "not translated: policy Acme: the target of next_reply_time, which is no number of minutes: 1 p.json:2",
		"not translated: policy VIP, since it asks for current_tags includes vip or gold: 1 p.json:1",
	}
	if diff := cmp.Diff(want, r.Odd); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.Contains(r.Of("1"), "03-02 08:00 created new email request 31 low 31 - -") || strings.Contains(r.Terms, "VIP") || !strings.Contains(r.Terms, "tier: 31") {
		t.Errorf("%q\n%s", r.Story, r.Terms)
	}
	// The events of metrics say who had which policy: then it can be said after all.
	applied := `{"ticket_metric_events":[{"id":1,"ticket_id":1,"metric":"reply_time","instance_id":1,"type":"apply_sla","time":"2026-03-02T08:01:00Z","sla":{"target":5,"policy":{"id":1,"title":"VIP"}}}]}`
	r = rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Text("t.json", ticket), rehearsal.Text("p.json", policies), rehearsal.Text("m.json", applied))
	if !slices.Contains(r.Of("1"), "03-02 08:00 created new email request VIP low 31 - -") || !strings.Contains(r.Terms, "tier: VIP") {
		t.Errorf("%q\n%s", r.Story, r.Terms)
	}
	r.Scenario(t)
}

// Which of several schedules a ticket has got says what it goes by, if it goes by anything that promises can ask for.
func TestSeveralSchedulesBecomePoliciesOfTheTicketsThatHaveThem(t *testing.T) {
	t.Parallel()
	const schedules = `{"schedules":[{"id":1,"name":"Day","time_zone":"UTC","intervals":[{"start_time":1980,"end_time":2460}]},{"id":2,"name":"Night","time_zone":"UTC","intervals":[{"start_time":1440,"end_time":1800}]}]}`
	const policies = `{"sla_policies":[{"id":1,"title":"All","position":1,"filter":{"all":[],"any":[]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":60,"business_hours":true}]}]}`
	run := func(night func(i int) bool) rehearsal.Result {
		table, of := "id,requester_id,status,created_at,updated_at,group_id,priority,type,via_channel\n", "ticket_id,schedule_id\n"
		for i := range 60 {
			channel := [3]string{"web", "email", "voice"}[i%3]
			table += fmt.Sprintf("%d,5,new,2026-03-02 08:00:00,2026-03-02 08:00:00,9,low,question,%s\n", i, channel)
			if night(i) {
				of += fmt.Sprintf("%d,2\n", i)
			}
		}
		return rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Text("s.json", schedules), rehearsal.Text("p.json", policies),
			rehearsal.Text("ticket.csv", table), rehearsal.Text("ticket_schedule.csv", of))
	}
	r := run(func(i int) bool { return i%3 == 2 || i == 4 })
	want := "    - name: All by Night\n      match:\n        channel: voice\n      calendar: Night\n      first_reply:\n        low: 1bh\n"
	if !strings.Contains(r.Terms, want) || !strings.Contains(r.Terms, "- name: All\n      calendar: Day\n") {
		t.Errorf("%s", r.Terms)
	}
	if all := strings.Join(r.Odd, "\n"); !strings.Contains(all, "tickets count on a schedule by their channel: so do 98 % of them") {
		t.Errorf("%s", all)
	}
	r.Scenario(t)
	// A schedule that goes by nothing is told, and that of most tickets counts.
	r = run(func(i int) bool { return i%2 == 1 || i < 8 })
	if all := strings.Join(r.Odd, "\n"); !strings.Contains(all, "ambiguous: there are several schedules, and nothing that is read says") || !strings.Contains(r.Terms, "calendar: Night") || strings.Contains(r.Terms, "calendar: Day") {
		t.Errorf("%s\n%s", all, r.Terms)
	}
}

// Real shapes, where they are at hand.
func TestRealShapesAreRead(t *testing.T) {
	t.Parallel()
	const shared = "../../../../shared/data/export-formats/"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared data are not here")
	}
	for _, dir := range []string{"zendesk-api", "zendesk-warehouse"} {
		r := rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Folder(t, shared+dir)...)
		if r.Sum.Tickets == 0 {
			t.Errorf("%s: no ticket", dir)
		}
		r.Scenario(t)
		t.Log(r.Odd)
	}
}

func FuzzZendesk(f *testing.F) {
	for _, dir := range []string{"testdata/api", "testdata/warehouse"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			f.Fatal(err)
		}
		for _, e := range entries {
			text, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), "")
		}
	}
	f.Add(`{"tickets":[{"id":1}]}`, `{"audits":[{"ticket_id":1,"events":[{"type":"Create","field_name":"status"}]}]}`)
	f.Fuzz(func(t *testing.T, one, other string) {
		rehearsal.Hostile(t, zendesk.Format, rehearsal.Text("one", one), rehearsal.Text("other", other))
	})
}
