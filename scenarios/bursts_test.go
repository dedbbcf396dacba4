package scenarios

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestDecodingBursts(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/bursts.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []demand.Burst{
		{Name: "outage", Stream: 0, Issue: 1, Tickets: 300, Over: 2 * time.Hour, At: 15*24*time.Hour + 10*time.Hour},
		{Name: s.Bursts[1].Name, Stream: 1, Issue: 0, Tickets: 12.5, Over: 30 * time.Minute, Every: 14 * 24 * time.Hour},
	}
	if diff := cmp.Diff(want, s.Bursts); diff != "" || s.Bursts[1].Name == "" {
		t.Errorf("bursts (-want +got):\n%s", diff)
	}
}

func TestDecodingSlowTools(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/slow-tools.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const day = 24 * time.Hour
	want := []model.SlowTools{
		{Name: "crm", From: 2*day + 10*time.Hour, Until: 2*day + 19*time.Hour, Handle: 0.3},
		{Name: s.SlowTools[1].Name, From: 2 * day, Until: 4 * day, Handle: 1, Teams: []ticket.Team{1}},
	}
	if diff := cmp.Diff(want, s.SlowTools); diff != "" || s.SlowTools[1].Name == "" {
		t.Errorf("slow tools (-want +got):\n%s", diff)
	}
}

func TestFrequencies(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, row := range []struct {
		text string
		want time.Duration // from one to the next; 0 for a mistake
	}{
		{"1/day", day},
		{"4 / week", 42 * time.Hour},
		{"2/month", 365 * day / 24},
		{"0.5/year", 730 * day},
		{"0/month", 0},
		{"-1/month", 0},
		{"2000/day", 0},
		{"2/hour", 0},
		{"often/day", 0},
	} {
		t.Run(row.text, func(t *testing.T) {
			t.Parallel()
			d, err := readText("testdata", "burst.yaml", `name: burst
demand: [{stream: mail, volume: 100/day}]
issues: {question: {handle: 10m}}
teams: {desk: {shifts: [{heads: 4, hours: always}]}}
bursts: [{name: outage, tickets: 10, over: 1h, rate: `+row.text+`}]
`)
			switch {
			case row.want == 0 && err == nil:
				t.Errorf("accepted, as every %v", d.Out.Bursts[0].Every)
			case row.want > 0 && err != nil:
				t.Error(err)
			case row.want > 0 && d.Out.Bursts[0].Every != row.want:
				t.Errorf("every %v, want %v", d.Out.Bursts[0].Every, row.want)
			}
		})
	}
}
