package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inDir writes files into a folder of the test's own.
func inDir(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A compressed log of a process is imported by what --guess has printed, once somebody has looked at it: the guess itself imports nothing.
func TestAGuessIsPrintedAndGivenBack(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	text := `<log><trace><string key="concept:name" value="A"/>` +
		`<event><string key="concept:name" value="Create"/><date key="time:timestamp" value="2026-12-03T09:00:00Z"/></event>` +
		`<event><string key="concept:name" value="Resolve ticket"/><date key="time:timestamp" value="2026-12-03T10:00:00Z"/></event></trace></log>`
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dir := inDir(t, map[string]string{"log.xes.gz": packed.String()})
	log, out := filepath.Join(dir, "log.xes.gz"), filepath.Join(dir, "out")
	code, mapping, errs := call(t, "import", log, "--guess", "-o", out)
	if _, err := os.Stat(out); code != exitDone || err == nil || !strings.Contains(mapping, "Resolve ticket: solved") {
		t.Fatalf("%d, %v\n%s%s", code, err, mapping, errs)
	}
	if err := os.WriteFile(filepath.Join(dir, "mapping.yaml"), []byte(mapping), 0o666); err != nil {
		t.Fatal(err)
	}
	code, told, errs := call(t, "import", log, "--mapping", filepath.Join(dir, "mapping.yaml"), "-o", out)
	if code != exitDone || !strings.Contains(told, "with 3") {
		t.Errorf("%d\n%s%s", code, told, errs)
	}
}

// --strict refuses an event log in which anything is odd, says what and where, and leaves nothing behind.
func TestAnOddEventLogIsRefusedIfStrict(t *testing.T) {
	t.Parallel()
	dir := inDir(t, map[string]string{
		"mapping.yaml": "from: csv\nrows: updates\nticket: id\nat: at\nstatus: state\nstatuses: {Open: open, Done: solved}\nmissing: ['?']\n",
		"log.csv":      "id,at,state\nA,2026-12-03T09:00:00Z,Open\nA,2026-12-03T10:00:00Z,Done\nB,2026-12-03T11:00:00Z,Strange\nB,not a time,Done\n",
	})
	out := filepath.Join(dir, "out")
	args := []string{"import", filepath.Join(dir, "log.csv"), "--mapping", filepath.Join(dir, "mapping.yaml"), "-o", out}
	code, told, errs := call(t, append(args, "--strict")...)
	if _, err := os.Stat(out); code != exitInvalid || err == nil {
		t.Errorf("%d, %v\n%s%s", code, err, told, errs)
	}
	for _, want := range []string{"unknown word: state: Strange", "unreadable time", "4", "5"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	if code, told, errs := call(t, args...); code != exitDone {
		t.Errorf("not strict: %d\n%s%s", code, told, errs)
	}
}

// A roster goes onto the scenario of a forecast, whose clocks are its own, and what is wrong with a flag of one names its help.
func TestARosterGoesOntoAForecast(t *testing.T) {
	t.Parallel()
	dir := inDir(t, map[string]string{
		"week.csv":   "queue;start;volume;aht\nBilling;02.03.2026 09:00;12,5;0:04:30\nBilling;02.03.2026 09:30;14;270\n",
		"roster.csv": "team,date,start,end,heads\nBilling,2026-03-02,09:00,17:00,3\n",
	})
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, args := range [][]string{
		{"import", "forecast", at("week.csv"), "--zone", "Europe/Berlin", "-o", at("forecast.yaml")},
		{"import", "roster", at("roster.csv"), "--onto", at("forecast.yaml"), "-o", at("both.yaml")},
		{"check", at("both.yaml")},
	} {
		if code, told, errs := call(t, args...); code != exitDone {
			t.Fatalf("%v: %d\n%s%s", args, code, told, errs)
		}
	}
	if text, err := os.ReadFile(at("both.yaml")); err != nil || !strings.Contains(string(text), "zone: Europe/Berlin") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, _, errs := call(t, "import", "roster", at("roster.csv"), "--nonsense"); !strings.Contains(errs, "see 'headroom import roster --help'") {
		t.Errorf("%s", errs)
	}
}
