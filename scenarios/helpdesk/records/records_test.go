package records

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func source(name, content string) intake.Source {
	return intake.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

var shapes = []Shape{
	{Kind: "ticket", Names: []string{"tickets", "ticket"}, Needs: []string{"id", "status"}},
	{Kind: "user", Names: []string{"users"}, Needs: []string{"id", "role"}},
}

// found reads all records of both kinds.
func found(content string) (lines, faults []string, err error) {
	err = Files([]intake.Source{source("f", content)}, shapes).Each([]string{"ticket", "user"}, func(kind string, r *Record) error {
		lines = append(lines, fmt.Sprintf("%d %s %s %s%s", r.Place.Row, kind, r.Text("id"), r.Text("status"), r.Text("role")))
		return nil
	}, func(at intake.Place, text string) { faults = append(faults, fmt.Sprintf("%d %s", at.Row, text)) })
	return lines, faults, err
}

func TestRecordsAreFoundInWhateverShapeTheyCome(t *testing.T) {
	t.Parallel()
	two := []string{"1 ticket 1 open", "2 ticket 2 solved"}
	for _, row := range []struct {
		name, content string
		want          []string
		faults        []string
	}{
		{"a page", `{"count": 2, "tickets": [{"id": 1, "status": "open"}, {"id": 2, "status": "solved"}], "next_page": null}`, two, nil},
		{"pages behind one another", `{"tickets": [{"id": 1, "status": "open"}]}` + "\n" + `{"tickets": [{"id": 2, "status": "solved"}]}`, two, nil},
		{"an array", `[{"id": 1, "status": "open"}, {"id": 2, "status": "solved"}]`, two, nil},
		{"a byte order mark", "\ufeff" + `[{"id": 1, "status": "open"}, {"id": 2, "status": "solved"}]`, two, nil},
		{"lines", `{"id": 1, "status": "open"}` + "\r\n" + `{"id": 2, "status": "solved"}`, two, nil},
		{"a single one", `{"ticket": {"id": 1, "status": "open"}}`, two[:1], nil},
		{"an array of wrapped ones", `[{"ticket": {"id": 1, "status": "open"}}, {"ticket": {"id": 2, "status": "solved"}}]`, two, nil},
		{"a result that is no list", `{"result": {"id": 1, "status": "open"}}`, two[:1], nil},
		{"two tables on one page", `{"tickets": [{"id": 1}], "users": [{"id": 9, "role": "agent"}]}`, []string{"1 ticket 1 ", "2 user 9 agent"}, nil},
		{"a record with a list of a table's name", `{"id": 1, "status": "open", "tickets": [{"id": 7}]}`, two[:1], nil},
		{"CSV", "id,status\n1,open\n2,solved", []string{"2 ticket 1 open", "3 ticket 2 solved"}, nil},
		{"CSV with semicolons", "id;status\n1;open\n2;solved\n", []string{"2 ticket 1 open", "3 ticket 2 solved"}, nil},
		{"CSV with a torn row", "id,status\n1,open,x\n2,solved\n", []string{"3 ticket 2 solved"}, []string{"2 "}},
		{"single values between records", `[{"id": 1, "status": "open"}, 7, null]`, two[:1], []string{"2 a single value in place of a record", "3 a single value in place of a record"}},
		{"an empty list", `{"tickets": []}`, nil, nil},
		{"something else", `{"weather": "fine"}`, nil, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			lines, faults, err := found(row.content)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, lines); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(faults) != len(row.faults) {
				t.Errorf("faults %q, want %q", faults, row.faults)
			}
			for i := range faults {
				if !strings.HasPrefix(faults[i], row.faults[i]) {
					t.Errorf("fault %q, want %q", faults[i], row.faults[i])
				}
			}
		})
	}
}

func TestWhatCannotBeReadOnHasAPlace(t *testing.T) {
	t.Parallel()
	long := `[{"id": 1, "status": "` + strings.Repeat("x", MaxRecord+1) + `"}]`
	for _, row := range []struct {
		name, content string
		line, col     int
		text          string
	}{
		{"a mistake", "{\"tickets\": [\n  {\"id\": 1},\n  {\"id\": é}\n]}", 3, 10, "not JSON"},
		{"cut off within a record", "[{\"id\": 1, \"status\": \"open\"},\n{\"id\": 2, \"sta", 2, 15, "breaks off"},
		{"cut off between records", "[{\"id\": 1, \"status\": \"open\"},", 1, 30, "breaks off"},
		{"a bracket too many", "[{\"id\": 1}]]", 1, 12, "not JSON"},
		{"a record without an end", long, 1, 2, "longer than 16 MB"},
		{"nothing", "  \n", 0, 0, "empty"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := found(row.content)
			var p *ticketlog.Problem
			if !errors.As(err, &p) || !strings.HasPrefix(err.Error(), "f: ") {
				t.Fatalf("the error is %v", err)
			}
			if p.Line != row.line || p.Col != row.col || !strings.Contains(p.Text, row.text) {
				t.Errorf("%d:%d %s, want %d:%d %s", p.Line, p.Col, p.Text, row.line, row.col, row.text)
			}
		})
	}
}

func TestAFileThatIsCompressedReadsTheSame(t *testing.T) {
	t.Parallel()
	for _, plain := range []string{`[{"id": 1, "status": "open"}]`, "id,status\n1,open\n"} {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write([]byte(plain))
		if err2 := w.Close(); err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		want, _, _ := found(plain)
		got, _, err := found(packed.String())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

func TestTheSetKnowsWhichFileHoldsWhat(t *testing.T) {
	t.Parallel()
	opened := map[string]int{}
	counted := func(name, content string) intake.Source {
		return intake.Source{Name: name, Open: func() (io.ReadCloser, error) {
			opened[name]++
			return io.NopCloser(strings.NewReader(content)), nil
		}}
	}
	set := Files([]intake.Source{
		counted("tickets.json", `[{"id": 1, "status": "open"}, 5]`), counted("users.csv", "id,role\n9,agent\n"), counted("notes.txt", "hello\nworld\n"),
	}, shapes)
	if n := set.Recognised(); n != 2 {
		t.Errorf("%d files are recognised", n)
	}
	clear(opened)
	faults := 0
	for range 2 {
		for _, kind := range []string{"user", "ticket"} {
			n := 0
			err := set.Each([]string{kind}, func(got string, _ *Record) error {
				if got != kind {
					t.Errorf("a %s among records of kind %s", got, kind)
				}
				n++
				return nil
			}, func(intake.Place, string) { faults++ })
			if err != nil || n != 1 {
				t.Errorf("%d %s, %v", n, kind, err)
			}
		}
	}
	if diff := cmp.Diff([]string{"notes.txt"}, set.Strangers()); diff != "" {
		t.Error(diff)
	}
	if faults != 1 {
		t.Errorf("one fault was told %d times", faults)
	}
	if opened["notes.txt"] != 1 || opened["users.csv"] != 2 {
		t.Errorf("opened %v: a file is read again only for what it holds", opened)
	}
}

func TestFieldsOfJSONAndCellsReadAlike(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"JSON": `{"id": 36000643450, "status": " open ", "flag": true, "n": 1.5, "tags": ["a", 7, null], "none": null}`,
		"CSV":  "id,status,flag,n,tags,none\n36000643450, open ,TRUE,1.5,\"[\"\"a\"\",7,null]\",\n",
	} {
		seen := false
		err := Files([]intake.Source{source(name, content)}, shapes).Each([]string{"ticket"}, func(_ string, r *Record) error {
			seen = true
			flag, ok := r.Bool("flag")
			n, number := r.Number("n")
			if r.Text("id") != "36000643450" || r.Text("status") != "open" || !flag || !ok || n != 1.5 || !number || r.Text("none") != "" ||
				!r.Has("none") || r.Has("other") || strings.Join(r.Texts("tags"), " ") != "a 7" || r.First("other", "none", "status") != "open" {
				t.Errorf("%s: %+v", name, r)
			}
			return nil
		}, nil)
		if err != nil || !seen {
			t.Error(name, err)
		}
	}
}

// A cell of a table may hold records of JSON, whose fields may have the names of columns, and stand in any order.
func TestFieldsWithinACellAreThoseOfTheCell(t *testing.T) {
	t.Parallel()
	content := "id,status,more\n" +
		"1,open,\"[{\"\"status\"\": \"\"a\"\", \"\"id\"\": 7}]\"\n" +
		"2,new,\"[{\"\"x\"\": 0, \"\"id\"\": 8, \"\"y\"\": 1, \"\"status\"\": \"\"b\"\"}, {\"\"id\"\": 9}]\"\n" +
		"3,solved,\"[{\"\"other\"\": {\"\"status\"\": 5}, \"\"status\"\": \"\"c\"\"}]\"\n"
	var got []string
	err := Files([]intake.Source{source("f", content)}, shapes).Each([]string{"ticket"}, func(_ string, r *Record) error {
		line := r.Text("id") + " " + r.Text("status")
		for _, within := range r.List("more") {
			line += " [" + within.Text("id") + " " + within.Text("status") + " " + within.Text("other", "status") + "]"
		}
		got = append(got, line+" "+r.Text("status")+" "+r.Text("id"))
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1 open [7 a ] open 1", "2 new [8 b ] [9  ] new 2", "3 solved [ c 5] solved 3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInstantsAreReadAsHelpDesksWriteThem(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)
	for _, text := range []string{
		"2026-03-02T08:30:00Z", "2026-03-02T09:30:00+01:00", "2026-03-02T09:30:00.000+0100", "2026-03-02 08:30:00", "2026-03-02 08:30:00.000",
		"2026-03-02T08:30:00.000Z", "2026-03-02 08:30:00 UTC", "2026-03-02 08:30:00 +0000", "02-03-2026 08:30:00 +0000", "2026-03-02 08:30",
	} {
		if at, ok := new(Instants).Read([]byte(text)); !ok || !at.Equal(want) {
			t.Errorf("%q is %v, %v", text, at, ok)
		}
	}
	for _, text := range []string{"", "soon", "2026-02-30 08:30:00", "2026-03-02 08:30:00 PST", "02/03/2026"} {
		if at, ok := new(Instants).Read([]byte(text)); ok {
			t.Errorf("%q is taken for %v", text, at)
		}
	}
}

func FuzzRecords(f *testing.F) {
	for _, seed := range []string{
		`{"tickets": [{"id": 1, "status": "open"}], "next_page": null}`, `[{"ticket": {"id": 1}}]`, "id,status\n1,open\n", "id;status\n\"1;open",
		`{"id": 1`, "[[[[", "{{", "\x1f\x8b", `[1, null, "x", {}]`, `{"tickets": 5, "users": {"id": 1}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		set := Files([]intake.Source{source("f", content)}, shapes)
		set.Recognised()
		rows := 0
		err := set.Each([]string{"ticket", "user"}, func(_ string, r *Record) error {
			r.Text("id")
			r.List("tags")
			if r.Place.Row <= rows && r.Place.Row < 1 {
				t.Errorf("row %d", r.Place.Row)
			}
			rows = r.Place.Row
			return nil
		}, func(intake.Place, string) {})
		var p *ticketlog.Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("the error is no problem of the file: %v", err)
		}
	})
}

// A table that was cut off within its last cell looks like one whose last row has no line end: that is told once, however often it is
// read, and nothing of a table that ends as it should.
func TestATableWithoutALineEndIsTold(t *testing.T) {
	t.Parallel()
	set := Files([]intake.Source{source("whole.csv", "id,status\n1,open\n2,solved\n"), source("short.csv", "id,status\n1,open\n2,so")}, shapes)
	for range 2 {
		if err := set.Each([]string{"ticket"}, func(string, *Record) error { return nil }, nil); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]intake.Place{{File: "short.csv", Row: 3}}, set.Open()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A field that is there twice is told with its row, and the first of them is read, also within other fields and with its name
// written otherwise.
func TestAFieldThatIsThereTwiceIsToldAndTheFirstIsRead(t *testing.T) {
	t.Parallel()
	set := Files([]intake.Source{source("f", `[{"id": 1, "status": "open"}, {"id": 2, "status": "new", "st\u0061tus": "solved", "via": {"a": 1, "a": 2}}]`)}, shapes)
	var got []string
	err := set.Each([]string{"ticket"}, func(_ string, r *Record) error {
		got = append(got, r.Text("id")+" "+r.Text("status")+" "+r.Text("via", "a"))
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 open ", "2 new 1"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []Column{{"status", intake.Place{File: "f", Row: 2}}, {"a", intake.Place{File: "f", Row: 2}}}
	if diff := cmp.Diff(want, set.Doubles()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// However many names a file has, also more than have numbers, and however many an object, each field has its own value, a name that
// is there twice is found, and one that is not there is missing.
func TestEachFieldIsFoundAmongAnyNumberOfNames(t *testing.T) {
	t.Parallel()
	var p pool
	twice := 0
	for first := 0; first < mostNames+500; first += 150 {
		text, want := []byte("{"), map[string]any{}
		for i := first; i < first+200; i++ {
			name := strings.Repeat("n", i%23) + strconv.Itoa(i)
			want[name] = map[string]any{"id": json.Number(strconv.Itoa(i))}
			text = fmt.Appendf(text, "%q: {%q: %d},", name, "id", i)
		}
		double := fmt.Sprintf("%s%d", strings.Repeat("n", first%23), first)
		text = fmt.Appendf(text, "%q: 1}", double)
		if _, v := p.tape.read(text, 0, true); v != whole {
			t.Fatalf("%s is not read", text)
		}
		p.clear()
		rec := p.record()
		rec.tape, rec.double = &p.tape, func(_ intake.Place, name string) {
			if twice++; name != double {
				t.Errorf("%q is there twice, want %q", name, double)
			}
		}
		compare(t, rec, want)
		if rec.Has("m") || rec.Has(strconv.Itoa(first+23*mostNames)) {
			t.Error("a field is found that is not there")
		}
	}
	if want := (mostNames + 500 + 149) / 150; twice != want {
		t.Errorf("%d names are there twice, want %d", twice, want)
	}
}

// What stands within a record is found as a decoder finds it, however it is written.
func FuzzFields(f *testing.F) {
	for _, seed := range []string{
		`{"a": {"b": [1, {"c": "x\"}\\"}, null, true], "": -1.5e3}, "d":[]}`, `{"a":"\\","b":"]}"}`, "{\n\t\"a\" : [ ] ,\r\n\"b\":{ } }", `{"\u0061":"\ud83d\ude00","b":"é"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var want map[string]any
		dec := json.NewDecoder(strings.NewReader(content))
		dec.UseNumber()
		if dec.Decode(&want) != nil || dec.More() || !jsontext.Value(content).IsValid() {
			return // names that are there twice too: a decoder takes the last
		}
		var p pool
		text := strings.TrimLeft(content, " \t\r\n")
		if end, v := p.tape.read([]byte(text), 0, true); v != whole || strings.TrimRight(text[end:], " \t\r\n") != "" {
			t.Fatalf("%q is JSON, and is read to %d: %v", text, end, v)
		}
		rec := p.record()
		rec.tape = &p.tape
		compare(t, rec, want)
	})
}

func compare(t *testing.T, rec *Record, want map[string]any) {
	if names := slices.Sorted(maps.Keys(want)); !slices.Equal(rec.Fields(), names) {
		t.Fatalf("fields %q, want %q", rec.Fields(), names)
	}
	for name, v := range want {
		switch v := v.(type) {
		case map[string]any:
			compare(t, rec.Within(name), v)
		case []any:
			var objects []map[string]any
			for _, x := range v {
				if o, ok := x.(map[string]any); ok {
					objects = append(objects, o)
				}
			}
			list := rec.List(name)
			if len(list) != len(objects) {
				t.Fatalf("%q has %d objects, want %d", name, len(list), len(objects))
			}
			for i, o := range objects {
				compare(t, list[i], o)
			}
		case string:
			if got := rec.Text(name); got != strings.TrimSpace(v) {
				t.Fatalf("%q is %q, want %q", name, got, v)
			}
		case json.Number:
			if got := rec.Text(name); got != v.String() {
				t.Fatalf("%q is %q, want %q", name, got, v)
			}
		}
	}
}

// What is JSON to a decoder is JSON here, and nothing else, wherever the text is cut: a part of it is never taken for broken, nor for
// more than it is.
func FuzzTape(f *testing.F) {
	for _, seed := range []string{
		`{"a": {"b": [1, {"c": "x\"}\\"}, null, true], "": -1.5e3}, "d":[]}`, `[01]`, `[1.]`, `[-]`, `[1e+]`, `{"a":1,}`, `[,]`, `[1 2]`, `{"a" 1}`, `["\ud800", "\u12g4", "\x"]`,
		"[\"a\tb\"]", "[\"\xff\xc3\"]", "\"12345678\x1f\"", `tru`, `truth`, `nul`, `{"a":false}`, `0`, `-0`, `[[[[[[]]]]]]`, `{"a":"\/\b\f\n\r\t"}`, "[1,\x00]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		text := []byte(strings.TrimLeft(content, " \t\r\n"))
		if len(text) == 0 || strings.Count(content, "[")+strings.Count(content, "{") >= deepest {
			return
		}
		var tape tape
		end, v := tape.read(text, 0, true)
		valid := v == whole && len(bytes.TrimRight(text[end:], " \t\r\n")) == 0
		if want := jsontext.Value(text).IsValid(lenient...); valid != want {
			t.Fatalf("%q: read to %d, verdict %d, valid is %v", text, end, v, want)
		}
		if !valid {
			return
		}
		for cut := 1; cut < end; cut++ {
			if to, v := tape.read(text[:cut:cut], 0, false); v != short && !(v == whole && to < cut) {
				t.Fatalf("%q: read to %d of %d, verdict %d", text, to, cut, v)
			}
		}
	})
}
