package ticketlog_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

func readFlags(content string) (list []ticketlog.Flag, err error) {
	err = ticketlog.ReadFlags(strings.NewReader(content), func(f ticketlog.Flag) error {
		list = append(list, f)
		return nil
	})
	return list, err
}

func TestFlagsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var want []ticketlog.Flag
		var out bytes.Buffer
		w := ticketlog.NewFlagWriter(&out)
		for range rapid.IntRange(0, 6).Draw(r, "flags") {
			f := ticketlog.Flag{
				Ticket: ticket.ID(rapid.Uint64().Draw(r, "ticket")), Metric: sla.Metric(rapid.IntRange(0, int(sla.Metrics)-1).Draw(r, "metric")),
				Policy: strings.TrimSpace(rapid.SampledFrom([]string{"", "Gold", "=1+1", "a,b", "'tis", "''", "two\nlines"}).Draw(r, "policy")), Breached: rapid.Bool().Draw(r, "breached"),
			}
			if rapid.Bool().Draw(r, "when") {
				f.At = time.Unix(rapid.Int64Range(0, 4e9).Draw(r, "at"), 0).UTC()
			}
			want = append(want, f)
			if err := w.Write(f); err != nil {
				r.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			r.Fatal(err)
		}
		got, err := readFlags(out.String())
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsWrongWithFlagsHasAPlace(t *testing.T) {
	t.Parallel()
	const head = "ticket,metric,policy,breached,at\n"
	for _, row := range []struct{ name, content, want string }{
		{"a ticket", head + "7,first_reply,,true,\n", `line 2, character 1, column ticket: "7": is no ticket`},
		{"a metric", head + "t00000000000000a7,first_replay,,true,\n", `did you mean "first_reply"?`},
		{"a verdict", head + "t00000000000000a7,first_reply,,maybe,\n", "neither true nor false"},
		{"a time", head + "t00000000000000a7,first_reply,,true,soon\n", "line 2, character 37, column at"},
		{"a column that is missing", "ticket,metric\n", "policy"},
		{"a torn row", head + "t00000000000000a7\n", "the row has 1 cells"},
		{"nothing", "", "the file is empty"},
	} {
		if _, err := readFlags(row.content); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: the error is %v, want %q in it", row.name, err, row.want)
		}
	}
}

func FuzzReadFlags(f *testing.F) {
	for _, seed := range []string{"ticket,metric,policy,breached,at\nt00000000000000a7,first_reply,Gold,true,2026-03-02T09:00:00Z\n", "at,ticket,metric,policy,breached,more\n,t00000000000000a7,resolution,,false,\n", "\"", "ticket"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		_, err := readFlags(content)
		var one *ticketlog.Problem
		var all *ticketlog.Problems
		if err != nil && !errors.As(err, &one) && !errors.As(err, &all) {
			t.Errorf("the error is no problem of the file: %v", err)
		}
	})
}
