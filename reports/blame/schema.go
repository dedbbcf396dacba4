package blame

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of an explanation of breaches as JSON.
//
//go:embed breaches.schema.json
var Schema []byte
