package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"hash"
	"hash/fnv"
	"strconv"
	"strings"
)

// Key makes pseudonyms: keyed hashes (HMAC-SHA-256; Krawczyk, Bellare, Canetti 1997, RFC 2104).
// The same text has the same pseudonym under the same key, in whatever file; without the key
// nobody can tell whether a text is behind one.
type Key struct{ mac hash.Hash }

// MinKey is the least length of a key, in bytes: a shorter one could be guessed.
const MinKey = 16

// NewKey takes a secret of at least MinKey bytes, of which the space around it is no part.
func NewKey(secret []byte) (*Key, error) {
	text := strings.TrimSpace(string(secret))
	if len(text) < MinKey {
		return nil, errors.New("the key for pseudonyms has " + strconv.Itoa(len(text)) + " bytes; it needs at least " + strconv.Itoa(MinKey) + ", such as 'openssl rand -hex 32' prints")
	}
	return &Key{hmac.New(sha256.New, []byte(text))}, nil
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Name is the pseudonym of a text of a kind, such as account-d2lt5mzo7hqxk. The same text has
// different pseudonyms as an account and as an agent.
func (k *Key) Name(kind, text string) string {
	k.mac.Reset()
	k.mac.Write([]byte(kind + "\x00" + text))
	return kind + "-" + lowerBase32.EncodeToString(k.mac.Sum(nil)[:8])
}

// shortHash tells two names apart that would otherwise be one.
func shortHash(text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return strconv.FormatUint(uint64(h.Sum32()), 16)
}
