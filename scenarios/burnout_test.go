package scenarios

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
)

func TestDecodingBurnout(t *testing.T) {
	t.Parallel()
	s, err := Load("testdata/burnout.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if want := (model.Burnout{Above: 0.85, Over: 48 * time.Hour, Handle: 0.1, Reopen: 0.025}); s.Burnout != want {
		t.Errorf("%+v, want %+v", s.Burnout, want)
	}
}
