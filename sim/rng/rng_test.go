package rng

import (
	"fmt"
	"math"
	"math/bits"
	"testing"
)

// The known answers of the authors' distribution (Random123, kat_vectors).
func TestPhiloxGivesThePublishedAnswers(t *testing.T) {
	t.Parallel()
	const ones = math.MaxUint64
	for _, row := range []struct {
		name string
		ctr  [4]uint64
		key  [2]uint64
		want [4]uint64
	}{
		{
			"all zeros", [4]uint64{}, [2]uint64{},
			[4]uint64{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b},
		},
		{
			"all ones", [4]uint64{ones, ones, ones, ones}, [2]uint64{ones, ones},
			[4]uint64{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0},
		},
		{
			"digits of pi",
			[4]uint64{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
			[2]uint64{0x452821e638d01377, 0xbe5466cf34e90c6c},
			[4]uint64{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6},
		},
	} {
		a, b, c, d := philox(row.key[0], row.key[1], row.ctr[0], row.ctr[1], row.ctr[2], row.ctr[3])
		if got := [4]uint64{a, b, c, d}; got != row.want {
			t.Errorf("%s: got %x, want %x", row.name, got, row.want)
		}
	}
}

// The first words of every purpose are pinned: a change of any of them changes
// every published result.
func TestFirstWordsOfEachPurposeAreStable(t *testing.T) {
	t.Parallel()
	k := Key{Seed: 7, Replication: 3}
	want := map[Purpose]string{
		Gaps:     "9e8f4f3cbb6a8e95 2f8680d2b552fa81",
		Busyness: "0bf58250703c227b 9431f1b3347949e2",
		Ticket:   "eeb36a40d57c611a 53522621037154ee",
		Cycle:    "49a2e796c38653a9 13828e13d0716275",
		Reopen:   "bb756e980c1e214e 4eef753872aa5ddd",
		Roster:   "dd430ccdd350adce da99d402867d7b1c",
		Triage:   "ad8c6bb4fbd76079 eced70d002607253",
		Points:   "9c8672aea83aecd0 f5b31802484fc199",
		Hold:     "5547455a0c458c86 a41ee83ed81f9958",
		HandOff:  "38e7b182e19e0f8e 44c21b8491d91619",

		Sickness:   "8c22c72114b98354 763ee0c52d5f0cf8",
		Attrition:  "5de99b56dd96a0fb e95deb2f1e599a4d",
		Chase:      "4e7520828477d021 f20d7fd9cd7e158a",
		Leaving:    "24c5f3c6cb67c679 2fa9ffde5198e19b",
		Remind:     "fb423db945d73704 564b46048f80823a",
		Deflection: "5ea02a138f55e5a6 4bfd81d739f38020",
		Outage:     "85e2c76a41b19393 657d7c5f0a8efdb8",
		Resamples:  "9325dac87beea616 f54e6524c8a90600",
		Quality:    "e250e595359382b9 2cdb873d91a23926",
		Backlog:    "068109bce97bc162 2ddc36cce7dfa9c6",
	}
	for p, words := range want {
		s := k.Of(p, Domain("email"), 42)
		if got := fmt.Sprintf("%016x %016x", s.Uint64(), s.Uint64()); got != words {
			t.Errorf("purpose %d: got %s, want %s", p, got, words)
		}
	}
}

func TestAnEntityDrawsTheSameWordsAsItsStream(t *testing.T) {
	t.Parallel()
	var e Entity // used again, for one trial and entity after another
	for n, k := range []Key{{}, {1, 2}, {1, 2}, {2, 2}, {2, 1}, {math.MaxUint64, math.MaxUint64}} {
		domain, entity := uint64(n)<<40+5, uint64(n*n)
		s := k.Of(Ticket, domain, entity)
		e.Reset(k, Ticket, 0, domain, entity)
		for i := range 4 {
			if got, want := e.At(i).Uint64(), s.Uint64(); got != want {
				t.Errorf("key %v, place %d: got %x, want %x", k, i, got, want)
			}
		}
	}
}

func TestAPlaceNeverShiftsAnother(t *testing.T) {
	t.Parallel()
	k := Key{Seed: 1}
	var e Entity
	e.Reset(k, Ticket, 0, 0, 9)
	draw := func(i, n int) []uint64 {
		e.At(i)
		var ws []uint64
		for range n {
			ws = append(ws, e.Uint64())
		}
		return ws
	}
	first := draw(2, 3)
	draw(1, 17) // a greedy sampler at another place
	again := draw(2, 3)
	seen := map[uint64]bool{}
	for i := range 4 {
		for _, w := range draw(i, 50) {
			if seen[w] {
				t.Fatalf("place %d repeats a word", i)
			}
			seen[w] = true
		}
	}
	for i := range first {
		if first[i] != again[i] {
			t.Errorf("word %d of place 2 moved from %x to %x", i, first[i], again[i])
		}
	}
}

func TestEveryPartOfTheKeyMatters(t *testing.T) {
	t.Parallel()
	seen := map[uint64]string{}
	add := func(name string, s Stream) {
		w := s.Uint64()
		if other, ok := seen[w]; ok {
			t.Errorf("%s and %s give the same first word", name, other)
		}
		seen[w] = name
	}
	add("base", Key{1, 1}.Of(Ticket, 1, 1))
	add("other seed", Key{2, 1}.Of(Ticket, 1, 1))
	add("other replication", Key{1, 2}.Of(Ticket, 1, 1))
	add("other purpose", Key{1, 1}.Of(Gaps, 1, 1))
	add("other domain", Key{1, 1}.Of(Ticket, 2, 1))
	add("other entity", Key{1, 1}.Of(Ticket, 1, 2))
	for sub := range uint32(3) {
		var e Entity
		e.Reset(Key{1, 1}, Cycle, sub, 1, 1)
		add(fmt.Sprint("cycle ", sub), Stream{words: e.words})
	}
}

func TestWordsAreUniformAcrossEntities(t *testing.T) {
	t.Parallel()
	// One word from each of many entities, as tickets draw them: mean, variance
	// and bit balance within 4.5 standard errors.
	const n = 200_000
	var sum, sq float64
	var ones int
	var e Entity
	for i := range uint64(n) {
		e.Reset(Key{Seed: 11, Replication: 1}, Ticket, 0, 3, i)
		u := e.Uniform(1)
		sum += u
		sq += u * u
		ones += bits.OnesCount64(e.Word(1))
	}
	mean := sum / n
	if z := (mean - 0.5) / math.Sqrt(1.0/12/n); math.Abs(z) > 4.5 {
		t.Errorf("mean %v, z %v", mean, z)
	}
	if v := sq/n - mean*mean; math.Abs(v-1.0/12) > 4.5*math.Sqrt(1.0/180/n) {
		t.Errorf("variance %v", v)
	}
	if z := (float64(ones) - 32*n) / math.Sqrt(16*n); math.Abs(z) > 4.5 {
		t.Errorf("bit balance z %v", z)
	}
}

func TestDrawingAllocatesNothing(t *testing.T) {
	var e Entity
	s := Key{Seed: 1}.Of(Gaps, 0, 0)
	if n := testing.AllocsPerRun(100, func() {
		e.Reset(Key{Seed: 1}, Ticket, 0, 0, 1)
		e.At(1).Uint64()
		e.Uint64()
		s.Uint64()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkEntity(b *testing.B) {
	var e Entity
	var x uint64
	for i := range b.N {
		e.Reset(Key{Seed: 1}, Ticket, 0, 0, uint64(i))
		x += e.Word(0)
	}
	sink = x
}

func BenchmarkStream(b *testing.B) {
	s := Key{Seed: 1}.Of(Gaps, 0, 0)
	var x uint64
	for range b.N {
		x += s.Uint64()
	}
	sink = x
}

var sink uint64
