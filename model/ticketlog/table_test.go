package ticketlog_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// lines writes rows for comparison, one text each.
func lines(rows []ticketlog.Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%d %s %s %s|%s|%s|%s|%s", r.Line, r.ID, r.Created.Format(time.RFC3339Nano),
			r.Channel, r.Issue, r.Tier, r.Priority, r.Account))
	}
	return out
}

func TestReadTable(t *testing.T) {
	t.Parallel()
	all := ticketlog.Mapping{ID: "id", Created: "opened", Channel: "via", Issue: "type", Tier: "plan", Priority: "prio", Account: "org"}
	with := func(change func(*ticketlog.Mapping)) ticketlog.Mapping {
		m := all
		change(&m)
		return m
	}
	tests := []struct {
		name    string
		mapping ticketlog.Mapping
		file    string
		want    []string
	}{
		{"every column, in any order, with others between", all,
			"org,x,prio,plan,type,via,opened,id\nacme,?,high,gold,refund,email,2026-01-02T03:04:05.25+01:00,7\n",
			[]string{"2 7 2026-01-02T02:04:05.25Z email|refund|gold|high|acme"}},
		{"only the time is needed", ticketlog.Mapping{Created: "opened"},
			"opened\n2026-01-02T03:04:05Z\n\n2026-01-02T03:04:06Z\n",
			[]string{"2 2 2026-01-02T03:04:05Z ||||", "4 4 2026-01-02T03:04:06Z ||||"}},
		{"a layout with the day first, in a zone", ticketlog.Mapping{ID: "id", Created: "opened", Layout: "2/1/2006 15:04", Zone: zone(t, "America/Sao_Paulo")},
			"id,opened\n1,29/2/2016 01:16\n2,3/12/2016 23:59\n", // daylight saving time in December
			[]string{"2 1 2016-02-29T01:16:00-03:00 ||||", "3 2 2016-12-03T23:59:00-02:00 ||||"}},
		{"seconds and their parts are kept in a local layout", ticketlog.Mapping{Created: "opened", Layout: "2006-01-02 15:04:05", Zone: zone(t, "Europe/Berlin")},
			"opened\n2026-07-01 12:34:56.789\n",
			[]string{"2 2 2026-07-01T12:34:56.789+02:00 ||||"}},
		{"a time that the clock skips moves forward", ticketlog.Mapping{Created: "opened", Layout: "2006-01-02 15:04:05", Zone: zone(t, "Europe/Berlin")},
			"opened\n2026-03-29 02:30:15\n",
			[]string{"2 2 2026-03-29T03:30:15+02:00 ||||"}},
		{"a time that comes twice is the first", ticketlog.Mapping{Created: "opened", Layout: "2006-01-02 15:04", Zone: zone(t, "America/New_York")},
			"opened\n2026-11-01 01:30\n",
			[]string{"2 2 2026-11-01T01:30:00-04:00 ||||"}},
		{"an offset in the layout beats the zone", ticketlog.Mapping{Created: "opened", Layout: "2006-01-02 15:04 -0700", Zone: zone(t, "Europe/Berlin")},
			"opened\n2026-01-02 03:04 -0500\n",
			[]string{"2 2 2026-01-02T09:04:00+01:00 ||||"}},
		{"letters of the zone's own are understood", ticketlog.Mapping{Created: "opened", Layout: "2006-01-02 15:04 MST", Zone: zone(t, "America/New_York")},
			"opened\n2026-11-01 01:30 EST\n2026-11-01 01:30 EDT\n2026-11-01 01:30 UTC\n",
			[]string{"2 2 2026-11-01T01:30:00-05:00 ||||", "3 3 2026-11-01T01:30:00-04:00 ||||", "4 4 2026-10-31T21:30:00-04:00 ||||"}},
		{"the first row of a ticket counts, wherever the others stand", with(func(m *ticketlog.Mapping) { m.Updates = true }),
			"id,opened,via,type,plan,prio,org\n" +
				"1,2026-01-01T00:00:00Z,email,a,gold,low,\n1,bad,chat,b,gold,high,\n2,2026-01-02T00:00:00Z,,,,,\n1,,,,,,\n1,,,,,,\n2,,,,,,\n",
			[]string{"2 1 2026-01-01T00:00:00Z email|a|gold|low|", "4 2 2026-01-02T00:00:00Z ||||"}},
		{"missing words are empty", with(func(m *ticketlog.Mapping) { m.Missing = []string{"?", "NULL"} }),
			"id,opened,via,type,plan,prio,org\n1,2026-01-01T00:00:00Z,?,NULL,,null, ? \n",
			[]string{"2 1 2026-01-01T00:00:00Z |||null|"}},
		{"only the rows that are asked for", with(func(m *ticketlog.Mapping) { m.Where = ticketlog.Filter{Column: "kind", Value: "incident"} }),
			"kind,id,opened,via,type,plan,prio,org\nincident,1,2026-01-01T00:00:00Z,,,,,\nrequest,1,bad,,,,,\n incident ,2,2026-01-01T00:00:00Z,,,,,\n",
			[]string{"2 1 2026-01-01T00:00:00Z ||||", "4 2 2026-01-01T00:00:00Z ||||"}},
		{"semicolons, quotes, space and the shields of spreadsheets", with(func(m *ticketlog.Mapping) { m.Comma = ';' }),
			"\xef\xbb\xbfid; opened ;via;type;plan;prio;org\r\n\"1\"; 2026-01-01T00:00:00Z;'-x;\"a;\"\"b\"\"\";'tis; high ;\"two\nlines\"\r\n2;2026-01-01T00:00:00Z;;;;;\r\n",
			[]string{"2 1 2026-01-01T00:00:00Z -x|a;\"b\"|'tis|high|two\nlines", "4 2 2026-01-01T00:00:00Z ||||"}},
		{"tabs", ticketlog.Mapping{ID: "id", Created: "opened", Comma: '\t'},
			"id\topened\n1\t2026-01-01T00:00:00Z\n",
			[]string{"2 1 2026-01-01T00:00:00Z ||||"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, file := range []string{tt.file, zip(tt.file)} {
				rows, problems, err := ticketlog.ReadTable(strings.NewReader(file), tt.mapping)
				if err != nil || problems.Err() != nil {
					t.Fatalf("%v; problems: %v", err, problems.Err())
				}
				if diff := cmp.Diff(tt.want, lines(rows)); diff != "" {
					t.Errorf("rows (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestReadTableProblems(t *testing.T) {
	t.Parallel()
	plain := ticketlog.Mapping{ID: "id", Created: "opened_at", Priority: "prio", Layout: "2/1/2006 15:04"}
	with := func(change func(*ticketlog.Mapping)) ticketlog.Mapping {
		m := plain
		change(&m)
		return m
	}
	const head = "id,opened_at,prio\n"
	tests := []struct {
		name    string
		mapping ticketlog.Mapping
		file    string
		want    string // all problems, one a line
	}{
		{"an unreadable date", plain, head + "1,2016-02-29,low\n2,29/2/2016 01:16,low\n",
			`line 2, character 3, column opened_at: "2016-02-29": not a date and time as the layout has it (want 23/11/2017 14:35)`},
		{"a date with day and month the other way round", plain, head + "1,2/29/2016 01:16,low\n",
			`line 2, character 3, column opened_at: "2/29/2016 01:16": there is no such date or time (want 23/11/2017 14:35; are day and month the other way round?)`},
		{"a day that does not exist", plain, head + "1,29/2/2015 01:16,low\n",
			`line 2, character 3, column opened_at: "29/2/2015 01:16": there is no such date or time (want 23/11/2017 14:35; are day and month the other way round?)`},
		{"no date", with(func(m *ticketlog.Mapping) { m.Missing = []string{"?"} }), head + "1,?,low\n2,,low\n",
			`line 2, character 3, column opened_at: "?": every ticket needs the time at which it came` + "\n" +
				`line 3, character 3, column opened_at: "": every ticket needs the time at which it came`},
		{"no id", plain, head + ",29/2/2016 01:16,low\n",
			`line 2, character 1, column id: "": the ticket has no id`},
		{"an id twice", plain, head + "7,29/2/2016 01:16,low\n8,29/2/2016 01:16,low\n7,29/2/2016 01:17,low\n",
			`line 4, character 1, column id: "7": the ticket is already on line 2 (say so if the table has a row for every update of a ticket)`},
		{"missing columns, all of them, with the nearest", plain, "nr,openedat,Prio\n1,2,3\n",
			`line 1, column id: there is no column "id" (did you mean "nr"?)` + "\n" +
				`line 1, column opened_at: there is no column "opened_at" (did you mean "openedat"?)` + "\n" +
				`line 1, column prio: there is no column "prio" (did you mean "Prio"?)`},
		{"the wrong separator", plain, "id;opened_at;prio\n1;2;3\n",
			`line 1, column id: there is no column "id" (the columns seem to be parted by ";")` + "\n" +
				`line 1, column opened_at: there is no column "opened_at" (the columns seem to be parted by ";")` + "\n" +
				`line 1, column prio: there is no column "prio" (the columns seem to be parted by ";")`},
		{"a column twice", plain, "id,opened_at,prio,id\n1,29/2/2016 01:16,low,2\n",
			`line 1, column id: there are two columns "id" (the columns 1 and 4 of the table)`},
		{"rows of other lengths", plain, head + "1,29/2/2016 01:16\n2,29/2/2016 01:16,low,x\n",
			"line 2: the row has 2 cells, the header has 3 (a cell that holds the separator must be quoted)\n" +
				"line 3: the row has 4 cells, the header has 3 (a cell that holds the separator must be quoted)"},
		{"cells that are not UTF-8", plain, head + "1,29/2/2016 01:16,h\xf6ch\n\xe4,29/2/2016 01:16,low\n",
			"line 2, character 19, column prio: \"h\\xf6ch\": the cell is not UTF-8 (save the file as CSV in UTF-8)\n" +
				"line 3, character 1, column id: \"\\xe4\": the cell is not UTF-8 (save the file as CSV in UTF-8)"},
		{"characters are counted, not bytes, and lines inside quotes too", plain, head + "\"ö\nö\",\"x\",low\n",
			`line 3, character 4, column opened_at: "x": not a date and time as the layout has it (want 23/11/2017 14:35)`},
		{"letters that name no zone", with(func(m *ticketlog.Mapping) { m.Layout = "2006-01-02 15:04 MST" }), head + "1,2016-02-29 01:16 PST,low\n",
			`line 2, character 3, column opened_at: "2016-02-29 01:16 PST": the letters PST do not say how far from UTC the time is (name the zone in the mapping, or write an offset)`},
		{"a long cell is cut in the message", plain, head + "1," + strings.Repeat("ab", 40) + ",low\n",
			`line 2, character 3, column opened_at: "ababababababababababababababababababababababababababababababababababababababab` + "\x00"},
		{"a faulty row", plain, head + "1,29/2/2016 01:16,\"low\"x\n2,29/2/2016 01:16,low\n",
			"line 2, character 24: text after a closing quotation mark (write a quotation mark within a cell twice)"},
		{"an empty file", plain, "", "the file is empty"},
		{"a header alone", plain, head, "there is no row under the header"},
		{"nothing that is asked for", with(func(m *ticketlog.Mapping) { m.Where = ticketlog.Filter{Column: "prio", Value: "high"} }), head + "1,29/2/2016 01:16,low\n",
			`no row has "high" in the column "prio"`},
		{"a quotation mark that is never closed", plain, head + "1,\"29/2/2016 01:16,low\n",
			"line 2, character 3: a quotation mark is never closed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, problems, err := ticketlog.ReadTable(strings.NewReader(tt.file), tt.mapping)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if p := problems.Err(); p != nil {
				got = p.Error()
			}
			if cut, ok := strings.CutSuffix(tt.want, "\x00"); ok {
				if len([]rune(got)) > 200 || !strings.HasPrefix(got, cut[:60]) || !strings.Contains(got, "…") {
					t.Errorf("got %s", got)
				}
				return
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestReadTableListsTwentyProblemsAndCountsTheRest(t *testing.T) {
	t.Parallel()
	file := "opened\n" + strings.Repeat("bad\n", 1000) + "2026-01-01T00:00:00Z\n"
	rows, problems, err := ticketlog.ReadTable(strings.NewReader(file), ticketlog.Mapping{Created: "opened"})
	if err != nil {
		t.Fatal(err)
	}
	if len(problems.List) != 20 || problems.More != 980 || len(rows) != 1 {
		t.Errorf("%d problems, %d more, %d rows; want 20, 980, 1", len(problems.List), problems.More, len(rows))
	}
	if last := problems.List[19]; last.Line != 21 || last.Col != 1 || last.Column != "opened" {
		t.Errorf("the twentieth is %+v", last)
	}
}

func TestReadTableTellsABrokenSourceFromABrokenFile(t *testing.T) {
	t.Parallel()
	mapping := ticketlog.Mapping{Created: "opened"}
	file := "opened\n" + strings.Repeat("2026-01-01T00:00:00Z\n", 10_000)
	packed := zip(file)

	for _, head := range []string{"", file, packed[:1], packed[:8], packed[:len(packed)/2]} {
		_, problems, err := ticketlog.ReadTable(io.MultiReader(strings.NewReader(head), &failing{}), mapping)
		if !errors.Is(err, errBroken) || problems.Err() != nil {
			t.Errorf("after %d bytes of a broken source: error %v, problems %v", len(head), err, problems.Err())
		}
	}
	damaged := []byte(packed)
	damaged[len(damaged)-6] ^= 1 // in the checksum
	garbled := []byte(packed)
	garbled[12] = 0xff
	for _, tt := range []struct{ name, file, want string }{
		{"cut off in the head", packed[:5], "cut off"},
		{"cut off in the middle", packed[:len(packed)/2], "cut off"},
		{"cut off in the checksum", packed[:len(packed)-3], "cut off"},
		{"a wrong checksum", string(damaged), "damaged"},
		{"garbled", string(garbled), "damaged"},
	} {
		_, problems, err := ticketlog.ReadTable(strings.NewReader(tt.file), mapping)
		if err != nil || problems.Err() == nil || !strings.Contains(problems.Error(), tt.want) {
			t.Errorf("%s: error %v, problems %v", tt.name, err, problems.Err())
		}
	}
}

func TestMappingCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		mapping ticketlog.Mapping
		want    string
	}{
		{"no time", ticketlog.Mapping{}, "must name the column that says when"},
		{"updates of nobody", ticketlog.Mapping{Created: "at", Updates: true}, "must name the column of the ticket's id"},
		{"a quotation mark between cells", ticketlog.Mapping{Created: "at", Comma: '"'}, "cannot part cells"},
		{"a line end between cells", ticketlog.Mapping{Created: "at", Comma: '\n'}, "cannot part cells"},
		{"a character beyond ASCII", ticketlog.Mapping{Created: "at", Comma: '；'}, "cannot part cells"},
		{"a layout of another language", ticketlog.Mapping{Created: "at", Layout: "YYYY-MM-DD HH:mm"}, "does not hold a whole date"},
		{"a layout without year", ticketlog.Mapping{Created: "at", Layout: "02/01 15:04"}, "does not hold a whole date"},
		{"a condition on no column", ticketlog.Mapping{Created: "at", Where: ticketlog.Filter{Value: "x"}}, "names no column"},
	} {
		_, _, err := ticketlog.ReadTable(strings.NewReader("at\n2026-01-01T00:00:00Z\n"), tt.mapping)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one that says %q", tt.name, err, tt.want)
		}
	}
	for _, layout := range []string{"", time.RFC1123Z, time.ANSIC, "2/1/06 3:04 PM", "Jan 2, 2006 at 3:04pm", "20060102150405"} {
		m := ticketlog.Mapping{Created: "at", Layout: layout}
		if err := m.Check(); err != nil {
			t.Errorf("layout %q: %v", layout, err)
		}
	}
}

func TestALogIsATable(t *testing.T) {
	t.Parallel()
	names := words()
	names.Issues[0] = "=cmd" // shielded in the file
	x := blackFriday(t)
	class := ticket.Class{Account: ticket.Anonymous}
	file := write(t, names, x,
		ticket.Event{Ticket: 9, At: 1, Kind: ticket.Replied, Class: class, Team: 0, Agent: 1}, // came before the log
		ticket.Event{Ticket: 1, At: 2*time.Hour + 1, Kind: ticket.Created, Class: class, Team: ticket.NoTeam, Agent: -1},
		ticket.Event{Ticket: 2, At: 3 * time.Hour, Kind: ticket.Created, Class: ticket.Class{Channel: 1, Issue: 1, Priority: 1}, Team: ticket.NoTeam, Agent: -1},
		ticket.Event{Ticket: 1, At: 4 * time.Hour, Kind: ticket.Message, Class: class, Team: ticket.NoTeam, Agent: -1},
	)
	mapping := ticketlog.Native()
	mapping.Zone = x.Origin.Location()
	rows, problems, err := ticketlog.ReadTable(strings.NewReader(file), mapping)
	if err != nil || problems.Err() != nil {
		t.Fatal(err, problems.Err())
	}
	want := []string{
		"3 t0000000000000001 2026-11-27T02:00:00.000000001-05:00 email|=cmd|gold|high|",
		"4 t0000000000000002 2026-11-27T03:00:00-05:00 chat|login|gold|low|acme",
	}
	if diff := cmp.Diff(want, lines(rows)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if id, ok := ticketlog.ParseID(rows[0].ID); !ok || id != 1 || x.Since(rows[0].Created) != 2*time.Hour+1 {
		t.Errorf("the replay would have ticket %d at %v", id, x.Since(rows[0].Created))
	}
}

// TestOnlyTheRowsKeptTakeMemory: a hundred times as many updates must not allocate
// more, so reading allocates nothing for a row that does not count.
func TestOnlyTheRowsKeptTakeMemory(t *testing.T) {
	mapping := ticketlog.Mapping{ID: "id", Created: "opened", Channel: "via", Updates: true}
	allocations := func(updates int) float64 {
		file := "id,opened,via,text\n" + strings.Repeat("7,2026-01-01T00:00:00Z,email,\"quoted, as some are\"\n", updates)
		in := strings.NewReader(file)
		return testing.AllocsPerRun(5, func() {
			in.Reset(file)
			rows, problems, err := ticketlog.ReadTable(in, mapping)
			if len(rows) != 1 || problems.Err() != nil || err != nil {
				t.Error(len(rows), problems.Err(), err)
			}
		})
	}
	if few, many := allocations(10), allocations(1000); many > few {
		t.Errorf("%v allocations for 1,000 rows of a ticket, %v for 10", many, few)
	}
}
