package history_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/history"
	"github.com/headroom-sim/headroom/reports/table"
)

// fitted is a fit to three weeks of tickets that are answered after 20 minutes in the mean, in touches
// of 5; their names are what a page must not be made to run.
func fitted(t *testing.T) *fit.Fitted {
	t.Helper()
	l := &fit.Log{Axis: calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)},
		Names: &ticket.Names{Channels: []string{"=cmd()"}, Issues: []string{"<script>"}, Tiers: []string{"gold"}, Priorities: []string{"normal"}, Teams: []string{"front"}}}
	r := rand.New(rand.NewPCG(1, 2))
	handle := dist.Must(dist.Gamma(300, 0.8))
	for i := range 21 * 24 {
		at := time.Duration(i) * time.Hour
		begun := at + time.Duration(r.ExpFloat64()*float64(20*time.Minute))
		done := begun + time.Duration(handle.Sample(r)*float64(time.Second))
		e := ticket.Event{Ticket: ticket.ID(i), At: at, Class: ticket.Class{Account: ticket.Anonymous}, Team: ticket.NoTeam, Agent: -1}
		begin, end := e, e
		begin.At, begin.Kind, begin.Status, begin.Agent, begin.Team = begun, ticket.Started, ticket.Open, 1, 0
		end.At, end.Kind, end.Status, end.Agent, end.Team = done, ticket.Replied, ticket.Solved, 1, 0
		l.Tickets = append(l.Tickets, []ticket.Event{e, begin, end})
		l.Last = done
	}
	f, err := fit.History(l, fit.Options{Source: rand.NewPCG(1, 3)})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryParameterHasItsIntervalAndWhatStandsBehindIt(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := history.CSV(&b, fitted(t)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, row := range rows[1:] {
		if row[7] == "0" || row[9] == "" {
			if row[9] != string(fit.Assumed) {
				t.Errorf("%q rests on nothing", row)
			}
			continue
		}
		if row[4] == "" || row[5] == "" {
			t.Errorf("%q has no interval", row)
		}
		if row[1] == "tickets a week" && strings.HasPrefix(row[3], "168") && row[2] == "tickets" && strings.Contains(row[0], "=cmd()") {
			found = true
		}
	}
	if !found {
		t.Errorf("168 tickets a week are not in the table: %q", rows)
	}
}

func TestJSONHoldsNoNumberThatIsNone(t *testing.T) {
	t.Parallel()
	f := fitted(t)
	f.Streams[0].Week.High = math.Inf(1)
	var b bytes.Buffer
	if err := history.JSON(&b, f); err != nil {
		t.Fatal(err)
	}
	var x struct {
		Parameters []struct {
			Parameter string
			Value     *float64
			High      *float64
		}
	}
	if err := json.Unmarshal(b.Bytes(), &x); err != nil {
		t.Fatal(err)
	}
	if x.Parameters[0].Parameter != "tickets a week" || x.Parameters[0].Value == nil || x.Parameters[0].High != nil {
		t.Errorf("%+v", x.Parameters[0])
	}
}

func TestTheTextSaysHowWellLawsFitAndWhatIsMissing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := history.Text(&b, fitted(t), table.Style{Width: 120}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"handle time, mean", "law fits: never more than", "What the log does not say", "what people cost"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in the text:\n%s", want, b.String())
		}
	}
}

func TestPicturesHaveNamesThatAnyFileSystemTakes(t *testing.T) {
	t.Parallel()
	pictures := history.Pictures(fitted(t))
	if len(pictures) != 3 { // the week, the handle time and the time to resolve
		t.Fatalf("%d pictures", len(pictures))
	}
	for _, p := range pictures {
		if strings.Trim(p.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("a picture is called %q", p.Name)
		}
		var b bytes.Buffer
		if err := chart.WriteSVG(&b, p.Chart); err != nil || strings.Contains(b.String(), "<script>") {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// Machines get what there is of every hour, and a unit with every number; people do not get two hundred rows of it.
func TestHoursAreInWhatMachinesRead(t *testing.T) {
	t.Parallel()
	f := fitted(t)
	var b bytes.Buffer
	if err := history.CSV(&b, f); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	hours, people := 0, 0
	for _, row := range rows[1:] {
		if row[2] == "" {
			t.Errorf("%q has no unit", row)
		}
		if strings.HasPrefix(row[1], "weight of ") && strings.HasSuffix(row[1], ":00, of the mean hour") {
			hours++
		}
		if strings.HasPrefix(row[1], "people at work, ") && row[0] == "team front" && row[2] == "1" {
			people++
		}
	}
	if hours != 24 || people != 7*24 {
		t.Errorf("%d weights of hours, people at work in %d", hours, people)
	}
	if n := len(history.Table(f).Rows); n > 40 {
		t.Errorf("people get %d rows", n)
	}
}

// People are shown three teams of an issue and what nobody touched; the file has all of them.
func TestTheFileHasEveryTeamThatTookTickets(t *testing.T) {
	t.Parallel()
	f := fitted(t)
	f.Teams = nil
	x := routes.Route{Channel: routes.AnyChannel, Touched: 1000, Untouched: 50}
	for i, n := range []int{400, 300, 200, 95, 5} {
		f.Teams = append(f.Teams, fit.Team{Name: string(rune('a' + i))})
		x.Parts = append(x.Parts, routes.Part{Team: i, Tickets: n, Share: estimate.Proportion(n, 1000, 0.95), Takes: i < 4})
	}
	f.Routes = []routes.Route{x}
	var text, file bytes.Buffer
	if err := history.Text(&text, f, table.Style{Width: 200}); err != nil {
		t.Fatal(err)
	}
	if err := history.CSV(&file, f); err != nil {
		t.Fatal(err)
	}
	for i := range f.Teams {
		want := "first touched by " + f.Teams[i].Name
		if strings.Contains(text.String(), want+" ") != (i < 3) || strings.Count(file.String(), want+",") != 1 {
			t.Errorf("%s: shown %v, in the file %d times", want, strings.Contains(text.String(), want), strings.Count(file.String(), want))
		}
	}
	for _, want := range []string{"touched by nobody", "4.8" + format.Thin + "% ± 1.3", "of teams that took hardly any"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the text:\n%s", want, text.String())
		}
	}
}
