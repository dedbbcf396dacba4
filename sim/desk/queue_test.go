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

// The lists of a queue are held to a list that is sorted anew whenever somebody asks:
// tickets enter, leave from anywhere and come back to their old place.
func TestTheListsOfAQueueAreASortedList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const buckets = 64
		var q queue
		q.reset(buckets, 0)
		tickets := make([]Ticket, 40)
		for i := range tickets {
			tickets[i] = Ticket{slot: int32(i), bucket: uint8(rapid.IntRange(0, buckets-1).Draw(t, "bucket")), seq: uint64(i)}
		}
		at := func(t *Ticket) place { return place{int64(t.bucket), t.seq} }
		var inside []int32
		for range 120 {
			i := int32(rapid.IntRange(0, len(tickets)-1).Draw(t, "ticket"))
			if k := slices.Index(inside, i); k < 0 {
				q.enter(tickets, &tickets[i])
				inside = append(inside, i)
			} else {
				q.leave(tickets, &tickets[i])
				inside = slices.Delete(inside, k, k+1)
			}
			first, p := q.first(tickets)
			if (first == nil) != (len(inside) == 0) {
				t.Fatalf("%d are in the queue, its front is %v", len(inside), first)
			}
			for _, j := range inside {
				if at(&tickets[j]).before(p) {
					t.Fatalf("ticket %d stands before the front at %v", j, p)
				}
			}
			if first != nil && p != at(first) {
				t.Fatalf("the front stands at %v, want %v", p, at(first))
			}
		}
	})
}

// A heap is held to the same, and each of its entries to the spot that is noted for it.
func TestADueHeapIsASortedList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var h dueHeap
		entries := make([]byDue, 40)
		spots := make([]int32, len(entries))
		for i := range entries {
			due := time.Duration(rapid.IntRange(0, 9).Draw(t, "due"))
			entries[i] = byDue{due, uint64(i), int32(i), int32(len(entries) - 1 - i)}
			spots[i] = nowhere
		}
		var inside []byDue
		for range 120 {
			e := entries[rapid.IntRange(0, len(entries)-1).Draw(t, "ticket")]
			if k := slices.Index(inside, e); k < 0 {
				h.push(spots, e)
				inside = append(inside, e)
			} else {
				h.remove(spots, spots[e.spot])
				inside = slices.Delete(inside, k, k+1)
			}
			if len(h) != len(inside) {
				t.Fatalf("%d entries, want %d", len(h), len(inside))
			}
			for _, e := range entries {
				if at := spots[e.spot]; (at != nowhere) != slices.Contains(inside, e) || at != nowhere && h[at] != e {
					t.Fatalf("%v is said to be at %d of %v", e, at, h)
				}
			}
			for _, e := range inside {
				if e.before(h[0]) {
					t.Fatalf("%v stands before the front %v", e, h[0])
				}
			}
		}
	})
}
