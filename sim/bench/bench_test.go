package bench_test

import (
	"math"
	"testing"

	"github.com/headroom-sim/headroom/sim/bench"
)

func TestTheLimitIsTheSameModel(t *testing.T) {
	t.Parallel()
	wait, left := bench.M2().ByHand(6, 2_000_000)
	const exactWait, exactLeft = 0.1*0.01087 + 0.3*0.01699 + 0.6*0.13473, 0.1*0.00217 + 0.3*0.00340 + 0.6*0.02693
	if math.Abs(wait/exactWait-1) > 0.05 || math.Abs(left/exactLeft-1) > 0.05 {
		t.Errorf("mean wait %v and share that left %v, want about %v and %v", wait, left, exactWait, exactLeft)
	}
	if wait, _ := bench.M1().ByHand(8, 3_000_000); math.Abs(wait/9-1) > 0.1 {
		t.Errorf("M/M/1: mean wait %v, want about 9", wait)
	}
}
