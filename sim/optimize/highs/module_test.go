package highs

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

func TestTheModuleIsTheOneThatIsPinned(t *testing.T) {
	t.Parallel()
	code, err := unpack()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(code)
	if got := hex.EncodeToString(sum[:]); got != Digest {
		t.Errorf("SHA-256 %s, want %s", got, Digest)
	}
}
