package des

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEqualTimesGoByRankThenInsertion(t *testing.T) {
	t.Parallel()
	var q Queue[string]
	q.Schedule(2, 0, "later")
	q.Schedule(1, 3, "rank 3")
	q.Schedule(1, 1, "rank 1, first in")
	q.Schedule(1, 1, "rank 1, second in")
	q.Schedule(1, 0, "rank 0, last in")
	want := []string{"rank 0, last in", "rank 1, first in", "rank 1, second in", "rank 3", "later"}
	if got := drain(&q); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func drain[E any](q *Queue[E]) (events []E) {
	for {
		e, ok := q.Next(1 << 62)
		if !ok {
			return events
		}
		events = append(events, e)
	}
}

func TestNextStopsAtTheHorizon(t *testing.T) {
	t.Parallel()
	var q Queue[int]
	q.Schedule(10, 0, 1)
	q.Schedule(11, 0, 2)
	if e, ok := q.Next(10); !ok || e != 1 {
		t.Errorf("an event at the horizon itself is taken: got %v %v", e, ok)
	}
	if _, ok := q.Next(10); ok || q.Now() != 10 || q.Len() != 1 {
		t.Errorf("an event after the horizon stays: now %v, len %d", q.Now(), q.Len())
	}
}

func TestAHandleDiesWithItsEvent(t *testing.T) {
	t.Parallel()
	var q Queue[int]
	first := q.Schedule(1, 0, 1)
	second := q.Schedule(2, 0, 2)
	if !q.Cancel(second) || q.Cancel(second) {
		t.Error("an event is cancelled once")
	}
	third := q.Schedule(3, 0, 3) // takes the slot of the second
	if q.Pending(second) || q.Cancel(second) || !q.Pending(third) {
		t.Error("a reused slot does not revive an old handle")
	}
	q.Next(5)
	if q.Pending(first) || q.Cancel(0) {
		t.Error("an event that has happened cannot be cancelled, nor can no event")
	}
	q.Expect(q.Lane(0, 4), 7)
	q.Reset()
	if q.Pending(third) || q.Len() != 0 || q.Now() != 0 {
		t.Error("reset kills all handles")
	}
}

func TestMisusePanicsWithTheTimes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		do   func(q *Queue[string])
		want string
	}{
		{"an event in the past", func(q *Queue[string]) { q.Schedule(4, 0, "reply") }, "reply scheduled for 4ns, in the past of 5ns"},
		{"a move into the past", func(q *Queue[string]) { q.Move(q.Schedule(9, 0, "reply"), 4) }, "reply scheduled for 4ns, in the past of 5ns"},
		{"a rank too high", func(q *Queue[string]) { q.Schedule(6, 16, "reply") }, "rank 16"},
		{"two events ahead in a lane", func(q *Queue[string]) { calls := q.Lane(0, "call"); q.Expect(calls, 6); q.Expect(calls, 7) }, "call scheduled for 7ns, when lane 0 has one ahead"},
		{"an event of a lane in the past", func(q *Queue[string]) { q.Expect(q.Lane(0, "call"), 4) }, "call scheduled for 4ns, in the past of 5ns"},
		{"a clock that skips an event of a lane", func(q *Queue[string]) { q.Expect(q.Lane(0, "call"), 6); q.AdvanceTo(7) }, "past the next event"},
		{"a clock that skips an event", func(q *Queue[string]) { q.Schedule(6, 0, "reply"); q.AdvanceTo(7) }, "past the next event"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, row.want) {
					t.Errorf("panic %q, want %q in it", got, row.want)
				}
			}()
			var q Queue[string]
			q.Schedule(5, 0, "now")
			q.Next(5)
			row.do(&q)
		})
	}
}

// A long random life of schedule, expect, cancel, move and take, held against a sorted
// slice.
func TestTheQueueAgreesWithASortedList(t *testing.T) {
	t.Parallel()
	type entry struct {
		at   time.Duration
		rank Rank
		seq  int
		h    Handle
		lane int // -1 for none; what is in a lane has no handle
		what int
	}
	order := func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank), cmp.Compare(a.seq, b.seq))
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		var q Queue[int]
		var list []entry
		seq := 0
		ahead := make([]bool, 7)
		rankOf := func(lane int) Rank { return Rank(lane % 4) }
		for lane := range ahead {
			q.Lane(rankOf(lane), -lane)
		}
		for range 4000 {
			switch k := r.IntN(10); {
			case k < 5:
				seq++
				e := entry{q.Now() + time.Duration(r.IntN(40)), Rank(r.IntN(4)), seq, 0, -1, seq}
				if lane := r.IntN(2 * len(ahead)); lane < len(ahead) && !ahead[lane] {
					e.lane, e.rank, e.what, ahead[lane] = lane, rankOf(lane), -lane, true
					q.Expect(int32(lane), e.at)
				} else {
					e.h = q.Schedule(e.at, e.rank, seq)
				}
				list = append(list, e)
			case k < 6 && len(list) > 0:
				i := r.IntN(len(list))
				if list[i].lane >= 0 {
					continue
				}
				if !q.Cancel(list[i].h) {
					t.Fatalf("seed %d: a pending event was not cancelled", seed)
				}
				list = slices.Delete(list, i, i+1)
			case k < 7 && len(list) > 0:
				i := r.IntN(len(list))
				if list[i].lane >= 0 {
					continue
				}
				seq++
				list[i].at, list[i].seq = q.Now()+time.Duration(r.IntN(40)), seq
				q.Move(list[i].h, list[i].at)
			case len(list) > 0:
				slices.SortFunc(list, order)
				what, ok := q.Next(1 << 62)
				if !ok || q.Now() != list[0].at || what != list[0].what || q.Pending(list[0].h) {
					t.Fatalf("seed %d: took the event at %v, want %+v", seed, q.Now(), list[0])
				}
				if lane := list[0].lane; lane >= 0 {
					ahead[lane] = false
				}
				list = list[1:]
			}
			if q.Len() != len(list) {
				t.Fatalf("seed %d: %d events, want %d", seed, q.Len(), len(list))
			}
		}
		slices.SortFunc(list, order)
		for _, e := range list {
			if e.lane < 0 && !q.Pending(e.h) {
				t.Fatalf("seed %d: event %+v was lost", seed, e)
			}
			if what, ok := q.Next(1 << 62); !ok || q.Now() != e.at || what != e.what || q.Pending(e.h) {
				t.Fatalf("seed %d: took the event at %v, want %+v", seed, q.Now(), e)
			}
		}
	}
}

// A life with so many events that most are far: times of all sizes, many at one instant,
// some before what the heap was filled with, held against a sorted slice.
func TestFarEventsComeInOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		l := &longLife{r: rand.New(rand.NewPCG(seed, 2))}
		wasFar := false
		for range 2 { // the second time on used memory
			l.q.Reset()
			l.pending = l.pending[:0]
			for range 40 {
				l.schedule(l.r.IntN(1500))
				l.disturb(t, l.r.IntN(200))
				l.run(t, l.r.IntN(900))
				wasFar = wasFar || l.q.far.n > 0
			}
			l.run(t, l.r.IntN(2*len(l.pending)))
		}
		if !wasFar {
			t.Fatalf("seed %d: no event was far", seed)
		}
	}
}

type longLife struct {
	r       *rand.Rand
	q       Queue[int]
	seq     int
	pending []pending
}

type pending struct {
	at   time.Duration
	rank Rank
	seq  int
	h    Handle
}

func (l *longLife) delay() time.Duration {
	switch l.r.IntN(5) {
	case 0:
		return 0
	case 1:
		return time.Duration(l.r.IntN(1000))
	case 2:
		return 48*time.Hour + time.Duration(l.r.IntN(3))
	}
	return time.Duration(l.r.ExpFloat64() * float64(int64(1)<<l.r.IntN(58)))
}

func (l *longLife) schedule(n int) {
	for range n {
		l.seq++
		p := pending{l.q.Now() + l.delay(), Rank(l.r.IntN(4)), l.seq, 0}
		p.h = l.q.Schedule(p.at, p.rank, p.seq)
		l.pending = append(l.pending, p)
	}
}

// disturb cancels and moves some events.
func (l *longLife) disturb(t *testing.T, n int) {
	for ; n > 0 && len(l.pending) > 0; n-- {
		i := l.r.IntN(len(l.pending))
		p := &l.pending[i]
		if n%2 == 0 {
			l.seq++
			p.at, p.seq = l.q.Now()+l.delay(), l.seq
			if !l.q.Move(p.h, p.at) {
				t.Fatal("a pending event was not moved")
			}
			continue
		}
		if !l.q.Cancel(p.h) || l.q.Cancel(p.h) {
			t.Fatal("a pending event was not cancelled once")
		}
		l.pending = slices.Delete(l.pending, i, i+1)
	}
}

// run takes some events.
func (l *longLife) run(t *testing.T, n int) {
	slices.SortFunc(l.pending, func(a, b pending) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.rank, b.rank), cmp.Compare(a.seq, b.seq))
	})
	n = min(n, len(l.pending))
	for _, p := range l.pending[:n] {
		if _, ok := l.q.Next(never); !ok || l.q.Now() != p.at || l.q.Pending(p.h) {
			t.Fatalf("took the event at %v, want %+v", l.q.Now(), p)
		}
	}
	l.pending = slices.Delete(l.pending, 0, n)
	if l.q.Len() != len(l.pending) {
		t.Fatalf("%d events, want %d", l.q.Len(), len(l.pending))
	}
}

func TestAWarmQueueAllocatesNothing(t *testing.T) {
	var q Queue[int32]
	for i := range int32(100) {
		q.Schedule(time.Duration(i), 0, i)
	}
	if n := testing.AllocsPerRun(1000, func() {
		h := q.Schedule(q.Now()+200, 1, 7)
		q.Schedule(q.Now()+100, 0, 8)
		q.Cancel(h)
		q.Next(1 << 62)
	}); n != 0 {
		t.Errorf("%v allocations per event", n)
	}
}

// The hold model: take the next event, schedule another at random.
func BenchmarkHold(b *testing.B) {
	for _, row := range []struct {
		name string
		n    int
	}{{"pending=100", 100}, {"pending=10k", 10_000}, {"pending=1M", 1_000_000}} {
		b.Run(row.name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			var q Queue[int32]
			for i := range row.n {
				q.Schedule(time.Duration(r.Int64N(int64(row.n)*1000)), 0, int32(i))
			}
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				e, _ := q.Next(1 << 62)
				q.Schedule(q.Now()+time.Duration(r.Int64N(int64(row.n)*1000)), 0, e)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mevents/s")
		})
	}
}

func TestWhatWasFarIsToldOnceItIsNear(t *testing.T) {
	t.Parallel()
	const n = 20_000
	var q Queue[int]
	told, taken, most := map[int]bool{}, 0, 0
	q.Near = func(e int) { told[e] = true }
	for i := range n {
		q.Schedule(time.Duration(i*i)*time.Second, 0, i)
	}
	for {
		e, ok := q.Next(never)
		if !ok {
			break
		}
		if !told[e] {
			t.Fatalf("%d is taken before it was told", e)
		}
		taken++
		most = max(most, len(told)-taken)
	}
	if taken != n || most > n/10 {
		t.Errorf("%d of %d taken, at most %d told ahead: hundreds are meant", taken, n, most)
	}
}
