//go:build unix

package helpdesk_test

import (
	"io"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// watch takes note of the memory that is in use.
func watch(most *uint64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	*most = max(*most, m.HeapInuse)
}

// imported imports an export, and throws the log away.
func imported(t testing.TB, format intake.Format, files []intake.Source, memory int, heap *uint64) *intake.Summary {
	t.Helper()
	in := intake.New(intake.Options{TempDir: t.TempDir(), Memory: memory})
	defer in.Close()
	if err := format.Read(in, files); err != nil {
		t.Fatal(err)
	}
	sum, err := in.WriteLog(&log{heap: heap})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// log watches the memory while a log is written to it.
type log struct {
	heap *uint64
	n    int
}

func (l *log) Write(b []byte) (int, error) {
	if l.n++; l.heap != nil && l.n%256 == 0 {
		watch(l.heap)
	}
	return len(b), nil
}

// BenchmarkImport reports rows per second of all cores together, and how much text they are. What a second of a processor is worth
// differs by machine, and by hour, so that each import takes turns with what everybody knows and does less: with encoding/json, which
// decodes the same records into the fields that are needed, or encoding/csv, which reads the same rows, and nothing is made of either;
// of some exports also with a program for that export alone, written by hand, which keeps all in memory and checks nothing. A metric
// such as x-encoding/json is how many times as fast as that the import is.
func BenchmarkImport(b *testing.B) {
	const tickets = 40_000
	for _, e := range exported {
		b.Run(e.name, func(b *testing.B) {
			size := 0
			files := e.text
			var texts []string
			known := "x-encoding/csv"
			for _, f := range e.files {
				text, err := io.ReadAll(&stream{file: f, tickets: tickets})
				if err != nil {
					b.Fatal(err)
				}
				size += len(text)
				texts = append(texts, string(text))
				files = append(files, rehearsal.Text(f.name, string(text)))
				if needed[e.name+"/"+f.name] != nil {
					known = "x-encoding/json"
				}
			}
			var spent, read, limit time.Duration
			for b.Loop() {
				spent += took(b, func() {
					if sum := imported(b, e.format, files, 0, nil); sum.Tickets != tickets || sum.Events < 4*tickets {
						b.Fatalf("%d tickets with %d events", sum.Tickets, sum.Events)
					}
				})
				b.StopTimer()
				read += took(b, func() {
					for i, f := range e.files {
						knownReader(b, e.name, f.name, texts[i])
					}
				})
				if _, ok := limits[e.name]; ok {
					limit += took(b, func() { byHand(b, e.name, texts, io.Discard) })
				}
				b.StartTimer()
			}
			b.ReportMetric(perTicket*tickets*float64(b.N)/spent.Seconds(), "rows/cpu-s")
			b.ReportMetric(float64(size)*float64(b.N)/spent.Seconds()/1e6, "MB/cpu-s")
			b.ReportMetric(read.Seconds()/spent.Seconds(), known)
			if limit > 0 {
				b.ReportMetric(limit.Seconds()/spent.Seconds(), "x-by-hand")
			}
		})
	}
}

// took is the time of a processor that something takes, which clears nothing up that is not its own.
func took(t testing.TB, do func()) time.Duration {
	t.Helper()
	runtime.GC()
	before := cpu(t)
	do()
	return cpu(t) - before
}

func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Five times as many tickets take no more memory, with every reader: what is sorted is bounded, and nothing else is kept of a
// ticket. Sorting takes a megabyte here, so that the smaller export fills it as well.
func TestTheMemoryOfAnImportDoesNotGrowWithTheExport(t *testing.T) {
	if testing.Short() {
		t.Skip("reads half a million rows of each help desk")
	}
	for _, e := range exported {
		var heap [2]uint64
		for i, tickets := range [2]int{5_000, 25_000} {
			files := e.sources(tickets, func(s *stream) { s.look = func() { watch(&heap[i]) } })
			runtime.GC()
			if sum := imported(t, e.format, files, 1<<20, &heap[i]); sum.Tickets != tickets || sum.Odd() > 0 {
				t.Errorf("%s: %d tickets, %d oddities", e.name, sum.Tickets, sum.Odd())
			}
		}
		t.Logf("%s: %d kB in use for 5,000 tickets, %d kB for 25,000", e.name, heap[0]>>10, heap[1]>>10)
		if heap[1] > heap[0]+4<<20 {
			t.Errorf("%s: %d kB in use for 5,000 tickets, %d kB for 25,000", e.name, heap[0]>>10, heap[1]>>10)
		}
	}
}
