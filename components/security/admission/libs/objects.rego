package lib.objects

# Words for a person: the object, its field, the field's value, what is wrong and what to do.
finding(obj, field, value, problem, fix) := {"msg": sprintf("%s: %s is %v. %s %s", [title(obj), field, value, problem, fix])}

title(obj) := sprintf("%s %s/%s", [obj.kind, obj.metadata.namespace, name(obj)]) if obj.metadata.namespace
title(obj) := sprintf("%s %s", [obj.kind, name(obj)]) if not obj.metadata.namespace

# What is created with `generateName` has no name yet.
name(obj) := obj.metadata.name if obj.metadata.name
name(obj) := sprintf("%s…", [obj.metadata.generateName]) if not obj.metadata.name

# The object as it is to be. What is deleted is judged by the freeze alone: whoever removes a bad object mends something.
wanted(review) := review.object if object.get(review, "operation", "") != "DELETE"
