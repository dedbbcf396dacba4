package scenarios

import (
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/staffing"
)

func TestDecodingQuality(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/quality.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if want := (staffing.Quality{Mean: 0.92, SD: 0.05}); s.Teams[0].Quality != want {
		t.Errorf("%+v, want %+v", s.Teams[0].Quality, want)
	}
	if want := (model.Quality{AtLeast: 0.9, Sample: 0.1, Period: contract.Weekly}); s.Quality != want || s.Burnout.Quality != 0.03 {
		t.Errorf("%+v, want %+v; strain takes away %v", s.Quality, want, s.Burnout.Quality)
	}
}
