# Redis' default user switched on, users without a password, and users who may do everything to all keys.
package wedsyncredisusers

import data.lib.objects

obj := objects.wanted(input.review)

# No word of this file is ever shown.
hidden := "not shown"

# With these a user changes what Redis is, or empties it.
ruling := {"acl", "config", "debug", "flushall", "flushdb", "module", "shutdown", "@admin", "@dangerous"}

violation contains objects.finding(obj, field, hidden, "Whoever connects is the default user, who may do everything.", "Begin the file with: user default off resetpass.") if {
	some file, users in files
	count([words | some words in users; words[1] == "default"; is_off(words)]) == 0
	field := sprintf("the user default in data.%s", [file])
}

violation contains objects.finding(obj, field, hidden, "The user needs no password.", "Give it one, as its SHA-256.") if {
	some [field, words] in others
	"nopass" in words
}

violation contains objects.finding(obj, field, hidden, "The user may do everything to all keys.", "List its commands and the patterns of its keys.") if {
	some [field, words] in others
	some word in words
	word in {"+@all", "allcommands"}
}

violation contains objects.finding(obj, field, hidden, sprintf("With %s the user could change what Redis is, or empty it.", [word]), "Remove that command.") if {
	some [field, words] in others
	some word in words
	startswith(word, "+")
	split(trim_prefix(word, "+"), "|")[0] in ruling
}

others contains [field, words] if {
	some file, users in files
	some words in users
	words[1] != "default"
	field := sprintf("the user %s in data.%s", [words[1], file])
}

is_off(words) if {
	"off" in words
	not "on" in words
	not "nopass" in words
}

files[file] := lines_of(base64.decode(encoded)) if {
	obj.kind == "Secret"
	some file, encoded in obj.data
	endswith(file, ".acl")
}

# A user a line, as words.
lines_of(text) := [words |
	some raw in split(text, "\n")
	words := regex.split(`\s+`, trim_space(raw))
	words[0] == "user"
]
