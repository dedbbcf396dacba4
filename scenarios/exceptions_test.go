package scenarios

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestDecodingExceptions(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/exceptions.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const day, hour = 24 * time.Hour, time.Hour
	want := []model.Exception{
		{
			Name: "cloud-outage", Reason: "outage of the provider", ApprovedBy: "J. Doe", From: 4*day + 10*hour, Until: 4*day + 16*hour,
			Match: sla.Match{Tiers: []ticket.Tier{0, 1}, Channels: []ticket.Channel{0}}, Do: model.Exclude,
		},
		{
			Name: "exception 2", Reason: "launch", ApprovedBy: "R. Roe", From: 7 * day, Until: 9 * day,
			Match: sla.Match{Accounts: []ticket.Account{0}}, Do: model.SuspendCredits,
		},
		{Name: "storm", Reason: "force majeure", ApprovedBy: "R. Roe", From: 8 * day, Until: 10 * day, Do: model.Relax, By: 2},
	}
	if diff := cmp.Diff(want, s.Exceptions); diff != "" {
		t.Errorf("exceptions (-want +got):\n%s", diff)
	}
}

// Times are those of the clock on the wall, in the zone of the scenario.
func TestExceptionsCrossClockChanges(t *testing.T) {
	t.Parallel()
	d, err := readText("testdata", "fall.yaml", `name: fall
time: {zone: Europe/Berlin, start: 2026-10-19, length: 2w, warmup: 0s}
demand: [{stream: mail, volume: 100/day}]
issues: {question: {handle: 10m}}
teams: {desk: {shifts: [{heads: 4, hours: always}]}}
sla: {policies: [{name: all, first_reply: 4h}]}
exceptions: {night: {reason: outage, approved_by: J. Doe, from: 2026-10-24 22:00, until: 2026-10-25 06:00}}
`)
	if err != nil {
		t.Fatal(err)
	}
	e := d.Out.Exceptions[0]
	if e.Name != "night" || e.Until-e.From != 9*time.Hour {
		t.Errorf("%s takes %v, want nine hours: the clocks go back", e.Name, e.Until-e.From)
	}
}
