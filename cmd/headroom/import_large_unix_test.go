//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// streamed imports so many bytes through the command, from a pipe, so that the file stands on no disk, and gives the
// most memory that was in use.
func streamed(t testing.TB, bytes int) (heap uint64, told string) {
	t.Helper()
	dir := t.TempDir()
	pipe, mapping := filepath.Join(dir, "pipe"), filepath.Join(dir, "m.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mapping, []byte("rows: updates\nticket: id\nat: at\nopened: opened\nstatus: state\nstatuses: {Work: open, Done: solved}\nzone: UTC\npriority: priority\nagent: agent\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- func() error {
			f, err := os.OpenFile(pipe, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			w := bufio.NewWriterSize(f, 1<<16)
			filler := strings.Repeat(",what is not read", 15)
			n, _ := fmt.Fprintf(w, "id,at,opened,state,priority,agent%s\n", strings.Repeat(",more", 15))
			for i := 0; n < bytes; i++ {
				// A thousand tickets are open at any time, and each has two rows.
				of, state := i/2000*1000+i%1000, [2]string{"Work", "Done"}[i/1000%2]
				k, err := fmt.Fprintf(w, "T%d,2026-03-%02d %02d:%02d:00,2026-03-01 00:00:00,%s,P%d,Agent %d%s\n", of, 1+i%28, i/60%24, i%60, state, i%4, i%99, filler)
				if err != nil {
					return err
				}
				n += k
				if i%50_000 == 0 {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					heap = max(heap, m.HeapInuse)
				}
			}
			if err := w.Flush(); err != nil {
				return err
			}
			return f.Close()
		}()
	}()
	var out strings.Builder
	code := run(t.Context(), []string{"headroom", "import", pipe, "--mapping", mapping, "-o", filepath.Join(dir, "out")}, terminal{in: strings.NewReader(""), out: &out, err: &out})
	if code != exitDone {
		t.Fatalf("exit code %d, %s", code, out.String())
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	return heap, out.String()
}

// A file that is larger than the memory that it may take is imported through a pipe, once through. BenchmarkImportGigabyte does the
// same with a gigabyte.
func TestALargeFileIsImportedInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("imports 100 MB")
	}
	heap, told := streamed(t, 100<<20)
	if heap > 90<<20 || !strings.Contains(told, "tickets with ") {
		t.Errorf("%d MiB in use\n%s", heap>>20, told)
	}
}

func BenchmarkImportGigabyte(b *testing.B) {
	for b.Loop() {
		heap, _ := streamed(b, 1<<30)
		b.ReportMetric(float64(heap)/(1<<20), "MiB-in-use")
	}
}
