package desk

import (
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMain fixes the seed of the property tests, so that a run repeats the last
// one; -rapid.seed on the command line still tries another.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// A queue is held to a list that is sorted anew whenever somebody asks: tickets
// enter, leave from anywhere and come back to their old place.
func TestAQueueIsASortedList(t *testing.T) {
	t.Parallel()
	for _, byTime := range []bool{false, true} {
		rapid.Check(t, func(t *rapid.T) {
			const buckets = 64
			var q queue
			q.reset(buckets)
			tickets := make([]Ticket, 40)
			due := make([]time.Duration, len(tickets))
			for i := range tickets {
				tickets[i] = Ticket{bucket: uint8(rapid.IntRange(0, buckets-1).Draw(t, "bucket")), seq: uint64(i)}
				due[i] = time.Duration(rapid.IntRange(0, 9).Draw(t, "due"))
			}
			place := func(i int32) place {
				if byTime {
					return place{int64(due[i]), tickets[i].seq}
				}
				return place{int64(tickets[i].bucket), tickets[i].seq}
			}
			var inside []int32
			for range 120 {
				i := int32(rapid.IntRange(0, len(tickets)-1).Draw(t, "ticket"))
				at := slices.Index(inside, i)
				switch {
				case at < 0 && byTime:
					q.enterDue(tickets, i, due[i])
				case at < 0:
					q.enter(tickets, i)
				case byTime:
					q.leaveDue(tickets, i)
				default:
					q.leave(tickets, i)
				}
				if at < 0 {
					inside = append(inside, i)
				} else {
					inside = slices.Delete(inside, at, at+1)
				}
				first, p := q.front(tickets)
				if q.len != len(inside) || (first < 0) != (len(inside) == 0) {
					t.Fatalf("%d in the queue with front %d, want %d", q.len, first, len(inside))
				}
				for _, j := range inside {
					if place(j).before(p) {
						t.Fatalf("ticket %d stands before the front %d", j, first)
					}
				}
				for at, e := range q.heap {
					if at > 0 && e.before(q.heap[(at-1)/2]) || int(tickets[e.ticket].next) != at {
						t.Fatalf("the heap %v is out of order at %d", q.heap, at)
					}
				}
				if first >= 0 && p != place(first) {
					t.Fatalf("front %d stands at %v, want %v", first, p, place(first))
				}
			}
		})
	}
}
