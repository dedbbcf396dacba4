package eventlog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// verdicts are the flags of an import, by the names of the tickets.
func verdicts(t *testing.T, mapping, file string) (list, odd []string) {
	t.Helper()
	in := intake.New(intake.Options{})
	defer in.Close()
	if err := mapped(t, mapping).Read(in, []intake.Source{source([]byte(file))}); err != nil {
		t.Fatal(err)
	}
	var log, flags strings.Builder
	sum, err := in.WriteLog(&log)
	if err != nil {
		t.Fatal(err)
	}
	if in.Flags() > 0 {
		if err := in.WriteFlags(&flags); err != nil {
			t.Fatal(err)
		}
	}
	names := map[string]string{}
	for row := range strings.Lines(log.String()) {
		c := strings.Split(strings.TrimSpace(row), ",")
		names[c[0]] = c[len(c)-1]
	}
	for i, row := range strings.Split(strings.TrimSpace(flags.String()), "\n") {
		if c := strings.Split(row, ","); i > 0 {
			list = append(list, names[c[0]]+" "+strings.Join(c[1:], " "))
		}
	}
	for _, o := range sum.Oddities {
		if o.Oddity == eventlog.NoFlags || o.Oddity == intake.UnknownWord {
			odd = append(odd, o.Name+": "+o.Detail)
		}
	}
	return list, odd
}

// What a source thinks of its promises stands on every row, and only the last row of a ticket knows: in the order of time, and
// of one minute in the order of the file.
func TestTheLastRowSaysWhetherAPromiseWasKept(t *testing.T) {
	t.Parallel()
	const head = "id,at,opened,state,made\n"
	row := func(id, at, made string) string {
		return id + ",2026-12-03 " + at + ",2026-12-03 08:00,Work," + made + "\n"
	}
	mapping := updates + "zone: UTC\nflags: {made: resolution kept}\n"
	for _, c := range []struct {
		name, mapping, file string
		want, odd           []string
	}{
		{"it turns at the end", mapping, head + row("A", "09:00", "true") + row("A", "10:00", "true") + row("A", "11:00", "false"), []string{"A resolution true"}, nil},
		{"it turns and turns back", mapping, head + row("A", "09:00", "false") + row("A", "10:00", "true"), []string{"A resolution false"}, nil},
		{"rows that are not in order", mapping, head + row("A", "11:00", "FALSE") + row("B", "11:00", "true") + row("A", "10:00", "true") + row("A", "12:00", "true") + row("A", "09:00", "false"),
			[]string{"A resolution false", "B resolution false"}, nil},
		{"several in one minute", mapping, head + row("A", "09:00", "true") + row("A", "09:00", "false"), []string{"A resolution true"}, nil},
		{"several in one minute, apart", mapping, head + row("A", "09:00", "false") + row("B", "09:00", "no") + row("A", "09:00", "true"), []string{"A resolution false", "B resolution true"}, nil},
		{"true may mean late", updates + "zone: UTC\nflags: {made: first_reply late}\n", head + row("A", "09:00", "1") + row("B", "09:00", "0"), []string{"A first_reply true", "B first_reply false"}, nil},
		{"cells that say nothing, or nothing that is known", mapping, head + row("A", "09:00", "true") + row("A", "10:00", "?") + row("B", "10:00", "perhaps"), []string{"A resolution false"}, []string{"unknown word: made: perhaps"}},
		{"a file without the column", mapping, "id,at,opened,state\nA,2026-12-03 09:00,2026-12-03 08:00,Work\n", nil, []string{"no flags: made"}},
		{"tickets with one row", tickets + "zone: UTC\nflags: {late: resolution late}\n", "id,opened,solved,closed,replied,late\nA,2026-12-03 09:00,,,,yes\nB,2026-12-03 09:00,,,,no\n", []string{"A resolution true", "B resolution false"}, nil},
		{"lines of JSON", "from: jsonl\nrows: updates\nticket: id\nat: at\nopened: at\nflags: {made: resolution kept}\n",
			`{"id": "A", "at": "2026-12-03T10:00:00Z", "made": true}` + "\n" + `{"id": "A", "at": "2026-12-03T11:00:00Z", "made": false}` + "\n", []string{"A resolution true"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, odd := verdicts(t, c.mapping, c.file)
			for i := range got {
				f := strings.Fields(got[i])
				got[i] = strings.Join(f[:3], " ")
			}
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.odd, odd); diff != "" {
				t.Errorf("oddities (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFlagMustSayWhatTrueMeans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"resolution": "does not say what true means", "resolutoin kept": "is no metric", "resolution maybe": "does not say what true means"} {
		_, err := eventlog.ReadMapping("m.yaml", []byte(updates+"flags: {made: "+text+"}\n"))
		if !errors.As(err, new(scenarios.Problems)) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "m.yaml:7:") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
