# Rights that nobody listed, and rights for everybody. Roles of the whole cluster are judged where they reach into the region: by
# their label, or by the service accounts to which they are bound.
package wedsyncnowildcardrbac

import data.lib.objects

obj := objects.wanted(input.review)

roles := {"Role", "ClusterRole"}

bindings := {"RoleBinding", "ClusterRoleBinding"}

everybody := {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts", "system:masters"}

violation contains objects.finding(obj, field, entry, "It grants what nobody has thought of yet.", "List what is needed.") if {
	obj.kind in roles
	in_region
	some index, rule in obj.rules
	some list in ["verbs", "resources", "apiGroups", "nonResourceURLs"]
	some entry in object.get(rule, list, [])
	is_wildcard(entry)
	field := sprintf("rules[%d].%s", [index, list])
}

violation contains objects.finding(obj, field, verb, "With it, a subject can give itself any right.", "Remove the verb.") if {
	obj.kind in roles
	in_region
	some index, rule in obj.rules
	some verb in rule.verbs
	verb in {"escalate", "bind", "impersonate"}
	field := sprintf("rules[%d].verbs", [index])
}

violation contains objects.finding(obj, "roleRef.name", "cluster-admin", "That role may do everything.", "Bind a role that lists what is needed.") if {
	obj.kind in bindings
	in_region
	obj.roleRef.name == "cluster-admin"
}

violation contains objects.finding(obj, field, subject.name, "That is everybody, or somebody above all rules.", "Name the users or service accounts that need the role.") if {
	obj.kind in bindings
	in_region
	some index, subject in obj.subjects
	subject.name in everybody
	field := sprintf("subjects[%d].name", [index])
}

# `*`, `pods/*`; of the URLs only those that match all, since `/healthz/*` names a part.
is_wildcard(entry) if {
	contains(entry, "*")
	not startswith(entry, "/")
}

is_wildcard("/*")

in_region if obj.metadata.namespace in input.parameters.namespaces

in_region if obj.metadata.labels["app.kubernetes.io/part-of"] == "wedsync"

in_region if {
	some subject in obj.subjects
	subject.namespace in input.parameters.namespaces
}
