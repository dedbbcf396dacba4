package desk

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/rng"
)

var update = flag.Bool("update", false, "rewrite the timelines of testdata")

// A dialogue is a text file: what it shows, who is there and which tickets come, a
// line of dashes, and the timeline that must come out.
const dashes = "----\n"

func TestDialogues(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Errorf("there are only %d dialogues", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			said, want, _ := strings.Cut(string(text), dashes)
			if !strings.HasPrefix(said, "# ") {
				t.Error("the first line must say what the dialogue shows")
			}
			p, err := readScript(said)
			if err != nil {
				t.Fatal(err)
			}
			got := timeline(t, p)
			if *update {
				if err := os.WriteFile(file, []byte(said+dashes+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("timeline (-want +got):\n%s", diff)
			}
		})
	}
}

func readScript(text string) (*script, error) {
	p := newScript()
	for i, line := range strings.Split(text, "\n") {
		if err := p.read(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return p, nil
}

// timeline runs the trial of a script. It runs twice on one desk, to see that nothing of
// a trial is left for the next.
func timeline(t *testing.T, p *script) string {
	t.Helper()
	scenario := p.scenario()
	layout, err := NewLayout(scenario)
	if err != nil {
		t.Fatal(err)
	}
	d := New(layout)
	run := func() string {
		r := &recorder{script: p, layout: layout, staff: make([]Staff, len(layout.Teams))}
		held, broken := LawsOf(scenario, layout)
		d.Run(rng.Key{Seed: 1, Replication: p.trial}, Observers{r, held})
		if err := broken(); err != nil {
			t.Error(err)
		}
		for _, fault := range r.faults {
			t.Error(fault)
		}
		return r.text.String()
	}
	first := run()
	if diff := cmp.Diff(first, run()); diff != "" {
		t.Errorf("the desk remembers the first trial (-first +second):\n%s", diff)
	}
	return first
}

// recorder writes down what it is told.
type recorder struct {
	script *script
	layout *Layout
	text   strings.Builder
	now    time.Duration
	queue  int
	staff  []Staff
	faults []string
}

// line writes a line and sees that time does not go back.
func (r *recorder) line(at time.Duration, who, what string, details ...string) {
	if at < r.now {
		r.faults = append(r.faults, fmt.Sprintf("%s %s at %v, when it is %v", who, what, at, r.now))
	}
	r.now = at
	line := fmt.Sprintf("%-13s %-6s %-10s %s", moment(at), who, what, strings.Join(details, ", "))
	r.text.WriteString(strings.TrimRight(line, " ") + "\n")
}

// name is the name of a ticket, with marks on what descends from it: a+2 is the second
// further attempt, a+0w the message in place of an attempt, a/1 the first second ticket.
func (r *recorder) name(t *Ticket) string {
	name := r.script.names[t.ID.Family()]
	if t.Kin.Attempt() > 0 || t.Kin.Switched() {
		name += fmt.Sprint("+", t.Kin.Attempt())
	}
	if t.Kin.Switched() {
		name += "w"
	}
	if t.Kin.Copy() > 0 {
		name += fmt.Sprint("/", t.Kin.Copy())
	}
	return name
}

// agent is the name of an agent: team, shift and number within the shift.
func (r *recorder) agent(t *Ticket) string {
	for i, g := range r.layout.groups {
		if t.Agent >= g.first && t.Agent < g.first+g.size {
			team := &r.layout.Teams[g.team]
			shift := i
			for j := range int(g.team) {
				shift -= len(r.layout.Teams[j].Shifts)
			}
			if int(g.team) != int(t.Team) {
				r.faults = append(r.faults, fmt.Sprintf("agent %d is not of team %d", t.Agent, t.Team))
			}
			return fmt.Sprintf("%s/%s.%d", team.Name, team.Shifts[shift].Name, t.Agent-g.first+1)
		}
	}
	r.faults = append(r.faults, fmt.Sprintf("there is no agent %d", t.Agent))
	return "?"
}

func (r *recorder) Ticket(kind ticket.EventKind, at time.Duration, t *Ticket) {
	details := []string{t.Status.String()}
	switch kind {
	case ticket.Started, ticket.Replied, ticket.Returned:
		details = append(details, r.agent(t))
	case ticket.Noted:
		if t.Rung < 0 {
			details = append(details, r.agent(t))
			break
		}
		details = append(details, r.script.s.Escalations[t.Rung].Name)
	case ticket.Assigned:
		details = append(details, r.layout.Teams[t.Group].Name)
	case ticket.Message:
		if t.Reopened {
			details = append(details, "reopened")
		}
		if t.Chaser {
			details = append(details, "asks again")
		}
	case ticket.StatusSet:
		switch t.Status {
		case ticket.Pending:
			details = append(details, "reminder")
		case ticket.New:
			details = append(details, "to be called back")
		}
	}
	r.line(at, r.name(t), kind.String(), details...)
}

func (r *recorder) Waiting(at time.Duration, tickets int) {
	if tickets == r.queue {
		r.faults = append(r.faults, fmt.Sprintf("told again at %v that %d wait", at, tickets))
	}
	r.queue = tickets
	if !r.script.hidden["queue"] {
		r.line(at, "queue", fmt.Sprint(tickets))
	}
}

func (r *recorder) Staff(at time.Duration, team int, n Staff) {
	if n == r.staff[team] || n.Busy < 0 || n.Busy > n.On || n.Late < 0 || n.Late > n.Over {
		r.faults = append(r.faults, fmt.Sprintf("team %d at %v: %+v after %+v", team, at, n, r.staff[team]))
	}
	r.staff[team] = n
	if r.script.hidden["staff"] {
		return
	}
	details := []string{fmt.Sprintf("%d busy", n.Busy)}
	if n.Over > 0 {
		details = append(details, fmt.Sprintf("%d over", n.Over))
	}
	if n.Late > 0 {
		details = append(details, fmt.Sprintf("%d late", n.Late))
	}
	if n.Strained {
		details = append(details, "strained")
	}
	if n.Down {
		details = append(details, "system down")
	}
	for _, more := range []struct {
		n    int32
		what string
	}{{n.Sick, "sick"}, {n.Vacant, "vacant"}, {n.Missed, "missed"}, {n.Standby, "on call"}, {n.Called, "called"}} {
		if more.n > 0 {
			details = append(details, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	r.line(at, r.layout.Teams[team].Name, fmt.Sprintf("%d on", n.On), details...)
}

var verdicts = [...]string{sla.Met: "met", sla.Breached: "breached", sla.Overdue: "overdue", sla.Undecided: "undecided"}

func (r *recorder) Judged(at time.Duration, t *Ticket, results []sla.Result) {
	r.line(at, r.name(t), "judged", r.results(results)...)
}

func (r *recorder) Done(at time.Duration, t *Ticket, results []sla.Result) {
	if r.script.hidden["done"] {
		return
	}
	r.line(at, r.name(t), "done", append([]string{t.Status.String()}, r.results(results)...)...)
}

func (r *recorder) results(results []sla.Result) (details []string) {
	for _, x := range results {
		metric := x.Metric.String()
		if x.Until == sla.Taken {
			metric += " until taken"
		}
		s := fmt.Sprintf("%s %s %s", metric, verdicts[x.Verdict], short(x.Elapsed))
		if policies := r.script.s.SLA.Policies; len(policies) > 1 {
			s = policies[x.Policy].Name + ": " + s
		}
		details = append(details, s)
	}
	return details
}

// moment is a time as the scripts write it.
func moment(at time.Duration) string {
	day := at / (24 * time.Hour)
	clock := time.Time{}.Add(at - day*24*time.Hour)
	layout := "15:04"
	if at%time.Minute != 0 {
		layout = "15:04:05.999999999"
	}
	return weekdays[day%7] + " " + clock.Format(layout)
}

// short is a duration without the zeros at its end.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
