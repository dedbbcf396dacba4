package zendesk_test

import (
	"testing"

	"github.com/headroom-sim/headroom/scenarios/helpdesk/internal/rehearsal"
	"github.com/headroom-sim/headroom/scenarios/helpdesk/zendesk"
	"github.com/headroom-sim/headroom/scenarios/intake"
)

func TestDump(t *testing.T) {
	r := rehearsal.Import(t, zendesk.Format, intake.Options{}, rehearsal.Folder(t, "testdata/api")...)
	for _, l := range r.Story {
		t.Log(l)
	}
	for _, l := range r.Flags {
		t.Log("FLAG", l)
	}
	for _, l := range r.Odd {
		t.Log("ODD", l)
	}
	t.Log("\n" + r.Terms)
}
