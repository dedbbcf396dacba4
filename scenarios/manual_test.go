package scenarios

import (
	"os"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
	"github.com/headroom-sim/headroom/scenarios/library"
)

// examples are the scenarios in the manual, by name: the indented blocks of its files
// that start with name.
func examples(t *testing.T) map[string]string {
	t.Helper()
	var data []byte
	for _, file := range []string{"doc.go", "doc_promises.go"} {
		part, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, part...)
	}
	out := map[string]string{}
	var block strings.Builder
	flush := func() {
		if name, _, ok := strings.Cut(block.String(), "\n"); ok && strings.HasPrefix(name, "name: ") {
			out[strings.TrimPrefix(name, "name: ")] = block.String()
		}
		block.Reset()
	}
	for line := range strings.Lines(string(data)) {
		if code, ok := strings.CutPrefix(line, "//\t"); ok {
			block.WriteString(code)
		} else {
			flush()
		}
	}
	flush()
	return out
}

func TestManualExamplesAreRead(t *testing.T) {
	t.Parallel()
	all := examples(t)
	if len(all) < 9 {
		t.Fatalf("found only %d examples in the manual", len(all))
	}
	for name, text := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := readText("testdata", name+".yaml", text); err != nil {
				t.Errorf("\n%v", err)
			}
		})
	}
}

func TestManualHelloIsTheShippedOne(t *testing.T) {
	t.Parallel()
	shipped, err := library.Files.ReadFile(library.File("hello"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(shipped)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) != 5 {
		t.Errorf("hello has %d lines, not five", len(lines))
	}
	if got := strings.Join(lines, ""); got != examples(t)["hello"] {
		t.Errorf("hello.yaml\n%s\nthe manual\n%s", got, examples(t)["hello"])
	}
}

// Every key of the table is used by an example of the manual, and is read.
func TestManualHasAnExampleOfEveryKey(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for name, text := range examples(t) {
		root, problems := yamltree.Parse(name, []byte(text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		collect(root, "", used)
	}
	// These are shown in a comment beside their short form.
	for _, path := range []string{"issues.*.reopen.share", "issues.*.reopen.after", "demand.*.accounts.*.tier", "demand.*.accounts.*.share"} {
		used[path] = true
	}
	// Columns and words that are written like their neighbours.
	for _, word := range []string{"channel", "issue", "tier"} {
		used["demand.*.replay.map."+word] = true
		used["demand.*.replay.values."+word] = true
	}
	used["demand.*.replay.values.account"] = true
	for _, word := range []string{"channel", "issue", "tier", "priority", "account"} {
		used["backlog.*.map."+word] = true
		used["backlog.*.values."+word] = true
	}
	for _, metric := range []string{"next_reply", "periodic_update", "pausable_update", "requester_wait", "agent_work", "group_ownership"} {
		used["sla.policies.*."+metric] = true
		used["sla.relaxations.*."+metric] = true
	}
	used["sla.policies.*.match.issue"] = true
	used["sla.policies.*.match.priority"] = true
	used["sla.policies.*.match.account"] = true
	used["sla.relaxations.*.match.account"] = true
	used["teams.*.shifts.*.break"] = true
	for _, k := range language.Keys() {
		if !used[k.Path] {
			t.Errorf("the manual has no example of %s", k.Path)
		}
	}
}

// collect notes the pattern of every path of a tree that is a key.
func collect(n *yamltree.Node, pattern string, used map[string]bool) {
	used[pattern] = true
	for _, item := range n.Items {
		collect(item, pattern+".*", used)
	}
	for _, pair := range n.Pairs {
		var path []string
		if pattern != "" {
			path = strings.Split(pattern, ".")
		}
		collect(pair.Value, language.Pattern(append(path, pair.Key)), used)
	}
}

func TestKeysAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, k := range language.Keys() {
		if k.Meaning == "" || strings.HasSuffix(k.Meaning, ".") {
			t.Errorf("%s: the meaning is one clause without a full stop, not %q", k.Path, k.Meaning)
		}
		if k.Default != "" && k.Otherwise != "" {
			t.Errorf("%s has two defaults", k.Path)
		}
		if i := strings.LastIndex(k.Path, "."); i > 0 {
			section := strings.TrimSuffix(k.Path[:i], ".*")
			if language.At(section) == nil {
				t.Errorf("%s stands in no section", k.Path)
			}
		}
	}
}

// The table of keys is what is read: every key is taken when the scenario that
// uses everything is read. Taking a key that is not in the table panics.
func TestEveryKeyIsTaken(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{}
	for name, text := range examples(t) {
		d, err := readText("testdata", name+".yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		for path := range d.Taken {
			taken[path] = true
		}
	}
	for _, ref := range []string{"testdata/reopen.good.yaml", "testdata/replay.good.yaml"} {
		d, err := load(ref)
		if err != nil {
			t.Fatal(err)
		}
		for path := range d.Taken {
			taken[path] = true
		}
	}
	for _, k := range language.Keys() {
		if !taken[k.Path] {
			t.Errorf("nothing reads %s", k.Path)
		}
	}
}

// readText reads a scenario that is in memory as if it stood in a folder.
func readText(dir, name, text string) (*decoder, error) {
	return newLoader().load(source.Reference{Place: source.Place{Dir: dir}, File: name, Name: source.Stem(name)}, name, []byte(text))
}
