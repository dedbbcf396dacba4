package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "headroom" { // which a script runs, as it wants
		os.Unsetenv("COLUMNS")
	}
	testscript.Main(m, map[string]func(){
		"headroom": func() {
			os.Exit(run(context.Background(), os.Args, terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
		},
	})
}

// TestScripts runs the program as its users do: one script per verb and one per
// promise, each a dialogue in testdata/script.
func TestScripts(t *testing.T) {
	t.Parallel()
	data, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			// Scenarios know no variables: the path of the histories is written in.
			files, err := filepath.Glob(filepath.Join(env.WorkDir, "*.yaml"))
			if err != nil {
				return err
			}
			for _, name := range files {
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				text = bytes.ReplaceAll(text, []byte("${HISTORIES}"), []byte(data))
				if err := os.WriteFile(name, text, 0o666); err != nil {
					return err
				}
			}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			// The real history is not part of the project; where it lies beside it,
			// the script that replays it runs.
			_, err := os.Stat(filepath.Join(data, "uci-incidents", "incident_event_log.csv.gz"))
			return cond == "uci-incidents" && err == nil, nil
		},
	})
}
