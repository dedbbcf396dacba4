package trace_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/trace"
)

func names() *ticket.Names {
	return &ticket.Names{
		Channels: []string{"email"}, Issues: []string{"=cmd|'/c calc'!A1"}, Tiers: []string{"gold"},
		Priorities: []string{"-high"}, Accounts: []string{"@acme"}, Teams: []string{"front"},
	}
}

func rows() []outcome.TicketTrace {
	a := outcome.TicketTrace{ID: 1, Created: time.Hour, Measured: true, Answered: 2 * time.Hour, Ended: -1, Status: ticket.Open, Team: ticket.NoTeam}
	a.Clocks[sla.FirstReply] = outcome.ClockTrace{Judged: 1, Late: 1, Elapsed: time.Hour, Within: time.Minute}
	b := outcome.TicketTrace{ID: 2, Class: ticket.Class{Account: ticket.Anonymous}, Answered: -1, Ended: -1}
	return []outcome.TicketTrace{a, b}
}

func at(d time.Duration) time.Time { return time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC).Add(d) }

func writeTickets(t *testing.T, w io.Writer, path string) {
	t.Helper()
	out, err := trace.NewWriter(w, path, trace.Tickets(names(), []sla.Metric{sla.FirstReply}, at))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows() {
		if err := out.Write(&row); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTicketsAreRowsWithUnitsInTheirHeads(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	writeTickets(t, &b, "tickets.csv")
	got, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ticket,created,created_s,measured,channel,issue,tier,priority,account,status,team,answered_after_s,ended_after_s,touches,reopenings,hand_offs,first_reply_clocks,first_reply_late,first_reply_undecided,first_reply_elapsed_s,first_reply_target_s",
		"t0000000000000001,2026-11-27T01:00:00Z,3600,1,email,'=cmd|'/c calc'!A1,gold,'-high,'@acme,open,,3600,,0,0,0,1,1,0,3600,60",
		"t0000000000000002,2026-11-27T00:00:00Z,0,0,email,'=cmd|'/c calc'!A1,gold,'-high,,new,front,,,0,0,0,0,0,0,,",
	}
	var lines []string
	for _, row := range got {
		lines = append(lines, strings.Join(row, ","))
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

func TestIntervalsKeepWhatTheirValuesWeigh(t *testing.T) {
	t.Parallel()
	c := &outcome.Catalog{Intervals: 2, Series: []outcome.Series{
		{Name: "backlog", Unit: outcome.UnitTickets},
		{Name: "breach_rate", Labels: outcome.Labels{Metric: "first_reply", Tier: "=gold"}, Unit: outcome.UnitShare},
	}}
	r := &outcome.Run{Series: []outcome.Track{{Num: []float64{3, 4}}, {Num: []float64{1, 0}, Den: []float64{4, 0}}}}
	var b bytes.Buffer
	out, err := trace.NewWriter(&b, "intervals.csv", trace.Intervals())
	if err != nil {
		t.Fatal(err)
	}
	if err := trace.EachInterval(c, r, time.Hour, at, out.Write); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	want := `series,metric,priority,tier,team,unit,interval_start,value,weight
backlog,,,,,tickets,2026-11-27T00:00:00Z,3,1
backlog,,,,,tickets,2026-11-27T01:00:00Z,4,1
breach_rate,first_reply,,'=gold,,share,2026-11-27T00:00:00Z,0.25,4
breach_rate,first_reply,,'=gold,,share,2026-11-27T01:00:00Z,,0
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAFileIsWrittenByItsExtension(t *testing.T) {
	t.Parallel()
	for path, begins := range map[string]string{"a.csv": "ticket,", "b.parquet": "PAR1"} {
		var b bytes.Buffer
		writeTickets(t, &b, path)
		if !strings.HasPrefix(b.String(), begins) {
			t.Errorf("%s begins with %.9q", path, b.String())
		}
	}
	if _, err := trace.NewWriter(io.Discard, "c.txt", trace.Intervals()); err == nil || trace.Known("c.txt") == nil {
		t.Error("a trace is written as text")
	}
}

// counted counts what a writer is given.
type counted struct{ bytes int }

func (c *counted) Write(p []byte) (int, error) { c.bytes += len(p); return len(p), nil }

// Rows go into the file as they come: what is in memory after six times as many is about as much.
func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	for _, path := range []string{"a.csv", "a.parquet"} {
		var file counted
		out, err := trace.NewWriter(&file, path, trace.Tickets(names(), []sla.Metric{sla.FirstReply}, at))
		if err != nil {
			t.Fatal(err)
		}
		row := rows()[0]
		write := func(n int) (heap uint64, bytes int) {
			for range n {
				row.ID++
				row.Created += 17 * time.Second
				if err := out.Write(&row); err != nil {
					t.Fatal(err)
				}
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return m.HeapAlloc, file.bytes
		}
		few, some := write(40_000)
		many, more := write(200_000)
		if some == 0 || more < 4*some {
			t.Errorf("%s: after 40,000 rows the file has %d bytes, after 240,000 %d", path, some, more)
		}
		if many > few+few/2+(8<<20) {
			t.Errorf("%s: %d bytes in memory after 40,000 rows, %d after 240,000", path, few, many)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
