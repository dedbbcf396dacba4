package eventlog_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// Whatever a file holds, it gives a problem or a log that its own reader takes, of which every ticket begins
// with its creation.
func FuzzRead(f *testing.F) {
	mappings := []string{
		updates + "zone: UTC\npriority: prio\naccount: who\nagent: agent\nteam: team\n",
		tickets + "zone: UTC\nchannel: via\n",
		"from: jsonl\nrows: updates\nticket: id\nat: at\nopened: o.at\npriority: p\n",
		"from: xes\nrows: events\nticket: case:concept:name\nat: time:timestamp\nevent: lifecycle:transition\nevents: {start: started open, complete: solved}\n",
	}
	f.Add(byte(0), []byte("id,at,opened,state,prio,who,agent,team\nA,2026-12-03 10:00:00,2026-12-03 09:00:00,Work,high,\"x\ny\",=1,\n"))
	f.Add(byte(1), []byte("id,opened,solved,closed,replied,via\nA,2026-12-03 10:00:00,2026-12-02 09:00:00,?,,mail\nA,2026-12-03 10:00:00,,,,\n"))
	f.Add(byte(2), []byte(`{"id": 1, "at": "2026-12-03T10:00:00Z", "o": {"at": null}, "p": [1]}`+"\n{"))
	f.Add(byte(3), []byte(`<log><trace><string key="concept:name" value="1"/><event><date key="time:timestamp" value="2026-12-03T10:00:00Z"/><string key="lifecycle:transition" value="start"><int key="a" value="1"/></string></event></trace></log>`))
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		in := intake.New(intake.Options{TempDir: t.TempDir()})
		defer in.Close()
		err := mapped(t, mappings[int(which)%len(mappings)]).Read(in, []intake.Source{source(data)})
		if err != nil {
			var problem *ticketlog.Problem
			if !errors.As(err, &problem) {
				t.Fatalf("the error is no problem of the file: %v", err)
			}
			return
		}
		var log bytes.Buffer
		sum, err := in.WriteLog(&log)
		if err != nil {
			t.Fatal(err)
		}
		r := ticketlog.NewReader(&log, &sum.Names, calendar.Axis{Origin: time.Unix(0, 0)})
		found, err := ticketlog.FindTicket(r, 0)
		if err != nil {
			t.Fatal(err)
		}
		if found.Tickets != sum.Tickets {
			t.Fatalf("%d tickets in the log, %d in the summary", found.Tickets, sum.Tickets)
		}
		if sum.Tickets > 0 {
			if _, err := in.Draft(sum, "log.csv").Encode(""); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A mapping, or a guess at one, never panics, and what a guess writes is YAML.
func FuzzGuess(f *testing.F) {
	f.Add([]byte("id,created at,status\n1,3/4/2026 10:00,open\n1,5/6/2026 11:00,closed\n"))
	f.Add([]byte(`{"id": 1, "at": "2026-12-03T10:00:00Z"}`))
	f.Add([]byte("rows: updates\nticket: id\nat: at\ntimes: {a: replied after hours}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := eventlog.ReadMapping("m.yaml", data); err != nil && !errors.As(err, new(scenarios.Problems)) {
			t.Fatalf("the error is %v", err)
		}
		text, err := eventlog.Guess(source(data), time.UTC)
		if err != nil {
			return
		}
		// It may lack something, but what it has is read: only the keys that are empty are wrong.
		if _, err := eventlog.ReadMapping("guess", text); err != nil && !bytes.Contains(text, []byte(`: ""`)) {
			t.Fatalf("a guess cannot be read: %v\n%s", err, text)
		}
	})
}
