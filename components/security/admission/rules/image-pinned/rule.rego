# Images without a digest, with the tag `latest`, or from a registry that nobody approved.
package wedsyncimagepinned

import data.lib.objects
import data.lib.pods

obj := objects.wanted(input.review)

# A digest in the form that registries know.
digest := `@sha256:[0-9a-f]{64}$`

violation contains pods.finding(obj, container, "image", image, problem, fix) if {
	some container in pods.containers(obj)
	image := container.fields.image
	not approved(image)
	problem := sprintf("It comes from %s, which nobody has approved.", [place(image)])
	fix := sprintf("Use an image from %s.", [concat(" or ", input.parameters.registries)])
}

violation contains pods.finding(obj, container, "image", image, "The tag latest says nothing about what runs.", "Write the version that the digest is of.") if {
	some container in pods.containers(obj)
	image := container.fields.image
	endswith(undigested(image), ":latest")
}

violation contains pods.finding(obj, container, "image", image, "Without a digest, the registry decides what runs.", "Add the digest of this version: @sha256:<64 digits>.") if {
	some container in pods.containers(obj)
	image := container.fields.image
	not regex.match(digest, image)
}

# Compared step by step, so that neither `wedsync.azurecr.io.example.com` nor `docker.io/library-x` passes.
approved(image) if {
	some registry in input.parameters.registries
	startswith(sprintf("%s/", [place(image)]), sprintf("%s/", [trim_right(registry, "/")]))
}

undigested(image) := split(image, "@")[0]

# The path without its tag: a colon before the last slash belongs to the registry's port.
untagged(image) := regex.replace(undigested(image), `:[\w][\w.-]*$`, "")

# Registry and repository in full: what Docker leaves out is filled in.
place(image) := sprintf("%s/%s", [registry_of(image), repository_of(image)])

first(image) := split(untagged(image), "/")[0]

# `wedsync/engine` is a path at Docker Hub; only what looks like a host is a host.
has_host(image) if {
	contains(untagged(image), "/")
	regex.match(`[.:\[A-Z]|^localhost$`, first(image))
}

at_docker(image) if not has_host(image)

at_docker(image) if lower(first(image)) in {"docker.io", "index.docker.io"}

registry_of(image) := "docker.io" if at_docker(image)
registry_of(image) := lower(first(image)) if not at_docker(image)

path_of(image) := trim_prefix(untagged(image), sprintf("%s/", [first(image)])) if has_host(image)
path_of(image) := untagged(image) if not has_host(image)

official(image) if {
	at_docker(image)
	not contains(path_of(image), "/")
}

repository_of(image) := sprintf("library/%s", [path_of(image)]) if official(image)
repository_of(image) := path_of(image) if not official(image)
