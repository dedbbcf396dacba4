package collect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/collect"
	"github.com/headroom-sim/headroom/sim/desk"
)

func TestWorstRanksLateTicketsFirstAndThenByWorkingTime(t *testing.T) {
	t.Parallel()
	l, err := desk.NewLayout(lively())
	if err != nil {
		t.Fatal(err)
	}
	result := func(v sla.Verdict, elapsed, within time.Duration) sla.Result {
		return sla.Result{Metric: sla.FirstReply, Verdict: v, Elapsed: elapsed, Within: within}
	}
	for _, row := range []struct {
		name   string
		most   int
		told   []ticket.ID // in turn with results
		result []sla.Result
		want   []ticket.ID
		clocks int
		late   int
	}{
		{
			name: "the longest over its target, not the longest wait", most: 1,
			told:   []ticket.ID{1, 2, 3},
			result: []sla.Result{result(sla.Breached, 30*hour, 24*hour), result(sla.Overdue, 9*hour, hour), result(sla.Breached, 3*hour, hour)},
			want:   []ticket.ID{2}, clocks: 3, late: 3,
		},
		{
			name: "who left unanswered is late, whatever the time", most: 2,
			told:   []ticket.ID{1, 2, 3},
			result: []sla.Result{result(sla.Met, hour, hour), result(sla.Breached, minute, hour), result(sla.Undecided, 2*minute, hour)},
			want:   []ticket.ID{2, 1}, clocks: 3, late: 1,
		},
		{
			name: "a ticket in rounds counts with its worst", most: 2,
			told:   []ticket.ID{1, 2, 1, 2, 3},
			result: []sla.Result{result(sla.Met, minute, hour), result(sla.Breached, 3*hour, hour), result(sla.Breached, 4*hour, hour), result(sla.Met, 0, hour), result(sla.Breached, 2*hour, hour)},
			want:   []ticket.ID{1, 2}, clocks: 5, late: 3,
		},
		{
			name: "the lower ID among equals", most: 2,
			told:   []ticket.ID{9, 4, 7},
			result: []sla.Result{result(sla.Met, 0, hour), result(sla.Met, 0, hour), result(sla.Met, 0, hour)},
			want:   []ticket.ID{4, 7}, clocks: 3,
		},
		{
			name: "another metric", most: 2,
			told:   []ticket.ID{1},
			result: []sla.Result{{Metric: sla.Resolution, Verdict: sla.Breached}},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := collect.NewWorst(l, sla.FirstReply, row.most)
			for i, id := range row.told {
				k := &desk.Ticket{}
				k.ID = id
				if i%2 == 0 {
					w.Judged(0, k, row.result[i:i+1])
				} else {
					w.Done(0, k, row.result[i:i+1])
				}
			}
			if got := w.Tickets(); !slices.Equal(got, row.want) || w.Clocks != row.clocks || w.Late != row.late {
				t.Errorf("got %v of %d clocks, %d late; want %v, %d, %d", got, w.Clocks, w.Late, row.want, row.clocks, row.late)
			}
		})
	}
}

func TestWorstLooksAtChosenTicketsOnly(t *testing.T) {
	t.Parallel()
	l, err := desk.NewLayout(lively())
	if err != nil {
		t.Fatal(err)
	}
	w := collect.NewWorst(l, sla.FirstReply, 3)
	w.Chosen = func(created time.Duration, _ ticket.Class) bool { return created >= hour }
	for id := range ticket.ID(3) {
		k := &desk.Ticket{Created: time.Duration(id) * hour}
		k.ID = id
		w.Done(0, k, []sla.Result{{Metric: sla.FirstReply, Verdict: sla.Met}})
	}
	if got := w.Tickets(); !slices.Equal(got, []ticket.ID{1, 2}) || w.Clocks != 2 {
		t.Errorf("got %v of %d clocks", got, w.Clocks)
	}
}
