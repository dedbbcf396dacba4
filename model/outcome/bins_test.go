package outcome

import (
	"math"
	"testing"
	"time"
)

func TestEveryDurationLiesInItsBin(t *testing.T) {
	t.Parallel()
	prev := -1
	for d := time.Duration(1); d > 0 && d < 800*24*time.Hour; d += d/50 + 1 {
		i := Bin(d)
		if s := d.Seconds(); s < binLower(i) || s >= BinUpper(i) {
			t.Fatalf("%v is in bin %d, from %v s to %v s", d, i, binLower(i), BinUpper(i))
		}
		if i < prev || i > prev+64 {
			t.Fatalf("%v is in bin %d after bin %d", d, i, prev)
		}
		prev = i
	}
	if Bin(-1) != 0 || Bin(math.MaxInt64) >= BinCount {
		t.Error("the ends are kept in range")
	}
}

func TestBinsAreNarrow(t *testing.T) {
	t.Parallel()
	for i := binsPerDoubling; i < BinCount; i++ {
		if w := BinUpper(i)/binLower(i) - 1; w > 1.0/64+1e-12 {
			t.Fatalf("bin %d is %v wide", i, w)
		}
	}
}

func TestBinQuantile(t *testing.T) {
	t.Parallel()
	counts := make([]uint32, BinCount)
	for s := 1; s <= 10_000; s++ {
		counts[Bin(time.Duration(s)*time.Second)]++
	}
	for _, p := range []float64{0.1, 0.5, 0.9, 0.99} {
		got, ok := BinQuantile(counts, p, 1)
		if want := p * 10_000; !ok || math.Abs(got/want-1) > 0.016 {
			t.Errorf("quantile %v is %v, want about %v", p, got, want)
		}
	}
	if _, ok := BinQuantile(make([]uint64, BinCount), 0.5, 1); ok {
		t.Error("no quantile of nothing")
	}
}
