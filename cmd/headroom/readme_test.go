package main

import (
	"flag"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the output of its commands into README.md")

// elided stands for output that the README leaves out, up to the next command.
const elided = "…"

// TestTheReadmeSaysWhatHappens runs every command of the README, in order and in one
// folder, and compares the output that it shows.
func TestTheReadmeSaysWhatHappens(t *testing.T) {
	path, err := filepath.Abs(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ci, err := os.ReadFile(filepath.Join("..", "..", ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var out []string
	lines := strings.Split(string(text), "\n")
	commands, verbs := 0, map[string]bool{}
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		command, ok := strings.CutPrefix(lines[i], "$ ")
		if !ok {
			continue
		}
		commands++
		end := i + 1
		for !strings.HasPrefix(lines[end], "$ ") && lines[end] != "```" {
			end++
		}
		want := lines[i+1 : end]
		args, isOurs := strings.CutPrefix(command, "go run ./cmd/headroom ")
		if !isOurs {
			// Tests cannot run themselves: that the command passes is what CI
			// decides by, which lets it say more.
			if command != "go test -timeout 20m ./..." || !strings.Contains(string(ci), "\nif ! go test -timeout 20m -v ./... >") {
				t.Errorf("README: %q is run neither by this test nor by CI", command)
			}
			continue
		}
		code, stdout, stderr := call(t, strings.Fields(args)...)
		if code != exitDone {
			t.Errorf("README: %q ends with %d: %s", command, code, stderr)
		}
		verbs[strings.Fields(args)[0]] = true
		shown := show(stdout, want)
		if !slices.Equal(shown, want) && !*update {
			t.Errorf("README: %q prints\n%s\nthe README says\n%s", command, strings.Join(shown, "\n"), strings.Join(want, "\n"))
		}
		out = append(out, shown...)
		i = end - 1
	}
	for _, verb := range []string{"run", "compare", "sweep", "report", "diff", "check", "list", "erlang"} {
		if !verbs[verb] {
			t.Errorf("README: no command shows %s", verb)
		}
	}
	for _, name := range pictures.FindAllStringSubmatch(string(text), -1) {
		shown := filepath.Join(filepath.Dir(path), name[1])
		if strings.HasPrefix(name[1], "reports/") {
			decode(t, shown) // what is on it, the test of its package says
			continue
		}
		if filepath.Base(name[1]) == "black-friday-report.png" {
			made := filepath.Join(t.TempDir(), "report.png")
			if !screenshot(t, filepath.Join("black-friday-out", "report.html"), made) {
				t.Log("without a browser the picture of the page is not looked at")
				continue
			}
			comparePicture(t, shown, made, 0.03) // letters differ between browsers
			continue
		}
		prefix, rest, _ := strings.Cut(filepath.Base(name[1]), "-")
		if folder, ok := madeIn[prefix]; ok {
			comparePicture(t, shown, filepath.Join(folder, rest), 0.003)
			continue
		}
		comparePicture(t, shown, strings.Replace(filepath.Base(name[1]), "black-friday-", "black-friday-out/", 1), 0.003)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(out, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// The picture of every example of a chart that a test draws again is in the README: that
// very file, once.
func TestTheReadmeShowsEveryChart(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	charts, err := filepath.Glob(filepath.Join("..", "..", "reports", "*", "testdata", "*.png"))
	if err != nil || len(charts) < 30 {
		t.Fatalf("%d examples of charts: %v", len(charts), err)
	}
	for _, name := range charts {
		shown := "(" + strings.TrimPrefix(filepath.ToSlash(name), "../../") + ")"
		if n := strings.Count(string(text), shown); n != 1 {
			t.Errorf("README shows %s %d times", shown, n)
		}
	}
}

// madeIn is where the commands write the pictures whose names begin with a word.
var madeIn = map[string]string{
	"compared": "coverage-business-hours-vs-coverage-24x7-out",
	"swept":    filepath.Join("black-friday-sweep-out", "report"),
}

// pictures finds the pictures of the README.
var pictures = regexp.MustCompile(`!\[[^]]*\]\(([^)]+)\)`)

// comparePicture holds a picture that the README shows against the one that its
// commands have made. Fonts and rounding may differ a little between machines: by at most
// so much on average, of the whole range.
func comparePicture(t *testing.T, shown, made string, most float64) {
	t.Helper()
	if *update {
		data, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(shown, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a, b := decode(t, shown), decode(t, made)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%s is %v, the README shows %v", made, b.Bounds(), a.Bounds())
	}
	var sum float64
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			sum += math.Abs(float64(ar)-float64(br)) + math.Abs(float64(ag)-float64(bg)) + math.Abs(float64(ab)-float64(bb))
		}
	}
	if mean := sum / float64(a.Bounds().Dx()*a.Bounds().Dy()) / (3 * 65535); mean > most {
		t.Errorf("%s differs from the picture in the README by %.4f on average", made, mean)
	}
}

func decode(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}

// show is the output as the README wants to show it: all of it, or as many lines
// as it has before the elision.
func show(stdout string, want []string) []string {
	lines := strings.Split(strings.TrimRight(stdout, "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	if n := slices.Index(want, elided); n >= 0 {
		return append(slices.Clone(lines[:min(n, len(lines))]), elided)
	}
	return lines
}
