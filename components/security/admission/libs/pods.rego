package lib.pods

import data.lib.objects

# The Pod's specification, wherever the kind keeps it, and the path to it.
spec(obj) := obj.spec if obj.kind == "Pod"
spec(obj) := obj.spec.template.spec if obj.kind in templated
spec(obj) := obj.spec.jobTemplate.spec.template.spec if obj.kind == "CronJob"

path(obj) := "spec" if obj.kind == "Pod"
path(obj) := "spec.template.spec" if obj.kind in templated
path(obj) := "spec.jobTemplate.spec.template.spec" if obj.kind == "CronJob"

labels(obj) := object.get(obj.metadata, "labels", {}) if obj.kind == "Pod"
labels(obj) := object.get(obj.spec.template.metadata, "labels", {}) if obj.kind in templated

templated := {"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"}

# Every container with its path: one that runs before the others, and one for debugging, is a container too.
containers(obj) := [{"path": sprintf("%s.%s[%d]", [path(obj), list, index]), "list": list, "fields": container} |
	some list in ["initContainers", "containers", "ephemeralContainers"]
	some index, container in object.get(spec(obj), list, [])
]

title(obj, container) := sprintf("container %s", [container.fields.name])

# What is wrong with a container's field.
finding(obj, container, field, value, problem, fix) := objects.finding(
	obj,
	sprintf("%s, %s.%s", [title(obj, container), container.path, field]),
	value, problem, fix,
)
