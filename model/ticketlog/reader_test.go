package ticketlog_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

func TestReaderProblems(t *testing.T) {
	t.Parallel()
	const good = "t00000000000000a7,2026-11-27T09:00:00-05:00,created,new,email,refund,gold,high,,,\n"
	tests := []struct {
		name, file string
		want       []string // what Read gives, one after the other
	}{
		{"rows with a problem are passed over, and reading goes on",
			header + good + strings.Replace(good, "t0", "x0", 1) + good,
			[]string{"event", `line 3, character 1, column ticket: "x0000000000000" and so on`, "event"}},
		{"an id in capital letters", header + strings.Replace(good, "a7", "A7", 1),
			[]string{`line 2, character 1, column ticket: "t00000000000000A7": want t and 16 hexadecimal digits`}},
		{"a time without offset", header + strings.Replace(good, "-05:00", "", 1),
			[]string{`line 2, character 19, column at: "2026-11-27T09:00:00": want an instant in RFC 3339, such as 2026-11-27T09:00:00-05:00`}},
		{"a time far away", header + strings.Replace(good, "2026", "0026", 1),
			[]string{`line 2, character 19, column at: "0026-11-27T09:00:00-05:00": more than 292 years from the scenario's start`}},
		{"an unknown event", header + strings.Replace(good, "created", "create", 1),
			[]string{`line 2, character 45, column event: "create": not an event`}},
		{"an unknown status", header + strings.Replace(good, "new", "fresh", 1),
			[]string{`line 2, character 53, column status: "fresh": not a status`}},
		{"a channel that is nearly one", header + strings.Replace(good, "email", "e-mail", 1),
			[]string{`line 2, character 57, column channel: "e-mail": no such channel (did you mean "email"?)`}},
		{"a channel that is none", header + strings.Replace(good, "email", "fax machine", 1),
			[]string{`line 2, character 57, column channel: "fax machine": no such channel (known: email, chat)`}},
		{"no channel", header + strings.Replace(good, "email", "", 1),
			[]string{`line 2, character 57, column channel: "": want a name`}},
		{"a tier that is not UTF-8", header + strings.Replace(good, "gold", "\xff", 1),
			[]string{"line 2, character 70, column tier: \"\\xff\": the cell is not UTF-8"}},
		{"an agent with a name", header + strings.Replace(good, ",,,", ",,,ann", 1),
			[]string{`line 2, character 82, column agent: "ann": want a number, or nothing`}},
		{"an agent beyond 31 bits", header + strings.Replace(good, ",,,", ",,,2147483648", 1),
			[]string{`line 2, character 82, column agent: "2147483648": want a number, or nothing`}},
		{"a row with too few cells", header + "a,b\n" + good,
			[]string{"line 2: the row has 2 cells, the header has 11 (a cell that holds the separator must be quoted)", "event"}},
		{"a missing column", strings.Replace(header, "status,", "", 1),
			[]string{`line 1, column status: there is no column "status" (known: ticket, at, event, channel, issue, tier, priority, account, team, agent)`}},
		{"a column twice", strings.Replace(header, "agent", "tier", 1),
			[]string{`line 1, column tier: there are two columns "tier" (the columns 7 and 11 of the table)`}},
		{"semicolons", strings.ReplaceAll(header, ",", ";"),
			[]string{`line 1, column ticket: there is no column "ticket" (the columns seem to be parted by ";")`}},
		{"an empty file", "", []string{"the file is empty"}},
		{"blank lines", "\n\n", []string{"the file has nothing but blank lines"}},
		{"a header that is not UTF-8", "\xffticket," + header, []string{"line 1, character 1: the name of a column is not UTF-8 (save the file as CSV in UTF-8)"}},
		{"a header with a fault", "a\"b\n", []string{"line 1, character 2: a quotation mark inside a cell that does not begin with one (quote the whole cell, and write a quotation mark within it twice)"}},
		{"a binary file", "ticket\x00,at\n", []string{"line 1, character 1: the file is not text"}},
		{"line ends of an old Macintosh", strings.ReplaceAll(header+good, "\n", "\r"),
			[]string{"line 1, character 65: the lines end in a carriage return alone (save the file with LF or CRLF line ends)"}},
		{"compressed data that is cut off", zip(header + strings.Repeat(good, 3))[:60],
			[]string{"cut off"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := ticketlog.NewReader(strings.NewReader(tt.file), words(), blackFriday(t))
			for i, want := range tt.want {
				_, err := r.Read()
				var p *ticketlog.Problem
				switch {
				case want == "event":
					if err != nil {
						t.Errorf("read %d gives %v, want an event", i, err)
					}
				case !errors.As(err, &p):
					t.Errorf("read %d gives %v, want a problem", i, err)
				case want == "cut off":
					if !strings.HasSuffix(err.Error(), "the compressed data ends too early: the file was cut off") {
						t.Errorf("read %d gives %v", i, err)
					}
				case strings.HasSuffix(want, " and so on"):
					if !strings.HasPrefix(err.Error(), strings.TrimSuffix(want, `" and so on`)) {
						t.Errorf("read %d gives %v, want %v", i, err, want)
					}
				case err.Error() != want:
					t.Errorf("read %d gives\n%v, want\n%v", i, err, want)
				}
			}
		})
	}
}

func TestReaderGoesByTheNamesOfColumns(t *testing.T) {
	t.Parallel()
	file := "agent,note,ticket,at,event,status,channel,issue,tier,priority,account,team\r\n" +
		"7,\"new, and unknown\",t0000000000000001,2026-11-27T15:00:00+01:00,replied,solved,chat,login,gold,low,acme,front\r\n"
	got := read(t, file, words(), blackFriday(t))
	want := []ticket.Event{{Ticket: 1, At: 9 * time.Hour, Kind: ticket.Replied, Status: ticket.Solved,
		Class: ticket.Class{Channel: 1, Issue: 1, Priority: 1}, Agent: 7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestReaderStopsForGood(t *testing.T) {
	t.Parallel()
	bad := io.MultiReader(strings.NewReader(header), &failing{})
	r := ticketlog.NewReader(bad, words(), blackFriday(t))
	for range 3 {
		if _, err := r.Read(); !errors.Is(err, errBroken) {
			t.Errorf("got %v, want the source's error", err)
		}
	}
	count := 0
	for _, err := range ticketlog.NewReader(strings.NewReader("a,b\n1,2\n"), words(), blackFriday(t)).All() {
		if count++; err == nil || count > 1 {
			t.Fatalf("iteration %d gives %v", count, err)
		}
	}
	r = ticketlog.NewReader(strings.NewReader(header), words(), blackFriday(t))
	for range 3 {
		if _, err := r.Read(); err != io.EOF {
			t.Errorf("got %v, want the end", err)
		}
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errBroken }

func TestReaderCollectsNoMoreNamesThanFit(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(header)
	for i := range 257 {
		fmt.Fprintf(&b, "t%016x,2026-11-27T09:00:00-05:00,created,new,channel %d,refund,gold,high,,,\n", i, i)
	}
	r := ticketlog.NewReader(strings.NewReader(b.String()), nil, blackFriday(t))
	good, bad := 0, []string{}
	for _, err := range r.All() {
		if err != nil {
			bad = append(bad, err.Error())
		} else {
			good++
		}
	}
	if good != 256 || len(bad) != 1 || !strings.Contains(bad[0], "line 258") {
		t.Errorf("%d events and problems %q", good, bad)
	}
	if n := len(r.Names().Channels); n != 256 {
		t.Errorf("%d channels", n)
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		id := ticket.ID(rapid.Uint64().Draw(r, "id"))
		if got, ok := ticketlog.ParseID(ticketlog.FormatID(id)); !ok || got != id {
			r.Fatalf("%d is written %q and read %d, %v", id, ticketlog.FormatID(id), got, ok)
		}
	})
	ids := []string{ticketlog.FormatID(0), ticketlog.FormatID(9), ticketlog.FormatID(10), ticketlog.FormatID(1 << 60)}
	if !slices.IsSorted(ids) {
		t.Errorf("%q do not sort as numbers do", ids)
	}
	for _, text := range []string{"", "t", "0000000000000001", "t000000000000001", "t00000000000000001", "t000000000000000g", "T0000000000000001", "t+00000000000001"} {
		if id, ok := ticketlog.ParseID(text); ok {
			t.Errorf("%q was read as %d", text, id)
		}
	}
}

// Cells after the last that is wanted are not cut, and a row with too many or too few of them is told all the same, quoted or not.
func TestRowsOfWhichFewCellsAreWantedHaveTheSameCellsAndFaults(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(1, 12).Draw(r, "columns")
		var file strings.Builder
		for i := range width {
			fmt.Fprintf(&file, ",c%d", i)
		}
		text := file.String()[1:] + "\n"
		for range rapid.IntRange(0, 12).Draw(r, "rows") {
			n := max(1, width+rapid.SampledFrom([]int{0, 0, 0, -1, 1}).Draw(r, "more"))
			cells := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "long enough for two words", `"b,c"`, "'=x"}), n, n).Draw(r, "cells")
			text += strings.Join(cells, ",") + "\n"
		}
		want := rapid.SliceOfN(rapid.IntRange(0, width-1), 1, 4).Draw(r, "wanted")
		all, err := ticketlog.NewRows(strings.NewReader(text), ',')
		if err != nil {
			r.Fatal(err)
		}
		few, err := ticketlog.NewRows(strings.NewReader(text), ',')
		if err != nil {
			r.Fatal(err)
		}
		few.Only(want)
		for all.Next() {
			if !few.Next() {
				r.Fatalf("%q: fewer rows", text)
			}
			if p, q := all.Fault(), few.Fault(); (p == nil) != (q == nil) || p != nil && *p != *q {
				r.Fatalf("%q: %v, want %v", text, q, p)
			} else if p != nil {
				continue
			}
			for _, i := range want {
				if string(few.Cell(i)) != string(all.Cell(i)) {
					r.Fatalf("%q: cell %d is %q, want %q", text, i, few.Cell(i), all.Cell(i))
				}
			}
		}
		if few.Next() || few.Err() != nil || all.Err() != nil {
			r.Fatalf("%q: %v and %v", text, few.Err(), all.Err())
		}
	})
}
