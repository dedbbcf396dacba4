package survival

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/headroom-sim/headroom/model/estimate"
)

// Restricted is the mean of what a sample lasts within a time: the area under its curve up to there (Irwin 1949, Journal of Hygiene
// 47), with the interval of Kaplan and Meier's variance (Klein and Moeschberger 2003, equation 4.5.2). Of nothing it is 0.
func Restricted(s *Sample, within, level float64) estimate.Estimate {
	e := estimate.Estimate{Level: level, N: s.N()}
	steps := KaplanMeier(s, level)
	areas := make([]float64, len(steps)+1) // up to each step, and up to the end
	at, survives := 0., 1.
	used := 0
	for i, step := range steps {
		if step.Seconds > within {
			break
		}
		areas[i] = (step.Seconds - at) * survives
		at, survives, used = step.Seconds, step.Survives, i+1
	}
	if used == 0 {
		return e
	}
	areas[used] = (within - at) * survives
	behind, variance := 0., 0.
	for i := used; i >= 0; i-- {
		if i < used {
			if x := steps[i]; x.Ended < x.AtRisk {
				variance += behind * behind * float64(x.Ended) / (float64(x.AtRisk) * float64(x.AtRisk-x.Ended))
			}
		}
		behind += areas[i]
	}
	half := mathext.NormalQuantile((1+level)/2) * math.Sqrt(variance)
	e.Value, e.Low, e.High = behind, max(0, behind-half), behind+half
	return e
}
