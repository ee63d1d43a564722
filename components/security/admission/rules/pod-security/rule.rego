# Pods outside the Pod Security Standard `restricted`, which holds even where a namespace's label was taken away; and what that
# standard does not ask for: a root file system that nobody writes to, a limit of memory, no token of a service account.
package wedsyncpodsecurity

import data.lib.objects
import data.lib.pods

obj := objects.wanted(input.review)

spec := pods.spec(obj)

violation contains objects.finding(obj, field, "true", "The Pod would share the machine's own.", "Remove it.") if {
	some name in ["hostNetwork", "hostPID", "hostIPC"]
	spec[name] == true
	field := sprintf("%s.%s", [pods.path(obj), name])
}

violation contains objects.finding(obj, field, volume.hostPath.path, "A file of the machine would lie open.", "Use a claim, a Secret, a ConfigMap or emptyDir.") if {
	some index, volume in spec.volumes
	volume.hostPath
	field := sprintf("%s.volumes[%d].hostPath.path", [pods.path(obj), index])
}

violation contains objects.finding(obj, field, value, "Whoever breaks in would hold a token of the API server.", "Set it to false.") if {
	object.get(spec, "automountServiceAccountToken", "not set") != false
	value := object.get(spec, "automountServiceAccountToken", "not set")
	field := sprintf("%s.automountServiceAccountToken", [pods.path(obj)])
}

violation contains pods.finding(obj, container, field, value, "The container could become root of the machine.", fix) if {
	some container in pods.containers(obj)
	context := object.get(container.fields, "securityContext", {})
	some [name, wanted] in [["privileged", false], ["allowPrivilegeEscalation", false], ["readOnlyRootFilesystem", true]]
	value := object.get(context, name, usual(name))
	value != wanted
	field := sprintf("securityContext.%s", [name])
	fix := sprintf("Set it to %v.", [wanted])
}

violation contains pods.finding(obj, container, "securityContext.capabilities.drop", dropped, "The container would keep rights of root.", "Drop ALL.") if {
	some container in pods.containers(obj)
	dropped := object.get(container.fields, ["securityContext", "capabilities", "drop"], [])
	not "ALL" in dropped
}

violation contains pods.finding(obj, container, "securityContext.capabilities.add", added, "The container would get rights of root.", "Add nothing.") if {
	some container in pods.containers(obj)
	added := object.get(container.fields, ["securityContext", "capabilities", "add"], [])
	count(added) > 0
}

violation contains pods.finding(obj, container, "securityContext.runAsNonRoot", value, "The container could run as root.", "Set it to true, on the Pod or the container.") if {
	some container in pods.containers(obj)
	value := inherited(container, "runAsNonRoot", "not set")
	value != true
}

violation contains pods.finding(obj, container, "securityContext.runAsUser", 0, "That is root.", "Name an unprivileged user.") if {
	some container in pods.containers(obj)
	inherited(container, "runAsUser", 1) == 0
}

violation contains pods.finding(obj, container, "securityContext.seccompProfile.type", type, "Every system call would be allowed.", "Set it to RuntimeDefault.") if {
	some container in pods.containers(obj)
	type := object.get(inherited(container, "seccompProfile", {}), "type", "not set")
	not type in ["RuntimeDefault", "Localhost"]
}

violation contains pods.finding(obj, container, "resources.limits.memory", "not set", "One container could take a machine's memory from all others.", "Set a limit.") if {
	some container in pods.containers(obj)
	# A container for debugging cannot have one.
	container.list != "ephemeralContainers"
	not container.fields.resources.limits.memory
}

violation contains objects.finding(obj, label, value, "Kubernetes would admit Pods outside the standard.", "Set it to restricted.") if {
	obj.kind == "Namespace"
	label := "metadata.labels.pod-security.kubernetes.io/enforce"
	value := object.get(obj.metadata, ["labels", "pod-security.kubernetes.io/enforce"], "not set")
	value != "restricted"
}

# A container's own setting, or its Pod's.
inherited(container, name, otherwise) := object.get(
	object.get(container.fields, "securityContext", {}), name,
	object.get(object.get(spec, "securityContext", {}), name, otherwise),
)

# What Kubernetes takes where a container says nothing.
usual("privileged") := false

usual("allowPrivilegeEscalation") := "not set"

usual("readOnlyRootFilesystem") := "not set"
