package history

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of what was fitted as JSON.
//
//go:embed fit.schema.json
var Schema []byte
