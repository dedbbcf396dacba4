package yamltree

import (
	"strings"
	"testing"
)

var names = Names{"shifts": {"name"}, "contracts": {"name", "account"}}

func TestMerge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ base, over, want string }{
		"maps merge":                             {"a: {x: 1, y: 2}", "a: {y: 3, z: 4}", "{a: {x: 1, y: 3, z: 4}}"},
		"lists replace":                          {"a: [1, 2]", "a: [3]", "{a: [3]}"},
		"null removes":                           {"a: {x: 1, y: 2}", "a: {x: null}", "{a: {y: 2}}"},
		"a value replaces a map":                 {"a: {x: 1}", "a: 5", "{a: 5}"},
		"a map replaces a value":                 {"a: 5", "a: {x: 1}", "{a: {x: 1}}"},
		"a map over a list goes by names":        {"shifts: [{name: a, h: 1}, {name: b, h: 2}]", "shifts: {b: {h: 3}}", "{shifts: [{name: a, h: 1}, {name: b, h: 3}]}"},
		"a new name is added":                    {"shifts: [{name: a, h: 1}]", "shifts: {c: {h: 3}}", "{shifts: [{name: a, h: 1}, {name: c, h: 3}]}"},
		"null removes an element":                {"shifts: [{name: a, h: 1}, {name: b, h: 2}]", "shifts: {a: null}", "{shifts: [{name: b, h: 2}]}"},
		"an element without a name has a number": {"shifts: [{h: 1}, {h: 2}]", "shifts: {shift 2: {h: 3}}", "{shifts: [{h: 1}, {h: 3}]}"},
		"other names of elements":                {"contracts: [{account: x, fee: 1}]", "contracts: {x: {fee: 2}}", "{contracts: [{account: x, fee: 2}]}"},
		"a list of values is replaced by a map":  {"shifts: [1, 2]", "shifts: {a: {h: 3}}", "{shifts: {a: {h: 3}}}"},
		"a mixture is replaced":                  {"a: {10%: 1, 90%: 2}", "a: {50%: 1, 50%: 3}", "{a: {50%: 1, 50%: 3}}"},
		"a map is replaced by a mixture":         {"a: {x: 1}", "a: {50%: 1, 50%: 3}", "{a: {50%: 1, 50%: 3}}"},
	} {
		base, over := parse(t, c.base+"\n"), parse(t, c.over+"\n")
		before := base.String() + over.String()
		m := Merge{Names: names, Whole: percents, Report: func(p Problem) { t.Errorf("%s: %+v", name, p) }}
		if got := m.Over(base, over).String(); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
		if base.String()+over.String() != before {
			t.Errorf("%s: the merge changed what it merged", name)
		}
	}
}

func percents(n *Node) bool {
	return len(n.Pairs) > 0 && strings.HasSuffix(n.Pairs[0].Key, "%")
}

func TestNullNeedsSomethingToRemove(t *testing.T) {
	t.Parallel()
	for over, want := range map[string]string{
		"spike: null":                 "spike: there is nothing to remove here did you mean spikes?",
		"shifts: {late: null}":        "shifts.late: there is nothing to remove here there are early, night",
		"spikes: {a: {b: {c: null}}}": "",
	} {
		got := ""
		m := Merge{Names: names, Report: func(p Problem) { got = p.Path + ": " + p.Text + " " + p.Hint }}
		m.Over(parse(t, "spikes: {x: 1}\nshifts: [{name: early}, {name: night}]\n"), parse(t, over+"\n"))
		if got != want {
			t.Errorf("%s: got %q, want %q", over, got, want)
		}
	}
}

func TestFindGoesAsFarAsThePathExists(t *testing.T) {
	t.Parallel()
	root := parse(t, "teams:\n  desk:\n    shifts:\n      - {name: early, heads: 4}\n      - {heads: 5}\n")
	for path, want := range map[string][3]int{
		"teams.desk.shifts[early].heads":   {4, 30, 5},
		"teams.desk.shifts.early.heads":    {4, 30, 5},
		"teams.desk.shifts[early].hours":   {4, 16, 4},
		"teams.desk.shifts[early]":         {4, 16, 4},
		"teams.desk.shifts[2].heads":       {5, 17, 5},
		"teams.desk.shifts[shift 2].heads": {5, 17, 5},
		"teams.desk.shifts[3].heads":       {3, 5, 3},
		"teams.desk.cost":                  {2, 3, 2},
		"time.zone":                        {1, 1, 0},
	} {
		at, _, depth := names.Find(root, SplitPath(path))
		if got := [3]int{at.Line, at.Column, depth}; got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	depth, known, ok := names.Missing(root, SplitPath("teams.desk.shifts.late.heads"))
	if ok || depth != 3 || strings.Join(known, " ") != "early" {
		t.Errorf("missing: %d %v %v", depth, known, ok)
	}
	if _, _, ok := names.Missing(root, SplitPath("teams.desk")); !ok {
		t.Error("teams.desk is there")
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	value := parse(t, "5\n")
	if got := Overlay([]string{"a", "b"}, Span{}, value).String(); got != "{a: {b: 5}}" {
		t.Error(got)
	}
}
