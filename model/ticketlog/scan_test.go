package ticketlog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scanAll gives all rows of a text; a row with a fault is one cell that says so.
func scanAll(text string) (rows [][]string, s *scanner) {
	s = newScanner(strings.NewReader(text), ',')
	for s.next() {
		if s.fault != nil {
			rows = append(rows, []string{"fault: " + s.fault.Error()})
			continue
		}
		row := []string{}
		for _, c := range s.cells {
			row = append(row, string(c))
		}
		rows = append(rows, row)
	}
	return rows, s
}

func TestScanner(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       [][]string
		stop       string
	}{
		{"plain rows", "a,b\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}, ""},
		{"no line end after the last row", "a,b\nc,d", [][]string{{"a", "b"}, {"c", "d"}}, ""},
		{"CRLF and LF mixed", "a,b\r\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}, ""},
		{"blank lines are no rows", "\n\na\n\r\n\nb\n\n", [][]string{{"a"}, {"b"}}, ""},
		{"empty cells", ",\n,,x\n", [][]string{{"", ""}, {"", "", "x"}}, ""},
		{"quoted cells", "\"a,b\",\"say \"\"hi\"\"\",\"\"\n", [][]string{{"a,b", `say "hi"`, ""}}, ""},
		{"an empty quoted cell is a row", "\"\"\n", [][]string{{""}}, ""},
		{"line ends inside quotes are kept", "\"a\r\nb\nc\",d\r\ne,f\n", [][]string{{"a\r\nb\nc", "d"}, {"e", "f"}}, ""},
		{"a row longer than the buffer", strings.Repeat("x", 200_000) + ",y\nb\n", [][]string{{strings.Repeat("x", 200_000), "y"}, {"b"}}, ""},
		{"carriage returns inside quotes are kept one by one", "\"\r\r\n\"\n", [][]string{{"\r\r\n"}}, ""},
		{"a quote that is closed at the end of the file", "a,\"b\"", [][]string{{"a", "b"}}, ""},
		{"quotes and plain cells in one row", "a,\"b\",c,\"d\"\n", [][]string{{"a", "b", "c", "d"}}, ""},
		{"a byte order mark is passed over", "\xef\xbb\xbfa,b\n", [][]string{{"a", "b"}}, ""},
		{"a fault costs one row", "a\nb\"c,d\ne\n",
			[][]string{{"a"}, {"fault: line 2, character 2: a quotation mark inside a cell that does not begin with one (quote the whole cell, and write a quotation mark within it twice)"}, {"e"}}, ""},
		{"text after a quote", "a,\"ü\"x,c\nd\n",
			[][]string{{"fault: line 1, character 6: text after a closing quotation mark (write a quotation mark within a cell twice)"}, {"d"}}, ""},
		{"a fault after a line end inside quotes is placed on its own line", "\"a\nb\"c\n",
			[][]string{{"fault: line 2, character 3: text after a closing quotation mark (write a quotation mark within a cell twice)"}}, ""},
		{"a quote that is never closed", "a\nb,\"c\nd\n", [][]string{{"a"}}, "line 2, character 3: a quotation mark is never closed"},
		{"nothing at all", "", nil, "the file is empty"},
		{"UTF-16", "\xff\xfea\x00", nil, "line 1: the file is in UTF-16 (save it as CSV in UTF-8)"},
		{"a spreadsheet", "PK\x03\x04abc", nil, "line 1: the file is a ZIP archive or a spreadsheet, not text (save it as CSV, or compress it with gzip)"},
		{"no text", "\x00\x01\x02\x03", nil, "line 1: the file is not text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, s := scanAll(tt.text)
			if tt.stop != "" {
				if s.stop == nil || s.stop.Error() != tt.stop {
					t.Errorf("stopped by %v, want %q", s.stop, tt.stop)
				}
				// What was read before stays; the row that could not be finished is no row.
				got = slices.DeleteFunc(got, func(r []string) bool { return len(r) == 0 })
			} else if s.stop != nil || s.err != nil {
				t.Errorf("stopped by %v, %v", s.stop, s.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRowsAreBounded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		text string
		ok   bool
		line string
	}{
		{"the longest row there may be", strings.Repeat("x", MaxRow) + "\nb\n", true, ""},
		{"the longest row, with CRLF", strings.Repeat("x", MaxRow) + "\r\nb\n", true, ""},
		{"one byte more", strings.Repeat("x", MaxRow+1) + "\nb\n", false, "line 1"},
		{"a long row after a short one", "a\n" + strings.Repeat("x", 2*MaxRow), false, "line 2"},
		{"a row that is long by its quoted line ends", "a\n\"" + strings.Repeat("x\n", MaxRow) + "\"\n", false, "line 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, s := scanAll(tt.text)
			if tt.ok {
				if s.stop != nil || s.lines != 2 {
					t.Errorf("stopped by %v after %d lines", s.stop, s.lines)
				}
				return
			}
			if s.stop == nil || !strings.HasPrefix(s.stop.Error(), tt.line+": the row is longer than") {
				t.Errorf("stopped by %v", s.stop)
			}
		})
	}
}

// endless is a source of one line without end. It counts what is taken from it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.taken += len(p)
	return len(p), nil
}

func TestAnEndlessLineIsRefusedEarly(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"", "id,\"", "a,b\n1,\"2\n"} {
		e := &endless{}
		s := newScanner(io.MultiReader(strings.NewReader(head), e), ',')
		for s.next() {
			if s.fault != nil {
				t.Fatalf("after %q: fault %v", head, s.fault)
			}
		}
		if s.stop == nil || e.taken > 2*MaxRow {
			t.Errorf("after %q: stopped by %v, having read %d bytes", head, s.stop, e.taken)
		}
	}
}

// FuzzScanner holds the scanner against encoding/csv: as far as that one reads a
// text without error, both give the same rows.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{"a,b\n", "\"a\"\"b\",c\r\n", "a\"b\n", "\"a\nb\"\n", "\"a", "a,\"b\"c\n", "\r\n,\n", "\"\",\"\"", "a\rb\n", "\"\r\r\n\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, s := scanAll(text)
		if s.err != nil {
			t.Fatalf("an error of a source that has none: %v", s.err)
		}
		if strings.HasPrefix(text, "\x1f\x8b") || s.stop != nil && len(rows) == 0 {
			return // compressed, or refused by its first bytes
		}
		if strings.HasSuffix(text, "\r") {
			return // encoding/csv takes it for a line end
		}
		std := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\xef\xbb\xbf")))
		std.FieldsPerRecord = -1
		for i := 0; ; i++ {
			want, err := std.Read()
			if errors.Is(err, io.EOF) {
				if i != len(rows) {
					t.Fatalf("%q: row %d does not exist", text, i)
				}
				return
			}
			if err != nil {
				faulty := i < len(rows) && len(rows[i]) == 1 && strings.HasPrefix(rows[i][0], "fault: ")
				if !faulty && s.stop == nil {
					t.Fatalf("%q: row %d was read, although %v", text, i, err)
				}
				return
			}
			if i >= len(rows) {
				t.Fatalf("%q: row %d is missing; stopped by %v", text, i, s.stop)
			}
			got := slices.Clone(rows[i])
			for j := range got {
				got[j] = strings.ReplaceAll(got[j], "\r\n", "\n") // as encoding/csv does
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%q: row %d is %q, encoding/csv reads %q", text, i, got, want)
			}
		}
	})
}

func TestCellsAreShieldedFromSpreadsheets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cell, file string }{
		{"refund", "refund"},
		{"", ""},
		{"=1+1", "'=1+1"},
		{"+49 30 1234", "'+49 30 1234"},
		{"-5", "'-5"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\tx", "'\tx"},
		{"\rx", "\"'\rx\""},
		{"\nx", "\"'\nx\""},
		{"＝1+1", "'＝1+1"},
		{"＠x", "'＠x"},
		{"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
		{"a=b", "a=b"},
		{"'tis", "'tis"},
		{"'", "'"},
		{"''", "'''"},
		{"'=x", "''=x"},
		{"''=x", "'''=x"},
		{"a,b", "\"a,b\""},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
	} {
		file := string(appendCell(nil, tt.cell))
		if file != tt.file {
			t.Errorf("%q is written %q, want %q", tt.cell, file, tt.file)
		}
		rows, _ := scanAll(file + ",\n")
		if len(rows) != 1 || string(bare([]byte(rows[0][0]))) != tt.cell {
			t.Errorf("%q is written %q and read %q", tt.cell, file, rows)
		}
		if dangerous([]byte(rows[0][0])) {
			t.Errorf("%q reaches a spreadsheet as %q", tt.cell, rows[0][0])
		}
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"größe", "grösse", 2}, {"opened_at", "openedat", 1}} {
		if got := edits(tt.a, tt.b); got != tt.want {
			t.Errorf("%q to %q: %d edits, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := edits(tt.b, tt.a); got != tt.want {
			t.Errorf("%q to %q: %d edits, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}

func TestProblemsBeyondTheListAreCounted(t *testing.T) {
	t.Parallel()
	var p Problems
	if p.Err() != nil {
		t.Fatal("no problems are an error")
	}
	for i := range MaxListed + 5 {
		p.add(Problem{Line: i + 1, Text: "bad"})
	}
	lines := bytes.Split([]byte(p.Err().Error()), []byte("\n"))
	if len(lines) != MaxListed+1 || string(lines[0]) != "line 1: bad" || string(lines[MaxListed]) != "and 5 more" {
		t.Errorf("%d lines: %s", len(lines), p.Error())
	}
}
