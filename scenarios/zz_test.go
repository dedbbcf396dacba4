package scenarios

import (
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	s, err := Explain(os.Getenv("REF"))
	if err != nil {
		t.Fatalf("\n%v", err)
	}
	for _, x := range s {
		d := ""
		if x.Default {
			d = "(default)"
		}
		t.Logf("%s: %s %s", x.Path, x.Value, d)
	}
	m, _ := Load(os.Getenv("REF"))
	t.Logf("%+v", m)
	t.Log(Describe(os.Getenv("REF")))
}
