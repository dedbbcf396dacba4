package survival

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Step is a point of a Kaplan–Meier curve: what share lasts longer than Seconds.
type Step struct {
	Seconds  float64
	AtRisk   int // that had lasted so long
	Ended    int // that ended then
	Survives float64
	// Low and High bound the share, by Greenwood's variance on the scale of log(−log S), which
	// keeps them within 0 and 1 (Kalbfleisch, Prentice 2002, section 1.4).
	Low, High float64
}

// KaplanMeier estimates the share that lasts longer than any time, whatever the law
// (Kaplan, Meier 1958): one step for each different time at which something ended.
func KaplanMeier(s *Sample, level float64) []Step {
	exact, censored := slices.Clone(s.Exact), slices.Clone(s.Censored)
	slices.Sort(exact)
	slices.Sort(censored)
	late := slices.Clone(s.Late)
	slices.Sort(late)
	z := mathext.NormalQuantile((1 + level) / 2)
	var steps []Step
	survives, greenwood := 1., 0.
	gone, here := 0, 0 // of those not seen to the end, and of those first seen late
	for i := 0; i < len(exact); {
		at, j := exact[i], i
		for j < len(exact) && exact[j] == at {
			j++
		}
		// Whoever was lost from sight at that very time was still there.
		for gone < len(censored) && censored[gone] < at {
			gone++
		}
		for here < len(late) && late[here] < at {
			here++
		}
		ended := j - i
		risk := max(ended, len(exact)-i+len(censored)-gone-(len(late)-here))
		survives *= 1 - float64(ended)/float64(risk)
		step := Step{Seconds: at, AtRisk: risk, Ended: ended, Survives: survives}
		if ended < risk {
			greenwood += float64(ended) / (float64(risk) * float64(risk-ended))
			c := z * math.Sqrt(greenwood) / math.Log(survives)
			step.Low, step.High = math.Pow(survives, math.Exp(-c)), math.Pow(survives, math.Exp(c))
		}
		steps = append(steps, step)
		i = j
	}
	return steps
}
