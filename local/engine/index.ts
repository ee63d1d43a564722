/** Runs the Pulumi program on one machine, without the Pulumi CLI, over Pulumi's own protocol. */
export { deploy, type DeployOptions, type DeployResult } from './deploy.ts';
export { run, type RunResult } from './run.ts';
export type { PolicyPackOptions, RunOptions, StackOptions } from './options.ts';
export { kubernetesObjects, type KubernetesObject } from './kubernetes-objects.ts';
export { UserError } from './errors.ts';
export type { Diagnostic } from './diagnostic.ts';
export type { EngineEvent } from './events.ts';
export type { Resource, ResourceOptions } from './resource.ts';
export { readPolicyConfig, stackPolicyConfig } from './policy/config-file.ts';
export type { EnforcementLevel, PolicyConfig } from './policy/levels.ts';
export type { PolicyPackName } from './policy/pack.ts';
export type { Remediation, Violation } from './policy/violation.ts';
export type { BuiltImage, ImageBuilder } from './providers/docker-build.ts';
export type { Providers, ResourceProvider, ResourceRequest, ResourceResult } from './providers/provider.ts';
export { fileStateStore } from './state/file.ts';
export { memoryStateStore } from './state/memory.ts';
export type { ResourceState, StackState, StateStore } from './state/store.ts';
export { hasUnknown, isSecret, secret, strip, UNKNOWN, type PropertyMap } from './values.ts';
