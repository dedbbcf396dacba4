package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/reports/pack"
	"github.com/headroom-sim/headroom/reports/table"
)

// incidents are the rows of the real service desk (Amaral, Fantinato, Peres 2018, doi
// 10.24432/C57S4H), by the names of its columns.
func incidents(t *testing.T) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.FromSlash("../../../shared/data/uci-incidents/incident_event_log.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no copy of the incident log")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(unzipped)
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, name := range head {
			switch name {
			case "number", "incident_state", "opened_at", "sys_updated_at", "location", "assignment_group":
				row[name] = cells[i]
			}
		}
		rows = append(rows, row)
	}
}

// incidentDesk promises the customer at location 143 that every incident is solved within two
// days by the clock, and that 80 % are in each month.
func incidentDesk(zone *time.Location) *model.Scenario {
	return &model.Scenario{
		Name:     "incidents",
		Time:     model.Time{Start: time.Date(2016, 3, 1, 0, 0, 0, 0, zone), Length: 92 * 24 * time.Hour, Interval: time.Hour},
		Channels: make([]work.Channel, 1), Issues: make([]work.Issue, 1),
		Names: ticket.Names{
			Channels: []string{"phone"}, Issues: []string{"incident"}, Tiers: []string{"all"}, Priorities: []string{"normal"}, Accounts: []string{"Location 143", "others"},
		},
		Calendars: []*calendar.Calendar{calendar.Always(zone)},
		SLA: sla.Rules{Policies: []sla.Policy{{Name: "all", Targets: []sla.Target{
			{Metric: sla.Resolution, Within: []time.Duration{48 * time.Hour}, Reopen: sla.Ignore},
		}}}},
		Contracts: []contract.Contract{{
			Name: "143", Match: sla.Match{Accounts: []ticket.Account{0}}, Fee: contract.Money{Minor: 1000_00, Currency: "BRL"}, Cap: 500_000,
			Levels: []contract.Level{{Metric: sla.Resolution, Target: 800_000, Scheme: contract.Steps{Step: 10_000, Credit: 10_000}}},
		}},
	}
}

// The pack of a real customer, held against counts that come straight from the table: an incident
// is solved with the first row that says Resolved or Closed.
func TestUCIIncidentsMakeACompliancePack(t *testing.T) {
	t.Parallel()
	rows := incidents(t)
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	s := incidentDesk(zone)
	axis := calendar.Axis{Origin: s.Time.Start}
	parse := func(text string) time.Duration {
		at, err := time.ParseInLocation("2/1/2006 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return axis.Since(at)
	}
	groups := map[string]ticket.Team{}
	for _, row := range rows {
		if g := row["assignment_group"]; g != "?" {
			if _, known := groups[g]; !known {
				groups[g] = ticket.Team(len(groups))
				s.Names.Teams = append(s.Names.Teams, g)
			}
		}
	}
	var log bytes.Buffer
	out, err := ticketlog.NewWriter(&log, &s.Names, axis)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]*[2]int64{"2016-03": {}, "2016-04": {}, "2016-05": {}} // met and judged
	statuses := map[string]ticket.Status{"New": ticket.New, "Active": ticket.Open, "Awaiting User Info": ticket.Pending, "Resolved": ticket.Solved, "Closed": ticket.Closed}
	for i := 0; i < len(rows); {
		end := i
		for end < len(rows) && rows[end]["number"] == rows[i]["number"] {
			end++
		}
		opened := parse(rows[i]["opened_at"])
		e := ticket.Event{Ticket: ticket.ID(i + 1), At: opened, Kind: ticket.Created, Class: ticket.Class{Account: 1}, Team: ticket.NoTeam, Agent: -1}
		if rows[i]["location"] == "Location 143" {
			e.Class.Account = 0
		}
		write := func() {
			if err := out.Write(e); err != nil {
				t.Fatal(err)
			}
		}
		write()
		group, solved, touched := ticket.NoTeam, false, false
		for _, row := range rows[i:end] {
			e.At = max(e.At, parse(row["sys_updated_at"]))
			status, known := statuses[row["incident_state"]]
			if !known {
				status = ticket.OnHold
			}
			if g, known := groups[row["assignment_group"]]; known && g != group {
				group = g
				e.Kind, e.Team = ticket.Assigned, g
				write()
				e.Team = ticket.NoTeam
			}
			if status == ticket.Open && !touched {
				touched = true
				e.Kind, e.Status, e.Team = ticket.Started, status, group
				write()
				e.Team = ticket.NoTeam
			} else if status != e.Status {
				e.Kind, e.Status = ticket.StatusSet, status
				write()
			}
			if status >= ticket.Solved && !solved {
				solved = true
				if n := want[axis.At(opened).Format("2006-01")]; n != nil && e.Class.Account == 0 {
					n[1]++
					if e.At-opened <= 48*time.Hour {
						n[0]++
					}
				}
			}
		}
		i = end
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	g, err := ticketlog.Gather(ticketlog.NewReader(&log, &s.Names, axis), audit.Wanted(s, 0))
	if err != nil || g.All != 24_918 {
		t.Fatalf("%d incidents, %v", g.All, err)
	}
	x := audit.NewStatement(s, 0, g.Tickets, max(g.Last, s.Time.Length))
	var judged int64
	if n := len(x.Settlements[0].Lines); n != 3 {
		t.Errorf("%d periods", n)
	}
	for _, l := range x.Settlements[0].Lines {
		n := want[l.Name]
		met, of := l.Counts()
		if n == nil || met != n[0] || of != n[1] {
			t.Errorf("%s: %d of %d met, the table says %v", l.Name, met, of, n)
		}
		judged += of
	}
	if judged < 1000 {
		t.Errorf("only %d incidents of the customer", judged)
	}
	if late := partsAddUp(t, x); late < 100 {
		t.Errorf("only %d were late", late)
	}
	var text strings.Builder
	if err := pack.FromStatement(x, "incidents", "test").WriteText(&text, table.Style{Width: 140}, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Compliance pack for Location 143", "handed off to Group", "2016-03"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the pack does not say %q:\n%s", want, text.String())
		}
	}
}
