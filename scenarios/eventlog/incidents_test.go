package eventlog_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/scenarios/draft"
	"github.com/headroom-sim/headroom/scenarios/eventlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

// incidents is the incident log of a real service desk (Amaral, Fantinato, Peres 2018, doi
// 10.24432/C57S4H), where a copy stands beside the project.
func incidents(t *testing.T) []byte {
	t.Helper()
	f, err := os.Open(filepath.FromSlash("../../../shared/data/uci-incidents/incident_event_log.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no copy of the incident log")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unzip)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// source is a file that is a text.
func source(text []byte) intake.Source {
	return intake.Source{Name: "file", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
}

// mapped reads a mapping that must be right.
func mapped(t testing.TB, text string) *eventlog.Mapping {
	t.Helper()
	m, err := eventlog.ReadMapping("mapping.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// imported is a file as a log, and what was found in it.
func imported(t testing.TB, m *eventlog.Mapping, text []byte) ([]byte, *intake.Summary, *intake.Intake) {
	t.Helper()
	in := intake.New(intake.Options{Zone: m.Zone, TempDir: t.TempDir()})
	t.Cleanup(func() { in.Close() })
	if err := m.Read(in, []intake.Source{source(text)}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	sum, err := in.WriteLog(&log)
	if err != nil {
		t.Fatal(err)
	}
	return log.Bytes(), sum, in
}

// events are those of a log, by ticket.
func events(t testing.TB, log []byte, sum *intake.Summary) map[ticket.ID][]ticket.Event {
	t.Helper()
	all := map[ticket.ID][]ticket.Event{}
	last := time.Duration(math.MinInt64)
	for e, err := range ticketlog.NewReader(bytes.NewReader(log), &sum.Names, calendar.Axis{Origin: time.Unix(0, 0)}).All() {
		if err != nil {
			t.Fatal(err)
		}
		if e.At < last {
			t.Fatal("the log is not in the order of time")
		}
		last = e.At
		all[e.Ticket] = append(all[e.Ticket], e)
	}
	return all
}

// count is how often an oddity was met; detail "*" adds up all.
func count(sum *intake.Summary, o *intake.Oddity, detail string) (n int) {
	for _, t := range sum.Oddities {
		if t.Oddity == o && (t.Detail == detail || detail == "*") {
			n += t.Count
		}
	}
	return n
}

// TestUCIIncidents imports 24,918 incidents by the mapping that is shipped for them, and finds what others
// have found in them.
func TestUCIIncidents(t *testing.T) {
	t.Parallel()
	text := incidents(t)
	mapping, err := eventlog.Text("servicenow-incident-log")
	if err != nil {
		t.Fatal(err)
	}
	m := mapped(t, string(mapping))
	log, sum, _ := imported(t, m, text)
	tickets := events(t, log, sum)
	if len(tickets) != 24_918 || sum.Tickets != 24_918 || sum.Reopened != 276 { // 275, and the one whose rows go back in time
		t.Errorf("%d tickets, %d in the summary, %d reopened", len(tickets), sum.Tickets, sum.Reopened)
	}
	for _, row := range []struct {
		what   *intake.Oddity
		detail string
		want   int
	}{
		{intake.SameInstant, "", 14_118}, {intake.Backwards, "", 1}, {intake.BeforeOpening, "", 5}, {intake.Negative, "", 0},
		{intake.UnknownWord, "incident_state: -100", 5}, {intake.UnknownWord, "*", 5}, {intake.Duplicate, "", 0},
		{intake.Missing, "assignment_group", 14_213}, {intake.Missing, "caller_id", 29}, {intake.Unreadable, "*", 0},
	} {
		if got := count(sum, row.what, row.detail); got != row.want {
			t.Errorf("%s %s: %d, want %d", row.what.Name, row.detail, got, row.want)
		}
	}
	months, weekdays := map[string]int{}, [7]int{}
	priorities, statuses := map[string]int{}, map[ticket.Status]int{}
	changed := 0
	resolved := map[ticket.ID]bool{} // those whose resolved_at is known
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if c := strings.Split(line, ","); i > 0 && c[34] != "?" {
			resolved[intake.TicketID(c[0])] = true
		}
	}
	var solved, pending []float64
	for _, es := range tickets {
		created := time.Unix(0, 0).Add(es[0].At).In(m.Zone)
		months[created.Format("2006-01")]++
		if month := created.Format("2006-01"); month >= "2016-03" && month <= "2016-05" {
			weekdays[created.Weekday()]++
		}
		priorities[sum.Names.Priorities[es[0].Class.Priority]]++
		ever := map[ticket.Status]bool{}
		priority, lastSolved, since := false, time.Duration(-1), time.Duration(-1)
		for _, e := range es {
			ever[e.Status] = true
			priority = priority || e.Class.Priority != es[0].Class.Priority
			if e.Status == ticket.Solved {
				lastSolved = e.At - es[0].At
			}
			switch {
			case e.Status == ticket.Pending && since < 0:
				since = e.At
			case e.Status != ticket.Pending && since >= 0:
				pending, since = append(pending, (e.At-since).Hours()), -1
			}
		}
		for s := range ever {
			statuses[s]++
		}
		if priority {
			changed++
		}
		if lastSolved >= 0 && resolved[es[0].Ticket] {
			solved = append(solved, lastSolved.Hours())
		}
		if last := es[len(es)-1].Status; last != ticket.Closed {
			t.Errorf("ticket %s ends as %s", ticketlog.FormatID(es[0].Ticket), last)
		}
	}
	for month, want := range map[string]int{"2016-02": 207, "2016-03": 8995, "2016-04": 7934, "2016-05": 7508} {
		if months[month] != want {
			t.Errorf("%s: %d tickets, want %d", month, months[month], want)
		}
	}
	if diff := cmp.Diff([7]int{555, 5689, 4891, 4825, 4049, 3792, 636}, weekdays); diff != "" {
		t.Errorf("arrivals from Sunday to Saturday (-want +got):\n%s", diff)
	}
	// As they were when the tickets came, not as they became.
	if diff := cmp.Diff(map[string]int{"1 - Critical": 185, "2 - High": 311, "3 - Moderate": 23_681, "4 - Low": 741}, priorities); diff != "" {
		t.Errorf("first priorities (-want +got):\n%s", diff)
	}
	if changed != 383 {
		t.Errorf("the priority of %d tickets changes, want 383", changed)
	}
	for _, row := range []struct {
		what      string
		sample    []float64
		p, want   float64
		tolerance float64
	}{
		{"opening to being solved", solved, 0.25, 0.42, 0.01}, {"opening to being solved", solved, 0.5, 22.1, 0.1},
		{"opening to being solved", solved, 0.75, 148, 1}, {"opening to being solved", solved, 0.9, 382, 1}, {"opening to being solved", solved, 0.99, 2852, 5},
		// From row to row the median is 17.9 h; a stay goes on over several rows.
		{"a stay in pending", pending, 0.5, 88.6, 0.5}, {"a stay in pending", pending, 0.9, 432.3, 1},
	} {
		slices.Sort(row.sample)
		if got := row.sample[int(row.p*float64(len(row.sample)))]; math.Abs(got-row.want) > row.tolerance {
			t.Errorf("%s: quantile %g is %.2f h, want %g", row.what, row.p, got, row.want)
		}
	}
}

// What the log says of the time before an instant is the same whether the file goes on after it or
// not: final values that stand on every row tell nothing.
func TestUCIIncidentsDoNotTellTheFuture(t *testing.T) {
	t.Parallel()
	text := incidents(t)
	mapping, err := eventlog.Text("servicenow-incident-log")
	if err != nil {
		t.Fatal(err)
	}
	m := mapped(t, string(mapping))
	end := time.Date(2016, 4, 1, 0, 0, 0, 0, m.Zone)
	var early bytes.Buffer
	for i, line := range strings.SplitAfter(string(text), "\n") {
		if i > 0 && line != "" {
			at, err := time.ParseInLocation("2/1/2006 15:04", strings.Split(line, ",")[13], m.Zone)
			if err != nil {
				t.Fatal(err)
			}
			if !at.Before(end) {
				continue
			}
		}
		early.WriteString(line)
	}
	whole, _, _ := imported(t, m, text)
	cut, _, _ := imported(t, m, early.Bytes())
	// Agents are numbered as they come, which is by rows and not by time.
	before := func(log []byte) (rows []string) {
		for line := range strings.Lines(string(log)) {
			c := strings.Split(line, ",")
			if at, err := time.Parse(time.RFC3339, c[1]); err == nil && at.Before(end) {
				c[10] = ""
				rows = append(rows, strings.Join(c, ","))
			}
		}
		return rows
	}
	a, b := before(whole), before(cut)
	// Five incidents are told of before they are opened; a row that waits for its opening is the
	// one thing that may differ.
	if len(b) < 50_000 || len(a)-len(b) > 5 {
		t.Fatalf("%d events of the whole log, %d of the log that ends", len(a), len(b))
	}
	if diff := cmp.Diff(b, a); diff != "" {
		t.Errorf("(-what ends +whole):\n%.2000s", diff)
	}
}

func TestTheReplayOfUCIIncidentsRepeatsTheirArrivals(t *testing.T) {
	t.Parallel()
	text := incidents(t)
	mapping, err := eventlog.Text("servicenow-incident-log")
	if err != nil {
		t.Fatal(err)
	}
	m := mapped(t, string(mapping))
	log, sum, in := imported(t, m, text)
	repeats(t, m, log, sum, in)
}

// repeats replays a log by the scenario that is drafted for it, and compares who comes when.
func repeats(t *testing.T, m *eventlog.Mapping, log []byte, sum *intake.Summary, in *intake.Intake) {
	t.Helper()
	dir := t.TempDir()
	yaml, err := in.Draft(sum, "log.csv").Encode("A replay.")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"log.csv": log, "scenario.yaml": yaml} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s, err := scenarios.Load(filepath.Join(dir, "scenario.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	type arrival struct {
		ID                            ticket.ID
		At                            string
		Channel, Issue, Tier, Account string
		Priority                      string
	}
	say := func(names *ticket.Names, id ticket.ID, at time.Time, c ticket.Class) arrival {
		return arrival{ID: id, At: at.UTC().Format(time.RFC3339Nano), Channel: names.Channels[c.Channel], Issue: names.Issues[c.Issue],
			Tier: names.Tiers[c.Tier], Priority: names.Priorities[c.Priority]}
	}
	var want, got []arrival
	safe := ticket.Names{Channels: draft.Names(sum.Names.Channels), Issues: draft.Names(sum.Names.Issues), Tiers: draft.Names(sum.Names.Tiers), Priorities: draft.Names(sum.Names.Priorities)}
	for _, es := range events(t, log, sum) {
		want = append(want, say(&safe, es[0].Ticket, time.Unix(0, 0).Add(es[0].At), es[0].Class))
	}
	for _, a := range s.Streams[0].Replay {
		got = append(got, say(&s.Names, a.ID, s.Time.Start.Add(a.At), a.Class))
	}
	order := func(a, b arrival) int {
		return strings.Compare(a.At+ticketlog.FormatID(a.ID), b.At+ticketlog.FormatID(b.ID))
	}
	slices.SortFunc(want, order)
	slices.SortFunc(got, order)
	if len(got) != sum.Tickets {
		t.Errorf("%d tickets arrive, want %d", len(got), sum.Tickets)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("arrivals (-want +got):\n%.2000s", diff)
	}
}
