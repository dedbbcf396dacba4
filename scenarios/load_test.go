package scenarios

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/internal/scope"
)

const base = `name: test
demand: [{stream: mail, volume: 100/day}]
issues: {question: {handle: 10m}}
teams: {desk: {shifts: [{name: day, heads: 4, hours: always}]}}
sla: {policies: [{name: promise, first_reply: 4h}]}
`

// folder writes files into a folder of their own.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// messages are the first lines of the problems of an error, without the folder.
func messages(t *testing.T, dir string, err error) []string {
	t.Helper()
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("want problems, got %v", err)
	}
	var out []string
	for _, p := range problems {
		line, _, _ := strings.Cut(p.String(), "\n")
		out = append(out, strings.ReplaceAll(line, dir+string(filepath.Separator), ""))
	}
	return out
}

func TestAllProblemsAtOnceByPlace(t *testing.T) {
	t.Parallel()
	_, err := readText("", "test.yaml", `name: test
demand: [{stream: mail, volume: 100}]
isues: {question: {handle: 10m}}
time: {length: 3, zone: Mars, interval: 7m}
teams: {desk: {shifts: [{heads: -1, hours: "25:00-26:00"}]}}
`)
	want := []string{
		"test.yaml:1:1: issues: issues is missing: what are tickets about, and how long do they take?",
		`test.yaml:2:33: demand[mail].volume: "100" does not say per what`,
		`test.yaml:3:1: isues: unknown key "isues"`,
		`test.yaml:4:16: time.length: "3" has no unit`,
		`test.yaml:4:25: time.zone: "Mars" is not a time zone`,
		`test.yaml:4:41: time.interval: "7m" is not an interval of time series`,
		"test.yaml:5:33: teams.desk.shifts[1].heads: -1 is out of range",
		`test.yaml:5:45: teams.desk.shifts[1].hours: "25:00" is not a time of day`,
		`test.yaml:5:51: teams.desk.shifts[1].hours: "26:00" is not a time of day`,
	}
	if got := strings.Join(messages(t, "", err), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestAProblemIsShownWithItsLine(t *testing.T) {
	t.Parallel()
	_, err := readText("", "spike.yaml", base+"time: {length: 2w, interval: 20m} # über\n")
	want := `spike.yaml:6:30: time.interval: "20m" is not an interval of time series
  time: {length: 2w, interval: 20m} # über
                               ^^^
  hint: want 15m, 30m or 60m`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestALongLineIsCutAroundThePlace(t *testing.T) {
	t.Parallel()
	_, err := readText("", "x.yaml", base+"time: {zone: UTC, "+strings.Repeat(" ", 300)+"interval: 20m"+strings.Repeat(" ", 300)+"}\n")
	if err == nil {
		t.Fatal("no problem")
	}
	lines := strings.Split(err.Error(), "\n")
	caret := strings.Index(lines[2], "^^^")
	if len([]rune(lines[1])) > 110 || caret < 0 || string([]rune(lines[1])[caret:caret+3]) != "20m" {
		t.Errorf("the caret does not point at 20m:\n%s", err)
	}
}

func TestPositionsSurviveExtendsAndVariants(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"base.yaml":  base,
		"child.yaml": "extends: base.yaml\nteams:\n  desk:\n    shifts:\n      day: {hours: \"09:00-09:00\"}\nvariants:\n  slow:\n    issues.question.handle: soon\n",
		"worse.yaml": "extends: base.yaml\ntime:\n  warmup: 5w\n",
		"skill.yaml": "extends: base.yaml\nissues:\n  question:\n    skill: refunds\nteams: {desk: {skills: returns}}\n",
		"deep.yaml":  "extends: broken.yaml\n",
		"broken.yaml": strings.Replace(base, "100/day", "100/fortnight", 1) +
			"variants: {late: {demand.mail.from: 2026-03-01, demand.mail.until: 2026-02-01}}\n",
	})
	for file, want := range map[string][]string{
		"child.yaml": {
			`child.yaml:5:20: teams.desk.shifts[day].hours: "09:00-09:00" ends when it starts`,
			`child.yaml:8:29: issues.question.handle: "soon" is not a distribution (in the variant slow)`,
		},
		"worse.yaml": {"worse.yaml:3:11: time.warmup: the warm-up of 35d leaves nothing to measure of the length of 28d"},
		"skill.yaml": {"skill.yaml:4:12: issues.question.skill: no team has the skill refunds"},
		"deep.yaml": {
			`broken.yaml:2:33: demand[mail].volume: "100/fortnight" is not a volume`,
			"broken.yaml:6:68: demand[mail].until: 2026-02-01 lies before it starts (in the variant late)",
		},
	} {
		_, err := Load(filepath.Join(dir, file))
		if got := strings.Join(messages(t, dir, err), "\n"); got != strings.Join(want, "\n") {
			t.Errorf("%s\n got %s\nwant %s", file, got, strings.Join(want, "\n"))
		}
	}
}

func TestMapsMergeAndNullRemoves(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/child.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "child.good" || len(s.Streams) != 1 || s.Streams[0].Name != "mail" {
		t.Errorf("%s has streams %+v", s.Name, s.Streams)
	}
	var shifts []string
	for _, sh := range s.Teams[0].Shifts {
		shifts = append(shifts, sh.Name)
	}
	if got := strings.Join(shifts, " "); got != "early late night noon" {
		t.Errorf("the shifts are %s", got)
	}
	if s.Teams[0].Shifts[2].Heads != 2 || s.Teams[0].Shifts[2].To != 30*60 {
		t.Errorf("night is %+v; only its heads were to change", s.Teams[0].Shifts[2])
	}
}

func TestVariants(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]struct {
		name   string
		factor float64
		shifts int
	}{
		"black-friday":              {"black-friday", 8, 6},
		"black-friday@10x":          {"black-friday@10x", 10, 6},
		"black-friday@no-temps":     {"black-friday@no-temps", 8, 5},
		"black-friday@5x@no-temps":  {"black-friday@5x@no-temps", 5, 5},
		"black-friday@ordinary@10x": {"black-friday@ordinary@10x", 10, 6},
	} {
		s, err := Load(ref)
		if err != nil {
			t.Fatalf("%s:\n%v", ref, err)
		}
		if s.Name != want.name || s.Streams[1].Spikes[0].Factor != want.factor || len(s.Teams[0].Shifts) != want.shifts {
			t.Errorf("%s: %s, factor %v, %d shifts", ref, s.Name, s.Streams[1].Spikes[0].Factor, len(s.Teams[0].Shifts))
		}
	}
}

// A variant may say what its file leaves to the defaults, but not invent names.
func TestVariantsOfDefaults(t *testing.T) {
	t.Parallel()
	_, err := readText("", "x.yaml", base+"variants: {long: {time.length: 6w, teams.desk.premiums.night: 50%, channels.email.concurrency: 2, sla.policies.promise.match.priority: normal}}\n")
	if err == nil || len(messages(t, "", err)) != 1 || !strings.Contains(err.Error(), "there is no channels.email to change") {
		t.Errorf("got %v, want only a complaint about email, which the file does not name", err)
	}
}

func TestManyProblemsAreCut(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	_, err := readText("", "x.yaml", base+b.String())
	got := messages(t, "", err)
	if len(got) != 1001 || got[1000] != "x.yaml: and 2000 more problems" {
		t.Errorf("%d problems, the last: %s", len(got), got[len(got)-1])
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"hello": base, "a@b.yaml": base, "big.yaml": strings.Repeat("# x\n", 3<<20), "latin.yaml": "name: caf\xe9\n"})
	for ref, want := range map[string]string{
		"helo":                           `"helo" is neither a file nor a shipped scenario; did you mean hello?`,
		"coverage":                       `"coverage" is neither a file nor a shipped scenario; shipped are black-friday, coverage-24x7,`,
		"nowhere/spike.yaml":             `there is no file "nowhere/spike.yaml"; shipped are`,
		"black-friday@11x":               `unknown variant "11x": did you mean 10x?`,
		"hello@peak":                     `unknown variant "peak": there are no variants`,
		dir:                              "cannot be read: it is a folder",
		filepath.Join(dir, "big.yaml"):   "big.yaml:1:1: the file is larger than 8 MiB",
		filepath.Join(dir, "latin.yaml"): "latin.yaml:1:10: byte 0xe9 is not UTF-8",
		"":                               `"" is neither a file nor a shipped scenario`,
	} {
		_, err := Load(ref)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\n got %v\nwant %s", ref, err, want)
		}
	}
	for _, ref := range []string{"hello", filepath.Join(dir, "hello"), filepath.Join(dir, "a@b.yaml")} {
		if _, err := Load(ref); err != nil {
			t.Errorf("%s: %v", ref, err)
		}
	}
}

func TestExtendsInCirclesAndFar(t *testing.T) {
	t.Parallel()
	files := map[string]string{"a.yaml": "extends: b.yaml\n", "b.yaml": "extends: ./c.yaml\n", "c.yaml": "extends: a.yaml\n", "last.yaml": base}
	for i := range 20 {
		next := "last.yaml"
		if i < 19 {
			next = string(rune('f'+i)) + "0.yaml"
		}
		files[string(rune('e'+i))+"0.yaml"] = "extends: " + next + "\n"
	}
	dir := folder(t, files)
	for file, want := range map[string]string{
		"a.yaml":  "c.yaml:1:10: extends: the files extend one another in a circle: a.yaml → b.yaml → c.yaml → a.yaml",
		"e0.yaml": "extends: more than 16 files extend one another",
		"r0.yaml": "",
	} {
		_, err := Load(filepath.Join(dir, file))
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
			continue
		}
		if got := messages(t, dir, err)[0]; !strings.Contains(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", file, got, want)
		}
	}
}

func TestExplainMarksDefaults(t *testing.T) {
	t.Parallel()
	settings, err := Explain("hello")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]scope.Setting{
		"time.warmup":                    {Value: "1w", Default: true},
		"demand[mail].volume":            {Value: "100/day", File: "library/hello.yaml", Line: 5},
		"demand[mail].channel":           {Value: "email", Default: true},
		"issues.question.solved_later":   {Value: "100%", Default: true},
		"teams.desk.shifts[1].name":      {Value: "shift 1", Default: true},
		"teams.desk.shifts[1].hours":     {Value: "09:00-17:00", File: "library/hello.yaml", Line: 7},
		"channels.email.patience":        {Value: "for ever", Default: true},
		"sla.policies[promise].calendar": {Value: "always", Default: true},
	}
	seen := map[string]bool{}
	for _, s := range settings {
		if seen[s.Path] {
			t.Errorf("%s is explained twice", s.Path)
		}
		seen[s.Path] = true
		if s.Meaning == "" {
			t.Errorf("%s has no meaning", s.Path)
		}
		s.Meaning = ""
		w, ok := want[s.Path]
		if w.Path = s.Path; ok && s != w {
			t.Errorf("got %+v, want %+v", s, w)
		}
	}
	for path := range want {
		if !seen[path] {
			t.Errorf("%s is not explained", path)
		}
	}
}

func TestShippedScenarios(t *testing.T) {
	t.Parallel()
	list, err := List()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name)
		for _, part := range []string{"Covers: ", "\nQuestion: ", "\nExpected finding: "} {
			if !strings.Contains(d.Comment, part) {
				t.Errorf("%s does not say %q: %s", d.Name, part, d.Comment)
			}
		}
		if d.Title == "" {
			t.Errorf("%s has no title", d.Name)
		}
		for _, variant := range append([]string{""}, d.Variants...) {
			ref := strings.TrimSuffix(d.Name+"@"+variant, "@")
			s, err := Load(ref)
			if err != nil {
				t.Fatalf("%s:\n%v", ref, err)
			}
			if s.Name != ref {
				t.Errorf("%s calls itself %s", ref, s.Name)
			}
		}
	}
	if got := strings.Join(names, " "); got != "black-friday coverage-24x7 coverage-business-hours engineering-ola enterprise-contract growing-desk hello replay-log roster-week shared-desk" {
		t.Errorf("shipped are %s", got)
	}
}

// Loading reads; it does not guess, and what it reads twice is the same.
func TestLoadingTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"black-friday", "replay-log", "testdata/replay.good.yaml"} {
		a, err := Load(ref)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Load(ref)
		if err != nil {
			t.Fatal(err)
		}
		if a.Digest() != b.Digest() {
			t.Errorf("%s differs from itself", ref)
		}
	}
}

// Whatever the bytes, reading ends with a sound scenario or with problems that
// have a place.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"testdata/*.yaml", "library/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if len(data) < 3000 {
				f.Add(string(data))
			}
		}
	}
	f.Add("tiers:\ndemand:\n 0: \n    tier: {0,1}\n    accounts: {0}")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "file") || strings.Contains(text, "extends") {
			return // no reading of whatever file the fuzzer can think of
		}
		d, err := readText("testdata", "fuzz.yaml", text)
		var problems Problems
		switch {
		case err == nil:
			if found := d.Out.Check(); len(found) > 0 {
				t.Fatalf("an unsound scenario was loaded: %v", found)
			}
		case !errors.As(err, &problems) || len(problems) == 0:
			t.Fatalf("not problems: %v", err)
		default:
			for _, p := range problems {
				if p.Line < 1 || p.Text == "" {
					t.Fatalf("a problem without a place: %+v", p)
				}
			}
		}
	})
}
