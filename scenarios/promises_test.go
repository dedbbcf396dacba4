package scenarios_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/scenarios"
)

func promisesFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "promises.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// A log from Friday afternoon in New York to Sunday, across the change of the clocks there.
var ofALog = scenarios.Stretch{From: time.Date(2024, 3, 8, 20, 0, 0, 0, time.UTC), To: time.Date(2024, 3, 11, 1, 0, 0, 0, time.UTC)}

func TestPromisesAloneTakeTheTimeOfTheLog(t *testing.T) {
	t.Parallel()
	p, err := scenarios.LoadPromises(promisesFile(t, `
time: {zone: America/New_York}
calendars: {office: {hours: {mon-fri: "09:00-17:00"}, holidays: us}}
contracts: [{account: acme, fee: 100 USD/month, promise: 95% of first_reply, credit: 5% per 1% below, cap: 50%, share: 3% of mail}]
sla: {policies: [{name: all, calendar: office, first_reply: 4h}]}
`), ofALog, "sla.policies.all.first_reply=90m")
	if err != nil {
		t.Fatal(err)
	}
	s := p.Scenario
	if p.Own || s.Time.Start.Format(time.RFC3339) != "2024-03-08T00:00:00-05:00" || s.Time.Length != 3*24*time.Hour-time.Hour || s.Time.Warmup != 0 {
		t.Errorf("own %v, %+v", p.Own, s.Time)
	}
	if target := s.SLA.Policies[0].Targets[0]; target.Metric != sla.FirstReply || target.Within[0] != 90*time.Minute || len(s.Contracts) != 1 {
		t.Errorf("%+v", s.SLA)
	}
	if len(s.Calendars[1].Closed) == 0 {
		t.Error("the holidays around the log are not known")
	}
}

func TestAScenarioWhoseTimeHoldsTheLogKeepsIt(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		from string
		own  bool
	}{{"2025-12-22T01:00:00Z", true}, {"2026-03-31T22:00:00Z", true}, {"2026-04-01T08:00:00Z", false}, {"2025-12-21T00:00:00Z", false}} {
		from, err := time.Parse(time.RFC3339, row.from)
		if err != nil {
			t.Fatal(err)
		}
		p, err := scenarios.LoadPromises("enterprise-contract", scenarios.Stretch{From: from, To: from.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if p.Own != row.own || p.Own != (p.Scenario.Time.Warmup > 0) || len(p.Scenario.Contracts) != 2 {
			t.Errorf("%s: own %v, %+v", row.from, p.Own, p.Scenario.Time)
		}
	}
}

func TestWhatIsWrongWithPromisesIsSaid(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ text, set, want string }{
		{"sla: {policies: [{name: all, first_reply: 4h, first_replyy: 2h}]}", "", `promises.yaml:1:47: sla.policies[all].first_replyy: unknown key "first_replyy"`},
		{"slo: 1", "", `promises.yaml:1:1: slo: unknown key "slo"`},
		{"sla: {policies: [{name: all, calendar: office, first_reply: 4h}]}", "", `unknown calendar "office"`},
		{"sla: {policies: [{name: all, match: {tier: gold}, first_reply: 4h}]}", "", `unknown tier "gold"`},
		{"sla: {policies: [{name: all, first_reply: 4h}]}", "sla.policies.none.first_reply=2h", "--set:1:1: sla.policies.none.first_reply: there is no sla.policies.none to change"},
		{"sla: {policies: [{name: all, first_reply: 4h}]}", "sla.policies.all.first_reply=soon", "--set:1:30"},
		{"sla: {policies: [{name: all, first_reply: 4h}]}", "=2h", `"=2h" sets nothing`},
		{"- 1", "", "a scenario is a map of keys"},
		{"calendars: {never: {hours: {}}}", "", "never"},
	} {
		var set []string
		if row.set != "" {
			set = []string{row.set}
		}
		_, err := scenarios.LoadPromises(promisesFile(t, row.text), ofALog, set...)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s, %s:\n%v\nwant %s", row.text, row.set, err, row.want)
		}
	}
	if _, err := scenarios.LoadPromises("nowhere", ofALog); err == nil {
		t.Error("nowhere has promises")
	}
}

// FuzzPromises holds the reader to its word: problems, or promises that model finds nothing wrong with.
func FuzzPromises(f *testing.F) {
	f.Add("sla: {policies: [{name: all, first_reply: 4h}]}", "sla.policies.all.first_reply=2h")
	f.Add("time: {zone: Europe/Berlin, start: 2024-03-01}\ncontracts: [{account: a, fee: 1 EUR/month, promise: 95% of first_reply, credit: 5% per 1% below, share: [1% of x]}]", "")
	f.Add("extends: enterprise-contract\nteams: {a: {}}\nissues: {b: }", "time.start=2024-01-01")
	f.Fuzz(func(t *testing.T, text, set string) {
		path := filepath.Join(t.TempDir(), "p.yaml")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var sets []string
		if set != "" {
			sets = append(sets, set)
		}
		p, err := scenarios.LoadPromises(path, ofALog, sets...)
		if (p == nil) == (err == nil) {
			t.Fatalf("%v, %v", p, err)
		}
		if p != nil && len(p.Scenario.CheckPromises()) > 0 {
			t.Fatalf("%v", p.Scenario.CheckPromises())
		}
	})
}
