package ticketlog_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// rate reports rows per second of a benchmark.
func rate(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkReadTable reads a table of 36 columns and about 330 bytes a row.
func BenchmarkReadTable(b *testing.B) {
	var head, tail strings.Builder
	for i := range 33 {
		fmt.Fprintf(&head, ",column_%d", i)
		fmt.Fprintf(&tail, ",value %d", i%4)
	}
	file := strings.Builder{}
	file.WriteString("number,opened_at,priority" + head.String() + "\n")
	const rows = 100_000
	for i := range rows {
		fmt.Fprintf(&file, "INC%07d,%d/%d/2016 %02d:%02d,%d - Moderate%s\n", i, i%28+1, i%12+1, i%24, i%60, i%4, tail.String())
	}
	text := file.String()
	for _, bench := range []struct {
		name string
		id   string
		many bool
	}{{"every row a ticket", "number", false}, {"every row an update", "column_3", true}} {
		b.Run(strings.ReplaceAll(bench.name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				kept, problems, err := ticketlog.ReadTable(strings.NewReader(text), ticketlog.Mapping{
					ID: bench.id, Created: "opened_at", Priority: "priority", Layout: "2/1/2006 15:04", Updates: bench.many})
				if err != nil || problems.Err() != nil || len(kept) == 0 {
					b.Fatal(err, problems.Err())
				}
			}
			rate(b, rows)
		})
	}
}

func BenchmarkLog(b *testing.B) {
	names, x := words(), calendar.Axis{Origin: time.Date(2026, 11, 27, 0, 0, 0, 0, zone(b, "America/New_York"))}
	const rows = 100_000
	event := func(i int) ticket.Event {
		return ticket.Event{Ticket: ticket.ID(i), At: time.Duration(i) * 1_234_567_891, Kind: ticket.Replied, Status: ticket.Open,
			Class: ticket.Class{Channel: 1, Account: 0}, Team: 1, Agent: int32(i % 40)}
	}
	var file bytes.Buffer
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			file.Reset()
			w, err := ticketlog.NewWriter(&file, names, x)
			if err != nil {
				b.Fatal(err)
			}
			for i := range rows {
				if err := w.Write(event(i)); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				b.Fatal(err)
			}
		}
		rate(b, rows)
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := ticketlog.NewReader(bytes.NewReader(file.Bytes()), names, x)
			for _, err := range r.All() {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		rate(b, rows)
	})
	runtime.KeepAlive(file)
}
