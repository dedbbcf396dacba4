package dist_test

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkSample measures one draw of every kind.
func BenchmarkSample(b *testing.B) {
	for _, d := range kinds() {
		name, _, _ := strings.Cut(d.String(), "(")
		b.Run(name, func(b *testing.B) {
			src := rand.NewPCG(1, 2)
			b.ReportAllocs()
			sum := 0.
			for b.Loop() {
				sum += d.Sample(src)
			}
			if sum < 0 {
				b.Fatal("negative")
			}
		})
	}
}
