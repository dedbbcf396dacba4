//go:build unix

package eventlog_test

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// generated is a file that stands on no disk: an incident log of 36 columns and about 330 bytes a row, of
// which the tickets have five rows each. Mixed, the rows are in the order of time, so that those of a ticket
// lie far apart; else those of a ticket stand together.
type generated struct {
	rows  int
	mixed bool

	row  int
	buf  []byte // what has not been read of the last row
	last []byte
	heap uint64 // the most that was in use at any time
	size int64
}

const perTicket = 5

var stages = [perTicket]string{"New", "Active", "Awaiting User Info", "Active", "Resolved"}

func (g *generated) Read(b []byte) (int, error) {
	for len(g.buf) == 0 {
		if g.row > g.rows {
			return 0, io.EOF
		}
		if g.row%65536 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			g.heap = max(g.heap, m.HeapInuse)
		}
		g.last = g.next(g.last[:0])
		g.buf = g.last
		g.row++
	}
	n := copy(b, g.buf)
	g.buf = g.buf[n:]
	g.size += int64(n)
	return n, nil
}

func (g *generated) next(b []byte) []byte {
	if g.row == 0 {
		b = append(b, "number,incident_state,sys_updated_at,opened_at,contact_type,category,priority,caller_id,assignment_group,sys_updated_by"...)
		for i := range 26 {
			b = fmt.Appendf(b, ",column_%d", i)
		}
		return append(b, '\n')
	}
	i := g.row - 1
	of, stage := i/perTicket, i%perTicket
	if g.mixed {
		// At any time about a thousand tickets are open.
		block := 1000 * perTicket
		of, stage = i/block*1000+i%1000, i%block/1000
	}
	opened := time.Date(2016, 1, 1, 0, of, 0, 0, time.UTC)
	at := opened.Add(time.Duration(stage*stage) * time.Hour)
	b = append(append(appendNumber(append(b, "INC"...), of, 7), ','), stages[stage]...)
	b = appendMinute(append(b, ','), at)
	b = appendMinute(append(b, ','), opened)
	b = strconv.AppendInt(append(b, ",Phone,Category "...), int64(of%50), 10)
	b = strconv.AppendInt(append(b, ','), int64(of%4), 10)
	b = strconv.AppendInt(append(b, " - Moderate,Caller "...), int64(of%5000), 10)
	b = strconv.AppendInt(append(b, ",Group "...), int64(i%70), 10)
	b = strconv.AppendInt(append(b, ",Updated by "...), int64(i%200), 10)
	return append(b, restOfRow...)
}

var restOfRow = strings.Repeat(",value x", 26) + "\n"

// appendNumber appends a number with zeros before it.
func appendNumber(b []byte, n, digits int) []byte {
	for p := int(math.Pow10(digits - 1)); p > 0; p /= 10 {
		b = append(b, byte('0'+n/p%10))
	}
	return b
}

// appendMinute appends a time as 2/1/2006 15:04.
func appendMinute(b []byte, at time.Time) []byte {
	year, month, day := at.Date()
	b = append(strconv.AppendInt(b, int64(day), 10), '/')
	b = append(strconv.AppendInt(b, int64(month), 10), '/')
	b = append(strconv.AppendInt(b, int64(year), 10), ' ')
	return appendNumber(append(appendNumber(b, at.Hour(), 2), ':'), at.Minute(), 2)
}

func (g *generated) Close() error { return nil }

// importOf imports what is generated, and throws the log away.
func importOf(t testing.TB, g *generated) *intake.Summary {
	text, err := eventlog.Text("servicenow-incident-log")
	if err != nil {
		t.Fatal(err)
	}
	in := intake.New(intake.Options{TempDir: t.TempDir()})
	defer in.Close()
	m := mapped(t, string(text))
	if err := m.Read(in, []intake.Source{{Name: "generated", Open: func() (io.ReadCloser, error) { return g, nil }}}); err != nil {
		t.Fatal(err)
	}
	sum, err := in.WriteLog(&watched{g: g})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// watched looks at the memory while the log is written.
type watched struct {
	g *generated
	n int
}

func (w *watched) Write(b []byte) (int, error) {
	if w.n++; w.n%256 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.g.heap = max(w.g.heap, m.HeapInuse)
	}
	return len(b), nil
}

func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkImport reports rows per second of all cores together, and the most memory in use. The cost of
// generating is taken off: it is measured by reading once more. The gigabyte is a stream.
func BenchmarkImport(b *testing.B) {
	for _, bench := range []struct {
		name string
		of   generated
	}{
		{"by-ticket", generated{rows: 500_000}},
		{"by-time", generated{rows: 500_000, mixed: true}},
		{"gigabyte", generated{rows: 3_300_000, mixed: true}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var spent time.Duration
			heap, size := uint64(0), int64(0)
			for b.Loop() {
				bare := bench.of
				before := cpu(b)
				if _, err := io.Copy(io.Discard, &bare); err != nil {
					b.Fatal(err)
				}
				generating := cpu(b) - before
				g := bench.of
				before = cpu(b)
				sum := importOf(b, &g)
				spent += cpu(b) - before - generating
				if sum.Tickets != bench.of.rows/perTicket {
					b.Fatalf("%d tickets", sum.Tickets)
				}
				heap, size = max(heap, g.heap), g.size
			}
			b.ReportMetric(float64(bench.of.rows)*float64(b.N)/spent.Seconds(), "rows/cpu-s")
			b.ReportMetric(float64(heap)/(1<<20), "MiB-in-use")
			b.ReportMetric(float64(size)/(1<<30), "GiB-read")
		})
	}
}

// Memory is bounded: what is sorted, and what the collector of garbage lets lie, is below the 230 MiB
// of this file. A gigabyte has been seen to take 110 MiB (BenchmarkImport).
func TestTheMemoryOfAnImportIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 750,000 rows")
	}
	many := &generated{rows: 750_000, mixed: true}
	importOf(t, many)
	if many.heap > 200<<20 {
		t.Errorf("%d MiB in use for %d rows", many.heap>>20, many.rows)
	}
}
