package audit_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/audit"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

func TestAHistoryOfStatusesKnowsOfNoReply(t *testing.T) {
	t.Parallel()
	created := ticket.Event{Ticket: 1, Kind: ticket.Created, Status: ticket.New}
	solved := ticket.Event{Ticket: 1, At: time.Hour, Kind: ticket.StatusSet, Status: ticket.Solved}
	taken := ticket.Event{Ticket: 2, At: time.Minute, Kind: ticket.Started, Status: ticket.Open}
	for _, row := range []struct {
		name    string
		tickets [][]ticket.Event
		want    []sla.Metric
	}{
		{"solved, and nobody has taken or answered any", [][]ticket.Event{{created, solved}, {created}}, []sla.Metric{sla.FirstReply, sla.Answer}},
		{"one of them was taken", [][]ticket.Event{{created, solved}, {created, taken}}, nil},
		{"nobody was there", [][]ticket.Event{{created}, {created}}, nil},
		{"no ticket", nil, nil},
	} {
		if got := audit.Silent(row.tickets); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}
