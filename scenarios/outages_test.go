package scenarios

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestDecodingOutages(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/outages.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const day = 24 * time.Hour
	want := []model.Outage{
		{
			Name: "cable", Channels: []ticket.Channel{1}, From: 2*day + 10*time.Hour, Until: 2*day + 19*time.Hour,
			Switch: 0.4, Patient: true, Spread: time.Hour,
		},
		{Name: s.Outages[1].Name, Teams: []ticket.Team{0}, Every: 365 * day / 12, Lasts: dist.Must(dist.Constant(7200))},
		{Name: "maintenance", Channels: []ticket.Channel{0, 1}, From: 3 * day, Until: 4 * day, Planned: true},
	}
	if diff := cmp.Diff(want, s.Outages); diff != "" || s.Outages[1].Name == "" {
		t.Errorf("outages (-want +got):\n%s", diff)
	}
	promised := []model.Availability{{Channel: 1, AtLeast: 0.995, Period: contract.Weekly}, {AtLeast: 0.99}}
	if diff := cmp.Diff(promised, s.Availability); diff != "" {
		t.Errorf("availability (-want +got):\n%s", diff)
	}
}
