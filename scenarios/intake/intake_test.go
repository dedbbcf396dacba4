package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

var day = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// at is a time of the day on which everything happens.
func at(clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		panic(err)
	}
	return day.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute)
}

// read gives the log of facts without its header and date, and what was found.
func read(t testing.TB, o intake.Options, facts ...intake.Fact) (string, *intake.Summary) {
	t.Helper()
	in := intake.New(o)
	defer in.Close()
	for i := range facts {
		if facts[i].Row == 0 {
			facts[i].Row = i + 2
		}
		if err := in.Add(&facts[i]); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	sum, err := in.WriteLog(&out)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(out.String(), "\n")
	return rows, sum
}

// story is what happens in a log, row by row, with the tickets by their own names.
func story(log string) (lines []string) {
	for row := range strings.Lines(log) {
		c := strings.Split(strings.TrimSpace(row), ",")
		line := fmt.Sprintf("%s %s %s %s", c[11], c[1][11:16], c[2], c[3])
		for _, more := range []string{c[7], c[9], c[10]} {
			if more != "" && more != "normal" {
				line += " " + more
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// odd are the oddities with their rows.
func odd(sum *intake.Summary) (list []string) {
	for _, t := range sum.Oddities {
		text := t.Name
		for _, p := range t.First {
			text += fmt.Sprintf(" %d", p.Row)
		}
		list = append(list, text)
	}
	return list
}

func TestWhatFilesHold(t *testing.T) {
	t.Parallel()
	created := func(clock string) intake.Fact { return intake.Fact{Ticket: "A", At: at(clock), Kind: ticket.Created} }
	now := func(clock string, s ticket.Status) intake.Fact {
		return intake.Fact{Ticket: "A", At: at(clock), Kind: ticket.StatusSet, Status: s, HasStatus: true}
	}
	opened := func(f intake.Fact, clock string) intake.Fact { f.Opened = at(clock); return f }
	for _, row := range []struct {
		name  string
		facts []intake.Fact
		want  []string
		odd   []string
	}{
		{"events that are not sorted are put in order, and counted",
			[]intake.Fact{now("12:00", ticket.Solved), now("10:00", ticket.Open), created("09:00")},
			[]string{"A 09:00 created new", "A 10:00 status open", "A 12:00 status solved"}, []string{"back in time 2 3"}},
		{"of one minute, the order of the file is kept",
			[]intake.Fact{created("09:00"), now("10:00", ticket.Pending), now("10:00", ticket.Open), now("10:00", ticket.Solved)},
			[]string{"A 09:00 created new", "A 10:00 status pending", "A 10:00 status open", "A 10:00 status solved"}, []string{"same instant 4 5"}},
		{"what happens before the opening is taken as at the opening",
			[]intake.Fact{opened(now("08:50", ticket.Open), "09:00"), opened(now("10:00", ticket.Solved), "09:00")},
			[]string{"A 09:00 created new", "A 09:00 status open", "A 10:00 status solved"}, []string{"before opening 2"}},
		{"a negative duration is none",
			[]intake.Fact{created("09:00"), now("08:00", ticket.Solved)},
			[]string{"A 09:00 created new", "A 09:00 status solved"}, []string{"negative duration 3"}},
		{"a row that is there twice counts once",
			[]intake.Fact{created("09:00"), {Ticket: "A", At: at("10:00"), Kind: ticket.Replied, Sum: 7}, {Ticket: "A", At: at("10:00"), Kind: ticket.Replied, Sum: 7}, {Ticket: "A", At: at("10:00"), Kind: ticket.Replied, Sum: 8}},
			[]string{"A 09:00 created new", "A 10:00 replied open", "A 10:00 replied open"}, []string{"duplicate row 4", "same instant 5"}},
		{"closing by itself comes after solving and takes nothing from it",
			[]intake.Fact{created("09:00"), now("10:00", ticket.Solved), now("23:00", ticket.Closed)},
			[]string{"A 09:00 created new", "A 10:00 status solved", "A 23:00 status closed"}, []string{"closed later 4"}},
		{"without an opening the first thing that happens opens",
			[]intake.Fact{now("10:00", ticket.Open)},
			[]string{"A 10:00 created new", "A 10:00 status open"}, []string{"no opening 2"}},
		{"another opening on a later row is told",
			[]intake.Fact{opened(now("10:00", ticket.Open), "09:00"), opened(now("11:00", ticket.Solved), "09:30")},
			[]string{"A 09:00 created new", "A 10:00 status open", "A 11:00 status solved"}, []string{"two openings 3"}},
		{"a row that changes nothing is a note",
			[]intake.Fact{created("09:00"), {Ticket: "A", At: at("10:00"), Kind: ticket.StatusSet, Agent: "Ada"}},
			[]string{"A 09:00 created new", "A 10:00 note new 0"}, []string{"nothing new 3"}},
		{"a state that may be known already is no note",
			[]intake.Fact{created("09:00"), {Ticket: "A", At: at("10:00"), Kind: ticket.StatusSet, Silent: true, Status: ticket.Open, HasStatus: true}, {Ticket: "A", At: at("11:00"), Kind: ticket.StatusSet, Silent: true, Status: ticket.Open, HasStatus: true}},
			[]string{"A 09:00 created new", "A 10:00 status open"}, nil},
		{"a priority is known from its row on and not before",
			[]intake.Fact{{Ticket: "A", At: at("09:00"), Kind: ticket.Created, Priority: "low"}, {Ticket: "A", At: at("10:00"), Kind: ticket.StatusSet, Priority: "high", Team: "second"}},
			[]string{"A 09:00 created new low", "A 10:00 reclassified new high", "A 10:00 assigned new high second"}, nil},
		{"statuses that nobody says follow from what happens",
			[]intake.Fact{created("09:00"), {Ticket: "A", At: at("10:00"), Kind: ticket.Replied, Status: ticket.Pending, HasStatus: true}, {Ticket: "A", At: at("11:00"), Kind: ticket.Message}, {Ticket: "A", At: at("12:00"), Kind: ticket.Abandoned}},
			[]string{"A 09:00 created new", "A 10:00 replied pending", "A 11:00 message open", "A 12:00 abandoned closed"}, nil},
		{"the old value of the first change is that of the opening, whatever came later or last",
			[]intake.Fact{
				{Ticket: "A", At: intake.AtTheEnd, Until: true, Priority: "urgent", Team: "third"}, created("09:00"),
				{Ticket: "A", At: at("11:00"), Until: true, Priority: "high"}, {Ticket: "A", At: at("11:00"), Kind: ticket.StatusSet, Priority: "urgent"},
				{Ticket: "A", At: at("10:00"), Until: true, Priority: "low", Status: ticket.Open, HasStatus: true}, {Ticket: "A", At: at("10:00"), Kind: ticket.StatusSet, Priority: "high"},
			},
			[]string{"A 09:00 created open low", "A 09:00 assigned open low third", "A 10:00 reclassified open high", "A 11:00 reclassified open urgent"}, []string{"back in time 5"}},
		{"a message at the opening is the one that opened it, where that is said",
			[]intake.Fact{created("09:00"), {Ticket: "A", At: at("09:00"), Kind: ticket.Message, Opens: true}, {Ticket: "A", At: at("09:00"), Kind: ticket.Message, Opens: true}, {Ticket: "A", At: at("09:10"), Kind: ticket.Message, Opens: true}},
			[]string{"A 09:00 created new", "A 09:00 message new", "A 09:10 message new"}, []string{"same instant 4"}},
		{"without an opening, too",
			[]intake.Fact{
				{Ticket: "A", At: at("10:00"), Until: true, Priority: "low", Team: "first"}, {Ticket: "A", At: at("10:00"), Opened: at("09:00"), Kind: ticket.StatusSet, Priority: "high", Team: "second"},
			},
			[]string{"A 09:00 created new low", "A 09:00 assigned new low first", "A 10:00 reclassified new high", "A 10:00 assigned new high second"}, nil},
		{"what only held until something makes no ticket",
			[]intake.Fact{created("09:00"), {Ticket: "B", At: at("10:00"), Until: true, Priority: "low"}},
			[]string{"A 09:00 created new"}, nil},
		{"no ticket, no time, no such year",
			[]intake.Fact{created("09:00"), {At: at("09:00")}, {Ticket: "A"}, {Ticket: "A", At: day.AddDate(200, 0, 0)}},
			[]string{"A 09:00 created new"}, []string{"no ticket 3", "no time 4", "unreadable time 5"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			log, sum := read(t, intake.Options{}, row.facts...)
			if diff := cmp.Diff(row.want, story(log)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(row.odd, odd(sum)); diff != "" {
				t.Errorf("oddities (-want +got):\n%s", diff)
			}
		})
	}
}

func TestALogHoldsTheTicketsOfAllFilesInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	log, sum := read(t, intake.Options{},
		intake.Fact{Ticket: "B", At: at("09:30"), Kind: ticket.Created, File: "tickets.csv", Row: 2},
		intake.Fact{Ticket: "A", At: at("09:00"), Kind: ticket.Created, File: "tickets.csv", Row: 3},
		intake.Fact{Ticket: "A", At: at("10:00"), Kind: ticket.Replied, File: "comments.csv", Row: 2},
		intake.Fact{Ticket: "B", At: at("09:40"), Kind: ticket.Replied, File: "comments.csv", Row: 3})
	want := []string{"A 09:00 created new", "B 09:30 created new", "B 09:40 replied open", "A 10:00 replied open"}
	if diff := cmp.Diff(want, story(log)); diff != "" || len(sum.Oddities) > 0 {
		t.Errorf("(-want +got):\n%s\noddities %v", diff, odd(sum))
	}
	if sum.Tickets != 2 || sum.Events != 4 || !sum.First.Equal(at("09:00")) || !sum.Last.Equal(at("10:00")) {
		t.Errorf("the summary is %+v", sum)
	}
}

// Whatever the order of a file, the log is the same but for what happens in one instant.
func TestTheLogDoesNotHangOnTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(r, "facts")
		facts := make([]intake.Fact, n)
		for i, minute := range rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "times"), 1)).Perm(n) {
			facts[i] = intake.Fact{
				Ticket: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(r, "ticket"), At: day.Add(time.Duration(minute) * time.Minute), Opened: day,
				Kind:   rapid.SampledFrom([]ticket.EventKind{ticket.Message, ticket.Replied, ticket.StatusSet, ticket.Noted}).Draw(r, "kind"),
				Status: ticket.Status(rapid.IntRange(0, 5).Draw(r, "status")), HasStatus: rapid.Bool().Draw(r, "said"),
				Priority: rapid.SampledFrom([]string{"", "high", "low"}).Draw(r, "priority"), Team: rapid.SampledFrom([]string{"", "x", "y"}).Draw(r, "team"),
			}
		}
		one, _ := read(t, intake.Options{}, slices.Clone(facts)...)
		shuffled := slices.Clone(facts)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "order"), 2)).Shuffle(n, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other, _ := read(t, intake.Options{}, shuffled...)
		sorted := func(log string) []string {
			lines := story(log)
			slices.Sort(lines)
			return lines
		}
		if diff := cmp.Diff(sorted(one), sorted(other)); diff != "" {
			r.Fatalf("(-one +other):\n%s", diff)
		}
	})
}

// What does not fit into memory gives the same bytes as what does.
func TestALogIsTheSameHoweverMuchFitsIntoMemory(t *testing.T) {
	t.Parallel()
	draw := rand.New(rand.NewPCG(1, 2))
	facts := make([]intake.Fact, 60_000)
	for i := range facts {
		facts[i] = intake.Fact{Ticket: fmt.Sprint(draw.IntN(9000)), At: day.Add(time.Duration(draw.IntN(100_000)) * time.Minute), Opened: day,
			Kind: ticket.StatusSet, Status: ticket.Status(draw.IntN(6)), HasStatus: true, Account: fmt.Sprint("account ", draw.IntN(500)), Agent: fmt.Sprint(draw.IntN(30))}
	}
	roomy, _ := read(t, intake.Options{}, slices.Clone(facts)...)
	dir := t.TempDir()
	narrow, _ := read(t, intake.Options{Memory: 1, TempDir: dir}, facts...)
	if roomy != narrow {
		t.Error("the logs differ")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left on the disk: %v %v", left, err)
	}
}

func TestTheLogIsReadBackByItsReader(t *testing.T) {
	t.Parallel()
	in := intake.New(intake.Options{})
	defer in.Close()
	for i, name := range []string{"=1+1", "a,b", "a \"quoted\" name", "two\nlines", strings.Repeat("long ", 60), "\xff"} {
		f := intake.Fact{Ticket: name, At: at("09:00"), Kind: ticket.Created, Issue: name, Account: name, Row: i + 2}
		if err := in.Add(&f); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	sum, err := in.WriteLog(&out)
	if err != nil {
		t.Fatal(err)
	}
	r := ticketlog.NewReader(&out, &sum.Names, calendar.Axis{Origin: day})
	n := 0
	for _, err := range r.All() {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 6 || sum.Tickets != 6 {
		t.Errorf("%d events, %d tickets", n, sum.Tickets)
	}
}

func TestPseudonyms(t *testing.T) {
	t.Parallel()
	facts := func() []intake.Fact {
		return []intake.Fact{{Ticket: "INC1", At: at("09:00"), Kind: ticket.Created, Account: "Ada", Team: "Ada"}, {Ticket: "INC1", At: at("09:10"), Kind: ticket.Replied, Agent: "Ada", Team: "Network"}}
	}
	key := func(secret string) intake.Options {
		k, err := intake.NewKey([]byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		return intake.Options{Pseudonyms: k}
	}
	one, sum := read(t, key("0123456789abcdef"), facts()...)
	again, _ := read(t, key("0123456789abcdef\n"), facts()...)
	other, _ := read(t, key("0123456789abcdeX"), facts()...)
	if one != again {
		t.Error("the same key gives other pseudonyms")
	}
	if one == other {
		t.Error("another key gives the same pseudonyms")
	}
	if strings.Contains(one, "INC1") || strings.Contains(one, "Ada") || sum.Names.Accounts[0] == sum.Agents[0] {
		t.Errorf("a name shows, or an account is known by its agent:\n%s", one)
	}
	if diff := cmp.Diff([]string{sum.Names.Accounts[0], "Network"}, sum.Names.Teams); diff != "" {
		t.Errorf("teams are no persons, but may be called after one (-want +got):\n%s", diff)
	}
	if _, err := intake.NewKey([]byte("   short   ")); err == nil {
		t.Error("a short key is taken")
	}
}

func TestPrioritiesAreInOrder(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ said, order, want []string }{
		{[]string{"4 - Low", "2 - High", "3 - Moderate", "1 - Critical"}, nil, []string{"1 - Critical", "2 - High", "3 - Moderate", "4 - Low"}},
		{[]string{"P3", "P1", "P2"}, nil, []string{"P1", "P2", "P3"}},
		{[]string{"low", "urgent", "normal"}, nil, []string{"urgent", "normal", "low"}},
		{[]string{"Lowest", "Highest", "Medium", "Low", "High"}, nil, []string{"Highest", "High", "Medium", "Low", "Lowest"}},
		{[]string{"blue", "red", "green"}, []string{"red", "green"}, []string{"red", "green", "blue"}},
	} {
		var facts []intake.Fact
		for i, p := range row.said {
			facts = append(facts, intake.Fact{Ticket: fmt.Sprint(i), At: at("09:00"), Kind: ticket.Created, Priority: p})
		}
		_, sum := read(t, intake.Options{Priorities: row.order}, facts...)
		if diff := cmp.Diff(row.want, sum.Names.Priorities); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	var facts []intake.Fact
	for i := range 300 {
		facts = append(facts, intake.Fact{Ticket: fmt.Sprint(i), At: at("09:00"), Kind: ticket.Created, Channel: fmt.Sprint("channel ", i)})
	}
	_, sum := read(t, intake.Options{}, facts...)
	if len(sum.Names.Channels) != 256 || len(sum.Oddities) != 1 || sum.Oddities[0].Oddity != intake.TooManyNames || sum.Oddities[0].Count != 45 {
		t.Errorf("%d channels, %v", len(sum.Names.Channels), odd(sum))
	}
}

func TestAnImportEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	dir := t.TempDir()
	in := intake.New(intake.Options{Context: ctx, Memory: 1, TempDir: dir})
	f := intake.Fact{Ticket: "A", At: at("09:00"), Kind: ticket.Created}
	var err error
	for i := 0; i < 50_000 && err == nil; i++ {
		if i == 20_000 {
			stop()
		}
		err = in.Add(&f)
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left on the disk: %v %v", left, err)
	}
}

func TestFlagsAreKeptForTheTicketsOfTheLog(t *testing.T) {
	t.Parallel()
	for _, o := range []intake.Options{{}, {Pseudonyms: mustKey(t)}} {
		in := intake.New(o)
		defer in.Close()
		for _, name := range []string{"B", "A"} {
			if err := in.Add(&intake.Fact{Ticket: name, At: at("09:00"), Kind: ticket.Created}); err != nil {
				t.Fatal(err)
			}
			for _, clock := range []string{"12:00", "11:00"} {
				m := intake.Mark{Ticket: name, Metric: sla.NextReply, Policy: "Gold", Round: uint64(len(clock)) + uint64(at(clock).Hour()), Kind: intake.Promised}
				for _, kind := range []intake.MarkKind{intake.Fulfilled, intake.Promised} {
					if clock == "12:00" && kind == intake.Fulfilled {
						kind = intake.Broken
					}
					m.Kind, m.At = kind, at(clock)
					if err := in.Mark(&m, intake.Place{}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		var log, flags strings.Builder
		if _, err := in.WriteLog(&log); err != nil {
			t.Fatal(err)
		}
		if err := in.WriteFlags(&flags); err != nil || in.Flags() != 8 {
			t.Fatal(in.Flags(), err)
		}
		var last ticketlog.Flag
		n := 0
		err := ticketlog.ReadFlags(strings.NewReader(flags.String()), func(f ticketlog.Flag) error {
			if !strings.Contains(log.String(), ticketlog.FormatID(f.Ticket)) || f.Policy != "Gold" || f.Metric != sla.NextReply || f.Breached != f.At.Equal(at("12:00")) {
				t.Errorf("flag %+v", f)
			}
			if f.Ticket < last.Ticket || f.Ticket == last.Ticket && f.At.Before(last.At) {
				t.Error("flags are not in order")
			}
			last = f
			n++
			return nil
		})
		if err != nil || n != 4 {
			t.Error(n, err)
		}
	}
}

func TestTheMarksOfAPromiseAreOneVerdict(t *testing.T) {
	t.Parallel()
	type mark struct {
		kind  intake.MarkKind
		clock string
	}
	for _, row := range []struct {
		name  string
		marks []mark
		want  string // at and breached
	}{
		{"kept", []mark{{intake.Promised, "09:00"}, {intake.Fulfilled, "10:00"}}, "10:00 false"},
		{"broken and then done", []mark{{intake.Promised, "09:00"}, {intake.Broken, "10:00"}, {intake.Fulfilled, "11:00"}}, "10:00 true"},
		{"broken twice", []mark{{intake.Broken, "10:00"}, {intake.Broken, "11:00"}}, "10:00 true"},
		{"never promised", []mark{{intake.Fulfilled, "10:00"}}, ""},
		{"still open", []mark{{intake.Promised, "09:00"}}, ""},
		{"taken back", []mark{{intake.Promised, "09:00"}, {intake.Lifted, "09:30"}, {intake.Fulfilled, "10:00"}}, ""},
		{"taken back too late", []mark{{intake.Promised, "09:00"}, {intake.Broken, "09:30"}, {intake.Lifted, "09:40"}}, "09:30 true"},
		{"promised anew", []mark{{intake.Promised, "09:00"}, {intake.Lifted, "09:30"}, {intake.Promised, "09:40"}, {intake.Fulfilled, "10:00"}}, "10:00 false"},
	} {
		in := intake.New(intake.Options{})
		defer in.Close()
		for i := len(row.marks) - 1; i >= 0; i-- { // whatever the order of the file
			m := row.marks[i]
			if err := in.Mark(&intake.Mark{Ticket: "A", Metric: sla.Resolution, Kind: m.kind, At: at(m.clock)}, intake.Place{}); err != nil {
				t.Fatal(err)
			}
		}
		var flags strings.Builder
		if err := in.WriteFlags(&flags); err != nil {
			t.Fatal(err)
		}
		got := ""
		err := ticketlog.ReadFlags(strings.NewReader(flags.String()), func(f ticketlog.Flag) error {
			got += fmt.Sprintf("%s %v", f.At.Format("15:04"), f.Breached)
			return nil
		})
		if err != nil || got != row.want {
			t.Errorf("%s: %q, %v, want %q", row.name, got, err, row.want)
		}
	}
}

func mustKey(t *testing.T) *intake.Key {
	t.Helper()
	k, err := intake.NewKey([]byte("0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestStatusesAreWhatTheOptionsSayElseWhatIsUsual(t *testing.T) {
	t.Parallel()
	in := intake.New(intake.Options{Statuses: map[string]ticket.Status{"waiting for parts": ticket.OnHold, "open": ticket.Pending}})
	defer in.Close()
	usual := map[string]ticket.Status{"open": ticket.Open, "done": ticket.Solved}
	for _, row := range []struct {
		word string
		want ticket.Status
		ok   bool
	}{{"Waiting for Parts", ticket.OnHold, true}, {"Open", ticket.Pending, true}, {"DONE", ticket.Solved, true}, {"limbo", 0, false}, {"", 0, false}} {
		if s, ok := in.StatusOf(row.word, usual, intake.Place{Row: 7}); s != row.want || ok != row.ok {
			t.Errorf("%q is %v, %v", row.word, s, ok)
		}
	}
	in.Know("priority", "urgent")
	if err := in.Add(&intake.Fact{Ticket: "A", At: at("09:00"), Kind: ticket.Created, Priority: "low"}); err != nil {
		t.Fatal(err)
	}
	sum, err := in.WriteLog(io.Discard)
	if err != nil || len(sum.Oddities) != 1 || sum.Oddities[0].Detail != "limbo" || sum.Oddities[0].First[0].Row != 7 {
		t.Errorf("%v, oddities %v", err, odd(sum))
	}
	if !slices.Equal(sum.Names.Priorities, []string{"urgent", "low"}) {
		t.Errorf("the priorities are %q", sum.Names.Priorities)
	}
}

// Texts that are no names of accounts and agents may hold some: they are found as whole words, in whatever letters, and nothing
// else is changed.
func TestTextsDoNotNameWhoHasAPseudonym(t *testing.T) {
	t.Parallel()
	in := intake.New(intake.Options{Pseudonyms: mustKey(t)})
	defer in.Close()
	in.Private("account", "Quagmire Holdings, Inc.")
	in.Private("account", "The Co")
	in.Private("agent", "Zoë Quist")
	in.Private("agent", "zquist@desk.example")
	in.Private("account", "31")
	for _, n := range []string{"7", "8", "9"} {
		in.Private("account", "Caller "+n)
	}
	in.Private("account", "310019")
	account, agent := mustKey(t).Name("account", "Quagmire Holdings, Inc."), mustKey(t).Name("agent", "Zoë Quist")
	for text, want := range map[string]string{
		"Urgent":                                "Urgent",
		"Gold for QUAGMIRE holdings inc (24x7)": "Gold for " + account + " (24x7)",
		"Quagmire gold":                         account + " gold",
		"quagmires":                             "quagmires",
		"zoë's queue":                           agent + "'s queue",
		"by Quist.":                             "by " + agent + ".",
		"Caller 7 of group 7":                   mustKey(t).Name("account", "Caller 7") + " of group 7",
		"Caller":                                "Caller",
		"ask zquist@desk.example":               "ask " + mustKey(t).Name("agent", "zquist@desk.example"),
		"policy 31 of 310019":                   "policy 31 of " + mustKey(t).Name("account", "310019"),
		"The Co":                                mustKey(t).Name("account", "The Co"),
		"The others":                            "The others",
		"":                                      "",
	} {
		if got := in.Veil(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if again := in.Veil(text); again != in.Veil(text) || again != want {
			t.Errorf("%q is veiled in two ways, also as %q", text, again)
		}
	}
	if a, b := in.Veil("Quist 1"), in.Veil("quist 1"); a == b {
		t.Errorf("two texts have become one: %q", a)
	}
	open := intake.New(intake.Options{})
	defer open.Close()
	open.Private("agent", "Quist")
	if got := open.Veil("Quist"); got != "Quist" {
		t.Errorf("without pseudonyms it becomes %q", got)
	}
}
