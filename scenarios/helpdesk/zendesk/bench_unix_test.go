//go:build unix

package zendesk_test

import (
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// BenchmarkImport reports rows per second of all cores together, of a warehouse (CSV) and of the interface (JSON): tickets and
// what happened to them, five rows for each ticket.
func BenchmarkImport(b *testing.B) {
	const tickets = 40_000
	var table, history, list, audits strings.Builder
	table.WriteString("id,requester_id,status,created_at,updated_at,group_id,priority,type,via_channel\n")
	history.WriteString("field_name,ticket_id,updated,user_id,value\n")
	list.WriteString(`{"tickets":[`)
	audits.WriteString(`{"audits":[`)
	comma := ""
	for i := range tickets {
		at := time.Date(2026, 3, 2, 0, i, 0, 0, time.UTC)
		fmt.Fprintf(&table, "%d,%d,solved,%s,%s,%d,normal,question,email\n", i, i%900, at.Format(time.DateTime), at.Format(time.DateTime), i%9)
		fmt.Fprintf(&list, `%s{"id":%d,"requester_id":%d,"status":"solved","created_at":%q,"updated_at":%q,"group_id":%d,"priority":"normal","type":"question","via":{"channel":"email"}}`,
			comma, i, i%900, at.Format(time.RFC3339), at.Format(time.RFC3339), i%9)
		for k, status := range [4]string{"new", "open", "pending", "solved"} {
			then := at.Add(time.Duration(k) * time.Hour)
			fmt.Fprintf(&history, "status,%d,%s,%d,%s\n", i, then.Format(time.DateTime), i%40, status)
			fmt.Fprintf(&audits, `%s{"id":%d,"ticket_id":%d,"created_at":%q,"author_id":%d,"events":[{"id":1,"type":"Change","field_name":"status","value":%q,"previous_value":"new"}]}`,
				comma, 4*i+k, i, then.Format(time.RFC3339), i%40, status)
			comma = ","
		}
	}
	list.WriteString("]}")
	audits.WriteString("]}")
	for name, files := range map[string][]intake.Source{
		"warehouse": {rehearsal.Text("ticket.csv", table.String()), rehearsal.Text("ticket_field_history.csv", history.String())},
		"interface": {rehearsal.Text("tickets.json", list.String()), rehearsal.Text("audits.json", audits.String())},
	} {
		b.Run(name, func(b *testing.B) {
			spent := -cpu(b)
			for b.Loop() {
				in := intake.New(intake.Options{TempDir: b.TempDir()})
				if err := zendesk.Format.Read(in, files); err != nil {
					b.Fatal(err)
				}
				sum, err := in.WriteLog(io.Discard)
				if err != nil || sum.Tickets != tickets {
					b.Fatalf("%+v %v", sum, err)
				}
				in.Close()
			}
			spent += cpu(b)
			b.ReportMetric(5*tickets*float64(b.N)/spent.Seconds(), "rows/cpu-s")
		})
	}
}

func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
