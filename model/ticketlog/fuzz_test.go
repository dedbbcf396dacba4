package ticketlog_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// FuzzReader: no input panics, and what is read can be written and is read again.
func FuzzReader(f *testing.F) {
	x := calendar.Axis{Origin: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)}
	f.Add([]byte(header + "t00000000000000a7,2026-11-27T09:00:00-05:00,created,new,email,refund,gold,high,,,\n"))
	f.Add([]byte(header + "t00000000000000a7,2026-11-27T09:00:00Z,replied,solved,\"a\nb\",'=x,'',\"\"\"\",acme,front,12\n"))
	f.Add([]byte(zip(header)))
	f.Add([]byte("\xef\xbb\xbf" + header + "a,b"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := ticketlog.NewReader(bytes.NewReader(file), nil, x)
		var events []ticket.Event
		for e, err := range r.All() {
			if err == nil {
				events = append(events, e)
			}
		}
		again := read(t, write(t, r.Names(), x, events...), r.Names(), x)
		if !slices.Equal(events, again) {
			t.Errorf("read %v, written and read again %v", events, again)
		}
	})
}

// FuzzReadTable: no input panics, and what is kept has a place and a time.
func FuzzReadTable(f *testing.F) {
	f.Add([]byte("id,at,p\n1,29/2/2016 01:16,low\n1,bad,x\n"), false, ",")
	f.Add([]byte("id;at;p\n1;29/2/2016 01:16;\"l\n;ow\"\n2;;?\n"), true, ";")
	f.Add([]byte(zip("id,at,p\n1,29/2/2016 01:16,'=low\n")), true, ",")
	f.Add([]byte("\xef\xbb\xbfid,at,p\r\n\r\n"), true, ",")
	f.Add([]byte("id,at"), true, ",")
	f.Fuzz(func(t *testing.T, file []byte, updates bool, comma string) {
		m := ticketlog.Mapping{ID: "id", Created: "at", Priority: "p", Layout: "2/1/2006 15:04", Updates: updates, Missing: []string{"?"}}
		for _, r := range comma {
			m.Comma = r
			break
		}
		rows, problems, err := ticketlog.ReadTable(bytes.NewReader(file), m)
		if err != nil {
			if m.Check() == nil {
				t.Fatalf("an error of a source that has none: %v", err)
			}
			return
		}
		if len(rows) == 0 && problems.Err() == nil {
			t.Error("neither a row nor a problem")
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if r.Line < 2 || r.ID == "" || r.Created.IsZero() || seen[r.ID] {
				t.Errorf("row %+v", r)
			}
			seen[r.ID] = true
		}
		if p := problems.Err(); p != nil && strings.TrimSpace(p.Error()) == "" {
			t.Error("a problem without a word")
		}
	})
}
