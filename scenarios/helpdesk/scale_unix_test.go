//go:build unix

package helpdesk_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// exportOf is an export by its name.
func exportOf(t testing.TB, name string) *export {
	t.Helper()
	i := slices.IndexFunc(exported, func(e export) bool { return e.name == name })
	if i < 0 {
		t.Fatalf("there is no export %s", name)
	}
	return &exported[i]
}

// size is how many bytes so many tickets take, by that of a thousand of them in the middle.
func (e *export) size(t testing.TB, tickets int) (size int64) {
	t.Helper()
	for _, f := range e.files {
		n, err := io.Copy(io.Discard, &stream{file: f, tickets: tickets/2 + 1000, next: tickets / 2})
		if err != nil {
			t.Fatal(err)
		}
		size += n * int64(tickets) / 1000
	}
	return size
}

// streamed imports an export of so many tickets, of which nothing stands on a disk but what is sorted, and reports rows per second of all
// cores together, the most memory that was in use, the most that was on the disk, and what was read. Files are made whenever they are
// read; what that takes is taken off, by making a hundredth of them once more.
func streamed(b *testing.B, e *export, tickets int) {
	var spent time.Duration
	var heap uint64
	var sum *intake.Summary
	var made int64
	for b.Loop() {
		made = 0
		var streams []*stream
		files := e.sources(tickets, func(s *stream) {
			s.look = func() { watch(&heap) }
			streams = append(streams, s)
		})
		spent += took(b, func() { sum = imported(b, e.format, files, 0, &heap) })
		for _, s := range streams {
			made += s.size
			part, size := &stream{file: s.file, tickets: tickets, next: tickets - tickets/100}, int64(0)
			making := took(b, func() { size, _ = io.Copy(io.Discard, part) })
			spent -= time.Duration(float64(making) * float64(s.size) / float64(size))
		}
		if sum.Tickets != tickets || sum.Odd() > 0 {
			b.Fatalf("%d tickets, %d oddities", sum.Tickets, sum.Odd())
		}
	}
	b.ReportMetric(perTicket*float64(tickets)*float64(b.N)/spent.Seconds(), "rows/cpu-s")
	b.ReportMetric(float64(heap)/(1<<20), "MiB-in-use")
	b.ReportMetric(float64(sum.Disk)/(1<<20), "MiB-on-disk")
	b.ReportMetric(float64(made)/(1<<30), "GiB-read")
}

// BenchmarkTenMillionRows imports two million tickets at once: a table of Zendesk, and its JSON. One run is enough: -benchtime 1x.
func BenchmarkTenMillionRows(b *testing.B) {
	for _, name := range []string{"zendesk-warehouse", "zendesk-api"} {
		b.Run(name, func(b *testing.B) { streamed(b, exportOf(b, name), 10_000_000/perTicket) })
	}
}

// BenchmarkGigabyte imports a gigabyte of JSON, with long texts and without.
func BenchmarkGigabyte(b *testing.B) {
	for _, name := range []string{"zendesk-api-long", "jira"} {
		b.Run(name, func(b *testing.B) {
			e := exportOf(b, name)
			streamed(b, e, int((1<<30)/(e.size(b, 100_000)/100_000)))
		})
	}
}

// cutOff reads so many bytes, as of a file that was not written to its end, and keeps count of lines and characters.
type cutOff struct {
	from      io.Reader
	left      int64
	line, col int
}

func (c *cutOff) Read(b []byte) (int, error) {
	n, err := c.from.Read(b[:min(int64(len(b)), c.left)])
	c.left -= int64(n)
	if last := bytes.LastIndexByte(b[:n], '\n'); last >= 0 {
		c.line, c.col = c.line+bytes.Count(b[:n], []byte{'\n'}), utf8.RuneCount(b[last+1:n])
	} else {
		c.col += utf8.RuneCount(b[:n])
	}
	if c.left == 0 && err == nil {
		err = io.EOF
	}
	return n, err
}

func (c *cutOff) Close() error { return nil }

// within is a place in the last file of an export after so many bytes: in the first cell of a table's row, since nobody can see of a last
// cell that it was cut, and anywhere in JSON.
func (e *export) within(t *testing.T, tickets int, size int64) int64 {
	t.Helper()
	f := e.files[len(e.files)-1]
	if f.tail != "" {
		return size
	}
	in := &stream{file: f, tickets: tickets}
	if _, err := io.CopyN(io.Discard, in, size); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return size + int64(len(line)) + 3
}

// cutInTheMiddle imports an export whose largest file breaks off after so many bytes, and gives the error with the most memory that was in
// use. What was sorted until then must be gone.
func cutInTheMiddle(t *testing.T, e *export, tickets int, size int64, memory int, packed bool) (end *cutOff, heap uint64, err error) {
	t.Helper()
	last := e.files[len(e.files)-1]
	files := e.sources(tickets, func(s *stream) { s.look = func() { watch(&heap) } })
	for i := range files {
		if files[i].Name != last.name {
			continue
		}
		whole := files[i].Open
		files[i].Open = func() (io.ReadCloser, error) {
			in, err := whole()
			end = &cutOff{from: in, left: size, line: 1}
			if err != nil || !packed {
				return end, err
			}
			from, to := io.Pipe()
			go func() {
				w := gzip.NewWriter(to)
				_, err := io.Copy(w, end)
				if err == nil {
					err = w.Flush() // what comes then is missing: the end of the text and its sum
				}
				to.CloseWithError(err)
			}()
			return from, nil
		}
	}
	dir := t.TempDir()
	in := intake.New(intake.Options{TempDir: dir, Memory: memory})
	err = e.format.Read(in, files)
	if closed := in.Close(); closed != nil {
		t.Error(closed)
	}
	if left, bad := os.ReadDir(dir); bad != nil || len(left) > 0 {
		t.Errorf("%s: left on the disk: %v %v", e.name, left, bad)
	}
	return end, heap, err
}

// An export that breaks off ends with the file, the line and the character at which it does, whichever help desk it comes from, packed
// or not.
func TestAnExportThatBreaksOffIsRefusedAtItsEnd(t *testing.T) {
	t.Parallel()
	for i := range exported {
		e := &exported[i]
		for _, packed := range []bool{false, true} {
			for _, size := range []int64{3_001, 40_003, 250_007} {
				end, _, err := cutInTheMiddle(t, e, 2_000, e.within(t, 2_000, size), 0, packed)
				refusedAt(t, e, err, end)
			}
		}
	}
}

// refusedAt holds an error to the end of what could be read.
func refusedAt(t *testing.T, e *export, err error, end *cutOff) {
	t.Helper()
	var p *ticketlog.Problem
	name := e.files[len(e.files)-1].name
	if !errors.As(err, &p) || err.Error()[:len(name)] != name || p.Line != end.line || p.Col != end.col+1 {
		t.Errorf("%s: %v, want line %d, character %d", e.name, err, end.line, end.col+1)
	}
}

// variable asks for what takes minutes.
const variable = "HEADROOM_GIGABYTE"

// Half of a gigabyte of each help desk's JSON, and of a table, is refused at its end in little memory.
func TestHalfAGigabyteIsRefusedAtItsEnd(t *testing.T) {
	if os.Getenv(variable) == "" {
		t.Skip("reads half a gigabyte several times: set " + variable)
	}
	for _, name := range []string{"zendesk-api-long", "jira", "zendesk-warehouse"} {
		e := exportOf(t, name)
		tickets := int((1 << 30) / (e.size(t, 100_000) / 100_000))
		for _, packed := range []bool{false, true} {
			runtime.GC()
			end, heap, err := cutInTheMiddle(t, e, tickets, e.within(t, tickets, 1<<29), 0, packed)
			refusedAt(t, e, err, end)
			t.Logf("%s, packed %v: %v; %d MiB in use", name, packed, err, heap>>20)
			if heap > 64<<20 {
				t.Errorf("%s: %d MiB in use", name, heap>>20)
			}
		}
	}
}
