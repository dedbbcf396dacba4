package scenarios

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

func TestShowBad(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.bad.yaml")
	for _, f := range files {
		_, err := Load(f)
		var ps Problems
		if !errors.As(err, &ps) {
			fmt.Printf("!!! %s: %v\n", f, err)
			continue
		}
		if len(ps) != 1 {
			fmt.Printf("!!! %s: %d problems\n", f, len(ps))
		}
		fmt.Println(err)
	}
}
