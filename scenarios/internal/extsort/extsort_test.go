package extsort_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/scenarios/internal/extsort"
)

// sorted gives what a sorter makes of records.
func sorted(t interface{ Fatal(...any) }, s *extsort.Sorter, records [][]byte) [][]byte {
	for _, r := range records {
		if err := s.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	var out [][]byte
	err := s.Each(func(r []byte) error {
		out = append(out, bytes.Clone(r))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRecordsComeOutInOrderHoweverMuchFitsIntoMemory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		// Long records, so that few of them fill the smallest memory.
		size := rapid.SampledFrom([]int{0, 9, 20, 20_000}).Draw(r, "length")
		n := rapid.IntRange(0, 60).Draw(r, "records")
		records := make([][]byte, n)
		for i := range records {
			text := rapid.SliceOfN(rapid.Byte(), 0, 24).Draw(r, "record")
			records[i] = append(text, make([]byte, size)...)
		}
		s := extsort.New(t.TempDir(), extsort.Smallest)
		defer s.Close()
		got := sorted(r, s, records)
		want := slices.Clone(records)
		slices.SortFunc(want, bytes.Compare)
		if !slices.EqualFunc(got, want, bytes.Equal) {
			r.Fatalf("%d records came out as %d, or in another order", len(want), len(got))
		}
	})
}

// Many records with few different bytes lie in all depths of the sorting, and a sorter can be filled again.
func TestManyRecordsThatAreMuchAlikeComeOutInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := extsort.New(t.TempDir(), extsort.Smallest)
		defer s.Close()
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		alphabet := rapid.SampledFrom([]int{1, 2, 256}).Draw(r, "different bytes")
		length := rapid.SampledFrom([]int{1, 9, 17, 30}).Draw(r, "length")
		for _, n := range []int{rapid.IntRange(0, 3000).Draw(r, "records"), 8_000, 500} {
			var records [][]byte
			for range n {
				record := make([]byte, random.IntN(length+1))
				for i := range record {
					record[i] = byte(random.IntN(alphabet))
				}
				records = append(records, record)
			}
			got := sorted(r, s, records)
			slices.SortFunc(records, bytes.Compare)
			if !slices.EqualFunc(got, records, bytes.Equal) {
				r.Fatalf("%d records came out as %d, or in another order", len(records), len(got))
			}
		}
	})
}

func TestNoFileIsLeftBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := extsort.New(dir, extsort.Smallest)
	long := make([]byte, extsort.MaxRecord)
	for i := range 20 {
		long[0] = byte(20 - i)
		if err := s.Add(long); err != nil {
			t.Fatal(err)
		}
	}
	if s.Spilled() == 0 {
		t.Fatal("nothing went through a file, so nothing is tested")
	}
	halt := errors.New("halt")
	if err := s.Each(func([]byte) error { return halt }); !errors.Is(err, halt) {
		t.Fatalf("the error of whoever reads is lost: %v", err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestARecordThatIsTooLongIsRefused(t *testing.T) {
	t.Parallel()
	s := extsort.New(t.TempDir(), 0)
	if err := s.Add(make([]byte, extsort.MaxRecord+1)); err == nil {
		t.Error("it was taken")
	}
}
