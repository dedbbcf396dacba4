package scenarios

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each bad file holds one mistake. Its first lines, as comments, are the message
// and the hint that it must give; the message starts with line and column, preceded
// by the file where it is another one.
func TestEveryBadFileGivesItsMessage(t *testing.T) {
	t.Parallel()
	files := glob(t, "*.bad.yaml")
	if len(files) < 45 {
		t.Fatalf("only %d bad files", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			want := comments(t, file)
			_, err := Load(file)
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("Load: %v, want problems", err)
			}
			if len(problems) != 1 {
				t.Fatalf("want one problem, got\n%v", err)
			}
			got := strings.Split(problems[0].String(), "\n")
			message := strings.TrimPrefix(got[0], file+":")
			message = strings.ReplaceAll(message, "testdata/", "")
			if message != want[0] {
				t.Errorf("message\n got %s\nwant %s", message, want[0])
			}
			hint := ""
			if len(want) > 1 {
				hint = strings.TrimPrefix(want[1], "hint: ")
			}
			if gotHint := strings.ReplaceAll(problems[0].Hint, "testdata/", ""); gotHint != hint {
				t.Errorf("hint\n got %s\nwant %s", gotHint, hint)
			}
		})
	}
}

func TestEveryGoodFileLoads(t *testing.T) {
	t.Parallel()
	for _, file := range glob(t, "*.good.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			s, err := Load(file)
			if err != nil {
				t.Fatalf("Load:\n%v", err)
			}
			if problems := s.Check(); len(problems) > 0 {
				t.Errorf("Check: %v", problems)
			}
		})
	}
}

// What differs only in how it is written means the same.
func TestSpellingDoesNotMatter(t *testing.T) {
	t.Parallel()
	digest := func(ref string) string {
		s, err := Load(ref)
		if err != nil {
			t.Fatalf("Load:\n%v", err)
		}
		s.Name = ""
		return s.Digest()
	}
	want := digest("testdata/minimal.good.yaml")
	for _, same := range []string{"quoted", "windows", "other-units"} {
		if digest("testdata/"+same+".good.yaml") != want {
			t.Errorf("%s.good.yaml and minimal.good.yaml mean different things", same)
		}
	}
	if digest("testdata/child.good.yaml@quiet") != digest("testdata/grandchild.good.yaml") {
		t.Error("extending a variant and choosing it mean different things")
	}
	if digest("testdata/child.good.yaml") == digest("testdata/child.good.yaml@quiet") {
		t.Error("a variant changes nothing")
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return files
}

// comments are the comments that open a file.
func comments(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		text, ok := strings.CutPrefix(line, "# ")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(text))
	}
	if len(lines) == 0 {
		t.Fatalf("%s does not open with the message that it must give", file)
	}
	return lines
}
