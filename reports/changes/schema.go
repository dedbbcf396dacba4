package changes

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a Diff as JSON.
//
//go:embed diff.schema.json
var Schema []byte
