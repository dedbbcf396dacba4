package helpdesk_test

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/freshdesk"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/jira"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/salesforce"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/servicenow"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// perTicket is how many rows each ticket has in the exports that are made here: itself, and what happened to it.
const perTicket = 5

// file is a file of an export that stands on no disk: a text for each ticket, with something before and after them and
// between two.
type file struct {
	name, head, between, tail string
	of                        func(b []byte, ticket int) []byte
}

// list is an array of JSON.
func list(name, table string, of func(b []byte, ticket int) []byte) file {
	return file{name, `{"` + table + `":[`, ",\n", "]}\n", of}
}

// rows is a table of CSV.
func rows(name, header string, of func(b []byte, ticket int) []byte) file {
	return file{name, header + "\n", "", "", of}
}

// stream reads a file of so many tickets.
type stream struct {
	file
	tickets, next int
	made, left    []byte // of the last ticket, and what has not been read of it
	size          int64  // of all that was made
	look          func() // from time to time; nil for nothing
}

func (s *stream) Read(b []byte) (int, error) {
	for len(s.left) == 0 {
		if s.next > s.tickets {
			return 0, io.EOF
		}
		s.made = s.made[:0]
		if s.next == 0 {
			s.made = append(s.made, s.head...)
		}
		switch {
		case s.next == s.tickets:
			s.made = append(s.made, s.tail...)
		case s.next > 0:
			s.made = append(s.made, s.between...)
		}
		if s.next < s.tickets {
			s.made = s.of(s.made, s.next)
		}
		if s.look != nil && s.next%512 == 0 {
			s.look()
		}
		s.left, s.size = s.made, s.size+int64(len(s.made))
		s.next++
	}
	n := copy(b, s.left)
	s.left = s.left[n:]
	return n, nil
}

func (s *stream) Close() error { return nil }

var start = time.Date(2025, 3, 2, 8, 0, 0, 0, time.UTC)

// after is when a ticket was opened, and then when something happens to it for the nth time.
func after(ticket, n int) time.Time {
	return start.Add(time.Duration(ticket)*time.Minute + time.Duration(n)*time.Hour)
}

// export is an export of a help desk.
type export struct {
	name   string
	format intake.Format
	files  []file
	text   []intake.Source // small files beside them
}

// sources are the files of an export of so many tickets. Each stream that is opened is told.
func (e *export) sources(tickets int, opened func(*stream)) []intake.Source {
	files := e.text
	for _, f := range e.files {
		files = append(files, intake.Source{Name: f.name, Open: func() (io.ReadCloser, error) {
			s := &stream{file: f, tickets: tickets}
			if opened != nil {
				opened(s)
			}
			return s, nil
		}})
	}
	return files
}

// exported are exports of the helpdesks, of the same desk.
var exported = []export{
	{"zendesk-warehouse", zendesk.Format, []file{
		rows("ticket.csv", "id,requester_id,status,created_at,updated_at,group_id,priority,type,via_channel", func(b []byte, i int) []byte {
			at := after(i, 0).Format(time.DateTime)
			return fmt.Appendf(b, "%d,%d,solved,%s,%s,%d,normal,question,email\n", i, i%900, at, at, i%9)
		}),
		rows("ticket_field_history.csv", "field_name,ticket_id,updated,user_id,value", func(b []byte, i int) []byte {
			for k, status := range [4]string{"new", "open", "pending", "solved"} {
				b = fmt.Appendf(b, "status,%d,%s,%d,%s\n", i, after(i, k).Format(time.DateTime), i%40, status)
			}
			return b
		}),
	}, nil},
	{"zendesk-api", zendesk.Format, []file{zendeskTickets(""), zendeskAudits("")}, []intake.Source{zendeskUsers}},
	{"zendesk-api-long", zendesk.Format, []file{zendeskTickets(prose), zendeskAudits(prose)}, []intake.Source{zendeskUsers}},
	{"freshdesk", freshdesk.Format, []file{
		{"tickets.json", "[", ",\n", "]", func(b []byte, i int) []byte {
			at := after(i, 0).Format(time.RFC3339)
			return fmt.Appendf(b, `{"id":%d,"requester_id":%d,"responder_id":%d,"group_id":%d,"source":1,"status":4,"priority":2,"type":"Question","created_at":%q,"updated_at":%q}`, i, i%900, i%40, i%9, at, at)
		}},
		list("activities.json", "activities_data", func(b []byte, i int) []byte {
			for k, status := range [4]string{"Open", "Pending", "Open", "Resolved"} {
				if k > 0 {
					b = append(b, ",\n"...)
				}
				b = fmt.Appendf(b, `{"performed_at":%q,"ticket_id":%d,"performer_type":"user","performer_id":%d,"activity":{"status":%q}}`, after(i, k).Format("02-01-2006 15:04:05 -0700"), i, i%40, status)
			}
			return b
		}),
	}, nil},
	{"jira", jira.Format, []file{list("search.json", "issues", func(b []byte, i int) []byte {
		b = fmt.Appendf(b, `{"id":"%d","key":"DESK-%d","fields":{"created":%q,"reporter":{"accountId":"c%d"},"issuetype":{"name":"Question"},"priority":{"name":"Medium"},`+
			`"status":{"name":"Resolved","statusCategory":{"key":"done"}}},"changelog":{"histories":[`, i, i, after(i, 0).Format("2006-01-02T15:04:05.000-0700"), i%900)
		from := "Open"
		for k, status := range [4]string{"In Progress", "Waiting for customer", "In Progress", "Resolved"} {
			if k > 0 {
				b = append(b, ',')
			}
			b = fmt.Appendf(b, `{"id":"%d","author":{"accountId":"a%d","displayName":"Agent %d"},"created":%q,"items":[{"field":"status","fromString":%q,"toString":%q}]}`,
				4*i+k, i%40, i%40, after(i, k+1).Format("2006-01-02T15:04:05.000-0700"), from, status)
			from = status
		}
		return append(b, "]}}"...)
	})}, nil},
	{"servicenow-csv", servicenow.Format, []file{
		rows("incident.csv", "sys_id,number,opened_at,state,priority,contact_type,category,assignment_group,company,sys_updated_on", func(b []byte, i int) []byte {
			at := after(i, 0).Format(time.DateTime)
			return fmt.Appendf(b, "%032x,INC%07d,%s,6,3,email,network,g%d,c%d,%s\n", i, i, at, i%9, i%900, at)
		}),
		rows("sys_audit.csv", "sys_id,tablename,documentkey,fieldname,oldvalue,newvalue,user,sys_created_on", func(b []byte, i int) []byte {
			from := "1"
			for k, state := range [4]string{"2", "3", "2", "6"} {
				b = fmt.Appendf(b, "%032x,incident,%032x,state,%s,%s,user.%d,%s\n", 4*i+k, i, from, state, i%40, after(i, k+1).Format(time.DateTime))
				from = state
			}
			return b
		}),
	}, nil},
	{"servicenow-api", servicenow.Format, []file{
		list("incident.json", "result", func(b []byte, i int) []byte {
			at := after(i, 0).Format(time.DateTime)
			return fmt.Appendf(b, `{"sys_id":"%032x","number":"INC%07d","opened_at":%q,"state":"6","priority":"3","contact_type":"email","category":"network","assignment_group":{"link":"https://desk.example/g","value":"g%d"},"company":{"link":"https://desk.example/c","value":"c%d"},"sys_updated_on":%q}`,
				i, i, at, i%9, i%900, at)
		}),
		list("sys_audit.json", "result", func(b []byte, i int) []byte {
			from := "1"
			for k, state := range [4]string{"2", "3", "2", "6"} {
				if k > 0 {
					b = append(b, ',')
				}
				b = fmt.Appendf(b, `{"sys_id":"%032x","tablename":"incident","documentkey":"%032x","fieldname":"state","oldvalue":%q,"newvalue":%q,"user":"user.%d","sys_created_on":%q}`,
					4*i+k, i, from, state, i%40, after(i, k+1).Format(time.DateTime))
				from = state
			}
			return b
		}),
	}, nil},
	{"salesforce", salesforce.Format, []file{
		rows("Case.csv", "Id,CaseNumber,Status,CreatedDate,LastModifiedDate,Origin,Priority,Type,AccountId,OwnerId,IsClosed", func(b []byte, i int) []byte {
			at := after(i, 0).Format("2006-01-02T15:04:05.000Z")
			return fmt.Appendf(b, "500%012dAAA,%08d,Resolved,%s,%s,Email,Medium,Question,001%012dAAA,005%012dAAA,false\n", i, i, at, at, i%900, i%40)
		}),
		rows("CaseHistory.csv", "Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue", func(b []byte, i int) []byte {
			from := "New"
			for k, status := range [4]string{"Working", "Waiting on Customer", "Working", "Resolved"} {
				b = fmt.Appendf(b, "017%012dAAA,500%012dAAA,005%012dAAA,%s,Status,%s,%s\n", 4*i+k, i, i%40, after(i, k+1).Format("2006-01-02T15:04:05.000Z"), from, status)
				from = status
			}
			return b
		}),
	}, nil},
}

// prose is what nobody reads and stands in each record of a real export: addresses, subjects, what was said.
var prose = `,"url":"https://desk.example/api/v2/things/1.json","subject":"Printer in \"room 7\" does not print","description":"` +
	strings.Repeat(`Hello,\nthe printer says \u201cpaper jam\u201d, and there is none. `, 12) + `","tags":["printer","room-7"],"custom_fields":[{"id":1,"value":null},{"id":2,"value":"x"}]`

var zendeskUsers = rehearsal.Text("users.json", func() string {
	var list []string
	for i := range 40 {
		list = append(list, fmt.Sprintf(`{"id":%d,"name":"Agent %d","role":"agent"}`, i, i))
	}
	return `{"users":[` + strings.Join(list, ",") + "]}"
}())

func zendeskTickets(more string) file {
	return list("tickets.json", "tickets", func(b []byte, i int) []byte {
		at := after(i, 0).Format(time.RFC3339)
		return fmt.Appendf(b, `{"id":%d,"requester_id":%d,"status":"solved","created_at":%q,"updated_at":%q,"group_id":%d,"priority":"normal","type":"question"%s,"via":{"channel":"email"}}`, i, i%900, at, at, i%9, more)
	})
}

func zendeskAudits(more string) file {
	return list("audits.json", "audits", func(b []byte, i int) []byte {
		for k, status := range [4]string{"new", "open", "pending", "solved"} {
			if k > 0 {
				b = append(b, ",\n"...)
			}
			b = fmt.Appendf(b, `{"id":%d,"ticket_id":%d,"created_at":%q,"author_id":%d%s,"events":[{"id":1,"type":"Change","field_name":"status","value":%q,"previous_value":"new"}]}`,
				4*i+k, i, after(i, k).Format(time.RFC3339), i%40, more, status)
		}
		return b
	})
}
