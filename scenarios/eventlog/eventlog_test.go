package eventlog_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// story is a log row by row, with tickets by their own names and times in UTC.
func story(log []byte) (lines []string) {
	for row := range strings.Lines(string(log)) {
		c := strings.Split(strings.TrimSpace(row), ",")
		at, err := time.Parse(time.RFC3339, c[1])
		if err != nil {
			continue // the header
		}
		line := fmt.Sprintf("%s %s %s %s", c[11], at.UTC().Format("2006-01-02 15:04"), c[2], c[3])
		for i, usual := range map[int]string{4: "email", 7: "normal"} {
			if c[i] != usual {
				line += " " + c[i]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// odd are the oddities with their rows.
func odd(sum *intake.Summary) (list []string) {
	for _, t := range sum.Oddities {
		text := t.Name
		if t.Detail != "" {
			text += " (" + t.Detail + ")"
		}
		for _, p := range t.First {
			text += fmt.Sprintf(" %d", p.Row)
		}
		list = append(list, text)
	}
	return list
}

const (
	tickets = "ticket: id\nopened: opened\ntimes: {solved: solved, closed: closed, replied: replied}\n"
	updates = "rows: updates\nticket: id\nat: at\nopened: opened\nstatus: state\nstatuses: {New: new, Work: open, Wait: pending, Done: solved, Shut: closed}\n"
)

// Each row is something that real files hold.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, mapping, file string
		want, odd           []string
	}{
		{"day-first and unpadded dates, in a zone that is declared",
			tickets + "dates: 2/1/2006 15:04\nzone: Europe/Berlin\n", "id,opened,solved,closed,replied\nA,3/12/2026 9:05,13/12/2026 17:00,,\n",
			[]string{"A 2026-12-03 08:05 created new", "A 2026-12-13 16:00 status solved"}, []string{"missing value (closed)", "missing value (replied)"}},
		{"mixed offsets",
			tickets, "id,opened,solved,closed,replied\nA,2026-12-03T09:05:00+01:00,2026-12-03T09:05:00Z,2026-12-03T04:06:00-05:00,2026-12-03 09:04:00 +0000\n",
			[]string{"A 2026-12-03 08:05 created new", "A 2026-12-03 09:04 replied open", "A 2026-12-03 09:05 status solved", "A 2026-12-03 09:06 status closed"}, []string{"closed later 2"}},
		{"times in several layouts and as numbers",
			tickets + "dates: [2006-01-02 15:04, 2.1.2006 15:04, unix]\nzone: UTC\n", "id,opened,solved,closed,replied\nA,2026-12-03 09:05,3.12.2026 10:00,1796295600,\n",
			[]string{"A 2026-12-03 09:05 created new", "A 2026-12-03 10:00 status solved", "A 2026-12-03 11:00 status closed"}, []string{"closed later 2", "missing value (replied)"}},
		{"cells that say that nothing is known: ? - #MULTIVALUE and an empty one",
			tickets + "zone: UTC\npriority: prio\nchannel: via\n", "id,opened,solved,closed,replied,prio,via\nA,2026-12-03 09:05:00,?,-,,#MULTIVALUE,chat\n",
			[]string{"A 2026-12-03 09:05 created new chat"}, []string{"missing value (solved)", "missing value (closed)", "missing value (replied)", "missing value (prio)"}},
		{"0 is a time that is not known where the mapping says so",
			tickets + "zone: UTC\nmissing: [\"0\"]\n", "id,opened,solved,closed,replied\nA,2026-12-03 09:05:00,0,0,0\n",
			[]string{"A 2026-12-03 09:05 created new"}, []string{"missing value (solved)", "missing value (closed)", "missing value (replied)"}},
		{"two columns of one name, which nobody needs",
			tickets + "zone: UTC\n", "id,opened,solved,closed,replied,note,note\nA,2026-12-03 09:05:00,,,,x,y\n",
			[]string{"A 2026-12-03 09:05 created new"}, []string{"duplicate header (note) 1", "missing value (solved)", "missing value (closed)", "missing value (replied)"}},
		{"events that are not sorted",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 11:00:00,2026-12-03 09:00:00,Done\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 status open", "A 2026-12-03 11:00 status solved"}, []string{"back in time 2"}},
		{"updates of one minute keep the order of the file",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 11:00:00,2026-12-03 09:00:00,Wait\nA,2026-12-03 11:00:00,2026-12-03 09:00:00,Done\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 11:00 status pending", "A 2026-12-03 11:00 status solved"}, []string{"same instant 3"}},
		{"an update before the opening",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 08:00:00,2026-12-03 09:00:00,Work\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 09:00 status open"}, []string{"before opening 2"}},
		{"solved before it was opened",
			tickets + "zone: UTC\n", "id,opened,solved,closed,replied\nA,2026-12-03 09:05:00,2026-12-02 09:00:00,,\n",
			[]string{"A 2026-12-03 09:05 created new", "A 2026-12-03 09:05 status solved"}, []string{"missing value (closed)", "missing value (replied)", "negative duration 2"}},
		{"durations instead of times, a negative one among them",
			"ticket: id\nopened: opened\ntimes: {first: replied after minutes, total: solved after hours}\nzone: UTC\n", "id,opened,first,total\nA,2026-12-03 09:00:00,-5,\"1,5\"\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 09:00 replied open", "A 2026-12-03 10:30 status solved"}, []string{"negative duration (first) 2"}},
		{"a row that is there twice",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 status open"}, []string{"duplicate row 3"}},
		{"a ticket that is there twice, as one row each",
			tickets + "zone: UTC\n", "id,opened,solved,closed,replied\nA,2026-12-03 09:00:00,2026-12-03 10:00:00,,\nA,2026-12-03 09:30:00,,,\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 status solved"}, []string{"missing value (closed)", "missing value (replied)", "missing value (solved)", "two openings 3"}},
		{"a last row without a line end, which may have been cut off",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\nA,2026-12-03 11:00:00,2026-12-03 09:00:00,Done",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 status open", "A 2026-12-03 11:00 status solved"}, []string{"no line end 3"}},
		{"tickets that close by themselves after they were solved",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Done\nA,2026-12-08 10:00:00,2026-12-03 09:00:00,Shut\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 status solved", "A 2026-12-08 10:00 status closed"}, []string{"closed later 3"}},
		{"rows with too few cells, stray quotation marks, times that are none, words that nobody knows",
			updates + "zone: UTC\n", "id,at,opened,state\nA,2026-12-03\nA,x\"y,,\nA,noon,2026-12-03 09:00:00,Work\n,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Lost\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 note new"},
			[]string{"unreadable row (the row has 2 cells, the header has 4) 2", "unreadable row (a quotation mark inside a cell that does not begin with one) 3", "unreadable time (at) 4", "no time (at) 4", "no ticket 5", "unknown word (state: Lost) 6", "nothing new 6", "missing value (id)"}},
		{"semicolons, carriage returns and a byte order mark",
			tickets + "separator: ;\nzone: UTC\n", "\ufeffid;opened;solved;closed;replied\r\nA;2026-12-03 09:05:00;\"2026-12-03 10:00:00\";;\r\n",
			[]string{"A 2026-12-03 09:05 created new", "A 2026-12-03 10:00 status solved"}, []string{"missing value (closed)", "missing value (replied)"}},
		{"a word for each event",
			"rows: events\nticket: id\nat: at\nevent: what\nevents: {Opened: created, Mail out: replied pending, Mail in: message, Memo: note, Ended: solved}\nzone: UTC\n",
			"id,at,what\nA,2026-12-03 09:00:00,Opened\nA,2026-12-03 10:00:00,Mail out\nA,2026-12-03 11:00:00,Mail in\nA,2026-12-03 11:30:00,Memo\nA,2026-12-03 12:00:00,Ended\n",
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 10:00 replied pending", "A 2026-12-03 11:00 message open", "A 2026-12-03 11:30 note open", "A 2026-12-03 12:00 status solved"}, nil},
		{"lines of JSON, with objects in objects",
			"from: jsonl\nrows: updates\nticket: id\nat: at\nopened: made.at\npriority: fields.prio.name\nstatus: fields.state\nstatuses: {Done: solved}\n",
			`{"id": 12345678901234567890, "at": "2026-12-03T10:00:00Z", "made": {"at": "2026-12-03T09:00:00Z", "by": [1, 2]}, "fields": {"prio": {"name": "high"}, "state": null}}` + "\n\n" +
				`{"id": 12345678901234567890, "at": "2026-12-03T11:00:00Z", "fields": {"state": "Done"}}` + "\nnot JSON\n[1]\n",
			[]string{"12345678901234567890 2026-12-03 09:00 created new high", "12345678901234567890 2026-12-03 10:00 note new high", "12345678901234567890 2026-12-03 11:00 status solved high"},
			[]string{"unreadable row (the line is no JSON object) 4 5", "nothing new 1", "missing value (made.at)", "missing value (fields.state)", "missing value (fields.prio.name)"}},
		{"XES, with attributes of the trace and within others",
			"from: xes\nrows: updates\nticket: case:concept:name\nat: time:timestamp\npriority: case:impact\nteam: org:group/line\nstatus: lifecycle:transition\nstatuses: {In Progress: open, Resolved: solved}\n",
			`<?xml version="1.0"?><log xes.version="1.0" xmlns="http://www.xes-standard.org/"><extension name="Time" prefix="time" uri="u"/><global scope="event"><string key="concept:name" value="x"/></global>
			<trace><string key="concept:name" value="1-364"/><string key="impact" value="High"/>
			<event><string key="lifecycle:transition" value="In Progress"/><date key="time:timestamp" value="2026-12-03T10:00:00.000+01:00"/><string key="org:group" value="G"><string key="line" value="2nd"/></string></event>
			<event><date key="time:timestamp" value="2026-12-03T11:00:00+01:00"/><string key="lifecycle:transition" value="Resolved"/></event></trace><trace/></log>`,
			[]string{"1-364 2026-12-03 09:00 created new High", "1-364 2026-12-03 09:00 assigned new High", "1-364 2026-12-03 09:00 status open High", "1-364 2026-12-03 10:00 status solved High"},
			[]string{"no opening 3", "missing value (org:group/line)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			log, sum, _ := imported(t, mapped(t, row.mapping), []byte(row.file))
			if diff := cmp.Diff(row.want, story(log)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			have := map[string]bool{}
			for _, o := range odd(sum) {
				have[o] = true
			}
			for _, o := range row.odd {
				if !have[o] {
					t.Errorf("%q is not told", o)
				}
			}
			if len(have) != len(row.odd) {
				t.Errorf("told are %q", odd(sum))
			}
			// Compressed, it is the same.
			packed, _, _ := imported(t, mapped(t, row.mapping), zipped(t, []byte(row.file)))
			if !bytes.Equal(log, packed) {
				t.Error("the compressed file gives another log")
			}
		})
	}
}

func zipped(t testing.TB, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	if _, err := zip.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What cannot be read at all is a problem at its place.
func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	long := updates + "zone: UTC\n"
	var rows strings.Builder
	rows.WriteString("id,at,opened,state\n")
	for i := range 5000 {
		fmt.Fprintf(&rows, "T%d,2026-12-03 10:%02d:%02d,2026-12-03 09:00:00,Work\n", i*7919%5000, i%60, i%59)
	}
	packed := zipped(t, []byte(rows.String()))
	damaged := bytes.Clone(packed)
	damaged[len(damaged)/2] ^= 0xff
	xes := `<log><trace><string key="concept:name" value="1"/><event><date key="time:timestamp" value="2026-12-03T10:00:00Z"/></event>`
	for _, row := range []struct{ name, mapping, file, want string }{
		{"a compressed file that was cut off", long, string(packed[:len(packed)*2/3]), `^file: line \d+, character \d+: the compressed data ends too early`},
		{"a compressed file that is damaged", long, string(damaged), `damaged|quotation mark|not text`},
		{"a file that was cut off within quotes", long, "id,at,opened,state\nA,2026-12-03 10:00:00,,\"Wo", `line 2, character 24: a quotation mark is never closed`},
		{"no such column", long, "id,at,opened,State\nA,,,\n", `there is no column "state" (did you mean "State"?)`},
		{"two columns of the name that is needed", long, "id,at,opened,state,at\nA,,,,\n", `there are two columns "at"`},
		{"a zone that nobody has declared", updates, "id,at,opened,state\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work\n", `line 2, column opened: "2026-12-03 09:00:00" does not say how far from UTC it is (declare the zone`},
		{"an empty file", long, "", `the file is empty`},
		{"an archive", long, "PK\x03\x04....", `ZIP archive`},
		{"lines of JSON that were cut off", "from: jsonl\nrows: updates\nticket: id\nat: at\n", `{"id": 1, "at": "2026-12-03T10:00:00Z"}` + "\n" + `{"id": 2, "at": "20`, `line 2: the file ends in the middle of an object`},
		{"no row with the name", "from: jsonl\nrows: updates\nticket: Id\nat: at\n", `{"id": 1, "at": "2026-12-03T10:00:00Z"}`, `no row has "Id"`},
		{"XES that was cut off", "from: xes\nrows: updates\nticket: case:concept:name\nat: time:timestamp\n", xes, `line 1: the file ends in the middle of the log`},
		{"XML that is no XES", "from: xes\nrows: updates\nticket: a\nat: b\n", "<html></html>", `begins with html, not with log`},
		{"text that is no XML", "from: xes\nrows: updates\nticket: a\nat: b\n", "id,at\n", `there is no log element`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			in := intake.New(intake.Options{})
			defer in.Close()
			err := mapped(t, row.mapping).Read(in, []intake.Source{source([]byte(row.file))})
			var problem *ticketlog.Problem
			if !errors.As(err, &problem) || !matches(row.want, err.Error()) {
				t.Errorf("the error is %v, want %s", err, row.want)
			}
		})
	}
}

// A mapping is checked before any file is opened.
func TestMappingsAreChecked(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ mapping, want string }{
		{"ticket: id\n", "which column holds when a ticket was opened"},
		{"rows: updates\nticket: id\nat: at\ntimes: {solved: solved}\n", "further times are for rows: tickets"},
		{"rows: events\nticket: id\nat: at\n", "which column tells what happened"},
		{"rows: updates\nticket: id\nat: at\nstatus: s\n", `what the words of "s" mean`},
		{"ticket: id\nopened: o\ndates: hello\n", `the layout "hello" does not hold a whole date`},
		{"ticket: id\nopened: o\nzone: Mars\n", `"Mars" is not a time zone`},
		{"ticket: id\nopened: o\ntimes: {x: replied after fortnights}\n", `"fortnights" is not a unit`},
		{"ticket: id\nopened: o\ntimes: {x: replied loudly}\n", `want an event, a status, or both`},
		{"ticket: id\nopened: o\nseparator: ab\n", `"ab" cannot part cells`},
		{"ticket: id\nopened: o\nfrom: xls\n", `"xls" is none of csv, jsonl, xes`},
		{"ticket: id\nopened: o\nchanel: via\n", `did you mean channel?`},
	} {
		_, err := eventlog.ReadMapping("m.yaml", []byte(row.mapping))
		var problems scenarios.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q gives %v, want %q", row.mapping, err, row.want)
		}
	}
	for _, name := range eventlog.Names() {
		text, err := eventlog.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		mapped(t, string(text))
	}
}

// A guess is a mapping that can be given back as it is, and reads what it was made of.
func TestAGuessIsAMapping(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, file string
		zone       *time.Location
		want       []string // lines
		story      []string
	}{
		{"updates", "number,incident_state,opened_at,sys_updated_at,resolved_at,priority,caller_id\nINC1,New,13/2/2016 9:00,13/2/2016 9:01,14/2/2016 10:00,3 - Moderate,Ada\nINC1,Awaiting User Info,13/2/2016 9:00,13/2/2016 9:30,14/2/2016 10:00,3 - Moderate,Ada\nINC1,Resolved,13/2/2016 9:00,14/2/2016 10:00,14/2/2016 10:00,3 - Moderate,?\n", time.UTC,
			[]string{"rows: updates", "ticket: number", "at: sys_updated_at", "opened: opened_at", "dates: 2/1/2006 15:04", "status: incident_state", "  Awaiting User Info: pending", "priority: priority", "account: caller_id", "missing: ['?']"},
			[]string{"INC1 2016-02-13 09:00 created new 3 - Moderate", "INC1 2016-02-13 09:01 note new 3 - Moderate", "INC1 2016-02-13 09:30 status pending 3 - Moderate", "INC1 2016-02-14 10:00 status solved 3 - Moderate"}},
		{"one row each", "Ticket ID;Created At;First Response;Resolved At;Channel\n1;2026-12-03T09:00:00Z;2026-12-03T09:10:00Z;2026-12-03T10:00:00Z;chat\n2;2026-12-03T09:00:00Z;;;chat\n", nil,
			[]string{"separator: ;", "rows: tickets", "ticket: Ticket ID", "opened: Created At", "  First Response: replied open", "  Resolved At: solved", "channel: Channel"},
			[]string{"1 2026-12-03 09:00 created new chat", "2 2026-12-03 09:00 created new chat", "1 2026-12-03 09:10 replied open chat", "1 2026-12-03 10:00 status solved chat"}},
		{"lines of JSON", `{"ticket_id": "A", "timestamp": "2026-12-03T09:00:00Z", "event": "created"}` + "\n" + `{"ticket_id": "A", "timestamp": "2026-12-03T09:30:00Z", "event": "agent replied"}` + "\n", nil,
			[]string{"from: jsonl", "rows: events", "  agent replied: replied"},
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 09:30 replied open"}},
		{"a process, of whose steps each is complete", `<log><trace><string key="concept:name" value="A"/>` +
			`<event><string key="concept:name" value="Create"/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2026-12-03T09:00:00Z"/></event>` +
			`<event><string key="concept:name" value="Wait"/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2026-12-03T09:30:00Z"/></event>` +
			`<event><string key="concept:name" value="Resolve ticket"/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2026-12-03T10:00:00Z"/></event></trace></log>`, nil,
			[]string{"from: xes", "status: concept:name", "  Resolve ticket: solved", "  Wait: on-hold"},
			[]string{"A 2026-12-03 09:00 created new", "A 2026-12-03 09:00 note new", "A 2026-12-03 09:30 status on-hold", "A 2026-12-03 10:00 status solved"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			text, err := eventlog.Guess(source([]byte(row.file)), row.zone)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range row.want {
				if !strings.Contains(string(text), "\n"+want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
			}
			if strings.Contains(string(text), "Ada") {
				t.Errorf("a person is shown:\n%s", text)
			}
			log, _, _ := imported(t, mapped(t, string(text)), []byte(row.file))
			if diff := cmp.Diff(row.story, story(log)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a guess does not know has to be filled in before anything is imported.
func TestAGuessThatLacksSomethingIsRefused(t *testing.T) {
	t.Parallel()
	text, err := eventlog.Guess(source([]byte("a,b\n1,2\n3,4\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = eventlog.ReadMapping("guess.yaml", text)
	for _, want := range []string{"which column names the ticket", "when a ticket was opened", "does not hold a whole date"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told: %v", want, err)
		}
	}
	text, err = eventlog.Guess(source([]byte("id,created at\n1,3/4/2026 10:00\n2,5/6/2026 11:00\n")), nil)
	if err != nil || !strings.Contains(string(text), "day and month may be the other way round (1/2/2006 15:04)") {
		t.Errorf("it is not said that day and month are not known: %v\n%s", err, text)
	}
	if _, err := eventlog.ReadMapping("guess.yaml", text); err == nil || !strings.Contains(err.Error(), "time zone") {
		t.Errorf("no zone is asked for: %v", err)
	}
}

func TestTheReplayOfATableRepeatsItsArrivals(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString("id,opened,solved,closed,replied,prio,kind,via\n")
	for i := range 500 {
		at := time.Date(2026, 3, 1, 0, i*i*37%40_000, 0, 0, time.UTC)
		fmt.Fprintf(&file, "%d,%s,,,,%d,\"kind: %d #\",=via%d\n", i, at.Format("2006-01-02 15:04:05"), i%4, i%7, i%3)
	}
	m := mapped(t, tickets+"zone: Europe/Berlin\npriority: prio\nissue: kind\nchannel: via\n")
	log, sum, in := imported(t, m, []byte(file.String()))
	if sum.Tickets != 500 || len(sum.Names.Issues) != 7 {
		t.Fatalf("%d tickets, %v", sum.Tickets, sum.Names)
	}
	repeats(t, m, log, sum, in)
}

// matches reports whether a text holds another, or matches it as an expression if it looks like one.
func matches(want, text string) bool {
	return strings.Contains(text, want) || regexp.MustCompile(want).MatchString(text)
}
