package trace_test

import (
	"bytes"
	"encoding/csv"
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

func TestTicketsAreRowsWithUnitsInTheirHeads(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := trace.WriteCSV(&b, trace.Tickets(rows(), names(), at)); err != nil {
		t.Fatal(err)
	}
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
	if err := trace.WriteCSV(&b, trace.Intervals(c, r, time.Hour, at)); err != nil {
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
		write, err := trace.Writer(path)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := write(&b, trace.Tickets(rows(), names(), at)); err != nil || !strings.HasPrefix(b.String(), begins) {
			t.Errorf("%s begins with %.9q, %v", path, b.String(), err)
		}
	}
	if _, err := trace.Writer("c.txt"); err == nil {
		t.Error("a trace is written as text")
	}
}
