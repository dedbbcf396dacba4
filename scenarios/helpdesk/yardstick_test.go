package helpdesk_test

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// What everybody knows, and does less than an import: the records of JSON are decoded by encoding/json into the fields that an
// import asks for, and the rows of CSV are read by encoding/csv. Nothing is made of either.

// needed are the records of a file of JSON, by export and file, with the fields that an import asks for.
var needed = map[string]any{
	"zendesk-api/tickets.json":      new(zendeskTicket),
	"zendesk-api/audits.json":       new(zendeskAudit),
	"zendesk-api-long/tickets.json": new(zendeskTicket),
	"zendesk-api-long/audits.json":  new(zendeskAudit),
	"freshdesk/tickets.json": new(struct {
		ID, Source, Status, Priority int
		GroupID                      int `json:"group_id"`
		ResponderID                  int `json:"responder_id"`
		Type                         string
		CreatedAt                    string `json:"created_at"`
		UpdatedAt                    string `json:"updated_at"`
	}),
	"freshdesk/activities.json": new(struct {
		PerformedAt   string `json:"performed_at"`
		TicketID      int    `json:"ticket_id"`
		PerformerType string `json:"performer_type"`
		PerformerID   int    `json:"performer_id"`
		Activity      struct{ Status string }
	}),
	"jira/search.json": new(struct {
		Key    string
		Fields struct {
			Created             string
			Reporter            struct{ AccountID string }
			IssueType, Priority struct{ Name string }
			Status              struct {
				Name           string
				StatusCategory struct{ Key string }
			}
		}
		Changelog struct {
			Histories []struct {
				ID      string
				Author  struct{ AccountID, DisplayName string }
				Created string
				Items   []struct{ Field, FromString, ToString string }
			}
		}
	}),
	"servicenow-api/incident.json": new(struct {
		SysID           string `json:"sys_id"`
		OpenedAt        string `json:"opened_at"`
		State, Priority string
		ContactType     string `json:"contact_type"`
		Category        string
		AssignmentGroup struct{ Value string } `json:"assignment_group"`
		Company         struct{ Value string }
		SysUpdatedOn    string `json:"sys_updated_on"`
	}),
	"servicenow-api/sys_audit.json": new(struct {
		SysID                                             string `json:"sys_id"`
		TableName, DocumentKey, FieldName, OldValue, User string
		NewValue                                          string
		SysCreatedOn                                      string `json:"sys_created_on"`
	}),
}

type zendeskTicket struct {
	ID                     int
	Status, Priority, Type string
	CreatedAt              string `json:"created_at"`
	GroupID                int    `json:"group_id"`
	Via                    struct{ Channel string }
}

type zendeskAudit struct {
	ID        int
	TicketID  int    `json:"ticket_id"`
	CreatedAt string `json:"created_at"`
	AuthorID  int    `json:"author_id"`
	Events    []struct {
		Type      string
		FieldName string `json:"field_name"`
		Value     string
		Previous  string `json:"previous_value"`
	}
}

// knownReader reads a file as the standard library does, and gives the number of its records.
func knownReader(t testing.TB, export, name, text string) (records int) {
	t.Helper()
	into := needed[export+"/"+name]
	if into == nil {
		rows := csv.NewReader(strings.NewReader(text))
		for rows.ReuseRecord = true; ; records++ {
			if _, err := rows.Read(); errors.Is(err, io.EOF) {
				return records - 1 // the header
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	dec := json.NewDecoder(strings.NewReader(text))
	for token := json.Token(nil); token != json.Delim('['); {
		var err error
		if token, err = dec.Token(); err != nil {
			t.Fatal(err)
		}
	}
	for ; dec.More(); records++ {
		if err := dec.Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	return records
}

// The limit is a program for one export of Zendesk and nothing else, as somebody would write it by hand who knows how each line
// of it looks: it finds the ticket, the instant and the status of each, sorts by ticket, takes what changes, sorts by time and writes
// the lines of a log. It keeps all in memory, checks nothing, and tells of nothing.

// limits are the exports that have one, with what is read of a line of a ticket and of what happened to it.
var limits = map[string][2]func(line string) (ticket, at, status string){
	"zendesk-warehouse": {
		func(line string) (ticket, at, status string) { return cell(line, 0), cell(line, 3), "new" },
		func(line string) (ticket, at, status string) { return cell(line, 1), cell(line, 2), cell(line, 4) },
	},
	"zendesk-api": {
		func(line string) (ticket, at, status string) {
			return behind(line, `"id":`), behind(line, `"created_at":"`), "new"
		},
		func(line string) (ticket, at, status string) {
			return behind(line, `"ticket_id":`), behind(line, `"created_at":"`), behind(line, `"value":"`)
		},
	},
}

// cell is a cell of a row.
func cell(line string, n int) string {
	for range n {
		line = line[strings.IndexByte(line, ',')+1:]
	}
	if end := strings.IndexByte(line, ','); end >= 0 {
		return line[:end]
	}
	return line
}

// behind is what stands after a text, up to a comma or a quote; empty if that is nowhere.
func behind(line, text string) string {
	from := strings.Index(line, text)
	if from < 0 {
		return ""
	}
	line = line[from+len(text):]
	if end := strings.IndexAny(line, `,"}`); end >= 0 {
		return line[:end]
	}
	return line
}

// byHand is the limit. It gives the number of lines of the log.
func byHand(t testing.TB, export string, texts []string, w io.Writer) (lines int) {
	t.Helper()
	type fact struct {
		ticket, at int64
		status     string
	}
	var facts []fact
	for i, text := range texts {
		for len(text) > 0 {
			line := text
			if end := strings.IndexByte(text, '\n'); end >= 0 {
				line, text = text[:end], text[end+1:]
			} else {
				text = ""
			}
			of, at, status := limits[export][i](line)
			id, err := strconv.ParseInt(of, 10, 64)
			if err != nil || len(at) < len(time.DateTime) {
				continue // a header, or the end of a list
			}
			n := func(from, to int) (x int) {
				for _, c := range []byte(at[from:to]) {
					x = 10*x + int(c-'0')
				}
				return x
			}
			when := time.Date(n(0, 4), time.Month(n(5, 7)), n(8, 10), n(11, 13), n(14, 16), n(17, 19), 0, time.UTC)
			facts = append(facts, fact{id, when.UnixNano(), status})
		}
	}
	slices.SortStableFunc(facts, func(a, b fact) int { return cmp.Or(cmp.Compare(a.ticket, b.ticket), cmp.Compare(a.at, b.at)) })
	var events []fact
	for i, f := range facts {
		first := i == 0 || f.ticket != facts[i-1].ticket
		if first {
			events = append(events, f) // it is assigned at once
		}
		if first || f.status != facts[i-1].status {
			events = append(events, f)
		}
	}
	slices.SortStableFunc(events, func(a, b fact) int { return cmp.Compare(a.at, b.at) })
	var out []byte
	for _, e := range events {
		out = append(ticketlog.AppendID(out, ticket.ID(e.ticket)), ',')
		out = append(time.Unix(0, e.at).UTC().AppendFormat(out, time.RFC3339), ',')
		out = append(append(out, e.status...), ",email,question,customer,normal,,,,"...)
		out = append(strconv.AppendInt(out, e.ticket, 10), '\n')
		if lines++; len(out) > 1<<16 {
			if _, err := w.Write(out); err != nil {
				t.Fatal(err)
			}
			out = out[:0]
		}
	}
	return lines
}

// What is compared with an import reads as much as it does: each row, and each event of the log.
func TestTheYardsticksReadEachRow(t *testing.T) {
	t.Parallel()
	const tickets = 50
	for _, e := range exported {
		rows := 0
		var texts []string
		for _, f := range e.files {
			text, err := io.ReadAll(&stream{file: f, tickets: tickets})
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
			rows += knownReader(t, e.name, f.name, string(text))
		}
		want := perTicket * tickets
		if len(e.files) == 1 {
			want = tickets // what happened stands within each
		}
		if rows != want {
			t.Errorf("%s: %d records, want %d", e.name, rows, want)
		}
		if _, ok := limits[e.name]; !ok {
			continue
		}
		sum := imported(t, e.format, e.sources(tickets, nil), 0, nil)
		if lines := byHand(t, e.name, texts, io.Discard); lines != sum.Events {
			t.Errorf("%s: %d events by hand, %d by the import", e.name, lines, sum.Events)
		}
	}
}
