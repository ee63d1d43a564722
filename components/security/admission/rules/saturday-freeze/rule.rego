# Changes of the region's workloads by people and pipelines on a Saturday, or on a day that the bookings mark as busy, by the
# calendar of the region's zone.
#
# Left alone: Pods (they are moved and restarted on Saturdays as on any day), status, metadata, what the cluster's controllers do
# (`exemptUsers`), and scaling out by anybody. Scaling in is a change.
#
# In an emergency the object carries the annotation `wedsync.io/emergency: "<frozen date> <reason>"`. Nothing checks who wrote it:
# the two approvers are asked for by the policy pack, before a pipeline gets here. The annotation is what remains for the audit, and
# opens the day that it names and no other.
package wedsyncsaturdayfreeze

import data.lib.objects

review := input.review

parameters := input.parameters

annotation := "wedsync.io/emergency"

# As of when is judged: now, or the instant that a suite asks for.
now := time.parse_rfc3339_ns(parameters.at) if parameters.at
now := time.now_ns() if not parameters.at

today := sprintf("%04d-%02d-%02d", time.date([now, parameters.zone]))

violation contains {"msg": msg} if {
	changes
	by_hand
	some reason in reasons
	not emergency
	msg := sprintf(
		"%s: it is %s in %s, %s: nothing changes. Wait until midnight there, or annotate it with %s: \"%s <reason>\" and have two people approve.",
		[objects.title(subject), today, parameters.zone, reason, annotation, today],
	)
}

# Without the zone there would be no freeze, and nobody would notice.
violation contains {"msg": msg} if {
	changes
	by_hand
	not time.weekday([0, parameters.zone])
	msg := sprintf("%s: nobody here knows the clocks of %s. Correct the constraint's zone.", [objects.title(subject), parameters.zone])
}

reasons contains "a Saturday" if time.weekday([now, parameters.zone]) == "Saturday"

reasons contains "a day with many weddings" if today in parameters.busyDays

# What is deleted is the old object.
subject := review.oldObject if review.operation == "DELETE"
subject := review.object if review.operation != "DELETE"

changes if {
	review.operation in {"CREATE", "DELETE"}
	subject.kind != "Scale"
}

changes if {
	review.operation == "UPDATE"
	subject.kind != "Scale"
	content(review.object) != content(review.oldObject)
}

changes if {
	subject.kind == "Scale"
	object.get(review.object.spec, "replicas", 0) < object.get(review.oldObject.spec, "replicas", 0)
}

# All that says what shall be; a finalizer or an annotation is none of it.
content(obj) := object.remove(obj, ["apiVersion", "kind", "metadata", "status"])

by_hand if not exempt

# A name that ends in * stands for all that begin so.
exempt if {
	some user in parameters.exemptUsers
	user == review.userInfo.username
}

exempt if {
	some user in parameters.exemptUsers
	endswith(user, "*")
	startswith(review.userInfo.username, trim_suffix(user, "*"))
}

emergency if {
	[date, reason] := split_once(subject.metadata.annotations[annotation])
	date == today
	trim_space(reason) != ""
}

split_once(text) := [substring(text, 0, 10), substring(text, 10, -1)]
