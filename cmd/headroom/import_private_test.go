package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// planted are the names of an agent and of customers, and what they go by, as exports hold them.
var planted = []string{"Zebulon", "Quist", "zquist", "Quagmire", "Wilma", "Krumholz", "770017", "310019", "880023"}

// private are exports that name the agent, a customer and who wrote for him wherever a help desk can name them: in their
// own tables, in the titles of policies, in what policies ask for, and in what nobody reads.
var private = map[string]map[string]string{
	"zendesk": {
		"people.json": `{"users":[{"id":770017,"name":"Zebulon Quist","email":"zquist@desk.example","role":"agent"},{"id":880023,"name":"Wilma Krumholz","role":"end-user"}],
			"organizations":[{"id":310019,"name":"Quagmire Holdings","shared_tickets":false}],"groups":[{"id":9,"name":"Front","url":"u"}]}`,
		"policies.json": `{"sla_policies":[
			{"id":1,"title":"Quagmire Holdings Gold","position":1,"filter":{"all":[{"field":"organization_id","operator":"is","value":"310019"}]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":5,"business_hours":false}]},
			{"id":2,"title":"Requests of Wilma Krumholz","position":2,"filter":{"all":[{"field":"requester_id","operator":"is","value":"880023"}]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":5}]},
			{"id":3,"title":"Of Zebulon Quist","position":3,"filter":{"all":[{"field":"assignee_id","operator":"is","value":"770017"}]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":5}]}]}`,
		"tickets.json": `{"tickets":[{"id":1,"created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T09:00:00Z","status":"open","requester_id":880023,"organization_id":310019,"group_id":9,"assignee_id":770017,"priority":"low","subject":"Wilma Krumholz asks","type":"question","via":{"channel":"email"}}]}`,
		"audits.json": `{"audits":[{"id":1,"ticket_id":1,"created_at":"2026-03-02T08:30:00Z","author_id":770017,"events":[{"id":1,"type":"Comment","public":true,"body":"Dear Wilma Krumholz","author_id":770017},
			{"id":2,"type":"Change","field_name":"status","value":"open","previous_value":"new"}]},{"id":2,"ticket_id":1,"created_at":"Quagmire","author_id":880023,"events":[]}]}`,
		"events.json": `{"ticket_metric_events":[{"id":1,"ticket_id":1,"metric":"reply_time","instance_id":1,"type":"apply_sla","time":"2026-03-02T08:00:00Z","sla":{"target":5,"policy":{"id":1,"title":"Quagmire Holdings Gold"}}},
			{"id":2,"ticket_id":1,"metric":"reply_time","instance_id":1,"type":"breach","time":"2026-03-02T08:05:00Z"}]}`,
	},
	"freshdesk": {
		"agents.json":    `[{"id":770017,"occasional":false,"contact":{"name":"Zebulon Quist"}}]`,
		"companies.json": `[{"id":310019,"name":"Quagmire Holdings","domains":[]}]`,
		"policies.json": `[{"id":1,"name":"Quagmire Holdings Gold","position":1,"applicable_to":{"company_ids":[310019]},"sla_target":{"priority_1":{"respond_within":900}}},
			{"id":2,"name":"By contact","position":2,"applicable_to":{"contact_ids":[880023]},"sla_target":{"priority_1":{"respond_within":900}}}]`,
		"tickets.json": `[{"id":1,"requester_id":880023,"responder_id":770017,"company_id":310019,"source":1,"status":4,"priority":1,"subject":"Wilma Krumholz","created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T11:00:00Z",
			"stats":{"first_responded_at":"2026-03-02T08:30:00Z","resolved_at":"2026-03-02T11:00:00Z"},"fr_escalated":true,"fr_due_by":"2026-03-02T08:15:00Z","is_escalated":false,"due_by":"2026-03-03T08:15:00Z"}]`,
	},
	"jira": {
		"search.json": `{"issues":[{"id":"1","key":"HELP-1","fields":{"created":"2026-03-02T08:00:00.000+0000","status":{"name":"Resolved"},"priority":{"name":"High"},"issuetype":{"name":"Request"},
			"reporter":{"accountId":"880023","displayName":"Wilma Krumholz"},"organizations":[{"id":"5","name":"Quagmire Holdings"}],"assignee":{"displayName":"Zebulon Quist"},
			"customfield_1":{"name":"Time to first response for Quagmire Holdings","completedCycles":[{"startTime":{"epochMillis":1772438400000},"stopTime":{"epochMillis":1772440200000},"breachTime":{"epochMillis":1772439300000},"breached":true,"goalDuration":{"millis":900000}}]},
			"customfield_2":{"name":"What Zebulon Quist does","completedCycles":[]}},
			"changelog":{"histories":[{"id":"1","author":{"accountId":"770017","displayName":"Zebulon Quist"},"created":"2026-03-02T08:30:00.000+0000","items":[{"field":"status","fromString":"Open","toString":"Resolved"}]}]}}]}`,
	},
	"servicenow": {
		"people.json":        `{"result":[{"sys_id":"770017","user_name":"zquist"}]}`,
		"incident.json":      `{"result":[{"sys_id":"a1","number":"INC1","opened_at":"2026-03-02 08:00:00","state":"6","priority":"3","company":"Quagmire Holdings","caller_id":"Wilma Krumholz","assigned_to":"770017","resolved_at":"2026-03-02 11:00:00","short_description":"Quagmire"}]}`,
		"journal.json":       `{"result":[{"element_id":"a1","element":"work_notes","sys_created_by":"zquist","sys_created_on":"2026-03-02 09:00:00","value":"for Wilma Krumholz"},{"element_id":"a1","element":"comments","sys_created_by":"zquist","sys_created_on":"2026-03-02 09:30:00"}]}`,
		"contract_sla.json":  `{"result":[{"sys_id":"s1","name":"Response for Quagmire Holdings","target":"response","duration":"1970-01-01 01:00:00","start_condition":"company=310019^priority=3","type":"SLA","active":"true"}]}`,
		"task_sla.json":      `{"result":[{"task":{"value":"a1"},"sla":{"value":"s1"},"stage":"completed","has_breached":"true","planned_end_time":"2026-03-02 09:00:00","start_time":"2026-03-02 08:00:00","end_time":"2026-03-02 09:30:00"}]}`,
		"sys_user_group.csv": "sys_id,name,include_members\ng1,Front,true\n",
	},
	"salesforce": {
		"Account.csv":       "Id,Name,BillingCity\n001000000310019AAA,Quagmire Holdings,Bern\n",
		"User.csv":          "Id,Username,Name\n005000000770017AAA,zquist@desk.example,Zebulon Quist\n",
		"Entitlement.csv":   "Id,Name,AccountId,SlaProcessId,BusinessHoursId\n550000000000001AAA,Quagmire Holdings Gold,001000000310019AAA,552000000000001AAA,\n",
		"MilestoneType.csv": "Id,Name,RecurrenceType\n557000000000001AAA,First Response,none\n557000000000002AAA,Visit Quagmire Holdings,none\n",
		"Case.csv":          "Id,CaseNumber,Status,CreatedDate,Origin,Priority,Type,AccountId,EntitlementId,ContactName,OwnerId,IsClosed\n500000000000001AAA,1,Resolved,2026-03-02T08:00:00.000Z,Email,High,Question,001000000310019AAA,550000000000001AAA,Wilma Krumholz,005000000770017AAA,false\n",
		"CaseHistory.csv":   "Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue\n017000000000001AAA,500000000000001AAA,005000000770017AAA,2026-03-02T09:00:00.000Z,Status,New,Resolved\n",
		"CaseMilestone.csv": "Id,CaseId,MilestoneTypeId,IsViolated,IsCompleted,TargetResponseInMins,TargetDate,CompletionDate\n555000000000001AAA,500000000000001AAA,557000000000001AAA,true,false,30,2026-03-02T08:30:00.000Z,\n555000000000002AAA,500000000000001AAA,557000000000002AAA,true,false,30,2026-03-02T08:30:00.000Z,\n",
	},
}

// eventLogs are logs with rows that are fine, and rows that are odd with names in them.
var eventLogs = map[string]struct{ mapping, content string }{
	"table.csv": {
		"rows: updates\nticket: id\nat: at\nopened: at\nstatus: state\nstatuses: {Work: open, Done: solved}\nzone: UTC\naccount: account\nagent: agent\n",
		"id,at,state,account,agent,note\n880023,2026-03-02 08:00:00,Work,Quagmire Holdings,Zebulon Quist,Wilma\n880023,2026-03-02 09:00:00,Done,Quagmire Holdings,Zebulon Quist,Wilma\n" +
			"880023,Zebulon Quist,Done,Quagmire Holdings,Zebulon Quist,Wilma\n880023,2026-03-02 10:00:00,Done,Quagmire Holdings,Zebulon Quist,Wilma,Krumholz,too,many\n" +
			"880023,2026-03-02 10:00:00,Done,Quagmire \xff Holdings,Zebulon Quist,Wilma\n",
	},
	"lines.jsonl": {
		"from: jsonl\nrows: updates\nticket: id\nat: at\nopened: at\nstatus: state\nstatuses: {Work: open, Done: solved}\nzone: UTC\naccount: account\nagent: agent\n",
		`{"id":"880023","at":"2026-03-02T08:00:00Z","state":"Work","account":"Quagmire Holdings","agent":"Zebulon Quist","note":"Wilma"}` + "\n" + `{"id":"880023","at":"Quagmire","state":"Work","account":"Quagmire Holdings"}` + "\n" +
			`{"id":"880023","at":Zebulon Quist}` + "\n",
	},
	"log.xes": {
		"from: xes\nrows: updates\nticket: case:concept:name\nat: time:timestamp\nagent: org:resource\naccount: case:customer\n",
		`<log><trace><string key="concept:name" value="880023"/><string key="customer" value="Quagmire Holdings"/><event><date key="time:timestamp" value="2026-03-02T08:00:00Z"/><string key="org:resource" value="Zebulon Quist"/></event>` +
			`<event><date key="time:timestamp" value="Wilma Krumholz"/><string key="org:resource" value="Zebulon Quist"/></event></trace></log>`,
	},
}

// leaks are the planted names in a text.
func leaks(text string) (found []string) {
	lower := strings.ToLower(text)
	for _, name := range planted {
		if i := strings.Index(lower, strings.ToLower(name)); i >= 0 {
			found = append(found, strings.ReplaceAll(text[max(0, i-60):min(len(text), i+60)], "\n", "⏎"))
		}
	}
	return found
}

// checkPrivate wants no planted name in what was said, nor in any file that was written, nor in the name of one.
func checkPrivate(t *testing.T, out, said string) {
	t.Helper()
	for _, l := range leaks(said) {
		t.Errorf("said: %s", l)
	}
	files := 0
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, l := range leaks(filepath.Base(path) + " " + string(content)) {
			t.Errorf("%s: %s", filepath.Base(path), l)
		}
		return err
	})
	if err != nil || files < 4 {
		t.Errorf("%d files, %v", files, err)
	}
}

// With --pseudonymise no name of a customer or an agent leaves in any output: neither in the log, the scenario and the lists, nor in
// what is printed, nor in what further commands make of them.
func TestNoNameLeavesAnImportWithPseudonyms(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("0123456789abcdef0123456789abcdef"), 0o600); err != nil {
		t.Fatal(err)
	}
	for vendor, files := range private {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "export")
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			out := filepath.Join(t.TempDir(), "out")
			code, stdout, stderr := call(t, "import", vendor, dir, "-o", out, "--pseudonymise", "--key-file", key)
			if code != exitDone {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			checkPrivate(t, out, stdout+stderr)
			plain := filepath.Join(t.TempDir(), "plain")
			if code, _, stderr := call(t, "import", vendor, dir, "-o", plain); code != exitDone {
				t.Fatal(stderr)
			}
			for _, name := range []string{importLog, importAgents} {
				content, err := os.ReadFile(filepath.Join(plain, name))
				if err != nil || len(leaks(string(content))) == 0 {
					t.Errorf("%s of an import without pseudonyms names nobody: %v", name, err)
				}
			}
			strict, said, wrong := call(t, "import", vendor, dir, "-o", filepath.Join(t.TempDir(), "strict"), "--pseudonymise", "--key-file", key, "--strict")
			for _, l := range leaks(said + wrong) {
				t.Errorf("a strict import (%d) says: %s", strict, l)
			}
			if code, stdout, stderr := call(t, "audit", filepath.Join(out, importLog), "--policy", filepath.Join(out, importScenario), "--out", filepath.Join(out, "audit")); code == exitDone {
				checkPrivate(t, out, stdout+stderr)
			} else if !strings.Contains(stderr, "promises nothing") {
				t.Errorf("the audit: %d %s", code, stderr)
			}
		})
	}
	for name, log := range eventLogs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file, mapping, out := filepath.Join(dir, name), filepath.Join(dir, "m.yaml"), filepath.Join(dir, "out")
			for path, content := range map[string]string{file: log.content, mapping: log.mapping} {
				if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			code, stdout, stderr := call(t, "import", file, "--mapping", mapping, "-o", out, "--pseudonymise", "--key-file", key)
			if code != exitDone {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			checkPrivate(t, out, stdout+stderr)
			cut := filepath.Join(dir, "cut")
			if err := os.WriteFile(cut, []byte(log.content[:strings.LastIndex(log.content, "ebulon")]), 0o666); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr = call(t, "import", cut, "--mapping", mapping, "-o", filepath.Join(dir, "none"), "--pseudonymise", "--key-file", key)
			for _, l := range leaks(stdout + stderr) {
				t.Errorf("of a file that was cut off (%d): %s", code, l)
			}
		})
	}
}
