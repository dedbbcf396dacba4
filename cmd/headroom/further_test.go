package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// busyLine is a phone line that is hard to reach, a mailbox that answers late, and
// customers who do not leave it at that.
const busyLine = `
time: {start: 2026-03-02, length: 4d, warmup: 0d}
run: {replications: 1, seed: 2026}
channels:
  phone:
    live: true
    patience: exponential(mean 3m)
    callback: 15%
    after_abandon: {retry: 50% after exponential(mean 20m), switch: 30% to email}
  email: {chase: {after: weibull(scale 3h, shape 2), merged: 50%, handle: 2m}}
issues:
  question:
    handle: exponential(mean 9m)
    solved_at_first_touch: 60%
    customer_reply: {after: exponential(mean 5h), never: 50%, remind: [12h, 24h], wins: 30%, close: 2d}
teams: {desk: {shifts: [{heads: 2, hours: "08:00-20:00"}]}}
sla: {policies: [{first_reply: 4h}, {match: {channel: phone}, answer: 2m}]}
`

// logOf runs a scenario and returns the log that it wrote.
func logOf(t *testing.T, dir, name, text string) []byte {
	t.Helper()
	scenario, log := filepath.Join(dir, name+".yaml"), filepath.Join(dir, name+".csv")
	if err := os.WriteFile(scenario, []byte("name: "+name+"\n"+text), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := call(t, "run", scenario, "--log", log, "--out", filepath.Join(dir, name)); code != exitDone {
		t.Fatal(stderr)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The contacts that descend from others are in the log, but a replay does not take
// them from there: they are born again of what happens, and so the replay is the same
// trial. Where nobody comes back, they are not born at all.
func TestAReplayDoesNotBringFurtherContactsTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := logOf(t, dir, "first", busyLine+"demand: [{stream: calls, channel: phone, volume: 150/day}]\n")
	again := busyLine + "demand: [{stream: calls, channel: phone, replay: {file: first.csv}}]\n"
	if got := logOf(t, dir, "again", again); !bytes.Equal(got, want) {
		t.Error("the replay of the log is another trial")
	}
	silent := strings.NewReplacer("    callback: 15%\n", "", "    after_abandon: {retry: 50% after exponential(mean 20m), switch: 30% to email}\n", "",
		"email: {chase: {after: weibull(scale 3h, shape 2), merged: 50%, handle: 2m}}", "email: {}").Replace(again)
	contacts := func(log []byte) int { return bytes.Count(log, []byte(",created,")) }
	all, alone := contacts(want), contacts(logOf(t, dir, "alone", silent))
	if alone == 0 || alone > all*9/10 {
		t.Errorf("%d contacts where nobody comes back, of %d", alone, all)
	}
	drawn := strings.Replace(silent, "replay: {file: first.csv}", "volume: 150/day", 1)
	if first := contacts(logOf(t, dir, "drawn", drawn)); first != alone {
		t.Errorf("%d first contacts are replayed, there were %d", alone, first)
	}
}

// The story of a ticket says who asked again, who was reminded and who is called back.
func TestExplainTellsOfFurtherContacts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := logOf(t, dir, "story", busyLine+"demand: [{stream: calls, channel: phone, volume: 100/day}, {stream: mail, channel: email, volume: 60/day}]\n")
	want := map[string]string{
		"the customer writes again, without an answer so far": "",
		"a reminder goes to the customer":                     "",
		"the customer leaves the line, to be called back":     "",
		"the customer gives up and leaves":                    "",
		"it is set to solved":                                 "",
	}
	status := map[string]string{}
	for line := range strings.Lines(string(log)) {
		cells := strings.Split(line, ",")
		id, event, now := cells[0], cells[2], cells[3]
		switch {
		case event == "message" && (status[id] == "new" || status[id] == "open"):
			want["the customer writes again, without an answer so far"] = id
		case event == "status" && now == "pending":
			want["a reminder goes to the customer"] = id
		case event == "status" && now == "new":
			want["the customer leaves the line, to be called back"] = id
		case event == "abandoned":
			want["the customer gives up and leaves"] = id
		case event == "status" && now == "solved":
			want["it is set to solved"] = id
		}
		status[id] = now
	}
	for words, id := range want {
		if id == "" {
			t.Errorf("never: %s", words)
			continue
		}
		code, out, stderr := call(t, "explain", filepath.Join(dir, "story.yaml"), "--ticket", id)
		if code != exitDone || !strings.Contains(out, words) {
			t.Errorf("%s: exit %d, %s\nwant %q in\n%s", id, code, stderr, words, out)
		}
	}
}

// insistentFile is the busy line with a mailbox beside it, and with promises of all that a
// reminder or a chaser must not be taken for.
func insistentFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "insistent.yaml")
	text := strings.Replace(busyLine, "first_reply: 4h}", "first_reply: 4h, next_reply: 2h, periodic_update: 8h, pausable_update: 4h, requester_wait: 8h}", 1) +
		"demand: [{stream: calls, channel: phone, volume: 100/day}, {stream: mail, channel: email, volume: 60/day}]\n"
	if err := os.WriteFile(path, []byte("name: insistent\n"+text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
