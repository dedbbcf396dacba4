package yamltree

import (
	"strings"
	"testing"
)

func texts(r *Reader) []string {
	var out []string
	for _, p := range r.Problems() {
		text := p.Path + ": " + p.Text
		if p.Hint != "" {
			text += " | " + p.Hint
		}
		out = append(out, text)
	}
	return out
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatNobodyTookIsAProblem(t *testing.T) {
	t.Parallel()
	r := &Reader{}
	table := r.Root(parse(t, "zone: UTC\nlenght: 2w\nheads: 4\nzzz: 1\n")).Table("a map")
	table.Take("zone")
	table.Take("length")
	table.Close(func(key string) string {
		if key == "heads" {
			return "shifts"
		}
		return ""
	})
	same(t, texts(r),
		`lenght: unknown key "lenght" | did you mean length? known here: zone, length`,
		`heads: unknown key "heads" | heads belongs to shifts; known here: zone, length`,
		`zzz: unknown key "zzz" | known here: zone, length`)
}

func TestAnAbsentValueKnowsItsPathAndPlace(t *testing.T) {
	t.Parallel()
	r := &Reader{}
	desk := r.Root(parse(t, "teams:\n  desk: {}\n")).Table("").Take("teams").Entries("")[0].Value.Table("")
	v := desk.Take("shifts")
	if v.Exists() {
		t.Error("it exists")
	}
	v.Failf("", "it is missing")
	same(t, texts(r), "teams.desk.shifts: it is missing")
	if at := r.Problems()[0].At; at.Line != 2 || at.Column != 3 || at.Width != 4 {
		t.Errorf("it points at %+v, not at desk", at)
	}
}

func TestTheWrongKindOfValue(t *testing.T) {
	t.Parallel()
	r := &Reader{}
	root := r.Root(parse(t, "a: [1]\nb: {c: 1}\nc:\nd: 1\n")).Table("")
	root.Take("a").Text("a number")
	root.Take("b").Text("a number")
	root.Take("c").Text("a number")
	root.Take("d").Entries("a map of names")
	root.Take("d").Table("a map of keys").Take("x").Failf("", "never said, since nothing can be missing from no map")
	same(t, texts(r),
		"a: want a number, found a list",
		"b: want a number, found a map",
		"c: there is no value here; want a number | write a value, or leave the key out",
		"d: want a map of keys, found a single value",
		"d: want a map of names, found a single value",
		"d.x: never said, since nothing can be missing from no map")
}

func TestNamedElements(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[{name: a, x: 1}, {x: 2}, {name: b}]": "s[a]=a s[2]=shift 2 s[b]=b",
		"{a: {x: 1}, b: {}}":                   "s[a]=a s[b]=b",
		"{name: [1]}":                          "s[name]=name",
		"[{name: [1]}, 5]":                     "s[1]=shift 1 s[2]=shift 2",
	} {
		r := &Reader{}
		var got []string
		for _, e := range r.Root(parse(t, "s: "+text+"\n")).Table("").Take("s").Named("shift", "name") {
			got = append(got, e.Value.Path+"="+e.Key)
		}
		if strings.Join(got, " ") != want || r.Count() > 0 {
			t.Errorf("%s: got %v %v, want %s", text, got, texts(r), want)
		}
	}
	r := &Reader{}
	r.Root(parse(t, "s: [{name: a}, {name: b}, {name: a}]\n")).Table("").Take("s").Named("shift", "name")
	same(t, texts(r), `s[a]: there are two with the name "a", the first on line 1`)
}

func TestAPartOfATextHasItsOwnPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"12 of é34": 11, `"12 of é34"`: 12, "'12 of é34'": 12} {
		r := &Reader{}
		v := r.Root(parse(t, "k: "+text+"\n")).Table("").Take("k")
		part := v.Within(strings.Index(v.Node.Text, "34"), 2)
		if part.Node.Text != "34" || part.Place().Column != want || part.Place().Width != 2 {
			t.Errorf("%s: %q at %+v, want column %d", text, part.Node.Text, part.Place(), want)
		}
	}
	r := &Reader{}
	v := r.Root(parse(t, "k: |\n  12\n  34\n")).Table("").Take("k")
	if part := v.Within(3, 2); part.Place() != v.Place() {
		t.Errorf("a part of a text over several lines is at %+v", part.Place())
	}
}

func TestTheSameProblemIsSaidOnce(t *testing.T) {
	t.Parallel()
	r := &Reader{}
	v := r.Root(parse(t, "k: 1\n")).Table("").Take("k")
	v.Failf("", "no")
	r.Context = " (in the variant x)"
	v.Failf("", "no")
	v.Failf("", "never")
	same(t, texts(r), "k: never (in the variant x)", "k: no")
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"zone", "start", "length", "warmup", "interval", "first_reply"}
	for word, want := range map[string]string{
		"lenght": "length", "zon": "zone", "Zone": "zone", "warm-up": "warmup", "first-reply": "first_reply", "frist_reply": "first_reply",
		"intervall": "interval", "x": "", "holidays": "", "": "", strings.Repeat("zone", 1000): "",
	} {
		if got, _ := Nearest(word, known); got != want {
			t.Errorf("%.20q: got %q, want %q", word, got, want)
		}
	}
	for _, d := range []struct {
		a, b string
		want int
	}{{"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "ac", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}} {
		if got := distance([]rune(d.a), []rune(d.b)); got != d.want {
			t.Errorf("%s to %s takes %d changes, want %d", d.a, d.b, got, d.want)
		}
	}
}
