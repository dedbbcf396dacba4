package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

const damagedMapping = "rows: updates\nticket: id\nat: at\nopened: at\nstatus: state\nstatuses: {Work: open, Done: solved}\nzone: UTC\n"

// A file that ends in the middle is refused with the place where it ends, and nothing of it is imported, whatever the
// format.
func TestNothingIsImportedOfAFileThatWasCutOff(t *testing.T) {
	t.Parallel()
	var table, lines, log strings.Builder
	table.WriteString("id,at,state,note\n")
	log.WriteString(`<log xmlns="http://www.xes-standard.org/">` + "\n")
	for i := range 2000 {
		fmt.Fprintf(&table, "T%d,2026-03-02 %02d:%02d:00,Work,\"a, b\"\n", i%500, i/60%24, i%60)
		fmt.Fprintf(&lines, `{"id": "T%d", "at": "2026-03-02T10:%02d:00Z", "state": "Work"}`+"\n", i%500, i%60)
		fmt.Fprintf(&log, "<trace><string key=\"concept:name\" value=\"T%d\"/><event><date key=\"time:timestamp\" value=\"2026-03-02T10:00:00Z\"/></event></trace>\n", i)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(table.String())); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	within := func(text, mark string) string { return text[:strings.Index(text, mark)+len(mark)] }
	for _, row := range []struct{ name, mapping, content, want string }{
		{"a table, within a row", damagedMapping, within(table.String(), "\nT7,2026"), `line 9, character 8: the file ends in the middle of a row: it was cut off`},
		{"a table, within quotes", damagedMapping, within(table.String(), "T7,2026-03-02 00:07:00,Work,\"a"), `line 9, character 29: a quotation mark is never closed`},
		{"a compressed table", damagedMapping, packed.String()[:packed.Len()/2], `line \d+, character \d+: the compressed data ends too early: the file was cut off`},
		{"lines of JSON", "from: jsonl\n" + damagedMapping, within(lines.String(), `{"id": "T7", "at`), `line 8: the file ends in the middle of an object: it was cut off`},
		{"a log of process mining", "from: xes\nrows: updates\nticket: case:concept:name\nat: time:timestamp\n", within(log.String(), `value="T7"/><event>`), `line 9: the file ends in the middle of the log`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file, mapping, out := filepath.Join(dir, "export"), filepath.Join(dir, "m.yaml"), filepath.Join(dir, "out")
			for path, content := range map[string]string{file: row.content, mapping: row.mapping} {
				if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			code, _, stderr := call(t, "import", file, "--mapping", mapping, "-o", out)
			if code != exitInvalid || !regexp.MustCompile(regexp.QuoteMeta(file)+`: `+row.want).MatchString(stderr) {
				t.Errorf("exit code %d, %s", code, stderr)
			}
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != 2 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

// An export of a help desk of which one file ends in the middle, packed or not, is refused with the place where it ends, and leaves
// neither a folder nor a part of one.
func TestNothingIsImportedOfAnExportThatWasCutOff(t *testing.T) {
	t.Parallel()
	for dir, vendor := range exports(t) {
		for _, packed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%s packed %v", vendor, filepath.Base(dir), packed), func(t *testing.T) {
				t.Parallel()
				in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
				if err := os.CopyFS(in, os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
				name, line, col := cutLargest(t, in, packed)
				code, stdout, stderr := call(t, "import", "--from", vendor, in, "-o", out)
				if place := fmt.Sprintf("%s: line %d, character %d: ", name, line, col); code != exitInvalid || stdout != "" || !strings.Contains(stderr, place) {
					t.Errorf("exit code %d, %s%s, want %s", code, stdout, stderr, place)
				}
				left, err := os.ReadDir(filepath.Dir(out))
				if err != nil || len(left) > 0 {
					t.Errorf("left behind: %v %v", left, err)
				}
			})
		}
	}
}

// cutLargest cuts the largest file of a folder in its middle, where a text of JSON or a row of a table has just begun, and says where its
// end is now.
func cutLargest(t *testing.T, dir string, packed bool) (name string, line, col int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if len(content) > len(text) {
			name, text = e.Name(), content
		}
	}
	mark := "\n"
	if strings.HasSuffix(name, ".json") {
		mark = `"`
	}
	cut := len(text)/2 + bytes.Index(text[len(text)/2:], []byte(mark)) + len(mark)
	if mark == "\n" {
		cut += 2
	}
	text = text[:cut]
	line, col = 1+bytes.Count(text, []byte("\n")), 1+utf8.RuneCount(text[bytes.LastIndexByte(text, '\n')+1:])
	if mark == "\n" && text[cut-2] == '"' && !packed {
		col = 1 // of the quotation mark that is never closed
	}
	if packed {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil { // what comes then is missing: the end of the text and its sum
			t.Fatal(err)
		}
		text = b.Bytes()
	}
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
		t.Fatal(err)
	}
	return name, line, col
}

// Whoever gives a command that reads logs another table is told how it becomes one.
func TestATableThatIsNoLogIsSentToTheImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	table, policy := filepath.Join(dir, "export.csv"), filepath.Join(dir, "desk.yaml")
	for path, content := range map[string]string{table: "id,created\n1,2026-03-02 10:00\n", policy: "sla: {policies: [{name: all, resolution: 5d}]}\n"} {
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"audit", table, "--policy", policy}, {"fit", table}, {"recommend", table}} {
		code, _, stderr := call(t, args...)
		if code != exitInvalid || !strings.Contains(stderr, "headroom import --guess FILE") {
			t.Errorf("%v: exit code %d, %s", args, code, stderr)
		}
	}
}

// An audit by promises that do not know the priorities of the log would be about nothing: it says so at once.
func TestAnAuditSaysWhichPrioritiesItsPromisesDoNotKnow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log, policy := filepath.Join(dir, "log.csv"), filepath.Join(dir, "desk.yaml")
	rows := "ticket,at,event,status,channel,issue,tier,priority,account,team,agent\n"
	for i := range 4 {
		rows += fmt.Sprintf("t%016x,2026-03-02T09:00:00Z,created,new,email,request,customer,%s,,,\n", i+1, []string{"P1", "P2"}[i%2])
	}
	for path, content := range map[string]string{log: rows, policy: "priorities: [P1]\nsla: {policies: [{name: all, resolution: 5d}]}\n"} {
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	code, stdout, stderr := call(t, "audit", log, "--policy", policy)
	const want = `desk promises nothing to the priority P2 of the log, which it does not know: name them under priorities as the log does, such as "P2".`
	if code != exitDone || !strings.Contains(stdout, want) || strings.Contains(stdout, "channel email") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}
