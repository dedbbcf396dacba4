package helpdesk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/freshdesk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/jira"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/salesforce"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/servicenow"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// change is a change of a ticket's status or priority, in the words of this test.
type change struct{ ticket, at, field, from, to string }

// opened is a ticket as it stands when it is exported.
type opened struct{ id, at, priority, status string }

// story is what one desk exports, whatever its tool.
type story struct {
	tickets []opened
	changes []change
}

// tool writes stories as the exports of a help desk, and knows in which row of which file a change stands.
type tool struct {
	format intake.Format
	words  map[string]string // of this test, and what the tool has for them
	table  bool              // the tickets are a table of CSV
	nested bool              // changes stand within the record of their ticket
	write  func(s story, word func(string) string) (files map[string]string, tickets, changes string, before int)
}

func (t *tool) sources(s story) (files []intake.Source, place func(change int) string) {
	word := func(w string) string {
		if own, ok := t.words[w]; ok {
			return own
		}
		return w
	}
	texts, tickets, changes, before := t.write(s, word)
	for _, name := range []string{tickets, changes} {
		if text, ok := texts[name]; ok {
			files = append(files, rehearsal.Text(name, text))
			delete(texts, name)
		}
	}
	return files, func(i int) string {
		if t.nested {
			of := slices.IndexFunc(s.tickets, func(o opened) bool { return o.id == s.changes[i].ticket })
			return fmt.Sprintf("%s:%d", tickets, of+1)
		}
		return fmt.Sprintf("%s:%d", changes, before+i+1)
	}
}

var tools = []tool{
	{
		format: zendesk.Format, table: true,
		write: func(s story, word func(string) string) (map[string]string, string, string, int) {
			tickets, history := "id,requester_id,status,created_at,updated_at,group_id,priority,type,via_channel\n", "field_name,ticket_id,updated,user_id,value\n"
			before := 1
			for _, o := range s.tickets {
				tickets += fmt.Sprintf("%s,5,%s,%s,%s,9,%s,question,email\n", o.id, o.status, o.at, o.at, o.priority)
				first := o.priority
				for _, c := range slices.Backward(s.changes) {
					if c.ticket == o.id && c.field == "priority" {
						first = c.from
					}
				}
				history += fmt.Sprintf("status,%s,%s,,new\npriority,%s,%s,,%s\n", o.id, o.at, o.id, o.at, first)
				before += 2
			}
			for _, c := range s.changes {
				history += fmt.Sprintf("%s,%s,%s,,%s\n", c.field, c.ticket, c.at, c.to)
			}
			return map[string]string{"tickets": tickets, "changes": history}, "tickets", "changes", before
		},
	},
	{
		format: servicenow.Format, table: true, words: map[string]string{"new": "1", "open": "2", "pending": "Awaiting User Info", "solved": "6", "closed": "7", "status": "state", "low": "4", "high": "2"},
		write: func(s story, word func(string) string) (map[string]string, string, string, int) {
			tickets, audit := "sys_id,number,opened_at,state,priority,contact_type,sys_updated_on\n", "sys_id,tablename,documentkey,fieldname,oldvalue,newvalue,user,sys_created_on\n"
			for _, o := range s.tickets {
				tickets += fmt.Sprintf("%s,%s,%s,%s,%s,email,%s\n", o.id, o.id, o.at, word(o.status), word(o.priority), o.at)
			}
			for _, c := range s.changes {
				audit += fmt.Sprintf(",incident,%s,%s,%s,%s,ada,%s\n", c.ticket, word(c.field), word(c.from), word(c.to), c.at)
			}
			return map[string]string{"tickets": tickets, "changes": audit}, "tickets", "changes", 1
		},
	},
	{
		format: salesforce.Format, table: true, words: map[string]string{"pending": "Waiting on Customer", "solved": "Resolved", "status": "Status", "priority": "Priority"},
		write: func(s story, word func(string) string) (map[string]string, string, string, int) {
			tickets, history := "Id,CaseNumber,Status,CreatedDate,Origin,Priority,IsClosed\n", "Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue\n"
			for _, o := range s.tickets {
				tickets += fmt.Sprintf("%s,%s,%s,%s,Email,%s,false\n", o.id, o.id, word(o.status), o.at, o.priority)
			}
			for _, c := range s.changes {
				history += fmt.Sprintf("%s%s%s,%s,,%s,%s,%s,%s\n", c.at, c.field, c.to, c.ticket, c.at, word(c.field), word(c.from), word(c.to))
			}
			return map[string]string{"tickets": tickets, "changes": history}, "tickets", "changes", 1
		},
	},
	{
		format: freshdesk.Format, words: map[string]string{"new": "Open", "open": "Open", "pending": "Pending", "solved": "Resolved", "closed": "Closed", "low": "1", "high": "3"},
		write: func(s story, word func(string) string) (map[string]string, string, string, int) {
			var tickets, activities []string
			before := 0
			for _, o := range s.tickets {
				tickets = append(tickets, fmt.Sprintf(`{"id":%q,"requester_id":1,"responder_id":null,"source":1,"status":%q,"priority":%q,"created_at":%q,"updated_at":%q}`,
					o.id, word(o.status), word(o.priority), o.at, o.at))
				first := o.priority
				for _, c := range slices.Backward(s.changes) {
					if c.ticket == o.id && c.field == "priority" {
						first = c.from
					}
				}
				activities = append(activities, fmt.Sprintf(`{"performed_at":%q,"ticket_id":%q,"activity":{"status":"Open","priority":%q}}`, o.at, o.id, word(first)))
				before++
			}
			for _, c := range s.changes {
				activities = append(activities, fmt.Sprintf(`{"performed_at":%q,"ticket_id":%q,"activity":{%q:%q}}`, c.at, c.ticket, c.field, word(c.to)))
			}
			return map[string]string{"tickets": "[" + strings.Join(tickets, ",") + "]", "changes": `{"activities_data":[` + strings.Join(activities, ",") + "]}"}, "tickets", "changes", before
		},
	},
	{
		format: jira.Format, nested: true, words: map[string]string{"new": "To Do", "open": "In Progress", "pending": "Waiting for customer", "solved": "Resolved", "closed": "Closed"},
		write: func(s story, word func(string) string) (map[string]string, string, string, int) {
			var issues []string
			for _, o := range s.tickets {
				var histories []string
				for _, c := range s.changes {
					if c.ticket == o.id {
						histories = append(histories, fmt.Sprintf(`{"id":"%s%s%s","created":%q,"items":[{"field":%q,"fromString":%q,"toString":%q}]}`,
							c.at, c.field, c.to, c.at, c.field, word(c.from), word(c.to)))
					}
				}
				issues = append(issues, fmt.Sprintf(`{"key":%q,"fields":{"created":%q,"status":{"name":%q},"priority":{"name":%q}},"changelog":{"histories":[%s]}}`,
					o.id, o.at, word(o.status), o.priority, strings.Join(histories, ",")))
			}
			return map[string]string{"issues": `{"issues":[` + strings.Join(issues, ",") + "]}"}, "issues", "issues", 0
		},
	},
}

const day = "2026-03-02T"

// What real files hold is counted with its rows by every reader, and a strict import refuses what is not harmless.
func TestOdditiesAreCountedWithTheirRowsByEveryReader(t *testing.T) {
	t.Parallel()
	status := func(at, from, to string) change { return change{"T1", at, "status", from, to} }
	for _, row := range []struct {
		name     string
		changes  []change
		odd      string // what is told of it
		at       int    // the change in whose row it is
		harmless bool
		within   bool // told of changes within a record too
	}{
		{name: "a day-first date, where the tool writes none", changes: []change{status("31/12/2026 9:05", "new", "open")}, odd: "unreadable time: ", within: true},
		{name: "a date that is no day", changes: []change{status("2026-02-30T08:00:00Z", "new", "open")}, odd: "unreadable time: ", within: true},
		{name: "a status that is ?", changes: []change{status(day+"09:00:00Z", "new", "?")}, odd: "unknown status: ?: 1", within: true},
		{name: "a status that is #MULTIVALUE", changes: []change{status(day+"09:00:00Z", "new", "#MULTIVALUE")}, odd: "unknown status: #MULTIVALUE: 1", within: true},
		{name: "no time", changes: []change{status("", "new", "open")}, odd: "no time: 1", within: true},
		{name: "rows that are not in order", changes: []change{status(day+"10:00:00Z", "open", "solved"), status(day+"09:00:00Z", "new", "open")}, odd: "back in time: 1", at: 0},
		{name: "two of one minute", changes: []change{status(day+"09:00:00Z", "new", "open"), status(day+"09:00:00Z", "open", "pending")}, odd: "same instant: 1", at: 1, harmless: true, within: true},
		{name: "before the opening", changes: []change{status(day+"07:00:00Z", "new", "open")}, odd: "before opening: 1", within: true},
		{name: "solved before the opening", changes: []change{status(day+"07:00:00Z", "new", "solved")}, odd: "negative duration: 1", within: true},
		{name: "a row that is there twice", changes: []change{status(day+"09:00:00Z", "new", "open"), status(day+"09:00:00Z", "new", "open")}, odd: "duplicate row: 1", at: 1, within: true},
		{name: "closed by itself after it was resolved", changes: []change{status(day+"09:00:00Z", "new", "solved"), status("2026-03-07T09:00:00Z", "solved", "closed")}, odd: "closed later: 1", at: 1, harmless: true, within: true},
		{name: "outside of all years", changes: []change{status("1823-03-02T09:00:00Z", "new", "open")}, odd: "unreadable time: outside the years 1900 to 2115: 1", within: true},
	} {
		for i := range tools {
			tool := &tools[i]
			t.Run(tool.format.Name+"/"+row.name, func(t *testing.T) {
				t.Parallel()
				files, place := tool.sources(story{[]opened{{"T0", day + "06:00:00Z", "low", "new"}, {"T1", day + "08:00:00Z", "low", "new"}}, row.changes})
				r := rehearsal.Import(t, tool.format, intake.Options{}, files...)
				told := slices.ContainsFunc(r.Odd, func(o string) bool {
					return strings.HasPrefix(o, row.odd) && slices.Contains(strings.Fields(o), place(row.at))
				})
				if want := row.within || !tool.nested; told != want {
					t.Errorf("told: %v, want %v (%s at %s):\n%s", told, want, row.odd, place(row.at), strings.Join(r.Odd, "\n"))
				}
				if refused := r.Sum.Odd() > 0; told && refused == row.harmless {
					t.Errorf("a strict import refuses it: %v\n%s", refused, strings.Join(r.Odd, "\n"))
				}
				if r.Sum.Tickets != 2 {
					t.Errorf("%d tickets", r.Sum.Tickets)
				}
			})
		}
	}
}

// Each instant counts by its own offset, and what none of the oddities touches is read as ever.
func TestMixedOffsetsAreOneTimeToEveryReader(t *testing.T) {
	t.Parallel()
	for i := range tools {
		tool := &tools[i]
		files, _ := tool.sources(story{[]opened{{"T1", "2026-03-02T09:00:00+01:00", "low", "new"}}, []change{
			{"T1", "2026-03-02T14:30:00+05:30", "status", "new", "open"}, {"T1", "2026-03-02T05:00:00-05:00", "status", "open", "solved"},
		}})
		r := rehearsal.Import(t, tool.format, intake.Options{}, files...)
		story := strings.Join(r.Of("T1"), "\n")
		if !strings.Contains(story, "03-02 08:00 created") || !strings.Contains(story, "03-02 10:00 status solved") {
			t.Errorf("%s:\n%s", tool.format.Name, story)
		}
		if r.Sum.Odd() > 0 {
			t.Errorf("%s: %v", tool.format.Name, r.Odd)
		}
	}
}

// Two columns of one name are told by every reader of tables, and the first is read.
func TestDuplicateHeadersAreToldByEveryReaderOfTables(t *testing.T) {
	t.Parallel()
	for i := range tools {
		tool := &tools[i]
		if !tool.table {
			continue
		}
		texts, tickets, changes, _ := tool.write(story{[]opened{{"T1", day + "08:00:00Z", "low", "new"}}, nil}, func(w string) string { return w })
		header, rows, _ := strings.Cut(texts[tickets], "\n")
		first, _, _ := strings.Cut(header, ",")
		doubled := header + "," + first + "\n" + strings.TrimSpace(rows) + ",T9\n"
		r := rehearsal.Import(t, tool.format, intake.Options{}, rehearsal.Text(tickets, doubled), rehearsal.Text(changes, texts[changes]))
		if want := fmt.Sprintf("duplicate header: %s: 1 %s:1", first, tickets); !slices.Contains(r.Odd, want) || r.Sum.Odd() == 0 || len(r.Of("T1")) == 0 {
			t.Errorf("%s: %q is not in %q", tool.format.Name, want, r.Odd)
		}
	}
}

// Final values stand on the ticket of every export. What is told of the time before an instant is the same whether the desk went on
// after it or not.
func TestFinalValuesDoNotLeakIntoThePast(t *testing.T) {
	t.Parallel()
	cut := day + "12:00:00Z"
	early := story{[]opened{{"T1", day + "08:00:00Z", "low", "open"}}, []change{{"T1", day + "09:00:00Z", "status", "new", "open"}}}
	late := story{[]opened{{"T1", day + "08:00:00Z", "high", "closed"}}, append(slices.Clone(early.changes),
		change{"T1", "2026-03-03T09:00:00Z", "priority", "low", "high"}, change{"T1", "2026-03-04T09:00:00Z", "status", "open", "closed"})}
	for i := range tools {
		tool := &tools[i]
		before := func(s story) (lines []string) {
			files, _ := tool.sources(s)
			r := rehearsal.Import(t, tool.format, intake.Options{}, files...)
			for _, line := range r.Of("T1") {
				if line[:11] <= strings.Replace(cut[5:16], "T", " ", 1) {
					lines = append(lines, line)
				}
			}
			if s.tickets[0].priority == "high" && len(lines) == len(r.Of("T1")) {
				t.Errorf("%s: nothing happens later: %q", tool.format.Name, lines)
			}
			return lines
		}
		if diff := cmp.Diff(before(early), before(late)); diff != "" {
			t.Errorf("%s (-as it was then +as it is told later):\n%s", tool.format.Name, diff)
		}
	}
}
