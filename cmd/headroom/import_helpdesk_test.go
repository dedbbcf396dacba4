package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exports are made-up exports of all help desks.
func exports(t *testing.T) map[string]string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.FromSlash("../../scenarios/helpdesk/*/testdata/*"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if vendor := filepath.Base(filepath.Dir(filepath.Dir(dir))); info.IsDir() && info.Name() != "fuzz" {
			found[dir] = vendor
		}
	}
	if len(found) < len(importFormats()) {
		t.Fatalf("there are exports of %v", found)
	}
	return found
}

func TestExportsOfHelpDesksAreRecognisedImportedCheckedAndReplayed(t *testing.T) {
	t.Parallel()
	for dir, vendor := range exports(t) {
		t.Run(vendor+"/"+filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			code, stdout, stderr := call(t, "import", dir, "-o", filepath.Join(out, "one"))
			if code != exitDone || !strings.HasPrefix(stdout, "recognised as an export of ") {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			if code, _, stderr := call(t, "import", vendor, dir, "-o", filepath.Join(out, "two")); code != exitDone {
				t.Fatalf("%d %s", code, stderr)
			}
			for _, name := range []string{importLog, importScenario, importOddities, importFlags} {
				one, err := os.ReadFile(filepath.Join(out, "one", name))
				if os.IsNotExist(err) && name == importFlags {
					continue // this export has recorded no verdicts
				}
				if err != nil {
					t.Fatal(err)
				}
				two, err := os.ReadFile(filepath.Join(out, "two", name))
				if err != nil || string(one) != string(two) {
					t.Errorf("%s differs between what was recognised and what was named: %v", name, err)
				}
			}
			scenario := filepath.Join(out, "one", importScenario)
			if code, stdout, stderr := call(t, "check", scenario); code != exitDone {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
			if code, stdout, stderr := call(t, "run", scenario, "--replications", "2", "--out", filepath.Join(out, "run")); code != exitDone {
				t.Fatalf("%d %s%s", code, stdout, stderr)
			}
		})
	}
}

func TestWhatIsNotTranslatedIsToldAndRefusedIfStrict(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "export")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"tickets.json":  `{"tickets":[{"id":1,"created_at":"2026-03-02T08:00:00Z","status":"new","requester_id":5,"priority":"low"}]}`,
		"policies.json": `{"sla_policies":[{"id":1,"title":"VIP","filter":{"all":[{"field":"brand_id","operator":"is","value":"7"}]},"policy_metrics":[{"priority":"low","metric":"first_reply_time","target":5}]}]}`,
		".hidden":       "{",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const want = "! not translated: policy VIP, since it asks for brand_id is 7"
	out := filepath.Join(t.TempDir(), "out")
	if code, stdout, stderr := call(t, "import", dir, "-o", out); code != exitDone || !strings.Contains(stdout, want) {
		t.Errorf("%d %s%s", code, stdout, stderr)
	}
	strict := filepath.Join(t.TempDir(), "strict")
	code, stdout, _ := call(t, "import", dir, "-o", strict, "--strict")
	if _, err := os.Stat(strict); code != exitInvalid || !strings.Contains(stdout, want) || err == nil {
		t.Errorf("%d %s", code, stdout)
	}
}
