package salesforce_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/salesforce"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func imported(t testing.TB) rehearsal.Result {
	t.Helper()
	return rehearsal.Import(t, salesforce.Format, intake.Options{}, rehearsal.Folder(t, "testdata/export")...)
}

// IDs of 15 and of 18 characters are the same record throughout.
func TestHistoriesAndEmailsBecomeEvents(t *testing.T) {
	t.Parallel()
	r := imported(t)
	want := []string{
		"03-02 08:00 created new Email Problem Gold 24x7 Low Acme, Inc. - -",
		"03-02 08:00 assigned new Email Problem Gold 24x7 Low Acme, Inc. Tier 2 -", // no change says that another queue had it before
		"03-02 08:30 replied open Email Problem Gold 24x7 Low Acme, Inc. Tier 2 Ada",
		"03-02 08:30 status pending Email Problem Gold 24x7 Low Acme, Inc. - Ada",
		"03-02 09:30 message open Email Problem Gold 24x7 Low Acme, Inc. - -",
		"03-02 09:40 reclassified open Email Problem Gold 24x7 High Acme, Inc. - Ada",
		"03-02 12:00 status closed Email Problem Gold 24x7 High Acme, Inc. - Ada",
	}
	if diff := cmp.Diff(want, r.Of("500000000000001")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Of("500000000000002")) == 0 || r.Sum.Tickets != 2 {
		t.Errorf("%d tickets: %q", r.Sum.Tickets, r.Story)
	}
	all := strings.Join(r.Odd, "\n")
	for _, text := range []string{"unknown status: Parked: 1", `not translated: milestones "Walk the dog", whose name says neither response nor resolution: 1`} {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not in\n%s", text, all)
		}
	}
}

func TestMilestonesBecomePromisesAndFlags(t *testing.T) {
	t.Parallel()
	r := imported(t)
	want, err := os.ReadFile("testdata/export.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), r.Terms); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	flags := []string{"500000000000001 first_reply First Response true 03-02 08:20", "500000000000001 resolution Resolution Time false 03-02 12:00"}
	if diff := cmp.Diff(flags, r.Flags); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The goal of a milestone may differ by the priority of its case, and what most milestones of a priority have is its goal.
func TestGoalsByPriorityBecomeTargetsByPriority(t *testing.T) {
	t.Parallel()
	cases, milestones := "Id,CaseNumber,Status,CreatedDate,Origin,Priority,IsClosed\n", "Id,CaseId,MilestoneTypeId,IsCompleted,IsViolated,TargetResponseInMins\n"
	for i, c := range []struct {
		priority string
		minutes  int
	}{{"High", 30}, {"High", 30}, {"High", 45}, {"Low", 240}, {"", 600}} {
		cases += fmt.Sprintf("50000000000000%d,%d,New,2026-03-02T08:00:00.000Z,Email,%s,false\n", i, i, c.priority)
		milestones += fmt.Sprintf("55500000000000%d,50000000000000%d,557000000000001,false,false,%d\n", i, i, c.minutes)
	}
	r := rehearsal.Import(t, salesforce.Format, intake.Options{}, rehearsal.Text("case.csv", cases), rehearsal.Text("milestones.csv", milestones),
		rehearsal.Text("types.csv", "Id,Name,RecurrenceType\n557000000000001,First Response,none\n"))
	if !strings.Contains(r.Terms, "first_reply:\n        High: 30m\n        Low: 4h\n") {
		t.Errorf("%s", r.Terms)
	}
	all := strings.Join(r.Odd, "\n")
	for _, text := range []string{`not translated: 1 further targets of milestones "First Response" at priority High: most have 30m0s: 1 milestones.csv:2`, `the targets of milestones "First Response" of cases without a priority`} {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not in\n%s", text, all)
		}
	}
	r.Scenario(t)
}

func TestHoursFromMidnightToMidnightAreAllDay(t *testing.T) {
	t.Parallel()
	r := imported(t)
	always, office := r.Calendar(t, "Always on"), r.Calendar(t, "Office")
	for at, open := range map[string]bool{
		"2026-01-12T17:00:00Z": true, "2026-01-12T16:59:00Z": false, // the Z of 09:00:00.000Z means nothing: it is 09:00-08:00
		"2026-07-13T16:00:00Z": true, "2026-07-11T16:00:00Z": false,
	} {
		if rehearsal.OpenAt(t, office, at) != open || !rehearsal.OpenAt(t, always, at) {
			t.Errorf("at %s the office should be open: %v", at, open)
		}
	}
}

func TestIDsOf15And18CharactersAreTheSame(t *testing.T) {
	t.Parallel()
	if salesforce.ID("500000000000001AAA") != salesforce.ID("500000000000001") || salesforce.ID("short") != "short" {
		t.Error("they differ")
	}
}

func FuzzSalesforce(f *testing.F) {
	for _, file := range rehearsal.Folder(f, "testdata/export") {
		f.Add(rehearsal.Content(f, file), "")
	}
	f.Add(`{"records":[{"attributes":{"type":"Case"},"Id":"1","CreatedDate":"2026-03-02T08:00:00.000+0000"}]}`, "CaseId,MilestoneTypeId,IsViolated\n1,2,true\n")
	f.Fuzz(func(t *testing.T, one, other string) {
		rehearsal.Hostile(t, salesforce.Format, rehearsal.Text("one", one), rehearsal.Text("other", other))
	})
}
