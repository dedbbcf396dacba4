package explain

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of stories of tickets as JSON.
//
//go:embed explain.schema.json
var Schema []byte
