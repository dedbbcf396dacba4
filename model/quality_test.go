package model_test

import (
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/staffing"
)

func TestMistakesInQuality(t *testing.T) {
	quality := func(change func(q *model.Quality, team *staffing.Quality)) func(s *model.Scenario) {
		return func(s *model.Scenario) {
			s.Teams[front].Quality = staffing.Quality{Mean: 0.92, SD: 0.05}
			s.Quality = model.Quality{AtLeast: 0.9, Sample: 0.05, Period: contract.Weekly}
			change(&s.Quality, &s.Teams[front].Quality)
		}
	}
	checkMistakes(t, []mistake{
		{"none", quality(func(*model.Quality, *staffing.Quality) {}), nil},
		{"none without a promise", quality(func(q *model.Quality, _ *staffing.Quality) { *q = model.Quality{} }), nil},
		{"a mean of all", quality(func(_ *model.Quality, t *staffing.Quality) { t.Mean = 1 }), []string{
			"teams.front.quality.mean: the mean score must be above 0% and below 100%, it is 100%",
			"teams.front.quality.sd: scores with a mean of 100% cannot have a standard deviation of 5%",
		}},
		{"more spread than there is room", quality(func(_ *model.Quality, t *staffing.Quality) { t.SD = 0.4 }),
			[]string{"teams.front.quality.sd: scores with a mean of 92% cannot have a standard deviation of 40%"}},
		{"no sample", quality(func(q *model.Quality, _ *staffing.Quality) { q.Sample = 0 }),
			[]string{"quality.sample: the share of touches that are looked at must be above 0% and at most 100%, it is 0%"}},
		{"a period that is none", quality(func(q *model.Quality, _ *staffing.Quality) { q.Period = 7 }), []string{"quality.per: unknown period 7"}},
		{"nobody is scored", quality(func(_ *model.Quality, t *staffing.Quality) { *t = staffing.Quality{} }),
			[]string{"quality: no team has a quality that could be looked at"}},
	})
}
