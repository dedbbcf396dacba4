package scenarios

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
)

func TestDecodingReviews(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/reviews.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Rung{
		{Name: "review", Metric: sla.FirstReply, Lead: time.Hour, Repeat: model.Repeat{Breaches: 3, Within: 7 * 24 * time.Hour, By: model.ByAccount}},
		{Name: "escalation 2", Metric: sla.FirstReply, Repeat: model.Repeat{Breaches: 20, Within: 12 * time.Hour, By: model.ByIssue}},
	}
	if diff := cmp.Diff(want, s.Escalations); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
}
